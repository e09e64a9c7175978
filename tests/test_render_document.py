"""What a rendered decision holds, read back from the Word file."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from docx_outline import W, main_part, outline, text_of
from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.sections import without_empty_end
from render_models import (
    CAN_CU,
    SO,
    SO_SANH,
    THANH_PHO,
    VAN_BAN_DEN,
    decision,
    full_kho,
    kho_with,
    kho_with_history,
    procedure,
    render,
)

GOLDEN = Path(__file__).parent / "golden" / "render"
CONTENT = {"quy_trinh": ["van-ban-den", "van-phong-pham"]}
LT = {"pham_vi_lien_thong": True, "co_quan_ban_hanh": THANH_PHO, "theo_de_nghi": "Giám đốc Sở Nội vụ"}

DECISIONS: dict[str, dict[str, Any]] = {
    "danh-muc-cv": {"can_cu": CAN_CU, "theo_de_nghi": "Chánh Văn phòng Sở", "so": "5", "ngay": "2026-02-03"},
    "noi-dung-cv": {"phe_duyet": "noi_dung", **CONTENT},
    "danh-muc-va-noi-dung-cv": {
        "phe_duyet": "danh_muc_va_noi_dung",
        **CONTENT,
        "dieu": ["Phê duyệt danh mục tại Phụ lục I:\na) một;\nb) hai.", "Điều 2. Có hiệu lực kể từ ngày ký./."],
        "noi_nhan": ["- Như Điều 2;", "UBND Thành phố (để b/c)"],
        "luu": "VT, VP",
        "ky": {"quyen_han": "KT. Giám đốc", "chuc_vu": "Phó Giám đốc", "ho_ten": "Họ và tên"},
    },
    "danh-muc-lt": {"can_cu": CAN_CU[:1], **LT},
    "danh-muc-va-noi-dung-lt": {"phe_duyet": "danh_muc_va_noi_dung", **LT},
}

AMENDMENTS: dict[str, dict[str, Any]] = {
    "sua-doi-noi-dung-cv": {
        "hinh_thuc": "sua_doi_bo_sung",
        "phe_duyet": "noi_dung",
        "quy_trinh": ["CV-01", "CV-02"],
        "bang_so_sanh": True,
        "hieu_luc": "2026-12-01",
        "so": "200",
        "ngay": "2026-11-22",
        "can_cu": CAN_CU,
        "theo_de_nghi": "Chánh Văn phòng Sở",
    },
    "sua-doi-danh-muc-cv": {"hinh_thuc": "sua_doi_bo_sung", "quy_trinh": ["nghi-phep"]},
    "thay-the-cv": {
        "hinh_thuc": "thay_the",
        "phe_duyet": "danh_muc_va_noi_dung",
        "quy_trinh": ["CV-03"],
        "bi_thay_the": [{"quy_trinh": "CV-01", "boi": "CV-03"}, "van-phong-pham"],
        "bai_bo_quyet_dinh": ["noi-dung", "Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022 của Giám đốc Sở Nội vụ."],
        "bang_so_sanh": True,
    },
    "bai-bo-cv": {"hinh_thuc": "bai_bo", "quy_trinh": ["CV-01", "CV-02"], "so": "9", "ngay": "2026-11-22"},
    "sua-doi-lt": {
        "hinh_thuc": "sua_doi_bo_sung",
        "phe_duyet": "danh_muc_va_noi_dung",
        "quy_trinh": ["LT-01"],
        "bang_so_sanh": True,
        **LT,
    },
    "thay-the-lt": {"hinh_thuc": "thay_the", "phe_duyet": "noi_dung", "quy_trinh": ["LT-01"], **LT},
    "bai-bo-lt": {"hinh_thuc": "bai_bo", "quy_trinh": ["LT-01"], "bai_bo_quyet_dinh": ["lien-thong"], **LT},
}


def rendered(name: str, out: Path) -> Path:
    if name in DECISIONS:
        return render(full_kho(), decision(**DECISIONS[name]), out)
    return render(kho_with_history(), decision(**AMENDMENTS[name]), out, SO_SANH)


ALL = [*DECISIONS, *AMENDMENTS]


@pytest.mark.parametrize("name", ALL)
def test_a_decision_reads_as_its_golden_outline(name: str, tmp_path: Path, accept: bool) -> None:
    shown = outline(rendered(name, tmp_path / f"{name}.docx"))
    golden = GOLDEN / f"{name}.txt"
    if accept:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_word_would_repair_nothing(name: str, tmp_path: Path) -> None:
    path = rendered(name, tmp_path / "qd.docx")
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_the_properties_tell_title_agency_and_language_and_nothing_else(tmp_path: Path) -> None:
    path = render(full_kho(), decision(trich_yeu="Phê duyệt <một> & hai"), tmp_path / "qd.docx")
    with zipfile.ZipFile(path) as archive:
        core = archive.read("docProps/core.xml").decode()
        app = archive.read("docProps/app.xml").decode()
        language = archive.read("word/styles.xml").decode()
    assert core.endswith(
        "<dc:title>Phê duyệt &lt;một&gt; &amp; hai</dc:title><dc:creator>Sở Nội vụ thành phố Hà Nội</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
    assert "<Application>qtnb</Application></Properties>" in app
    assert '<w:lang w:val="vi-VN"' in language


# --- same input, same bytes -----------------------------------------------------------------------

_RENDER_ALL = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_render_document import ALL, rendered
for name in ALL:
    rendered(name, Path(sys.argv[2]) / f"{name}.docx")
"""


