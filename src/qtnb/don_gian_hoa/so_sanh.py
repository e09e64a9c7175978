"""What became of procedures since an earlier state, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qtnb.diff.extent import Extent
from qtnb.diff.kho import ProcedureChange
from qtnb.diff.matching import AnyQuyTrinh
from qtnb.don_gian_hoa.lapsed import KetThuc
from qtnb.don_gian_hoa.times import HaiThoiGian


class KetQua(StrEnum):
    """What became of a procedure; the values are those of the JSON output."""

    CAT_GIAM = "cat_giam"
    """Fewer steps or less time, and neither more."""
    TANG = "tang"
    """More steps or more time, whatever else became less."""
    KHONG_DOI = "khong_doi"
    """As many steps, as much time."""
    KHONG_TINH_DUOC = "khong_tinh_duoc"
    """The two cannot be compared."""


@dataclass(frozen=True, slots=True)
class SoSanh:
    """One procedure before and after."""

    change: ProcedureChange
    before: Extent
    after: Extent
    thoi_gian: HaiThoiGian | None
    """None where there is nothing to add up: the same words on both sides, or see ``vi_sao``."""
    vi_sao: str
    """Why the two cannot be compared; empty when they can."""
    ly_do: str
    thay_the: KetThuc | None = None
    """The end of the procedure before, when another one took its place."""

    @property
    def item(self) -> AnyQuyTrinh:
        """The procedure as it is now."""
        return self.change.item

    @property
    def giam_buoc(self) -> int:
        """How many steps fewer; less than zero where there are more."""
        return self.before.cac_buoc - self.after.cac_buoc

    @property
    def giam_thoi_gian(self) -> Fraction:
        """How much less time, in the unit of ``thoi_gian``; 0 where there is none."""
        return self.thoi_gian.giam if self.thoi_gian else Fraction(0)

    @property
    def ket_qua(self) -> KetQua:
        """What became of it."""
        if self.vi_sao:
            return KetQua.KHONG_TINH_DUOC
        if self.giam_buoc < 0 or self.giam_thoi_gian < 0:
            return KetQua.TANG
        return KetQua.CAT_GIAM if self.giam_buoc or self.giam_thoi_gian else KetQua.KHONG_DOI


@dataclass(frozen=True, slots=True)
class DaiNgan:
    """A procedure that is on one side only, and how long it is."""

    item: AnyQuyTrinh
    extent: Extent


@dataclass(frozen=True, slots=True)
class KhongCon:
    """Procedures that are no more, together where the same ones take their place."""

    truoc: tuple[DaiNgan, ...]
    sau: tuple[DaiNgan, ...]
    """What takes their place; empty when they are abolished, or just gone."""
    can_cu: tuple[str, ...]
    """The decisions."""
    ly_do: str


@dataclass(frozen=True, slots=True)
class SoSanhKho:
    """The procedures of one kho in two states."""

    co_quan: str
    ban_truoc: str
    """What a person calls the state before."""
    ban_sau: str
    quy_trinh: tuple[SoSanh, ...]
    """Those with content that are in both states, in catalogue order."""
    khong_con: tuple[KhongCon, ...]
    bo_sung: tuple[DaiNgan, ...]
    """Those that are new, with content."""
    khong_so_duoc: tuple[tuple[str, str], ...]
    """Keys of those that cannot be read on one of the sides, and why."""

    def of(self, ket_qua: KetQua) -> list[SoSanh]:
        """Those of which this became."""
        return [item for item in self.quy_trinh if item.ket_qua is ket_qua]
