"""A procedure's name taken apart into syllables, without its number, its title and its year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from qtnb.grouping.syllables import folded, sound
from qtnb.grouping.vocabulary import vocabulary

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(
    r"\s*(?:(?:QT|TT|CV|LT)[\s._/–-]*\d[\d.]*[\s._:)–-]+|QT\s*[._–-]+\s*|\d+(?:\.\d+)*\s*[.):–-]\s*)"
)
_TITLE: Final = re.compile(
    r"\s*(?:qu[yi]\s+trình|qu[yi]\s+trinh|thủ\s+tục(?=\s*\d))(?:\s+liên\s+thông)?(?:\s+nội\s+bộ)?"
    r"(?:\s+\d+(?:\.\d+)*)?(?!\w)\s*[:.–-]*",
    re.IGNORECASE,
)
"""What the form's column says already. ``Thủ tục`` belongs to the name unless a number follows it."""
_ASIDE: Final = re.compile(
    r"\(\s*(?:nếu có|(?:ban hành )?kèm theo[^()]*|có [^()]*riêng|[A-ZĐ][A-ZĐ0-9 -]{1,9})\s*\)"
    r"|(?<!tháng \d )(?<!tháng \d\d )(?:định hướng đến năm|giai đoạn(?: từ)?(?: năm)?|năm học|năm)"
    r"\s+\d{4}(?:\s*[-–—]\s*\d{4})?(?!\w)",
    re.IGNORECASE,
)
"""Asides, abbreviations in brackets and years, but for those of dates: the work of every year is one work."""
_CAPITALS_ONLY: Final = 0.6
"""From this share of capitals on, a name is written in capitals, and they tell nothing."""


class Token(NamedTuple):
    """One syllable of a name; a tuple, for a city's names have millions."""

    word: str
    """Folded."""
    sound: str
    start: int
    end: int
    """Its place in the name as written; the syllables of an abbreviation share one."""
    capital: bool
    """Whether it has a capital that means a name and not the beginning of the text."""
    apart: bool
    """Whether a sign stands before it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The syllables of a name."""

    text: str
    """In NFC."""
    plain: str
    """The same with blanks in place of asides and years."""
    all: tuple[Token, ...]
    passed: tuple[str, ...]
    """What was passed over on the way, as written: title, asides, years."""
    unmarked: bool
    """Whether no letter carries any mark, as typed on a keyboard without Vietnamese."""
    shouted: bool
    """Whether it is written in capitals."""


def tokens_of(text: str) -> Tokens:
    """Take a name apart."""
    text = unicodedata.normalize("NFC", text)
    begin, passed = _head(text)
    masked = list(text)
    for aside in _ASIDE.finditer(text, begin):
        passed.append(aside[0])
        masked[aside.start() : aside.end()] = " " * len(aside[0])
    plain = "".join(masked)
    words = list(_WORD.finditer(plain, begin))
    letters = [char for word in words for char in word[0] if char.isalpha()]
    shouted = sum(map(str.isupper, letters)) > _CAPITALS_ONLY * len(letters)
    tokens = tuple(_tokens(plain, words, shouted=shouted))
    return Tokens(text, plain, tokens, tuple(passed), "".join(letters).isascii(), shouted)


def _head(text: str) -> tuple[int, list[str]]:
    """Where the name begins behind numbers and titles, and the title."""
    begin, passed = 0, []
    while found := _NUMBER.match(text, begin) or _TITLE.match(text, begin):
        if not _WORD.search(text, found.end()):
            break
        if found[0].strip()[:1].isalpha():
            passed.append(found[0].strip())
        begin = found.end()
    return begin, passed


def _tokens(text: str, words: list[re.Match[str]], *, shouted: bool) -> Iterator[Token]:
    abbreviations = vocabulary().abbreviations
    last = words[0].start() if words else 0
    for number, found in enumerate(words):
        start, end = found.span()
        written = found[0]
        word = folded(written)
        capital = number > 0 and not shouted and written[0].isupper()
        apart = number > 0 and text[last:start] != " " and not text[last:start].isspace()
        last = end
        if word not in abbreviations:
            yield Token(word, sound(word), start, end, capital, apart)
            continue
        for place, syllable in enumerate(abbreviations[word]):
            yield Token(syllable, sound(syllable), start, end, capital, apart and place == 0)
