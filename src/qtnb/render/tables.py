"""Tables of figures as the elements of a Word document.

This is layout in code, which elsewhere belongs to the template: see :mod:`qtnb.words.blocks` for the reason.
The looks stay with the template: its styles of cells (``O``, ``OGiua``, ``OMuc`` …) and of framed tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from qtnb.render.run_text import run_text
from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.layout import Line, Part, lines_of, overs_of
from qtnb.tabular.table import Kind, Table
from qtnb.words.blocks import Bang
from qtnb.words.column_widths import BROAD, UPRIGHT, Layout, layout_of, stands_alone, value_text
from qtnb.words.column_widths import Part as ColumnPart

_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_HEAD_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
"""Heads repeat on every page, rows do not split (BT-02)."""
_BETWEEN = '<w:p><w:pPr><w:pStyle w:val="Cach"/></w:pPr></w:p>'
"""Without a paragraph between them Word would make two tables one."""
_USUAL_SIZE = 13.0
"""That of the template's styles."""


def table_xml(bang: Bang) -> str:
    """The table, or its parts one below the other where it is wider than the page."""
    layout = layout_of(bang.table, BROAD if bang.ngang else UPRIGHT)
    lines = list(lines_of(bang.table))
    return _BETWEEN.join("".join(_Writer(bang.table, layout, part).table(lines)) for part in layout.parts)


class _Writer:
    """Writes one part of a table."""

    def __init__(self, table: Table, layout: Layout, part: ColumnPart) -> None:
        self._columns = part.columns
        self._numbered = table.numbered
        ends = [round(end * 20) for end in accumulate(part.widths)]
        self._widths = [end - start for start, end in pairwise((0, *ends))]
        size = f'<w:sz w:val="{layout.size * 2:.0f}"/>' if layout.size != _USUAL_SIZE else ""
        self._run = f"<w:r><w:rPr>{size}</w:rPr>" if size else "<w:r>"
        first = 1 if table.numbered else 0
        self._cells = [_cell(width) for width in self._widths]
        """Openings of the cells of every row: there may be thousands."""
        self._spanning = _cell(sum(self._widths[first:]), f'<w:gridSpan w:val="{len(part.columns)}"/>')
        """Of the head of a group with nothing beside it."""
        self._at = [(column, first + index) for index, column in enumerate(part.columns)]

    def table(self, lines: Sequence[Line]) -> Iterator[str]:
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="BangKe"/><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>'
        )
        yield from (f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        yield "</w:tblGrid>"
        yield from self._heads()
        last = len(lines) - 1
        for index, line in enumerate(lines):
            # The last rows stay with what ends the appendix (BT-06).
            yield self._line(line, last=index >= last - 1)
        yield "</w:tbl>"

    def _heads(self) -> Iterator[str]:
        overs = overs_of(self._columns)
        two = any(over.title for over in overs)
        first = 1 if self._numbered else 0
        upper = [self._head(0, 0, "STT", "restart" if two else "")] if first else []
        lower = [self._head(0, 0, "", "continue")] if first else []
        for over in overs:
            place = (first + over.first, first + over.last)
            if not over.title:
                upper.append(self._head(*place, self._columns[over.first].title, "restart" if two else ""))
                lower.append(self._head(*place, "", "continue"))
                continue
            upper.append(self._head(*place, over.title, ""))
            lower += [
                self._head(first + index, first + index, self._columns[index].title, "")
                for index in range(over.first, over.last + 1)
            ]
        yield f"{_HEAD_ROW}{''.join(upper)}</w:tr>"
        if two:
            yield f"{_HEAD_ROW}{''.join(lower)}</w:tr>"

    def _head(self, first: int, last: int, text: str, merge: str) -> str:
        properties = f'<w:gridSpan w:val="{last - first + 1}"/>' if last > first else ""
        if merge:
            properties += f'<w:vMerge w:val="{merge}"/>'
        return f"{_cell(sum(self._widths[first : last + 1]), properties)}{self._paragraph('ODau', text)}</w:tc>"

    def _line(self, line: Line, *, last: bool) -> str:
        if line.part is Part.ROW:
            middle, text = ("OGiuaCuoi", "OCuoi") if last else ("OGiua", "O")
        else:
            middle, text = "ODau", "ODau" if line.part is Part.TOTAL else "OMuc"
        cells = [f"{self._cells[0]}{self._paragraph(middle, line.number)}</w:tc>"] if self._numbered else []
        if stands_alone(line, self._columns):
            cells.append(f"{self._spanning}{self._paragraph(text, value_text(self._columns[0], line))}</w:tc>")
            return f"{_ROW}{''.join(cells)}</w:tr>"
        for column, index in self._at:
            style = text if column.kind is Kind.TEXT else middle
            cells.append(f"{self._cells[index]}{self._paragraph(style, value_text(column, line))}</w:tc>")
        return f"{_ROW}{''.join(cells)}</w:tr>"

    def _paragraph(self, style: str, text: str) -> str:
        if not text:
            return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self._run}'
            f'<w:t xml:space="preserve">{run_text(fit_text(text))}</w:t></w:r></w:p>'
        )


def _cell(width: int, properties: str = "") -> str:
    """The opening of a cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'
