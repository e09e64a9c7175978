"""A table of figures: columns that know their kind, rows in groups, totals that add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Cell: TypeAlias = str | int | Fraction | dt.date | None
"""One value, of the kind of its column; None: not computable, printed as an empty cell."""

Cells: TypeAlias = Mapping[str, Cell]
"""The values of a row by the keys of their columns; a ratio is never stored, it is counted from the others."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    COUNT = "count"
    """Whole numbers."""
    AMOUNT = "amount"
    """Exact numbers, such as days; printed with at most two decimals."""
    RATIO = "ratio"
    """Percentage of one column in another; None where the denominator is zero."""
    DATE = "date"
    """Days of the calendar."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    key: str
    """Name in JSON, CSV and Parquet: the form's words without marks."""
    title: str
    """Head, in Vietnamese."""
    kind: Kind = Kind.TEXT
    over: str = ""
    """Head over this column and its neighbours with the same words; empty: none."""
    numerator: str = ""
    """For a ratio: the key of the column that is counted."""
    denominator: str = ""
    """For a ratio: the key of the column that it is counted in."""
    summed: bool = True
    """False: a total of this column would mean nothing, and its cell stays empty."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head, such as ``A. Sở, ban, ngành``."""

    label: str
    """``A``, ``I``; empty: the rows stand without a head and have no subtotal."""
    title: str
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    key: str
    """Name of the CSV and Parquet file and in JSON: words without marks, joined by ``_``."""
    title: str
    columns: tuple[Column, ...]
    """The first is text and names the row: heads of groups and "Tổng cộng" stand in it."""
    groups: tuple[Group, ...]
    total: str = "Tổng cộng"
    """Name of the last row; empty: the table has no totals."""
    footnotes: tuple[str, ...] = ()
    """Printed below as (1), (2) …, to which heads refer."""
    sheet: str = ""
    """Name of the sheet for people, such as ``Theo cơ quan``; empty: the key."""
    numbered: bool = True
    """Whether a column STT is printed before the others; files of data never have it."""

    @property
    def rows(self) -> tuple[Cells, ...]:
        """All rows, in order, without heads and totals."""
        return tuple(row for group in self.groups for row in group.rows)


def totals_of(columns: Iterable[Column], rows: Iterable[Cells]) -> dict[str, Cell]:
    """The sums of the numeric columns over ``rows``; what is not computable in a row is left out of the sum."""
    rows = list(rows)
    return {
        column.key: sum((value for row in rows if isinstance(value := row.get(column.key), int | Fraction)), start=0)
        for column in columns
        if column.summed and column.kind in {Kind.COUNT, Kind.AMOUNT}
    }


def ratio_of(column: Column, row: Cells) -> Fraction | None:
    """The ratio as a fraction of one; None where a side is not a number or the denominator is zero."""
    above, below = row.get(column.numerator), row.get(column.denominator)
    if not isinstance(above, int | Fraction) or not isinstance(below, int | Fraction) or not below:
        return None
    return Fraction(above) / Fraction(below)
