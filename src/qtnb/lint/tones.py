"""Where a word carries its tone mark: ``hòa`` (the older place) or ``hoà`` (the newer one)."""

from __future__ import annotations

import re
from typing import Final

_TONES: Final = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_OLD_OF: Final = {
    first_new + second_new: first_old + second_old
    for first, second in ("oa", "oe", "uy")
    for tone in range(5)
    for first_new, second_new, first_old, second_old in (
        (first, _TONES[second][tone], _TONES[first][tone], second),
        (first.upper(), _TONES[second][tone], _TONES[first][tone].upper(), second),
        (first.upper(), _TONES[second][tone].upper(), _TONES[first][tone].upper(), second.upper()),
    )
}
_NEW_OF: Final = {old: new for new, old in _OLD_OF.items()}

# Only the last two letters of a syllable are open to choice ("hoàn", "quý" are not), and the search
# is fast because each pattern begins with one fixed letter.
_NEW_PLACES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"o[àáảãạèéẻẽẹ](?!\w)",
        r"O[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?!\w)",
        r"u[ỳýỷỹỵ](?<![qQ]..)(?!\w)",
        r"U[ỳýỷỹỵỲÝỶỸỴ](?<![qQ]..)(?!\w)",
    )
)
_NEW_SEARCHES: Final = tuple(place.search for place in _NEW_PLACES)
_OLD_PLACE: Final = re.compile(
    r"(?:[òóỏõọ][ae]|[ÒÓỎÕỌ](?:[ae]|[AE])|(?<![qQ])(?:[ùúủũụ]y|[ÙÚỦŨỤ][yY]))(?!\w)",
)
_NEW_PLACE: Final = re.compile("|".join(place.pattern for place in _NEW_PLACES))
_WORD_SO_FAR: Final = re.compile(r"\w+\Z")


def has_new(text: str) -> bool:
    """Whether some word has its mark in the newer place (``hoà``); fast on whole files."""
    return any(search(text) for search in _NEW_SEARCHES)


def has_old(text: str) -> bool:
    """Whether some word has its mark in the older place (``hòa``)."""
    return _OLD_PLACE.search(text) is not None


def new_words(text: str) -> list[str]:
    """The words with the mark in the newer place, in order."""
    return _words(_NEW_PLACE, text)


def old_words(text: str) -> list[str]:
    """The words with the mark in the older place, in order."""
    return _words(_OLD_PLACE, text)


def _words(place: re.Pattern[str], text: str) -> list[str]:
    """The words that end at each ``place``."""
    ends = (found.end() for found in place.finditer(text))
    return [word[0] for end in ends if (word := _WORD_SO_FAR.search(text, max(0, end - _LONGEST), end))]


_LONGEST: Final = 10
"""No syllable of Vietnamese has more letters."""


def to_old(text: str) -> str:
    """The text with every mark in the older place: ``hoà`` becomes ``hòa``."""
    return _NEW_PLACE.sub(lambda place: _OLD_OF[place[0]], text)


def to_new(text: str) -> str:
    """The text with every mark in the newer place: ``hòa`` becomes ``hoà``."""
    return _OLD_PLACE.sub(lambda place: _NEW_OF[place[0]], text)
