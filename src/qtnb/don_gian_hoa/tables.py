"""The report on what was cut, as tables for programs, for paper and for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from qtnb.don_gian_hoa.cut_tables import AS_WRITTEN, cut_tables
from qtnb.don_gian_hoa.other_tables import other_tables
from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanhKho
from qtnb.don_gian_hoa.sum_tables import sum_tables
from qtnb.tabular.table import Cells, Table

_NOT_PRINTED: Final = frozenset({"ky_hieu", *AS_WRITTEN})
"""On paper the symbol stands after the name, and the content tells the times as written."""
_NOT_ON_SCREEN: Final = frozenset({"noi_dung", *AS_WRITTEN})


def tables_of(kho: Sequence[SoSanhKho]) -> tuple[Table, ...]:
    """All tables that have rows, in the order of a report; that of the cuts even if it has none."""
    cuts = [(place, item) for place in kho for item in place.of(KetQua.CAT_GIAM)]
    others = (*sum_tables(kho, cuts), *other_tables(kho))
    return (*cut_tables(kho, cuts), *(table for table in others if table.rows))


def for_print(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables as a Word document shows them: what is new is no matter of simplification."""
    return tuple(_printed(table) for table in tables if table.key != "bo_sung")


def for_screen(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables as a terminal shows them."""
    return tuple(_without(table, _NOT_ON_SCREEN) for table in tables)


def _printed(table: Table) -> Table:
    groups = tuple(replace(group, rows=tuple(map(_with_symbol, group.rows))) for group in table.groups)
    return _without(replace(table, groups=groups), _NOT_PRINTED)


def _with_symbol(row: Cells) -> Cells:
    return {**row, "ten": f"{row['ten']} ({row['ky_hieu']})"} if row.get("ky_hieu") else row


def _without(table: Table, keys: frozenset[str]) -> Table:
    return replace(table, columns=tuple(column for column in table.columns if column.key not in keys))