def _rendered_elsewhere(folder: Path, **environment: str) -> dict[str, bytes]:
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", _RENDER_ALL, str(Path(__file__).parent), str(folder)],
        check=True,
        cwd=folder,
        env={**os.environ, **environment},
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_machines_two_time_zones_give_equal_bytes(tmp_path: Path) -> None:
    one = _rendered_elsewhere(tmp_path / "một", TZ="Asia/Ho_Chi_Minh", PYTHONHASHSEED="1", LC_ALL="C")
    two = _rendered_elsewhere(tmp_path / "two", TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert len(one) == len(ALL)
    assert one == two


# --- every character of the values ----------------------------------------------------------------

_TEXT = st.text(
    st.one_of(
        st.sampled_from("<>&\"'{}%#\t\n - aăâđơưẤỆỹ"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=40,
)


def _squashed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_TEXT, min_size=17, max_size=17))
def test_every_character_of_the_values_is_in_the_document(values: list[str]) -> None:
    texts = iter(values)
    data = {
        "loai": "CV",
        "ten": next(texts),
        "linh_vuc": next(texts),
        "ghi_chu": next(texts),
        "muc_dich": next(texts),
        "pham_vi": next(texts),
        "can_cu_phap_ly": [next(texts)],
        "tai_lieu": [{"ten": next(texts)}],
        "so_luong": next(texts),
        "thoi_gian": next(texts),
        "cac_buoc": [
            {
                "giai_doan": next(texts),
                "trinh_tu": next(texts),
                "chu_tri": next(texts),
                "phoi_hop": [next(texts)],
                "thoi_gian": next(texts),
                "ket_qua": next(texts),
                "quay_lai": {"buoc": 1, "khi": next(texts)},
            }
        ],
        "bieu_mau": [next(texts)],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = render(
            kho_with(procedure("a", data)), decision(phe_duyet="danh_muc_va_noi_dung"), Path(folder) / "qd.docx"
        )
        printed = _squashed(text_of(main_part(path)))
    *others, case = values[:15] + values[16:] + values[15:16]
    for value in others:
        assert _squashed(value) in printed
    # The case of a return becomes a clause: it loses its last marks and may lose the capital of its first letter.
    assert _squashed(case.rstrip(" \n.,:;"))[1:] in printed


@pytest.mark.parametrize("value", ["{{ co_quan.ten }}", "{% for x in y %}", "{# chú #}", "<w:p/>&amp;", "]]>"])
def test_markup_inside_a_value_is_text(value: str, tmp_path: Path) -> None:
    kho = kho_with(procedure("a", {**VAN_BAN_DEN, "ten": value}))
    printed = text_of(main_part(render(kho, decision(trich_yeu=value), tmp_path / "qd.docx")))
    assert printed.count(value) == 2


def test_a_tab_inside_a_value_is_a_tab_in_word(tmp_path: Path) -> None:
    kho = kho_with(procedure("a", {**VAN_BAN_DEN, "ten": "một\thai"}))
    body = main_part(render(kho, decision(), tmp_path / "qd.docx"))
    assert len(list(body.iter(f"{W}tab"))) == 1
    assert "một\thai" in text_of(body)


# --- tall rows ------------------------------------------------------------------------------------


def _rows_that_may_split(kho: Kho, tmp_path: Path) -> list[str]:
    body = main_part(render(kho, decision(phe_duyet="noi_dung"), tmp_path / "qd.docx"))
    return [text_of(row)[:12] for row in body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}cantSplit") is None]


def test_a_row_taller_than_a_third_of_a_page_may_split_and_no_other(tmp_path: Path) -> None:
    long = {**VAN_BAN_DEN, "muc_dich": "Mục đích dài. " * 715, "pham_vi": "\n".join(["- một dòng"] * 40)}
    long["cac_buoc"] = [*VAN_BAN_DEN["cac_buoc"], {"trinh_tu": "Dài", "chu_tri": "x", "ket_qua": "kết quả " * 26}]
    items = [procedure(f"qt-{number}", VAN_BAN_DEN) for number in range(150)]
    kho = kho_with(*items, procedure("dai", long), *items)
    assert _rows_that_may_split(kho, tmp_path) == ["Mục đích dài", "- một dòng- ", "B5Dàixkết qu"]


# --- the last section -----------------------------------------------------------------------------

UPRIGHT = '<w:sectPr><w:pgSz w:w="11906"/></w:sectPr>'
BROAD = '<w:sectPr><w:pgSz w:w="16838"/></w:sectPr>'
ENDS = f'<w:p><w:pPr><w:pStyle w:val="Het"/>{BROAD}</w:pPr><w:r><w:t>./.</w:t></w:r></w:p>'
LAST = '<w:p><w:pPr><w:pStyle w:val="Het"/></w:pPr><w:r><w:t>./.</w:t></w:r></w:p>'
BLANK_PARAGRAPH = '<w:p w:rsidR="1"><w:pPr><w:jc w:val="left"/></w:pPr></w:p>'


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (ENDS + UPRIGHT, LAST + BROAD),
        (f"{ENDS}\n<w:p/>\n{BLANK_PARAGRAPH}{UPRIGHT}", LAST + BROAD),
        (f"{ENDS}{LAST}{UPRIGHT}", f"{ENDS}{LAST}{UPRIGHT}"),
        (f"{ENDS}<w:p><w:r><w:br/></w:r></w:p>{UPRIGHT}", f"{ENDS}<w:p><w:r><w:br/></w:r></w:p>{UPRIGHT}"),
        (f"{ENDS}<w:tbl/>{UPRIGHT}", f"{ENDS}<w:tbl/>{UPRIGHT}"),
        (f"{LAST}{UPRIGHT}", f"{LAST}{UPRIGHT}"),
        (f"{ENDS}{LAST}{ENDS}{UPRIGHT}", f"{ENDS}{LAST}{LAST}{BROAD}"),
    ],
    ids=["nothing", "blank paragraphs", "text", "a break", "a table", "one section", "several sections"],
)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_a_document_never_ends_with_an_empty_section(end: str, shown: str, data: st.DataObject) -> None:
    long = "<w:p>chữ</w:p>" * data.draw(st.integers(0, 4000))
    whole = f"<w:body>{long}{end}</w:body></w:document>".encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[start:stop] for start, stop in itertools.pairwise([0, *cuts, len(whole)])]
    assert b"".join(without_empty_end(pieces)).decode() == f"<w:body>{long}{shown}</w:body></w:document>"


