"""All that a document gives to read, in one value that can be sealed and compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, NamedTuple

_PART: Final = "\n\x1e"
"""Between the kinds of text under a seal: no XML can hold it."""


class Block(NamedTuple):
    """One paragraph with text."""

    text: str
    """With its spaces joined."""
    where: str
    """In the words of the document: heading, row and column; empty before the first heading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says."""

    texts: tuple[str, ...]
    """Every paragraph of the body with text, in order."""
    asides: tuple[Block, ...] = ()
    """What headers, footers, notes and comments say, each once, in order of the letters: an office program copies and
    renames these parts as it likes."""
    unread: tuple[str, ...] = ()
    """What shows or hides text in ways that are not followed, in words, in a fixed order."""

    @property
    def seal(self) -> str:
        """SHA-256 of all."""
        said = "\n".join(self.texts)
        if self.asides or self.unread:
            asides = "\n".join(f"{where}\x1f{text}" for text, where in self.asides)
            said = _PART.join((said, asides, "\n".join(self.unread)))
        return hashlib.sha256(said.encode()).hexdigest()
