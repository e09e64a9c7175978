"""Deadlines as the task tables of plans write them, read into days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final

from qtnb.han import ChuaHieu, ChuKy, DinhKy, KyHan, ThoiHan, ThuongXuyen, TuyThuoc
from qtnb.han_days import TO, HanError, NoYearError, span_of, stretch

_DAY: Final = dt.timedelta(days=1)

_END: Final = re.compile(r"cuối\s(?P<rest>.+)")

_OPENING: Final = re.compile(r"(?:(?:hoàn thành|xong|ban hành|thực hiện|trình|dự kiến)\s)+(?=\S)")
_BEFORE: Final = re.compile(r"trước\s(?P<rest>.+)")
_BY: Final = re.compile(
    r"(?:đến hết|đến|hết|chậm nhất(?:\s(?:là|vào|đến|trong))?|muộn nhất(?:\s(?:là|vào))?|không (?:quá|muộn hơn))\s"
    r"(?P<rest>.+)"
)
_IN: Final = re.compile(r"(?:trong|vào)\s(?P<rest>.+)")
_FROM_TO: Final = re.compile(rf"từ\s(?P<a>.+?)(?:{TO})(?P<b>.+)")
_FROM: Final = re.compile(r"từ\s(?P<a>.+?)(?:\strở đi)?")
_AFTER: Final = re.compile(r"sau\s(?P<rest>.+)")

_EVERY: Final = re.compile(
    r"(?:theo\s)?(?:(?:định kỳ\s)?(?:hằng|hàng|mỗi)|định kỳ)\s(?P<unit>ngày|tuần|tháng|quý|năm)"
    r"(?P<more>(?:\s?[,/]\s?(?:(?:hằng|hàng|mỗi)\s)?(?:tuần|tháng|quý|năm))*)"
)
_TIMES: Final = re.compile(r"(?:định kỳ\s)?(?P<n>\d{1,2})\s(?P<unit>tuần|tháng|quý|năm)(?:\s?/\s?|\smột\s|\s1\s)lần")
_ONCE: Final = re.compile(
    r"(?:(?:hằng|hàng|mỗi)\s(?P<before>tuần|tháng|quý|năm)\s(?:0?1|một)\slần"
    r"|(?:0?1|một)\slần\s?(?:/\s?|mỗi\s|trong\s|một\s)(?P<after>tuần|tháng|quý|năm))"
)
_DAY_OF_EACH: Final = re.compile(
    r"(?:(?P<before>trước)\s|(?:chậm nhất(?:\slà)?\s)|(?:vào\s))?ngày\s(?P<d>\d{1,2}|cuối cùng)\s"
    r"(?:(?:của\s)?tháng cuối\s(?:(?:của\s)?(?:mỗi\s|hằng\s|hàng\s|các\s)?)(?P<quarter>quý)"
    r"|(?:hằng\s|hàng\s|mỗi\s|của (?:mỗi|các)\s)(?P<month>tháng))"
)
_OF_EACH_YEAR: Final = re.compile(
    r"(?P<before>.+?),?\s(?:hằng|hàng|mỗi)\snăm|(?:hằng|hàng|mỗi)\snăm\s?[,:(]\s?(?P<after>[^()]+)\)?"
)
_YEAR_ITSELF: Final = re.compile(r"\d{4}")
_LEAP_YEAR: Final = 2024
"""In which every day of any year can be read."""
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
_BRACKETS_WITHOUT_FIGURES: Final = re.compile(r"\s?\((?![^()]*quý)[^()\d]*\)")
"""A quarter is a figure, even in letters."""
_RECURS: Final = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|định kỳ|lần)(?!\w)")


@lru_cache(maxsize=4096)
def read_deadline(text: str, nam: int | None = None) -> ThoiHan:
    """Read a deadline as a plan writes it; ``nam`` is the plan's year, for texts without one.

    "Trước" a day, month or year ends on the day before it. What cannot be read for certain comes
    back as :class:`ChuaHieu`. Raises :class:`~.han_days.HanError` for a day, month or quarter that does not exist.
    """
    folded = _folded(text)
    if not folded:
        return ChuaHieu()
    try:
        return _recurring(folded) or _without_day(folded, nam) or _dated(folded, nam) or ChuaHieu()
    except NoYearError:
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
    once = _ONCE.fullmatch(text)
    if once:
        return DinhKy(_UNITS[once["before"] or once["after"]])
    times = _TIMES.fullmatch(text)
    if times:
        chu_ky = _EVERY_SO_MANY.get((int(times["n"]), times["unit"]))
        return DinhKy(chu_ky) if chu_ky else None
    day = _DAY_OF_EACH.fullmatch(text)
    if day:
        return _on_a_day(day)
    of_year = _OF_EACH_YEAR.fullmatch(text)
    return _yearly(of_year["before"] or of_year["after"]) if of_year else None


def _yearly(text: str) -> DinhKy | None:
    """``Trước ngày 15/12``, ``Quý IV``, said of every year."""
    if _YEAR_ITSELF.search(text):
        return None
    try:
        within = _bounded(_OPENING.sub("", text, count=1), _LEAP_YEAR)
    except HanError as error:
        raise HanError(error.part.removesuffix(f"/{_LEAP_YEAR}")) from error
    last = within.den if within else None
    return DinhKy(ChuKy.NAM, last.day, last.month) if last else None


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
        return (inside := _IN.fullmatch(rest.strip(" ,"))) is not None and span_of(inside["rest"], nam) is not None
    return not _RECURS.search(rest)


# --- with days ------------------------------------------------------------------------------------


def _dated(text: str, nam: int | None) -> KyHan | None:
    text = _OPENING.sub("", text, count=1) if _OPENING.match(text) else text
    return _from(text, nam) or _bounded(text, nam)


def _from(text: str, nam: int | None) -> KyHan | None:
    """``Từ … đến …``, ``Từ … trở đi``, ``Sau …``."""
    if found := _FROM_TO.fullmatch(text):
        hanging = _HANGING_END.fullmatch(found["b"]) or _HANGING_END.fullmatch(f"hết {found['b']}")
        last = None if hanging else span_of(found["b"], nam)
        first = span_of(found["a"], nam, last.last.year if last else None)
        if first and last:
            return KyHan(*stretch(first.first, last.last))
        if first and hanging:
            return KyHan(first.first, None)
    if (found := _FROM.fullmatch(text)) and (first := span_of(found["a"], nam)):
        return KyHan(first.first, None)
    if (found := _AFTER.fullmatch(text)) and (first := span_of(found["rest"], nam)):
        return KyHan(first.last + _DAY, None)
    return None


def _bounded(text: str, nam: int | None) -> KyHan | None:
    """``Trước …``, ``Chậm nhất …``, ``Cuối …``, ``Trong …`` and a bare stretch."""
    if (found := _BEFORE.fullmatch(text)) and (span := span_of(found["rest"], nam)):
        return KyHan(None, span.first - _DAY)
    if found := _BY.fullmatch(text):
        ending = _END.fullmatch(found["rest"])
        span = span_of(ending["rest"] if ending else found["rest"], nam)
        return KyHan(None, span.last) if span else None
    if (found := _END.fullmatch(text)) and (span := span_of(found["rest"], nam)):
        return KyHan(None, span.last)
    inside = _IN.fullmatch(text)
    span = span_of(inside["rest"] if inside else text, nam)
    if span is None:
        return None
    # A day alone is the last one on which the work may be done, not the only one.
    return KyHan(None if span.first == span.last else span.first, span.last)