def test_only_the_comparison_lies_on_its_side(tmp_path: Path) -> None:
    data = {"hinh_thuc": "sua_doi_bo_sung", "phe_duyet": "danh_muc_va_noi_dung", "quy_trinh": ["CV-01"]}
    for asked, widths in ((True, ["11906"] * 3 + ["16838"]), (False, ["11906"] * 3)):
        path = render(kho_with_history(), decision(**data, bang_so_sanh=asked), tmp_path / "qd.docx", SO_SANH)
        assert [size.get(f"{W}w") for size in main_part(path).iter(f"{W}pgSz")] == widths


# --- the file on disk -----------------------------------------------------------------------------


def test_names_with_spaces_and_marks_work(tmp_path: Path) -> None:
    folder = tmp_path / "Kết quả in"
    folder.mkdir()
    assert render(full_kho(), decision(), folder / "quyết định số 1.docx").stat().st_size > 0


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_render_leaves_the_old_file_and_nothing_else(
    failure: type[BaseException], tmp_path: Path
) -> None:
    class Breaking(str):
        __slots__ = ()

        def __html__(self) -> str:
            raise failure

    out = tmp_path / "qd.docx"
    out.write_bytes(b"old")
    good = full_kho()
    bad: QuyetDinh = decision()
    kho = replace(good, quy_trinh=(replace(good.quy_trinh[0], ky_hieu=Breaking("CV-01")), *good.quy_trinh[1:]))
    with pytest.raises(failure):
        render(kho, bad, out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["qd.docx"]


def test_an_agency_without_a_superior_has_no_line_for_it(tmp_path: Path) -> None:
    kho = replace(full_kho(), cau_hinh=kho_with(co_quan={**SO, "chu_quan": ""}).cau_hinh)
    first_row = next(main_part(render(kho, decision(), tmp_path / "qd.docx")).iter(f"{W}tr"))
    assert text_of(first_row).startswith("SỞ NỘI VỤ____")
