"""``qtnb plan``: what is due or late in the task plans, by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Final, assert_never

from qtnb.check import Checked
from qtnb.commands.outcome import Outcome, exit_code_of
from qtnb.commands.plan_report import write_plan_report
from qtnb.commands.table_outputs import Printable, TableOutput
from qtnb.errors import QtnbError
from qtnb.ke_hoach import KeHoach, ke_hoach_from
from qtnb.model import co_quan_from
from qtnb.reading import Progress, shown_path
from qtnb.schema import SchemaName, fits
from qtnb.tabular.table import Table
from qtnb.text import shown
from qtnb.theo_doi.bang import NOBODY, by_unit, concerns, counts_of, said, tables_of
from qtnb.theo_doi.don_vi import key_of
from qtnb.theo_doi.json import to_json
from qtnb.theo_doi.tinh_trang import Moc, TienDo, TinhTrang, progress_of
from qtnb.validation import Validated, validate
from qtnb.words.ke_hoach import symbol_of
from qtnb.words.writing import so_of

_WORDS: Final = {
    TinhTrang.QUA_HAN: "quá hạn",
    TinhTrang.DEN_HAN: "đến hạn",
    TinhTrang.CHUA_DEN: "chưa đến hạn",
    TinhTrang.DINH_KY: "định kỳ",
    TinhTrang.HET_KY: "định kỳ đã hết năm thực hiện",
    TinhTrang.THUONG_XUYEN: "thường xuyên",
    TinhTrang.TUY_THUOC: "tùy thuộc việc khác",
    TinhTrang.CHUA_HIEU: "chưa đọc được thời hạn",
    TinhTrang.HOAN_THANH: "đã hoàn thành",
}


class PlanFormat(StrEnum):
    """How the work is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the command line asks of ``plan``."""

    paths: tuple[Path, ...]
    cwd: Path
    hom_nay: dt.date
    den_ngay: dt.date | None
    """None: today."""
    don_vi: str
    """A unit whose work alone is listed; empty: all."""
    output_format: PlanFormat | None
    """None: text, and with outputs to files only their names."""
    outputs: tuple[TableOutput, ...]
    width: int
    color: bool


def run_plan(options: PlanOptions, progress: Progress) -> Outcome:
    """List the work of all plans asked for; the exit code says whether some plan cannot be read.

    Raises QtnbError when there is no plan, none that names the unit asked for, or a file that cannot be written.
    """
    validated = validate(options.paths, options.cwd, progress)
    moc = Moc(options.hom_nay, options.den_ngay or options.hom_nay)
    plans = list(_plans(validated, moc))
    code = exit_code_of(validated)
    if not plans and not code:
        hint = "Đặt tệp kế hoạch (loai: KH) trong ke-hoach/ của kho, hoặc tạo tệp mới bằng lệnh: qtnb new kh TÊN"
        raise QtnbError("Không có kế hoạch nào.", hint=hint, exit_code=2)
    work = [item for plan in plans for item in plan]
    don_vi = _known_unit(options.don_vi, work)
    mine = [item for item in work if not don_vi or concerns(item, don_vi)]
    title = f"Tiến độ kế hoạch: {don_vi}" if don_vi else "Tiến độ kế hoạch"
    tables = tables_of(mine, moc, don_vi)
    what = Printable(
        tables,
        title,
        "",
        _note(len(plans), mine, moc),
        lambda: to_json(mine, len(plans), moc),
        lambda path: write_plan_report(path, title, tables, validated.kho, options.cwd),
    )
    written = [path for output in options.outputs for path in output.write(output.path, what)]
    err = "Có tệp sai, danh sách có thể thiếu; xem bằng lệnh: qtnb validate\n" if code else ""
    return Outcome(_printed(options, what, written), err, code)


def format_option(text: str) -> PlanFormat | None:
    """The format asked for; None when none is. Raises QtnbError for a format that is none."""
    if not text or text in set(PlanFormat):
        return PlanFormat(text) if text else None
    raise QtnbError(f"Không có dạng in “{shown(text)}”.", hint=f"Các dạng: {', '.join(PlanFormat)}.", exit_code=2)


def _plans(validated: Validated, moc: Moc) -> Iterator[list[TienDo]]:
    """The work of every plan asked for that reads well and fits its schema."""
    for kho in validated.kho:
        for source in kho.ke_hoach:
            if source.path in validated.sources:
                ke_hoach = ke_hoach_from(source.tep, source.data)
                yield list(progress_of(ke_hoach, _called(ke_hoach, kho), source.path, moc))


def _called(ke_hoach: KeHoach, kho: Checked) -> str:
    """``326/KH-UBND``; the plan's key while it has no number, or its agency cannot be read."""
    issuer = ke_hoach.co_quan_ban_hanh
    if issuer is None and fits(SchemaName.KHO, kho.sources.cau_hinh.data):
        issuer = co_quan_from(kho.sources.cau_hinh.data["co_quan"])
    if not ke_hoach.so or issuer is None:
        return ke_hoach.khoa
    return f"{so_of(ke_hoach.so)}/{symbol_of(ke_hoach, issuer.viet_tat)}"


def _known_unit(name: str, work: Sequence[TienDo]) -> str:
    """The unit as the plans write it. Raises QtnbError for one that no plan names."""
    units = [unit for unit in by_unit(work) if unit != NOBODY]
    found = next((unit for unit in units if key_of(unit) == key_of(name)), "")
    if name and not found:
        near = get_close_matches(name, units, 3, 0.5)
        hint = f"Có phải là: {'; '.join(near)}?" if near else f"Các đơn vị: {shown('; '.join(units), 300)}."
        raise QtnbError(f"Không có việc nào của “{shown(name)}”.", hint=hint, exit_code=2)
    return found


def _note(plans: int, work: Sequence[TienDo], moc: Moc) -> str:
    """``3 kế hoạch, 96 việc: 10 quá hạn, 3 đến hạn. Xét vào ngày 31/03/2025.``; of a day to come, today's too."""
    counts = ", ".join(f"{count} {_WORDS[state]}" for state, count in counts_of(work) if count)
    days = f"Xét vào ngày {said(moc.den_ngay)}."
    if moc.den_ngay > moc.hom_nay:
        days = f"Hôm nay {said(moc.hom_nay)}, tính đến hết ngày {said(moc.den_ngay)}."
    return f"{plans} kế hoạch, {len(work)} việc{': ' if counts else ''}{counts}. {days}"


def _printed(options: PlanOptions, what: Printable, written: Sequence[Path]) -> str:
    names = "".join(f"{shown_path(path, options.cwd)}\n" for path in written)
    match options.output_format:
        case None if written:
            return names
        case None | PlanFormat.TEXT:
            return f"{what.note}\n\n" + "\n".join(_table_text(table, options) for table in what.tables)
        case PlanFormat.JSON:
            return what.document()
        case PlanFormat.MARKDOWN:
            from qtnb.tabular.markdown import to_markdown

            return f"# {what.title}\n\n{what.note}\n\n" + "\n".join(map(to_markdown, what.tables))
        case _:
            assert_never(options.output_format)


def _table_text(table: Table, options: PlanOptions) -> str:
    if not table.rows:
        return f"{table.title}: không có.\n"
    from qtnb.tabular.terminal import Screen, terminal_text

    return terminal_text(table, Screen(options.width, options.color))
