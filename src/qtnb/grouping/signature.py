"""A procedure's steps as a short text, by which two contents are compared without the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final

from qtnb.grouping.names import read_name

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
    words = " ".join(sorted(set(read_name(text).words)))
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
