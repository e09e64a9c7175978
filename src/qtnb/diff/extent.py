"""How long procedures are: their steps, and the times they declare, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from qtnb.lint.amounts import HOUR, ZERO, Interval, read, total_reader, unit_of
from qtnb.lint.time_wording import written
from qtnb.model import QuyTrinhCV, QuyTrinhLT
from qtnb.thoi_luong import DonViThoiGian, LoiLe


class LoaiThoiGian(StrEnum):
    """Times of different kinds are never added up; the values are those of the JSON output."""

    NGAY_LAM_VIEC = "ngày làm việc"
    NGAY = "ngày"
    GIO = "giờ"
    """Shorter than a day: they go with days of either kind in one procedure."""
    TUAN = "tuần"
    THANG = "tháng"


_KIND: Final = {
    DonViThoiGian.PHUT: LoaiThoiGian.GIO,
    DonViThoiGian.GIO: LoaiThoiGian.GIO,
    DonViThoiGian.GIO_LAM_VIEC: LoaiThoiGian.GIO,
    DonViThoiGian.BUOI: LoaiThoiGian.GIO,
    DonViThoiGian.NGAY: LoaiThoiGian.NGAY,
    DonViThoiGian.NGAY_LAM_VIEC: LoaiThoiGian.NGAY_LAM_VIEC,
    DonViThoiGian.TUAN: LoaiThoiGian.TUAN,
    DonViThoiGian.THANG: LoaiThoiGian.THANG,
}
_DAYS: Final = frozenset({LoaiThoiGian.NGAY, LoaiThoiGian.NGAY_LAM_VIEC})
_UNIT: Final = {
    LoaiThoiGian.NGAY_LAM_VIEC: DonViThoiGian.NGAY_LAM_VIEC,
    LoaiThoiGian.NGAY: DonViThoiGian.NGAY,
    LoaiThoiGian.GIO: DonViThoiGian.GIO,
    LoaiThoiGian.TUAN: DonViThoiGian.TUAN,
    LoaiThoiGian.THANG: DonViThoiGian.THANG,
}


@dataclass(frozen=True, slots=True)
class KhaiBao:
    """The time that a procedure declares."""

    text: str
    """As written; empty before it has content."""
    loai: LoaiThoiGian | None
    """None with ``time``."""
    time: Interval | None
    """None when it cannot be computed."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How long one procedure is."""

    cac_buoc: int
    """Number of steps, of all agencies in an LT."""
    thoi_gian: KhaiBao


@dataclass(frozen=True, slots=True)
class Totals:
    """How long the procedures of one state are together."""

    cv: int
    lt: int
    cac_buoc: int
    thoi_gian: dict[LoaiThoiGian, Interval]
    """The sum of the declared times of each kind."""
    khong_tinh_duoc: int
    """Procedures whose declared time cannot be computed, which no sum counts."""
    hours: Fraction
    """Of a working day."""


def extent_of(item: QuyTrinhCV | QuyTrinhLT, hours: Fraction) -> Extent:
    """How long ``item`` is, with working days of ``hours`` hours."""
    steps = len(item.cac_buoc) if isinstance(item, QuyTrinhCV) else sum(len(part.cac_buoc) for part in item.co_quan)
    return Extent(steps, declared(item.thoi_gian, hours))


def declared(text: str, hours: Fraction) -> KhaiBao:
    """The time that a text declares: ``Trong ngày`` is up to a day, days of two kinds at once are not computable."""
    duration = read(text)
    if isinstance(duration, LoiLe):
        kinds = [LoaiThoiGian.NGAY] if duration.toi_da else []
    else:
        kinds = [_KIND[part.don_vi] for part in duration.so_luong if part.don_vi] if duration else []
    time = total_reader(unit_of(text), hours)(text) if kinds and not _DAYS.issubset(kinds) else None
    if time is None:
        return KhaiBao(text, None, None)
    return KhaiBao(text, next((kind for kind in kinds if kind in _DAYS), kinds[0]), time)


def time_written(time: KhaiBao) -> str:
    """A declared time as written, with a word where it cannot be computed."""
    if not time.text.strip():
        return "chưa khai thời gian"
    text = " ".join(time.text.split())
    return text if time.time is not None else f"“{text}” (không tính được)"


def totals_of(items: Iterable[QuyTrinhCV | QuyTrinhLT], hours: Fraction) -> Totals:
    """The totals over ``items``; one without content counts as a procedure and nothing else."""
    times: dict[LoaiThoiGian, Interval] = defaultdict(lambda: ZERO)
    counts = {"CV": 0, "LT": 0}
    steps = unknown = 0
    for item in items:
        extent = extent_of(item, hours)
        counts[item.loai] += 1
        steps += extent.cac_buoc
        if extent.thoi_gian.loai is not None and extent.thoi_gian.time is not None:
            times[extent.thoi_gian.loai] += extent.thoi_gian.time
        elif not item.chua_co_noi_dung:
            unknown += 1
    ordered = {loai: times[loai] for loai in LoaiThoiGian if loai in times}
    return Totals(counts["CV"], counts["LT"], steps, ordered, unknown, hours)


def change_in_words(old: KhaiBao, new: KhaiBao, hours: Fraction) -> str:
    """``giảm 1 ngày làm việc``; empty when the two cannot be compared or are the same time."""
    if old.time is None or new.time is None or old.loai is None or new.loai is None:
        return ""
    kinds = {old.loai, new.loai}
    ranged = old.time.low != old.time.high or new.time.low != new.time.high
    if ranged or old.time == new.time or (len(kinds) > 1 and (LoaiThoiGian.GIO not in kinds or not kinds & _DAYS)):
        return ""
    less = new.time.low < old.time.low
    amount = abs(Fraction(new.time.low) - Fraction(old.time.low))
    kind = next((kind for kind in (old.loai, new.loai) if kind in _DAYS), old.loai)
    return f"{'giảm' if less else 'tăng'} {in_words(Interval(amount, amount), kind, hours)}"


def in_words(time: Interval, loai: LoaiThoiGian, hours: Fraction) -> str:
    """A time as the form writes it: ``5 ngày làm việc``."""
    return written(time, _UNIT[loai], hours)


def amount_of(time: Interval, loai: LoaiThoiGian, hours: Fraction) -> tuple[Fraction, Fraction]:
    """A time as least and greatest number of its unit."""
    length = Fraction(HOUR) * (hours if loai in _DAYS else 1)
    return Fraction(time.low) / length, Fraction(time.high) / length


def number_in_words(amount: Fraction) -> str:
    """An exact number with a decimal comma: ``1,5``; as a fraction where two decimals are not enough."""
    if (100 * amount).denominator == 1:
        return f"{float(amount):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{amount.numerator}/{amount.denominator}"
