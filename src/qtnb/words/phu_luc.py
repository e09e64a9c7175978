"""The words that the templates of plans and statistics forms may use, with what each holds.

As in :mod:`qtnb.words.vocabulary`: a word that is not here is a misspelling.
"""

from __future__ import annotations

from typing import TypedDict

from qtnb.words.vocabulary import Doan, PhuLuc


class VanBan(TypedDict):
    """The text that the appendix goes with."""

    ten_loai: str
    """``Kế hoạch`` or ``Quyết định``."""
    so: str
    """Blank until signed."""
    ky_hieu: str
    """``KH-UBND``."""
    ngay: str
    thang: str
    nam: str
    nguoi_ban_hanh: str
    """Who issues it, as in "(Kèm theo … của …)"."""


class CotKeHoach(TypedDict):
    """One column of a task table, that of the numbers left out."""

    khoa: str
    """``noi_dung``, ``chu_tri``, ``phoi_hop``, ``thoi_gian``, ``san_pham`` or ``ghi_chu``."""
    ten: str
    """Its head."""


class OKeHoach(TypedDict):
    """One cell of a task table."""

    khoa: str
    """That of its column."""
    la_noi_dung: bool
    la_thoi_gian: bool
    la_ghi_chu: bool
    doan: Doan


class DongKeHoach(TypedDict):
    """One line of a task table."""

    la_nhom: bool
    """True: the head of a group, whose name stands in ``ten_nhom``."""
    la_tiep: bool
    """True: a further product of the task above; number and text are one cell with it."""
    di_lien: bool
    """True: the line below belongs to this one, and both stay on one page."""
    stt: str
    """``I``, ``1``, ``1.1`` or ``-``; may be empty."""
    ten_nhom: str
    o: list[OKeHoach]
    """The cells after the number, in the order of the columns."""


class BangKeHoach(TypedDict):
    """A task table."""

    ten_cot_stt: str
    """Head of the numbers."""
    cot: list[CotKeHoach]
    dong: list[DongKeHoach]


class KeHoachWords(TypedDict):
    """All words of the templates ``ke-hoach`` and ``ke-hoach-ngang``."""

    phu_luc: PhuLuc
    van_ban: VanBan
    bang: BangKeHoach
    gop_trai: str
    """Alone in a cell: the cell becomes one with the cell at its left."""
    gop_tren: str
    """Alone in a cell: the cell becomes one with the cell above."""


class CotThongKe(TypedDict):
    """One column of a statistics form, those of the numbers and names left out."""

    ten: str
    cot_chung: str
    """Head over this column and its neighbours; empty: none."""
    mo_cot_chung: bool
    """True on the first column below its common head."""
    la_chu: bool
    """True: the column holds texts, not figures."""


class OThongKe(TypedDict):
    """One cell of a statistics form."""

    la_chu: bool
    doan: Doan


class DongThongKe(TypedDict):
    """One line of a statistics form."""

    la_nhom: bool
    la_tong: bool
    """True on the line of totals."""
    stt: str
    ten: str
    o: list[OThongKe]


class BangThongKe(TypedDict):
    """A statistics form's table."""

    ten_cot_ten: str
    """Head of the names."""
    co_cot_chung: bool
    """True when any column has a head over it."""
    cot: list[CotThongKe]
    dong: list[DongThongKe]


class ChuThich(TypedDict):
    """A footnote."""

    so: str
    """``(1)``."""
    noi_dung: str


class NguoiKyWords(TypedDict):
    """One of the two who sign."""

    chuc_vu: str
    ho_ten: str


class ThongKeWords(TypedDict):
    """All words of the template ``thong-ke``."""

    don_vi: list[str]
    """Lines of the name of the unit that reports, in capitals."""
    phu_luc: PhuLuc
    kem_theo: str
    """The text that orders the form, without brackets; may be empty."""
    bang: BangThongKe
    chu_thich: list[ChuThich]
    dia_danh: str
    ngay: str
    thang: str
    nam: str
    lap_bieu: NguoiKyWords
    ky: NguoiKyWords
    gop_trai: str
    gop_tren: str
