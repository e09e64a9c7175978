"""Widths of bold Times New Roman text, for the rules under lines and the breaks of titles.

Nghị định 30 sets the length of the rules under the agency's name and under the trích yếu as a
share of the text line above them, so that line has to be measured.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

_BOLD_WIDTHS = {
    220: "|",
    250: " ,.",
    278: "'/\\il",
    333: "!()-:;[]`fjt",
    389: "Is",
    394: "{}",
    444: "cerz",
    520: "~",
    555: '"',
    556: "Sbdhknpquđ",
    570: "+<=>",
    581: "^",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQ",
    833: "&m",
    930: "@",
    944: "M",
    1000: "%W…",
}
"""Thousandths of an em; measured in Liberation Serif Bold, which is metric-compatible."""

_HORN = "\u031b"
_WITH_HORN = {"o": 554, "u": 600, "O": 778, "U": 796}
"""The horn of ơ and ư is the one mark that takes room."""

_WIDTH_OF = {char: width for width, chars in _BOLD_WIDTHS.items() for char in chars}
_OTHER = 500
"""Digits and most small letters."""

_WORD = re.compile(r"\S+(?: [-–](?= |$))?")
"""A line never begins with the dash inside a name: "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM"."""

RULE_SIZE = 8.0
"""Size in points of the underscores that draw a rule; style "Gạch ngang" of the templates."""


def width_of(text: str, size: float) -> float:
    """Width in points of ``text`` set in bold Times New Roman of ``size`` points.

    Marks but the horn add nothing: the accented letters are as wide as their base letters.
    """
    return sum(map(_width_of_character, text)) * size / 1000


@functools.cache
def _width_of_character(char: str) -> int:
    decomposed = unicodedata.normalize("NFD", char)
    base = decomposed[0]
    return _WITH_HORN[base] if _HORN in decomposed[1:] else _WIDTH_OF.get(base, _OTHER)


def lines_of(text: str, size: float, room: float) -> list[str]:
    """Break ``text`` into the lines that it fills in a column ``room`` points wide."""
    lines = [""]
    for word in _WORD.findall(text):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def rule_under(lines: Iterable[str], size: float, share: float) -> str:
    """Underscores that draw a rule ``share`` times as long as the longest of ``lines``.

    The decree's own models draw their rules so, and a clerk can lengthen or shorten them in Word.
    """
    longest = max((width_of(line, size) for line in lines), default=0.0)
    return "_" * round(longest * share / (RULE_SIZE / 2))
