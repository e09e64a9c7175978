"""A redline accepted is the new document, rejected the old one, and reads as a person would have marked it."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from docx_changes import SECTION_END, Resolve, Story, changes, story_of
from libreoffice_writer import ACCEPT, AS_IT_IS, REJECT, Job, needs_writer, resolve_all
from qtnb.errors import QtnbError
from qtnb.render import TemplateStore
from qtnb.render.decision import rendered_parts
from qtnb.render.package import write_package
from qtnb.render.redline import redline_documents
from render_models import CAN_CU, DAO_TAO, TEMPLATES, VAN_BAN_DEN, VAN_PHONG_PHAM, decision, kho_with, procedure

MAIN = "word/document.xml"
AUTHOR = "Phòng Cải cách hành chính"
DATE = dt.date(2026, 12, 1)
STORE = TemplateStore(TEMPLATES)

Parts = Mapping[str, bytes]


def printed(*items: tuple[str, dict[str, Any]], **data: Any) -> dict[str, bytes]:
    """The package of a decision on ``items``, which are keys and data of procedures."""
    procedures = [procedure(key, content) for key, content in items]
    return rendered_parts(kho_with(*procedures), decision(**{"phe_duyet": "danh_muc_va_noi_dung", **data}), STORE)


def redlined(old: Parts, new: Parts) -> dict[str, bytes]:
    """The redline, checked for what every redline must be."""
    made = redline_documents(old, new, AUTHOR, DATE)
    assert list(made) == list(new)
    assert story_of(made, Resolve.ACCEPT) == story_of(new, Resolve.ACCEPT)
    assert story_of(made, Resolve.REJECT) == story_of(old, Resolve.ACCEPT)
    return made


def faults(parts: Parts, folder: Path) -> list[str]:
    """What Word would repair."""
    path = folder / "redline.docx"
    write_package(path, {name: [part] for name, part in parts.items()})
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


# --- what a director reads ------------------------------------------------------------------------

DEN = ("van-ban-den", VAN_BAN_DEN)
MUA = ("van-phong-pham", {**VAN_PHONG_PHAM, "ky_hieu": "CV-02"})
NGHI = ("nghi-phep", {**VAN_PHONG_PHAM, "ky_hieu": "CV-03", "ten": "Giải quyết nghỉ phép", "muc_dich": "Cho nghỉ."})
STEP = {"trinh_tu": "Kiểm tra thể thức", "chu_tri": "Phòng Hành chính", "thoi_gian": "02 giờ", "giai_doan": "Xử lý"}
STEPS = VAN_BAN_DEN["cac_buoc"]


def den(**changed: Any) -> tuple[str, dict[str, Any]]:
    return "van-ban-den", {**VAN_BAN_DEN, **changed}


FORM = [
    "+| 1 | Mục đích",
    "+|  | Cho nghỉ.",
    "+| 2 | Phạm vi",
    "+|  | Các phòng.",
    "+| 3 | Nội dung quy trình giải quyết công việc",
    "+| 3.1 | Căn cứ pháp lý",
    "+| - | Không có",
    "+| 3.2 | Các tài liệu phục vụ giải quyết công việc | Bản chính | Bản sao",
    "+| - | Không có |  | ",
    "+| 3.3 | Số lượng",
    "+|  | 01 bộ",
    "+| 3.4 | Thời gian xử lý công việc",
    "+|  | 5 ngày",
    "+| 3.5 | Quy trình xử lý công việc",
    "+| TT | Trình tự thực hiện | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Kết quả",
    "+| B1 | Lập danh sách | Văn phòng Sở |  |  | ",
    "+| 4 | Biểu mẫu/tài liệu",
    "+| - | Không có",
]
"""The form of NGHI as it comes in."""

B2 = "| B2 | Cho ý kiến | Lãnh đạo Sở | Văn phòng Sở¶Phòng chuyên môn | 0,5 ngày | "
B3 = B2.replace("B2", "B3")
SHARED = {**STEPS[1], "phoi_hop": ["Văn phòng Sở", "Thanh tra Sở"], "thoi_gian": "0,25 ngày"}

EDITS: dict[str, tuple[list[tuple[str, dict[str, Any]]], list[str]]] = {
    "one digit of a time": ([den(thoi_gian="03 ngày làm việc"), MUA], ["-02", "+03"]),
    "a step inserted: the others change their numbers only, and what refers to them": (
        [den(cac_buoc=[STEPS[0], STEP, *STEPS[1:]]), MUA],
        [
            "+| B2 | Kiểm tra thể thức | Phòng Hành chính |  | 02 giờ | ",
            *("-2", "+3", "-3", "+4"),
            *("-2", "+3"),  # the step that runs beside it
            *("-4", "+5"),
        ],
    ),
    "a step removed": (
        [den(cac_buoc=[STEPS[0], *STEPS[2:]]), MUA],
        [f"-{B2}", "-3", "+2", "-2", "+1", "-4", "+3"],
    ),
    "a step moved": (
        [den(cac_buoc=[STEPS[0], STEPS[2], STEPS[1], STEPS[3]]), MUA],
        [f"-{B2}", "-3", "+2", "-2", "+1", f"+{B3}"],
    ),
    "doers and time of a step": (
        [den(cac_buoc=[STEPS[0], SHARED, *STEPS[2:]]), MUA],
        ["-Phòng chuyên môn", "+Thanh tra Sở", "-0,5", "+0,25"],
    ),
    "a line added to a cell": (
        [den(pham_vi="Áp dụng với:\n- Văn phòng Sở;\n- Thanh tra Sở;\n- các phòng, đơn vị thuộc Sở."), MUA],
        ["+- Thanh tra Sở;"],
    ),
    "lines added behind the last, whose end changes": (
        [den(pham_vi="Áp dụng với:\n- Văn phòng Sở;\n- các phòng, đơn vị thuộc Sở;\n- Thanh tra Sở;\n- Chi cục."), MUA],
        ["-.", "+;", "+- Thanh tra Sở;", "+- Chi cục."],
    ),
    "a legal ground more": (
        [den(can_cu_phap_ly=[*VAN_BAN_DEN["can_cu_phap_ly"], "Luật A"]), MUA],
        ["+| - | Luật A"],
    ),
    "the last line of a cell removed": (
        [den(pham_vi="Áp dụng với:\n- Văn phòng Sở;"), MUA],
        ["-- các phòng, đơn vị thuộc Sở."],
    ),
    "some words of a text": (
        [den(muc_dich="Quy định về trình tự, thủ tục và cách thức tiếp nhận, đăng ký và xử lý văn bản."), MUA],
        ["+, thủ tục", "+đăng ký và ", "- đến"],
    ),
    "a text written anew": (
        [den(muc_dich="Bảo đảm hồ sơ được lưu."), MUA],
        ["-Quy định về trình tự và cách thức tiếp nhận, xử lý văn bản đến", "+Bảo đảm hồ sơ được lưu"],
    ),
    "forms in place of none": (
        [den(bieu_mau=[]), MUA],
        ["-| - | Sổ theo dõi văn bản đến", "-| - | Phiếu giải quyết văn bản đến", "+| - | Không có"],
    ),
    "a procedure renamed": (
        [den(ten="Tiếp nhận, xử lý và chuyển giao văn bản"), MUA],
        ["+và chuyển giao ", "- đến", "+và chuyển giao ", "-đến "],
    ),
    "a procedure added": (
        [DEN, NGHI, MUA],
        [
            *("-02", "+03"),
            *("+| 2 | Giải quyết nghỉ phép | CV-03 | ", "-2", "+3"),
            *("+2. Giải quyết nghỉ phép (CV-03)", *FORM),
            *("-2", "+3"),
        ],
    ),
    "nothing": ([DEN, MUA], []),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_reader_sees_what_was_edited_and_no_more(name: str, tmp_path: Path) -> None:
    items, seen = EDITS[name]
    made = redlined(printed(DEN, MUA), printed(*items))
    assert changes(made) == seen
    assert faults(made, tmp_path) == []


def test_a_procedure_abolished_goes_as_a_whole(tmp_path: Path) -> None:
    made = redlined(printed(DEN, NGHI, MUA), printed(DEN, MUA))
    gone = [line.replace("+", "-", 1) for line in FORM]
    assert changes(made)[5:] == ["-2. Giải quyết nghỉ phép (CV-03)", *gone, "-3", "+2"]
    assert faults(made, tmp_path) == []


def test_a_procedure_in_the_place_of_another_is_not_mixed_with_it() -> None:
    seen = changes(redlined(printed(DEN, NGHI), printed(DEN, ("cap-phat", {**VAN_BAN_DEN, "ten": "Cấp phát xe"}))))
    first = seen.index("-2. Giải quyết nghỉ phép (CV-03)")
    assert seen[first + 1 : first + 19] == [line.replace("+", "-", 1) for line in FORM]
    assert {line[0] for line in seen[first + 19 :]} == {"+"}


def test_numbers_of_a_signed_decision_replace_its_blanks() -> None:
    seen = changes(redlined(printed(DEN), printed(DEN, so="5", ngay="2026-02-03")))
    blank = "-" + "\xa0" * 6
    assert seen[:8] == [blank, "+05", blank, "+03", blank, "+02", blank, "+2026"]


def test_an_agency_that_joins_an_interagency_procedure_comes_in_as_tables(tmp_path: Path) -> None:
    wider = deepcopy(DAO_TAO)
    wider["co_quan"].insert(1, {**DAO_TAO["co_quan"][0], "ten": "Sở Tài chính", "pham_vi": "Phòng Ngân sách"})
    lt = {"pham_vi_lien_thong": True}
    made = redlined(printed(("dao-tao", DAO_TAO), **lt), printed(("dao-tao", wider), **lt))
    seen = changes(made)
    assert "+- Tại Sở Tài chính: Phòng Ngân sách" in seen
    assert any(line.startswith("+| 4.2 | Quy trình giải quyết tại Sở Tài chính") for line in seen)
    assert faults(made, tmp_path) == []


# --- any two versions of a kho --------------------------------------------------------------------

_WEIRD = st.text(
    st.one_of(
        st.sampled_from("<>&\"'{}%#\t\n -./,;BB1290 aăâđơưẤỆỹ_"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=40,
)
_COMMON = [
    *("tiếp nhận", "văn bản đến;", "trình lãnh đạo", "Sở", "ký, ban hành", "(02 ngày)", "97/KH-UBND", "B2"),
    *("\n", "-", "a\u0301", "N\u1ef9"),
]
_WORDS = st.lists(st.sampled_from(_COMMON), max_size=30).map(" ".join)
_LONG = st.builds(lambda text, times: text * times, _WORDS, st.integers(2, 60))
_TEXT = st.one_of(_WORDS, _WORDS, _WORDS, _WEIRD, _LONG)
_NAME = _TEXT.map(lambda text: text.strip() or "Việc")
_TEXTS = st.lists(_NAME, max_size=4)
_PAPERS = st.lists(
    st.fixed_dictionaries({"ten": _NAME, "ban_chinh": st.booleans(), "ban_sao": st.booleans()}), max_size=3
)
_STEP = {
    "giai_doan": st.sampled_from(["", "", "Tiếp nhận", "Xử lý"]),
    "thoi_gian": _TEXT,
    "ket_qua": _TEXT,
    "song_song": st.booleans(),
    "quay_lai": st.one_of(st.none(), st.fixed_dictionaries({"buoc": st.just(1), "khi": _TEXT})),
    "khong_tinh_thoi_gian": st.booleans(),
}
_HEAD = {
    "ten": _NAME,
    "muc_dich": _TEXT,
    "pham_vi": _TEXT,
    "thoi_gian": _TEXT,
    "linh_vuc": st.sampled_from(["", "A", "B"]),
}
_CV = st.fixed_dictionaries(
    {
        "loai": st.just("CV"),
        **_HEAD,
        "ky_hieu": st.sampled_from(["", "CV-01", "CV-02"]),
        "can_cu_phap_ly": _TEXTS,
        "tai_lieu": _PAPERS,
        "so_luong": _TEXT,
        "cac_buoc": st.lists(
            st.fixed_dictionaries({"trinh_tu": _NAME, "chu_tri": _NAME, "phoi_hop": _TEXTS, **_STEP}), max_size=6
        ),
        "bieu_mau": _TEXTS,
        "ghi_chu": _TEXT,
        "chua_co_noi_dung": st.sampled_from([False, False, False, True]),
    }
)
_LT = st.fixed_dictionaries(
    {
        "loai": st.just("LT"),
        **_HEAD,
        "co_quan": st.lists(
            st.fixed_dictionaries(
                {
                    "ten": _NAME,
                    "pham_vi": _TEXT,
                    "tai_lieu": _PAPERS,
                    "so_luong": _TEXT,
                    "thoi_gian": _TEXT,
                    "cac_buoc": st.lists(
                        st.fixed_dictionaries({"noi_dung": _NAME, "thuc_hien": _NAME, **_STEP}), max_size=4
                    ),
                    "ket_qua": _TEXT,
                    "luan_chuyen": _TEXT,
                }
            ),
            min_size=1,
            max_size=3,
        ),
    }
)
_DECISION = st.fixed_dictionaries(
    {
        "phe_duyet": st.sampled_from(["danh_muc", "noi_dung", "danh_muc_va_noi_dung", "danh_muc_va_noi_dung"]),
        "can_cu": _TEXTS,
        "noi_nhan": st.lists(_NAME, max_size=12),
        "dieu": st.lists(_NAME, min_size=1, max_size=3),
    }
)


@st.composite
def _versions(draw: st.DrawFn, procedures: st.SearchStrategy[dict[str, Any]]) -> list[list[tuple[str, dict[str, Any]]]]:
    """Two lists of procedures: some are in both, some in one; some have edits, moved steps, another place."""
    pool = draw(st.lists(procedures, min_size=1, max_size=4))
    sides = []
    for _ in range(2):
        chosen = draw(st.lists(st.integers(0, len(pool) - 1), min_size=1, unique=True))
        sides.append([(f"q{number}", draw(_edited(pool[number], procedures))) for number in chosen])
    return sides


@st.composite
def _edited(draw: st.DrawFn, data: dict[str, Any], procedures: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """The procedure itself, or with a few of its keys as another one has them, or with parts in another order."""
    if draw(st.booleans()):
        return data
    other = draw(procedures)
    edited = data | {key: other[key] for key in draw(st.sets(st.sampled_from(sorted(data)), max_size=3))}
    listed = [key for key, value in edited.items() if isinstance(value, list) and value]
    if listed:
        key = draw(st.sampled_from(listed))
        edited[key] = draw(st.permutations(edited[key]))[: draw(st.integers(1, len(edited[key])))]
    return edited


@pytest.mark.parametrize("kind", ["CV", "LT"])
def test_any_two_versions_of_a_kho_are_the_two_sides_of_their_redline(kind: str, tmp_path: Path) -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_versions(_LT if kind == "LT" else _CV), _DECISION, _DECISION, st.booleans(), st.integers(0, 3))
    def check(
        sides: list[list[tuple[str, dict[str, Any]]]], one: dict[str, Any], two: dict[str, Any], same: bool, audit: int
    ) -> None:
        scope = {"pham_vi_lien_thong": kind == "LT"}
        made = redlined(printed(*sides[0], **one, **scope), printed(*sides[1], **(one if same else two), **scope))
        assert audit or faults(made, tmp_path) == []  # one in four: the audit takes longer than all else

    check()


# --- whatever an office's template holds ----------------------------------------------------------

_BLANK = printed(DEN, phe_duyet="danh_muc")
_ROOT = _BLANK[MAIN].decode().partition("<w:body>")[0]
_SECTION = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"


def document(*blocks: str) -> dict[str, bytes]:
    """A package whose body holds ``blocks`` of XML."""
    body = f"{_ROOT}<w:body>{''.join(blocks)}{_SECTION}</w:body></w:document>"
    return {**_BLANK, MAIN: body.encode()}


def par(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def run(text: str, look: str = "", *, preserve: bool = True) -> str:
    space = ' xml:space="preserve"' if preserve else ""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t{space}>{text}</w:t></w:r>"


def table(*rows: str, grid: tuple[int, ...] = (3000, 3000)) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def field(instruction: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{kinds[1]}{run(result)}{kinds[2]}"


_SAID = st.sampled_from(["", "một", "hai ba", "bốn năm sáu bảy", " tám ", "B1", "B2", "02 ngày", "x\u0301y, z."])
_INLINE = st.one_of(
    st.builds(run, _SAID, st.sampled_from(["", "<w:b/>", "<w:i/>"]), preserve=st.booleans()),
    st.builds(run, _SAID),
    _SAID.map(lambda text: f'<w:hyperlink w:anchor="a">{run(text)}</w:hyperlink>'),
    _SAID.map(lambda text: f'<w:fldSimple w:instr=" PAGE ">{run(text)}</w:fldSimple>'),
    _SAID.map(lambda text: field(" DATE ", text)),
    _SAID.map(lambda text: f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"),
    st.just("<w:r><w:tab/><w:t>sau</w:t><w:br/><w:t>dưới</w:t></w:r>"),
    st.just('<w:r><w:drawing><mc:a xmlns:mc="m"/></w:drawing></w:r>'),
    st.just('<w:bookmarkStart w:id="7" w:name="a"/><w:bookmarkEnd w:id="7"/><w:proofErr w:type="spellStart"/>'),
)
_PARAGRAPH = st.builds(
    lambda content, properties: par(*content, properties=properties),
    st.lists(_INLINE, max_size=5),
    st.sampled_from(["", "", "", '<w:pStyle w:val="O"/>', _SECTION]),
)
_CELL_PARAGRAPH = st.builds(lambda content: par(*content), st.lists(_INLINE, max_size=4))


def _tables(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.builds(lambda before, last: [*before, last], st.lists(inside, max_size=3), _CELL_PARAGRAPH)
    rows = st.one_of(
        st.builds(lambda one, two: row(cell(*one), cell(*two)), blocks, blocks),
        st.builds(lambda one: row(cell(*one, properties='<w:gridSpan w:val="2"/>')), blocks),
        st.builds(
            lambda one, way: row(cell(*one), cell(par(), properties=f"<w:vMerge{way}/>")),
            blocks,
            st.sampled_from(["", ' w:val="restart"']),
        ),
    )
    grids = st.sampled_from([(3000, 3000), (3000, 3000), (4000, 2000)])
    return st.builds(lambda some, grid: table(*some, grid=grid), st.lists(rows, min_size=1, max_size=5), grids)


_BLOCK = st.one_of(_PARAGRAPH, _PARAGRAPH, _tables(st.one_of(_CELL_PARAGRAPH, _tables(_CELL_PARAGRAPH))))


@st.composite
def _stories(draw: st.DrawFn) -> list[list[str]]:
    """Two bodies that have blocks in common; each ends with a paragraph, as Word's bodies do."""
    pool = draw(st.lists(_BLOCK, min_size=1, max_size=6))
    some = st.lists(st.one_of(st.sampled_from(pool), st.sampled_from(pool), _BLOCK), max_size=9)
    return [[*draw(some), draw(_CELL_PARAGRAPH)] for _ in range(2)]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(_stories())
