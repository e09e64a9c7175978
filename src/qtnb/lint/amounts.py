"""Adding up the times of steps, exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from qtnb.lint.views import FileView, StepList, StepView
from qtnb.thoi_luong import DonViThoiGian, LoiLe, SoLuong, ThoiLuong, ThoiLuongError, read_duration

Parts: TypeAlias = int | Fraction
"""A time in parts of an hour, see :data:`HOUR`; of a week or a month where those are added."""

HOUR: Final = 2**6 * 3**3 * 5**4 * 7
"""So small parts that times as people write them are whole numbers of them, which add up ten times as
fast as fractions; any other time stays a fraction, exact all the same."""

IN_HOURS: Final = {
    DonViThoiGian.PHUT: Fraction(1, 60),
    DonViThoiGian.GIO: Fraction(1),
    DonViThoiGian.GIO_LAM_VIEC: Fraction(1),
}
"""Units shorter than a day."""
_IN_DAYS: Final = {
    DonViThoiGian.BUOI: Fraction(1, 2),
    DonViThoiGian.NGAY: Fraction(1),
    DonViThoiGian.NGAY_LAM_VIEC: Fraction(1),
}
VARYING: Final = frozenset({DonViThoiGian.TUAN, DonViThoiGian.THANG})
"""Units without a fixed number of working days: they add up only with themselves."""


class Calendar(StrEnum):
    """What the days of a time are; the values say it to the user."""

    WORKING = "chỉ tính ngày làm việc"
    PLAIN = "tính cả ngày nghỉ"


_CALENDAR: Final = {
    DonViThoiGian.NGAY: Calendar.PLAIN,
    DonViThoiGian.TUAN: Calendar.PLAIN,
    DonViThoiGian.THANG: Calendar.PLAIN,
    DonViThoiGian.NGAY_LAM_VIEC: Calendar.WORKING,
}
"""Hours and half-days are of a working day whatever they are called, so they go with both."""

_VAGUE: Final = re.compile(r"\s*(?:tối thiểu|ít nhất|khoảng|từ)\b", re.IGNORECASE)
_LIMIT: Final = re.compile(r"\s*(?:không quá|không muộn hơn|chậm nhất|tối đa|trong)\b", re.IGNORECASE)
_NOT_COUNTED: Final = re.compile(r"không (?:được )?tính vào", re.IGNORECASE)
_UNCLEAR: Final = re.compile(r"không tính", re.IGNORECASE)
"""``15 ngày (không tính thời gian …)``: whether this is a wait, or an amount without one, only a reader knows."""
_UNITS: Final = "|".join(sorted((unit.value for unit in DonViThoiGian), key=len, reverse=True))
_AMOUNT: Final = re.compile(rf"(?:\d+/)?\d+(?:[.,]\d+)?\s*(?:\([^()\d]*\)\s*)?(?:{_UNITS})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interval:
    """A time; ``low`` and ``high`` differ for a range."""

    low: Parts
    high: Parts

    def __add__(self, other: Interval) -> Interval:
        """Both times, one after the other."""
        return Interval(self.low + other.low, self.high + other.high)

    def covers(self, other: Interval) -> bool:
        """Whether the two can be the same time."""
        return self.low <= other.high and other.low <= self.high


ZERO: Final = Interval(0, 0)

TimeReader: TypeAlias = Callable[[str], Interval | None]
"""Reads a cell; None for one that has no computable time."""


def read(text: str) -> ThoiLuong | LoiLe | None:
    """The duration of a cell; None for one that validation has already refused."""
    try:
        return read_duration(text)
    except ThoiLuongError:
        return None


def is_words(text: str) -> bool:
    """Whether a cell holds words that say nothing of how long: no amount, and not ``Trong ngày``."""
    duration = read(text)
    return isinstance(duration, LoiLe) and duration.toi_da is None and bool(text.strip())


def is_limit(text: str) -> bool:
    """Whether a time is declared as a limit (``không quá 5 ngày``), which less time does not contradict."""
    return _LIMIT.match(text) is not None


def is_counted(step: StepView) -> bool:
    """Whether the time of a step belongs to the declared total, by its key and by its own words."""
    return not step.khong_tinh_thoi_gian and not _NOT_COUNTED.search(step.thoi_gian)


def is_blank(step: StepView) -> bool:
    """Whether a step that belongs to the total says nothing of its time."""
    return not step.khong_tinh_thoi_gian and (not step.thoi_gian or step.thoi_gian.isspace())


def is_timed(steps: StepList) -> bool:
    """Whether any step that belongs to the total says something of its time."""
    return any(not step.khong_tinh_thoi_gian and step.thoi_gian.strip() for step in steps.steps)


def whole_time(file: FileView) -> str:
    """The time declared for the whole procedure; empty when it has no content yet."""
    return file.data.get("thoi_gian") or ""


def unit_of(text: str) -> DonViThoiGian | None:
    """The unit in which a time is given: of its first amount. None for words and bare numbers."""
    duration = read(text)
    return duration.so_luong[0].don_vi if isinstance(duration, ThoiLuong) else None


def unit_for(file: FileView, steps: StepList) -> DonViThoiGian | None:
    """The unit that bare numbers in a list of steps take: of its declared time, else of the whole LT's."""
    unit = unit_of(steps.thoi_gian)
    return unit_of(whole_time(file)) if unit is None and steps.holder else unit


