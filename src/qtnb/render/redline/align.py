"""Finds which items of a new sequence stand for which of the old one.

Equal items come first, then items that differ in numbers only (a step that moved from B4 to B5), then
those most alike. The first two take near-linear time; only what they leave is compared each with each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

from rapidfuzz.distance import Indel

Pairs: TypeAlias = list[tuple[int, int]]
"""Places in the old and in the new sequence; both increase."""

_COMPARISONS = 1_000_000
"""Pairs of items that are compared by their words at most, and"""
_WORDS_TIMES_WORDS = 400_000_000
"""words of the one side times words of the other: a second or two. Beyond, what has no key in common is replaced."""

_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"\w+")


class Text(NamedTuple):
    """What tells how much alike two items are."""

    read: Callable[[], str]
    """Called for few items."""
    like: float
    """Share of common words from which two items are one that was edited."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be found again in the other sequence."""

    kind: Hashable
    """Only items of one kind can stand for each other."""
    keys: tuple[Hashable, ...]
    """What the item is, from the strictest to the loosest; as many for every item of both sequences."""
    texts: tuple[Text, ...]
    """What is compared when no key is found again, the surest first."""


class _Gap(NamedTuple):
    """A stretch of both sequences in which nothing is paired yet."""

    old: int
    old_end: int
    new: int
    new_end: int
    level: int
    """Of the keys to look for."""


def without_numbers(text: str) -> str:
    """``text`` as it reads when numbers are left out, for a key."""
    return _DIGITS.sub("", text)


def align(old: Sequence[Item], new: Sequence[Item], alone: Callable[[int, int], bool]) -> Pairs:
    """Pair items of ``old`` and ``new``.

    ``alone`` says whether two that are left alone between pairs are one, however little they have in common.
    """
    pairs: Pairs = []
    gaps = [_Gap(0, len(old), 0, len(new), 0)]
    while gaps:
        gap = gaps.pop()
        if gap.old == gap.old_end or gap.new == gap.new_end:
            continue
        keys, texts = len(old[gap.old].keys), len(old[gap.old].texts)
        if gap.level < keys:
            found = _same(old, new, gap)
            gaps += _between(found, gap if found else gap._replace(level=gap.level + 1))
        elif gap.level < keys + texts:
            found = _most_alike(old, new, gap, gap.level - keys)
            gaps += _between(found, gap._replace(level=gap.level + 1))
        else:
            found = _left_alone(old, new, gap, alone)
        pairs += found
    return sorted(pairs)


def _between(pairs: Pairs, gap: _Gap) -> Iterator[_Gap]:
    """What ``pairs`` leave of ``gap``."""
    old, new = gap.old, gap.new
    for i, j in (*pairs, (gap.old_end, gap.new_end)):
        yield _Gap(old, i, new, j, gap.level)
        old, new = i + 1, j + 1


def _same(old: Sequence[Item], new: Sequence[Item], gap: _Gap) -> Pairs:
    """Items whose key occurs once on both sides, as many as keep their order.

    Items that are wholly equal are paired at both ends of the gap too, however often they occur.
    """
    first, last = (0, 0) if gap.level else _ends(old, new, gap)
    start, new_start = gap.old + first, gap.new + first
    end, new_end = gap.old_end - last, gap.new_end - last
    there = _single(new, new_start, new_end, gap.level)
    here = _single(old, start, end, gap.level)
    middle = _increasing([(i, there[key]) for key, i in here.items() if key in there])
    return [
        *((gap.old + n, gap.new + n) for n in range(first)),
        *middle,
        *((end + n, new_end + n) for n in range(last)),
    ]


def _ends(old: Sequence[Item], new: Sequence[Item], gap: _Gap) -> tuple[int, int]:
    """How many items are equal at the beginning and at the end."""
    most = min(gap.old_end - gap.old, gap.new_end - gap.new)
    first = last = 0
    while first < most and _equal(old[gap.old + first], new[gap.new + first]):
        first += 1
    while last < most - first and _equal(old[gap.old_end - 1 - last], new[gap.new_end - 1 - last]):
        last += 1
    return first, last


def _equal(one: Item, other: Item) -> bool:
    return one.kind == other.kind and one.keys[0] == other.keys[0]


def _single(items: Sequence[Item], start: int, end: int, level: int) -> dict[Hashable, int]:
    """The place of every key that occurs once."""
    places: dict[Hashable, int] = {}
    often: set[Hashable] = set()
    for place in range(start, end):
        key = (items[place].kind, items[place].keys[level])
        if key in places:
            often.add(key)
        places[key] = place
    return {key: place for key, place in places.items() if key not in often}


def _increasing(pairs: Pairs) -> Pairs:
    """The longest part of ``pairs``, which increase on the old side, that increases on the new side too."""
    ends: list[int] = []
    """The least new place at which a part of each length can end."""
    at: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            at.append(number)
        else:
            ends[length], at[length] = place, number
    chosen: Pairs = []
    number = at[-1] if at else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _left_alone(old: Sequence[Item], new: Sequence[Item], gap: _Gap, alone: Callable[[int, int], bool]) -> Pairs:
    single = gap.old_end - gap.old == 1 == gap.new_end - gap.new
    one = single and old[gap.old].kind == new[gap.new].kind and alone(gap.old, gap.new)
    return [(gap.old, gap.new)] if one else []


def _most_alike(old: Sequence[Item], new: Sequence[Item], gap: _Gap, which: int) -> Pairs:
    """The pairs with the greatest likeness in all that keep the order."""
    if (gap.old_end - gap.old) * (gap.new_end - gap.new) > _COMPARISONS:
        return []
    here = [(item, _words(item, which)) for item in old[gap.old : gap.old_end]]
    there = [(item.kind, _words(item, which)) for item in new[gap.new : gap.new_end]]
    if sum(len(words) for _, words in here) * sum(len(words) for _, words in there) > _WORDS_TIMES_WORDS:
        return []
    likeness = [
        [
            Indel.normalized_similarity(words, others, score_cutoff=item.texts[which].like)
            if kind == item.kind and others
            else 0.0
            for kind, others in there
        ]
        for item, words in here
    ]
    return [(gap.old + i, gap.new + j) for i, j in _best_path(likeness)]


def _words(item: Item, which: int) -> list[str]:
    return _WORDS.findall(item.texts[which].read())


def _best_path(likeness: list[list[float]]) -> Pairs:
    """The pairs with the greatest sum of likeness among all that increase on both sides."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        line, below, alike = best[i], best[i + 1], likeness[i]
        for j in range(columns - 1, -1, -1):
            line[j] = max(below[j], line[j + 1], below[j + 1] + alike[j] if alike[j] else 0.0)
    pairs: Pairs = []
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


_T = TypeVar("_T")


def in_turn(old: Sequence[_T], new: Sequence[_T], pairs: Pairs) -> Iterator[tuple[_T | None, _T | None]]:
    """Both sequences as one, paired items together; between pairs the old items come first."""
    start = new_start = 0
    for i, j in (*pairs, (len(old), len(new))):
        yield from ((item, None) for item in old[start:i])
        yield from ((None, item) for item in new[new_start:j])
        if i < len(old):
            yield old[i], new[j]
        start, new_start = i + 1, j + 1
