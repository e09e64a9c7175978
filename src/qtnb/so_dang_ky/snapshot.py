"""What a decision approved, kept as it was on the day: the agency, the decision and its procedures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from qtnb.discovery import KEPT_FOLDER
from qtnb.errors import QtnbError
from qtnb.kho import Kho
from qtnb.model import (
    CauHinh,
    QuyetDinh,
    QuyTrinhCV,
    QuyTrinhLT,
    cau_hinh_from,
    quy_trinh_from,
    quyet_dinh_from,
)
from qtnb.so_dang_ky.kept_words import kept, so_sanh_from, truoc_day_from
from qtnb.so_dang_ky.model import VERSION, QuyetDinhDaKy
from qtnb.so_dang_ky.soundness import is_sound, texts_are_printable
from qtnb.source import khoa_of
from qtnb.words.comparison import BangSoSanh
from qtnb.words.earlier import TruocDay

MAX_BYTES: Final = 64 << 20
"""A kept file larger than this was not written by qtnb: 4,000 long procedures take 20 MiB."""


@dataclass(frozen=True, slots=True)
class BanPheDuyet:
    """What one decision approved."""

    khoa: str
    """Key of the decision."""
    kho_data: Mapping[str, Any]
    """``qtnb.yaml`` as it was."""
    quyet_dinh_tep: str
    quyet_dinh_data: Mapping[str, Any]
    """The decision with its số and ngày; the procedures that it lists are named by key."""
    quy_trinh: tuple[tuple[str, Mapping[str, Any]], ...]
    """File, relative to the kho, and data of each procedure that the decision names, in its order."""
    truoc_day: TruocDay | None = None
    """What it says of earlier decisions; None: nothing was known."""
    so_sanh: BangSoSanh | None = None
    """The changes that it prints side by side; None: none."""
    theo_khoa: Mapping[str, tuple[str, Mapping[str, Any]]] = field(init=False, repr=False, compare=False)
    """Each of ``quy_trinh`` by its key: thousands are looked up one by one."""

    def __post_init__(self) -> None:
        """Fill what follows from the rest."""
        object.__setattr__(self, "theo_khoa", {khoa_of(tep): (tep, data) for tep, data in self.quy_trinh})

    @property
    def cau_hinh(self) -> CauHinh:
        """The agency."""
        return cau_hinh_from(self.kho_data)

    @property
    def quyet_dinh(self) -> QuyetDinh:
        """The decision."""
        return quyet_dinh_from(self.quyet_dinh_tep, self.quyet_dinh_data)

    def items(self) -> tuple[QuyTrinhCV | QuyTrinhLT, ...]:
        """The procedures."""
        return tuple(quy_trinh_from(tep, data) for tep, data in self.quy_trinh)

    def kho(self, goc: Path) -> Kho:
        """The kho as far as the decision shows it; ``goc`` is where its templates are."""
        return Kho(goc, self.cau_hinh, self.items(), (self.quyet_dinh,))


def snapshot_path(khoa: str) -> str:
    """The file of a decision's approved content, relative to the kho."""
    return f"{KEPT_FOLDER}/{khoa}.json"


def snapshot_bytes(snapshot: BanPheDuyet) -> bytes:
    """The content of the file: JSON with a line for each value, for review."""
    content = {
        "phien_ban": VERSION,
        "khoa": snapshot.khoa,
        "kho": snapshot.kho_data,
        "quyet_dinh": {"tep": snapshot.quyet_dinh_tep, "data": snapshot.quyet_dinh_data},
        "quy_trinh": [{"tep": tep, "data": data} for tep, data in snapshot.quy_trinh],
        "truoc_day": kept(snapshot.truoc_day),
        "so_sanh": kept(snapshot.so_sanh),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def seal_of_file(content: bytes) -> str:
    """The seal of a kept file, as the register holds it."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()  # git may hand a text file out with CRLF


def snapshot_from(content: bytes, signed: QuyetDinhDaKy) -> BanPheDuyet:
    """Read the content of the file that keeps what ``signed`` approved. Raises QtnbError for any other content."""
    shown = snapshot_path(signed.khoa)
    try:
        text = content.decode()
        raw = json.loads(text, parse_constant=_no_number)
        if '"x-' in text or "\\u" in text:  # qtnb keeps no notes; those of others may be as deep as they like
            raw = plain_data(raw)
        snapshot = BanPheDuyet(
            raw["khoa"],
            raw["kho"],
            raw["quyet_dinh"]["tep"],
            raw["quyet_dinh"]["data"],
            tuple((item["tep"], item["data"]) for item in raw["quy_trinh"]),
            truoc_day_from(raw["truoc_day"]),
            so_sanh_from(raw["so_sanh"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(shown, "không đọc được") from error
    if raw.get("phien_ban") != VERSION:
        raise _broken(shown, "do một phiên bản qtnb khác ghi")
    if not (texts_are_printable(text) and is_sound(snapshot, signed)):
        raise _broken(shown, "không hợp với biểu mẫu hoặc với sổ đăng ký")
    return snapshot


def _no_number(word: str) -> None:
    raise ValueError(word)


def read_snapshot(goc: Path, signed: QuyetDinhDaKy) -> BanPheDuyet:
    """The content that ``signed`` approved. Raises QtnbError when its file is missing or was changed."""
    return snapshot_from(read_sealed(goc, signed), signed)


def read_sealed(goc: Path, signed: QuyetDinhDaKy) -> bytes:
    """The file that keeps what ``signed`` approved. Raises QtnbError when it is missing or was changed."""
    shown = snapshot_path(signed.khoa)
    place = goc / shown
    try:
        if place.is_symlink() or not place.is_file() or place.stat().st_size > MAX_BYTES:
            raise _broken(shown, "bị thiếu hoặc không phải là tệp thường")
        content = place.read_bytes()
    except OSError as error:
        raise _broken(shown, "không đọc được") from error
    if seal_of_file(content) != signed.ban_luu:
        raise _broken(shown, f"đã bị sửa sau khi {signed.ten} được ghi sổ")
    return content


def plain_data(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """``value`` without the office's own notes (``x-…``), which are not printed."""
    if isinstance(value, Mapping):
        return {key: plain_data(part) for key, part in value.items() if not key.startswith("x-")}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain_data(part) for part in value]
    return value


def _broken(shown: str, why: str) -> QtnbError:
    return QtnbError(
        f"Bản lưu {shown} {why}.",
        hint="Lấy lại tệp từ git, ví dụ: git checkout HEAD -- " + shown,
        exit_code=1,
    )
