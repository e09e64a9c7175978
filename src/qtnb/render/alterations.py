"""What was altered in a document since it was rendered, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from qtnb.render.visible import Block


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
    matcher = SequenceMatcher(None, old, [block.text for block in new])
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        last = new[k - 1].where if k else before
        for text, block in zip_longest(old[i:j], new[k:m]):
            yield Alteration(block.where if block else last, text or "", block.text if block else "")
