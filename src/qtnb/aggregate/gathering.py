"""The facts of many kho: from the cache where no file has changed, else counted."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.aggregate.content import ContentError, content_from, content_text
from qtnb.aggregate.counting import Part, Way, count_file
from qtnb.aggregate.facts import KhoFacts
from qtnb.aggregate.merging import CountedFile, CountedFiles, facts_of_kho
from qtnb.aggregate.spread import FILES_OF_A_PART, Submit
from qtnb.discovery import KEPT_FOLDER, KHO_FILE, KhoFiles
from qtnb.filecheck import Role
from qtnb.lint.cache import ResultCache, code_stamp, key_of, setting_of
from qtnb.lint.engine import FileResult
from qtnb.reading import Progress, file_name, read_bytes, read_register, refused_sources
from qtnb.schema import number_keys
from qtnb.so_dang_ky.snapshot import MAX_BYTES
from qtnb.source import FileName, Source, read_source

_AHEAD: Final = 32 << 20
"""Bytes of files read before the first kho of them is counted: enough for every process to have work (6,000 files as
people write them), and bounded however large the files are."""
_WRITTEN_AT: Final = 1 << 24
"""Characters of results that are kept in memory before they are written to the cache."""
_USUAL: Final = Way(Fraction(8), sealed=False)
"""Where ``qtnb.yaml`` says nothing else, or nothing at all."""

Results: TypeAlias = Callable[[], list[FileResult]]


@dataclass(frozen=True, slots=True)
class _Read:
    """One file as read."""

    name: FileName
    """Its shown path is the one inside the kho, so that the facts do not depend on where the kho lies."""
    role: Role
    raw: bytes | Source
    """Its bytes; a source that says why when it cannot be read."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A kho whose facts are known, or are still being made."""

    files: KhoFiles
    read: Sequence[_Read]
    """All files but ``qtnb.yaml``."""
    key: bytes | None
    """Under which the facts are kept; None: a file cannot be read, and they are not."""
    begun: CountedFiles | None = None
    """The kho without the files that are being counted; None for one that is known."""
    results: Sequence[Results] = ()
    """Of the readable ones of these files, in order, a part each."""
    known: KhoFacts | None = None

    @property
    def size(self) -> int:
        """Bytes held until it is counted."""
        return sum(len(file.raw) for file in self.read if isinstance(file.raw, bytes))


