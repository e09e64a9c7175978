"""From a plan to the words of its task table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.ke_hoach import Cot, DanhSo, Dong, KeHoach, NhiemVu, NhiemVuCon, NhomNhiemVu
from qtnb.model import CoQuan
from qtnb.words.phu_luc import DongKeHoach, KeHoachWords, OKeHoach, VanBan
from qtnb.words.titles import subject_lines
from qtnb.words.vocabulary import Doan
from qtnb.words.writing import nam_of, ngay_of, one_line, paragraphs, roman, so_of, thang_of

MERGE_LEFT: Final = "\ue000"
"""Alone in a cell: it becomes one with the cell at its left; a sign that no text means anything by."""
MERGE_UP: Final = "\ue001"
"""Alone in a cell: it becomes one with the cell above."""

_UPRIGHT: Final = (14.0, 460.0)
_LYING: Final = (14.0, 700.0)
"""Size of titles and width of their lines, in points, a little left over, by the lie of the page."""


def ke_hoach_words(ke_hoach: KeHoach, co_quan: CoQuan) -> KeHoachWords:
    """All words for the template of ``ke_hoach``; ``co_quan`` is the kho's agency."""
    columns = [column for column in ke_hoach.cot if column.khoa is not Cot.STT]
    return {
        "phu_luc": {
            "nhan": ke_hoach.nhan,
            "tieu_de": title_lines(ke_hoach.tieu_de, *(_LYING if ke_hoach.ngang else _UPRIGHT)),
        },
        "van_ban": _text_above(ke_hoach, ke_hoach.co_quan_ban_hanh or co_quan),
        "bang": {
            "ten_cot_stt": ke_hoach.cot[0].ten,
            "cot": [{"khoa": column.khoa.value, "ten": one_line(column.ten)} for column in columns],
            "dong": list(_lines(ke_hoach, [column.khoa for column in columns])),
        },
        "gop_trai": MERGE_LEFT,
        "gop_tren": MERGE_UP,
    }


def title_lines(title: str, size: float, room: float) -> str:
    """The title of an appendix in capitals, broken where its author broke it, or where its sense is."""
    written = paragraphs(title.upper())
    return "\n".join(written) if len(written) > 1 else subject_lines(written[0], size, room)


def group_number(ke_hoach: KeHoach, nhom: NhomNhiemVu) -> str:
    """``I`` or ``1``; empty for a group without a head."""
    if not nhom.ten.strip():
        return ""
    return str(nhom.thu_tu) if ke_hoach.danh_so is DanhSo.THAP_PHAN else roman(nhom.thu_tu)


def task_number(ke_hoach: KeHoach, nhom: NhomNhiemVu, nhiem_vu: NhiemVu) -> str:
    """The number as printed: ``1``, ``1.1``, what the file writes, or nothing."""
    if nhiem_vu.thu_tu is None:
        return nhiem_vu.stt.strip()
    inside = ke_hoach.danh_so is DanhSo.THAP_PHAN and nhom.ten.strip()
    return f"{nhom.thu_tu}.{nhiem_vu.thu_tu}" if inside else str(nhiem_vu.thu_tu)


def symbol_of(ke_hoach: KeHoach, viet_tat: str) -> str:
    """``KH-UBND``; ``viet_tat`` is the abbreviation of who issues it."""
    return f"{'QĐ' if ke_hoach.la_quyet_dinh else 'KH'}-{viet_tat}"


def _text_above(ke_hoach: KeHoach, issuer: CoQuan) -> VanBan:
    return {
        "ten_loai": "Quyết định" if ke_hoach.la_quyet_dinh else "Kế hoạch",
        "so": so_of(ke_hoach.so),
        "ky_hieu": symbol_of(ke_hoach, issuer.viet_tat),
        "ngay": ngay_of(ke_hoach.ngay),
        "thang": thang_of(ke_hoach.ngay),
        "nam": nam_of(ke_hoach.ngay),
        "nguoi_ban_hanh": one_line(ke_hoach.tham_quyen) or one_line(issuer.ten),
    }


def _lines(ke_hoach: KeHoach, columns: Sequence[Cot]) -> Iterator[DongKeHoach]:
    for nhom in ke_hoach.nhom:
        if nhom.ten.strip():
            # A cell for each column: the first takes the name, the others become one with it.
            yield {
                "la_nhom": True,
                "la_tiep": False,
                "di_lien": True,
                "stt": group_number(ke_hoach, nhom),
                "ten_nhom": one_line(nhom.ten),
                "o": [_cell(column, [""]) for column in columns[1:]],
            }
        for nhiem_vu in nhom.nhiem_vu:
            yield from _task(task_number(ke_hoach, nhom, nhiem_vu), nhiem_vu, columns)


def _task(stt: str, nhiem_vu: NhiemVu, columns: Sequence[Cot]) -> Iterator[DongKeHoach]:
    further = [_line("", nhiem_vu, dong, columns) for dong in nhiem_vu.san_pham_khac]
    lines = [_line(stt, nhiem_vu, nhiem_vu.dong, columns), *further]
    for number, line in enumerate(lines):
        yield {**line, "la_tiep": number > 0, "di_lien": number < len(further)}
    for con in nhiem_vu.nhiem_vu_con:
        yield _line("-", con, con.dong, columns)


def _line(stt: str, item: NhiemVu | NhiemVuCon, dong: Dong, columns: Sequence[Cot]) -> DongKeHoach:
    texts = {
        Cot.NOI_DUNG: paragraphs(item.noi_dung),
        Cot.CHU_TRI: _units(dong.chu_tri),
        Cot.PHOI_HOP: _units(dong.phoi_hop),
        Cot.THOI_GIAN: paragraphs(dong.thoi_gian),
        Cot.SAN_PHAM: paragraphs(dong.san_pham),
        Cot.GHI_CHU: paragraphs(item.ghi_chu),
    }
    return {
        "la_nhom": False,
        "la_tiep": False,
        "di_lien": False,
        "stt": stt,
        "ten_nhom": "",
        "o": [_cell(column, texts[column]) for column in columns],
    }


def _cell(column: Cot, doan: Doan) -> OKeHoach:
    return {
        "khoa": column.value,
        "la_noi_dung": column is Cot.NOI_DUNG,
        "la_thoi_gian": column is Cot.THOI_GIAN,
        "la_ghi_chu": column is Cot.GHI_CHU,
        "doan": doan,
    }


def _units(units: Sequence[str]) -> Doan:
    """Paragraphs of a cell; several units of a list stand behind dashes."""
    if len(units) > 1:
        return [f"- {line}" for unit in units for line in paragraphs(unit.strip().removeprefix("- "))]
    return paragraphs(units[0]) if units else [""]
