"""What was altered in a document since it was rendered, place by place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import Final, TypeAlias

from rapidfuzz.distance import Levenshtein

from qtnb.render.reading import Block, Reading
from qtnb.render.visible import Visible
from qtnb.text import shown

_MOST_COMPARED: Final = 25_000_000
"""Paragraphs of one side times those of the other; more are parted first, at the paragraphs that are found again.
The comparison takes half a second for as many."""

_Stretch: TypeAlias = tuple[int, int, int, int]
"""Start and end of paragraphs as rendered, then of those seen in their place."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One paragraph that is not as it was."""

    where: str
    """In the words of the document: heading, row and column; empty outside of any. Of what is gone: what it stood
    behind."""
    old: str
    """Empty for a paragraph that was added."""
    new: str
    """Empty for a paragraph that was taken away."""


def alterations(rendered: Reading, seen: Visible, most: int = _MOST_COMPARED) -> list[Alteration]:
    """How the paragraphs ``seen`` differ from those that were ``rendered``: in the body in their order, then beside.

    ``most`` is how many pairs of paragraphs are compared at once.
    """
    return [*_in_body(rendered.texts, seen.blocks, most), *_in_asides(rendered.asides, seen.asides)]


def _in_asides(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Alteration]:
    """By the place: a header has few paragraphs, and nobody counts on their order."""
    for where in dict.fromkeys(block.where for block in (*old, *new)):
        gone = [block.text for block in old if block.where == where and block not in new]
        came = [block.text for block in new if block.where == where and block not in old]
        yield from (Alteration(where, before or "", after or "") for before, after in zip_longest(gone, came))


def _in_body(rendered: Sequence[str], seen: Sequence[Block], most: int) -> Iterator[Alteration]:
    texts = [block.text for block in seen]
    for i, j, k, m in _changed(rendered, texts, most):
        last = _after(seen[k - 1]) if k else ""
        for text, block in zip_longest(rendered[i:j], seen[k:m]):
            if block is None or text != block.text:
                yield Alteration(block.where if block else last, text or "", block.text if block else "")


def _after(block: Block) -> str:
    """Where something was that stood behind ``block``."""
    return block.where or f"Sau “{shown(block.text)}”"


def _changed(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[_Stretch]:
    """The stretches of ``old`` and those of ``new`` that stand in their place, where they differ."""
    for i, j, k, m in _parted(old, new, most):
        for a, b, c, d in _differing(old[i:j], new[k:m], most):
            yield i + a, i + b, k + c, k + d


def _differing(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[_Stretch]:
    if len(old) * len(new) > most:  # nothing in it is found again
        yield 0, len(old), 0, len(new)
        return
    # Paragraphs replaced, added and removed in a row are one stretch: they are told side by side.
    for same, run in groupby(Levenshtein.opcodes(old, new), key=lambda edit: edit.tag == "equal"):
        if not same:
            edits = list(run)
            yield edits[0].src_start, edits[-1].src_end, edits[0].dest_start, edits[-1].dest_end


def _parted(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[_Stretch]:
    """Stretches between paragraphs that stand in both once and in one order, where there are too many at once."""
    i, j, k, m = _inner(old, new, (0, len(old), 0, len(new)))
    if (j - i) * (m - k) <= most:
        yield i, j, k, m
        return
    anchors = [(i + a, k + b) for a, b in _anchors(old[i:j], new[k:m])]
    for (a, b), (c, d) in pairwise([(i - 1, k - 1), *anchors, (j, m)]):
        if c > a + 1 or d > b + 1:
            yield _inner(old, new, (a + 1, c, b + 1, d))


def _inner(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> _Stretch:
    """The stretch without what is the same at its ends."""
    i, j, k, m = stretch
    while i < j and k < m and old[i] == new[k]:
        i, k = i + 1, k + 1
    while i < j and k < m and old[j - 1] == new[m - 1]:
        j, m = j - 1, m - 1
    return i, j, k, m


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of paragraphs, each once in both, that follow one another in both: places in ``old`` and ``new``.

    The headings of procedures are such. The idea is Bram Cohen's, of his patience diff.
    """
    there = {text: place for place, text in enumerate(new)}
    once, once_there = Counter(old), Counter(new)
    pairs = [(i, there[text]) for i, text in enumerate(old) if once[text] == once_there[text] == 1]
    ends: list[int] = []  # of the best row of each length, its last place in ``new``
    rows: list[int] = []  # the pair on which each row ends
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        rows[length : length + 1] = [number]
        before.append(rows[length - 1] if length else None)
    row: list[tuple[int, int]] = []
    last = rows[-1] if rows else None
    while last is not None:
        row.append(pairs[last])
        last = before[last]
    return row[::-1]
