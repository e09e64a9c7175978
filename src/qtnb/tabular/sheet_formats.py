"""How the cells of a workbook look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from qtnb.tabular.layout import Part
from qtnb.tabular.table import Column, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

WHOLE_FORMATS: Final = {Kind.AMOUNT: ("#,##0", 2), Kind.RATIO: ("0%", 4)}
"""For a value that is whole at so many decimals: the usual format would leave ``12,`` with nothing after it."""

_NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.AMOUNT: "#,##0.##", Kind.RATIO: "0.##%", Kind.DATE: "dd/mm/yyyy"}
"""Which signs part thousands and decimals is up to the computer that shows them: in Viet Nam a dot and a comma."""

_TEXT = {"font_name": "Times New Roman", "font_size": 13, "valign": "vcenter", "text_wrap": True}


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[Kind, Part, bool], Format] = {}
        self.title = self._text(bold=True, align="center")
        self.note = self._text(italic=True, align="center")
        self.head = self._text(bold=True, align="center", border=1)
        self.footnotes = self._text(bold=True, italic=True, align="left")
        self.footnote = self._text(align="left")

    def cell(self, column: Column, part: Part, *, quoted: bool = False) -> Format:
        """The format of a cell in a column; ``quoted`` keeps a text a text when somebody edits it."""
        # There may be hundreds of thousands of cells, of a dozen formats.
        known = self._cells.get((column.kind, part, quoted))
        if known is None:
            known = self._cells[column.kind, part, quoted] = self._new_cell(column.kind, part, quoted=quoted)
        return known

    def _new_cell(self, kind: Kind, part: Part, *, quoted: bool) -> Format:
        properties: dict[str, Any] = {} if part is Part.ROW else {"bold": True}
        if kind is not Kind.TEXT or part is Part.TOTAL:
            properties["align"] = "center"
        if kind in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[kind]
        if quoted:
            properties["quote_prefix"] = True
        return self._text(border=1, **properties)

    def number(self, part: Part) -> Format:
        """The format of a cell of the column STT."""
        return self._text(border=1, align="center", bold=part is not Part.ROW)

    def whole(self, kind: Kind) -> Format:
        """What changes for a whole value of ``kind``, one of WHOLE_FORMATS."""
        return self._format({"num_format": WHOLE_FORMATS[kind][0]})

    def _text(self, **properties: object) -> Format:
        return self._format(_TEXT | properties)

    def _format(self, properties: dict[str, object]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
