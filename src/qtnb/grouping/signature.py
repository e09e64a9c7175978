"""A procedure's steps as a short text, by which two contents are compared without the files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final

from qtnb.grouping.syllables import folded

_WORD: Final = re.compile(r"[^\W_]+")
_PASSED_TEXT: Final = """
    ubnd ủy ban nhân dân hđnd hội đồng sở phường xã thị trấn quận huyện thành phố tỉnh đặc khu cấp
    của tại ở thuộc trong trên do cho với và các những việc về là để được đối địa bàn
"""
_PASSED: Final = frozenset(_PASSED_TEXT.split())
_MOST: Final = 16
"""Steps that a signature keeps: a random choice of the different steps, the same one everywhere (bottom-k sketch)."""
_DIGITS: Final = 6
"""Hexadecimal digits for each step: of a million pairs of different steps one pair in sixteen is taken for equal."""


def signature_of(steps: Iterable[str]) -> str:
    """The signature of the texts of a procedure's steps; empty when there are none.

    Units, places, fillers, case and the order of steps make no difference. At most 96 characters.
    """
    return "".join(sorted({_hash(text) for text in steps if text.strip()})[:_MOST])


def likeness(one: str, other: str) -> Fraction | None:
    """The share of steps that two procedures have in common; None when one of them is not known.

    Exact where both have at most sixteen different steps, else estimated from those that both kept.
    """
    if not one or not other:
        return None
    mine, its = _parts(one), _parts(other)
    both = sorted(mine | its)
    if max(len(mine), len(its)) == _MOST:
        both = both[:_MOST]
    return Fraction(sum(part in mine and part in its for part in both), len(both))


def _parts(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _DIGITS] for place in range(0, len(text), _DIGITS))


@lru_cache(maxsize=1 << 14)
def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(sorted(_words(text))).encode()).hexdigest()[:_DIGITS]


def _words(text: str) -> set[str]:
    """The words of a step without those that say where or whose it is.

    Not read as names of procedures are: a city has millions of steps, and ten times the time would be
    spent on finding few more words.
    """
    written = _WORD.findall(text)
    shouted = text.isupper()
    kept = {word for place, word in enumerate(written) if shouted or place == 0 or not word[0].isupper()}
    return {folded(word) for word in kept} - _PASSED or {folded(word) for word in written}
