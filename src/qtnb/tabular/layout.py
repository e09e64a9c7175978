"""A table laid out for reading: its heads, and its rows with the heads of groups and the totals among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table, ratio_of, totals_of


class Part(Enum):
    """What a line of a table is."""

    GROUP = auto()
    """Head of a group, with its subtotals."""
    ROW = auto()
    TOTAL = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the heads."""

    part: Part
    number: str
    """For the column STT: ``A`` of a group, ``1`` of a row; empty on the line of totals."""
    cells: Cells
    """With the sums, for a head of a group and for totals."""
    count: int
    """How many rows the sums add up; 0 for a row."""


@dataclass(frozen=True, slots=True)
class Over:
    """A head over neighbouring columns."""

    title: str
    """Empty: the column, which is one, has no head over it."""
    first: int
    last: int
    """Index of the last column."""


def lines_of(table: Table) -> Iterator[Line]:
    """All lines in order. Rows are numbered from 1 in each group that has a head, as the forms of 2017 do."""
    name = table.columns[0].key
    number = 0
    for group in table.groups:
        if group.label:
            number = 0
            title = group.title if table.numbered else f"{group.label}. {group.title}"
            yield Line(Part.GROUP, group.label, {name: title} | subtotals_of(table, group), len(group.rows))
        for row in group.rows:
            number += 1
            yield Line(Part.ROW, str(number), row, 0)
    if table.total:
        rows = table.rows
        yield Line(Part.TOTAL, "", {name: table.total} | totals_of(table.columns, rows), len(rows))


def subtotals_of(table: Table, group: Group) -> dict[str, Cell]:
    """The sums over a group; none in a table without totals."""
    return totals_of(table.columns, group.rows) if table.total else {}


def value_of(column: Column, cells: Cells) -> Cell:
    """The value of a column in a row or line; a ratio is counted here, as a fraction of one."""
    return ratio_of(column, cells) if column.kind is Kind.RATIO else cells.get(column.key)


def overs_of(columns: Sequence[Column]) -> list[Over]:
    """The heads over the columns, from left to right; every column is under exactly one."""
    overs: list[Over] = []
    for index, column in enumerate(columns):
        if column.over and overs and overs[-1].title == column.over:
            overs[-1] = Over(column.over, overs[-1].first, index)
        else:
            overs.append(Over(column.over, index, index))
    return overs
