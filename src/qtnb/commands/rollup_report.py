"""The report of a roll-up as a Word document, with its charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qtnb.aggregate.plan import PLAN_FILE, KeHoachTongHop
from qtnb.aggregate.run import Aggregated
from qtnb.aggregate.standing import When
from qtnb.commands.loads import is_printed
from qtnb.commands.works import MEMBERS, PARTICULAR, Works
from qtnb.commands.works import TABLES as WORKS
from qtnb.errors import QtnbError
from qtnb.finding import Finding, Severity
from qtnb.model import CoQuan
from qtnb.resources import data_folder
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Column, Kind, Table

_UNPRINTED: Final = {"co_quan", "khoa"}
"""Columns of particular work."""
_NUMBERS: Final = (Kind.COUNT, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class RollUp:
    """A finished roll-up, and what it was measured by."""

    plan: KeHoachTongHop
    goc: Path
    """The folder of ``tong-hop.yaml``, whose ``mau/`` may have the office's own template."""
    when: When
    done: Aggregated
    works: Works | None
    """None: nobody asked for common and particular work."""
    loads: tuple[Table, ...] = ()
    """The tables of responsibility and load; empty: nobody asked for them."""
    named: bool = False
    """Whether the tables to write were named, and not simply all."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in the order of the report."""
        return (*self.done.tables, *(self.works.tables if self.works else ()), *self.loads)


def need_for_report(plan: KeHoachTongHop, problems: Sequence[Finding]) -> None:
    """Raise QtnbError when a report cannot be written: its data have ``problems``, or a library is missing."""
    from qtnb.tabular.canvas import drawing

    if any(finding.severity is Severity.ERROR for finding in problems):
        message = f"Tệp {PLAN_FILE} có lỗi, nên không ghi được báo cáo Word."
        raise QtnbError(message, hint="Xem lỗi bằng cùng lệnh này, bỏ -o có tệp .docx.")
    _reporter(plan)
    with drawing():
        pass


def _reporter(plan: KeHoachTongHop) -> CoQuan:
    if plan.co_quan is None:
        hint = f"Ghi khóa co_quan vào {PLAN_FILE}; xem các khóa bằng lệnh: qtnb schema tong-hop"
        raise QtnbError("Chưa rõ cơ quan lập báo cáo, nên không ghi được báo cáo Word.", hint=hint, exit_code=2)
    return plan.co_quan


def charts(rolled: RollUp) -> list[Picture]:
    """The charts. Raises QtnbError when matplotlib is not installed."""
    from qtnb.aggregate.charts import charts_of
    from qtnb.aggregate.load.charts import load_charts

    loads = load_charts({table.key: table for table in rolled.loads}) if rolled.loads else []
    return [*charts_of({table.key: table for table in rolled.done.tables}, rolled.when), *loads]


def write_rollup_report(path: Path, rolled: RollUp, tables: Sequence[Table], pictures: Sequence[Picture]) -> None:
    """Write the report with ``tables`` and ``pictures`` as its appendices.

    Raises QtnbError for a broken template, or when ``path`` cannot be written.
    """
    from qtnb.aggregate.reporting.body import report_of
    from qtnb.aggregate.reporting.told import CHARTS, Told
    from qtnb.render import TemplateStore
    from qtnb.render.report import write_report
    from qtnb.words.reporting import appendix_labels

    printed = _for_print(tables, named=rolled.named)
    keys = [*(table.key for table in printed), *([CHARTS] if pictures else [])]
    told = Told(
        rolled.plan,
        _reporter(rolled.plan),
        rolled.when,
        rolled.done.tong,
        {table.key: table for table in rolled.tables},
        rolled.done.kho,
        rolled.done.findings,
        rolled.works.grouping if rolled.works else None,
        dict(zip(keys, appendix_labels(len(keys)), strict=True)),
    )
    report = report_of(told, printed, pictures)
    write_report(path, report, TemplateStore(data_folder("templates")), rolled.goc)


def _for_print(tables: Sequence[Table], *, named: bool) -> list[Table]:
    """Tables without those that say nothing, and those that fill hundreds of pages, as the members of common works do.

    Of tables that were ``named`` all with rows are printed. What only a program needs, and what the head of a group
    says already, is left out too.
    """
    return [
        replace(table, columns=tuple(_filled(table))) if table.key in WORKS else table
        for table in tables
        if table.rows and (named or (table.key != MEMBERS and is_printed(table) and _says_something(table)))
    ]


def _says_something(table: Table) -> bool:
    """Whether a table of figures has others than zeros."""
    numbers = [row.get(column.key) for row in table.rows for column in table.columns if column.kind in _NUMBERS]
    counted = [number for number in numbers if number is not None]
    return any(counted) or not counted


def _filled(table: Table) -> Iterator[Column]:
    """The columns in which some row of a table of works has something."""
    for column in table.columns:
        told = table.key == PARTICULAR and column.key in _UNPRINTED
        if not told and any(row.get(column.key) not in {None, ""} for row in table.rows):
            yield column
