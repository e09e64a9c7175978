"""The charts of responsibility and load, from their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from qtnb.aggregate.load.tables import AGENCIES, HANDOVERS, UNITS
from qtnb.aggregate.short_names import short_names, with_short_names
from qtnb.aggregate.tables import NAME
from qtnb.tabular.bars import Chart, count_charts
from qtnb.tabular.matrix import matrix_chart
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Cells, Column, Group, Kind, Table

_STEPS: Final = ("buoc_chu_tri", "buoc_phoi_hop")
_NAMES: Final = {"buoc_chu_tri": "Bước chủ trì", "buoc_phoi_hop": "Bước phối hợp"}
"""What the parts are called beside a chart, where the heads of the table are not there to help."""
_ALL_UNITS: Final = 60
"""Up to so many units are all shown, under their agencies; of more, those that lead and support the most steps."""
_MOST_UNITS: Final = 20
_AGENCY: Final = "co_quan"
"""Key of the agency in the table of units of all agencies."""
_TIMES: Final = (
    ("ngay_lam_viec", "thoi-gian-lam-viec", "Số ngày làm việc được giao cho từng đơn vị"),
    ("ngay", "thoi-gian-ngay", "Số ngày (tính cả ngày nghỉ) được giao cho từng đơn vị"),
    ("thang", "thoi-gian-thang", "Số tháng được giao cho từng đơn vị"),
)


def load_charts(tables: Mapping[str, Table]) -> list[Picture]:
    """The charts, in the order of the tables; none of what there is not. Raises QtnbError without matplotlib."""
    agencies = tables[AGENCIES]
    names = (str(row[NAME]) for row in agencies.rows)
    return [*_agencies(agencies), *_units(tables[UNITS]), *_matrix(tables[HANDOVERS], names)]


def _agencies(table: Table) -> Iterator[Picture]:
    if len(table.rows) > 1 and any(row[key] for row in table.rows for key in _STEPS):
        chart = Chart("khoi-luong-co-quan", "Số bước của từng cơ quan", _STEPS)
        yield from count_charts(with_short_names(_renamed(table), NAME), chart)


def _units(table: Table) -> Iterator[Picture]:
    """Steps, and each kind of time by itself: they do not add up."""
    if not table.rows:
        return
    short = short_names(group.title for group in table.groups)
    table = replace(table, groups=tuple(replace(group, title=short[group.title]) for group in table.groups))
    if len(table.rows) <= _ALL_UNITS:
        yield from count_charts(_renamed(table), Chart("khoi-luong-don-vi", "Số bước của từng đơn vị", _STEPS))
    else:
        title = f"{_MOST_UNITS} đơn vị có nhiều bước nhất"
        chart = Chart("khoi-luong-don-vi", title, _STEPS, most=_MOST_UNITS, below=_AGENCY)
        yield from count_charts(_flat(table), chart)
    for key, name, title in _TIMES:
        timed = _with_most_first(_flat(table), key)
        if timed.rows:
            yield from count_charts(timed, Chart(name, title, (key,), most=_MOST_UNITS, below=_AGENCY))


def _matrix(table: Table, agencies: Iterable[str]) -> Iterator[Picture]:
    """The same agencies on both sides, those with the most hand-overs where there are many."""
    passed: dict[str, Counter[str]] = {}
    for row in table.rows:
        passed.setdefault(str(row["tu"]), Counter())[str(row["den"])] += int(str(row["so_luot"]))
    involved = {*passed, *(taker for takers in passed.values() for taker in takers)}
    names = [name for name in agencies if name in involved]
    if names:
        columns = tuple(Column(f"den_{at}", name, Kind.COUNT) for at, name in enumerate(names))
        rows: list[Cells] = [
            {NAME: name, **{column.key: passed.get(name, Counter())[column.title] for column in columns}}
            for name in names
        ]
        title = "Số lượt luân chuyển từ cơ quan (dòng) đến cơ quan (cột)"
        matrix = Table(table.key, title, (Column(NAME, ""), *columns), (Group("", "", tuple(rows)),))
        yield matrix_chart(_without_place(matrix), "luan-chuyen")


def _renamed(table: Table) -> Table:
    columns = (replace(column, title=_NAMES.get(column.key, column.title)) for column in table.columns)
    return replace(table, columns=tuple(columns))


def _flat(table: Table) -> Table:
    """Units of all agencies together, each with its agency."""
    rows: list[Cells] = [{**row, _AGENCY: group.title} for group in table.groups for row in group.rows]
    return replace(_renamed(table), groups=(Group("", "", tuple(rows)),))


def _with_most_first(table: Table, key: str) -> Table:
    """The rows that have something in a column."""
    rows = sorted((row for row in table.rows if row[key]), key=lambda row: -Fraction(str(row[key])))
    return replace(table, groups=(Group("", "", tuple(rows)),))


def _without_place(table: Table) -> Table:
    name, *others = table.columns
    short = short_names(column.title for column in others)
    columns = (name, *(replace(column, title=short[column.title]) for column in others))
    return with_short_names(replace(table, columns=columns), name.key)