def test_any_two_stories_are_the_two_sides_of_their_redline(sides: list[list[str]]) -> None:
    redlined(document(*sides[0]), document(*sides[1]))


def story(*texts: str) -> list[str]:
    return [par(run(text)) for text in texts]


ONE = cell(par(run("một")))
TWO = row(ONE, cell(par(run("hai"))))
ODD: dict[str, tuple[list[str], list[str], list[str]]] = {
    "other columns: the old table goes, the new one comes": (
        [table(TWO), *story("sau")],
        [table(TWO, grid=(4000, 2000)), *story("sau")],
        ["-| một | hai", "+| một | hai"],
    ),
    "other cells: the old row goes, the new one comes": (
        [table(row(cell(par(run("một")), properties='<w:gridSpan w:val="2"/>')), TWO), *story("sau")],
        [table(TWO, TWO), *story("sau")],
        ["-| một", "+| một | hai"],
    ),
    "cells merged down": (
        [table(TWO), *story("sau")],
        [table(row(ONE, cell(par(run("hai")), properties='<w:vMerge w:val="restart"/>'))), *story("sau")],
        ["-| một | hai", "+| một | hai"],
    ),
    "other formatting is no change of words": ([par(run("một", "<w:b/>"))], [par(run("một", "<w:i/>"))], []),
    "a link is one piece": (
        [par(f'<w:hyperlink w:anchor="a">{run("nơi này")}</w:hyperlink>')],
        [par(f'<w:hyperlink w:anchor="a">{run("nơi kia")}</w:hyperlink>')],
        ["-nơi này", "+nơi kia"],
    ),
    "a field is one piece": (
        [par(run("Trang "), field(" PAGE ", "1"))],
        [par(run("Trang "), field(" NUMPAGES ", "1"))],
        ["-{ PAGE }1", "+{ NUMPAGES }1"],
    ),
    "line ends and tabs": (
        [par("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r>")],
        [par("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t><w:br/></w:r>")],
        ["+\tba\n"],
    ),
    "a last paragraph more": (story("một"), story("một", "hai"), ["+hai"]),
    "a last paragraph less": (story("một", "hai"), story("một"), ["-hai"]),
    "a paragraph before a table goes": (
        [*story("một", "hai"), table(TWO), *story("sau")],
        [*story("một"), table(TWO), *story("sau")],
        ["-hai"],
    ),
    "the only paragraph before a table goes": (
        [*story("một"), table(TWO), *story("sau")],
        [table(TWO), *story("sau")],
        ["-một"],
    ),
    "a section comes": (
        story("một", "hai"),
        [par(run("một")), par(run("ngang"), properties=_SECTION), par(run("hai"))],
        ["+ngang"],
    ),
    "a long text in another": (
        story("Trình lãnh đạo Sở ký ban hành theo quy định của pháp luật về văn thư"),
        story("Gửi hồ sơ đến Văn phòng để xem xét theo quy định của pháp luật về lưu trữ"),
        ["-Trình lãnh đạo Sở ký ban hành", "+Gửi hồ sơ đến Văn phòng để xem xét", "-văn thư", "+lưu trữ"],
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_word_cannot_track_is_replaced_and_the_rest_is_told_apart(name: str, tmp_path: Path) -> None:
    old, new, seen = ODD[name]
    made = redlined(document(*old), document(*new))
    assert changes(made) == seen
    assert faults(made, tmp_path) == faults(document(*new), tmp_path)


def test_a_row_that_has_grown_tall_may_split_over_pages() -> None:
    old = printed(den(muc_dich="Bảo đảm hồ sơ được lưu giữ đầy đủ, an toàn và dễ tìm. " * 12))
    new = printed(den(muc_dich="Tiếp nhận, chuyển văn bản đến người có trách nhiệm xử lý. " * 12))
    for side, whole in ((old, True), (new, True), (redlined(old, new), False)):
        (tall,) = [row for row in side[MAIN].decode().split("<w:tr>") if re.search("dễ tìm|trách nhiệm xử lý", row)]
        assert ("<w:cantSplit/>" in tall) == whole


def test_headers_are_marked_too_and_all_other_parts_are_the_new_ones() -> None:
    old, new = printed(DEN), printed(den(ten="Tiếp nhận văn bản"), so="7", ngay="2026-12-01")
    name = "word/header1.xml"
    one, two = (
        old[name].replace(b"<w:p>", b"<w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p><w:p>", 1) for text in (b"A", b"B")
    )
    made = redline_documents({**old, name: one}, {**new, name: two}, AUTHOR, DATE)
    assert changes(made, name) == ["-A", "+B"]
    assert story_of(made, Resolve.REJECT, name) == story_of({name: one}, Resolve.ACCEPT, name)
    assert {part for part in made if made[part] != new[part]} == {MAIN, name}
    assert b"trackRevisions" not in made["word/settings.xml"]


# --- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (dt.date(2026, 12, 1), "2026-12-01T00:00:00Z"),
        (dt.datetime(2026, 12, 1, 8, 30, 15, 999), "2026-12-01T08:30:15Z"),  # noqa: DTZ001 - what is tested
        (dt.datetime(2026, 12, 1, 6, tzinfo=dt.timezone(dt.timedelta(hours=7))), "2026-11-30T23:00:00Z"),
    ],
)
def test_a_mark_names_author_and_time(date: dt.date, written: str) -> None:
    made = redline_documents(document(*story("một")), document(*story("hai")), 'Phòng <A> & "B"\n\x1b[2J', date)
    named = f'w:author="Phòng &lt;A&gt; &amp; &quot;B&quot; \ufffd[2J" w:date="{written}"'
    assert made[MAIN].decode().count(named) == 2


