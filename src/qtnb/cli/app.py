"""The program itself, and what its commands declare and do alike."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from qtnb import __version__
from qtnb.cli_help import VietnameseGroup
from qtnb.commands.outcome import Outcome, OutFile, OutputFormat, ReportOptions
from qtnb.report.text import Paint, plain

app = typer.Typer(
    cls=VietnameseGroup,
    help="Quy trình giải quyết công việc nội bộ: viết bằng YAML, kiểm tra như mã nguồn, in thành quyết định.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Tệp, kho, hoặc thư mục chứa nhiều kho; không ghi là thư mục này."),
]
Format = Annotated[
    OutputFormat,
    typer.Option("--format", help="Dạng in kết quả: text, json, github, gitlab, sarif, junit hoặc markdown."),
]
OutputFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--output-file",
        metavar="FORMAT=FILE",
        help="Ghi thêm kết quả vào tệp, ví dụ sarif=qtnb.sarif; dùng được nhiều lần.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Coi cảnh báo như lỗi khi trả mã thoát.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="In ngắn gọn.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Không in màu (cũng như đặt biến NO_COLOR).")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qtnb {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản.")
    ] = False,
) -> None:
    pass


def finish(outcome: Outcome) -> None:
    """Write files and output, and end the command with its exit code."""
    if outcome.files:
        _write(outcome.files)
    sys.stdout.write(outcome.out)
    sys.stdout.flush()
    sys.stderr.write(outcome.err)
    raise typer.Exit(outcome.exit_code)


def _write(files: tuple[OutFile, ...]) -> None:
    from qtnb.files import append, write_whole

    for file in files:
        write = append if file.append else write_whole
        write(file.path, file.text.encode("utf-8", "backslashreplace"))


def report_options(
    output_format: OutputFormat, output_files: list[str] | None, *, strict: bool, quiet: bool, no_color: bool
) -> ReportOptions:
    """How a checking command reports, from its options and the environment."""
    from qtnb.commands.outputs import output_files_of

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    return ReportOptions(
        output_format,
        strict,
        quiet,
        paint_of(no_color=no_color),
        output_files_of(output_files or ()),
        Path(summary) if summary else None,
    )


def paths_of(paths: list[Path] | None) -> tuple[Path, ...]:
    """The paths asked for; the working directory when there are none."""
    return tuple(paths or [Path()])


def terminal_width() -> int:
    """Columns of the terminal; wide for a pipe, so that names stay on one line, and for one that does not know."""
    try:
        columns = os.get_terminal_size().columns
    except OSError:
        columns = 0
    return columns or 160


def colors(*, no_color: bool) -> bool:
    """Whether standard output takes colours."""
    return not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def paint_of(*, no_color: bool) -> Paint:
    """The painter for standard output."""
    if not colors(no_color=no_color):
        return plain
    from qtnb.report.color import paint

    return paint
