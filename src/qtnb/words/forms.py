"""The contents of procedures as the cells of Phụ lục I and II hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from qtnb.model import BuocCV, BuocLT, ChangCoQuan, QuayLai, QuyTrinh, QuyTrinhCV, QuyTrinhLT, TaiLieu
from qtnb.words.titles import heading_lines
from qtnb.words.vocabulary import (
    BuocCVWords,
    BuocLTWords,
    CoQuanLTWords,
    Doan,
    MucDanhMuc,
    QuyTrinhCVWords,
    QuyTrinhLTWords,
    TaiLieuWords,
)
from qtnb.words.writing import capitalised, one_line, paragraphs, roman, starts_with, unended

_OTHER_FIELD = "Lĩnh vực khác"
_NOTHING = "Không có"

_HEADING = (14.0, 467.75)
"""Size of a procedure's heading and width of its lines, in points (templates/build.py)."""

_OFFICES = re.compile(
    r"(?:Ban|Bộ|Chánh|Chi cục|Chủ tịch|Chuyên viên|Công an|Công chức|Cục|Giám đốc|Hội đồng|Lãnh đạo|Phòng|Phó|Sở"
    r"|Thủ trưởng|Thường trực|Tổng|Trung tâm|Trưởng|Ủy ban|Văn phòng|Văn thư|Viện|Vụ) "
)
"""Openings that keep their capital inside a sentence: "Lãnh đạo Sở không duyệt"."""

_Item = TypeVar("_Item", bound=QuyTrinh)


def in_groups(items: Sequence[_Item]) -> dict[str, list[_Item]]:
    """Procedures by lĩnh vực: groups in the order of their first procedure, those without one last.

    When no procedure names its lĩnh vực there is one group, with an empty name.
    """
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(one_line(item.linh_vuc), []).append(item)
    without = groups.pop("", [])
    if without:
        groups[_OTHER_FIELD if groups else ""] = without
    return groups


def danh_muc_rows(groups: Mapping[str, Sequence[QuyTrinh]]) -> Iterator[MucDanhMuc]:
    """Lines of the danh mục, STT running on over the groups."""
    stt = 0
    for number, (field, members) in enumerate(groups.items(), start=1):
        for place, item in enumerate(members):
            stt += 1
            opens = bool(field) and place == 0
            yield {
                "stt": str(stt),
                "ten": one_line(item.ten),
                "ky_hieu": item.ky_hieu,
                "ghi_chu": paragraphs(item.ghi_chu),
                "so_nhom": roman(number) if opens else "",
                "nhom": field if opens else "",
            }


def cv_words(number: int, item: QuyTrinhCV, *, last: bool) -> QuyTrinhCVWords:
    """The table of one CV procedure; ``number`` is its place in the appendix."""
    return {
        "stt": str(number),
        "ten": one_line(item.ten),
        "ky_hieu": item.ky_hieu,
        "tieu_de": _heading(number, item),
        "muc_dich": paragraphs(item.muc_dich),
        "pham_vi": paragraphs(item.pham_vi),
        "can_cu_phap_ly": _list_rows(item.can_cu_phap_ly),
        "tai_lieu": _papers(item.tai_lieu),
        "so_luong": paragraphs(item.so_luong),
        "thoi_gian": paragraphs(item.thoi_gian),
        "cac_buoc": _cv_steps(item.cac_buoc),
        "bieu_mau": _list_rows(item.bieu_mau),
        "la_cuoi": last,
    }


def lt_words(number: int, item: QuyTrinhLT, *, last: bool) -> QuyTrinhLTWords:
    """The table of one LT procedure; ``number`` is its place in the appendix."""
    following = [one_line(part.ten) for part in item.co_quan[1:]] + [""]
    return {
        "stt": str(number),
        "ten": one_line(item.ten),
        "ky_hieu": item.ky_hieu,
        "tieu_de": _heading(number, item),
        "muc_dich": paragraphs(item.muc_dich),
        "pham_vi": paragraphs(item.pham_vi),
        "thoi_gian": paragraphs(item.thoi_gian),
        "co_quan": [
            _agency(place, part, after)
            for place, (part, after) in enumerate(zip(item.co_quan, following, strict=True), start=1)
        ],
        "la_cuoi": last,
    }


def _heading(number: int, item: QuyTrinh) -> str:
    return heading_lines(f"{number}. {one_line(item.ten)}", item.ky_hieu, *_HEADING)


