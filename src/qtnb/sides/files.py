"""The files of a kho on disk or in a revision, read as sources."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import KHO_FILE, QUY_TRINH, QUYET_DINH, REGISTER_FILE, KhoFiles
from qtnb.reading import (
    MAX_REGISTER_BYTES,
    KhoSources,
    Progress,
    file_name,
    read_bytes,
    refused_source,
)
from qtnb.sides.git import Entry, Repository
from qtnb.sides.shared_reading import SharedReading
from qtnb.source import MAX_BYTES, FileName, Source, unreadable
from qtnb.text import visible

_ENDINGS: Final = (".yaml", ".yml")


def sources_on_disk(files: KhoFiles, cwd: Path, shared: SharedReading, progress: Progress) -> KhoSources:
    """The files of the kho at ``files.goc``; findings show paths relative to ``cwd``."""

    def read(path: Path, max_bytes: int = MAX_BYTES) -> Source:
        name = file_name(path, files.goc, cwd)
        raw = read_bytes(name, max_bytes)
        progress(1)
        return raw if isinstance(raw, Source) else shared.source(name, raw, max_bytes)

    return KhoSources(
        files.goc,
        read(files.goc / KHO_FILE),
        tuple(map(read, files.quy_trinh)),
        tuple(map(read, files.quyet_dinh)),
        tuple(refused_source(file, files.goc, cwd) for file in files.refused),
        None if files.so_dang_ky is None else read(files.so_dang_ky, MAX_REGISTER_BYTES),
    )


@dataclass(frozen=True, slots=True)
class KhoInTree:
    """Where the files of a kho in a revision are."""

    repository: Repository
    tree: str
    """Number of the tree that is the kho's folder."""
    word: str
    """The revision, as findings show it: ``v1:quy-trinh/a.yaml``."""
    goc: Path
    """The kho's folder on disk, where its templates are."""


def sources_of_revision(place: KhoInTree, shared: SharedReading, progress: Progress) -> KhoSources | None:
    """The files of the kho at ``place``; None when there is no kho file in it.

    The rules are those of :mod:`qtnb.discovery`: no links, nothing below folders whose names begin
    with a dot, nothing of a kho further inside.
    """
    entries = place.repository.files(place.tree, (KHO_FILE, REGISTER_FILE, QUY_TRINH, QUYET_DINH))
    known = {entry.path: entry for entry in entries}
    if KHO_FILE not in known:
        return None
    procedures, decisions = _below(entries, QUY_TRINH), _below(entries, QUYET_DINH)
    misplaced = [entry for entry in decisions if entry.path.count("/") > 1]
    decisions = [entry for entry in decisions if entry not in misplaced]
    register = known.get(REGISTER_FILE)
    wanted = [known[KHO_FILE], *procedures, *decisions, *([register] if register else [])]
    read = _Reading(place, shared, progress).sources(wanted)
    return KhoSources(
        place.goc,
        next(read),
        tuple(next(read) for _ in procedures),
        tuple(next(read) for _ in decisions),
        tuple(_misplaced(_name(entry.path, place)) for entry in misplaced),
        next(read) if register else None,
    )


class _Reading:
    """Reads files of one revision."""

    def __init__(self, place: KhoInTree, shared: SharedReading, progress: Progress) -> None:
        self._place = place
        self._shared = shared
        self._progress = progress

    def sources(self, entries: Sequence[Entry]) -> Iterator[Source]:
        """The source of each entry; of a link or of a file too large the content is not even asked for."""
        contents = self._place.repository.contents([entry.oid for entry in entries if self._is_read(entry)])
        for entry in entries:
            yield self._source(entry, next(contents) if self._is_read(entry) else None)
            self._progress(1)

    def _most(self, entry: Entry) -> int:
        return MAX_REGISTER_BYTES if entry.path == REGISTER_FILE else MAX_BYTES

    def _is_read(self, entry: Entry) -> bool:
        return not entry.is_link and entry.size <= self._most(entry)

    def _source(self, entry: Entry, raw: bytes | None) -> Source:
        name = _name(entry.path, self._place)
        most = self._most(entry)
        if entry.is_link:
            message = "Đây là liên kết (symlink); qtnb không đọc qua liên kết."
            return unreadable(name, "symlink", message, "Thay liên kết bằng chính tệp đó.")
        if entry.size > most:
            return self._shared.source(name, bytes(most + 1), most)
        if raw is None:
            message = "Không đọc được tệp này trong kho git."
            hint = "Kiểm tra bằng lệnh: git fsck; bản sao không đầy đủ (partial clone) thì tải đủ về trước."
            return unreadable(name, "unreadable", message, hint)
        return self._shared.source(name, raw, most)


def _below(entries: Sequence[Entry], folder: str) -> list[Entry]:
    """The YAML files below a folder of the kho, in the order of a walk on disk."""
    inner = {entry.path.removesuffix(KHO_FILE) for entry in entries if entry.path.endswith(f"/{KHO_FILE}")}
    found = [
        entry
        for entry in entries
        if entry.path.startswith(f"{folder}/")
        and entry.path.lower().endswith(_ENDINGS)
        and not any(part.startswith(".") for part in entry.path.split("/"))
        and not any(entry.path.startswith(kho) for kho in inner)
    ]
    return sorted(found, key=lambda entry: entry.path.split("/"))


def _misplaced(name: FileName) -> Source:
    message = f"Quyết định nằm trong thư mục con của {QUYET_DINH}/ nên không được đọc."
    return unreadable(name, "misplaced-file", message, f"Chuyển tệp ra thẳng {QUYET_DINH}/.")


def _name(path: str, place: KhoInTree) -> FileName:
    inner = visible(os.fsencode(path).decode("utf-8", "replace"))
    return FileName(place.goc / path, f"{visible(place.word)}:{inner}", unicodedata.normalize("NFC", inner))
