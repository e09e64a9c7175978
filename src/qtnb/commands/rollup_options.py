"""What the command line may ask of ``qtnb aggregate``, and what it cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qtnb.aggregate.overlooked import SUMMARY_ENDING
from qtnb.aggregate.plan import KeHoachTongHop
from qtnb.aggregate.standing import When
from qtnb.aggregate.subjects import vietnamese
from qtnb.commands.rollup_report import need_for_report
from qtnb.commands.table_outputs import TableOutput, need_folder
from qtnb.commands.works import refuse_to_overwrite
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.report.text import Paint, plain
from qtnb.text import shown


class TableFormat(StrEnum):
    """How tables are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class By(StrEnum):
    """What a roll-up is told by besides agencies, levels and lĩnh vực."""

    CONG_VIEC = "cong-viec"
    """Work common to many agencies, and work particular to one."""
    DON_VI = "don-vi"
    """Responsibility and load of units, and hand-overs between agencies."""


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """What is asked of common and particular work."""

    nhom: Path | None = None
    """None: ``nhom.yaml`` of the folders asked for, if there is one."""
    de_xuat: Path | None = None
    """Where the proposal is written; None: nowhere."""
    giai_thich: tuple[str, str] | None = None
    """Two procedures, as a person names them; None: nothing is explained."""


@dataclass(frozen=True, slots=True)
class AggregateOptions:
    """What the command line asks of ``aggregate``."""

    paths: tuple[Path, ...]
    cwd: Path
    today: dt.date
    ke_hoach: Path | None = None
    """None: ``tong-hop.yaml`` of the folders asked for, if there is one."""
    ngay: dt.date | None = None
    tu_ngay: dt.date | None = None
    output_format: TableFormat | None = None
    """None: text, and with outputs to files only their names."""
    by: tuple[By, ...] = ()
    works: WorkOptions = WorkOptions()
    bang: tuple[str, ...] = ()
    outputs: tuple[TableOutput, ...] = ()
    summary: Path | None = None
    lint: bool = False
    cluster: str = ""
    """Address of a Dask scheduler; empty: the processors of this machine."""
    cache: Path | None = None
    strict: bool = False
    quiet: bool = False
    paint: Paint = plain
    width: int = 160
    color: bool = False


def day_option(text: str) -> dt.date | None:
    """The day of an option; None when it is not given. Raises QtnbError for a day that is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"Ngày “{shown(text)}” không đúng dạng."
        raise QtnbError(message, hint="Viết dạng năm-tháng-ngày, ví dụ: 2026-11-22", exit_code=2) from error


def format_option(text: str) -> TableFormat | None:
    """The format asked for; None when none is. Raises QtnbError for a format that is none."""
    if not text or text in set(TableFormat):
        return TableFormat(text) if text else None
    hint = f"Các dạng: {', '.join(TableFormat)}."
    raise QtnbError(f"Không có dạng in “{shown(text)}”.", hint=hint, exit_code=2)


def by_options(texts: Sequence[str]) -> tuple[By, ...]:
    """What else a roll-up is told by. Raises QtnbError for what is no such thing."""
    for text in texts:
        if text not in set(By):
            message = f"--by không có “{shown(text)}”."
            raise QtnbError(message, hint=f"Các giá trị: {', '.join(By)}.", exit_code=2)
    return tuple(By(text) for text in texts)


def refuse_what_cannot_be(options: AggregateOptions, plan: KeHoachTongHop, problems: Sequence[Finding]) -> None:
    """Raise QtnbError before an hour of counting for what would raise it after."""
    _refuse_backward_period(plan.when(options.ngay, options.tu_ngay, options.today))
    if any(output.path.suffix.lower() == ".docx" for output in options.outputs):
        need_for_report(plan, problems)
    if options.works.de_xuat:
        refuse_to_overwrite(options.works.de_xuat)
    if options.summary:
        _refuse_summary(options.summary, options.outputs)


def _refuse_backward_period(when: When) -> None:
    if when.tu_ngay is not None and when.tu_ngay > when.ngay:
        message = f"Kỳ thống kê bắt đầu {vietnamese(when.tu_ngay)}, sau {vietnamese(when.ngay)} là ngày tính số liệu."
        raise QtnbError(message, hint="Sửa --tu-ngay, --ngay, hoặc tu_ngay, ngay của tong-hop.yaml.", exit_code=2)


def _refuse_summary(path: Path, outputs: Sequence[TableOutput]) -> None:
    """Raise QtnbError for a name by which the summary would not be found again, or is lost at once."""
    if path.suffix.lower() != SUMMARY_ENDING:
        message = f"Tệp tổng hợp “{shown(path)}” không có đuôi {SUMMARY_ENDING}."
        raise QtnbError(message, hint=f"Đặt tên có đuôi {SUMMARY_ENDING}, ví dụ: tong-hop.json", exit_code=2)
    if any(output.path == path for output in outputs):
        message = f"“{shown(path)}” được nêu cả ở -o và --summary."
        raise QtnbError(message, hint="Ghi mỗi dạng vào một nơi riêng.", exit_code=2)
    need_folder(path)
