"""Linting many files over several processes, where that pays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from qtnb.filecheck import Role
from qtnb.lint.engine import FileResult, lint_file
from qtnb.lint.rule import Rule
from qtnb.lint.settings import ActiveRules, Selection, active_rules
from qtnb.reading import read_file
from qtnb.source import FileName

_PAYS: Final = 1500
"""Files from which starting processes costs less than they save (measured: about 0.1 s a process)."""
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class Work:
    """A part of the files of one kho, and what a process needs to lint them."""

    files: tuple[tuple[FileName, Role], ...]
    kho: Mapping[str, Any]
    rules: tuple[Rule, ...]
    selection: Selection


def lint_files(
    files: Sequence[tuple[FileName, Role]],
    kho: Mapping[str, Any],
    rules: Sequence[Rule],
    selection: Selection,
    active: ActiveRules,
) -> Iterator[FileResult]:
    """The results of ``files`` in order, from this process or, for many, from several."""
    workers = min(os.cpu_count() or 1, 8)
    if len(files) < _PAYS or workers == 1:
        yield from (lint_file(read_file(name), role, active) for name, role in files)
        return
    parts = (
        Work(tuple(files[start : start + _CHUNK]), kho, tuple(rules), selection)
        for start in range(0, len(files), _CHUNK)
    )
    with ProcessPoolExecutor(workers) as pool:
        yield from _results(pool, parts)


def _results(pool: Executor, parts: Iterable[Work]) -> Iterator[FileResult]:
    for results in pool.map(lint_part, parts):
        yield from results


def lint_part(work: Work) -> list[FileResult]:
    """Lint one part; runs in any process, by any executor."""
    active = active_rules(work.kho, work.rules, work.selection)
    return [lint_file(read_file(name), role, active) for name, role in work.files]
