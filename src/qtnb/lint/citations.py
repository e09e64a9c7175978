"""Reading citations of legal and administrative texts as they are really written, damage included."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.lint.document_numbers import NUMBER, SYMBOLS_OF, SoKyHieu, read_number
from qtnb.lint.letters import CAPITALS

LAWS: Final = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})
"""Cited by name and date, without number and issuer (ND-02)."""

_TYPES: Final = "|".join(sorted(SYMBOLS_OF, key=len, reverse=True))
_TYPE_BEFORE: Final = re.compile(rf"\b(?P<loai>{_TYPES})\s*(?:số)?[\s:]*$", re.IGNORECASE)
_LAW_BEFORE: Final = re.compile(r"\b(?P<loai>Bộ luật|Luật|Pháp lệnh)\s+(?P<ten>[^;()]{2,120}?)[\s,]+số[\s:]*$")
_ISSUER_BETWEEN: Final = re.compile(rf"\b(?P<loai>{_TYPES})\s+của\s+[^;()\d]{{2,80}}?\s+số[\s:]*$")
_LAW_AT_HEAD: Final = re.compile(
    rf"(?P<loai>Bộ luật|Luật|Pháp lệnh)\s+(?P<ten>(?:[{CAPITALS}]|sửa đổi)[^;()]*?)"
    r"(?=[\s,]+(?:số[\s:]*\d|ngày\b|năm\s+\d|(?:19|20)\d\d\b)|\s*[;()]|,\s*(?:được|đã)\b|[\s.,]*$)"
)
_UNNUMBERED_AT_HEAD: Final = re.compile(r"(?P<loai>Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị)\b(?!\s+số\b)")
"""Types that nobody can look up without a number."""
_HEAD: Final = re.compile(r"\W*(?:(?:Căn cứ|Theo|Thực hiện)\s+(?:vào\s+)?)?", re.IGNORECASE)
_PROVISION: Final = re.compile(
    r"\b(?:khoản|điều|điểm|chương|mục|phụ lục)\s+(?:\d+|[a-zđ]|[IVX]+)\b[^;]*$", re.IGNORECASE
)
_NEXT_TEXT: Final = re.compile(rf";\s*(?=(?:{_TYPES})\b)")
_JOIN: Final = re.compile(r"(?:,|\bvà|\bhoặc)\s*(?:các\s+)?$")
_SEMICOLON: Final = re.compile(r";\s*(?:các\s+|và\s+)?$")

_DAY: Final = re.compile(
    r"(?:ngày\s*)?(?<![\d/])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})(?![\d/])"
    r"|ngày\s*(?P<dd>\d{1,2})\s*tháng\s*(?P<mm>\d{1,2})\s*,?\s*năm\s*(?P<yy>\d{4})",
    re.IGNORECASE,
)
_DAY_DAMAGED: Final = re.compile(
    r"ngày\s*(?P<viet>(?P<d>\d{1,2})(?P<s1>\s*[/.-]+\s*)(?P<m>\d{1,2})(?P<s2>\s*[/.-]+\s*|(?=\d{4}))(?P<y>\d{2,4}))(?![\d/])",
    re.IGNORECASE,
)
_DAY_BLANK: Final = re.compile(
    r"ngày(?:[\s.…_]*|\s*\d{1,2}\s*)(?:tháng[\s.…_]*\d{0,2}[\s.…_]*năm|/[\s.…_]*\d{0,2}[\s.…_]*/)[\s.…_]*(?:\d{4})?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"[\s,]+(?:năm\s+)?((?:19|20)\d\d)\b")
_TITLE: Final = re.compile(
    r"\b(?:về|v/v|quy định|hướng dẫn|sửa đổi|phê duyệt|công bố|triển khai|thực hiện|từ ngày|đến ngày|trước ngày)\b",
    re.IGNORECASE,
)
"""Where the title begins: a day in it (``đến ngày 31/12/2025``) is not the day of the text."""
_ISSUED_ON: Final = re.compile(r"\bban hành\s*(?=ngày|\d)")
_ISSUER: Final = re.compile(rf"\b(?:của|do)\s+(?!(?:{_TYPES})\b)(?=[{CAPITALS}]|liên\s)")


@dataclass(frozen=True, slots=True)
class NgayViet:
    """A date in a citation."""

    viet: str
    """As written, without the word ``ngày``."""
    ngay: dt.date | None
    """None for a day that the calendar does not have, or that cannot be read."""
    nam: int | None
    sua: str = ""
    """The date as it should be written, where its signs are damaged (``10/11//2025``, ``5.3.2020``)."""
    trong: bool = False
    """Whether it is left blank to be filled in."""


@dataclass(frozen=True, slots=True)
class TrichDan:
    """One text that an item names."""

    loai: str
    """The type word; empty when none stands there."""
    ten: str
    """The name of a law; empty for other texts."""
    so: SoKyHieu | None
    ngay: NgayViet | None
    nam: int | None
    """The year of its date, or the one written instead (``Luật Đất đai năm 2024``)."""
    co_quan: bool
    """Whether the issuer is named."""
    chinh: bool
    """Whether the item cites this text, and does not only mention it in the title of another."""
    mot_phan: bool
    """Whether only a provision of it is cited (``khoản 2 Điều 24 Nghị định số …``)."""

    @property
    def goi(self) -> str:
        """How messages call it: by its number; a law by its name, with what tells it from others of that name."""
        number = f"số {self.so.viet}" if self.so and not self.so.trong else ""
        if not self.ten:
            return f"{self.loai or 'Văn bản'} {number}".strip()
        day = f"ngày {self.ngay.viet}" if self.ngay and not self.ngay.trong else f"năm {self.nam}" if self.nam else ""
        return f"{self.loai} {self.ten} {number or day}".strip()

    @property
    def la_luat(self) -> bool:
        """Whether it is cited by name and date."""
        return self.loai in LAWS


def citing_items(data: Mapping[str, Any]) -> Iterator[tuple[DataPath, str]]:
    """Each item of a file that names legal texts, with its place."""
    for key in ("can_cu_phap_ly", "can_cu"):
        items = data.get(key)
        if items:
            for number, item in enumerate(items):
                yield (key, number), item
    proposal = data.get("theo_de_nghi")
    if proposal:
        yield ("theo_de_nghi",), proposal


@lru_cache(maxsize=8192)
def read_citations(item: str) -> tuple[TrichDan, ...]:
    """The texts that one item names, in order; several are cited where they are joined by ``;``."""
    marks = _marks(item)
    texts: list[TrichDan] = []
    done, class_before = 0, True
    for mark, following in zip_longest(marks, marks[1:]):
        gap = item[done : mark.start]
        chinh = _is_cited(gap, item[: mark.start], class_before=class_before, first=not texts)
        tail = item[mark.end : following.start if following else len(item)]
        texts.append(_text_of(mark, tail, chinh=chinh, mot_phan=_PROVISION.search(gap) is not None))
        done, class_before = mark.end, chinh
    return tuple(_with_shared_issuer(texts, marks, item))


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where an item names a text."""

    start: int
    end: int
    loai: str
    ten: str
    so: SoKyHieu | None
    co_quan: bool = False
    """Whether the issuer stands before the number."""


def _marks(item: str) -> list[_Mark]:
    marks = [_numbered(item, number) for number in NUMBER.finditer(item)]
    marks += [law for law in _laws_at_heads(item) if not any(mark.start <= law.start < mark.end for mark in marks)]
    if not marks:
        bare = _UNNUMBERED_AT_HEAD.match(item, _head_of(item))
        return [_Mark(bare.start(), bare.end(), bare["loai"], "", None)] if bare else []
    return sorted(marks, key=lambda mark: mark.start)


def _numbered(item: str, number: re.Match[str]) -> _Mark:
    before = item[: number.start()]
    issuer = _ISSUER_BETWEEN.search(before)
    word = _TYPE_BEFORE.search(before) or _LAW_BEFORE.search(before) or issuer
    loai = _canonical(word["loai"]) if word else ""
    ten = " ".join(word["ten"].split()) if word and "ten" in word.groupdict() else ""
    so, more = read_number(number, loai, item[number.end() :])
    return _Mark(
        word.start() if word else number.start(),
        number.end() + more,
        loai,
        ten,
        so,
        word is not None and word is issuer,
    )


def _laws_at_heads(item: str) -> Iterator[_Mark]:
    """Laws by name at the head of the item, or of a part of it after ``;``."""
    for head in (_head_of(item), *(cut.end() for cut in _NEXT_TEXT.finditer(item))):
        law = _LAW_AT_HEAD.match(item, head)
        if law:
            yield _Mark(law.start(), law.end(), law["loai"], " ".join(law["ten"].split()), None)


def _head_of(item: str) -> int:
    head = _HEAD.match(item)
    return head.end() if head else 0


def _canonical(word: str) -> str:
    folded = " ".join(word.split()).casefold()
    return next(loai for loai in SYMBOLS_OF if loai.casefold() == folded)


def _is_cited(gap: str, before: str, *, class_before: bool, first: bool) -> bool:
    if first:
        rest = gap[_head_of(gap) :]
        return not rest or _PROVISION.match(rest) is not None
    if before.count("(") > before.count(")"):
        return False
    return _SEMICOLON.search(gap) is not None or (class_before and _JOIN.search(gap) is not None)


def _text_of(mark: _Mark, tail: str, *, chinh: bool, mot_phan: bool) -> TrichDan:
    ngay = _date_of(tail)
    year = _YEAR.match(tail) if ngay is None else None
    nam = ngay.nam if ngay else int(year[1]) if year else None
    co_quan = mark.co_quan or _ISSUER.search(tail) is not None
    return TrichDan(mark.loai, mark.ten, mark.so, ngay, nam, co_quan, chinh, mot_phan)


def _date_of(tail: str) -> NgayViet | None:
    """The day of the text that ``tail`` follows: before its title begins, or behind ``ban hành``."""
    title = _TITLE.search(tail)
    issued = _ISSUED_ON.search(tail)
    day = _date_in(tail[: title.start()] if title else tail)
    return _date_in(tail[issued.end() :]) if day is None and issued else day


def _date_in(text: str) -> NgayViet | None:
    day, damaged = _DAY.search(text), _DAY_DAMAGED.search(text)
    if day and (damaged is None or day.start() <= damaged.start()):
        values = [int(value) for value in day.groups() if value]
        return NgayViet(day.group().removeprefix("ngày").strip(), _calendar_day(*values), values[2])
    if damaged:
        return _damaged_date(damaged)
    blank = _DAY_BLANK.search(text)
    return NgayViet(" ".join(blank.group().split()), None, None, trong=True) if blank else None


def _damaged_date(found: re.Match[str]) -> NgayViet:
    d, m, y = found["d"], found["m"], found["y"]
    year = int(y) + 2000 if len(y) == 2 else int(y)  # noqa: PLR2004 - a year of two digits
    return NgayViet(found["viet"], _calendar_day(int(d), int(m), year), year, sua=f"{d}/{m}/{year}")


def _calendar_day(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _with_shared_issuer(texts: Sequence[TrichDan], marks: Sequence[_Mark], item: str) -> Iterator[TrichDan]:
    """``Nghị định số A ngày …, Nghị định số B ngày … của Chính phủ``: one issuer for both."""
    named_after = False
    shared: list[TrichDan] = []
    for text, mark, following in reversed([*zip_longest(texts, marks, marks[1:])]):
        joined = following is not None and _JOIN.search(item[mark.end : following.start]) is not None
        named_after = text.co_quan or (joined and named_after)
        shared.append(replace(text, co_quan=True) if named_after and not text.co_quan else text)
    yield from reversed(shared)
