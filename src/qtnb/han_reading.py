"""Deadlines as the task tables of plans write them, read into days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from qtnb.han import ChuaHieu, ChuKy, DinhKy, KyHan, ThoiHan, ThuongXuyen, TuyThuoc, months_of

_DAY: Final = dt.timedelta(days=1)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


class HanError(ValueError):
    """A deadline that names a day, month or quarter that does not exist."""

    def __init__(self, part: str) -> None:
        """Keep the ``part`` that does not exist, as a person says it."""
        super().__init__(part)
        self.part = part


class _Span(NamedTuple):
    first: dt.date
    last: dt.date


class _NoYearError(Exception):
    """The text names no year, and neither does the plan."""


_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"quý\s?(?P<{0}>[ivx]+|\d+)(?!\w)"
_MONTH = r"tháng\s?(?P<{0}>\d{{1,2}})"
_YEAR = r"(?:\s?[/-]\s?|\s+năm\s+|\s+)(?P<{0}>\d{{4}})"
_TO = r"\s?(?:-|–|—|đến(?: hết)?)\s?"

_DATE: Final = re.compile(
    r"(?:ngày\s)?(?P<d>\d{1,2})(?:\s?(?P<sign>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sign)\s?(?P<y>\d{4})"
    r"|\s?/\s?(?P<m1>\d{1,2})|\stháng\s(?P<m2>\d{1,2})(?:\snăm\s(?P<y2>\d{4}))?)"
)
"""One sign throughout: ``10-12/2024`` may be a day or two months."""
_ONE_MONTH: Final = re.compile(rf"{_MONTH.format('a')}(?:{_YEAR.format('y')})?|(?P<bare>\d{{1,2}})/(?P<of>\d{{4}})")
_MONTHS: Final = re.compile(
    rf"{_MONTH.format('a')}(?:{_YEAR.format('x')})?{_TO}(?:tháng\s?)?(?P<b>\d{{1,2}})(?:{_YEAR.format('y')})?"
)
_ONE_QUARTER: Final = re.compile(rf"{_QUARTER.format('a')}(?:{_YEAR.format('y')})?")
_QUARTERS_TO: Final = re.compile(
    rf"{_QUARTER.format('a')}(?:{_YEAR.format('x')})?{_TO}(?:quý\s?)?(?P<b>[ivx]+|\d+)(?!\w)(?:{_YEAR.format('y')})?"
)
_WHOLE_YEAR: Final = re.compile(r"(?:cả\s)?năm(?:\s(?P<y>\d{4}))?")
_YEARS: Final = re.compile(rf"(?:năm|giai đoạn)\s(?P<a>\d{{4}}){_TO}(?:năm\s)?(?P<b>\d{{4}})")
_HALF: Final = re.compile(r"(?P<n>0?[369]|sáu)\stháng\s(?P<part>đầu|cuối)\s(?P<of>năm)(?:\s(?P<y>\d{4}))?")
_END: Final = re.compile(r"cuối\s(?P<rest>.+)")

_OPENING: Final = re.compile(r"(?:(?:hoàn thành|xong|ban hành|thực hiện|trình|dự kiến)\s)+(?=\S)")
_BEFORE: Final = re.compile(r"trước\s(?P<rest>.+)")
_BY: Final = re.compile(
    r"(?:đến hết|đến|hết|chậm nhất(?:\s(?:là|vào|đến|trong))?|muộn nhất(?:\s(?:là|vào))?|không quá)\s(?P<rest>.+)"
)
_IN: Final = re.compile(r"(?:trong|vào)\s(?P<rest>.+)")
_FROM_TO: Final = re.compile(rf"từ\s(?P<a>.+?)(?:{_TO})(?P<b>.+)")
_FROM: Final = re.compile(r"từ\s(?P<a>.+?)(?:\strở đi)?")
_AFTER: Final = re.compile(r"sau\s(?P<rest>.+)")

_EVERY: Final = re.compile(
    r"(?:theo\s)?(?:định kỳ\s)?(?:hằng|hàng|mỗi)\s(?P<unit>ngày|tuần|tháng|quý|năm)"
    r"(?P<more>(?:\s?[,/]\s?(?:(?:hằng|hàng|mỗi)\s)?(?:tuần|tháng|quý|năm))*)"
)
_TIMES: Final = re.compile(r"(?:định kỳ\s)?(?P<n>\d{1,2})\s(?P<unit>tuần|tháng|quý|năm)(?:\s?/\s?|\smột\s|\s1\s)lần")
_DAY_OF_EACH: Final = re.compile(
    r"(?:(?P<before>trước)\s|(?:chậm nhất(?:\slà)?\s)|(?:vào\s))?ngày\s(?P<d>\d{1,2}|cuối cùng)\s"
    r"(?:(?:của\s)?tháng cuối\s(?:(?:của\s)?(?:mỗi\s|hằng\s|hàng\s|các\s)?)(?P<quarter>quý)"
    r"|(?:hằng\s|hàng\s|mỗi\s|của (?:mỗi|các)\s)(?P<month>tháng))"
)
_ALWAYS: Final = re.compile(r"(?:thường xuyên|liên tục)(?P<rest>\W.*)?")
_HANGS: Final = re.compile(r"(?:theo|ngay sau khi|ngay khi|sau khi|khi|định kỳ|đột xuất)(?:\s(?P<rest>.+))?")
_REFERENCE: Final = re.compile(
    r"số\s\d+/\S+(?:\s(?:ngày\s\d{1,2}(?:/\d{1,2}/\d{4}|\stháng\s\d{1,2}\snăm\s\d{4})|năm\s\d{4}))?"
)
_RELATIVE: Final = re.compile(
    r"(?:ngay\s)?(?:(?:sau|trong|trong vòng|trong thời hạn|chậm nhất|không quá)\s)*"
    r"\d{1,3}\s(?:giờ|ngày|tuần|tháng)(?:\slàm việc)?,?\s(?:kể từ|tính từ|từ khi|sau khi|trước khi)\s.+"
)
_HANGING_END: Final = re.compile(r"(?:hết|khi|lúc)\s\D+")
_BRACKETS_WITHOUT_FIGURES: Final = re.compile(r"\s?\([^()\d]*\)")
_RECURS: Final = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|định kỳ|lần)(?!\w)")


@lru_cache(maxsize=4096)
def read_deadline(text: str, nam: int | None = None) -> ThoiHan:
    """Read a deadline as a plan writes it; ``nam`` is the plan's year, for texts without one.

    "Trước" a day, month or year ends on the day before it. What cannot be read for certain comes
    back as :class:`ChuaHieu`. Raises :class:`HanError` for a day, month or quarter that does not exist.
    """
    folded = _folded(text)
    if not folded:
        return ChuaHieu()
    try:
        return _recurring(folded) or _without_day(folded, nam) or _dated(folded, nam) or ChuaHieu()
    except _NoYearError:
        return ChuaHieu(thieu_nam=True)


def _folded(text: str) -> str:
    """The text in small letters, on one line, without marks at its ends and brackets that say no figures."""
    folded = " ".join(unicodedata.normalize("NFC", text).lower().split()).replace("quí ", "quý ").strip(" .;,")
    if folded.startswith("(") and folded.endswith(")"):
        folded = folded[1:-1].strip(" .;,")
    return _BRACKETS_WITHOUT_FIGURES.sub("", folded).strip(" .;,")


# --- without a day --------------------------------------------------------------------------------


def _recurring(text: str) -> DinhKy | None:
    every = _EVERY.fullmatch(text)
    if every:
        units = [every["unit"], *re.findall(r"tuần|tháng|quý|năm", every["more"])]
        return DinhKy(min((_UNITS[unit] for unit in units), key=_BY_LENGTH.index))
    times = _TIMES.fullmatch(text)
    if times:
        chu_ky = _EVERY_SO_MANY.get((int(times["n"]), times["unit"]))
        return DinhKy(chu_ky) if chu_ky else None
    day = _DAY_OF_EACH.fullmatch(text)
    if day:
        return _on_a_day(day)
    return None


def _on_a_day(found: re.Match[str]) -> DinhKy | None:
    chu_ky = ChuKy.QUY if found["quarter"] else ChuKy.THANG
    if found["d"] == "cuối cùng":
        return DinhKy(chu_ky) if not found["before"] else None
    day = int(found["d"])
    if not 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        raise HanError(f"ngày {found['d']}")
    if found["before"]:
        return DinhKy(chu_ky, day - 1) if day > 1 else None
    return DinhKy(chu_ky, day)


_UNITS: Final = {
    "ngày": ChuKy.NGAY,
    "tuần": ChuKy.TUAN,
    "tháng": ChuKy.THANG,
    "quý": ChuKy.QUY,
    "năm": ChuKy.NAM,
}
_BY_LENGTH: Final = list(ChuKy)
_EVERY_SO_MANY: Final = {
    (1, "tuần"): ChuKy.TUAN,
    (1, "tháng"): ChuKy.THANG,
    (3, "tháng"): ChuKy.QUY,
    (6, "tháng"): ChuKy.NUA_NAM,
    (12, "tháng"): ChuKy.NAM,
    (1, "quý"): ChuKy.QUY,
    (1, "năm"): ChuKy.NAM,
}


def _without_day(text: str, nam: int | None) -> ThuongXuyen | TuyThuoc | None:
    always = _ALWAYS.fullmatch(text)
    if always:
        return ThuongXuyen() if _goes_on(always["rest"] or "", nam) else None
    if _RELATIVE.fullmatch(text):
        return TuyThuoc()
    hangs = _HANGS.fullmatch(text)
    # A figure that belongs to no document may be a date: "Theo kế hoạch, trước 30/6" is not passed over.
    if hangs and not any(char.isdigit() for char in _REFERENCE.sub("", hangs["rest"] or "")):
        return TuyThuoc()
    return None


def _goes_on(rest: str, nam: int | None) -> bool:
    """Whether what follows "Thường xuyên" leaves it so: ``theo quy định``, ``trong năm 2024``; not ``, hằng tháng``."""
    if any(char.isdigit() for char in rest):
        return (inside := _IN.fullmatch(rest.strip(" ,"))) is not None and _span(inside["rest"], nam) is not None
    return not _RECURS.search(rest)


# --- with days ------------------------------------------------------------------------------------


def _dated(text: str, nam: int | None) -> KyHan | None:
    text = _OPENING.sub("", text, count=1) if _OPENING.match(text) else text
    return _from(text, nam) or _bounded(text, nam)


def _from(text: str, nam: int | None) -> KyHan | None:
    """``Từ … đến …``, ``Từ … trở đi``, ``Sau …``."""
    if found := _FROM_TO.fullmatch(text):
        hanging = _HANGING_END.fullmatch(found["b"]) or _HANGING_END.fullmatch(f"hết {found['b']}")
        last = None if hanging else _span(found["b"], nam)
        first = _span(found["a"], nam, last.last.year if last else None)
        if first and last:
            return _stretch(first.first, last.last)
        if first and hanging:
            return KyHan(first.first, None)
    if (found := _FROM.fullmatch(text)) and (first := _span(found["a"], nam)):
        return KyHan(first.first, None)
    if (found := _AFTER.fullmatch(text)) and (first := _span(found["rest"], nam)):
        return KyHan(first.last + _DAY, None)
    return None


def _bounded(text: str, nam: int | None) -> KyHan | None:
    """``Trước …``, ``Chậm nhất …``, ``Cuối …``, ``Trong …`` and a bare stretch."""
    if (found := _BEFORE.fullmatch(text)) and (span := _span(found["rest"], nam)):
        return KyHan(None, span.first - _DAY)
    if found := _BY.fullmatch(text):
        ending = _END.fullmatch(found["rest"])
        span = _span(ending["rest"] if ending else found["rest"], nam)
        return KyHan(None, span.last) if span else None
    if (found := _END.fullmatch(text)) and (span := _span(found["rest"], nam)):
        return KyHan(None, span.last)
    inside = _IN.fullmatch(text)
    span = _span(inside["rest"] if inside else text, nam)
    if span is None:
        return None
    # A day alone is the last one on which the work may be done, not the only one.
    return KyHan(None if span.first == span.last else span.first, span.last)


def _stretch(first: dt.date, last: dt.date) -> KyHan:
    if first > last:
        raise HanError(f"khoảng từ {_said(first)} đến {_said(last)}")
    return KyHan(first, last)


def _said(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _span(text: str, nam: int | None, other: int | None = None) -> _Span | None:
    """The days that ``text`` names; ``other`` is the year of the other end of a stretch."""
    nam = other or nam
    if found := _DATE.fullmatch(text):
        day = _day(
            int(found["d"]), int(found["m"] or found["m1"] or found["m2"]), _year(found["y"] or found["y2"], nam)
        )
        return _Span(day, day)
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


def _range(text: str, nam: int | None) -> _Span | None:
    """``Tháng 3 - 5/2024``, ``Quý I-II/2025``, ``Giai đoạn 2021 - 2025``."""
    if found := _MONTHS.fullmatch(text):
        last = _year(found["y"], nam)
        first = _year(found["x"], last)
        return _joined(
            _months(first, int(found["a"]), int(found["a"])), _months(last, int(found["b"]), int(found["b"]))
        )
    if found := _QUARTERS_TO.fullmatch(text):
        last = _year(found["y"], nam)
        first = _year(found["x"], last)
        start, end = _quarter(found["a"]), _quarter(found["b"])
        return _joined(_quarters(first, start, start), _quarters(last, end, end))
    if found := _YEARS.fullmatch(text):
        return _joined(_months(_year(found["a"]), 1, 12), _months(_year(found["b"]), 1, 12))
    return None


def _joined(first: _Span, last: _Span) -> _Span:
    stretch = _stretch(first.first, last.last)
    assert stretch.tu is not None  # noqa: S101 - both ends are given
    assert stretch.den is not None  # noqa: S101
    return _Span(stretch.tu, stretch.den)


def _part_of_year(found: re.Match[str], nam: int | None) -> _Span:
    """``6 tháng đầu năm``, ``9 tháng đầu năm``, ``6 tháng cuối năm``."""
    count = 6 if found["n"] == "sáu" else int(found["n"])
    year = _year(found["y"], nam)
    return _months(year, 1, count) if found["part"] == "đầu" else _months(year, 13 - count, 12)


def _year(written: str | None, nam: int | None = None) -> int:
    if written is None:
        if nam is None:
            raise _NoYearError
        return nam
    if not _FIRST_YEAR <= int(written) <= _LAST_YEAR:
        raise HanError(f"năm {written}")
    return int(written)


def _day(day: int, month: int, year: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise HanError(f"ngày {day}/{month}/{year}") from error


def _months(year: int, first: int, last: int) -> _Span:
    for month in (first, last):
        if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            raise HanError(f"tháng {month}")
    return _Span(*months_of(year, first, last))


def _quarter(written: str) -> int:
    if written not in _QUARTERS:
        raise HanError(f"quý {written.upper()}")
    return _QUARTERS[written]


def _quarters(year: int, first: int, last: int) -> _Span:
    return _months(year, 3 * first - 2, 3 * last)
