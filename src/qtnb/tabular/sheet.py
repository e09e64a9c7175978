"""One table on one sheet of a workbook, with formulas for its sums and ratios."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from qtnb.tabular.cell_text import fit_text, shortened
from qtnb.tabular.flat import plain
from qtnb.tabular.layout import Line, Part, lines_of, overs_of, value_of
from qtnb.tabular.printed import printed
from qtnb.tabular.sheet_formats import WHOLE_FORMATS, Formats
from qtnb.tabular.sheet_sizes import BOLD, PAGE, height_of, lines_in, widths_of
from qtnb.tabular.table import Cell, Column, Kind, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FURTHER_ROWS: Final = 10
"""At most so many rows stand above and below the lines of a table, footnotes not counted."""

_MOST_TEXT = 32_767
"""UTF-16 units in a cell; Excel's limit."""
_SUMMED = (Kind.COUNT, Kind.AMOUNT)
_BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_FIRST_YEAR = 1900
"""Before it Excel has no days."""

_A4 = 9
_MARGINS = {"left": 1.18, "right": 0.6, "top": 0.8, "bottom": 0.8}
"""Inches: 30, 15, 20 and 20 mm (TT-03)."""
_LEAST_SCALE = 0.45
"""A table that would have to be printed smaller than this goes on to further pages at its right."""


class _Box(NamedTuple):
    """A rectangle of cells, rows and columns counted from 0, the last ones included."""

    top: int
    first: int
    bottom: int
    last: int


