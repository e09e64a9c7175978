"""Writing a computed time in words of the form."""

from __future__ import annotations

from fractions import Fraction

from qtnb.lint.amounts import HOUR, IN_HOURS, VARYING, Interval
from qtnb.thoi_luong import DonViThoiGian


def written(time: Interval, unit: DonViThoiGian | None, hours: Fraction) -> str:
    """A time as the form writes it, in ``unit``: ``5 ngày làm việc``, ``1,5 ngày``, ``4 ngày 2 giờ 10 phút``."""
    low, high = (_written(Fraction(amount) / HOUR, unit, hours) for amount in (time.low, time.high))
    return low if low == high else f"từ {low} đến {high}"


def _written(amount: Fraction, unit: DonViThoiGian | None, hours: Fraction) -> str:
    if unit in VARYING:
        return f"{_decimal(amount)} {unit}"
    in_hours = unit in IN_HOURS
    word = unit if unit in {DonViThoiGian.NGAY_LAM_VIEC, DonViThoiGian.GIO_LAM_VIEC} else None
    main = word or (DonViThoiGian.GIO if in_hours else DonViThoiGian.NGAY)
    count = amount if in_hours else amount / hours
    if (100 * count).denominator == 1:
        return f"{_decimal(count)} {main}"
    whole = count.numerator // count.denominator
    rest = (count - whole) * (1 if in_hours else hours)
    return " ".join(([f"{whole} {main}"] if whole else []) + _hours_and_minutes(rest, only_minutes=in_hours))


def _hours_and_minutes(hours: Fraction, *, only_minutes: bool) -> list[str]:
    whole = 0 if only_minutes else hours.numerator // hours.denominator
    minutes = (hours - whole) * 60
    return ([f"{whole} giờ"] if whole else []) + ([f"{_decimal(minutes)} phút"] if minutes else [])


def _decimal(amount: Fraction) -> str:
    if (100 * amount).denominator == 1:
        return f"{float(amount):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{amount.numerator}/{amount.denominator}"
