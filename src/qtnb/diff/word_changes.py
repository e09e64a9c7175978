"""Which words of a text changed, for reports that show both texts as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qtnb.diff.changes import Kind

_WORDS: Final = re.compile(r"\S+\s*")
"""A word with the space after it."""
_ALIKE: Final = 0.5
"""Share of common words below which two texts are better read one after the other."""
_MOST_WORDS: Final = 2_000
"""Of each text; longer ones are read one after the other."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that became the same thing."""

    kind: Kind | None
    """None for words that stay; else added or removed."""
    text: str


def word_changes(old: str, new: str) -> tuple[Stretch, ...]:
    """Both texts as one, removed words before those that took their place; none when they are too different or long."""
    # rapidfuzz is loaded only where texts differ.
    from rapidfuzz.distance import LCSseq

    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return ()
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(word.rstrip(), len(numbers)) for word in words] for words in (before, after))
    if LCSseq.normalized_similarity(a, b) < _ALIKE:
        return ()
    stretches: list[Stretch] = []
    gone = come = ""
    for block in LCSseq.opcodes(a, b):
        if block.tag != "equal":
            gone += "".join(before[block.src_start : block.src_end])
            come += "".join(after[block.dest_start : block.dest_end])
            continue
        stretches += _changed(gone, come)
        stretches.append(Stretch(None, "".join(after[block.dest_start : block.dest_end])))
        gone = come = ""
    return (*stretches, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[Stretch]:
    changed = [Stretch(Kind.REMOVED, gone), Stretch(Kind.ADDED, come)]
    return [stretch for stretch in changed if stretch.text]
