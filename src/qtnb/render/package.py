"""The .docx package as a file: read with suspicion, written the same way every time."""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from qtnb.errors import QtnbError
from qtnb.files import replacing

MAIN_PART = "word/document.xml"

_MAX_PARTS = 500
_MAX_XML = 2 * 1024 * 1024
"""Of one XML part; docxtpl's patterns are slow on more."""

_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")

_NO_WORD_FILE: Final = "không phải là tệp Word (.docx) hoặc đã bị hỏng"

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3
"""Of compression: table rows repeat so much that more effort gains little (measured: 6 takes twice as long)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a Word file is for, and so what it may be."""

    name: str
    """As messages call it."""
    hint: str
    """What to do about one that cannot be used."""
    most_bytes: int
    """Unpacked size of the whole file."""


TEMPLATE: Final = Kind("Mẫu", "Mở mẫu bằng Word, lưu lại dạng .docx, hoặc chép lại mẫu gốc của qtnb.", 32 * 1024 * 1024)
"""A real template with a coat of arms stays below 1 MiB."""
DOCUMENT: Final = Kind("Văn bản", "Mở bằng Word và lưu lại dạng .docx.", 256 * 1024 * 1024)
"""A decision on 4,000 procedures unpacks to 80 MiB."""


def read_package(path: Path, shown: str, kind: Kind = TEMPLATE) -> dict[str, bytes]:
    """Read all parts of the Word file ``path``, in their order.

    Raises :class:`QtnbError`, naming the file as ``shown``, for anything that is no sound .docx:
    templates and documents come from strangers. A template may not reach out either.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _read_entries(archive, shown, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _broken(shown, _NO_WORD_FILE, kind) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # the archive leads to a place before its beginning
            raise _broken(shown, _NO_WORD_FILE, kind) from ValueError(str(error))
        raise _broken(shown, f"không đọc được ({error.strerror or error})", kind) from error
    if MAIN_PART not in parts:
        raise _broken(shown, f"thiếu phần {MAIN_PART}", kind)
    if kind is TEMPLATE:
        _refuse_reaching_out(parts, shown)
    return parts


def text_of(part: bytes, name: str, shown: str) -> str:
    """Decode an XML part; Word writes UTF-8 and never a DTD."""
    if len(part) > _MAX_XML:
        raise _broken(shown, f"phần {name} quá lớn (trên {_MAX_XML // 1024 // 1024} MiB)")
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(shown, f"phần {name} không phải UTF-8") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _broken(shown, f"phần {name} có khai báo DTD, không được dùng trong tệp Word")
    try:
        expat.ParserCreate("utf-8").Parse(text, True)  # noqa: FBT003 - the parser's own signature
    except expat.ExpatError as error:
        raise _broken(shown, f"có phần {name} viết sai XML") from error
    return text


def write_package(path: Path, parts: Mapping[str, Iterable[bytes]]) -> None:
    """Write a .docx whole or not at all; equal parts give equal bytes."""
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 - public from Python 3.13 on
            with archive.open(entry, "w") as stream:
                for chunk in chunks:
                    stream.write(chunk)


def _read_entries(archive: zipfile.ZipFile, shown: str, kind: Kind) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MAX_PARTS:
        raise _broken(shown, f"có quá nhiều phần ({len(entries)})", kind)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _broken(shown, "được đặt mật khẩu", kind)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise _broken(shown, "nén theo cách mà Word không dùng", kind)
    if sum(entry.file_size for entry in entries) > kind.most_bytes:
        raise _broken(shown, f"quá lớn khi giải nén (trên {kind.most_bytes // 1024 // 1024} MiB)", kind)
    # Office programs pass over the letters' case: of two such parts they may take the other one.
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise _broken(shown, "có hai phần cùng tên", kind)
    parts: dict[str, bytes] = {}
    for entry in entries:
        with archive.open(entry) as stream:
            # The declared size may lie: never unpack more than it says.
            content = stream.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            raise _broken(shown, f"phần {entry.filename} không đúng kích thước đã khai", kind)
        parts[entry.filename] = content
    return parts


def _refuse_reaching_out(parts: Mapping[str, bytes], shown: str) -> None:
    """A decision must not run code, nor fetch anything, when it is opened; plain links are harmless."""
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise _broken(shown, "có macro")
    for name, part in parts.items():
        for relationship in _RELATIONSHIP.findall(part) if name.endswith(".rels") else ():
            if b'"External"' in relationship and b"/hyperlink" not in relationship:
                raise _broken(shown, "trỏ tới tệp bên ngoài (ảnh, mẫu hoặc đối tượng liên kết)")


def _broken(shown: str, why: str, kind: Kind = TEMPLATE) -> QtnbError:
    return QtnbError(f"{kind.name} “{shown}” {why}.", hint=kind.hint)
