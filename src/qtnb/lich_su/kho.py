"""What of a kho is read for the life of one procedure: little, whatever the size of the kho."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Final

from qtnb.discovery import KHO_FILE, KhoFiles
from qtnb.errors import QtnbError
from qtnb.filecheck import Role, check_file
from qtnb.finding import Severity
from qtnb.model import CauHinh, QuyetDinh, QuyTrinhCV, QuyTrinhLT, cau_hinh_from, quy_trinh_from, quyet_dinh_from
from qtnb.reading import file_name, read_file
from qtnb.sides.register import register_at
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy
from qtnb.source import Source, khoa_of
from qtnb.text import shown

_USUAL_HOURS: Final = 8
"""Of a working day, where the settings cannot be read (schema of the kho file)."""


@dataclass(frozen=True, slots=True)
class KhoCuaQuyTrinh:
    """One procedure and its kho."""

    goc: Path
    khoa: str
    cau_hinh: CauHinh | None
    """None when the kho file cannot be used."""
    register: SoDangKy | None
    """None when the kho has none."""
    muc: MucDangKy | None
    """Its block; None when the register does not have it."""
    tep: str
    """Its file, relative to the kho, as the disk names it; empty when there is none."""
    item: QuyTrinhCV | QuyTrinhLT | None
    """What the file says; None when there is none that can be used."""
    loi: str
    """What is wrong with the file; empty for none."""
    quyet_dinh: tuple[QuyetDinh, ...]
    """The decisions whose files can be used."""

    @property
    def hours(self) -> Fraction:
        """Of a working day."""
        return Fraction(str(self.cau_hinh.gio_moi_ngay if self.cau_hinh else _USUAL_HOURS))

    @property
    def viet_tat(self) -> str:
        """The abbreviation of the agency; empty when that is not known."""
        return self.cau_hinh.co_quan.viet_tat if self.cau_hinh else ""


def read_kho_of(files: KhoFiles, name: str, cwd: Path) -> KhoCuaQuyTrinh:
    """The kho as far as it concerns the procedure with the key or symbol ``name``, whatever its letters' case.

    Raises QtnbError when there is no such procedure, or when the register cannot be used.
    """
    register = register_at(files, cwd).need()
    khoa = _key_of(name, files, register, cwd)
    place = next((path for path in files.quy_trinh if khoa_of(path.name) == khoa), None)
    source = None if place is None else read_file(file_name(place, files.goc, cwd))
    item, wrong = (None, "") if source is None else _procedure(source)
    settings = read_file(file_name(files.goc / KHO_FILE, files.goc, cwd))
    return KhoCuaQuyTrinh(
        files.goc,
        khoa,
        cau_hinh_from(settings.data) if check_file(settings, Role.CAU_HINH).fit else None,
        register,
        register.quy_trinh.get(khoa) if register else None,
        place.relative_to(files.goc).as_posix() if place else "",
        item,
        wrong,
        tuple(_decisions(files, cwd)),
    )


def _key_of(name: str, files: KhoFiles, register: SoDangKy | None, cwd: Path) -> str:
    asked = name.casefold()
    found: list[str] = []
    for candidates in _candidates(files, register, cwd):
        match = next((khoa for khoa, called in candidates() if asked == called.casefold()), None)
        if match is not None:
            return match
        found += [called for _, called in candidates()]
    near = sorted(get_close_matches(name, dict.fromkeys(found), 3, 0.5))
    hint = f"Có phải là: {', '.join(map(shown, near))}?" if near else "Xem các khóa và ký hiệu bằng lệnh: qtnb list"
    message = f"Không có quy trình nào mang khóa hoặc ký hiệu “{shown(name)}”."
    raise QtnbError(message, hint=hint, exit_code=2)


def _candidates(
    files: KhoFiles, register: SoDangKy | None, cwd: Path
) -> Iterator[Callable[[], Sequence[tuple[str, str]]]]:
    """Keys with what they may be called by: files are read for their symbols only when nothing else knows the name."""
    blocks = list(register.quy_trinh.values()) if register else []
    keys = dict.fromkeys([*(khoa_of(path.name) for path in files.quy_trinh), *(item.khoa for item in blocks)])
    yield lambda: [(khoa, khoa) for khoa in keys]
    yield lambda: [(item.khoa, item.ky_hieu) for item in blocks]
    sources = [read_file(file_name(path, files.goc, cwd)) for path in files.quy_trinh]
    symbols = [(khoa_of(source.tep), source.data.get("ky_hieu")) for source in sources if not source.broken]
    yield lambda: [(khoa, symbol) for khoa, symbol in symbols if isinstance(symbol, str)]


def _procedure(source: Source) -> tuple[QuyTrinhCV | QuyTrinhLT | None, str]:
    """What a file says; None with what is wrong with it."""
    checked = check_file(source, Role.QUY_TRINH)
    if checked.fit:
        return quy_trinh_from(source.tep, source.data), ""
    errors = (finding.message for finding in checked.findings if finding.severity is Severity.ERROR)
    return None, next(errors, "tệp có lỗi")


def _decisions(files: KhoFiles, cwd: Path) -> Iterator[QuyetDinh]:
    for path in files.quyet_dinh:
        source = read_file(file_name(path, files.goc, cwd))
        if check_file(source, Role.QUYET_DINH).fit:
            yield quyet_dinh_from(source.tep, source.data)
