"""``qtnb list``: the danh mục in the terminal."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qtnb.building import procedures_in_order
from qtnb.check import Checked
from qtnb.commands.outcome import ListFormat, Outcome, exit_code_of
from qtnb.model import QuyTrinhCV, QuyTrinhLT
from qtnb.reading import Progress, shown_path
from qtnb.so_dang_ky.model import MucDangKy, TrangThai
from qtnb.validation import validate

_DATE: Final = len("01/01/2027")
"""Columns of a day, which stays on one line."""


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What the command line asks of ``list``."""

    paths: tuple[Path, ...]
    cwd: Path
    output_format: ListFormat
    width: int
    """Columns of the terminal."""
    color: bool
    on_terminal: bool
    """Whether the table may fill the width."""
    today: dt.date
    """What is in force on this day is listed."""


def run_list(options: ListOptions, progress: Progress) -> Outcome:
    """List the procedures that can be read; the exit code says whether some cannot."""
    validated = validate(options.paths, options.cwd, progress)
    code = exit_code_of(validated)
    listed = [(kho, _asked(kho, set(validated.sources), options.today)) for kho in validated.kho]
    if options.output_format is ListFormat.JSON:
        return Outcome(_json(listed, options), exit_code=code)
    err = "" if code == 0 else "Có tệp sai, danh mục có thể thiếu; xem bằng lệnh: qtnb validate\n"
    return Outcome("\n".join(_table(kho, items, options) for kho, items in listed), err, code)


def _asked(kho: Checked, asked: set[str], today: dt.date) -> list[tuple[QuyTrinhCV | QuyTrinhLT, str]]:
    paths = {source.tep: source.path for source in kho.quy_trinh}
    return [(item, paths[item.tep]) for item in procedures_in_order(kho, today) if paths[item.tep] in asked]


def _table(kho: Checked, items: list[tuple[QuyTrinhCV | QuyTrinhLT, str]], options: ListOptions) -> str:
    data = kho.sources.cau_hinh.data
    name = shown_path(kho.sources.goc, options.cwd)
    agency = (
        data["co_quan"].get("ten", name) if isinstance(data, dict) and isinstance(data.get("co_quan"), dict) else name
    )
    # Names are text, not rich's markup: “[/]” in a name must print as it stands.
    table = Table(
        title=Text(f"{agency} ({len(items)} quy trình)"),
        title_justify="left",
        box=SIMPLE_HEAD,
        expand=options.on_terminal,
    )
    table.add_column("STT", justify="right", no_wrap=True)
    table.add_column("Ký hiệu", no_wrap=True)
    # Where nothing has been approved there is nothing to tell apart.
    blocks = kho.so_dang_ky.quy_trinh if kho.so_dang_ky and kho.so_dang_ky.quyet_dinh else None
    for heading, ratio in (("Tên quy trình", 4), ("Lĩnh vực", 2), ("Thời gian", 2), ("Khóa", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    if blocks is not None:
        table.add_column("Trạng thái", ratio=3, min_width=_DATE, overflow="fold")
    for number, (item, _) in enumerate(items, 1):
        cells = [str(number), item.ky_hieu or "-", item.ten, item.linh_vuc, item.thoi_gian or "-", item.khoa]
        if blocks is not None:
            cells.append(_state(blocks.get(item.khoa), options.today))
        table.add_row(*map(Text, cells))
    out = io.StringIO()
    console = Console(file=out, width=options.width, force_terminal=options.color, no_color=not options.color)
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _state(block: MucDangKy | None, today: dt.date) -> str:
    return block.nhan(today) if block else TrangThai.DU_THAO.nhan


def _registered(kho: Checked, khoa: str) -> dict[str, str | None]:
    """What the register holds of a procedure; its days, for a program has its own clock. Nothing of one not in it."""
    block = kho.so_dang_ky.quy_trinh.get(khoa) if kho.so_dang_ky else None
    if block is None:
        return {}
    return {
        "trang_thai": block.trang_thai,
        "hieu_luc": block.hieu_luc.isoformat() if block.hieu_luc else None,
        "het_hieu_luc": block.het_hieu_luc.isoformat() if block.het_hieu_luc else None,
    }


def _json(listed: list[tuple[Checked, list[tuple[QuyTrinhCV | QuyTrinhLT, str]]]], options: ListOptions) -> str:
    document = {
        "version": 1,
        "kho": [
            {
                "path": shown_path(kho.sources.goc, options.cwd),
                "quy_trinh": [
                    {
                        "khoa": item.khoa,
                        "loai": item.loai,
                        "ky_hieu": item.ky_hieu,
                        "ten": item.ten,
                        "linh_vuc": item.linh_vuc,
                        "thoi_gian": item.thoi_gian,
                        "path": path,
                        **_registered(kho, item.khoa),
                    }
                    for item, path in items
                ],
            }
            for kho, items in listed
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
