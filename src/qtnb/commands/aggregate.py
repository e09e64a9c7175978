"""``qtnb aggregate``: many kho rolled up into tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol, assert_never

from qtnb.aggregate.facts import LintCount
from qtnb.aggregate.linting import counts_by_kho
from qtnb.aggregate.plan import KeHoachTongHop, plan_file, read_plan
from qtnb.aggregate.run import Aggregated, AggregateRun, LintKho, Spread, aggregate
from qtnb.aggregate.spread import local_spread
from qtnb.aggregate.subjects import vietnamese
from qtnb.aggregate.summary import write_summary
from qtnb.commands.loads import FIRST_SHOWN as FIRST_LOADS
from qtnb.commands.loads import TABLES as LOAD_TABLES
from qtnb.commands.loads import loads_for
from qtnb.commands.outcome import Outcome, exit_code_for
from qtnb.commands.rollup_options import AggregateOptions, By, TableFormat, WorkOptions, refuse_what_cannot_be
from qtnb.commands.rollup_report import RollUp, charts, write_rollup_report
from qtnb.commands.table_outputs import Printable, chosen
from qtnb.commands.works import COMMON, Works, explanation, nhom_file, works_of, write_proposal
from qtnb.commands.works import TABLES as WORK_TABLES
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.report.summary import Report, report_of
from qtnb.report.text import to_text
from qtnb.tabular.table import Table

FIRST_SHOWN: Final = ("cap", "so_luong", "tien_do", "linh_vuc_so_luong", "phat_hien")
"""Tables that a person sees who asks for none."""
_ROWS_SHOWN: Final = 10
"""Rows of a group that such a person sees."""
_GROUPS_SHOWN: Final = 5
"""Groups of a table that such a person sees at all."""


class CountingProgress(Protocol):
    """Told how many files are done, and how many there are."""

    def __call__(self, count: int) -> None:
        """``count`` more files are done."""

    def expect(self, total: int) -> None:
        """There are ``total`` files."""


def run_aggregate(options: AggregateOptions, progress: CountingProgress) -> Outcome:
    """Roll up, write the files asked for, and print.

    Raises QtnbError for paths that lead nowhere, unknown tables, files that cannot be written, and a report
    for which something is missing.
    """
    path, plan, problems = _plan(options)
    refuse_what_cannot_be(options, plan, problems)
    run = _run(options, plan, progress)
    done = aggregate(run, progress, progress.expect)
    works = _works(options, done) if _wants_works(options) else None
    loads = loads_for(done.kho, run.when, options.bang) if _wants_loads(options) else ()
    rolled = RollUp(plan, path.parent if path else options.cwd, run.when, done, works, loads, bool(options.bang))
    report = report_of([*problems, *done.findings, *(works.findings if works else ())], done.files)
    what = _printable(rolled, chosen(rolled.tables, options.bang), report)
    if options.output_format is TableFormat.CSV and len(what.tables) != 1:
        message = f"--format csv in một bảng, ở đây có {len(what.tables)} bảng."
        raise QtnbError(message, hint="Chọn một bảng bằng --bang, hoặc ghi mọi bảng bằng -o csv=THƯ_MỤC.", exit_code=2)
    written = _written(options, what, rolled)
    explained = options.works.giai_thich
    out = explanation(works, *explained) if works and explained else _printed(options, what, report, written)
    return Outcome(out, exit_code=exit_code_for(report, strict=options.strict))


def _plan(options: AggregateOptions) -> tuple[Path | None, KeHoachTongHop, Sequence[Finding]]:
    path = options.ke_hoach or plan_file(options.paths)
    return (path, *read_plan(path, options.cwd)) if path else (None, KeHoachTongHop(), ())


def _wants_works(options: AggregateOptions) -> bool:
    """Grouping takes longer than all else, and is done for those who ask for something of it."""
    named = not set(WORK_TABLES).isdisjoint(options.bang)
    return By.CONG_VIEC in options.by or named or options.works != WorkOptions()


def _wants_loads(options: AggregateOptions) -> bool:
    return By.DON_VI in options.by or not set(LOAD_TABLES).isdisjoint(options.bang)


def _works(options: AggregateOptions, done: Aggregated) -> Works:
    return works_of(done.kho, options.works.nhom or nhom_file(options.paths), options.cwd)


def _printable(rolled: RollUp, tables: tuple[Table, ...], report: Report) -> Printable:
    pictures = cache(lambda: charts(rolled))
    plan, day = rolled.plan, rolled.when.ngay
    what = Printable(
        tables,
        "Tổng hợp quy trình",
        plan.co_quan.ten if plan.co_quan else "",
        f"Số liệu đến {vietnamese(day)}",
        lambda: _document(rolled, what, report),
        lambda path: write_rollup_report(path, rolled, tables, pictures()),
        pictures,
        day,
    )
    return what


def _run(options: AggregateOptions, plan: KeHoachTongHop, progress: CountingProgress) -> AggregateRun:
    return AggregateRun(
        options.paths,
        options.cwd,
        plan.when(options.ngay, options.tu_ngay, options.today),
        plan.phai_gui,
        options.cache,
        _spread(options.cluster),
        _lint(options, progress) if options.lint else None,
        signed=options.summary is not None or _wants_works(options),
    )


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


def _written(options: AggregateOptions, what: Printable, rolled: RollUp) -> list[Path]:
    """Write every file that is asked for, and give back their names in order."""
    written = [file for output in options.outputs for file in output.write(output.path, what)]
    if options.summary:
        write_summary(options.summary, rolled.done.kho)
        written.append(options.summary)
    if rolled.works and options.works.de_xuat:
        write_proposal(options.works.de_xuat, rolled.works)
        written.append(options.works.de_xuat)
    return written


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

    first = [table for table in what.tables if options.bang or _is_first(table)]
    screen = Screen(options.width, options.color, None if options.bang else _ROWS_SHOWN)
    others = [table.key for table in what.tables if table not in first]
    more = f"Còn các bảng: {', '.join(others)}. Xem trọn một bảng: --bang TÊN; ghi mọi bảng: -o FILE.xlsx.\n\n"
    return "".join(f"{terminal_text(table, screen)}\n" for table in first) + (more if others else "")


def _is_first(table: Table) -> bool:
    """Whether a person sees a table who asks for none; some rows of each of 146 groups would be a thousand lines."""
    return table.key in (*FIRST_SHOWN, COMMON, *FIRST_LOADS) and len(table.groups) <= _GROUPS_SHOWN


def _findings(report: Report, options: AggregateOptions) -> str:
    return to_text(report, lambda _path, _line: "", options.paint, quiet=options.quiet)


def _document(rolled: RollUp, what: Printable, report: Report) -> str:
    from qtnb.report.json import to_json
    from qtnb.tabular.flat import plain as plain_value
    from qtnb.tabular.json import tables_data

    told = json.loads(to_json(report))
    when, done = rolled.when, rolled.done
    tong = done.tong | (rolled.works.sums if rolled.works else {})
    document = {
        "version": 1,
        "ngay": when.ngay.isoformat(),
        "tu_ngay": when.tu_ngay.isoformat() if when.tu_ngay else None,
        "tong": {key: plain_value(value) for key, value in tong.items()},
        "bang": tables_data(what.tables),
        "hong": list(done.hong),
        "findings": told["findings"],
        "summary": told["summary"],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
