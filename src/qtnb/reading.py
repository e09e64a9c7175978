"""Reading the files of a kho from disk."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from qtnb.discovery import KHO_FILE, KhoFiles, RefusedFile
from qtnb.schema import number_keys
from qtnb.source import MAX_BYTES, FileName, Source, read_source, unreadable
from qtnb.text import visible

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

    @property
    def all(self) -> tuple[Source, ...]:
        """Every file, each once."""
        return (self.cau_hinh, *self.quy_trinh, *self.quyet_dinh, *self.refused)


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
        tuple(refused_source(file, files.goc, cwd) for file in files.refused),
    )


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


def read_file(name: FileName) -> Source:
    """Read one file; what is wrong with it is in the source's findings."""
    raw = read_bytes(name)
    return raw if isinstance(raw, Source) else read_source(name, raw, number_keys())


def read_bytes(name: FileName) -> bytes | Source:
    """The bytes of one file, at most one more than a file may have; a source that says why when unreadable."""
    try:
        with open(name.place, "rb", opener=_open_plainly) as file:
            # Of a pipe or a device nothing is read: it may never end.
            state = os.fstat(file.fileno())
            # No more than there is: a buffer of the greatest size for each small file costs time.
            raw = file.read(min(state.st_size, MAX_BYTES) + 1) if stat.S_ISREG(state.st_mode) else None
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
