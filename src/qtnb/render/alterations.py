"""What was altered in a document since it was rendered, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Final

from rapidfuzz.distance import Levenshtein

from qtnb.render.visible import Block

_MOST_COMPARED: Final = 400_000_000
"""Paragraphs of one side times those of the other; more are told as one stretch. Its memory: four bits for each."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One paragraph that is not as it was."""

    where: str
    """In the words of the document: heading, row and column; empty outside of any."""
    old: str
    """Empty for a paragraph that was added."""
    new: str
    """Empty for a paragraph that was taken away."""


def alterations(rendered: Sequence[str], seen: Sequence[Block]) -> list[Alteration]:
    """How the paragraphs ``seen`` differ from those that were ``rendered``, in their order."""
    start = 0
    while start < min(len(rendered), len(seen)) and rendered[start] == seen[start].text:
        start += 1
    end = 0
    while end < min(len(rendered), len(seen)) - start and rendered[-1 - end] == seen[-1 - end].text:
        end += 1
    old = rendered[start : len(rendered) - end]
    new = seen[start : len(seen) - end]
    before = seen[start - 1].where if start else ""
    return list(_between(old, new, before))


def _between(old: Sequence[str], new: Sequence[Block], before: str) -> Iterator[Alteration]:
    for i, j, k, m in _changed(old, [block.text for block in new]):
        last = new[k - 1].where if k else before
        for text, block in zip_longest(old[i:j], new[k:m]):
            if block is None or text != block.text:
                yield Alteration(block.where if block else last, text or "", block.text if block else "")


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of ``old`` and those of ``new`` that stand in their place, where they differ."""
    if len(old) * len(new) > _MOST_COMPARED:
        yield 0, len(old), 0, len(new)
        return
    # Paragraphs replaced, added and removed in a row are one stretch: they are told side by side.
    for same, run in groupby(Levenshtein.opcodes(old, new), key=lambda edit: edit.tag == "equal"):
        if not same:
            edits = list(run)
            yield edits[0].src_start, edits[-1].src_end, edits[0].dest_start, edits[-1].dest_end
