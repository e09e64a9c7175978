"""Reading the files of a kho from disk."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.discovery import KHO_FILE, KhoFiles, RefusedFile
from qtnb.journal import JOURNAL_FILE
from qtnb.schema import number_keys
from qtnb.source import MAX_BYTES, FileName, Source, read_source, unreadable
from qtnb.text import visible
from qtnb.transaction import unfinished

MAX_REGISTER_BYTES: Final = 16 << 20
"""A register has a block for each procedure: 4,000 of them, each decided on five times, take 6 MiB."""

Progress: TypeAlias = Callable[[int], None]
"""Told how many more files are done."""


@dataclass(frozen=True, slots=True)
class KhoSources:
    """The files of one kho, read; some may be broken."""

    goc: Path
    cau_hinh: Source
    quy_trinh: tuple[Source, ...]
    """In order of their paths."""
    quyet_dinh: tuple[Source, ...]
    refused: tuple[Source, ...]
    """Files that are not read, each with its finding."""
    so_dang_ky: Source | None = None
    """The register; None for a kho without one."""
    ke_hoach: tuple[Source, ...] = ()
    """Plans, in order of their file names."""
    thong_ke: tuple[Source, ...] = ()
    """Statistics forms, in order of their file names."""

    @property
    def all(self) -> tuple[Source, ...]:
        """Every file, each once."""
        register = () if self.so_dang_ky is None else (self.so_dang_ky,)
        kept = (*self.quy_trinh, *self.quyet_dinh, *self.ke_hoach, *self.thong_ke)
        return (self.cau_hinh, *register, *kept, *self.refused)


def read_kho(files: KhoFiles, cwd: Path, progress: Progress = lambda _: None) -> KhoSources:
    """Read every file of a kho; findings show paths relative to ``cwd``."""

    def read(path: Path) -> Source:
        source = read_file(file_name(path, files.goc, cwd))
        progress(1)
        return source

    return KhoSources(
        files.goc,
        read(files.goc / KHO_FILE),
        tuple(read(path) for path in files.quy_trinh),
        tuple(read(path) for path in files.quyet_dinh),
        refused_sources(files, cwd),
        read_register(files, cwd),
        tuple(read(path) for path in files.ke_hoach),
        tuple(read(path) for path in files.thong_ke),
    )


def refused_sources(files: KhoFiles, cwd: Path) -> tuple[Source, ...]:
    """The files of a kho that are not read, each with its finding; the journal of an interrupted write is one."""
    refused = tuple(refused_source(file, files.goc, cwd) for file in files.refused)
    left = unfinished(files.goc)
    if left is None:
        return refused
    name = file_name(files.goc / JOURNAL_FILE, files.goc, cwd)
    return (*refused, unreadable(name, "unfinished-write", left.message, left.hint))


def read_register(files: KhoFiles, cwd: Path) -> Source | None:
    """The register of a kho; None when it has none."""
    if files.so_dang_ky is None:
        return None
    return read_file(file_name(files.so_dang_ky, files.goc, cwd), MAX_REGISTER_BYTES)


def shown_path(path: Path, cwd: Path) -> str:
    """``path`` as findings show it: relative to ``cwd``, with ``/``, what is no text replaced."""
    try:
        relative = os.path.relpath(path, cwd)
    except ValueError:  # another drive on Windows
        relative = str(path)
    return visible(os.fsencode(relative).decode("utf-8", "replace")).replace(os.sep, "/")


def file_name(path: Path, goc: Path, cwd: Path) -> FileName:
    """The names of a file of the kho at ``goc``."""
    # Every file of a kho passes here; only the kho's own place is worked out, once, and the rest is text.
    inner = str(path)[len(str(goc)) + 1 :].replace(os.sep, "/")
    if not inner.isascii() or not inner.isprintable():
        inner = visible(os.fsencode(inner).decode("utf-8", "replace"))
    prefix = _shown_folder(goc, cwd)
    shown = shown_path(path, cwd) if prefix is None else f"{prefix}{inner}"
    return FileName(path, shown, unicodedata.normalize("NFC", inner))


@lru_cache(maxsize=256)
def _shown_folder(goc: Path, cwd: Path) -> str | None:
    """What the shown path of every file in a kho begins with; None for a kho around the working directory."""
    shown = shown_path(goc, cwd)
    if shown.startswith(".."):
        return None
    return "" if shown == "." else f"{shown}/"


def read_file(name: FileName, max_bytes: int = MAX_BYTES) -> Source:
    """Read one file; what is wrong with it is in the source's findings."""
    raw = read_bytes(name, max_bytes)
    return raw if isinstance(raw, Source) else read_source(name, raw, number_keys(), max_bytes)


def read_bytes(name: FileName, max_bytes: int = MAX_BYTES) -> bytes | Source:
    """The bytes of one file, at most one more than a file may have; a source that says why when unreadable."""
    try:
        with open(name.place, "rb", opener=_open_plainly) as file:
            # Of a pipe or a device nothing is read: it may never end.
            state = os.fstat(file.fileno())
            # No more than there is: a buffer of the greatest size for each small file costs time.
            raw = file.read(min(state.st_size, max_bytes) + 1) if stat.S_ISREG(state.st_mode) else None
    except OSError as error:
        reason = f": {_REASONS[type(error)]}" if type(error) in _REASONS else ""
        message = f"Không đọc được tệp này{reason}."
        return unreadable(name, "unreadable", message, "Kiểm tra tệp và quyền truy cập.")
    if raw is None:
        message = "Đây không phải là tệp thường."
        return unreadable(name, "unreadable", message, "Thay bằng một tệp văn bản.")
    return raw


def _open_plainly(path: str, flags: int) -> int:
    # Neither through a link, which may lead out of the checkout, nor waiting for a pipe's other end.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


_REASONS: dict[type[OSError], str] = {
    PermissionError: "không có quyền đọc",
    IsADirectoryError: "đây là thư mục",
    FileNotFoundError: "tệp không còn ở đó",
}


def refused_source(file: RefusedFile, goc: Path, cwd: Path) -> Source:
    """A source for a file that is not read, with its finding."""
    return unreadable(file_name(file.path, goc, cwd), file.rule, file.message, file.hint)
