"""Reports and appendices as Word files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openxml_audit import OpenXmlValidator

from docx_layout import Table as WordTable
from docx_layout import read_layout
from docx_outline import main_part, outline, text_of
from nd30 import _CHECKS, Decision
from qtnb.errors import QtnbError
from qtnb.model import CoQuan, Ky
from qtnb.render import TemplateStore, to_pdf
from qtnb.render.engine import compile_template
from qtnb.render.report import write_appendix, write_report
from qtnb.tabular.bars import Chart, progress_charts
from qtnb.tabular.layout import Part, lines_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Group, Kind, Table
from qtnb.words.bao_cao import BaoCaoCoPhuLuc
from qtnb.words.column_widths import BROAD, UPRIGHT, is_broad, layout_of
from qtnb.words.reporting import BaoCao, Muc, PhuLucSo, report_words
from render_models import TEMPLATES
from tabular_models import NGAY, city, common_work, handovers, levels
from tabular_strategies import plain_sums, tables

GOLDEN = Path(__file__).parent / "golden" / "render" / "bao-cao.txt"

VAN_PHONG = CoQuan(
    ten="Văn phòng Ủy ban nhân dân thành phố Hà Nội",
    ten_ban_hanh=("Văn phòng",),
    chu_quan="UBND thành phố Hà Nội",
    viet_tat="VP",
    cap="so",
    dia_danh="Hà Nội",
    nguoi_dung_dau="Chánh Văn phòng",
)
CHARTS = tuple(progress_charts(levels(), Chart("tien-do", "Tiến độ theo cấp", ("co_noi_dung", "da_phe_duyet"), "tong")))
BAO_CAO = BaoCao(
    co_quan=VAN_PHONG,
    trich_yeu="Kết quả xây dựng, phê duyệt quy trình giải quyết công việc nội bộ của các cơ quan, đơn vị.",
    kinh_gui=("Chủ tịch Ủy ban nhân dân Thành phố;", "Các Phó Chủ tịch Ủy ban nhân dân Thành phố"),
    noi_dung=(
        Muc("Kết quả", ("Các cơ quan đã lập danh mục 5.197 quy trình.",)),
        Muc("Kiến nghị", ("Đề nghị các cơ quan phê duyệt đúng hạn.", "Trên đây là kết quả thực hiện, kính báo cáo.")),
    ),
    bang=(levels(), common_work(5), handovers(6)),
    hinh=CHARTS,
    noi_nhan=("Lãnh đạo Văn phòng",),
    luu="VT, KSTT",
    so="7",
    ngay=NGAY,
)


def report(path: Path, bao_cao: BaoCao = BAO_CAO, goc: Path | None = None) -> Path:
    write_report(path, bao_cao, TemplateStore(TEMPLATES), goc or path.parent / "không có")
    return path


def appendix(path: Path, phu_luc: PhuLucSo) -> Path:
    write_appendix(path, phu_luc, TemplateStore(TEMPLATES), path.parent / "không có")
    return path


def errors(path: Path) -> list[str]:
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def word_tables(path: Path) -> list[WordTable]:
    """The tables of figures, without letterhead and signature."""
    sections = read_layout(path)
    return [table for section in sections[1:] or sections for table in section.tables]


# --- the report -------------------------------------------------------------------------------------


def test_a_report_has_all_its_parts(tmp_path: Path, accept: bool) -> None:
    shown = outline(report(tmp_path / "bc.docx"))
    if accept:
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


RULES = (
    "TT-01", "TT-03", "TT-05", "TT-09", "QH-01", "CQ-02", "DD-01", "ND-13", "CK-01", "PL-01", "BT-02", "BT-03",
)  # fmt: skip
"""First ids of the rules that hold for a report as for a decision."""


def violations(path: Path) -> Iterator[str]:
    decision = Decision(read_layout(path))
    known = {ids.split(", ")[0] for ids, _ in _CHECKS}
    assert set(RULES) <= known
    for ids, check in _CHECKS:
        if ids.split(", ")[0] in RULES:
            yield from (f"{ids}: {message}" for message in check(decision))


def test_a_report_breaks_no_rule_of_the_decree(tmp_path: Path) -> None:
    assert list(violations(report(tmp_path / "signed.docx"))) == []
    assert list(violations(report(tmp_path / "draft.docx", replace(BAO_CAO, so="", ngay=None)))) == []


def test_number_symbol_and_reference_lines_agree(tmp_path: Path) -> None:
    text = text_of(main_part(report(tmp_path / "bc.docx")))
    assert "Số: 07/BC-VP" in text
    assert text.count("(Kèm theo Báo cáo số 07/BC-VP ngày 22 tháng 11 năm 2026") == 4


def test_what_announces_the_lines_below_stays_on_their_page(tmp_path: Path) -> None:
    parts = (Muc("Kết quả", ("1. Theo cấp:\n- Sở: 2 quy trình.\n- Xã: 3 quy trình.",)), Muc("", ("Hết.",)))
    path = report(tmp_path / "bc.docx", replace(BAO_CAO, noi_dung=parts, bang=(), hinh=()))
    lines = [line for line in outline(path).splitlines() if line.startswith("Dieu")]
    assert lines == [
        "DieuCuoi: 1. Theo cấp:",
        "Dieu: - Sở: 2 quy trình.",
        "Dieu: - Xã: 3 quy trình.",
        "DieuCuoi: Hết./.",
    ]


def test_one_recipient_stands_on_the_line_and_several_are_a_list() -> None:
    assert report_words(BAO_CAO)["bao_cao"]["kinh_gui"] == [
        "- Chủ tịch Ủy ban nhân dân Thành phố;",
        "- Các Phó Chủ tịch Ủy ban nhân dân Thành phố.",
    ]
    assert report_words(replace(BAO_CAO, kinh_gui=("Sở Nội vụ.",)))["bao_cao"]["kinh_gui"] == ["Sở Nội vụ"]


def test_the_body_points_to_every_appendix_that_it_does_not_name() -> None:
    def body(*texts: str, count: int = 3) -> list[str]:
        bao_cao = replace(BAO_CAO, noi_dung=(Muc("", texts),), bang=BAO_CAO.bang[:count], hinh=())
        return report_words(bao_cao)["bao_cao"]["noi_dung"][0]["doan"]

    assert body("Kính báo cáo") == [
        "Số liệu chi tiết tại Phụ lục I, Phụ lục II và Phụ lục III kèm theo Báo cáo này.",
        "Kính báo cáo./.",
    ]
    assert body("Xem Phụ lục II, Phụ lục III.", "Kính báo cáo")[1] == (
        "Số liệu chi tiết tại Phụ lục I kèm theo Báo cáo này."
    )
    assert body("Kính báo cáo", count=1)[0] == "Số liệu chi tiết tại Phụ lục kèm theo Báo cáo này."
    assert body("Kính báo cáo", count=0) == ["Kính báo cáo./."]
    assert body() == ["Số liệu chi tiết tại Phụ lục I, Phụ lục II và Phụ lục III kèm theo Báo cáo này./."]


def test_a_committee_signs_as_a_collective_and_a_deputy_for_the_head() -> None:
    committee = replace(VAN_PHONG, ten="Ủy ban nhân dân xã Ba Vì", nguoi_dung_dau="Chủ tịch", chu_quan="")
    assert report_words(replace(BAO_CAO, co_quan=committee))["bao_cao"]["ky"]["chuc_vu"] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]
    deputy = Ky((), "Phó Chánh Văn phòng", "Họ và tên")
    assert report_words(replace(BAO_CAO, ky=deputy))["bao_cao"]["ky"] == {
        "chuc_vu": ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        "ho_ten": "Họ và tên",
    }


def test_word_would_repair_nothing(tmp_path: Path) -> None:
    assert errors(report(tmp_path / "bc.docx", replace(BAO_CAO, bang=(city(), *BAO_CAO.bang, handovers(40))))) == []
    assert errors(report(tmp_path / "bare.docx", replace(BAO_CAO, bang=(), hinh=(), kinh_gui=(), noi_dung=()))) == []
    assert errors(appendix(tmp_path / "pl.docx", PhuLucSo("Số liệu", (levels(), common_work(3)), CHARTS))) == []


def test_the_chart_is_in_the_file_with_its_title_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(report(tmp_path / "bc.docx")) as package:
        assert package.read("word/media/bieu-do-1.png") == CHARTS[0].png
        assert package.read("[Content_Types].xml").count(b'Extension="png"') == 1
        assert b'descr="Ti\xe1\xba\xbfn \xc4\x91\xe1\xbb\x99 theo c\xe1\xba\xa5p"' in package.read("word/document.xml")


# --- tables -----------------------------------------------------------------------------------------


def test_a_table_has_heads_over_heads_groups_and_totals(tmp_path: Path) -> None:
    (table,) = word_tables(appendix(tmp_path / "pl.docx", PhuLucSo("Số liệu", (levels(),))))
    rows = [row.texts for row in table.rows]
    assert rows[0] == ["STT", "Cấp", "Số quy trình", "Tiến độ thực hiện", "Số bước", "Tổng thời gian (ngày làm việc)"]
    assert rows[1][:5] == ["", "", "CV", "LT", "Tổng số"]
    assert rows[2] == ["I", "Cấp Thành phố", "637", "4", "641", "542", "29", "4,52%", "255", "4.270", "3.140,23"]
    assert [row[0] for row in rows[2:]] == ["I", "1", "II", "1", "2", "III", ""]
    assert rows[-1][:4] == ["", "Tổng cộng", "2.482", "6"]
    assert [row.header for row in table.rows] == [True, True] + [False] * 7
    assert {par.bold for cell in table.rows[-1].cells for par in cell} == {True}


def test_the_head_of_a_group_with_nothing_beside_it_takes_the_whole_line(tmp_path: Path) -> None:
    columns = (Column("ten", "Tên"), Column("so", "Số", Kind.COUNT), Column("o", "Ở"))
    group = Group("CXXXIII", "Ủy ban nhân dân xã Ứng Thiên", ({"ten": "Tiếp công dân", "so": 1, "o": "A"},))
    without, summed = (Table("x", "X", columns, (group,), total=total) for total in ("", "Tổng cộng"))
    path = appendix(tmp_path / "a.docx", PhuLucSo("Số liệu", (without,)))
    (table,) = word_tables(path)
    assert table.rows[1].texts == ["CXXXIII", "Ủy ban nhân dân xã Ứng Thiên"]
    assert errors(path) == []
    (table,) = word_tables(appendix(tmp_path / "b.docx", PhuLucSo("Số liệu", (summed,))))
    assert table.rows[1].texts == ["CXXXIII", "Ủy ban nhân dân xã Ứng Thiên", "1", ""]


def test_notes_stand_below_with_the_numbers_that_heads_refer_to(tmp_path: Path) -> None:
    lines = outline(appendix(tmp_path / "pl.docx", PhuLucSo("Số liệu", (levels(),)))).splitlines()
    notes = [line for line in lines if line.startswith("GhiChu")]
    assert [note[:17] for note in notes] == ["GhiChuCuoi: Ghi c", "GhiChuBang: (1) S", "GhiChuCuoi: (2) T"]


def test_an_appendix_of_several_tables_names_each(tmp_path: Path) -> None:
    phu_luc = PhuLucSo("Tổng hợp", (levels(), common_work(2)), kem_theo="Kèm theo Quyết định số 12/QĐ-UBND\ncủa Sở")
    lines = outline(appendix(tmp_path / "pl.docx", phu_luc)).splitlines()
    assert lines[:3] == [
        "PhuLuc: Phụ lục",
        "TenPhuLuc: TỔNG HỢP",
        "KemTheo: (Kèm theo Quyết định số 12/QĐ-UBND của Sở)",
    ]
    assert [line for line in lines if line.startswith("TenBang")] == [
        "TenBang: Kết quả theo cấp",
        "TenBang: Danh mục công việc chung của nhiều cơ quan",
    ]
    assert lines[-1].startswith("═══ hết phần, 16838 × 11906")


def test_only_wide_tables_lie(tmp_path: Path) -> None:
    narrow = Table("x", "X", levels().columns[:4], levels().groups)
    assert [is_broad(table) for table in (narrow, levels(), city(), handovers(4))] == [False, True, True, False]
    pages = [
        section.page["w"]
        for section in read_layout(report(tmp_path / "a.docx", replace(BAO_CAO, bang=(narrow, city()))))
    ]
    assert pages == ["11906", "11906", "16838", "11906"]


def test_columns_fill_the_page_and_too_many_are_cut_into_even_parts() -> None:
    for table, room in ((levels(), BROAD), (handovers(4), UPRIGHT), (handovers(60), BROAD), (city(), UPRIGHT)):
        layout = layout_of(table, room)
        for part in layout.parts:
            assert sum(part.widths) == pytest.approx(room)
            assert part.columns[0] is table.columns[0]
            assert len(part.widths) == len(part.columns) + 1
        assert [column for part in layout.parts for column in part.columns[1:]] == list(table.columns[1:])
    counts = [len(part.columns) - 1 for part in layout_of(handovers(60), BROAD).parts]
    assert max(counts) - min(counts) <= 1 + len(counts)
    assert layout_of(handovers(60), BROAD).size == 11
    assert layout_of(levels(), BROAD).size == 13


def test_parts_of_a_table_repeat_names_and_do_not_run_together(tmp_path: Path) -> None:
    path = appendix(tmp_path / "pl.docx", PhuLucSo("Số liệu", (handovers(30),)))
    parts = word_tables(path)
    assert len(parts) > 1
    assert {tuple(row.texts[1] for row in part.rows[1:]) for part in parts} == {
        (*(str(row["tu"]) for row in handovers(30).rows), "Tổng cộng")
    }
    assert errors(path) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_table_shows_every_value_and_its_totals(table: Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = appendix(Path(folder) / "pl.docx", PhuLucSo("Số liệu", (table,)))
        assert errors(path) == []
        parts = word_tables(path)
    lines = list(lines_of(table))
    layout = layout_of(table, BROAD if is_broad(table) else UPRIGHT)
    assert len(parts) == len(layout.parts)
    for part, shown in zip(layout.parts, parts, strict=True):
        body = [row for row in shown.rows if not row.header]
        for line, row in zip(lines, body, strict=True):
            cells = row.texts[1:] if table.numbered else row.texts
            if line.part is Part.GROUP and len(cells) == 1:
                cells = [*cells, *[""] * (len(part.columns) - 1)]
            for column, text in zip(part.columns, cells, strict=True):
                if line.part is Part.TOTAL and column.kind in (Kind.COUNT, Kind.AMOUNT):
                    exact = plain_sums(table, list(table.rows)).get(column.key)
                    assert text == printed(column.kind, exact)
                elif column.kind is not Kind.RATIO:
                    assert "".join(text.split()) == "".join(printed(column.kind, line.cells.get(column.key)).split())


@pytest.mark.parametrize("text", ["{{ co_quan.ten }}", "{% for x in y %}", "</w:t></w:r><w:p/>", "]]>&amp;"])
def test_markup_inside_a_cell_is_text(text: str, tmp_path: Path) -> None:
    table = Table(
        "x", text, (Column("ten", text, over=text),), (Group("A", text, ({"ten": text},)),), footnotes=(text,)
    )
    path = appendix(tmp_path / "pl.docx", PhuLucSo("Số liệu", (table, table)))
    assert text_of(main_part(path)).count(text) == 2 * 6
    assert errors(path) == []


# --- templates --------------------------------------------------------------------------------------


def test_an_offices_own_template_replaces_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "mau").mkdir()
    own = tmp_path / "mau" / "bao-cao.docx"
    with zipfile.ZipFile(TEMPLATES / "bao-cao.docx") as source, zipfile.ZipFile(own, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace("Nơi nhận:".encode(), "NƠI GỬI:".encode()))
    path = report(tmp_path / "bc.docx", goc=tmp_path)
    assert "NƠI GỬI:" in text_of(main_part(path))
    assert len(word_tables(path)) == 3


MISPLACED = [
    "<w:p><w:r><w:t>Bảng: {{ muc.bang }}</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{p muc.bang }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
]


@pytest.mark.parametrize("paragraph", MISPLACED)
def test_a_table_inside_a_text_or_another_table_is_refused(paragraph: str) -> None:
    loop = "<w:p><w:r><w:t>{%p STATEMENT %}</w:t></w:r></w:p>"
    starts = [loop.replace("STATEMENT", text) for text in ("for pl in phu_luc", "for muc in pl.cac_bang")]
    ends = [loop.replace("STATEMENT", "endfor")] * 2
    body = "".join((*starts, paragraph, *ends))
    document = f"<w:document><w:body>{body}</w:body></w:document>"
    with pytest.raises(QtnbError) as caught:
        compile_template({"word/document.xml": document.encode()}, BaoCaoCoPhuLuc, "mau/bao-cao.docx")
    assert "Mẫu “mau/bao-cao.docx”, đoạn “" in caught.value.message
    assert caught.value.message.endswith("”: bảng và hình phải đứng một mình một đoạn, ngoài mọi bảng khác.")
    assert caught.value.hint == "Viết thẻ có chữ p, ví dụ {{p muc.bang }}, trong một đoạn riêng."


# --- the file ---------------------------------------------------------------------------------------

_WRITE = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_tabular_report import report
report(Path(sys.argv[2]))
"""


