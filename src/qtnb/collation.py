"""The order of the catalogue, by the Vietnamese alphabet."""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the dictionary order of tones; no mark comes first."""

_LETTER_RANK = {letter: (1, rank) for rank, letter in enumerate(_LETTERS)}
_TONE_RANK = {tone: rank for rank, tone in enumerate(_TONES, start=1)}
_LAST = 1 << 62

AlphabetKey: TypeAlias = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
CatalogueKey: TypeAlias = tuple[int, int, tuple[AlphabetKey, ...], str]


def alphabet_key(text: str) -> AlphabetKey:
    """Sort key of ``text`` in Vietnamese dictionary order, letters before tones, case ignored.

    Signs and digits come before letters, in code point order.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text).lower():
        tone = 0
        for mark in unicodedata.normalize("NFD", char):
            tone = _TONE_RANK.get(mark, tone)
        base = unicodedata.normalize(
            "NFC", "".join(m for m in unicodedata.normalize("NFD", char) if m not in _TONE_RANK)
        )
        letters.append(_LETTER_RANK.get(base, (0, ord(base[0]) if base else 0)))
        tones.append(tone)
    return tuple(letters), tuple(tones)


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
