"""Makes rendered table rows fit for Word: none leaves a page half empty, no cell is without a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ROW_END = "</w:tr>"
_NO_SPLIT = re.compile(r"<w:cantSplit(?: w:val=\"(?:1|true|on)\")?/>")
_KEEP_NEXT = re.compile(r"<w:keepNext(?: [^>]*)?/>")
_SIGNATURE = '"HoTen"'
"""Style of the signer's name: its row stays whole, however long the recipients beside it (CK-11)."""
_STYLE = re.compile(r"<w:pStyle [^>]*/>")
_SHORT_ROW = 1_200
"""Characters of XML below which a row is never tall; nearly all rows are shorter and not looked into."""
_MANY_PARAGRAPHS = 2_000
"""Characters of XML from which a row may be tall by the number of its paragraphs."""
_LONG_TEXT = re.compile(r">[^<]{150}")
"""A text that may be tall by itself, in the narrowest of columns."""
_TALL = 250
"""Points: a third of a page's text. A taller row that may not split leaves a blank page behind (BT-04)."""

_LINE = 15.0
"""Height in points of a line of 13 points."""
_CHARACTER = 6.2
"""Mean width in points of a character of 13 points."""
_DEFAULT_WIDTH = 100.0
"""Points, for a cell that does not say its width."""

_CELL_WIDTH = re.compile(r'<w:tcW\b[^>]*\bw:w="(\d+)"')
_MARKUP = re.compile(r"<[^>]*>")


_EMPTY_CELLS = ("</w:tcPr></w:tc>", "</w:tcPr>\n</w:tc>")
_BLANK_CELL = "</w:tcPr><w:p/></w:tc>"


def fit_rows(chunks: Iterable[str]) -> Iterator[bytes]:
    """Encode rendered XML; rows taller than a third of a page may split, and an empty cell gets a paragraph.

    Without a paragraph in every cell Word calls the file damaged; a loop over an empty list leaves none.
    """
    begun = ""
    for chunk in chunks:
        *rows, begun = (begun + chunk).split(_ROW_END)
        if rows:
            whole = _ROW_END.join((*map(_splittable, rows), ""))
            for empty in _EMPTY_CELLS:
                whole = whole.replace(empty, _BLANK_CELL)
            yield whole.encode()
        if "<w:tr" not in begun:
            yield begun.encode()
            begun = ""
    yield begun.encode()


def _splittable(text: str) -> str:
    """``text`` ends with a row; whatever stands before the row is left alone.

    A tall row is not kept with the next one either, which would send it to a new page as well.
    """
    if len(text) < _SHORT_ROW:
        return text
    start = max(text.rfind("<w:tr>"), text.rfind("<w:tr "))
    row = text[start:]
    if (
        start < 0
        or _SIGNATURE in row
        or (len(row) < _MANY_PARAGRAPHS and not _LONG_TEXT.search(row))
        or _height(row) < _TALL
    ):
        return text
    row = _KEEP_NEXT.sub("", _NO_SPLIT.sub("", row))
    return text[:start] + _STYLE.sub(r'\g<0><w:keepNext w:val="0"/>', row)


def _height(row: str) -> float:
    return max((_cell_height(cell) for cell in row.split("</w:tc>")), default=0.0)


def _cell_height(cell: str) -> float:
    width = _CELL_WIDTH.search(cell)
    room = int(width[1]) / 20 if width else _DEFAULT_WIDTH
    characters_a_line = max(room / _CHARACTER, 1)
    paragraphs = (_MARKUP.sub("", paragraph) for paragraph in cell.split("</w:p>"))
    return sum((1 + len(text) // characters_a_line) * _LINE for text in paragraphs)
