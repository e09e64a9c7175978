"""Which row of one list is which row of another, and which of them moved.

1. Rows that say the same are one row, then rows that are called the same. Which of several equal
   ones goes with which is settled by the longest common subsequence, the others in their order.
2. Of those left, the two rows most alike go together, and so on down to :data:`ALIKE`: the stable
   matching, in which no two rows are more alike than each is to its partner.
3. A row moved when it is outside the longest run of rows that keep their order, so that the fewest
   rows move: every permutation of distinct rows is told as the fewest moves that make it.

The cost is O(n·m/64) for step 1 (bit-parallel), O(k·l) likenesses for the k and l rows left in
step 2, of which no more than :data:`MOST_PAIRS` are computed, and O(n·log n) for step 3. Swapping the
lists mirrors the result.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from qtnb.diff.parts import ITEM, Part
from qtnb.diff.printed import QUAY_LAI

ALIKE: Final = 65
"""Percent from which two rows may be one that was edited."""
ALIKE_TEXTS: Final = 85
"""The same for rows that are nothing but a text: two laws of one month differ in little more than their names."""
MOST_PAIRS: Final = 40_000
"""Pairs whose likeness is computed; in longer lists only rows near each other are compared."""

_MOST_CHARACTERS: Final = 1_000
"""Of a row's text, for its likeness."""
_WEIGHT_OF_NAME: Final = 0.7


@dataclass(frozen=True, slots=True)
class Pair:
    """One row in both lists, or in one."""

    old: int | None
    """Place in the old list, counted from 0; None for a row that was added."""
    new: int | None
    """None for a row that was removed."""
    moved: bool


def align(old: Sequence[Part], new: Sequence[Part]) -> list[Pair]:
    """Every row of both lists once: those of ``new`` in their order, removed ones where they stood."""
    if tuple(new) < tuple(old):
        # Always looked at in one direction, or ties could fall differently in the other.
        pairs = [Pair(pair.new, pair.old, pair.moved) for pair in _pairs(new, old)]
    else:
        pairs = _pairs(old, new)
    anchors = sorted((it.old, it.new) for it in pairs if it.old is not None and it.new is not None and not it.moved)
    return sorted(pairs, key=lambda pair: _reading_order(pair, anchors))


def _pairs(old: Sequence[Part], new: Sequence[Part]) -> list[Pair]:
    partners = _partners(old, new)
    staying = _staying(partners)
    pairs = [Pair(i, j, i not in staying) for i, j in partners.items()]
    pairs += [Pair(None, j, moved=False) for j in _free(len(new), partners.values())]
    pairs += [Pair(i, None, moved=False) for i in _free(len(old), partners)]
    return pairs


def _reading_order(pair: Pair, anchors: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """Place in the new list; of a removed row, after the row that stood before it and stays."""
    if pair.new is not None:
        return pair.new, 0, 0
    assert pair.old is not None  # noqa: S101 - a pair has a side
    before = bisect_left(anchors, (pair.old, 0)) - 1
    return anchors[before][1] if before >= 0 else -1, 1, pair.old


def _partners(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """The place in ``new`` of each row of ``old`` that is still there."""
    partners: dict[int, int] = {}
    for meaning in (_content, _name):
        partners |= _equal(old, new, partners, meaning)
    return partners | _alike(old, new, partners)


def _content(part: Part) -> Hashable:
    # The number of the step returned to changes by itself when a step before it is added or removed.
    return tuple(field for field in part.fields if field[0] != QUAY_LAI)


def _name(part: Part) -> Hashable:
    return part.name.casefold()


def _free(count: int, taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(count) if place not in gone]


def _equal(
    old: Sequence[Part], new: Sequence[Part], partners: Mapping[int, int], meaning: Callable[[Part], Hashable]
) -> dict[int, int]:
    """Pair free rows of one meaning: in the longest common order first, the others as they come."""
    numbers: dict[Hashable, int] = {}
    free_old, free_new = _free(len(old), partners), _free(len(new), partners.values())
    a = [numbers.setdefault(meaning(old[place]), len(numbers)) for place in free_old]
    b = [numbers.setdefault(meaning(new[place]), len(numbers)) for place in free_new]
    found = dict(_common_order(a, b))
    waiting: dict[int, deque[int]] = defaultdict(deque)
    taken = set(found.values())
    for there, number in enumerate(b):
        if there not in taken:
            waiting[number].append(there)
    for here, number in enumerate(a):
        if here not in found and waiting[number]:
            found[here] = waiting[number].popleft()
    return {free_old[here]: free_new[there] for here, there in found.items()}


def _common_order(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[int, int]]:
    if not a or not b:
        return
    if a == b:
        yield from ((place, place) for place in range(len(a)))
        return
    # rapidfuzz is loaded only where rows differ.
    from rapidfuzz.distance import LCSseq

    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            length = block.src_end - block.src_start
            yield from ((block.src_start + step, block.dest_start + step) for step in range(length))


def _alike(old: Sequence[Part], new: Sequence[Part], partners: Mapping[int, int]) -> dict[int, int]:
    """Pair free rows that are alike, the most alike first; of equally alike ones those nearest to each other."""
    free_old, free_new = _free(len(old), partners), _free(len(new), partners.values())
    if not free_old or not free_new:
        return {}
    candidates = []
    for here, there in _near(free_old, free_new):
        score = likeness(old[here], new[there])
        if score >= (ALIKE_TEXTS if old[here].fields[0][0] == ITEM else ALIKE):
            candidates.append((-score, abs(here - there), here, there))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, here, there in sorted(candidates):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return found


def _near(free_old: Sequence[int], free_new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs to look at: all, or in long lists those of about the same rank."""
    if len(free_old) * len(free_new) <= MOST_PAIRS:
        yield from ((here, there) for here in free_old for there in free_new)
        return
    reach = max(1, MOST_PAIRS // (2 * len(free_old)))
    for rank, here in enumerate(free_old):
        yield from ((here, there) for there in islice(free_new, max(0, rank - reach), rank + reach + 1))


def likeness(old: Part, new: Part) -> int:
    """How alike two rows are, in percent: by what they are called, and less by what else they say."""
    from rapidfuzz.fuzz import ratio

    name = ratio(old.name[:_MOST_CHARACTERS].casefold(), new.name[:_MOST_CHARACTERS].casefold())
    rests = [" ".join(islice(part.texts(), 1, None))[:_MOST_CHARACTERS] for part in (old, new)]
    if not any(rests):
        return round(name)
    return round(_WEIGHT_OF_NAME * name + (1 - _WEIGHT_OF_NAME) * ratio(*rests))


def _staying(partners: Mapping[int, int]) -> set[int]:
    """The rows of the longest run that keeps its order; of several such runs one, always the same."""
    ordered = sorted(partners.items())
    tails: list[int] = []
    """For each length the least last place of a run so long."""
    ends: list[int] = []
    """The row that ends that run, as its place in ``ordered``."""
    before: list[int | None] = []
    for place, (_, there) in enumerate(ordered):
        length = bisect_left(tails, there)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [there]
        ends[length : length + 1] = [place]
    staying: set[int] = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        staying.add(ordered[at][0])
        at = before[at]
    return staying