def _agency(place: int, part: ChangCoQuan, after: str) -> CoQuanLTWords:
    return {
        "stt": f"4.{place}",
        "ten": one_line(part.ten),
        "pham_vi": _agency_scope(part.pham_vi),
        "tai_lieu": _papers(part.tai_lieu),
        "so_luong": paragraphs(part.so_luong),
        "thoi_gian": paragraphs(part.thoi_gian),
        "cac_buoc": _lt_steps(part.cac_buoc),
        "ket_qua": paragraphs(part.ket_qua),
        "luan_chuyen": paragraphs(part.luan_chuyen),
        "co_quan_sau": after,
    }


def _agency_scope(pham_vi: str) -> list[str]:
    """Paragraphs after "- Tại <cơ quan>: "; a list begins on the next line."""
    lines = paragraphs(pham_vi) if pham_vi.strip() else []
    return ["", *lines] if lines and lines[0].startswith("-") else lines


def _cv_steps(steps: Sequence[BuocCV]) -> list[BuocCVWords]:
    rows: list[BuocCVWords] = []
    stage = ""
    for number, step in enumerate(steps, start=1):
        rows.append(
            {
                "nhan": f"B{number}",
                "giai_doan": here if (here := one_line(step.giai_doan)) != stage else "",
                "trinh_tu": paragraphs(step.trinh_tu) + _remarks(number, step),
                "chu_tri": paragraphs(step.chu_tri),
                "phoi_hop": [line for unit in step.phoi_hop for line in paragraphs(unit)] or [""],
                "thoi_gian": paragraphs(step.thoi_gian),
                "ket_qua": paragraphs(step.ket_qua),
            }
        )
        stage = here
    return rows


def _lt_steps(steps: Sequence[BuocLT]) -> list[BuocLTWords]:
    rows: list[BuocLTWords] = []
    stage = ""
    for number, step in enumerate(steps, start=1):
        rows.append(
            {
                "nhan": f"B{number}",
                "giai_doan": here if (here := one_line(step.giai_doan)) != stage else "",
                "noi_dung": paragraphs(step.noi_dung) + _remarks(number, step),
                "thuc_hien": paragraphs(step.thuc_hien),
                "thoi_gian": paragraphs(step.thoi_gian),
                "ket_qua": paragraphs(step.ket_qua),
            }
        )
        stage = here
    return rows


def _remarks(number: int, step: BuocCV | BuocLT) -> list[str]:
    """What the form has no column for, as sentences below the step's text."""
    remarks = []
    if step.song_song and number > 1:
        remarks.append(f"(Thực hiện song song với B{number - 1})")
    if step.quay_lai is not None:
        remarks.append(_return_sentence(step.quay_lai))
    if step.khong_tinh_thoi_gian:
        remarks.append("(Không tính vào tổng thời gian)")
    return remarks


def _return_sentence(back: QuayLai) -> str:
    case = unended(one_line(back.khi)) or "phải làm lại"
    if not starts_with(case, "trường hợp ", "trong trường hợp ", "khi ", "nếu "):
        case = f"Trường hợp {_inside(case)}"
    # "Nếu sai thì trả lại phòng soạn thảo" has its "thì" already.
    turn = "" if case.endswith(" thì") else ("," if " thì " in case else " thì")
    return f"{capitalised(case)}{turn} quay lại bước B{back.buoc}."


def _inside(clause: str) -> str:
    """The clause as it stands inside a sentence: with a small letter, unless it begins with a name."""
    first, _, rest = clause.partition(" ")
    is_name = not first[1:].islower() or rest[:1].isupper() or _OFFICES.match(clause) is not None
    return clause if is_name else clause[:1].lower() + clause[1:]


def _papers(papers: Sequence[TaiLieu]) -> list[TaiLieuWords]:
    """Rows of the papers; one that says so where there are none."""
    return [
        {
            "ten": _undashed(paper.ten),
            "ban_chinh": "X" if paper.ban_chinh else "",
            "ban_sao": "X" if paper.ban_sao else "",
        }
        for paper in papers
    ] or [{"ten": [_NOTHING], "ban_chinh": "", "ban_sao": ""}]


def _list_rows(texts: Sequence[str]) -> list[Doan]:
    """Rows of a list; one that says so where it is empty."""
    return [_undashed(text) for text in texts] or [[_NOTHING]]


def _undashed(text: str) -> Doan:
    """Paragraphs of a list item; its row has the dash in the first cell already."""
    first, *rest = paragraphs(text)
    return [first.removeprefix("- "), *rest]
