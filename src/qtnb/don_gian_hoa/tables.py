"""The report on what was cut, as tables for programs, for paper and for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from qtnb.don_gian_hoa.cut_tables import AS_WRITTEN, CUT, cut_tables
from qtnb.don_gian_hoa.other_tables import other_tables
from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanhKho
from qtnb.don_gian_hoa.sum_tables import sum_tables
from qtnb.tabular.table import Cells, Column, Table
from qtnb.words.writing import closed

_NOT_ON_SCREEN: Final = frozenset({"noi_dung", *AS_WRITTEN})
_NOT_PRINTED: Final = frozenset({"ky_hieu", "co_quan", *AS_WRITTEN})
"""On paper symbol and agency stand with the name, and the content tells the times as written."""
_TITLES_WITH: Final = {
    "co_quan": ("ten", "Tên quy trình, cơ quan"),
    "ly_do": ("noi_dung", "Nội dung đơn giản hóa, lý do"),
}
"""What a column is called that takes in another one, by the key of that one."""


def tables_of(kho: Sequence[SoSanhKho], note: str) -> tuple[Table, ...]:
    """All tables that have rows, in the order of a report; that of the cuts even if it has none.

    ``note`` says what is before and what is after.
    """
    cuts = [(place, item) for place in kho for item in place.of(KetQua.CAT_GIAM)]
    others = (*sum_tables(kho, cuts), *other_tables(kho))
    return (*cut_tables(kho, cuts, note), *(table for table in others if table.rows))


def for_screen(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables as a terminal shows them."""
    return tuple(_without(table, _NOT_ON_SCREEN) for table in tables)


def for_print(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables as a Word document shows them: with few columns, and without what is new, which simplifies nothing."""
    return tuple(_printed(table) for table in tables if table.key != "bo_sung")


def _printed(table: Table) -> Table:
    taken = _NOT_PRINTED | {"ly_do"} if table.key.startswith(CUT) else _NOT_PRINTED
    keys = {column.key for column in table.columns} & taken
    titles = dict(_TITLES_WITH[key] for key in keys & _TITLES_WITH.keys())
    columns = tuple(_titled(column, titles.get(column.key)) for column in table.columns)
    groups = tuple(replace(group, rows=tuple(_row(row, keys) for row in group.rows)) for group in table.groups)
    return _without(replace(table, columns=columns, groups=groups), taken)


def _titled(column: Column, title: str | None) -> Column:
    return replace(column, title=title) if title else column


def _row(row: Cells, taken: set[str]) -> Cells:
    """A row with what its columns ``taken`` say in others."""
    cells = dict(row)
    if "ky_hieu" in taken and row.get("ky_hieu"):
        cells["ten"] = f"{cells['ten']}\n({row['ky_hieu']})"  # on a line of its own: Word breaks it at its hyphen
    if "co_quan" in taken:
        cells["ten"] = f"{cells['ten']}\ncủa {row['co_quan']}"
    if "ly_do" in taken and row.get("ly_do"):
        cells["noi_dung"] = f"{row['noi_dung']}\nLý do: {closed(str(row['ly_do']))}"
    return cells


def _without(table: Table, keys: Iterable[str]) -> Table:
    gone = set(keys)
    return replace(table, columns=tuple(column for column in table.columns if column.key not in gone))
