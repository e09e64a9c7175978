"""Commands on what is approved and what has changed since."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from qtnb.cli.app import NoColor, Paths, Quiet, app, colors, finish, paint_of, paths_of, terminal_width
from qtnb.cli_help import VietnameseCommand
from qtnb.commands.outcome import DiffFormat, ListFormat, ReportOptions, TextFormat
from qtnb.progress import TerminalProgress


@app.command("approve", cls=VietnameseCommand, help="Ghi sổ quyết định đã ký: số, ngày, nội dung phê duyệt.")
def _approve(
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="Tệp quyết định, hoặc khóa của nó trong kho này.")
    ],
    so: Annotated[str, typer.Option("--so", metavar="NUMBER", help="Số của quyết định, không kèm ký hiệu.")],
    ngay: Annotated[str, typer.Option("--ngay", metavar="DATE", help="Ngày ký, dạng năm-tháng-ngày.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ cho xem những gì sẽ ghi; với -q chỉ trả mã thoát.")
    ] = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.approve import ApproveOptions, run_approve

    report = ReportOptions(quiet=quiet, paint=paint_of(no_color=no_color))
    today = dt.date.today()  # noqa: DTZ011 - the office's own day
    with TerminalProgress() as progress:
        outcome = run_approve(ApproveOptions(decision, so, ngay, dry_run, Path.cwd(), today, report), progress)
    finish(outcome)


@app.command("diff", cls=VietnameseCommand, help="So sánh hai bản của kho theo nội dung, không theo dòng.")
def _diff(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="[OLD]",
            help="Bản cũ: tên trong git (v1, HEAD~2, v1:THƯ_MỤC), thư mục, da-phe-duyet, hoặc khóa quyết định đã ghi "
            "sổ; không ghi là bản đã phê duyệt, chưa có thì HEAD.",
        ),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="Bản mới, viết như bản cũ; không ghi là kho đang soạn.")
    ] = None,
    kho: Annotated[Path | None, typer.Option("--kho", metavar="PATH", help="Kho; không ghi là kho ở đây.")] = None,
    output_format: Annotated[
        DiffFormat, typer.Option("--format", help="Dạng in: text, json, markdown hoặc docx.")
    ] = DiffFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Ghi vào tệp; bắt buộc với docx và --redline.")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Trả mã thoát 1 khi có thay đổi.")] = False,
    ly_do: Annotated[
        str, typer.Option("--ly-do", metavar="TEXT", help="Lý do trong bảng docx cho quy trình không ghi ly_do.")
    ] = "",
    redline: Annotated[
        bool, typer.Option("--redline", help="Ghi quyết định dạng Word, thay đổi được đánh dấu (Track Changes).")
    ] = False,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="KEY", help="Quyết định của bản mới để đánh dấu.")
    ] = None,
    author: Annotated[str, typer.Option("--author", metavar="TEXT", help="Người sửa, ghi ở các đánh dấu.")] = "",
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="Ngày sửa, ghi ở các đánh dấu.")] = "",
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.sides.loading import SidesAsked

    asked = SidesAsked(old, new, kho, Path.cwd())
    with TerminalProgress() as progress:
        if redline:
            from qtnb.commands.redline import RedlineWords, redline_options, run_redline

            formatted = output_format is not DiffFormat.TEXT
            others = {"--format": formatted, "--exit-code": exit_code, "--ly-do": bool(ly_do)}
            words = RedlineWords(out, author, date, decision)
            outcome = run_redline(redline_options(asked, words, others, quiet=quiet), progress)
        else:
            from qtnb.commands.diff import DiffOptions, refuse_without_redline, run_diff

            refuse_without_redline(author, date, decision)
            paint, width = paint_of(no_color=no_color), terminal_width()
            options = DiffOptions(asked, output_format, out, exit_code, ly_do, quiet, width, paint)
            outcome = run_diff(options, progress)
    finish(outcome)


@app.command("verify", cls=VietnameseCommand, help="Xét một tệp Word: có đúng bản đã in, đã phê duyệt không.")
def _verify(
    document: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp .docx cần xét.")],
    kho: Annotated[
        Path | None,
        typer.Option("--kho", metavar="PATH", help="Kho mà sổ phải ghi quyết định này; không ghi là kho ở đây."),
    ] = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="Dạng in: text hoặc json.")] = ListFormat.TEXT,
) -> None:
    from qtnb.commands.verify import VerifyOptions, run_verify

    finish(run_verify(VerifyOptions(document, kho, Path.cwd(), output_format)))


@app.command("simplify-report", cls=VietnameseCommand, help="Báo cáo số bước, thời gian đã cắt giảm so với một mốc.")
def _simplify_report(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="STATE",
            help="Mốc: khóa quyết định đã ghi sổ (bản có hiệu lực ngay sau quyết định đó), tên trong git, thư mục.",
        ),
    ],
    paths: Paths = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="STATE", help="Bản sau, viết như mốc, hoặc da-phe-duyet; không ghi là kho này."
        ),
    ] = None,
    ngay: Annotated[str, typer.Option("--ngay", metavar="DATE", help="Ngày của báo cáo; không ghi là hôm nay.")] = "",
    output_format: Annotated[
        TextFormat | None, typer.Option("--format", help="Dạng in ra: text, json hoặc markdown.")
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "-o",
            metavar="FILE",
            help="Ghi ra tệp .docx, .xlsx, .json, hoặc csv=THƯ_MỤC, parquet=THƯ_MỤC; dùng được nhiều lần.",
        ),
    ] = None,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.rollup_options import day_option
    from qtnb.commands.simplify import SimplifyOptions, run_simplify
    from qtnb.commands.table_outputs import table_outputs_of

    options = SimplifyOptions(
        paths_of(paths),
        since,
        until,
        Path.cwd(),
        day_option(ngay) or dt.date.today(),  # noqa: DTZ011 - the office's own day
        output_format,
        table_outputs_of(outputs or (), word=True),
        terminal_width(),
        colors(no_color=no_color),
    )
    with TerminalProgress() as progress:
        outcome = run_simplify(options, progress)
    finish(outcome)


@app.command("log", cls=VietnameseCommand, help="Xem một quy trình qua các quyết định: phê duyệt gì, đã sửa gì.")
def _log(
    name: Annotated[str, typer.Argument(metavar="KEY", help="Khóa hoặc ký hiệu của quy trình, kể cả đã bãi bỏ.")],
    kho: Annotated[Path | None, typer.Option("--kho", metavar="PATH", help="Kho; không ghi là kho ở đây.")] = None,
    output_format: Annotated[
        TextFormat, typer.Option("--format", help="Dạng in ra: text, json hoặc markdown.")
    ] = TextFormat.TEXT,
    git: Annotated[bool, typer.Option("--git", help="Kể cả các lần lưu tệp vào git.")] = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.log import LogOptions, run_log

    paint = paint_of(no_color=no_color)
    finish(run_log(LogOptions(name, kho, Path.cwd(), git, output_format, terminal_width(), paint)))
