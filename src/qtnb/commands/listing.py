"""``qtnb list``: the danh mục in the terminal."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qtnb.building import procedures_in_order
from qtnb.check import Checked
from qtnb.commands.outcome import ListFormat, Outcome, exit_code_of
from qtnb.model import QuyTrinhCV, QuyTrinhLT
from qtnb.reading import Progress, shown_path
from qtnb.validation import validate


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


def run_list(options: ListOptions, progress: Progress) -> Outcome:
    """List the procedures that can be read; the exit code says whether some cannot."""
    validated = validate(options.paths, options.cwd, progress)
    code = exit_code_of(validated)
    listed = [(kho, _asked(kho, set(validated.sources))) for kho in validated.kho]
    if options.output_format is ListFormat.JSON:
        return Outcome(_json(listed, options), exit_code=code)
    err = "" if code == 0 else "Có tệp sai, danh mục có thể thiếu; xem bằng lệnh: qtnb validate\n"
    return Outcome("\n".join(_table(kho, items, options) for kho, items in listed), err, code)


def _asked(kho: Checked, asked: set[str]) -> list[tuple[QuyTrinhCV | QuyTrinhLT, str]]:
    paths = {source.tep: source.path for source in kho.quy_trinh}
    return [(item, paths[item.tep]) for item in procedures_in_order(kho) if paths[item.tep] in asked]


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
    for heading, ratio in (("Tên quy trình", 4), ("Lĩnh vực", 2), ("Thời gian", 2), ("Khóa", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for number, (item, _) in enumerate(items, 1):
        cells = (str(number), item.ky_hieu or "-", item.ten, item.linh_vuc, item.thoi_gian or "-", item.khoa)
        table.add_row(*map(Text, cells))
    out = io.StringIO()
    console = Console(file=out, width=options.width, force_terminal=options.color, no_color=not options.color)
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


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
                    }
                    for item, path in items
                ],
            }
            for kho, items in listed
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
