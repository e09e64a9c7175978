"""Durations as the forms write them, read into exact amounts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias


class DonViThoiGian(StrEnum):
    """The units of format.md, "Durations"; working and calendar units are different units."""

    PHUT = "phút"
    GIO = "giờ"
    GIO_LAM_VIEC = "giờ làm việc"
    BUOI = "buổi"
    NGAY = "ngày"
    NGAY_LAM_VIEC = "ngày làm việc"
    TUAN = "tuần"
    THANG = "tháng"


@dataclass(frozen=True, slots=True)
class SoLuong:
    """One exact amount; ``high`` differs from ``low`` for a range."""

    low: Fraction
    high: Fraction
    don_vi: DonViThoiGian | None
    """None: a bare number, which takes the unit of the declared total."""


@dataclass(frozen=True, slots=True)
class ThoiLuong:
    """A duration with amounts: their sum is the time. ``01 ngày 04 giờ`` has two."""

    so_luong: tuple[SoLuong, ...]


@dataclass(frozen=True, slots=True)
class LoiLe:
    """A time in words, a lead time or a clock limit: kept as written, no amount to count."""

    toi_da: SoLuong | None = None
    """The most that the words can mean (``Trong ngày``: 1 ngày); None: not computable."""


KetQuaDoc: TypeAlias = ThoiLuong | LoiLe


class ThoiLuongError(ValueError):
    """An amount whose unit is unknown."""

    def __init__(self, unit: str) -> None:
        """Keep the ``unit`` as written."""
        super().__init__(unit)
        self.unit = unit


_NUMBER = r"(?:\d{1,9}\s*/\s*\d{1,9}|\d{1,9}(?:\s?[.,]\s?\d{1,9})?|½)(?!\d)"
_IN_WORDS = r"(?:\s*\([^()\d]*\))?"
_UNITS = "|".join(sorted((unit.value for unit in DonViThoiGian), key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?P<low>{_NUMBER}){_IN_WORDS}"
    rf"(?:\s*(?:{_UNITS})?\s*(?:-|–|—|đến)\s*(?P<high>{_NUMBER}){_IN_WORDS})?"
    rf"\s*(?P<unit>{_UNITS})(?!\w)"
)
_BARE: Final = re.compile(rf"(?P<low>{_NUMBER}){_IN_WORDS}(?:\s*(?:-|–|—|đến)\s*(?P<high>{_NUMBER}){_IN_WORDS})?")
_BOUND: Final = re.compile(
    r"(?:không quá|không muộn hơn|chậm nhất(?: là)?|tối đa|tối thiểu|khoảng|từ"
    r"|trong(?: thời (?:hạn|gian)| vòng)?)\s+(?=[\d½])"
)
_BETWEEN: Final = re.compile(r"\s*(?:và|,|\+)?\s*(?=[\d½])")
_ANCHOR: Final = re.compile(r"\s*(?:$|[.;,(]|kể từ|tính từ|từ khi|từ ngày|từ lúc|sau khi|khi|đối với)")
_CLOCK_OR_DATE: Final = re.compile(r"\d{1,2}\s?(?:h|g|:)\s?\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")
_WORD: Final = re.compile(r"[^\s\d,.;()]+(?:\s+làm việc)?")
_WITHIN_A_DAY: Final = SoLuong(Fraction(0), Fraction(1), DonViThoiGian.NGAY)


@lru_cache(maxsize=4096)
def read_duration(text: str) -> KetQuaDoc:
    """Read a duration as an author wrote it (format.md, "Durations").

    Returns the amounts, or :class:`LoiLe` where there is nothing to count.
    Raises :class:`ThoiLuongError` for an amount whose unit is not one of :class:`DonViThoiGian`.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).lower().split())
    bound = _BOUND.match(folded)
    start = bound.end() if bound else 0
    if not folded[start : start + 1].isdigit() and folded[start : start + 1] != "½":
        return LoiLe(_WITHIN_A_DAY) if folded.startswith("trong ngày") else LoiLe()
    if _CLOCK_OR_DATE.match(folded, start):
        return LoiLe()
    amounts, end = _amounts(folded, start)
    if not amounts:
        return _bare(folded, start)
    return ThoiLuong(tuple(amounts)) if _ANCHOR.match(folded, end) else LoiLe()


def _amounts(folded: str, start: int) -> tuple[list[SoLuong], int]:
    amounts: list[SoLuong] = []
    end = start
    while (found := _AMOUNT.match(folded, start)) is not None:
        low = _exact(found["low"])
        amounts.append(SoLuong(low, _exact(found["high"] or found["low"]), DonViThoiGian(found["unit"])))
        end = found.end()
        following = _BETWEEN.match(folded, end)
        if following is None:
            break
        start = following.end()
    if amounts and start > end:
        _bare(folded, start)
    return amounts, end


def _bare(folded: str, start: int) -> KetQuaDoc:
    found = _BARE.match(folded, start)
    if found is None:
        return LoiLe()
    rest = folded[found.end() :].strip()
    if not rest:
        return ThoiLuong((SoLuong(_exact(found["low"]), _exact(found["high"] or found["low"]), None),))
    unit = _WORD.match(rest)
    if unit is None:
        return LoiLe()
    raise ThoiLuongError(unit.group())


def _exact(number: str) -> Fraction:
    if number == "½":
        return Fraction(1, 2)
    compact = "".join(number.split()).replace(",", ".")
    _, _, below = compact.partition("/")
    if below and not int(below):
        raise ThoiLuongError(number)
    return Fraction(compact)
