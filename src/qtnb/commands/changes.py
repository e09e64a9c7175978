"""Changes to the files of a kho, as a transaction takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qtnb.check import Checked
from qtnb.discovery import REGISTER_FILE
from qtnb.errors import QtnbError
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.snapshot import snapshot_path
from qtnb.so_dang_ky.writing import register_text
from qtnb.source import Source
from qtnb.transaction import Change

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def change_of(source: Source, text: str) -> Change:
    """The file of ``source`` with ``text``. Raises QtnbError when it is no longer as it was read."""
    place = source.name.place
    old = _bytes_of(place)
    mark = _BYTE_ORDER_MARK if old and old.startswith(_BYTE_ORDER_MARK) else b""
    if old != mark + source.text.encode():
        raise QtnbError(f"Tệp {source.path} vừa bị chương trình khác sửa.", hint="Chạy lại lệnh.")
    return Change(_inside(place, source), old, mark + text.encode())


def kept_file_change(checked: Checked, khoa: str, content: bytes) -> Change:
    """The file that keeps what the decision ``khoa`` approved, which the register does not know yet.

    Raises QtnbError when there is such a file with other content.
    """
    name = snapshot_path(khoa)
    old = _bytes_of(checked.sources.goc / name)
    if old is not None and old != content:
        message = f"Đã có tệp {name} nhưng sổ đăng ký không có quyết định “{khoa}”; qtnb không ghi đè tệp này."
        hint = (
            "Nếu quyết định đã từng ghi sổ thì lấy lại so-dang-ky.yaml từ git; nếu tệp còn sót từ lần ghi sổ đã hủy "
            "thì xóa tệp rồi chạy lại."
        )
        raise QtnbError(message, hint=hint, exit_code=1)
    return Change(Path(name), old, content)


def register_change(checked: Checked, register: SoDangKy) -> Change | None:
    """The register's file, with the line ends that it has; None when it stays as it is."""
    old = _bytes_of(checked.sources.goc / REGISTER_FILE)
    new = register_text(register).encode()
    if old is not None and old.partition(b"\n")[0].endswith(b"\r"):  # git may hand a text file out so
        new = new.replace(b"\n", b"\r\n")
    return None if old == new else Change(Path(REGISTER_FILE), old, new)


def register_of(checked: Checked) -> SoDangKy:
    """The register of a kho; an empty one when it has none. Raises QtnbError when it cannot be used."""
    if checked.sources.so_dang_ky is None:
        return SoDangKy()
    if checked.so_dang_ky is None:
        hint = "Xem lỗi bằng lệnh: qtnb validate"
        raise QtnbError(f"Không dùng được sổ đăng ký {checked.sources.so_dang_ky.path}.", hint=hint, exit_code=1)
    return checked.so_dang_ky


def _inside(place: Path, source: Source) -> Path:
    return place.relative_to(place.parents[source.tep.count("/")])


def _bytes_of(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise QtnbError(f"Không đọc được tệp “{place}”.", hint="Kiểm tra quyền truy cập.") from error