def test_marks_are_numbered_after_bookmarks_and_comments() -> None:
    mark = '<w:bookmarkStart w:id="41" w:name="a"/><w:bookmarkEnd w:id="41"/>'
    made = redlined(document(par(mark, run("một"))), document(par(mark, run("hai"))))
    assert re.findall(rb'<w:(?:ins|del) w:id="(\d+)"', made[MAIN]) == [b"42", b"43"]
    assert made[MAIN].count(b"bookmarkStart") == 1


_ELSEWHERE = """
import sys; sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from test_redline import DEN, EDITS, MAIN, MUA, printed, redlined
for items, _ in EDITS.values():
    print(sha256(redlined(printed(DEN, MUA), printed(*items))[MAIN]).hexdigest())
"""


def test_same_documents_give_the_same_bytes() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", _ELSEWHERE, str(Path(__file__).parent)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/New_York"))
    ]
    assert told[0] == told[1] != b""


# --- what cannot be compared ----------------------------------------------------------------------

_TRACKED = par(f'<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{run("một")}</w:ins>')
_RELATIONS = "word/_rels/document.xml.rels"
REFUSED: dict[str, tuple[dict[str, bytes], str]] = {
    "another template": (
        {_RELATIONS: b"<Relationships/>"},
        "Không đánh dấu được thay đổi giữa hai văn bản in từ hai mẫu khác nhau.",
    ),
    "tracked changes in the template": (
        {MAIN: document(_TRACKED)[MAIN]},
        "Mẫu Word còn thay đổi đang được theo dõi (Track Changes).",
    ),
    "a DTD": (
        {MAIN: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        "Phần word/document.xml của văn bản có khai báo DTD, không được dùng trong tệp Word.",
    ),
    "broken XML": ({MAIN: b"<w:document>"}, "Phần word/document.xml của văn bản viết sai XML."),
    "another encoding": ({MAIN: "<a>đ</a>".encode("utf-16")}, "Phần word/document.xml của văn bản không phải UTF-8."),
    "no body": ({MAIN: b"<a/>"}, "Phần word/document.xml của văn bản không có nội dung."),
    "too much": (
        {MAIN: b" " * (64 * 1024 * 1024 + 1)},
        "Văn bản quá lớn để đánh dấu thay đổi (trên 64 MiB).",
    ),
}


@pytest.mark.parametrize("old_side", [True, False])
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_compared_is_refused_in_a_sentence(name: str, old_side: bool) -> None:
    parts, message = REFUSED[name]
    good = document(*story("một"))
    sides = ({**good, **parts}, good) if old_side else (good, {**good, **parts})
    with pytest.raises(QtnbError) as caught:
        redline_documents(*sides, AUTHOR, DATE)
    assert caught.value.message == message
    assert caught.value.hint


# --- LibreOffice as a second reader ---------------------------------------------------------------


def _read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _without_blank_lines(story: Story) -> Story:
    """LibreOffice leaves the empty line of a paragraph that went from before a table, and every section's end."""
    return [block for block in story if not isinstance(block, str) or block.strip(f" {SECTION_END}")]


@needs_writer
def test_libreoffice_lists_the_same_changes_and_accepts_and_rejects_them_alike(tmp_path: Path) -> None:
    base = printed(DEN, MUA)
    pairs = [(base, printed(*items)) for items, _ in EDITS.values()]
    pairs += [(new, old) for old, new in pairs]
    pairs.append((printed(DEN, NGHI, MUA), printed(NGHI, ("cap-phat", {**VAN_BAN_DEN, "ten": "Cấp phát xe"}))))
    pairs.append((printed(DEN, phe_duyet="danh_muc"), printed(DEN, can_cu=CAN_CU, so="5", ngay="2026-02-03")))
    made = [redlined(old, new) for old, new in pairs]
    jobs = []
    for number, redline in enumerate(made):
        path = tmp_path / f"{number}.docx"
        write_package(path, {name: [part] for name, part in redline.items()})
        jobs += [
            Job(path, command, tmp_path / f"{number}-{command[5:11]}.docx") for command in (ACCEPT, REJECT, AS_IT_IS)
        ]
    resolve_all(jobs, tmp_path)
    for number, (old, new) in enumerate(pairs):
        for target, side in ((jobs[3 * number].target, new), (jobs[3 * number + 1].target, old)):
            told, meant = story_of(_read(target), Resolve.ACCEPT), story_of(side, Resolve.ACCEPT)
            assert _without_blank_lines(told) == _without_blank_lines(meant), target.name
        listed = _read(jobs[3 * number + 2].target)
        assert changes(listed) == changes(made[number])
        marks = re.findall(rb'<w:(?:ins|del) [^>]*w:author="([^"]*)" w:date="([^"]*)"', listed[MAIN])
        assert set(marks) <= {(AUTHOR.encode(), b"2026-12-01T00:00:00Z")}
        assert bool(marks) == bool(changes(made[number]))
