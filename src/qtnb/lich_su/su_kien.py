"""The life of one procedure, as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from qtnb.diff.extent import Extent
from qtnb.diff.kho import ProcedureChange
from qtnb.model import HinhThuc, Phan
from qtnb.so_dang_ky.model import TrangThai

FORMS: Final = {
    HinhThuc.BAN_HANH: "ban hành",
    HinhThuc.SUA_DOI_BO_SUNG: "sửa đổi, bổ sung",
    HinhThuc.THAY_THE: "thay thế",
    HinhThuc.BAI_BO: "bãi bỏ",
}
"""What users call what a decision does."""


class HienTrang(StrEnum):
    """How the file stands to what is approved; the values are those of the JSON output."""

    NHU_DA_PHE_DUYET = "nhu_da_phe_duyet"
    KHAC = "khac"
    """It says something else, which no decision has approved yet."""
    CHUA_PHE_DUYET = "chua_phe_duyet"
    """Nothing of it is approved."""
    KHONG_RO = "khong_ro"
    """Signed decisions name it, but what they approved is not kept."""
    KHONG_CON = "khong_con"
    """There is no file."""
    CON_TEP = "con_tep"
    """There still is, though the procedure has lapsed."""
    LOI = "loi"
    """The file cannot be read or does not fit the form."""


@dataclass(frozen=True, slots=True)
class SuKien:
    """What one decision did to the procedure."""

    khoa: str
    """Key of the decision."""
    ten: str
    """``Quyết định số 12/QĐ-SNV``."""
    ngay: dt.date
    hinh_thuc: HinhThuc
    phan: tuple[Phan, ...]
    """What it approved; empty where it ended the procedure."""
    hieu_luc: dt.date
    ly_do: str
    thay_bang: tuple[str, ...] = ()
    """What takes the procedure's place, as it is called; only where the decision ended it."""
    bai_bo_boi: str = ""
    """The decision that abolished this one; empty while it is in force."""
    noi_dung: Extent | None = None
    """How long the procedure is by it; None where nothing is kept, or there is no content yet."""
    thay_doi: ProcedureChange | None = None
    """Against what was approved before; None where that says the same, or nothing."""
    khong_ro: str = ""
    """What is not known of it; may be empty."""
    lai: bool = False
    """Whether all that it approves of the procedure had been approved before."""


@dataclass(frozen=True, slots=True)
class LanLuu:
    """One commit that touched the file."""

    ma: str
    """The first digits of its number."""
    ngay: dt.date | None
    tieu_de: str
    viec: str
    """What became of the procedure, in short."""


@dataclass(frozen=True, slots=True)
class LichSu:
    """The life of one procedure."""

    khoa: str
    ky_hieu: str
    """Empty for a draft without a number."""
    ten: str
    tep: str
    """Its file, relative to the kho, or the last that is known; may be empty."""
    trang_thai: TrangThai | None
    """Where it stands by the register; None where that does not have it."""
    hieu_luc: dt.date | None
    """From when its present content is in force; None where nothing is, or that is not known."""
    het_hieu_luc: dt.date | None
    """The day from which it is no longer in force; None while it is."""
    su_kien: tuple[SuKien, ...]
    """In the order in which the decisions were entered, or were signed."""
    hien_trang: HienTrang
    dang_soan: ProcedureChange | None
    """What the file says otherwise than what is approved."""
    loi: str = ""
    """What is wrong with the file."""
    du_thao: tuple[str, ...] = ()
    """Decisions that name it and are not entered."""
    thay_cho: tuple[str, ...] = ()
    """Procedures in whose place it stands, as they are called."""
    ghi_chu: tuple[str, ...] = ()
    """What a reader has to know of where this comes from."""
    hours: Fraction = Fraction(8)
    """Of a working day."""
    git: tuple[LanLuu, ...] | None = None
    """The latest first; None when not asked for."""
