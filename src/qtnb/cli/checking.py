"""Commands that check and explain: ``validate``, ``lint``, ``explain`` and ``schema``."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer

from qtnb.cli.app import (
    Format,
    NoColor,
    OutputFiles,
    Paths,
    Quiet,
    Strict,
    app,
    finish,
    paint_of,
    paths_of,
    report_options,
)
from qtnb.cli_help import VietnameseCommand
from qtnb.commands.outcome import Outcome, OutputFormat
from qtnb.progress import TerminalProgress
from qtnb.schema import SchemaName, schema_text


@app.command("validate", cls=VietnameseCommand, help="Kiểm tra cú pháp, biểu mẫu và liên kết giữa các tệp.")
def _validate(
    paths: Paths = None,
    output_format: Format = OutputFormat.TEXT,
    output_files: OutputFiles = None,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.validate import ValidateOptions, run_validate

    report = report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    with TerminalProgress() as progress:
        outcome = run_validate(ValidateOptions(paths_of(paths), Path.cwd(), report), progress)
    finish(outcome)


@app.command("lint", cls=VietnameseCommand, help="Kiểm tra như validate và theo các quy tắc chất lượng.")
def _lint(
    paths: Paths = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Chỉ dùng quy tắc hoặc nhóm này.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="Không dùng quy tắc hoặc nhóm này.")
    ] = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Xét hiệu lực văn bản tại ngày này.")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Sửa những chỗ chắc chắn, ghi vào tệp.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Chỉ cho xem những chỗ sẽ sửa.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe-fixes", help="Sửa cả những chỗ cần người xem lại.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Tệp ngoại lệ; không ghi là ngoai-le.yaml của kho."),
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="Ghi các kết quả hiện có thành ngoại lệ.")
    ] = None,
    ly_do: Annotated[str, typer.Option("--ly-do", metavar="TEXT", help="Lý do của các ngoại lệ được ghi.")] = "",
    den_ngay: Annotated[str, typer.Option("--den-ngay", metavar="DATE", help="Ngày cuối của các ngoại lệ.")] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Không dùng kết quả của lần chạy trước.")] = False,
    output_format: Format = OutputFormat.TEXT,
    output_files: OutputFiles = None,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.lint import BaselineOptions, LintOptions, Repairing, day_of, run_lint, run_write_baseline
    from qtnb.lint.cache import cache_folder
    from qtnb.lint.run import LintRun
    from qtnb.lint.settings import selection_of

    selection = selection_of(select or (), ignore or (), as_of)
    cache = None if no_cache else cache_folder(os.environ)
    run = LintRun(paths_of(paths), Path.cwd(), selection, dt.date.today(), cache, baseline, write_baseline is None)  # noqa: DTZ011 - the office's own day
    report = report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    repairing = Repairing.DIFF if diff else Repairing.FIX if fix else Repairing.NONE
    with TerminalProgress() as progress:
        if write_baseline is not None:
            outcome = run_write_baseline(
                BaselineOptions(run, write_baseline, ly_do, day_of(den_ngay), report), progress
            )
        else:
            outcome = run_lint(LintOptions(run, report, repairing, unsafe), progress)
    finish(outcome)


@app.command("explain", cls=VietnameseCommand, help="Giải thích một quy tắc; không ghi RULE là xem danh sách.")
def _explain(
    name: Annotated[str, typer.Argument(metavar="RULE", help="Mã trong ngoặc vuông ở cuối thông báo, hoặc nhóm.")] = "",
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.explain import ExplainOptions, run_explain

    finish(run_explain(ExplainOptions(name, paint_of(no_color=no_color))))


@app.command("schema", cls=VietnameseCommand, help="In lược đồ JSON Schema của một loại tệp.")
def _schema(
    name: Annotated[
        SchemaName, typer.Argument(metavar="NAME", help="Loại tệp: kho, cv, lt, qd, kh, tk, ngoai-le, van-ban …")
    ],
) -> None:
    finish(Outcome(schema_text(name)))
