"""From a statistics form to the words of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.model import CoQuan
from qtnb.tabular.layout import overs_of, value_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Cells, Column, Kind
from qtnb.thong_ke import NAME, DanhSoNhom, NguoiKy, NhomDonVi, ThongKe, sums_of
from qtnb.words.ke_hoach import MERGE_LEFT, MERGE_UP, title_lines
from qtnb.words.phu_luc import CotThongKe, DongThongKe, NguoiKyWords, OThongKe, ThongKeWords
from qtnb.words.writing import ended, nam_of, ngay_of, one_line, paragraphs, roman, thang_of

_TITLE: Final = (14.0, 700.0)
"""Size of the title and width of its lines, in points, a little left over."""
_LETTERS: Final = "ABCDĐEGHIKLMNOPQRSTUVXY"
"""Capitals that number groups, in the order of the Vietnamese alphabet (Nghị định 30, the letters of điểm)."""


def thong_ke_words(thong_ke: ThongKe, co_quan: CoQuan) -> ThongKeWords:
    """All words for the template of ``thong_ke``; ``co_quan`` is the kho's agency."""
    columns = thong_ke.cot[1:]
    unit = one_line(thong_ke.don_vi_bao_cao)
    return {
        "don_vi": [unit.upper()] if unit else [one_line(line).upper() for line in co_quan.ten_ban_hanh],
        "phu_luc": {
            "nhan": thong_ke.nhan,
            "tieu_de": title_lines(thong_ke.tieu_de, *_TITLE),
        },
        "kem_theo": one_line(thong_ke.kem_theo).removeprefix("(").removesuffix(")"),
        "bang": {
            "ten_cot_ten": one_line(thong_ke.cot[0].title),
            "co_cot_chung": any(column.over for column in columns),
            "cot": list(_heads(columns)),
            "dong": list(_lines(thong_ke, columns)),
        },
        "chu_thich": [
            {"so": f"({number})", "noi_dung": ended(one_line(note), _mark(number, thong_ke.chu_thich))}
            for number, note in enumerate(thong_ke.chu_thich, start=1)
        ],
        "dia_danh": one_line(thong_ke.dia_danh) or one_line(co_quan.dia_danh),
        "ngay": ngay_of(thong_ke.ngay_lap),
        "thang": thang_of(thong_ke.ngay_lap),
        "nam": nam_of(thong_ke.ngay_lap),
        "lap_bieu": _signer(thong_ke.lap_bieu),
        "ky": _signer(thong_ke.ky),
        "gop_trai": MERGE_LEFT,
        "gop_tren": MERGE_UP,
    }


def group_label(danh_so: DanhSoNhom, nhom: NhomDonVi) -> str:
    """``A`` or ``I``; empty for a group without a head, two letters after the last one."""
    if not nhom.ten.strip():
        return ""
    if danh_so is DanhSoNhom.LA_MA:
        return roman(nhom.thu_tu)
    round_, place = divmod(nhom.thu_tu - 1, len(_LETTERS))
    return (_LETTERS[round_ - 1] if round_ else "") + _LETTERS[place]


def _heads(columns: Sequence[Column]) -> Iterator[CotThongKe]:
    for over in overs_of(columns):
        for index in range(over.first, over.last + 1):
            yield {
                "ten": one_line(columns[index].title),
                "cot_chung": one_line(over.title),
                "mo_cot_chung": bool(over.title) and index == over.first,
                "la_chu": columns[index].kind is Kind.TEXT,
            }


def _lines(thong_ke: ThongKe, columns: Sequence[Column]) -> Iterator[DongThongKe]:
    for nhom in thong_ke.nhom:
        label = group_label(thong_ke.danh_so, nhom)
        if label:
            cells = nhom.dong[0] if nhom.la_mot_dong else sums_of(columns, nhom.dong)
            yield _line(label, nhom.ten, columns, cells, group=True)
        if not nhom.la_mot_dong:
            for number, row in enumerate(nhom.dong, start=1):
                yield _line(str(number), str(row[NAME]), columns, row)
    yield _line("", "Tổng cộng", columns, sums_of(columns, thong_ke.dong), total=True)


def _line(  # noqa: PLR0913 - what a line is made of, named at every call
    stt: str, ten: str, columns: Sequence[Column], cells: Cells, *, group: bool = False, total: bool = False
) -> DongThongKe:
    return {
        "la_nhom": group,
        "la_tong": total,
        "stt": stt,
        "ten": one_line(ten),
        "o": [_cell(column, cells) for column in columns],
    }


def _cell(column: Column, cells: Cells) -> OThongKe:
    # Sums bring their ratios along: some are left out for a reason.
    value = cells[column.key] if column.key in cells else value_of(column, cells)
    return {"la_chu": column.kind is Kind.TEXT, "doan": paragraphs(printed(column.kind, value))}


def _mark(number: int, notes: Sequence[str]) -> str:
    return "." if number == len(notes) else ";"


def _signer(signer: NguoiKy) -> NguoiKyWords:
    return {"chuc_vu": one_line(signer.chuc_vu), "ho_ten": one_line(signer.ho_ten)}
