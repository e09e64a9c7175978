"""Commands that number, list and print procedures: ``number``, ``list`` and ``render``."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import datetime as dt
import sys
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
    colors,
    finish,
    paint_of,
    paths_of,
    report_options,
    terminal_width,
)
from qtnb.cli_help import VietnameseCommand
from qtnb.commands.outcome import ListFormat, OutputFormat, ReportOptions
from qtnb.progress import TerminalProgress


@app.command("number", cls=VietnameseCommand, help="Cấp ký hiệu CV-, LT- cho quy trình chưa có.")
def _number(
    paths: Paths = None,
    check: Annotated[bool, typer.Option("--check", help="Chỉ báo, không ghi vào tệp.")] = False,
    resolve: Annotated[
        bool,
        typer.Option("--resolve", help="Sau khi gộp nhánh: hợp nhất sổ đăng ký, cấp số khác cho dự thảo trùng số."),
    ] = False,
    output_format: Format = OutputFormat.TEXT,
    output_files: OutputFiles = None,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.number import NumberOptions, run_number

    report = report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    options = NumberOptions(paths_of(paths), Path.cwd(), check, report)
    with TerminalProgress() as progress:
        if resolve:
            from qtnb.commands.resolve import run_resolve
            from qtnb.commands.witness import git_witness

            outcome = run_resolve(options, git_witness, progress)
        else:
            outcome = run_number(options, progress)
    finish(outcome)


@app.command("list", cls=VietnameseCommand, help="Xem danh mục quy trình.")
def _list(
    paths: Paths = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="Dạng in: text hoặc json.")] = ListFormat.TEXT,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.listing import ListOptions, run_list

    color = colors(no_color=no_color)
    today = dt.date.today()  # noqa: DTZ011 - the office's own day
    width, on_terminal = terminal_width(), sys.stdout.isatty()
    with TerminalProgress() as progress:
        options = ListOptions(paths_of(paths), Path.cwd(), output_format, width, color, on_terminal, today)
        outcome = run_list(options, progress)
    finish(outcome)


@app.command("render", cls=VietnameseCommand, help="In quyết định và phụ lục thành tệp Word (và PDF).")
def _render(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DECISION", help="Tệp quyết định, kho hoặc thư mục; không ghi là thư mục này."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT", help="Thư mục ghi văn bản; không ghi là van-ban của kho."),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="In thêm bản PDF bằng LibreOffice.")] = False,
    ban: Annotated[
        str, typer.Option("--ban", metavar="REVISION", help="Tên bản của kho (mã commit, thẻ) ghi ẩn vào văn bản.")
    ] = "",
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.render import RenderOptions, run_render

    report = ReportOptions(quiet=quiet, paint=paint_of(no_color=no_color))
    with TerminalProgress() as progress:
        outcome = run_render(RenderOptions(paths_of(paths), out, pdf, ban, Path.cwd(), report), progress)
    finish(outcome)
