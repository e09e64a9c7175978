"""How wide the columns and how high the rows of a sheet are, reckoned by the number of characters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap
from typing import Final

from qtnb.tabular.layout import Line, Part, value_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Kind, Table

PAGE: Final = 136.0
"""Width of an A4 page that lies, in the unit of columns: a digit of 11 points."""
BOLD: Final = 1.15
"""How much wider a text is in bold, with a little room for one wide word."""

_CHARACTER = 1.12
"""Mean width of a character of 13 points, in the unit of columns."""
_LINE, _SPACE, _HIGHEST = 16.5, 3.5, 409.0
"""Points: height of a line of 13 points, what a row has besides, the most that Excel allows."""
_LONG = 3_000
"""Characters that fill the highest row in any column."""
_NARROWEST, _WIDEST, _STT = 8.0, 60.0, 6.0
_WRAPPED = 26.0
"""Width down to which a column of texts gives way."""


def widths_of(table: Table, lines: Sequence[Line]) -> list[float]:
    """The widths of all columns of the sheet; those of long texts give way until the table fits a page."""
    stt = [_STT] if table.numbered else []
    widths = [_width(column, lines) for column in table.columns]
    spare = [
        max(width - _WRAPPED, 0) if column.kind is Kind.TEXT else 0
        for width, column in zip(widths, table.columns, strict=True)
    ]
    share = min(max(sum(stt) + sum(widths) - PAGE, 0) / (sum(spare) or 1), 1)
    return stt + [width - less * share for width, less in zip(widths, spare, strict=True)]


def _width(column: Column, lines: Sequence[Line]) -> float:
    """Enough for every number and for the longest word of the head; long texts wrap."""
    longest = max((len(word) for word in column.title.split()), default=0) * BOLD
    # Of tens of thousands of rows few have a value of their own.
    for value, is_row in dict.fromkeys((value_of(column, line.cells), line.part is Part.ROW) for line in lines):
        text = printed(column.kind, value)
        if len(text) > longest:
            broad = max(map(len, text.split("\n")))
            longest = max(longest, broad if is_row else broad * BOLD)
    return min(max((longest + 1) * _CHARACTER, _NARROWEST), _WIDEST)


def height_of(lines: int) -> float:
    """Height of a row in points."""
    return min(lines * _LINE + _SPACE, _HIGHEST)


def lines_in(text: str, width: float) -> int:
    """How many lines a text fills in ``width``."""
    room = max(int(width / _CHARACTER), 1)
    if len(text) <= room and "\n" not in text:  # nearly every text
        return 1
    return sum(_lines_of(line, room) for line in text[:_LONG].split("\n"))


@lru_cache(maxsize=1 << 14)
def _lines_of(line: str, room: int) -> int:
    """The same for a text without breaks; a list of 30,000 procedures has the names of 200 works."""
    return max(len(wrap(line, room)), 1)
