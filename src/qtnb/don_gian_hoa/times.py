"""The declared times of two versions of a procedure as exact numbers of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from qtnb.diff.extent import KhaiBao, LoaiThoiGian, amount_of

UNITS: Final = (LoaiThoiGian.NGAY_LAM_VIEC, LoaiThoiGian.NGAY, LoaiThoiGian.TUAN, LoaiThoiGian.THANG)
"""What times are added up in, each for itself. Hours are parts of a working day, as in :mod:`qtnb.lint.amounts`."""

_DAYS: Final = frozenset({LoaiThoiGian.NGAY_LAM_VIEC, LoaiThoiGian.NGAY})
_NAMES: Final = {LoaiThoiGian.NGAY: "ngày kể cả ngày nghỉ"}


@dataclass(frozen=True, slots=True)
class HaiThoiGian:
    """A time before and after."""

    don_vi: LoaiThoiGian
    """One of :data:`UNITS`."""
    truoc: Fraction
    sau: Fraction

    @property
    def giam(self) -> Fraction:
        """How much was saved; less than zero where the time grew."""
        return self.truoc - self.sau


@dataclass(frozen=True, slots=True)
class KhongTinhDuoc:
    """Why two times cannot be compared."""

    vi_sao: str


KetQuaThoiGian: TypeAlias = HaiThoiGian | KhongTinhDuoc | None
"""None: the same words on both sides, which give no number; nothing was saved, and there is nothing to add up."""


def compared_times(before: KhaiBao, after: KhaiBao, hours: tuple[Fraction, Fraction]) -> KetQuaThoiGian:
    """Both times in one unit; ``hours`` are those of a working day before and after.

    A range (``1 - 2 ngày``, ``Trong ngày``) is no number: what was saved would be a guess. Calendar days and working
    days, weeks and days, have no common unit.
    """
    reason = _no_number(before, "trước") or _no_number(after, "sau")
    if reason:
        same = before.text.split() == after.text.split()
        return None if same else KhongTinhDuoc(reason)
    unit = _common_unit(before, after)
    if unit is None:
        return KhongTinhDuoc(f"bản trước tính bằng {_unit_name(before)}, bản sau tính bằng {_unit_name(after)}")
    return HaiThoiGian(unit, _amount(before, hours[0]), _amount(after, hours[1]))


def unit_name(unit: LoaiThoiGian) -> str:
    """What a unit is called where others stand beside it: calendar days are told from working days."""
    return _NAMES.get(unit, unit.value)


def _no_number(time: KhaiBao, side: str) -> str:
    """Why a time is no number; empty when it is one."""
    text = " ".join(time.text.split())
    if not text:
        return f"bản {side} chưa khai thời gian"
    if time.time is None:
        return f"thời gian của bản {side}, “{text}”, không tính được"
    return f"thời gian của bản {side}, “{text}”, là một khoảng" if time.time.low != time.time.high else ""


def _common_unit(before: KhaiBao, after: KhaiBao) -> LoaiThoiGian | None:
    kinds = {before.loai, after.loai}
    if kinds == {LoaiThoiGian.GIO}:
        return LoaiThoiGian.NGAY_LAM_VIEC
    if len(kinds) == 2 and kinds & _DAYS:  # noqa: PLR2004 - one kind on each side
        kinds -= {LoaiThoiGian.GIO}
    return kinds.pop() if len(kinds) == 1 else None


def _unit_name(time: KhaiBao) -> str:
    return unit_name(time.loai) if time.loai is not None else ""


def _amount(time: KhaiBao, hours: Fraction) -> Fraction:
    assert time.time is not None  # noqa: S101 - asked for times that are numbers only
    assert time.loai is not None  # noqa: S101 - as above
    amount, _ = amount_of(time.time, time.loai, hours)
    return amount / hours if time.loai is LoaiThoiGian.GIO else amount
