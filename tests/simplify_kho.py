"""A kho whose procedures are approved and then cut, as the tests of what was cut share it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kit import make_kho, qtnb
from register_kho import approve, replace_in

CONTENT = "loai: QD\nphe_duyet: danh_muc_va_noi_dung\nquy_trinh: tat_ca\n"


def cv(ten: str, thoi_gian: str, steps: Sequence[str], linh_vuc: str = "", **more: str) -> str:
    """A CV with ``steps``, each ``task`` or ``task; time``."""
    head = {"linh_vuc": linh_vuc, **more}
    lines = ["loai: CV", f"ten: {ten}", *(f"{key}: {value}" for key, value in head.items() if value)]
    lines += [
        "muc_dich: Quy định trình tự giải quyết công việc",
        "pham_vi: Các phòng thuộc Sở",
        "can_cu_phap_ly: []",
        "tai_lieu: []",
        "so_luong: 01 bộ",
        f"thoi_gian: {thoi_gian}",
        "cac_buoc:",
    ]
    for step in steps:
        task, _, time = step.partition("; ")
        lines += [f"  - trinh_tu: {task}", "    chu_tri: Văn phòng Sở"]
        lines += [f"    thoi_gian: {time}"] if time else []
    return "\n".join([*lines, "bieu_mau: []\n"])


VAN_THU = "Văn thư, lưu trữ"
NHAN_SU = "Tổ chức, cán bộ"
BEFORE = {
    # Both steps and time are cut: 5 → 3 steps, 5 → 3 working days.
    "den": cv(
        "Xử lý văn bản đến",
        "5 ngày làm việc",
        [
            "Vào sổ; 0,5 ngày",
            "Trình Chánh Văn phòng; 1 ngày",
            "Lãnh đạo Sở phân phối; 1 ngày",
            "Xử lý; 2 ngày",
            "Lưu; 0,5 ngày",
        ],
        VAN_THU,
    ),
    # Time alone, told in hours: 4 giờ → 2 giờ, of days of 8 hours.
    "di": cv("Phát hành văn bản đi", "4 giờ", ["Ký; 2 giờ", "Đóng dấu; 1 giờ", "Gửi; 1 giờ"], VAN_THU),
    # Steps alone, the time is in words and stays: 3 → 2 steps.
    "luu": cv("Giao nộp hồ sơ lưu trữ", "Theo kế hoạch năm", ["Thu thập", "Chỉnh lý", "Nộp lưu"], VAN_THU),
    # Calendar days, which are never added to working days: 10 → 7.
    "nghi": cv("Giải quyết nghỉ phép", "10 ngày", ["Nhận đơn; 5 ngày", "Quyết định; 5 ngày"], NHAN_SU),
    # Longer.
    "luong": cv("Nâng bậc lương", "10 ngày làm việc", ["Rà soát; 5 ngày", "Quyết định; 5 ngày"], NHAN_SU),
    # From calendar to working days: nobody can say what was saved.
    "khen": cv("Thi đua, khen thưởng", "15 ngày", ["Bình xét; 10 ngày", "Quyết định; 5 ngày"], NHAN_SU),
    # Abolished.
    "hop": cv("Đăng ký phòng họp", "1 ngày làm việc", ["Đăng ký; 0,5 ngày", "Duyệt; 0,5 ngày"]),
    # One takes the place of one: 4 → 2 steps, 6 → 2 working days.
    "xe": cv(
        "Điều động xe công",
        "6 ngày làm việc",
        ["Đề nghị; 2 ngày", "Duyệt; 2 ngày", "Phân xe; 1 ngày", "Đi; 1 ngày"],
        "Hành chính",
    ),
    # Two become one.
    "mua": cv("Mua văn phòng phẩm", "3 ngày làm việc", ["Đề nghị; 1 ngày", "Mua; 2 ngày"], "Hành chính"),
    "cap": cv("Cấp phát văn phòng phẩm", "2 ngày làm việc", ["Đề nghị; 1 ngày", "Cấp; 1 ngày"], "Hành chính"),
    # As it was.
    "tiep": cv("Tiếp công dân", "1 ngày làm việc", ["Tiếp; 1 ngày"]),
}
NEW = {
    "xe-moi": cv("Sử dụng xe công", "2 ngày làm việc", ["Đề nghị; 1 ngày", "Phân xe; 1 ngày"], "Hành chính"),
    "vpp": cv("Mua, cấp văn phòng phẩm", "3 ngày làm việc", ["Đề nghị; 1 ngày", "Mua, cấp; 2 ngày"], "Hành chính"),
    "so-hoa": cv("Số hóa tài liệu", "5 ngày làm việc", ["Quét; 3 ngày", "Nhập; 2 ngày"], VAN_THU),
}
AMEND = (
    "loai: QD\nphe_duyet: noi_dung\nhinh_thuc: sua_doi_bo_sung\nquy_trinh: [den, di, luu, nghi, luong, khen]\n"
    "ly_do: Ứng dụng chữ ký số\n"
)
REPLACE = (
    "loai: QD\nphe_duyet: danh_muc_va_noi_dung\nhinh_thuc: thay_the\nquy_trinh: [xe-moi, vpp]\n"
    "bi_thay_the:\n  - {quy_trinh: xe, boi: xe-moi}\n  - {quy_trinh: mua, boi: vpp}\n  - {quy_trinh: cap, boi: vpp}\n"
)
ABOLISH = "loai: QD\nphe_duyet: danh_muc\nhinh_thuc: bai_bo\nquy_trinh: [hop]\nly_do: Đăng ký trên phần mềm\n"


def cut_draft(folder: Path) -> Path:
    """The kho with :data:`BEFORE` approved as 12/QĐ-SNV, and every change that is told there being drafted."""
    return shutil.copytree(_draft(), folder, dirs_exist_ok=True)


def cut_approved(folder: Path) -> Path:
    """The same with the three decisions on the changes entered."""
    return shutil.copytree(_approved(), folder, dirs_exist_ok=True)


def change(kho: Path) -> None:
    """Make the changes in the files, with decisions that are being drafted."""
    files = kho / "quy-trinh"
    den = files / "den.yaml"
    replace_in(den, "  - trinh_tu: Trình Chánh Văn phòng\n    chu_tri: Văn phòng Sở\n    thoi_gian: 1 ngày\n", "")
    replace_in(den, "  - trinh_tu: Lưu\n    chu_tri: Văn phòng Sở\n    thoi_gian: 0,5 ngày\n", "")
    replace_in(den, "    thoi_gian: 2 ngày", "    thoi_gian: 1,5 ngày")
    replace_in(den, "thoi_gian: 5 ngày làm việc", "thoi_gian: 03 ngày làm việc\nly_do: Bỏ khâu trung gian")
    replace_in(files / "di.yaml", "thoi_gian: 4 giờ", "thoi_gian: 2 giờ")
    replace_in(files / "luu.yaml", "  - trinh_tu: Chỉnh lý\n    chu_tri: Văn phòng Sở\n", "")
    replace_in(files / "nghi.yaml", "thoi_gian: 10 ngày", "thoi_gian: 7 ngày")
    replace_in(files / "luong.yaml", "thoi_gian: 10 ngày làm việc", "thoi_gian: 12 ngày làm việc")
    replace_in(files / "khen.yaml", "thoi_gian: 15 ngày", "thoi_gian: 10 ngày làm việc")
    make_kho(
        kho,
        {
            **{f"quy-trinh/{key}.yaml": text for key, text in NEW.items()},
            "quyet-dinh/sua.yaml": AMEND,
            "quyet-dinh/thay.yaml": REPLACE,
            "quyet-dinh/bo.yaml": ABOLISH,
        },
    )
    assert qtnb("number", cwd=kho).code == 0


@cache
def _draft() -> Path:
    kho = make_kho(
        _place("draft"),
        {
            **{f"quy-trinh/{key}.yaml": text for key, text in BEFORE.items()},
            "quyet-dinh/dau.yaml": CONTENT,
        },
    )
    assert qtnb("number", cwd=kho).code == 0
    approve(kho, "dau", 12, "2024-11-01")
    change(kho)
    return kho


@cache
def _approved() -> Path:
    kho = shutil.copytree(_draft(), _place("approved"))
    for so, decision in enumerate(("sua", "thay", "bo"), start=20):
        approve(kho, decision, so, f"2024-12-{so - 10}")
    for key in ("xe", "mua", "cap", "hop"):
        (kho / f"quy-trinh/{key}.yaml").unlink()
    return kho


def _place(name: str) -> Path:
    """A folder for a kho that is made once and copied for each test."""
    return Path(_scratch().name, name)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    scratch = tempfile.TemporaryDirectory()
    atexit.register(scratch.cleanup)
    return scratch
