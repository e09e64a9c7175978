"""The days that the words of a deadline name: a date, a month, a quarter, a part of a year, a stretch of these."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from qtnb.han import months_of

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


class HanError(ValueError):
    """A deadline that names a day, month or quarter that does not exist."""

    def __init__(self, part: str) -> None:
        """Keep the ``part`` that does not exist, as a person says it."""
        super().__init__(part)
        self.part = part


class Span(NamedTuple):
    """Days one after another, both ends included."""

    first: dt.date
    last: dt.date


class NoYearError(Exception):
    """The text names no year, and neither does the plan."""


_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"quý\s?(?P<{0}>[ivx]+|\d+)(?!\w)"
_MONTH = r"tháng\s?(?P<{0}>\d{{1,2}})"
_YEAR = r"(?:\s?[/-]\s?|\s+năm\s+|\s+)(?P<{0}>\d{{4}})"
TO: Final = r"\s?(?:-|–|—|đến(?: hết)?)\s?"

_DATE: Final = re.compile(
    r"(?:ngày\s)?(?P<d>\d{1,2})(?:\s?(?P<sign>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sign)\s?(?P<y>\d{4})"
    r"|\s?/\s?(?P<m1>\d{1,2})|\stháng\s(?P<m2>\d{1,2})(?:\snăm\s(?P<y2>\d{4}))?)"
)
"""One sign throughout: ``10-12/2024`` may be a day or two months."""
_ONE_MONTH: Final = re.compile(rf"{_MONTH.format('a')}(?:{_YEAR.format('y')})?|(?P<bare>\d{{1,2}})/(?P<of>\d{{4}})")
_MONTHS: Final = re.compile(
    rf"{_MONTH.format('a')}(?:{_YEAR.format('x')})?{TO}(?:tháng\s?)?(?P<b>\d{{1,2}})(?:{_YEAR.format('y')})?"
)
_ONE_QUARTER: Final = re.compile(rf"{_QUARTER.format('a')}(?:{_YEAR.format('y')})?")
_QUARTERS_TO: Final = re.compile(
    rf"{_QUARTER.format('a')}(?:{_YEAR.format('x')})?{TO}(?:quý\s?)?(?P<b>[ivx]+|\d+)(?!\w)(?:{_YEAR.format('y')})?"
)
_WHOLE_YEAR: Final = re.compile(r"(?:cả\s)?năm(?:\s(?P<y>\d{4}))?")
_YEARS: Final = re.compile(rf"(?:năm|giai đoạn)\s(?P<a>\d{{4}}){TO}(?:năm\s)?(?P<b>\d{{4}})")
_HALF: Final = re.compile(r"(?P<n>0?[369]|sáu)\stháng\s(?P<part>đầu|cuối)\s(?P<of>năm)(?:\s(?P<y>\d{4}))?")


def stretch(first: dt.date, last: dt.date) -> Span:
    """The days from one to another. Raises HanError where they stand the other way round."""
    if first > last:
        raise HanError(f"khoảng từ {_said(first)} đến {_said(last)}")
    return Span(first, last)


def _said(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def span_of(text: str, nam: int | None, other: int | None = None) -> Span | None:
    """The days that ``text`` names, in small letters; None where it names none.

    ``nam`` is the year of texts without one, ``other`` that of the other end of a stretch. Raises HanError for a day,
    month or quarter that does not exist, NoYearError where there is no year at all.
    """
    nam = other or nam
    if found := _DATE.fullmatch(text):
        day = _day(
            int(found["d"]), int(found["m"] or found["m1"] or found["m2"]), _year(found["y"] or found["y2"], nam)
        )
        return Span(day, day)
    if found := _ONE_MONTH.fullmatch(text):
        month = int(found["a"] or found["bare"])
        return _months(_year(found["y"] or found["of"], nam), month, month)
    if found := _ONE_QUARTER.fullmatch(text):
        quarter = _quarter(found["a"])
        return _quarters(_year(found["y"], nam), quarter, quarter)
    if found := _HALF.fullmatch(text):
        return _part_of_year(found, nam)
    if found := _WHOLE_YEAR.fullmatch(text):
        return _months(_year(found["y"], nam), 1, 12)
    return _range(text, nam)


def _range(text: str, nam: int | None) -> Span | None:
    """``Tháng 3 - 5/2024``, ``Quý I-II/2025``, ``Giai đoạn 2021 - 2025``."""
    if found := _MONTHS.fullmatch(text):
        last = _year(found["y"], nam)
        first = _year(found["x"], last)
        start, end = int(found["a"]), int(found["b"])
        return stretch(_months(first, start, start).first, _months(last, end, end).last)
    if found := _QUARTERS_TO.fullmatch(text):
        last = _year(found["y"], nam)
        first = _year(found["x"], last)
        start, end = _quarter(found["a"]), _quarter(found["b"])
        return stretch(_quarters(first, start, start).first, _quarters(last, end, end).last)
    if found := _YEARS.fullmatch(text):
        return stretch(_months(_year(found["a"]), 1, 12).first, _months(_year(found["b"]), 1, 12).last)
    return None


def _part_of_year(found: re.Match[str], nam: int | None) -> Span:
    """``6 tháng đầu năm``, ``9 tháng đầu năm``, ``6 tháng cuối năm``."""
    count = 6 if found["n"] == "sáu" else int(found["n"])
    year = _year(found["y"], nam)
    return _months(year, 1, count) if found["part"] == "đầu" else _months(year, 13 - count, 12)


def _year(written: str | None, nam: int | None = None) -> int:
    if written is None:
        if nam is None:
            raise NoYearError
        return nam
    if not _FIRST_YEAR <= int(written) <= _LAST_YEAR:
        raise HanError(f"năm {written}")
    return int(written)


def _day(day: int, month: int, year: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise HanError(f"ngày {day}/{month}/{year}") from error


def _months(year: int, first: int, last: int) -> Span:
    for month in (first, last):
        if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            raise HanError(f"tháng {month}")
    return Span(*months_of(year, first, last))


def _quarter(written: str) -> int:
    if written not in _QUARTERS:
        raise HanError(f"quý {written.upper()}")
    return _QUARTERS[written]


def _quarters(year: int, first: int, last: int) -> Span:
    return _months(year, 3 * first - 2, 3 * last)
