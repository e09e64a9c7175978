"""What can be said of a document, as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from qtnb.render.alterations import Alteration
from qtnb.render.mark import DauVanBan
from qtnb.so_dang_ky.model import LanQuyetDinh, QuyetDinhDaKy, TrangThai


class Verdict(StrEnum):
    """The answer in a word."""

    NGUYEN_VEN = "nguyen_ven"
    """Not altered since it was made; compared with what was approved only where :attr:`Answer.doi_chieu` says so."""
    BI_SUA = "bi_sua"
    """Altered since, or not what its decision approved."""
    TRAI_SO = "trai_so_dang_ky"
    """Not altered since, but the register knows another decision, or none, where the document names its own."""
    KHONG_CO_DAU = "khong_co_dau"
    """It carries no mark of qtnb."""
    KHONG_DOI_CHIEU_DUOC = "khong_doi_chieu_duoc"
    """Not altered since; the register that could tell more cannot be used."""


@dataclass(frozen=True, slots=True)
class TinhTrang:
    """Where a procedure of an approved decision stands now."""

    khoa: str
    ky_hieu: str
    trang_thai: TrangThai
    hieu_luc: dt.date | None
    het_hieu_luc: dt.date | None
    thay_the_boi: tuple[str, ...]
    quyet_dinh_sau: tuple[LanQuyetDinh, ...]
    """What was decided later on what the document's decision approved of it, or on its end."""
    bi_bai_bo: bool
    """Whether the document's decision has been abolished."""

    @property
    def moi_nhat(self) -> bool:
        """Whether it still stands as the document's decision approved it."""
        return self.trang_thai.con_hieu_luc and not self.quyet_dinh_sau and not self.bi_bai_bo


@dataclass(frozen=True, slots=True)
class BanHanh:
    """What became of a draft."""

    quyet_dinh: QuyetDinhDaKy
    khac: tuple[Alteration, ...]
    """Where the draft (new) differs from what was signed (old), but for number and day."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to ``qtnb verify``."""

    verdict: Verdict
    cau: tuple[str, ...]
    """What is known, a sentence each; the first one is the conclusion."""
    thay_doi: tuple[Alteration, ...] = ()
    """What was altered, in the order of the document."""
    dau: DauVanBan | None = None
    """The mark; None for a document without."""
    kho: str = ""
    """The register that it was compared with, as a path; empty when with none."""
    doi_chieu: bool = False
    """Whether it was compared with what its decision approved."""
    quyet_dinh: QuyetDinhDaKy | None = None
    """The decision as the register has it; None when not compared."""
    quy_trinh: tuple[TinhTrang, ...] = ()
    """The procedures of a document that is as approved."""
    ban_hanh: BanHanh | None = None
    """For a draft that was signed since."""
    con_danh_dau: bool = False
    """Whether tracked changes are waiting."""
