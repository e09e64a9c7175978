"""The register as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from qtnb.model import Phan

VERSION: Final = 1
"""Of the register's form."""

ThuTu: TypeAlias = tuple[dt.date, int, str, str]
SoCap: TypeAlias = tuple[str, str, int, int]


class TrangThai(StrEnum):
    """Where a procedure stands; the values are those of the file."""

    DU_THAO = "du_thao"
    DA_PHE_DUYET = "da_phe_duyet"
    SUA_DOI = "sua_doi"
    """Approved, and amended since."""
    THAY_THE = "thay_the"
    BAI_BO = "bai_bo"

    @property
    def con_hieu_luc(self) -> bool:
        """Whether its content is approved and has not lapsed."""
        return self in {TrangThai.DA_PHE_DUYET, TrangThai.SUA_DOI}

    @property
    def nhan(self) -> str:
        """The state as users read it."""
        return _NAMES[self]


_NAMES: Final = {
    TrangThai.DU_THAO: "dự thảo",
    TrangThai.DA_PHE_DUYET: "đã phê duyệt",
    TrangThai.SUA_DOI: "đã sửa đổi, bổ sung",
    TrangThai.THAY_THE: "đã được thay thế",
    TrangThai.BAI_BO: "đã bãi bỏ",
}


@dataclass(frozen=True, slots=True)
class LanQuyetDinh:
    """What one decision did to one procedure."""

    quyet_dinh: str
    """Key of the decision."""
    so_ky_hieu: str
    """``123/QĐ-SNV``."""
    ngay: dt.date
    hinh_thuc: str
    """As in the decision: ``ban_hanh``, ``sua_doi_bo_sung``, ``thay_the`` or ``bai_bo``; ``bai_bo`` too for a procedure
    that lapsed because the decision abolished the decisions that had approved it."""
    dau: Mapping[Phan, str] = field(default_factory=lambda: MappingProxyType({}))
    """The seals of the parts that it approved; none where it only ended the procedure."""
    bai_bo: bool = field(default=False, compare=False)
    """Whether the decision has been abolished since: said by its own block, see :class:`SoDangKy`."""

    @property
    def thu_tu(self) -> ThuTu:
        """Sorts decisions by day, then by number."""
        so, _, ky_hieu = self.so_ky_hieu.partition("/")
        return self.ngay, int(so) if so.isdecimal() else 0, ky_hieu, self.quyet_dinh

    @property
    def ten(self) -> str:
        """How a sentence names the decision: ``Quyết định số 123/QĐ-SNV ngày 21/11/2026``."""
        return f"Quyết định số {self.so_ky_hieu} ngày {self.ngay:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class MucDangKy:
    """The block of one procedure."""

    khoa: str
    ky_hieu: str
    trang_thai: TrangThai = TrangThai.DU_THAO
    thay_the_boi: tuple[str, ...] = ()
    """Symbols of the procedures that replaced it."""
    hieu_luc: dt.date | None = None
    """From when its present content is in force; None for a draft."""
    het_hieu_luc: dt.date | None = None
    """The day from which it is no longer in force; None while it is."""
    lich_su: tuple[LanQuyetDinh, ...] = ()
    """In the order in which the decisions were signed: by day, then by number."""

    @property
    def phe_duyet(self) -> tuple[LanQuyetDinh, ...]:
        """The entries by which it stands approved, oldest first: those of decisions that were not abolished since.

        Of a procedure that has lapsed, the others where there is none such: they tell what it was.
        """
        approving = tuple(lan for lan in self.lich_su if lan.dau)
        in_force = tuple(lan for lan in approving if not lan.bai_bo)
        return in_force if in_force or self.trang_thai.con_hieu_luc else approving

    @property
    def lan_ket_thuc(self) -> LanQuyetDinh:
        """The entry of the decision that ended it; only of a procedure that was ended."""
        return next(lan for lan in reversed(self.lich_su) if not lan.dau)

    @property
    def ket_thuc(self) -> str:
        """How it ended, as a clause after its name; of one that lapses later than its decision was signed, the day.

        ``đã bãi bỏ theo Quyết định số …``; only of a procedure that was ended.
        """
        last, replaced = self.lan_ket_thuc, f"được thay thế bằng {', '.join(self.thay_the_boi)}"
        if self.het_hieu_luc is None or self.het_hieu_luc <= last.ngay:
            return f"{f'đã {replaced}' if self.thay_the_boi else self.trang_thai.nhan} theo {last.ten}"
        how = replaced if self.thay_the_boi else "bị bãi bỏ"
        return f"{how} theo {last.ten}, hết hiệu lực từ ngày {self.het_hieu_luc:%d/%m/%Y}"

    def nhan(self, ngay: dt.date) -> str:
        """Where it stands on a day, as users read it; with the day from which that is so, when it is yet to come."""
        if self.het_hieu_luc is not None and ngay < self.het_hieu_luc:
            return f"hết hiệu lực từ ngày {self.het_hieu_luc:%d/%m/%Y}"
        if self.het_hieu_luc is None and self.hieu_luc is not None and ngay < self.hieu_luc:
            what = "bản mới " if self.trang_thai is TrangThai.SUA_DOI else ""
            return f"{self.trang_thai.nhan}, {what}có hiệu lực từ ngày {self.hieu_luc:%d/%m/%Y}"
        return self.trang_thai.nhan

    def dau_cua(self, phan: Phan) -> tuple[LanQuyetDinh, str] | None:
        """The latest of :attr:`phe_duyet` that approved ``phan``, and its seal; None when none did."""
        return next(((lan, lan.dau[phan]) for lan in reversed(self.phe_duyet) if phan in lan.dau), None)

    def with_abolished(self, decisions: Container[str]) -> MucDangKy:
        """The block, its entries told which ``decisions`` are abolished."""
        if all(lan.bai_bo == (lan.quyet_dinh in decisions) for lan in self.lich_su):
            return self
        return replace(self, lich_su=tuple(replace(lan, bai_bo=lan.quyet_dinh in decisions) for lan in self.lich_su))


