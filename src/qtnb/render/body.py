"""The paragraphs in the body of a Word document, and where a reader finds each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from qtnb.render.lines import Piece, end_is_gone, line_of, pieces_of
from qtnb.render.reading import Block
from qtnb.render.word_names import FALLBACK, W

_FORM_ROW: Final = re.compile(r"\d+(?:\.\d+)*")
"""Labels of the forms' rows that head what stands below them: ``1``, ``3.2``, ``4.1``."""
_LABEL: Final = 6
"""Characters that a row's label stays below: ``B12``."""
PIECES: Final = (f"{W}p", f"{W}tbl")
"""What a body is made of, whatever wraps it."""
_UNSEEN: Final = frozenset({f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}sectPr", FALLBACK})


class Body:
    """Walks the body and remembers where it is."""

    def __init__(self, *, marked: bool) -> None:
        """``marked``: tracked changes are shown, instead of taken for accepted."""
        self._marked = marked
        self._heading = ""
        self._row = ""

    def blocks(self, body: Iterable[etree._Element]) -> Iterator[Block]:
        """Every paragraph with text in ``body``, whose elements are looked at one by one; tables row by row."""
        for found in self._story(body):
            if isinstance(found, str):
                self._heading = found
                yield Block(found, "")
            else:
                yield from self._table(found)

    def _story(self, holder: Iterable[etree._Element]) -> Iterator[str | etree._Element]:
        """The texts of paragraphs, and the tables between them."""
        pending: list[Piece] = []  # of paragraphs that run into the next one
        for child in _content(holder):
            boxes = list(_text_boxes(child)) if child.tag == f"{W}p" else []
            if child.tag == f"{W}p":
                pending += pieces_of(child)
                if not boxes and not self._marked and end_is_gone(child):
                    continue
            yield from filter(None, [line_of(pending, marked=self._marked)])
            pending = []
            if child.tag == f"{W}tbl":
                yield child
            for box in boxes:
                yield from self._story(box)
        yield from filter(None, [line_of(pending, marked=self._marked)])

    def _table(self, table: etree._Element) -> Iterator[Block]:
        heads: list[str] = []
        for row in _inside(table, f"{W}tr"):
            if not self._marked and row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [list(self._cell(cell)) for cell in _inside(row, f"{W}tc")]
            first = cells[0][0] if cells and cells[0] else ""
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                heads = [" ".join(cell) for cell in cells]
            if _FORM_ROW.fullmatch(first) and len(cells) > 1:
                self._row = " ".join([first, *cells[1]])
            for column, cell in enumerate(cells):
                where = self._place(first, heads[column] if len(heads) == len(cells) else "")
                yield from (Block(text, where) for text in cell)

    def _cell(self, cell: etree._Element) -> Iterator[str]:
        for found in self._story(cell):
            if isinstance(found, str):
                yield found
            else:
                yield from (block.text for block in Body(marked=self._marked).blocks([found]))

    def _place(self, first: str, head: str) -> str:
        label = first if first and not _FORM_ROW.fullmatch(first) and len(first) < _LABEL and first != "-" else ""
        parts = [self._heading, self._row, label, f"cột {head}" if head and label else ""]
        return ", ".join(part for part in parts if part)


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts of drawings that hang on a paragraph."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if next(box.iterancestors(FALLBACK), None) is None:
            yield box


def _content(holder: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs and tables in a body or cell, through whatever wraps them."""
    for child in holder:
        if child.tag in PIECES:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _content(child)


def _inside(holder: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through whatever wraps them."""
    for child in holder:
        if child.tag == wanted:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _inside(child, wanted)
