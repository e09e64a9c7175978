"""The words that a Word template may use, with what each holds.

The context is built as these dictionaries and a template is checked against them, so a word that
is not here is a misspelling. Texts that may run over several paragraphs are lists of paragraphs.
"""

from __future__ import annotations

from typing import TypedDict

Doan = list[str]
"""A text as its paragraphs."""


class CoQuanBanHanh(TypedDict):
    """The agency that issues the decision."""

    ten: str
    """Full name."""
    chu_quan: str
    """Letterhead line above, in capitals; empty for UBND of any level."""
    ten_ban_hanh: list[str]
    """Lines of the letterhead, in capitals; a long one is broken."""
    gach_ngang: str
    """The rule under the letterhead: 1/3 to 1/2 of the line above it (CQ-05)."""
    viet_tat: str
    dia_danh: str


class Dieu(TypedDict):
    """One paragraph of the decision's body."""

    nhan: str
    """``Điều 1. `` on the first paragraph of an Điều, empty on the others."""
    noi_dung: str


class Ky(TypedDict):
    """The signature block."""

    chuc_vu: list[str]
    """Lines of authority and title, in capitals."""
    ho_ten: str


class QuyetDinhWords(TypedDict):
    """The decision itself."""

    so: str
    """``05``; blank until signed."""
    ky_hieu: str
    """``QĐ-SNV``."""
    ngay: str
    thang: str
    nam: str
    trich_yeu: str
    """Broken where its sense is, when long."""
    gach_ngang: str
    """The rule under the trích yếu: 1/3 to 1/2 of its line (TL-02)."""
    tham_quyen: str
    """Who decides, in capitals; broken before the place when long."""
    nguoi_ban_hanh: str
    """Who decides, as in "(Kèm theo … của …)"."""
    can_cu: list[str]
    """Grounds and proposal, each with its punctuation."""
    cac_dieu: list[Dieu]
    noi_nhan: list[str]
    """Recipients and the line "Lưu: …", each with its punctuation, without dash."""
    ky: Ky


class PhuLuc(TypedDict):
    """Head of an appendix."""

    nhan: str
    """``Phụ lục I``, or ``Phụ lục`` when it is the only one."""
    tieu_de: str
    """Title, in capitals, broken where its sense does."""


class MucDanhMuc(TypedDict):
    """One line of the danh mục."""

    stt: str
    ten: str
    ky_hieu: str
    ghi_chu: Doan
    so_nhom: str
    """``I``; only on the first procedure of a lĩnh vực, else empty."""
    nhom: str
    """Name of the lĩnh vực; only on its first procedure, else empty."""


class TaiLieuWords(TypedDict):
    """One paper of a file of papers."""

    ten: Doan
    ban_chinh: str
    """``X`` or empty."""
    ban_sao: str
    """``X`` or empty."""


class BuocCVWords(TypedDict):
    """One step of a CV procedure."""

    nhan: str
    """``B1``."""
    giai_doan: str
    """Name of the stage; only on its first step, else empty."""
    trinh_tu: Doan
    chu_tri: Doan
    phoi_hop: Doan
    thoi_gian: Doan
    ket_qua: Doan


class QuyTrinhCVWords(TypedDict):
    """The content of a CV procedure (Phụ lục I)."""

    stt: str
    ten: str
    ky_hieu: str
    tieu_de: str
    """Number, name and symbol: ``1. Tiếp nhận văn bản đến (CV-01)``."""
    muc_dich: Doan
    pham_vi: Doan
    can_cu_phap_ly: list[Doan]
    tai_lieu: list[TaiLieuWords]
    so_luong: Doan
    thoi_gian: Doan
    cac_buoc: list[BuocCVWords]
    bieu_mau: list[Doan]
    la_cuoi: bool
    """True on the last procedure of the decision."""


class BuocLTWords(TypedDict):
    """One step of an LT procedure at one agency."""

    nhan: str
    giai_doan: str
    noi_dung: Doan
    thuc_hien: Doan
    thoi_gian: Doan
    ket_qua: Doan


class CoQuanLTWords(TypedDict):
    """What one agency does in an LT procedure."""

    stt: str
    """``4.1``."""
    ten: str
    pham_vi: list[str]
    """Paragraphs; none when not said."""
    tai_lieu: list[TaiLieuWords]
    so_luong: Doan
    thoi_gian: Doan
    cac_buoc: list[BuocLTWords]
    ket_qua: Doan
    luan_chuyen: Doan
    co_quan_sau: str
    """Name of the next agency; empty at the last one."""


class QuyTrinhLTWords(TypedDict):
    """The content of an LT procedure (Phụ lục II)."""

    stt: str
    ten: str
    ky_hieu: str
    tieu_de: str
    muc_dich: Doan
    pham_vi: Doan
    thoi_gian: Doan
    co_quan: list[CoQuanLTWords]
    la_cuoi: bool


class DanhMuc(PhuLuc):
    """The appendix with the list of names."""

    quy_trinh: list[MucDanhMuc]


class NoiDungCV(PhuLuc):
    """The appendix with the contents of CV procedures."""

    quy_trinh: list[QuyTrinhCVWords]


class NoiDungLT(PhuLuc):
    """The appendix with the contents of LT procedures."""

    quy_trinh: list[QuyTrinhLTWords]


class DongSoSanhWords(TypedDict):
    """One row of the comparison: one thing that changed, or a total."""

    stt: str
    """Counted in each group; empty on a total."""
    nhan: Doan
    """What changed."""
    hien_hanh: Doan
    sua_doi: Doan
    ly_do: Doan
    cung_ly_do: bool
    """True when the reason is that of the row above, and stands there."""
    la_tong: bool
    """True on a row of totals."""
    la_cuoi: bool
    """True on the last row of the table."""


class NhomSoSanh(TypedDict):
    """What changed in one procedure, or the totals of all."""

    tieu_de: str
    """``I. Tiếp nhận văn bản đến (CV-01)``."""
    dong: list[DongSoSanhWords]


class SoSanh(PhuLuc):
    """The appendix that sets what is in force and what becomes of it side by side."""

    cot_moi: str
    """Head of the column with the new text: ``Sửa đổi, bổ sung`` or ``Thay thế``."""
    nhom: list[NhomSoSanh]


class DecisionCommon(TypedDict):
    """What the words of both kinds of decision have in common."""

    co_quan: CoQuanBanHanh
    quyet_dinh: QuyetDinhWords
    co_danh_muc: bool
    """True when the decision has the appendix ``danh_muc``."""
    co_noi_dung: bool
    """True when the decision has the appendix ``noi_dung``."""
    co_so_sanh: bool
    """True when the decision has the appendix ``so_sanh``."""
    danh_muc: DanhMuc
    so_sanh: SoSanh


class DecisionCV(DecisionCommon):
    """All words of the template ``quyet-dinh-cv``."""

    noi_dung: NoiDungCV


class DecisionLT(DecisionCommon):
    """All words of the template ``quyet-dinh-lt``."""

    noi_dung: NoiDungLT
