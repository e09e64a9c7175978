"""The journal of a write of several files: what is to become of each, in a file of the kho."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from qtnb.text import shown

JOURNAL_FILE: Final = ".qtnb-giao-dich.json"
"""In the root of a kho while a write is under way; who finds it without a writer finds an interrupted write."""
TEMPORARY: Final = re.compile(r"\.qtnb-gd-[0-9a-f]{16}")
"""Names of the files that hold new content until it takes its place. Other than those of single files
(``.qtnb-…`` in files.py), which are written without the lock and are not ours to sweep."""

_VERSION: Final = 1
_MOST_BYTES: Final = 16 << 20
"""A write of 20,000 files has a journal of 8 MiB."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BROKEN: Final = "có nội dung bị hỏng hoặc bị cắt cụt"


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one file; paths are relative to the kho."""

    target: Path
    temporary: Path | None
    """Holds the new content until it is moved to ``target``; None for a file that is to go."""
    old: str | None
    """SHA-256 of the content before; None for a file that was not there."""
    new: str | None
    """SHA-256 of the content after; None for a file that is to go."""


@dataclass(frozen=True, slots=True)
class Journal:
    """One write of several files."""

    what: str
    """What is being done, as a sentence goes on after “việc”."""
    entries: tuple[Entry, ...]


class UnusableJournalError(Exception):
    """A journal that must not be followed; its text is the reason."""


def temporary_for(goc: Path, target: Path) -> Path:
    """A new name for the content of ``target``: beside it, or in the nearest folder around it that exists.

    There the content is on the disk, and under the folder's rules of access, where it is going to be.
    """
    import secrets

    folder = target.parent
    while not (goc / folder).is_dir():
        folder = folder.parent
    return folder / f".qtnb-gd-{secrets.token_hex(8)}"


def digest(content: bytes | None) -> str | None:
    """SHA-256 of ``content``; None for None."""
    import hashlib

    return None if content is None else hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str | None:
    """SHA-256 of a regular file; None where there is nothing; empty for a link, a folder or a device.

    Raises OSError.
    """
    import hashlib  # validate comes past here; only the rare kho with a journal needs it

    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(state.st_mode):
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_inside(goc: Path, path: Path) -> bool:
    """Whether the relative ``path`` is a place in the kho at ``goc`` for its files: not hidden, not through a link.

    Raises OSError when its folders cannot be followed.
    """
    if not path.parts or path.is_absolute() or path.drive or any(part.startswith(".") for part in path.parts):
        return False
    try:
        return (goc / path.parent).resolve().is_relative_to(goc.resolve())
    except RuntimeError:  # links in a circle, until Python 3.13
        return False


def journal_bytes(journal: Journal) -> bytes:
    """The content of the file."""
    entries = [
        {
            "dich": entry.target.as_posix(),
            "tam": entry.temporary and entry.temporary.as_posix(),
            "cu": entry.old,
            "moi": entry.new,
        }
        for entry in journal.entries
    ]
    content = {"phien_ban": _VERSION, "viec": journal.what, "tep": entries}
    # A name that is no text is kept by its bytes, as the file system keeps it.
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogateescape")


def read_journal(goc: Path) -> Journal | None:
    """The journal of the kho at ``goc``; None when there is none.

    It may come from a stranger's branch: raises UnusableJournalError for one that is not wholly as
    :func:`journal_bytes` writes it, or that names a place outside the kho's own files.
    """
    try:
        raw = _read(goc / JOURNAL_FILE)
        if raw is None:
            return None
        journal = _journal_from(goc, json.loads(raw.decode("utf-8", "surrogateescape")))
        if journal_bytes(journal) != raw:
            raise UnusableJournalError(_BROKEN)
    except OSError as error:
        raise UnusableJournalError("không đọc được") from error
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise UnusableJournalError(_BROKEN) from error
    return journal


def _read(path: Path) -> bytes | None:
    try:
        state = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(state.st_mode):
        raise UnusableJournalError("không phải là tệp thường")
    if state.st_size > _MOST_BYTES:
        raise UnusableJournalError("quá lớn")
    return path.read_bytes()


def _journal_from(goc: Path, data: Any) -> Journal:  # noqa: ANN401 - any JSON value
    if data["phien_ban"] > _VERSION:
        raise UnusableJournalError("do một phiên bản qtnb mới hơn ghi")
    entries = tuple(_entry_from(goc, item) for item in data["tep"])
    targets = {entry.target for entry in entries}
    temporaries = [entry.temporary for entry in entries if entry.temporary is not None]
    if not entries or len(targets) != len(entries) or len(set(temporaries)) != len(temporaries):
        raise UnusableJournalError(_BROKEN)
    return Journal(data["viec"], entries)


def _entry_from(goc: Path, item: Any) -> Entry:  # noqa: ANN401 - any JSON value
    old, new = _digest_from(item["cu"]), _digest_from(item["moi"])
    target = _path(goc, item["dich"])
    if (item["tam"] is None) != (new is None):
        raise UnusableJournalError(_BROKEN)
    return Entry(target, None if new is None else _temporary(goc, item["tam"], target), old, new)


def _digest_from(value: str | None) -> str | None:
    if value is None or _DIGEST.fullmatch(value):
        return value
    raise UnusableJournalError(_BROKEN)


def _path(goc: Path, text: str) -> Path:
    os.fsencode(text)  # UnicodeEncodeError, a ValueError, for what no file system takes
    if "\0" in text or not is_inside(goc, Path(text)):
        raise UnusableJournalError(f"nêu đường dẫn “{shown(text)}” không dành cho tệp của kho")
    return Path(text)


def _temporary(goc: Path, text: str, target: Path) -> Path:
    temporary = Path(text)
    around = TEMPORARY.fullmatch(temporary.name) and temporary.parent in target.parents
    if not around or not is_inside(goc, temporary.with_name("tep")):
        raise UnusableJournalError(f"nêu tệp tạm “{shown(text)}” không phải của qtnb")
    return temporary
