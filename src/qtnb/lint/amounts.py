"""Adding up the times of steps, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qtnb.lint.views import StepView
from qtnb.thoi_luong import DonViThoiGian, LoiLe, SoLuong, ThoiLuong, ThoiLuongError, read_duration


class Calendar(StrEnum):
    """Whether a time counts working time, calendar time, or does not say."""

    WORKING = "làm việc"
    PLAIN = "lịch"


_HOURS = {
    DonViThoiGian.PHUT: Fraction(1, 60),
    DonViThoiGian.GIO: Fraction(1),
    DonViThoiGian.GIO_LAM_VIEC: Fraction(1),
}
_DAYS = {
    DonViThoiGian.BUOI: Fraction(1, 2),
    DonViThoiGian.NGAY: Fraction(1),
    DonViThoiGian.NGAY_LAM_VIEC: Fraction(1),
}
_WORKING = frozenset({DonViThoiGian.NGAY_LAM_VIEC, DonViThoiGian.GIO_LAM_VIEC})


@dataclass(frozen=True, slots=True)
class Interval:
    """A time in hours; ``low`` and ``high`` differ for a range. Weeks and months are no hours."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        """Both times, one after the other."""
        return Interval(self.low + other.low, self.high + other.high)

    def covers(self, other: Interval) -> bool:
        """Whether the two can be the same time."""
        return self.low <= other.high and other.low <= self.high


ZERO = Interval(Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A sum that cannot be made, with the reason in Vietnamese."""

    reason: str
    step: StepView | None = None


def read(text: str) -> ThoiLuong | LoiLe | None:
    """The duration of a cell; None for one that validation has already refused."""
    try:
        return read_duration(text)
    except ThoiLuongError:
        return None


def interval_of(amounts: Iterable[SoLuong], default: DonViThoiGian | None, hours: Fraction) -> Interval | None:
    """Amounts in hours, bare numbers in the unit ``default``, days of ``hours`` hours.

    None when an amount has no unit, or one whose length varies (week, month).
    """
    total = ZERO
    for amount in amounts:
        unit = amount.don_vi or default
        factor = None if unit is None else _HOURS.get(unit) or (_DAYS[unit] * hours if unit in _DAYS else None)
        if factor is None:
            return None
        total += Interval(amount.low * factor, amount.high * factor)
    return total


def unit_of(text: str) -> DonViThoiGian | None:
    """The unit in which a declared time is given: of its first amount. None for words and bare numbers."""
    duration = read(text)
    return duration.so_luong[0].don_vi if isinstance(duration, ThoiLuong) else None


def calendar_of(text: str) -> Calendar | None:
    """Working or plain days and hours of a cell; None for words, zero and bare numbers."""
    duration = read(text)
    if not isinstance(duration, ThoiLuong):
        return None
    units = [amount.don_vi for amount in duration.so_luong if amount.don_vi in _DAYS and amount.high]
    if not units:
        return None
    return Calendar.WORKING if units[0] in _WORKING else Calendar.PLAIN


def total_of(steps: Iterable[StepView], default: DonViThoiGian | None, hours: Fraction) -> Interval | NotComputable:
    """The time of steps in order.

    A step ``song_song`` runs beside the one before it: of such a group the longest counts. Steps
    ``khong_tinh_thoi_gian`` and blank cells add nothing (a blank is 0 in approved texts,
    real-material.md section 5); ``Trong ngày`` is between nothing and one day.
    """
    total = ZERO
    group = ZERO
    for step in steps:
        time = ZERO if step.khong_tinh_thoi_gian or not step.thoi_gian.strip() else _time_of(step, default, hours)
        if isinstance(time, NotComputable):
            return time
        if step.song_song:
            group = Interval(max(group.low, time.low), max(group.high, time.high))
        else:
            total += group
            group = time
    return total + group


def _time_of(step: StepView, default: DonViThoiGian | None, hours: Fraction) -> Interval | NotComputable:
    duration = read(step.thoi_gian)
    amounts: tuple[SoLuong, ...] = ()
    if isinstance(duration, ThoiLuong):
        amounts = duration.so_luong
    elif isinstance(duration, LoiLe) and duration.toi_da is not None:
        amounts = (duration.toi_da,)
    if not amounts:
        return NotComputable(f"{step.label} ghi “{step.thoi_gian}”", step)
    time = interval_of(amounts, default, hours)
    return NotComputable(f"{step.label} ghi “{step.thoi_gian}”", step) if time is None else time


def written(time: Interval, unit: DonViThoiGian | None, hours: Fraction) -> str:
    """A time as the form writes it, in ``unit`` where it comes out even: ``5 ngày làm việc``, ``1,5 ngày``."""
    days = unit in _DAYS
    word = unit.value if unit and unit is not DonViThoiGian.BUOI else "ngày"
    if unit in _HOURS:
        word = "giờ"
    divisor = hours if days or unit is None else Fraction(1)
    low, high = (_number(amount / divisor) for amount in (time.low, time.high))
    return f"{low} {word}" if low == high else f"{low} đến {high} {word}"


def _number(amount: Fraction) -> str:
    if amount.denominator == 1:
        return str(amount.numerator)
    hundredths = amount * 100
    if hundredths.denominator == 1:
        return f"{float(amount):g}".replace(".", ",")
    return f"{amount.numerator}/{amount.denominator}"
