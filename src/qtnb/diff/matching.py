"""Which procedure of one state is which of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from qtnb.diff.parts import Part
from qtnb.diff.printed import procedure_part
from qtnb.model import QuyTrinhCV, QuyTrinhLT
from qtnb.words.writing import one_line

AnyQuyTrinh: TypeAlias = QuyTrinhCV | QuyTrinhLT

ALIKE: Final = 85
"""Percent, of name and content together, from which two procedures of different keys are taken for one.

Of a ward's 26 approved land procedures, much alike as they are, 6 pairs in 325 reach it (examples/phuong-mau); all
have numbers, and two procedures of different numbers are never one.
"""
MOST_PAIRS: Final = 1_000_000
"""Pairs of names whose likeness is computed; where there are more, only procedures of one name are looked at."""

_ALIKE_NAMES: Final = 60
_BEST: Final = 5
"""So many of the likest names have their contents compared."""
_MOST_CHARACTERS: Final = 4_000
"""Of the content, for its likeness."""
_WEIGHT_OF_NAME: Final = 0.4
_AFTER_HEAD: Final = 3
"""The content of a procedure begins after its name, symbol and field."""


class Matched(StrEnum):
    """By what two procedures were found to be one; the values are those of the JSON output."""

    KEY = "khoa"
    SYMBOL = "ky_hieu"
    LIKENESS = "giong"


@dataclass(frozen=True, slots=True)
class Match:
    """One procedure in both states, or in one."""

    old: AnyQuyTrinh | None
    new: AnyQuyTrinh | None
    by: Matched | None = None
    """None for a procedure that is in one state only."""
    likeness: int = 100
    """Percent; less than 100 only for :attr:`Matched.LIKENESS`."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Every procedure of two states once."""

    matches: tuple[Match, ...]
    names_only: bool
    """Whether there were too many to look for alike names: see :data:`MOST_PAIRS`."""


def match_procedures(old: Sequence[AnyQuyTrinh], new: Sequence[AnyQuyTrinh]) -> Matching:
    """Every procedure of both states once; keys are unique within a state.

    By the key (of one kind, CV or LT); of those left by the symbol; of those left the likest in
    name and content, from :data:`ALIKE` percent on, unless each has a symbol of its own.
    """
    there = {(item.loai, item.khoa): item for item in new}
    found = [Match(item, there[item.loai, item.khoa], Matched.KEY) for item in old if (item.loai, item.khoa) in there]
    found += _by_symbol(*_left(old, new, found))
    gone, added = _left(old, new, found)
    names_only = len(gone) * len(added) > MOST_PAIRS
    found += _by_likeness(gone, added, names_only=names_only)
    gone, added = _left(old, new, found)
    alone = (*(Match(item, None) for item in gone), *(Match(None, item) for item in added))
    return Matching((*found, *alone), names_only)


def _left(
    old: Iterable[AnyQuyTrinh], new: Iterable[AnyQuyTrinh], found: Iterable[Match]
) -> tuple[list[AnyQuyTrinh], list[AnyQuyTrinh]]:
    matched = {id(side) for match in found for side in (match.old, match.new)}
    return [item for item in old if id(item) not in matched], [item for item in new if id(item) not in matched]


def _by_symbol(old: Sequence[AnyQuyTrinh], new: Sequence[AnyQuyTrinh]) -> Iterator[Match]:
    here, there = _unique_symbols(old), _unique_symbols(new)
    for symbol, item in here.items():
        if symbol in there and there[symbol].loai == item.loai:
            yield Match(item, there[symbol], Matched.SYMBOL)


def _unique_symbols(items: Sequence[AnyQuyTrinh]) -> dict[str, AnyQuyTrinh]:
    times = Counter(item.ky_hieu for item in items)
    return {item.ky_hieu: item for item in items if item.ky_hieu and times[item.ky_hieu] == 1}


def _by_likeness(old: Sequence[AnyQuyTrinh], new: Sequence[AnyQuyTrinh], *, names_only: bool) -> Iterator[Match]:
    """The most alike first; equally alike ones in the order of their keys, whichever side is old."""
    if not old or not new:
        return
    texts = {id(item): _Text(_name(item), _content(item)) for item in (*old, *new)}
    scored: list[tuple[int, list[str], Match]] = []
    for item, other in _candidates(old, new, texts, names_only=names_only):
        if item.ky_hieu and other.ky_hieu and item.ky_hieu != other.ky_hieu:
            continue  # a number is never given to another procedure, nor another one to it (format.md)
        score = _likeness(texts[id(item)], texts[id(other)])
        if score >= ALIKE:
            match = Match(item, other, Matched.LIKENESS, score)
            scored.append((-score, sorted((item.khoa, other.khoa)), match))
    taken: set[int] = set()
    for _, _, match in sorted(scored, key=lambda entry: entry[:2]):
        sides = {id(match.old), id(match.new)}
        if not taken & sides:
            taken |= sides
            yield match


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    content: str


def _name(item: AnyQuyTrinh) -> str:
    return one_line(item.ten).casefold()


def _content(item: AnyQuyTrinh) -> str:
    """What the procedure says besides its name, symbol and field; empty before it has content."""
    if item.chua_co_noi_dung:
        return ""
    return " ".join(Part(procedure_part(item).fields[_AFTER_HEAD:]).texts())


def _candidates(
    old: Sequence[AnyQuyTrinh], new: Sequence[AnyQuyTrinh], texts: Mapping[int, _Text], *, names_only: bool
) -> Iterator[tuple[AnyQuyTrinh, AnyQuyTrinh]]:
    """The pairs of one kind worth comparing: of one content, or with the likest names, seen from either side."""
    for loai in ("CV", "LT"):
        here = [item for item in old if item.loai == loai]
        there = [item for item in new if item.loai == loai]
        pairs = {(i, j) for i, j in _likest(here, there, texts, names_only=names_only)}
        pairs |= {(i, j) for j, i in _likest(there, here, texts, names_only=names_only)}
        yield from ((here[i], there[j]) for i, j in sorted(pairs))


def _likest(
    here: Sequence[AnyQuyTrinh], there: Sequence[AnyQuyTrinh], texts: Mapping[int, _Text], *, names_only: bool
) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    names = [texts[id(item)].name for item in there]
    contents = {texts[id(item)].content: place for place, item in reversed(list(enumerate(there)))}
    same_name = {name: place for place, name in reversed(list(enumerate(names)))}
    for place, item in enumerate(here):
        text = texts[id(item)]
        if text.content and text.content in contents:
            yield place, contents[text.content]
        if text.name in same_name:
            yield place, same_name[text.name]
        if not names_only:
            found = process.extract(text.name, names, scorer=fuzz.ratio, score_cutoff=_ALIKE_NAMES, limit=_BEST)
            yield from ((place, near) for _, _, near in found)


def _likeness(one: _Text, other: _Text) -> int:
    from rapidfuzz.fuzz import ratio

    name = ratio(one.name, other.name)
    if not one.content or not other.content:
        return round(name)
    content = (
        100.0
        if one.content == other.content
        else ratio(one.content[:_MOST_CHARACTERS], other.content[:_MOST_CHARACTERS])
    )
    return round(_WEIGHT_OF_NAME * name + (1 - _WEIGHT_OF_NAME) * content)
