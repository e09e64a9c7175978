"""Where the data of a procedure or decision differ from those approved, field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from qtnb.finding import DataPath
from qtnb.words.writing import paragraphs

_NOT_PRINTED: Final = frozenset({"thu_tu", "ly_do"})
"""Keys that no decision prints; those with ``x-`` are neither."""
_LINES: Final = frozenset({"phoi_hop", "ten_ban_hanh", "quyen_han"})
"""Keys that take one text, or a list of them: a list of one text says the same."""
_HEADS: Final = ("trinh_tu", "noi_dung", "ten", "quy_trinh")
"""What a row is called by: the first of these that it has."""
_MOST_COMPARED: Final = 1_000_000
"""Pairs of rows; longer lists, which nobody writes, are compared row by row."""

Row: TypeAlias = tuple[int | None, int | None]
"""The places of one row in the old and the new list; None where it is not there."""


class Kind(Enum):
    """How two versions differ in one place."""

    CHANGED = auto()
    """Another value; None stands for one that says nothing."""
    ADDED = auto()
    """A row of a list that was not there."""
    REMOVED = auto()
    """A row that is gone."""
    REORDERED = auto()
    """The same rows in another order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two versions differ."""

    kind: Kind
    named: DataPath
    """The place in the version that has it, the present one if both have."""
    at: DataPath
    """The place to show in the present data; its nearest ancestor that exists is meant."""
    old: Any
    """None where the approved version has nothing."""
    new: Any
    """None where the present version has nothing."""


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every printed place where ``new`` says something else than ``old``; both fit one schema."""
    return list(_mapping((), old, new))


def head_of(row: Any) -> str:  # noqa: ANN401 - YAML values
    """What a row of a list is called by: its first words; empty when it has none."""
    if isinstance(row, Mapping):
        return next((str(row[key]) for key in _HEADS if row.get(key)), "")
    return row if isinstance(row, str) else ""


def normal(value: Any) -> Any:  # noqa: ANN401 - YAML values
    """``value`` as printing takes it: nothing said is None, and spaces around lines are dropped."""
    if isinstance(value, str):
        return "\n".join(paragraphs(value.strip())) or None
    if isinstance(value, Mapping):
        return {key: part for key, raw in value.items() if (part := normal(raw)) is not None} or None
    if isinstance(value, list):
        return [normal(part) for part in value] or None
    return None if value is False else value


def _mapping(at: DataPath, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        if key not in _NOT_PRINTED and not key.startswith("x-"):
            here = (*at, key)
            yield from _value(here, here, _lines(key, normal(old.get(key))), _lines(key, normal(new.get(key))))


def _lines(key: str, value: Any) -> Any:  # noqa: ANN401 - YAML values
    return value[0] if key in _LINES and isinstance(value, list) and len(value) == 1 else value


def _value(named: DataPath, at: DataPath, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401 - YAML values
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mapping(at, old, new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list(at, old, new)
    else:
        yield Difference(Kind.CHANGED, named, at, old, new)


def _list(at: DataPath, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    before, after = list(map(_content, old)), list(map(_content, new))
    if sorted(before) == sorted(after):
        yield Difference(Kind.REORDERED, at, at, old, new)
        return
    for mine, theirs in _rows(old, new, before, after):
        if theirs is None:
            assert mine is not None  # noqa: S101 - for mypy: a row is in one of the lists
            yield Difference(Kind.REMOVED, (*at, mine), at, old[mine], None)
        elif mine is None:
            yield Difference(Kind.ADDED, (*at, theirs), (*at, theirs), None, new[theirs])
        else:
            here = (*at, theirs)
            yield from _value(here, here, old[mine], new[theirs])


def _content(row: Any) -> str:  # noqa: ANN401 - YAML values
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _rows(old: list[Any], new: list[Any], before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """The rows that differ, those called alike together."""
    if len(old) * len(new) > _MOST_COMPARED:
        yield from zip_longest(range(len(old)), range(len(new)))
        return
    for mine, theirs in _between(before, after, range(len(old)), range(len(new))):
        heads = _between(
            [head_of(old[row]) for row in mine], [head_of(new[row]) for row in theirs], mine, theirs, _kept
        )
        for left, right in heads:
            for row in zip_longest(left, right):
                yield from _one_or_two(row, old, new)


def _one_or_two(row: Row, old: list[Any], new: list[Any]) -> Iterator[Row]:
    """Rows at one place: one that was changed, or, when they have nothing in common, one gone and one come."""
    mine, theirs = row
    if mine is not None and theirs is not None and _have_nothing_in_common(old[mine], new[theirs]):
        yield mine, None
        yield None, theirs
    else:
        yield row


def _have_nothing_in_common(old: Any, new: Any) -> bool:  # noqa: ANN401 - YAML values
    both = isinstance(old, Mapping) and isinstance(new, Mapping)
    return both and not any(old[key] == new.get(key) for key in old)


Stretch: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""The rows of both lists between two places where they agree."""


def _kept(mine: Sequence[int], theirs: Sequence[int]) -> Iterator[Stretch]:
    yield mine, theirs


def _none(_mine: Sequence[int], _theirs: Sequence[int]) -> Iterator[Stretch]:
    yield from ()


def _between(
    before: Sequence[str],
    after: Sequence[str],
    mine: Sequence[int],
    theirs: Sequence[int],
    agreeing: Callable[[Sequence[int], Sequence[int]], Iterator[Stretch]] = _none,
) -> Iterator[Stretch]:
    """The stretches in which two lists of words disagree, and what ``agreeing`` makes of the others."""
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        stretch = (mine[start:end], theirs[first:last])
        if tag == "equal":
            yield from agreeing(*stretch)
        else:
            yield stretch