class SheetWriter:
    """Writes a table from top to bottom."""

    def __init__(self, sheet: Worksheet, formats: Formats, table: Table, note: str) -> None:
        """Take an empty sheet, and the ``note`` that stands below the title, if any."""
        self._sheet = sheet
        self._formats = formats
        self._table = table
        self._note = note
        self._lines = list(lines_of(table))
        self._overs = overs_of(table.columns)
        self._first = 1 if table.numbered else 0
        """Column of the sheet in which the table's first column stands."""
        self._columns = list(enumerate(table.columns, start=self._first))
        self._at = {column.key: index for index, column in self._columns}
        self._last = self._columns[-1][0]
        self._widths = widths_of(table, self._lines)
        self._texts = [(column.key, self._widths[at]) for at, column in self._columns if column.kind is Kind.TEXT]
        """Columns of texts with their widths: only texts fill more than one line."""
        self._top = 3 if note else 2
        """Row of the first heads."""
        self._body = self._top + (2 if any(over.title for over in self._overs) else 1)
        """Row of the first line."""
        self._end = self._body + sum(line.part is not Part.TOTAL for line in self._lines)
        """The row after the last line that is no total."""

    def write(self) -> None:
        """Write everything."""
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, width)
        self._sheet.set_default_row(height_of(1))
        self._across(0, self._table.title.upper(), self._formats.title)
        if self._note:
            self._across(1, self._note, self._formats.note)
        self._heads()
        for row, line in enumerate(self._lines, start=self._body):
            self._line(row, line)
        self._footnotes(self._body + len(self._lines) + 1)
        self._behaviour()
        self._print_setup()

    # --- from top to bottom -------------------------------------------------------------------------

    def _heads(self) -> None:
        top, bottom = self._top, self._body - 1
        if self._first:
            self._merge(_Box(top, 0, bottom, 0), "STT", self._formats.head)
        for over in self._overs:
            first, last = self._first + over.first, self._first + over.last
            titles = [column.title for column in self._table.columns[over.first : over.last + 1]]
            if not over.title:
                self._merge(_Box(top, first, bottom, last), titles[0], self._formats.head)
                continue
            self._merge(_Box(top, first, top, last), over.title, self._formats.head)
            for index, title in enumerate(titles, start=first):
                self._text(bottom, index, title, self._formats.head)
        self._head_heights()

    def _head_heights(self) -> None:
        """Excel does not fit the height of a row to merged cells."""
        over = max(
            lines_in(over.title, sum(self._widths[self._first + over.first : self._first + over.last + 1]) / BOLD)
            for over in self._overs
        )
        rows_above = over if self._top < self._body - 1 else 0
        below = max(
            lines_in(column.title, self._widths[index] / BOLD) - (0 if column.over else rows_above)
            for index, column in self._columns
        )
        if rows_above:
            self._sheet.set_row(self._top, height_of(rows_above))
        self._sheet.set_row(self._body - 1, height_of(max(below, 2)))

    def _line(self, row: int, line: Line) -> None:
        if self._first and line.part is Part.ROW:
            self._sheet.write_number(row, 0, int(line.number), self._formats.number(line.part))
        elif self._first:
            self._text(row, 0, line.number, self._formats.number(line.part))
        self._fit_height(row, line)
        for index, column in self._columns:
            value = value_of(column, line.cells)
            if formula := self._formula(row, index, column, line):
                cell_format = self._formats.cell(column, line.part)
                self._sheet.write_formula(row, index, formula, cell_format, "" if value is None else plain(value))
            else:
                self._value(row, index, value, (column, line.part))

    def _fit_height(self, row: int, line: Line) -> None:
        """Not every program does so by itself."""
        lines = 1
        for key, width in self._texts:
            if isinstance(text := line.cells.get(key), str):
                lines = max(lines, lines_in(text, width))
        if lines > 1:
            self._sheet.set_row(row, height_of(lines))

    def _formula(self, row: int, index: int, column: Column, line: Line) -> str:
        """The formula of a cell; empty: it holds a value."""
        if column.kind is Kind.RATIO:
            # Empty where the exact ratio is None: a side is missing, or the denominator is zero.
            above, below = _name(row, self._at[column.numerator]), _name(row, self._at[column.denominator])
            return f'=IF(COUNT({above},{below})<2,"",IF({below}=0,"",{above}/{below}))'
        if line.count and column.kind in _SUMMED and column.key in line.cells:
            # SUBTOTAL passes over other sums in its range, and over rows that a filter hides.
            first, last = (row + 1, row + line.count) if line.part is Part.GROUP else (self._body, self._end - 1)
            return f"=SUBTOTAL(9,{_name(first, index)}:{_name(last, index)})"
        return ""

    def _value(self, row: int, index: int, value: Cell, place: tuple[Column, Part]) -> None:
        if isinstance(value, dt.date) and value.year < _FIRST_YEAR:
            value = printed(Kind.DATE, value)
        match value:
            case str():
                quoted = value.lstrip().startswith(_BEGINS_FORMULA)
                self._text(row, index, value, self._formats.cell(*place, quoted=quoted))
            case int() | Fraction():
                self._sheet.write_number(row, index, plain(value), self._formats.cell(*place))
            case dt.date():
                self._sheet.write_datetime(row, index, value, self._formats.cell(*place))
            case None:
                self._sheet.write_blank(row, index, None, self._formats.cell(*place))

    def _footnotes(self, row: int) -> None:
        if self._table.footnotes:
            self._across(row, "Ghi chú:", self._formats.footnotes)
        for number, note in enumerate(self._table.footnotes, start=1):
            self._across(row + number, f"({number}) {note}", self._formats.footnote)

    # --- on screen and paper ------------------------------------------------------------------------

    def _behaviour(self) -> None:
        self._sheet.freeze_panes(self._body, self._first + 1)
        if self._body == self._end:
            return
        end = self._body + len(self._lines) - 1
        self._sheet.autofilter(self._body - 1, 0, self._end - 1, self._last)
        everything = f"{_name(self._body, 0)}:{_name(end, self._last)}"
        # Names such as "01" are meant as text, and a row of sums among others is meant to differ.
        self._sheet.ignore_errors({"number_stored_as_text": everything, "formula_differs": everything})
        for index, column in self._columns:
            if column.kind in WHOLE_FORMATS:
                self._sheet.conditional_format(self._body, index, end, index, self._whole(index, column.kind))

    def _whole(self, index: int, kind: Kind) -> dict[str, object]:
        cell, decimals = _name(self._body, index), WHOLE_FORMATS[kind][1]
        criteria = f"=IF(ISNUMBER({cell}),ROUND({cell},{decimals})=ROUND({cell},{decimals - 2}))"
        return {"type": "formula", "criteria": criteria, "format": self._formats.whole(kind)}

    def _print_setup(self) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.set_margins(**_MARGINS)
        self._sheet.set_header('&C&"Times New Roman,Regular"&13&P', {"margin": 0.4})
        self._sheet.repeat_rows(self._top, self._body - 1)
        self._sheet.center_horizontally()
        if sum(self._widths) * _LEAST_SCALE <= PAGE:
            self._sheet.fit_to_pages(1, 0)
        else:
            self._sheet.set_print_scale(round(_LEAST_SCALE * 100))
            self._sheet.repeat_columns(0, self._first)

    # --- cells --------------------------------------------------------------------------------------

    def _text(self, row: int, index: int, text: str, cell_format: Format) -> None:
        self._sheet.write_string(row, index, shortened(fit_text(text), _MOST_TEXT), cell_format)

    def _merge(self, box: _Box, text: str, cell_format: Format) -> None:
        if box[:2] != box[2:]:
            self._sheet.merge_range(*box, "", cell_format)
        self._text(box.top, box.first, text, cell_format)

    def _across(self, row: int, text: str, cell_format: Format) -> None:
        """Write a text over the whole width of the table, in a row high enough for it."""
        self._merge(_Box(row, 0, row, self._last), text, cell_format)
        self._sheet.set_row(row, height_of(lines_in(text, sum(self._widths))))


def _name(row: int, index: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell_fast

    name: str = xl_rowcol_to_cell_fast(row, index)
    return name
