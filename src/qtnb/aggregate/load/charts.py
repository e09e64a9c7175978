"""The charts of responsibility and load, from their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from qtnb.aggregate.load.tables import AGENCIES, MATRIX, UNITS
from qtnb.aggregate.tables import NAME
from qtnb.tabular.bars import Chart, count_charts
from qtnb.tabular.matrix import matrix_chart
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from qtnb.text import shown

_STEPS: Final = ("buoc_chu_tri", "buoc_phoi_hop")
_NAMES: Final = {"buoc_chu_tri": "Bước chủ trì", "buoc_phoi_hop": "Bước phối hợp"}
"""What the parts are called beside a chart, where the heads of the table are not there to help."""
_ALL_UNITS: Final = 60
"""Up to so many units are all shown, under their agencies; of more, those that lead and support the most steps."""
_MOST_UNITS: Final = 30
_UNIT_LENGTH: Final = 38
"""Characters of a unit's name beside that of its agency."""
_TIMES: Final = (
    ("ngay_lam_viec", "thoi-gian-lam-viec", "Tổng số ngày làm việc được giao"),
    ("ngay", "thoi-gian-ngay", "Tổng số ngày được giao (tính cả ngày nghỉ)"),
    ("thang", "thoi-gian-thang", "Tổng số tháng được giao"),
)


def load_charts(tables: Mapping[str, Table]) -> list[Picture]:
    """The charts, in the order of the tables; none of what there is not. Raises QtnbError without matplotlib."""
    return [*_agencies(tables[AGENCIES]), *_units(tables[UNITS]), *_matrix(tables[MATRIX])]


def _agencies(table: Table) -> Iterator[Picture]:
    if len(table.rows) > 1:
        chart = Chart("khoi-luong-co-quan", "Số bước của từng cơ quan", _STEPS)
        yield from count_charts(_renamed(table), chart)


def _units(table: Table) -> Iterator[Picture]:
    """Steps, and each kind of time by itself: they do not add up."""
    if not table.rows:
        return
    if len(table.rows) <= _ALL_UNITS:
        yield from count_charts(_renamed(table), Chart("khoi-luong-don-vi", "Số bước của từng đơn vị", _STEPS))
    else:
        title = f"{_MOST_UNITS} đơn vị có nhiều bước nhất"
        yield from count_charts(_flat(table), Chart("khoi-luong-don-vi", title, _STEPS, most=_MOST_UNITS))
    for key, name, title in _TIMES:
        timed = replace(_flat(table), groups=(Group("", "", tuple(row for row in _flat(table).rows if row[key])),))
        if timed.rows:
            few = len(timed.rows) <= _MOST_UNITS + 1
            chart = Chart(
                name,
                f"{title} của từng đơn vị" if few else f"{title}: {_MOST_UNITS} đơn vị được giao nhiều nhất",
                (key,),
                most=_MOST_UNITS,
            )
            yield from count_charts(timed, chart)


def _matrix(table: Table) -> Iterator[Picture]:
    if table.rows:
        counts = tuple(column for column in table.columns if column.key != "tong")
        yield matrix_chart(replace(table, columns=counts), "luan-chuyen")


def _renamed(table: Table) -> Table:
    columns = (replace(column, title=_NAMES.get(column.key, column.title)) for column in table.columns)
    return replace(table, columns=tuple(columns))


def _flat(table: Table) -> Table:
    """Units of all agencies together, each named with its agency."""
    rows: list[Cells] = [
        {**row, NAME: f"{shown(row[NAME], _UNIT_LENGTH)} ({group.title})"}
        for group in table.groups
        for row in group.rows
    ]
    return replace(_renamed(table), groups=(Group("", "", tuple(rows)),))
