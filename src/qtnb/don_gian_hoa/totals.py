"""Sums over procedures compared: steps, and times of each unit for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from qtnb.diff.extent import LoaiThoiGian
from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanh
from qtnb.don_gian_hoa.times import UNITS, HaiThoiGian


@dataclass(frozen=True, slots=True)
class Tong:
    """The sums over some procedures that can be compared."""

    quy_trinh: int
    buoc_truoc: int
    buoc_sau: int
    thoi_gian: dict[LoaiThoiGian, HaiThoiGian]
    """By unit; a unit that no procedure has is left out."""

    @property
    def giam_buoc(self) -> int:
        """How many steps fewer; less than zero where there are more."""
        return self.buoc_truoc - self.buoc_sau


def total_of(items: Iterable[SoSanh]) -> Tong:
    """The sums over ``items``; of those that cannot be compared nothing counts."""
    counted = [item for item in items if item.ket_qua is not KetQua.KHONG_TINH_DUOC]
    times: dict[LoaiThoiGian, HaiThoiGian] = {}
    for unit in UNITS:
        known = [item.thoi_gian for item in counted if item.thoi_gian and item.thoi_gian.don_vi is unit]
        if known:
            before, after = (
                sum(sides, Fraction(0)) for sides in zip(*((it.truoc, it.sau) for it in known), strict=True)
            )
            times[unit] = HaiThoiGian(unit, before, after)
    return Tong(
        len(counted),
        sum(item.before.cac_buoc for item in counted),
        sum(item.after.cac_buoc for item in counted),
        times,
    )
