"""Tables as data for JSON: the object under ``bang``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.flat import Plain, flat_rows, sums_row
from qtnb.tabular.layout import subtotals_of
from qtnb.tabular.table import Cells, Table, totals_of


def tables_data(tables: Iterable[Table]) -> dict[str, Any]:
    """The tables by their keys, ready for ``json.dumps``.

    ``{"co_quan": {"tieu_de", "cot": [{"khoa", "tieu_de", "kieu"}], "dong": [{"nhom": "A", "ten": …, "ngay": 12.5}],
    "nhom": [{"nhan": "A", "ten": …, "cong": {…}}], "tong_cong": {…} or null, "ghi_chu": […]}}``; null in a row is
    what could not be computed. Numbers are as :mod:`qtnb.tabular.flat` tells, dates ``"2026-11-22"``.
    """
    return {table.key: _data(table) for table in tables}


def _data(table: Table) -> dict[str, Any]:
    return {
        "tieu_de": table.title,
        "cot": [
            {"khoa": column.key, "tieu_de": column.title, "kieu": str(column.kind)}
            | ({"nhom_cot": column.over} if column.over else {})
            | ({"tu": column.numerator, "mau": column.denominator} if column.numerator else {})
            for column in table.columns
        ],
        "dong": [_values(row) for row in flat_rows(table)],
        "nhom": [
            {
                "nhan": fit_text(group.label),
                "ten": fit_text(group.title),
                "cong": _sums(table, subtotals_of(table, group)),
            }
            for group in table.groups
            if group.label
        ],
        "tong_cong": _sums(table, totals_of(table.columns, table.rows)),
        "ghi_chu": list(table.footnotes),
    }


def _sums(table: Table, sums: Cells) -> dict[str, Plain] | None:
    return _values(sums_row(table.columns, sums)) if table.total else None


def _values(row: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
