"""Numbers, dates and punctuation as Nghị định 30 writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

BLANK = "\u00a0" * 6
"""What stands for a number or a date until the decision is signed (mẫu 1.3).

Of no-break spaces, since plain ones vanish at the end of a line.
"""

_LINE_END = re.compile(r"[\r\n]+")

_FULL_STOP_BELONGS = re.compile(r"(?:\.\.|…|(?:\b\w{1,2}\.)+\w{1,2}\.)$")
"""Endings whose stop is part of the word: ``v.v.``, ``...``."""

_CLOSING_MARKS = (".", ";", ":", ",", "!", "?", "…")

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """Number of a phụ lục or of a group (PL-01)."""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def two_digits(number: int) -> str:
    """A count or a day: zero before one digit (DD-02, and as decisions write counts)."""
    return f"{number:02d}"


def so_of(so: str) -> str:
    """Number of a decision; zero before one digit (SO-02), blank until signed (SO-09)."""
    return so.zfill(2) if so else BLANK


def ngay_of(ngay: dt.date | None) -> str:
    """Day of the date, two digits; blank until signed."""
    return two_digits(ngay.day) if ngay else BLANK


def thang_of(ngay: dt.date | None) -> str:
    """Month of the date; only January and February take a zero (DD-02)."""
    if ngay is None:
        return BLANK
    return two_digits(ngay.month) if ngay.month <= 2 else str(ngay.month)  # noqa: PLR2004


def nam_of(ngay: dt.date | None) -> str:
    """Year of the date, four digits; blank until signed."""
    return f"{ngay.year:04d}" if ngay else BLANK


def day_in_words(ngay: dt.date) -> str:
    """A date inside a sentence: ``ngày 05 tháng 3 năm 2026`` (DD-02, DD-03)."""
    return f"ngày {ngay_of(ngay)} tháng {thang_of(ngay)} năm {nam_of(ngay)}"


def paragraphs(text: str) -> list[str]:
    """Every written line is a paragraph of its own; at least one, so that a table cell is never empty."""
    if "\n" not in text and "\r" not in text:  # nearly every text; there are many
        return [text]
    return [line for line in (part.strip(" ") for part in _LINE_END.split(text)) if line] or [""]


def one_line(text: str) -> str:
    """The text with its lines joined: for titles and words inside a sentence."""
    return " ".join(part.strip(" ") for part in _LINE_END.split(text)).strip(" ")


def ended(text: str, mark: str) -> str:
    """End ``text`` with ``mark``, in place of the mark that its author put there."""
    text = text.rstrip(" ")
    if text.endswith(mark):
        return text
    if text.endswith((";", ",")) or (text.endswith(".") and not _FULL_STOP_BELONGS.search(text)):
        text = text[:-1].rstrip(" ")
    return text + mark


def unended(text: str) -> str:
    """The text without the marks that its author ended it with."""
    while (text := text.rstrip(" ")).endswith((".", ";", ",", ":")) and not _FULL_STOP_BELONGS.search(text):
        text = text[:-1]
    return text


def closed(text: str) -> str:
    """End ``text`` with a full stop if no mark ends it yet."""
    text = text.rstrip(" ")
    return text if text.endswith(_CLOSING_MARKS) else f"{text}."


def finished(text: str) -> str:
    """End the last sentence of a document: ``./.`` once (ND-13)."""
    text = text.rstrip(" ")
    return text if text.endswith("./.") else ended(text, ".") + "/."


def in_words(names: Sequence[str]) -> str:
    """Join names as a sentence does: ``A, B và C``."""
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last


def starts_with(text: str, *openings: str) -> bool:
    """True when ``text`` begins with one of ``openings`` (small letters), whatever its capitals."""
    return text.lstrip().lower().startswith(openings)


def capitalised(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
