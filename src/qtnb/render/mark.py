"""The mark that a document carries unseen: what it is, and what it said when qtnb made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from qtnb.render.reading import Reading

NAMESPACE: Final = "https://qtnb.invalid/dau/1"
"""Of the element that holds the mark, in whatever part an office program puts it."""
PROPERTY: Final = "qtnb"
"""Prefix of the custom document properties."""
VERSION: Final = 1


class LoaiVanBan(StrEnum):
    """What a marked document is."""

    QUYET_DINH = "quyet_dinh"
    """A decision, signed or a draft."""
    DANH_DAU = "danh_dau"
    """A decision with what changed in it as tracked changes."""
    SO_SANH = "so_sanh"
    """The comparison of two states of a kho."""
    DON_GIAN_HOA = "don_gian_hoa"
    """The report on what was cut."""
    BAO_CAO = "bao_cao"
    """A report with tables."""
    KE_HOACH = "ke_hoach"
    """The table of a plan."""
    THONG_KE = "thong_ke"
    """A statistics form."""


@dataclass(frozen=True, slots=True)
class DauQuyTrinh:
    """One procedure of a marked document."""

    khoa: str
    ky_hieu: str
    dau: Mapping[str, str]
    """Seals by part (:class:`qtnb.model.Phan`)."""


@dataclass(frozen=True, slots=True)
class DauVanBan:
    """The mark of a document."""

    qtnb: str
    """Version of the qtnb that made it."""
    co_quan: str
    """The agency of the kho."""
    ban: str = ""
    """Revision of the kho; empty when nobody told."""
    quyet_dinh: str = ""
    """Key of the decision; empty where there is none."""
    so_ky_hieu: str = ""
    """``123/QĐ-SNV``; empty for one that was not signed."""
    ngay: str = ""
    """Year-month-day; empty for one that was not signed."""
    quy_trinh: tuple[DauQuyTrinh, ...] = ()
    loai: LoaiVanBan = LoaiVanBan.QUYET_DINH
    ve: str = ""
    """What a document that is no decision is about: the states that it compares."""
    dau_khac: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Seals that the document has once all tracked changes are accepted (``chap_nhan``) or rejected (``tu_choi``)."""
    noi_dung: Reading | None = None
    """What it said; None when only the seal of that is known."""
    dau_van_ban: str = ""
    """The seal of what it said."""

    @property
    def is_signed(self) -> bool:
        """Whether it is a decision with its number."""
        return self.loai is LoaiVanBan.QUYET_DINH and bool(self.so_ky_hieu)
