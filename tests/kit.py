"""What the tests share: small kho, and the program run as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
QTNB = Path(sys.executable).with_name("qtnb")

KHO = """\
phien_ban: 1
co_quan:
  ten: Sở Nội vụ thành phố Hà Nội
  ten_ban_hanh: SỞ NỘI VỤ
  chu_quan: UBND THÀNH PHỐ HÀ NỘI
  viet_tat: SNV
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
"""

CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận
pham_vi: Áp dụng với Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - trinh_tu: Vào sổ
    chu_tri: Văn phòng Sở
    thoi_gian: 1 ngày
bieu_mau: []
"""

LT = """\
loai: LT
ten: Trình văn bản
muc_dich: Quy định việc trình
pham_vi: Áp dụng giữa các cơ quan
thoi_gian: 2 ngày
co_quan:
  - ten: Sở Nội vụ
    cac_buoc:
      - {noi_dung: Soạn thảo, thuc_hien: Văn thư, thoi_gian: 1 ngày}
  - ten: Văn phòng UBND Thành phố
    cac_buoc:
      - {noi_dung: Tiếp nhận, thuc_hien: Văn thư, thoi_gian: 1 ngày}
"""

QD = """\
loai: QD
phe_duyet: danh_muc
quy_trinh: tat_ca
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a finished command printed and returned."""

    code: int
    out: str
    err: str


def qtnb(*words: str | Path, cwd: Path, timeout: float = 120, env: dict[str, str] | None = None) -> Run:
    """Run the installed program in ``cwd``."""
    done = subprocess.run(
        [QTNB, *map(str, words)],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def make_kho(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write a kho with ``files`` by their paths inside it; the kho file is given unless replaced."""
    for name, content in {"qtnb.yaml": KHO, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