@lru_cache(maxsize=4096)
def calendar_of(text: str) -> Calendar | None:
    """Whether the days of a cell are working days; None for hours, words, zero and bare numbers."""
    duration = read(text)
    amounts = duration.so_luong if isinstance(duration, ThoiLuong) else ()
    kinds = (_CALENDAR.get(amount.don_vi) for amount in amounts if amount.don_vi and amount.high)
    return next(filter(None, kinds), None)


@lru_cache(maxsize=64)
def total_reader(unit: DonViThoiGian | None, hours: Fraction) -> TimeReader:
    """Reads declared times: bare numbers in ``unit``, days of ``hours`` hours. ``Trong ngày`` is up to a day."""
    lengths = _lengths(unit, hours)

    @lru_cache(maxsize=4096)
    def time_of(text: str) -> Interval | None:
        duration = read(text)
        if isinstance(duration, LoiLe):
            return _interval((duration.toi_da,), lengths) if duration.toi_da else None
        if duration is None or (_VAGUE.match(text) and all(part.low == part.high for part in duration.so_luong)):
            return None
        return _interval(duration.so_luong, lengths)

    return time_of


@lru_cache(maxsize=64)
def step_reader(unit: DonViThoiGian | None, hours: Fraction) -> TimeReader:
    """Reads times of steps as :func:`total_reader` does.

    A blank is 0, as in approved texts (real-material.md, section 5), and so is a wait that says of
    itself that it is not counted (``15 ngày (không tính vào thời gian …)``).
    """
    declared = total_reader(unit, hours)

    @lru_cache(maxsize=4096)
    def time_of(text: str) -> Interval | None:
        if not text.strip() or _NOT_COUNTED.search(text):
            return ZERO
        return None if _UNCLEAR.search(text) else declared(text)

    return time_of


def total_of(steps: Iterable[StepView], time_of: TimeReader) -> Interval | None:
    """The time of steps in order; None when one of them cannot be computed.

    A step ``song_song`` runs beside the one before it: of such a group the longest counts. Steps
    ``khong_tinh_thoi_gian`` add nothing.
    """
    low: Parts = 0
    high: Parts = 0
    group_low: Parts = 0
    group_high: Parts = 0
    for step in steps:
        time = ZERO if step.khong_tinh_thoi_gian else time_of(step.thoi_gian)
        if time is None:
            return None
        if step.song_song:
            group_low, group_high = max(group_low, time.low), max(group_high, time.high)
        else:
            low, high = low + group_low, high + group_high
            group_low, group_high = time.low, time.high
    return Interval(low + group_low, high + group_high)


def total_of_agencies(file: FileView) -> Interval | None:
    """The time of an LT's agencies in turn: as each declares it, else of its steps; None when one is unknown."""
    hours, unit = file.settings.gio_moi_ngay, unit_of(whole_time(file))
    added = ZERO
    for steps in file.step_lists:
        if steps.thoi_gian.strip():
            time = total_reader(unit, hours)(steps.thoi_gian)
        else:
            time = total_of(steps.steps, step_reader(unit, hours)) if is_timed(steps) else None
        if time is None:
            return None
        added += time
    return added


def contradicted(declared: str, added: Interval, time_of: TimeReader) -> Interval | None:
    """The time that ``declared`` gives, when ``added`` can be none of the times it names.

    ``15 ngày làm việc (vùng khó khăn: 25 ngày làm việc)`` names two, and ``tăng thêm 10 ngày`` one more.
    """
    total = time_of(declared)
    if total is None or total.covers(added):
        return None
    return None if any(time.covers(added) for time in _further(declared, total, time_of)) else total


def _lengths(unit: DonViThoiGian | None, hours: Fraction) -> Mapping[DonViThoiGian | None, Fraction]:
    """How long one of each unit is; under None, one of a bare number."""
    if unit in VARYING:
        return {unit: Fraction(HOUR), None: Fraction(HOUR)}
    lengths: dict[DonViThoiGian | None, Fraction] = {name: length * HOUR for name, length in IN_HOURS.items()}
    lengths |= {name: length * hours * HOUR for name, length in _IN_DAYS.items()}
    return lengths | ({None: lengths[unit]} if unit else {})


def _interval(amounts: Iterable[SoLuong], lengths: Mapping[DonViThoiGian | None, Fraction]) -> Interval | None:
    time = ZERO
    for amount in amounts:
        length = lengths.get(amount.don_vi)
        if length is not None:
            time += Interval(_whole(amount.low * length), _whole(amount.high * length))
        elif amount.high:
            return None
    return time


def _whole(amount: Fraction) -> Parts:
    return amount.numerator if amount.denominator == 1 else amount


def _further(declared: str, total: Interval, time_of: TimeReader) -> Iterator[Interval]:
    more = "thêm" in declared.lower()
    for amount in list(_AMOUNT.finditer(declared))[1:]:
        time = time_of(amount.group())
        if time is not None:
            yield time
            if more:
                yield total + time
