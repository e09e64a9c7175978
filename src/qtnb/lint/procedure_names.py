"""Names of procedures: which are one and the same, and which differ only by a slip."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qtnb.lint.tones import to_old

_WORD: Final = re.compile(r"\w+")
_PREFIX: Final = re.compile(r"^\W*quy\s+trình(?:\s+liên thông)?(?:\s+nội bộ)?(?!\w)\W*", re.IGNORECASE)
_FILLERS: Final = re.compile(r"(?<!\w)(?:việc|công tác|thủ tục|các|những|và|của|tại|đối với|trong|về|cho)(?!\w)")
"""Words that two names of one matter may or may not have."""
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
_ROMAN: Final = re.compile(r"[ivxlc]+")
_ALIKE: Final = 85
"""Per cent of likeness, word order counted, below which the same words are two matters:
``chuyển từ giao đất sang thuê đất`` is not ``chuyển từ thuê đất sang giao đất``."""
_MOST_TWINS: Final = 32
"""Names of the same words in other orders that are kept to compare with: real kho have two or three."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that a reader takes for one, by their places in the list."""

    first: int
    second: int
    same: bool
    """Whether nothing but case, spaces, punctuation and the place of tone marks differs."""
    differs: tuple[str, str] = ("", "")
    """The words that only one of the names has."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the forms in which it is compared."""

    whole: str
    """Its words in order; a leading ``Quy trình``, which the form's column says already, is left out."""
    matter: str
    """The words that carry the matter, without any marks on letters."""


def alike_pairs(names: Sequence[str]) -> Iterator[Pair]:
    """Pairs of names that are one or nearly one, each name with the first that it resembles.

    Only names with the same words of matter are compared, marks on letters and doubled letters aside,
    so the time grows with the number of names, not with its square. A changed letter is no slip here:
    Vietnamese syllables lie so close together (``nhập``, ``nhận``) that it says nothing.
    """
    first: dict[str, int] = {}
    by_words: dict[tuple[str, ...], list[tuple[int, _Name]]] = defaultdict(list)
    for number, text in enumerate(names):
        name = _forms(text)
        if name.whole in first:
            yield Pair(first[name.whole], number, same=True)
            continue
        first[name.whole] = number
        same_words = by_words[tuple(sorted(name.matter.split()))]
        near = next((other for other in same_words if _in_one_order(other[1], name)), None)
        if near is not None:
            yield Pair(near[0], number, same=False, differs=_difference(near[1], name))
        if len(same_words) < _MOST_TWINS:
            same_words.append((number, name))


def _forms(text: str) -> _Name:
    words = [_old(word) for word in _WORD.findall(_PREFIX.sub("", text).casefold())]
    whole = " ".join(words)
    kept = _FILLERS.sub(" ", whole).split() or words
    return _Name(whole, " ".join(map(_bare, kept)))


def _in_one_order(one: _Name, other: _Name) -> bool:
    from rapidfuzz import fuzz  # loaded only for a kho in which two names share their words

    return fuzz.ratio(one.matter, other.matter) >= _ALIKE


def _difference(one: _Name, other: _Name) -> tuple[str, str]:
    mine, yours = one.whole.split(), other.whole.split()
    return " ".join(word for word in mine if word not in yours), " ".join(word for word in yours if word not in mine)


@lru_cache(maxsize=16384)
def _old(word: str) -> str:
    return to_old(word)


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    """A word without marks and doubled letters: ``tốt`` is ``tôt``, ``công`` is ``côngg``; but ``II`` is not ``I``."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return bare if _ROMAN.fullmatch(bare) else _DOUBLED.sub(r"\1", bare)