@dataclass(frozen=True, slots=True)
class QuyetDinhDaKy:
    """A decision that was approved."""

    khoa: str
    so: str
    ky_hieu: str
    """``QĐ-SNV``."""
    ngay: dt.date
    hieu_luc: dt.date
    hinh_thuc: str
    phe_duyet: str
    dau: str
    """Seal of what the decision itself says, see :func:`qtnb.so_dang_ky.decision_data.decision_seal`."""
    ban_luu: str
    """SHA-256 of the file that keeps what it approved."""
    tong_quy_trinh: int
    """How many blocks name it: a block that was lost is missed."""
    bai_bo_boi: str = ""
    """Key of the decision that abolished it; empty while it is in force."""
    co_quan: str = ""
    """Who issued it; empty for the agency of the kho."""

    @property
    def so_cap(self) -> SoCap:
        """What no two decisions share: an agency counts its own, anew each year (Nghị định 30/2020/NĐ-CP, Điều 15)."""
        return self.co_quan, self.ky_hieu, self.ngay.year, int(self.so)

    @property
    def thu_tu(self) -> ThuTu:
        """Sorts decisions by day, then by number."""
        return self.ngay, int(self.so), self.ky_hieu, self.khoa

    @property
    def so_ky_hieu(self) -> str:
        """``123/QĐ-SNV``; one digit gets a zero before it (SO-02)."""
        return f"{self.so.zfill(2)}/{self.ky_hieu}"

    @property
    def ten(self) -> str:
        """How a sentence names it."""
        return f"Quyết định số {self.so_ky_hieu} ngày {self.ngay:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class SoDangKy:
    """The register of one kho."""

    quyet_dinh: Mapping[str, QuyetDinhDaKy] = field(default_factory=lambda: MappingProxyType({}))
    """By key."""
    quy_trinh: Mapping[str, MucDangKy] = field(default_factory=lambda: MappingProxyType({}))
    """By key."""

    def __post_init__(self) -> None:
        """Tell every block which of the decisions that approved it are abolished."""
        abolished = {khoa for khoa, signed in self.quyet_dinh.items() if signed.bai_bo_boi}
        told = {khoa: item.with_abolished(abolished) for khoa, item in self.quy_trinh.items()}
        object.__setattr__(self, "quy_trinh", told)

    def with_items(self, items: Iterable[MucDangKy]) -> SoDangKy:
        """The register with ``items`` in place of the blocks of the same keys."""
        return SoDangKy(self.quyet_dinh, {**self.quy_trinh, **{item.khoa: item for item in items}})

    def with_decisions(self, decisions: Iterable[QuyetDinhDaKy]) -> SoDangKy:
        """The register with ``decisions`` in place of those of the same keys."""
        return SoDangKy({**self.quyet_dinh, **{item.khoa: item for item in decisions}}, self.quy_trinh)

    @property
    def ky_hieu_da_cap(self) -> frozenset[str]:
        """Every symbol ever given."""
        return frozenset(item.ky_hieu for item in self.quy_trinh.values())
