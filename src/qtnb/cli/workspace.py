"""Commands that make files: ``init`` and ``new``."""

# Without deferred annotations: typer would evaluate 200 of them from text at each start (5 ms).

import sys
from pathlib import Path
from typing import Annotated

import typer

from qtnb.cli.app import app, finish
from qtnb.cli_help import VietnameseCommand
from qtnb.scaffold.new_file import NewKind


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
    finish(run_init(InitOptions(folder, agency_of(given, ask))))


@app.command("new", cls=VietnameseCommand, help="Tạo tệp quy trình, kế hoạch hoặc biểu thống kê theo biểu mẫu.")
def _new(
    kind: Annotated[NewKind, typer.Argument(metavar="cv|lt|kh|tk", help="Loại tệp.")],
    ten: Annotated[str, typer.Argument(metavar="TEN", help="Tên quy trình, kế hoạch hoặc biểu.")],
    kho: Annotated[Path, typer.Option(help="Thư mục của kho.")] = Path(),
    thu_muc: Annotated[str, typer.Option(help="Thư mục con trong quy-trinh/.")] = "",
) -> None:
    from qtnb.commands.new import NewOptions, run_new

    finish(run_new(NewOptions(kind, ten, kho, thu_muc, Path.cwd())))


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default))
