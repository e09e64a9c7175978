"""The register as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from qtnb.model import Phan

VERSION: Final = 1
"""Of the register's form."""


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
    """As in the decision: ``ban_hanh``, ``sua_doi_bo_sung``, ``thay_the`` or ``bai_bo``."""
    dau: Mapping[Phan, str] = field(default_factory=lambda: MappingProxyType({}))
    """The seals of the parts that it approved; none where it only ended the procedure."""

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
    """In the order in which the decisions were entered."""

    def dau_cua(self, phan: Phan) -> tuple[LanQuyetDinh, str] | None:
        """The latest decision that approved ``phan``, and its seal; None when none has."""
        return next(((lan, lan.dau[phan]) for lan in reversed(self.lich_su) if phan in lan.dau), None)


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
    """Seal of what the decision itself says, see :func:`qtnb.so_dang_ky.approving.decision_seal`."""
    ban_luu: str
    """SHA-256 of the file that keeps what it approved."""
    tong_quy_trinh: int
    """How many blocks name it: a block that was lost is missed."""
    bai_bo_boi: str = ""
    """Number and symbol of the decision that abolished it; empty while it is in force."""

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
