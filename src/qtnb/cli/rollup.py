"""Commands over many kho: ``aggregate`` and ``plan``."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer

from qtnb.cli.app import NoColor, Paths, Quiet, Strict, app, colors, finish, paint_of, paths_of, terminal_width
from qtnb.cli_help import VietnameseCommand
from qtnb.progress import TerminalProgress

RollUpPaths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Kho, thư mục chứa nhiều kho, hoặc tệp tổng hợp; không ghi là thư mục này."),
]


@app.command("aggregate", cls=VietnameseCommand, help="Tổng hợp số liệu của nhiều kho, nhiều tệp tổng hợp.")
def _aggregate(
    paths: RollUpPaths = None,
    ke_hoach: Annotated[
        Path | None,
        typer.Option("--ke-hoach", metavar="FILE", help="Tệp các ngày, hạn; không ghi là tong-hop.yaml ở PATH."),
    ] = None,
    ngay: Annotated[str, typer.Option("--ngay", metavar="DATE", help="Tính đến ngày này.")] = "",
    tu_ngay: Annotated[str, typer.Option("--tu-ngay", metavar="DATE", help="Thống kê thay đổi từ ngày này.")] = "",
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Dạng in ra: text, json hoặc csv.")
    ] = "",
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="Thêm các bảng theo: cong-viec (công việc chung, đặc thù), don-vi (khối lượng, luân chuyển).",
        ),
    ] = None,
    nhom: Annotated[
        Path | None,
        typer.Option("--nhom", metavar="FILE", help="Tệp các nhóm đã rà soát; không ghi là nhom.yaml ở PATH."),
    ] = None,
    de_xuat_nhom: Annotated[
        Path | None, typer.Option("--de-xuat-nhom", metavar="FILE", help="Ghi đề xuất các nhóm công việc để rà soát.")
    ] = None,
    giai_thich: Annotated[
        tuple[str, str] | None,
        typer.Option("--giai-thich", metavar="NAME NAME", help="Vì sao hai quy trình này cùng nhóm, hay không."),
    ] = None,
    bang: Annotated[list[str] | None, typer.Option("--bang", metavar="TABLE", help="Chỉ lấy bảng này.")] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "-o",
            metavar="FILE",
            help="Ghi ra tệp .docx (báo cáo), .xlsx, .json, hay thư mục csv=, parquet=, bieu-do=; dùng được nhiều lần.",
        ),
    ] = None,
    summary: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", help="Ghi tệp tổng hợp (.json) để gửi lên cấp trên.")
    ] = None,
    lint: Annotated[bool, typer.Option("--lint", help="Đếm kết quả của qtnb lint thay cho qtnb validate.")] = False,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="ADDRESS", help="Tính trên cụm Dask, ví dụ tcp://10.0.0.5:8786.")
    ] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Không dùng kết quả của lần chạy trước.")] = False,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    from qtnb.commands.aggregate import run_aggregate
    from qtnb.commands.rollup_options import AggregateOptions, WorkOptions, by_options, day_option, format_option
    from qtnb.commands.table_outputs import table_outputs_of
    from qtnb.lint.cache import cache_folder

    options = AggregateOptions(
        paths_of(paths),
        Path.cwd(),
        dt.date.today(),  # noqa: DTZ011 - the office's own day
        ke_hoach,
        day_option(ngay),
        day_option(tu_ngay),
        format_option(output_format),
        by_options(by or ()),
        WorkOptions(nhom, de_xuat_nhom, giai_thich),
        tuple(bang or ()),
        table_outputs_of(outputs or (), word=True, charts=True),
        summary,
        lint,
        cluster,
        None if no_cache else cache_folder(os.environ),
        strict,
        quiet,
        paint_of(no_color=no_color),
        terminal_width(),
        colors(no_color=no_color),
    )
    with TerminalProgress() as progress:
        outcome = run_aggregate(options, progress)
    finish(outcome)


@app.command("plan", cls=VietnameseCommand, help="Xem việc đến hạn, quá hạn của các kế hoạch, theo đơn vị.")
def _plan(
    paths: Paths = None,
    den_ngay: Annotated[
        str, typer.Option("--den-ngay", metavar="DATE", help="Tính đến hết ngày này; không ghi là hôm nay.")
    ] = "",
    don_vi: Annotated[
        str, typer.Option("--don-vi", metavar="NAME", help="Chỉ xem việc đơn vị này chủ trì hoặc phối hợp.")
    ] = "",
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Dạng in ra: text, json hoặc markdown.")
    ] = "",
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
    from qtnb.commands.plan import PlanOptions, format_option, run_plan
    from qtnb.commands.rollup_options import day_option
    from qtnb.commands.table_outputs import table_outputs_of

    options = PlanOptions(
        paths_of(paths),
        Path.cwd(),
        dt.date.today(),  # noqa: DTZ011 - the office's own day
        day_option(den_ngay),
        don_vi,
        format_option(output_format),
        table_outputs_of(outputs or (), word=True),
        terminal_width(),
        colors(no_color=no_color),
    )
    with TerminalProgress() as progress:
        outcome = run_plan(options, progress)
    finish(outcome)
