"""``qtnb aggregate``: many kho rolled up into tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Protocol, assert_never

from qtnb.aggregate.facts import LintCount
from qtnb.aggregate.linting import counts_by_kho
from qtnb.aggregate.plan import KeHoachTongHop, plan_file, read_plan
from qtnb.aggregate.run import Aggregated, AggregateRun, LintKho, Spread, aggregate
from qtnb.aggregate.scope import SUMMARY_ENDING
from qtnb.aggregate.spread import local_spread
from qtnb.aggregate.subjects import vietnamese
from qtnb.aggregate.summary import write_summary
from qtnb.commands.loads import FIRST_SHOWN as FIRST_LOADS
from qtnb.commands.loads import TABLES as LOAD_TABLES
from qtnb.commands.loads import loads_for
from qtnb.commands.outcome import Outcome, exit_code_for
from qtnb.commands.rollup_report import RollUp, charts, need_for_report, write_rollup_report
from qtnb.commands.table_outputs import Printable, TableOutput, chosen
from qtnb.commands.works import COMMON, Works, explanation, nhom_file, refuse_to_overwrite, works_of, write_proposal
from qtnb.commands.works import TABLES as WORK_TABLES
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.report.summary import Report, report_of
from qtnb.report.text import Paint, plain, to_text
from qtnb.tabular.table import Table
from qtnb.text import shown

FIRST_SHOWN: Final = ("cap", "so_luong", "tien_do", "linh_vuc_so_luong", "phat_hien")
"""Tables that a person sees who asks for none."""
_ROWS_SHOWN: Final = 10
"""Rows of a group that such a person sees."""
_GROUPS_SHOWN: Final = 5
"""Groups of a table that such a person sees at all."""


class TableFormat(StrEnum):
    """How tables are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class By(StrEnum):
    """What a roll-up is told by besides agencies, levels and lĩnh vực."""

    CONG_VIEC = "cong-viec"
    """Work common to many agencies, and work particular to one."""
    DON_VI = "don-vi"
    """Responsibility and load of units, and hand-overs between agencies."""


class CountingProgress(Protocol):
    """Told how many files are done, and how many there are."""

    def __call__(self, count: int) -> None:
        """``count`` more files are done."""

    def expect(self, total: int) -> None:
        """There are ``total`` files."""


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """What is asked of common and particular work."""

    nhom: Path | None = None
    """None: ``nhom.yaml`` of the folders asked for, if there is one."""
    de_xuat: Path | None = None
    """Where the proposal is written; None: nowhere."""
    giai_thich: tuple[str, str] | None = None
    """Two procedures, as a person names them; None: nothing is explained."""


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
    by: tuple[By, ...] = ()
    works: WorkOptions = WorkOptions()
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

    Raises QtnbError for paths that lead nowhere, unknown tables, files that cannot be written, and a report
    for which something is missing.
    """
    path, plan, problems = _plan(options)
    _refuse_what_cannot_be(options, plan, problems)
    run = _run(options, plan, progress)
    done = aggregate(run, progress, progress.expect)
    works = _works(options, done) if _wants_works(options) else None
    loads = loads_for(done.kho, run.when, options.bang) if _wants_loads(options) else ()
    rolled = RollUp(plan, path.parent if path else options.cwd, run.when, done, works, loads)
    report = report_of([*problems, *done.findings, *(works.findings if works else ())], done.files)
    what = _printable(rolled, chosen(rolled.tables, options.bang), report)
    if options.output_format is TableFormat.CSV and len(what.tables) != 1:
        message = f"--format csv in một bảng, ở đây có {len(what.tables)} bảng."
        raise QtnbError(message, hint="Chọn một bảng bằng --bang, hoặc ghi mọi bảng bằng -o csv=THƯ_MỤC.", exit_code=2)
    written = _written(options, what, rolled)
    explained = options.works.giai_thich
    out = explanation(works, *explained) if works and explained else _printed(options, what, report, written)
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


def by_options(texts: Sequence[str]) -> tuple[By, ...]:
    """What else a roll-up is told by. Raises QtnbError for what is no such thing."""
    for text in texts:
        if text not in set(By):
            message = f"--by không có “{shown(text)}”."
            raise QtnbError(message, hint=f"Các giá trị: {', '.join(By)}.", exit_code=2)
    return tuple(By(text) for text in texts)


def _plan(options: AggregateOptions) -> tuple[Path | None, KeHoachTongHop, Sequence[Finding]]:
    path = options.ke_hoach or plan_file(options.paths)
    return (path, *read_plan(path, options.cwd)) if path else (None, KeHoachTongHop(), ())


def _refuse_what_cannot_be(options: AggregateOptions, plan: KeHoachTongHop, problems: Sequence[Finding]) -> None:
    """Raise QtnbError before an hour of counting for what would raise it after."""
    if any(output.path.suffix.lower() == ".docx" for output in options.outputs):
        need_for_report(plan, problems)
    if options.works.de_xuat:
        refuse_to_overwrite(options.works.de_xuat)
    if options.summary:
        _refuse_summary(options.summary, options.outputs)


def _refuse_summary(path: Path, outputs: Sequence[TableOutput]) -> None:
    """Raise QtnbError for a name by which the summary would not be found again, or is lost at once."""
    if path.suffix.lower() != SUMMARY_ENDING:
        message = f"Tệp tổng hợp “{shown(path)}” không có đuôi {SUMMARY_ENDING}."
        raise QtnbError(message, hint=f"Đặt tên có đuôi {SUMMARY_ENDING}, ví dụ: tong-hop.json", exit_code=2)
    if any(output.path == path for output in outputs):
        message = f"“{shown(path)}” được nêu cả ở -o và --summary."
        raise QtnbError(message, hint="Ghi mỗi dạng vào một nơi riêng.", exit_code=2)


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
