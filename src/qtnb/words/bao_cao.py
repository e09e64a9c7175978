"""The words that the templates of reports, and of appendices with tables and charts, may use.

As in :mod:`qtnb.words.vocabulary`: a word that is not here is a misspelling.
"""

from __future__ import annotations

from typing import TypedDict

from qtnb.words.blocks import Bang, Hinh
from qtnb.words.vocabulary import CoQuanBanHanh, Doan, Ky, PhuLuc


class MucBaoCao(TypedDict):
    """One part of a report's body."""

    tieu_de: str
    """``I. KẾT QUẢ THỰC HIỆN``; empty: the part has no heading."""
    doan: Doan
    cau_dan: Doan
    """Those of ``doan`` that announce what follows, and stay on its page."""
    la_cuoi: bool
    """True on the last part, whose last paragraph stays with the signature."""


class BaoCaoWords(TypedDict):
    """The report itself."""

    so: str
    """``05``; blank until signed."""
    ky_hieu: str
    """``BC-VP``."""
    ngay: str
    thang: str
    nam: str
    trich_yeu: str
    """Broken where its sense is, when long."""
    gach_ngang: str
    """The rule under the trích yếu: 1/3 to 1/2 of its line (TL-02)."""
    kinh_gui: list[str]
    """To whom it goes, each with its punctuation and, when there are several, its dash (NN-06)."""
    noi_dung: list[MucBaoCao]
    noi_nhan: list[str]
    """Recipients and the line "Lưu: …", each with its punctuation, without dash."""
    ky: Ky


class BangCuaPhuLuc(TypedDict):
    """One table of an appendix."""

    tieu_de: str
    """Empty where the appendix has one table, whose title is its own."""
    bang: Bang
    ghi_chu: list[str]
    """Footnotes with their numbers: ``(1) …``."""
    la_cuoi: bool
    """True on the last table of the appendix, whose last footnote stays with its end."""


class HinhCuaPhuLuc(TypedDict):
    """One chart of an appendix."""

    tieu_de: str
    hinh: Hinh


class PhuLucSoLieu(PhuLuc):
    """An appendix with tables, or with charts."""

    kem_theo: str
    """The line in brackets below the title, without them; empty: none."""
    ngang: bool
    """True: its pages are set broadside."""
    cac_bang: list[BangCuaPhuLuc]
    cac_hinh: list[HinhCuaPhuLuc]


class BaoCaoCoPhuLuc(TypedDict):
    """All words of the template ``bao-cao``."""

    co_quan: CoQuanBanHanh
    bao_cao: BaoCaoWords
    phu_luc: list[PhuLucSoLieu]


class PhuLucRieng(TypedDict):
    """All words of the template ``phu-luc``."""

    phu_luc: list[PhuLucSoLieu]
    """One."""
