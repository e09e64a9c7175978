"""``qtnb aggregate``: many kho rolled up into tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, assert_never

from qtnb.aggregate.facts import LintCount
from qtnb.aggregate.linting import counts_by_kho
from qtnb.aggregate.plan import KeHoachTongHop, plan_file, read_plan
from qtnb.aggregate.run import Aggregated, AggregateRun, LintKho, Spread, aggregate
from qtnb.aggregate.spread import local_spread
from qtnb.aggregate.standing import When
from qtnb.aggregate.subjects import vietnamese
from qtnb.aggregate.summary import write_summary
from qtnb.commands.outcome import Outcome, exit_code_for
from qtnb.commands.table_outputs import Printable, TableOutput, chosen
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.report.summary import Report, report_of
from qtnb.report.text import Paint, plain, to_text
from qtnb.text import shown

FIRST_SHOWN: Final = ("cap", "so_luong", "tien_do", "linh_vuc_so_luong", "phat_hien")
"""Tables that a person sees who asks for none."""
_ROWS_SHOWN: Final = 20
"""Rows of a group that such a person sees."""


class TableFormat(StrEnum):
    """How tables are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class CountingProgress(Protocol):
    """Told how many files are done, and how many there are."""

    def __call__(self, count: int) -> None:
        """``count`` more files are done."""

    def expect(self, total: int) -> None:
        """There are ``total`` files."""


@dataclass(frozen=True, slots=True)
class AggregateOptions:
    """What the command line asks of ``aggregate``."""

    paths: tuple[Path, ...]
    cwd: Path
    today: dt.date
    ke_hoach: Path | None = None
    """None: ``tong-hop.yaml`` of the folders asked for, if there is one."""
    ngay: dt.date | None = None
    tu_ngay: dt.date | None = None
    output_format: TableFormat | None = None
    """None: text, and with outputs to files only their names."""
    bang: tuple[str, ...] = ()
    outputs: tuple[TableOutput, ...] = ()
    summary: Path | None = None
    lint: bool = False
    cluster: str = ""
    """Address of a Dask scheduler; empty: the processors of this machine."""
    cache: Path | None = None
    strict: bool = False
    quiet: bool = False
    paint: Paint = plain
    width: int = 160
    color: bool = False


def run_aggregate(options: AggregateOptions, progress: CountingProgress) -> Outcome:
    """Roll up, write the files asked for, and print.

    Raises QtnbError for paths that lead nowhere, unknown tables, and files that cannot be written.
    """
    plan, problems = _plan(options)
    when = plan.when(options.ngay, options.tu_ngay, options.today)
    run = AggregateRun(
        options.paths,
        options.cwd,
        when,
        plan.phai_gui,
        options.cache,
        _spread(options.cluster),
        _lint(options, progress) if options.lint else None,
        signed=options.summary is not None,
    )
    done = aggregate(run, progress, progress.expect)
    report = report_of([*problems, *done.findings], done.files)
    tables = chosen(done.tables, options.bang)
    agency = plan.co_quan.ten if plan.co_quan else ""
    note = f"Số liệu đến {vietnamese(when.ngay)}"
    what = Printable(tables, "Tổng hợp quy trình", agency, note, lambda: _document(done, what, when, report))
    if options.output_format is TableFormat.CSV and len(tables) != 1:
        message = f"--format csv in một bảng, ở đây có {len(tables)} bảng."
        raise QtnbError(message, hint="Chọn một bảng bằng --bang, hoặc ghi mọi bảng bằng -o csv=THƯ_MỤC.", exit_code=2)
    written = [path for output in options.outputs for path in output.write(output.path, what)]
    if options.summary:
        write_summary(options.summary, done.kho)
        written.append(options.summary)
    out = _printed(options, what, report, written)
    return Outcome(out, exit_code=exit_code_for(report, strict=options.strict))


def day_option(text: str) -> dt.date | None:
    """The day of an option; None when it is not given. Raises QtnbError for a day that is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"Ngày “{shown(text)}” không đúng dạng."
        raise QtnbError(message, hint="Viết dạng năm-tháng-ngày, ví dụ: 2026-11-22", exit_code=2) from error


def format_option(text: str) -> TableFormat | None:
    """The format asked for; None when none is. Raises QtnbError for a format that is none."""
    if not text or text in set(TableFormat):
        return TableFormat(text) if text else None
    hint = f"Các dạng: {', '.join(TableFormat)}."
    raise QtnbError(f"Không có dạng in “{shown(text)}”.", hint=hint, exit_code=2)


def _plan(options: AggregateOptions) -> tuple[KeHoachTongHop, Sequence[Finding]]:
    path = options.ke_hoach or plan_file(options.paths)
    return read_plan(path, options.cwd) if path else (KeHoachTongHop(), ())


def _spread(cluster: str) -> Spread:
    if not cluster:
        return local_spread
    from qtnb.aggregate.cluster import cluster_spread

    return lambda: cluster_spread(cluster)


def _lint(options: AggregateOptions, progress: CountingProgress) -> LintKho:
    from qtnb.lint.run import LintRun, lint
    from qtnb.lint.settings import Selection
    from qtnb.rules import RULES

    def lint_kho(kho: Sequence[Path]) -> Mapping[Path, Sequence[LintCount]]:
        run = LintRun(tuple(kho), options.cwd, Selection(), options.today, options.cache)
        return counts_by_kho(lint(run, RULES, progress).findings, kho, options.cwd)

    return lint_kho


def _printed(options: AggregateOptions, what: Printable, report: Report, written: Sequence[Path]) -> str:
    match options.output_format:
        case TableFormat.JSON:
            return what.document()
        case TableFormat.CSV:
            from qtnb.tabular.csv import csv_text

            return csv_text(what.tables[0])
        case None if written:
            names = "".join(f"{path}\n" for path in written)
            return names + _findings(report, options)
        case TableFormat.TEXT | None:
            return _tables(options, what) + _findings(report, options)
        case _:
            assert_never(options.output_format)


def _tables(options: AggregateOptions, what: Printable) -> str:
    from qtnb.tabular.terminal import Screen, terminal_text

    first = [table for table in what.tables if options.bang or table.key in FIRST_SHOWN]
    screen = Screen(options.width, options.color, None if options.bang else _ROWS_SHOWN)
    others = [table.key for table in what.tables if table not in first]
    more = f"Còn các bảng: {', '.join(others)}. Xem trọn một bảng: --bang TÊN; ghi mọi bảng: -o FILE.xlsx.\n\n"
    return "".join(f"{terminal_text(table, screen)}\n" for table in first) + (more if others else "")


def _findings(report: Report, options: AggregateOptions) -> str:
    return to_text(report, lambda _path, _line: "", options.paint, quiet=options.quiet)


def _document(done: Aggregated, what: Printable, when: When, report: Report) -> str:
    from qtnb.report.json import to_json
    from qtnb.tabular.flat import plain as plain_value
    from qtnb.tabular.json import tables_data

    told = json.loads(to_json(report))
    document = {
        "version": 1,
        "ngay": when.ngay.isoformat(),
        "tu_ngay": when.tu_ngay.isoformat() if when.tu_ngay else None,
        "tong": {key: plain_value(value) for key, value in done.tong.items()},
        "bang": tables_data(what.tables),
        "hong": list(done.hong),
        "findings": told["findings"],
        "summary": told["summary"],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
