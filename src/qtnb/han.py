"""Deadlines as values: stretches of days, recurring work, times without a day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

_DAY: Final = dt.timedelta(days=1)


class ChuKy(StrEnum):
    """How often a recurring task is due; the values are those of the JSON output."""

    NGAY = "ngay"
    TUAN = "tuan"
    THANG = "thang"
    QUY = "quy"
    NUA_NAM = "nua_nam"
    NAM = "nam"


@dataclass(frozen=True, slots=True)
class KyHan:
    """A stretch of time in which the work is to be done."""

    tu: dt.date | None
    """First day; None where only the end is said."""
    den: dt.date | None
    """Last day, inclusive; None where the end depends on something else, or there is none."""


@dataclass(frozen=True, slots=True)
class DinhKy:
    """Work that comes back."""

    chu_ky: ChuKy
    ngay: int | None = None
    """Day of the month on which it is due at the latest; None: the last day of the period."""
    thang: int | None = None
    """Of yearly work the month in which it is due; None: the last one of the period."""


@dataclass(frozen=True, slots=True)
class ThuongXuyen:
    """Work that goes on all the time."""


@dataclass(frozen=True, slots=True)
class TuyThuoc:
    """A time that hangs on an event, a guide or another plan: understood, but without a day."""


@dataclass(frozen=True, slots=True)
class ChuaHieu:
    """A text that is kept as written: its day would be a guess."""

    thieu_nam: bool = False
    """Whether only the year is missing."""


ThoiHan: TypeAlias = KyHan | DinhKy | ThuongXuyen | TuyThuoc | ChuaHieu


def next_day(han: DinhKy, day: dt.date) -> dt.date:
    """The first day, not before ``day``, on which recurring work is due. Raises OverflowError past year 9999."""
    due = _due_in_period_of(han, day)
    return due if due >= day else _due_in_period_of(han, period_of(han.chu_ky, day)[1] + _DAY)


def period_of(chu_ky: ChuKy, day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the period around ``day``; weeks begin on Monday."""
    match chu_ky:
        case ChuKy.NGAY:
            return day, day
        case ChuKy.TUAN:
            first = day - day.weekday() * _DAY
            return first, first + 6 * _DAY
        case ChuKy.THANG:
            return months_of(day.year, day.month, day.month)
        case ChuKy.QUY:
            quarter = (day.month - 1) // 3
            return months_of(day.year, 3 * quarter + 1, 3 * quarter + 3)
        case ChuKy.NUA_NAM:
            return months_of(day.year, 1, 6) if day.month <= 6 else months_of(day.year, 7, 12)  # noqa: PLR2004
        case ChuKy.NAM:
            return months_of(day.year, 1, 12)


def months_of(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    """The first day of month ``first`` and the last one of month ``last``."""
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _due_in_period_of(han: DinhKy, day: dt.date) -> dt.date:
    last = period_of(han.chu_ky, day)[1]
    if han.thang is not None:
        last = months_of(last.year, han.thang, han.thang)[1]
    return last if han.ngay is None else last.replace(day=min(han.ngay, last.day))