class Gatherer:
    """Makes the facts of kho after kho; a cache that cannot be used makes it slower, never wrong."""

    def __init__(self, cache: Path | None, submit: Submit, progress: Progress, *, signed: bool) -> None:
        """Take the folder of kept results (None: none are kept) and whoever counts.

        ``signed``: the steps of procedures get signatures.
        """
        self._signed = signed
        self._cache = ResultCache(cache)
        self._stamp = code_stamp() if cache else b""
        self._submit = submit
        self._progress = progress
        self._new: dict[bytes, str] = {}
        self._new_size = 0

    def facts(self, kho: Iterable[KhoFiles]) -> Iterator[tuple[KhoFiles, KhoFacts]]:
        """Each kho with its facts, in order; only so much is held at once as keeps every process busy."""
        waiting: deque[_Pending] = deque()
        held = 0
        for files in kho:
            pending = self._begin(files)
            waiting.append(pending)
            held += pending.size
            while waiting and (held > _AHEAD or waiting[0].known):
                held -= waiting[0].size
                yield waiting[0].files, self._end(waiting.popleft())
        while waiting:
            yield waiting[0].files, self._end(waiting.popleft())
        self._cache.put(self._new)

    def _begin(self, files: KhoFiles) -> _Pending:
        """Read a kho; where it is not known as it is now, have it counted."""
        goc = files.goc
        read = [
            _Read(name, role, read_bytes(name))
            for role, paths in (
                (Role.CAU_HINH, [goc / KHO_FILE]),
                (Role.QUY_TRINH, files.quy_trinh),
                (Role.QUYET_DINH, files.quyet_dinh),
                (Role.KE_HOACH, files.ke_hoach),
                (Role.THONG_KE, files.thong_ke),
            )
            for name in (file_name(path, goc, goc) for path in paths)
        ]
        refused, ledger = refused_sources(files, goc), read_register(files, goc)
        key = _key([self._stamp, self._signed, refused, _register_content(files, ledger)], read)
        known = self._known(key)
        if known is not None:
            return _Pending(files, (), key, known=known)
        kho_file = _result_of(read[0])
        hours = Fraction(kho_file.facts["gio"]) if kho_file.facts else _USUAL.hours
        way = Way(hours, ledger is not None, self._signed)
        todo = [(file.name, file.role, file.raw) for file in read[1:] if isinstance(file.raw, bytes)]
        parts = [todo[start : start + FILES_OF_A_PART] for start in range(0, len(todo), FILES_OF_A_PART)]
        results = [self._submit(Part(tuple(part), way)) for part in parts]
        first = CountedFile(read[0].name, Role.CAU_HINH, kho_file)
        return _Pending(files, read[1:], key, CountedFiles(goc, first, (), refused, ledger, self._signed), results)

    def _end(self, pending: _Pending) -> KhoFacts:
        """Wait for the results of a kho, put it together, and keep it."""
        facts = pending.known
        if facts is None:
            facts = facts_of_kho(_finished(pending))
            if pending.key is not None:
                self._keep(pending.key, f"{content_text(facts)}\n{json.dumps(facts.dau_buoc)}")
        self._progress(facts.tep)
        return facts

    def _keep(self, key: bytes, text: str) -> None:
        # Not one at a time: at each writing the cache counts all that it holds.
        self._new[key] = text
        self._new_size += len(text)
        if self._new_size > _WRITTEN_AT:
            self._cache.put(self._new)
            self._new, self._new_size = {}, 0

    def _known(self, key: bytes | None) -> KhoFacts | None:
        content, _, signatures = (self._cache.get([key]).get(key, "") if key else "").partition("\n")
        try:
            return content_from(json.loads(content), json.loads(signatures)) if content else None
        except (ContentError, ValueError):
            return None


def _finished(pending: _Pending) -> CountedFiles:
    """The files of a kho with their results, waiting for those that are being made."""
    assert pending.begun is not None  # noqa: S101 - for mypy: it is known, or it was begun
    made = iter([result for part in pending.results for result in part()])
    others = [
        CountedFile(file.name, file.role, _unreadable(file.raw) if isinstance(file.raw, Source) else next(made))
        for file in pending.read
    ]
    return replace(pending.begun, others=others)


def _key(parts: Sequence[object], read: Sequence[_Read]) -> bytes | None:
    """One key for all that the facts of a kho depend on; None when a file cannot be read."""
    contents = []
    for file in read:
        if isinstance(file.raw, Source):
            return None
        contents.append(key_of(file.name.tep.encode() + b"\0" + file.raw, b""))
    return setting_of("aggregate", *parts, contents)


def _register_content(files: KhoFiles, ledger: Source | None) -> Sequence[object]:
    """The register and all that it refers to; nothing in a kho without one."""
    if ledger is None:
        return ()
    kept = sorted((files.goc / KEPT_FOLDER).glob("*.json"))
    return (ledger.text, ledger.findings, [(path.name, _content_key(path, files.goc)) for path in kept])


def _content_key(path: Path, goc: Path) -> object:
    """What tells the content of a file, or why it has none."""
    raw = read_bytes(file_name(path, goc, goc), MAX_BYTES)
    return raw.findings if isinstance(raw, Source) else key_of(raw, b"")


def _result_of(file: _Read) -> FileResult:
    """The result of ``qtnb.yaml``, on which the counting of the others depends."""
    if isinstance(file.raw, Source):
        return _unreadable(file.raw)
    return count_file(read_source(file.name, file.raw, number_keys()), file.role, _USUAL)


def _unreadable(source: Source) -> FileResult:
    return FileResult(source.findings, None, None, ())
