"""Makes one table of what a template repeats by columns: cells become one where it says so, widths fill the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from qtnb.words.ke_hoach import MERGE_LEFT, MERGE_UP

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AFTER_SPAN = tuple(
    f"{_W}{name}"
    for name in ("hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")
)
"""What follows a cell's span in its properties (ECMA-376, CT_TcPr); Word calls another order damaged."""
_AFTER_MERGE = _AFTER_SPAN[2:]


@dataclass(slots=True)
class _Cell:
    """A cell of a row, with its place in the grid."""

    element: etree._Element
    first: int
    """Index of its first column."""
    span: int
    width: int


def fit_tables(document: bytes) -> bytes:
    """The main part of a document in which every table has one grid.

    A cell that holds nothing but a mark becomes one with the cell at its left or above. The columns
    share the table's width as the cells of its last row do; the first, that of the numbers, keeps its own.
    """
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    for table in root.iter(f"{_W}tbl"):
        _fit(table)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _fit(table: etree._Element) -> None:
    rows = [_cells(row) for row in table.iterfind(f"{_W}tr")]
    if not rows:
        return
    for above, cells in zip([[], *rows], rows, strict=False):
        for cell in cells:
            if _text(cell.element) == MERGE_UP:
                _merge_up(cell, above)
    grid = table.find(f"{_W}tblGrid")
    if grid is None:
        return
    total = _number(table.find(f"{_W}tblPr/{_W}tblW"), "w") or sum(_number(column, "w") for column in grid)
    widths = _shared(_wanted(rows), total)
    if [_number(column, "w") for column in grid] != widths:
        _write(grid, rows, widths)


def _cells(row: etree._Element) -> list[_Cell]:
    """The cells of a row; one with the mark joins the cell before it."""
    cells: list[_Cell] = []
    for element in list(row.iterfind(f"{_W}tc")):
        span = _number(element.find(f"{_W}tcPr/{_W}gridSpan"), "val") or 1
        if cells and _text(element) == MERGE_LEFT:
            cells[-1].span += span
            cells[-1].width += _width(element)
            row.remove(element)
        else:
            first = cells[-1].first + cells[-1].span if cells else 0
            cells.append(_Cell(element, first, span, _width(element)))
    return cells


def _width(cell: etree._Element) -> int:
    return _number(cell.find(f"{_W}tcPr/{_W}tcW"), "w")


def _merge_up(cell: _Cell, above: Sequence[_Cell]) -> None:
    for text in cell.element.iter(f"{_W}t"):
        text.text = ""
    _put(cell.element, "vMerge", {}, _AFTER_MERGE)
    upper = next((other for other in above if other.first == cell.first), None)
    if upper is not None and upper.element.find(f"{_W}tcPr/{_W}vMerge") is None:
        _put(upper.element, "vMerge", {"val": "restart"}, _AFTER_MERGE)


def _wanted(rows: Sequence[Sequence[_Cell]]) -> list[int]:
    """The widths of the columns as the cells of one row have them: the last row in which no cell spans several."""
    columns = [sum(cell.span for cell in cells) for cells in rows]
    full = [cells for cells, count in zip(rows, columns, strict=True) if count == max(columns)]
    row = next((cells for cells in reversed(full) if all(cell.span == 1 for cell in cells)), full[-1])
    return [cell.width // cell.span for cell in row for _ in range(cell.span)]


def _shared(widths: Sequence[int], total: int) -> list[int]:
    """Widths that add up to ``total``: the first as it is, the others in proportion."""
    if sum(widths) == total or len(widths) == 1:
        return list(widths) if len(widths) > 1 else [total]
    first, rest = widths[0], widths[1:]
    room, wanted = total - first, max(sum(rest), 1)
    ends = [first + room * sum(rest[: number + 1]) // wanted for number in range(len(rest))]
    return [first, *(end - start for start, end in zip([first, *ends], ends, strict=False))]


def _write(grid: etree._Element, rows: Sequence[Sequence[_Cell]], widths: Sequence[int]) -> None:
    grid[:] = [etree.Element(f"{_W}gridCol", {f"{_W}w": str(width)}) for width in widths]
    for cell in (cell for cells in rows for cell in cells):
        width = sum(widths[cell.first : cell.first + cell.span])
        _put(cell.element, "tcW", {"w": str(width), "type": "dxa"}, (f"{_W}gridSpan", *_AFTER_SPAN))
        if cell.span > 1:
            _put(cell.element, "gridSpan", {"val": str(cell.span)}, _AFTER_SPAN)


def _put(cell: etree._Element, name: str, values: dict[str, str], after: Sequence[str]) -> None:
    """Set a property of a cell, in front of those that follow it by the schema."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        properties = etree.Element(f"{_W}tcPr")
        cell.insert(0, properties)
    old = properties.find(f"{_W}{name}")
    if old is not None:
        properties.remove(old)
    place = next((number for number, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, etree.Element(f"{_W}{name}", {f"{_W}{key}": value for key, value in values.items()}))


def _text(element: etree._Element) -> str:
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for node in element.iter(f"{_W}t"):
        yield node.text or ""


def _number(element: etree._Element | None, name: str) -> int:
    """A whole number in an attribute; 0 where there is none."""
    written = "" if element is None else element.get(f"{_W}{name}") or ""
    return int(written) if written.isdecimal() else 0
