"""The command line: declares options, calls one function for each command, prints what it gets back."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import datetime as dt
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qtnb import __version__
from qtnb.cli_help import UsageError, VietnameseCommand, VietnameseGroup, asks_for_help, usage_message
from qtnb.commands.outcome import ListFormat, Outcome, OutFile, OutputFormat, ReportOptions
from qtnb.errors import QtnbError
from qtnb.progress import TerminalProgress
from qtnb.report.text import Paint, plain
from qtnb.scaffold.procedure import ProcedureKind
from qtnb.schema import SchemaName, schema_text

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


@app.command("init", cls=VietnameseCommand, help="Tạo một kho mới, kiểm tra và in được ngay.")
def _init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục của kho mới.")],
    ten: Annotated[str, typer.Option(help="Tên đầy đủ của cơ quan.")] = "",
    ten_ban_hanh: Annotated[str, typer.Option(help="Tên in ở đầu văn bản; không ghi thì lấy từ tên.")] = "",
    chu_quan: Annotated[str, typer.Option(help="Cơ quan chủ quản; UBND các cấp không có.")] = "",
    viet_tat: Annotated[str, typer.Option(help="Chữ viết tắt trong số, ký hiệu.")] = "",
    cap: Annotated[str, typer.Option(help="Cấp: tinh, so, huyen hoặc xa.")] = "",
    dia_danh: Annotated[str, typer.Option(help="Địa danh ghi trước ngày tháng.")] = "",
    nguoi_dung_dau: Annotated[str, typer.Option(help="Chức vụ người đứng đầu.")] = "",
) -> None:
    from qtnb.commands.init import InitOptions, agency_of, run_init

    given = {
        "ten": ten,
        "ten_ban_hanh": ten_ban_hanh,
        "chu_quan": chu_quan,
        "viet_tat": viet_tat,
        "cap": cap,
        "dia_danh": dia_danh,
        "nguoi_dung_dau": nguoi_dung_dau,
    }
    ask = _ask if sys.stdin.isatty() and not ten else None
    _finish(run_init(InitOptions(folder, agency_of(given, ask))))


@app.command("new", cls=VietnameseCommand, help="Tạo tệp quy trình mới theo biểu mẫu; khóa đặt theo tên.")
def _new(
    kind: Annotated[ProcedureKind, typer.Argument(metavar="cv|lt", help="Loại quy trình.")],
    ten: Annotated[str, typer.Argument(metavar="TEN", help="Tên quy trình.")],
    kho: Annotated[Path, typer.Option(help="Thư mục của kho.")] = Path(),
    thu_muc: Annotated[str, typer.Option(help="Thư mục con trong quy-trinh/.")] = "",
) -> None:
    from qtnb.commands.new import NewOptions, run_new

    _finish(run_new(NewOptions(kind, ten, kho, thu_muc, Path.cwd())))


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

    report = _report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    with TerminalProgress() as progress:
        outcome = run_validate(ValidateOptions(_paths(paths), Path.cwd(), report), progress)
    _finish(outcome)


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
    run = LintRun(_paths(paths), Path.cwd(), selection, dt.date.today(), cache, baseline, write_baseline is None)  # noqa: DTZ011 - the office's own day
    report = _report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    repairing = Repairing.DIFF if diff else Repairing.FIX if fix else Repairing.NONE
    with TerminalProgress() as progress:
        if write_baseline is not None:
            outcome = run_write_baseline(
                BaselineOptions(run, write_baseline, ly_do, day_of(den_ngay), report), progress
            )
        else:
            outcome = run_lint(LintOptions(run, report, repairing, unsafe), progress)
    _finish(outcome)


@app.command("number", cls=VietnameseCommand, help="Cấp ký hiệu CV-, LT- cho quy trình chưa có.")
def _number(
    paths: Paths = None,
    check: Annotated[bool, typer.Option("--check", help="Chỉ báo, không ghi vào tệp.")] = False,
    output_format: Format = OutputFormat.TEXT,
    output_files: OutputFiles = None,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.number import NumberOptions, run_number

    report = _report_options(output_format, output_files, strict=strict, quiet=quiet, no_color=no_color)
    with TerminalProgress() as progress:
        outcome = run_number(NumberOptions(_paths(paths), Path.cwd(), check, report), progress)
    _finish(outcome)


@app.command("list", cls=VietnameseCommand, help="Xem danh mục quy trình.")
def _list(
    paths: Paths = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="Dạng in: text hoặc json.")] = ListFormat.TEXT,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.listing import ListOptions, run_list

    color = _colors(no_color=no_color)
    width = _width()
    with TerminalProgress() as progress:
        outcome = run_list(
            ListOptions(_paths(paths), Path.cwd(), output_format, width, color, sys.stdout.isatty()), progress
        )
    _finish(outcome)


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
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.render import RenderOptions, run_render

    report = ReportOptions(quiet=quiet, paint=_paint(no_color=no_color))
    with TerminalProgress() as progress:
        outcome = run_render(RenderOptions(_paths(paths), out, pdf, Path.cwd(), report), progress)
    _finish(outcome)


@app.command("explain", cls=VietnameseCommand, help="Giải thích một quy tắc; không ghi RULE là xem danh sách.")
def _explain(
    name: Annotated[str, typer.Argument(metavar="RULE", help="Mã trong ngoặc vuông ở cuối thông báo, hoặc nhóm.")] = "",
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.explain import ExplainOptions, run_explain

    _finish(run_explain(ExplainOptions(name, _paint(no_color=no_color))))


@app.command("schema", cls=VietnameseCommand, help="In lược đồ JSON Schema của một loại tệp.")
def _schema(
    name: Annotated[
        SchemaName, typer.Argument(metavar="NAME", help="Loại tệp: kho, cv, lt, qd, ngoai-le hoặc van-ban.")
    ],
) -> None:
    _finish(Outcome(schema_text(name)))


def main() -> NoReturn:
    """Run the program; the exit code is that of cli.md."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    # Nothing is left to clean up; taking the interpreter apart costs a tenth of a short run.
    os._exit(code)


