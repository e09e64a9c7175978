"""The order of the catalogue, by the Vietnamese alphabet."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, TypeAlias

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the dictionary order of tones; no mark comes first."""

_LETTER_RANK = {letter: (1, rank) for rank, letter in enumerate(_LETTERS)}
_TONE_RANK = {tone: rank for rank, tone in enumerate(_TONES, start=1)}
_LAST = 1 << 62
_MOST_CHARACTERS: Final = 4_096
"""More characters than the names of any kho are made of."""

AlphabetKey: TypeAlias = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
CatalogueKey: TypeAlias = tuple[int, int, tuple[AlphabetKey, ...], str]


def alphabet_key(text: str) -> AlphabetKey:
    """Sort key of ``text`` in Vietnamese dictionary order, letters before tones, case ignored.

    Signs and digits come before letters, in code point order.
    """
    placed = [_placed(char) for char in unicodedata.normalize("NFC", text).lower()]
    return tuple(letter for letter, _ in placed), tuple(tone for _, tone in placed)


@lru_cache(maxsize=_MOST_CHARACTERS)
def _placed(char: str) -> tuple[tuple[int, int], int]:
    """The places of a small letter among the letters and of its tone among the tones."""
    parts = unicodedata.normalize("NFD", char)
    tone = 0
    for mark in parts:
        tone = _TONE_RANK.get(mark, tone)
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_RANK))
    return _LETTER_RANK.get(base, (0, ord(base[0]) if base else 0)), tone


def catalogue_key(thu_tu: int | None, ky_hieu: str, tep: str) -> CatalogueKey:
    """Sort key of a procedure in the catalogue.

    First the explicit place ``thu_tu`` (None: after all that have one), then the number of
    ``ky_hieu`` (empty: after all numbered ones), then the folders and the file name of ``tep``.
    """
    number = ky_hieu.rpartition("-")[2]
    return (
        _LAST if thu_tu is None else thu_tu,
        int(number) if number.isdecimal() else _LAST,
        tuple(alphabet_key(part) for part in tep.removesuffix(".yaml").split("/")),
        tep,
    )
