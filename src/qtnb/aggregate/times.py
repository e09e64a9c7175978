"""Declared times as exact amounts that may be added: working time, days with holidays, and months apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from qtnb.lint.amounts import HOUR, ZERO, read, step_reader, total_reader, unit_of
from qtnb.thoi_luong import DonViThoiGian, LoiLe, ThoiLuong


class Clock(StrEnum):
    """What a time is counted in; times of two clocks never add up."""

    LAM_VIEC = "lv"
    """Working days of the kho's own hours: from minutes, hours, half-days and ``ngày làm việc``."""
    LICH = "lich"
    """Days with holidays: from ``ngày`` and ``tuần``."""
    THANG = "thang"
    """Months, which have no fixed number of days."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An exact time."""

    clock: Clock
    amount: Fraction
    """Days, or months; of a range the upper end."""

    @property
    def text(self) -> str:
        """``lv 45/4``, as :func:`measured` reads it."""
        return f"{self.clock.value} {self.amount}"


NO_TIME: Final = Measured(Clock.LAM_VIEC, Fraction(0))
"""Of a step outside the declared total."""


@lru_cache(maxsize=1 << 14)
def measured(text: str) -> Measured:
    """The time from its text. Raises ValueError for any other text."""
    clock, _, written = text.partition(" ")
    return Measured(Clock(clock), exact(written))


def exact(text: str) -> Fraction:
    """An amount that is not negative, from ``45`` or ``45/4``. Raises ValueError for any other text."""
    amount = Fraction(text) if _AMOUNT.fullmatch(text) else _MOST
    if amount >= _MOST:
        raise ValueError(text)
    return amount


_DAYS: Final = frozenset({DonViThoiGian.NGAY})
_WORKING_DAYS: Final = frozenset({DonViThoiGian.NGAY_LAM_VIEC})
_OF_BOTH: Final = frozenset({DonViThoiGian.PHUT, DonViThoiGian.GIO, DonViThoiGian.GIO_LAM_VIEC, DonViThoiGian.BUOI})
"""Parts of a working day, whatever the days beside them are (lint/amounts.py)."""
_DAYS_OF_A_WEEK: Final = 7
_FINEST: Final = 1000
"""Part of an hour, a week or a month down to which times are exact sums. Nobody writes a finer one, and sums over
strangers' files would grow by nine digits with each."""
_AMOUNT: Final = re.compile(r"[0-9]{1,600}(?:/[1-9][0-9]{0,600})?")
"""The sums of such times have at most 433 digits below the line: the least common multiple of 1 to 1000."""
_MOST: Final = Fraction(10**30)
"""No sum of times comes near it, and files can hold no number beyond a double."""


@lru_cache(maxsize=1 << 14)
def declared_time(text: str, hours: Fraction) -> Measured | None:
    """The time that a procedure declares, days of ``hours`` hours; None where it cannot be counted.

    Not counted are blanks, words, bare numbers, ``khoảng``, ``từ``, ``ít nhất``, and sums of units that
    do not add up (``1 tháng 5 ngày``, ``2 ngày và 3 ngày làm việc``). ``Trong ngày`` is one day at most.
    """
    units = _units(text)
    if units is None:
        return None
    if units == {DonViThoiGian.TUAN}:
        weeks = _upper(text, DonViThoiGian.TUAN, hours)
        return None if weeks is None else Measured(Clock.LICH, weeks * _DAYS_OF_A_WEEK)
    if units == {DonViThoiGian.THANG}:
        months = _upper(text, DonViThoiGian.THANG, hours)
        return None if months is None else Measured(Clock.THANG, months)
    if not (units <= _OF_BOTH | _DAYS or units <= _OF_BOTH | _WORKING_DAYS):
        return None
    length = _upper(text, None, hours)
    clock = Clock.LICH if DonViThoiGian.NGAY in units else Clock.LAM_VIEC
    return None if length is None else Measured(clock, length / hours)


@lru_cache(maxsize=64)
def step_times(unit: DonViThoiGian | None, hours: Fraction) -> Callable[[str], str | None]:
    """Reads the times of steps, bare numbers in ``unit``, as the texts that :func:`measured` reads.

    None for a blank and for what cannot be counted. A wait that says of itself that it is not counted
    (``15 ngày (không tính vào thời gian …)``) takes no time.
    """

    @lru_cache(maxsize=1 << 12)
    def time_of(text: str) -> str | None:
        time = _step_time(text, unit, hours) if text.strip() else None
        return time.text if time else None

    return time_of


def _step_time(text: str, unit: DonViThoiGian | None, hours: Fraction) -> Measured | None:
    duration = read(text)
    if isinstance(duration, ThoiLuong) and all(amount.don_vi is None for amount in duration.so_luong):
        return None if unit is None else declared_time(f"{text.strip()} {unit.value}", hours)
    # By its own unit: a month among steps of days is a month, though the procedure cannot add it up.
    counted = step_reader(unit_of(text), hours)(text)
    if counted == ZERO:
        return NO_TIME
    return None if counted is None else declared_time(text, hours)


def _units(text: str) -> frozenset[DonViThoiGian | None] | None:
    """The units of a time; None for words."""
    duration = read(text)
    if isinstance(duration, LoiLe):
        return frozenset({duration.toi_da.don_vi}) if duration.toi_da else None
    return None if duration is None else frozenset(amount.don_vi for amount in duration.so_luong)


def _upper(text: str, unit: DonViThoiGian | None, hours: Fraction) -> Fraction | None:
    """The upper end of a time in hours, or in the ``unit`` of weeks or months; None where it cannot be counted."""
    time = total_reader(unit, hours)(text)
    length = None if time is None else Fraction(time.high) / HOUR
    return None if length is None or length.denominator > _FINEST else length