def run() -> int:
    """Run the program on ``sys.argv``; what it returns is the exit code."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except QtnbError as error:
        _complain(error.message, error.hint)
        return error.exit_code
    except UsageError as error:
        if asks_for_help(error):
            sys.stdout.write(f"{error}\n")
            return 2
        _complain(usage_message(error), "Xem cách dùng: qtnb --help")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _complain("Đã dừng theo yêu cầu.", "")
        return 130
    except BrokenPipeError:
        # The reader of our output has left; leave quietly, and keep Python from trying again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # What a command reads and writes is reported where it happens; this is its own output.
        _complain(
            f"Không ghi được kết quả: {error.strerror or error}.", "Kiểm tra chỗ trống trên đĩa, nơi nhận kết quả."
        )
        return 3
    except Exception:  # noqa: BLE001 - our own bug: the traceback is the report, the exit code tells CI
        traceback.print_exc()
        _complain("Lỗi bên trong qtnb.", "Gửi đoạn trên cho nhóm phát triển qtnb.")
        return 3
    return code if isinstance(code, int) else 0


def _finish(outcome: Outcome) -> None:
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


def _complain(message: str, hint: str) -> None:
    sys.stderr.write(f"qtnb: {message}\n" + (f"  → {hint}\n" if hint else ""))


def _report_options(
    output_format: OutputFormat, output_files: list[str] | None, *, strict: bool, quiet: bool, no_color: bool
) -> ReportOptions:
    from qtnb.commands.outputs import output_files_of

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    return ReportOptions(
        output_format,
        strict,
        quiet,
        _paint(no_color=no_color),
        output_files_of(output_files or ()),
        Path(summary) if summary else None,
    )


def _paths(paths: list[Path] | None) -> tuple[Path, ...]:
    return tuple(paths or [Path()])


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default))


def _width() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:  # a pipe: wide enough that names stay on one line
        return 160


def _colors(*, no_color: bool) -> bool:
    return not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def _paint(*, no_color: bool) -> Paint:
    if not _colors(no_color=no_color):
        return plain
    from qtnb.report.color import paint

    return paint