def _written_elsewhere(path: Path, **environment: str) -> str:
    subprocess.run(
        [sys.executable, "-c", _WRITE, str(Path(__file__).parent), str(path)],
        check=True,
        env={**os.environ, **environment},
    )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_machines_two_time_zones_give_equal_bytes(tmp_path: Path) -> None:
    one = _written_elsewhere(tmp_path / "một.docx", TZ="Asia/Ho_Chi_Minh", PYTHONHASHSEED="1")
    two = _written_elsewhere(tmp_path / "two.docx", TZ="America/New_York", PYTHONHASHSEED="2")
    assert one == two


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or pdftotext (poppler) is not installed",
)
def test_on_pages_heads_repeat_numbers_begin_anew_and_nothing_is_empty(tmp_path: Path) -> None:
    (pdf,) = to_pdf([report(tmp_path / "bc.docx", replace(BAO_CAO, bang=(city(), levels(), common_work(90))))])
    printed_text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    pages = printed_text.decode().split("\f")[:-1]
    begin = [page for page in pages if re.match(r"\s*Phụ lục [IV]+\n", page)]
    assert len(begin) == 4
    with_rows = [page for page in pages if re.search(r"^ *\d+ +(?:Sở|Ủy ban nhân dân) ", page, re.MULTILINE)]
    assert len(with_rows) > 5
    assert all("Tên cơ quan" in page and "STT" in page for page in with_rows)
    numbers = [int(first[0]) for page in pages if (first := page.split("\n", 1)[0].split()) and first[0].isdigit()]
    assert numbers[:2] == [2, 3]
    assert max(numbers) < len(pages)
    assert not [page for page in pages if not page.strip() or page.strip() == "./."]
