"""A table as plain rows for programs: no heads of groups, no totals, every value of a type that files know.

A number is an integer where it is whole, otherwise the nearest double: up to 15 digits that is the exact
decimal, and a third of a day, which has none, is known to 16. A ratio is a fraction of one: 0.75, not 75.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.layout import value_of
from qtnb.tabular.table import Cell, Cells, Column, Kind, Table

Plain: TypeAlias = str | int | float | dt.date | None
"""A value; None: not computable."""

_GROUP = (Column("nhom", "Nhóm"), Column("ten_nhom", "Tên nhóm"))


def flat_columns(table: Table) -> tuple[Column, ...]:
    """The columns, after two for label and title of the group in a table that has any (``A``, ``Sở, ban, ngành``)."""
    return (*_GROUP, *table.columns) if _has_groups(table) else table.columns


def flat_rows(table: Table) -> Iterator[dict[str, Plain]]:
    """Every row, by the keys of :func:`flat_columns`, in their order."""
    with_groups = _has_groups(table)
    for group in table.groups:
        head: dict[str, Plain] = {}
        if with_groups:
            head = {"nhom": fit_text(group.label), "ten_nhom": fit_text(group.title)}
        for row in group.rows:
            yield head | plain_row(table.columns, row)


def plain_row(columns: tuple[Column, ...], cells: Cells) -> dict[str, Plain]:
    """One row, or the sums of several, with its ratios."""
    return {column.key: plain(value_of(column, cells)) for column in columns}


def plain(value: Cell) -> Plain:
    """One value as files hold it."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return fit_text(value) if isinstance(value, str) else value


def sums_row(columns: tuple[Column, ...], sums: Cells) -> dict[str, Plain]:
    """Sums with their ratios, and no columns of other kinds."""
    summable = tuple(column for column in columns if column.kind is Kind.RATIO or column.key in sums)
    return plain_row(summable, sums)


def _has_groups(table: Table) -> bool:
    return any(group.label for group in table.groups)
