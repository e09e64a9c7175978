"""Plans and statistics forms as Word files: what they hold, how they are laid out, what becomes of them in PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints, is_typeddict
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from docx_layout import Paragraph, Section, Table, all_paragraphs, read_layout
from docx_outline import W, main_part, outline, text_of
from form_models import example_forms, example_plans, examples, plan, render_form
from kit import ROOT, make_kho, qtnb
from qtnb.errors import QtnbError
from qtnb.ke_hoach import KeHoach
from qtnb.render import to_pdf
from qtnb.render.grid import fit_tables
from qtnb.thong_ke import ThongKe, thong_ke_from
from qtnb.words.ke_hoach import MERGE_LEFT, MERGE_UP
from qtnb.words.phu_luc import KeHoachWords, ThongKeWords
from render_models import TEMPLATES
from test_docs import kind, section, table

GOLDEN = Path(__file__).parent / "golden" / "render"
WHAT: dict[str, KeHoach | ThongKe] = {**example_plans(), **example_forms()}
FORM_TEMPLATES = ("ke-hoach.docx", "ke-hoach-ngang.docx", "thong-ke.docx")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    return {khoa: render_form(what, folder / f"{khoa}.docx", examples()[1]) for khoa, what in WHAT.items()}


# --- what they hold -------------------------------------------------------------------------------


@pytest.mark.parametrize("khoa", WHAT)
def test_a_form_reads_as_its_golden_outline(khoa: str, rendered: dict[str, Path], accept: bool) -> None:
    shown = outline(rendered[khoa])
    golden = GOLDEN / f"{khoa}.txt"
    if accept:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("khoa", WHAT)
def test_word_would_repair_nothing(khoa: str, rendered: dict[str, Path]) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(rendered[khoa]).errors] == []


def test_a_second_rendering_gives_the_same_bytes(rendered: dict[str, Path], tmp_path: Path) -> None:
    for khoa, what in WHAT.items():
        assert render_form(what, tmp_path / "a.docx", examples()[1]).read_bytes() == rendered[khoa].read_bytes()


@pytest.mark.parametrize(
    "value", ["{{ bang.cot }}", "{% for x in y %}", "<w:p/>&amp;", "]]>", "=1+1", MERGE_LEFT, MERGE_UP]
)
def test_markup_inside_a_value_is_text(value: str, tmp_path: Path) -> None:
    what = plan({"noi_dung": f"a {value}", "chu_tri": f"b {value}"}, trich_yeu=value, tieu_de=f"c {value}")
    path = render_form(what, tmp_path / "a.docx")
    printed = text_of(main_part(path))
    assert (f"a {value}" in printed, f"b {value}" in printed, f"C {value.upper()}" in printed) == (True, True, True)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


# --- layout by Nghị định 30 -----------------------------------------------------------------------


def broken_rules(part: Section, *, landscape: bool, smallest: float) -> Iterator[str]:
    """What a form breaks of the rules for appendices; ids as in ``nd30.py``."""
    page = part.page
    size = ("16838", "11906", "landscape") if landscape else ("11906", "16838", "portrait")
    if (page["w"], page["h"], page.get("orient", "portrait")) != size:
        yield f"TT-01: {page}"
    if not (1134 <= int(page["top"]) <= 1417 and 1134 <= int(page["bottom"]) <= 1417):
        yield f"TT-03, TT-04: {page}"
    if not (1701 <= int(page["left"]) <= 1984 and 850 <= int(page["right"]) <= 1134):
        yield f"TT-03, TT-04: {page}"
    if page["titlePg"] != "1" or page.get("start") != "1":
        yield "TT-10, PL-06, PL-07"
    if [run.text for par in part.headers["default"] for run in par.runs] != ["#"]:
        yield "TT-09"
    for par in all_paragraphs(part):
        yield from _characters(par)
    yield from _head(part)
    for found in part.tables:
        yield from _table(found, int(page["w"]) - int(page["left"]) - int(page["right"]), smallest)


def _characters(par: Paragraph) -> Iterator[str]:
    if not unicodedata.is_normalized("NFC", par.text):
        yield f"TT-06: {par.text}"
    for run in par.runs:
        if run.fonts != {"Times New Roman"} or run.colour not in {"auto", "000000"}:
            yield f"TT-05, TT-07: {run}"


def _head(part: Section) -> Iterator[str]:
    shown = [par for par in part.paragraphs if par.text.strip()]
    label, title, attached, rule = shown[:4]
    if not (re.fullmatch(r"Phụ lục( [IVX]+)?", label.text) and label.sizes == {14} and label.bold and label.upright):
        yield f"PL-01, PL-02: {label}"
    if not (title.text == title.text.upper() and title.bold and title.sizes <= {13, 14}):
        yield f"PL-03: {title.text}"
    if not re.fullmatch(r"\(Kèm theo (Kế hoạch|Quyết định) số .+ ngày .+ tháng .+ năm .+ của .+\)", attached.text):
        yield f"PL-04, KT-04: {attached.text}"
    if not (attached.italic and attached.sizes <= {13, 14} and re.fullmatch("_+", rule.text)):
        yield f"PL-04, PL-12: {attached.text}"
    if any(par.align != "center" for par in (label, title, attached, rule)):
        yield "PL-02, PL-03, PL-04"


def _table(found: Table, room: int, smallest: float) -> Iterator[str]:
    if found.width > room:
        yield f"BT-05: {found.width} > {room}"
    heads = [number for number, row in enumerate(found.rows) if row.header]
    if heads != list(range(len(heads))):
        yield f"BT-02: {heads}"
    for row in found.rows:
        if row.may_split and max(map(len, row.texts)) < 200:
            yield f"BT-02: {row.texts}"
        sizes = {size for cell in row.cells for par in cell for size in par.sizes}
        if sizes and min(sizes) < smallest:
            yield f"BT-03: {sizes}"


@pytest.mark.parametrize("khoa", WHAT)
def test_a_form_keeps_the_rules_for_appendices(khoa: str, rendered: dict[str, Path]) -> None:
    what = WHAT[khoa]
    (part,) = read_layout(rendered[khoa])
    landscape = what.ngang if isinstance(what, KeHoach) else True
    assert list(broken_rules(part, landscape=landscape, smallest=13 if isinstance(what, KeHoach) else 11)) == []


@pytest.mark.parametrize("khoa", example_plans())
def test_a_plan_ends_with_its_mark_once_and_the_last_row_keeps_it(khoa: str, rendered: dict[str, Path]) -> None:
    (part,) = read_layout(rendered[khoa])
    assert [par.text for par in part.paragraphs if par.text.endswith("./.")] == ["./."]
    last = [par for cell in part.tables[-1].rows[-1].cells for par in cell if par.text]
    assert all(par.keep_next for par in last)


@pytest.mark.parametrize("khoa", WHAT)
def test_every_row_fills_the_grid_and_the_grid_the_page(khoa: str, rendered: dict[str, Path]) -> None:
    body = main_part(rendered[khoa])
    (part,) = read_layout(rendered[khoa])
    room = int(part.page["w"]) - int(part.page["left"]) - int(part.page["right"])
    for found in body.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in found.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(grid) == room
        for row in found.iter(f"{W}tr"):
            spans = [int(cell.get(f"{W}val", "1")) for cell in row.iterfind(f"{W}tc/{W}tcPr/{W}gridSpan")]
            cells = len(row.findall(f"{W}tc"))
            assert cells - len(spans) + sum(spans) == len(grid)
            assert sum(int(width.get(f"{W}w", "0")) for width in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")) == room
    assert not {MERGE_LEFT, MERGE_UP} & set(text_of(body))


# --- one grid of what a template repeats ----------------------------------------------------------


def _document(rows: list[list[str]], widths: list[int]) -> bytes:
    name = W.strip("{}")
    cells = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            for text, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    table_ = (
        '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        f"{cells}</w:tbl>"
    )
    return f'<w:document xmlns:w="{name}"><w:body>{table_}</w:body></w:document>'.encode()


_CELL = st.sampled_from(["a", "b", "", MERGE_LEFT, MERGE_UP])


@given(st.data(), st.integers(1, 6))
def test_any_marks_give_a_table_of_one_grid(data: st.DataObject, columns: int) -> None:
    rows = data.draw(st.lists(st.lists(_CELL, min_size=columns, max_size=columns), min_size=1, max_size=5))
    widths = data.draw(st.lists(st.integers(1, 4000), min_size=columns, max_size=columns))
    widths[0] = min(widths[0], 3000)
    root = ET.fromstring(fit_tables(_document(rows, widths)))  # noqa: S314 - our own document
    grid = [int(column.get(f"{W}w", "0")) for column in root.iter(f"{W}gridCol")]
    assert (len(grid), sum(grid)) == (columns, 9000)
    for row in root.iter(f"{W}tr"):
        spans = [
            int(span.get(f"{W}val", "0")) if (span := cell.find(f"{W}tcPr/{W}gridSpan")) is not None else 1
            for cell in row.iterfind(f"{W}tc")
        ]
        assert sum(spans) == columns
        for cell in row.iterfind(f"{W}tc"):
            order = [child.tag.removeprefix(W) for child in cell[0]]
            assert order == [name for name in ("tcW", "gridSpan", "vMerge", "vAlign") if name in order]
    # A mark in the first column has nothing at its left; it is no text all the same.
    left = "".join(text_of(root))
    assert MERGE_UP not in left
    assert left.count(MERGE_LEFT) == sum(row[0] == MERGE_LEFT for row in rows)


def test_the_first_column_keeps_its_width_and_the_others_share_the_rest() -> None:
    root = ET.fromstring(fit_tables(_document([["a", "b", "c"]], [1000, 3000, 1000])))  # noqa: S314 - our own document
    assert [column.get(f"{W}w") for column in root.iter(f"{W}gridCol")] == ["1000", "6000", "2000"]


# --- templates ------------------------------------------------------------------------------------


GROUPS: dict[str, tuple[str, Any]] = {
    "Cả kế hoạch": ("", KeHoachWords),
    "Văn bản mà phụ lục kèm theo": ("van_ban.", get_type_hints(KeHoachWords)["van_ban"]),
    "Bảng nhiệm vụ": ("bang.", get_type_hints(KeHoachWords)["bang"]),
    "Cả biểu thống kê": ("", ThongKeWords),
    "Bảng số liệu": ("bang.", get_type_hints(ThongKeWords)["bang"]),
}
ITEMS: dict[str, tuple[str, str, str]] = {
    "Cột của bảng nhiệm vụ": ("cot.", "Bảng nhiệm vụ", "cot"),
    "Dòng của bảng nhiệm vụ": ("dong.", "Bảng nhiệm vụ", "dong"),
    "Cột của bảng số liệu": ("cot.", "Bảng số liệu", "cot"),
    "Dòng của bảng số liệu": ("dong.", "Bảng số liệu", "dong"),
    "Chú thích": ("ct.", "Cả biểu thống kê", "chu_thich"),
}


def words_under(heading: str) -> tuple[str, Any]:
    if heading in GROUPS:
        return GROUPS[heading]
    prefix, group, key = ITEMS[heading]
    (item,) = get_args(get_type_hints(GROUPS[group][1])[key])
    return prefix, item


@pytest.mark.parametrize("heading", [*GROUPS, *ITEMS])
def test_a_table_of_words_is_that_of_the_code(heading: str) -> None:
    prefix, words = words_under(heading)
    shown = {word.strip("`"): what for word, what, _ in table(section("ke-hoach.md", f"#### {heading}"))}
    assert shown == {f"{prefix}{word}": kind(hint) for word, hint in get_type_hints(words).items()}


def test_no_group_of_words_is_left_out() -> None:
    def below(words: Any) -> Iterator[Any]:
        yield words
        for hint in get_type_hints(words).values():
            for part in (hint, *get_args(hint)):
                if is_typeddict(part):
                    yield from below(part)

    told = {words.__name__ for _, words in map(words_under, [*GROUPS, *ITEMS])}
    named = {words.__name__ for top in (KeHoachWords, ThongKeWords) for words in below(top)}
    # The head is that of every appendix; cells and signers are told beside what holds them.
    assert named - told == {"PhuLuc", "OKeHoach", "OThongKe", "NguoiKyWords"}


def test_an_office_s_own_template_replaces_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "mau").mkdir()
    with (
        zipfile.ZipFile(TEMPLATES / "thong-ke.docx") as source,
        zipfile.ZipFile(tmp_path / "mau" / "thong-ke.docx", "w") as own,
    ):
        for name in source.namelist():
            own.writestr(name, source.read(name).replace("Ghi chú:".encode(), "CHÚ THÍCH:".encode()))
    kho = replace(examples()[1], goc=tmp_path)
    assert "CHÚ THÍCH:" in text_of(main_part(render_form(WHAT["phu-luc-1-so"], tmp_path / "a.docx", kho)))


def test_a_misspelt_word_in_an_office_s_own_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "mau").mkdir()
    path = tmp_path / "mau" / "ke-hoach-ngang.docx"
    with zipfile.ZipFile(TEMPLATES / "ke-hoach-ngang.docx") as source, zipfile.ZipFile(path, "w") as own:
        for name in source.namelist():
            own.writestr(name, source.read(name).replace(b"dong.ten_nhom", b"dong.tennhom"))
    with pytest.raises(QtnbError) as caught:
        render_form(plan({"noi_dung": "a"}), tmp_path / "a.docx", replace(examples()[1], goc=tmp_path))
    assert caught.value.message.endswith('không có từ "tennhom".')
    assert caught.value.hint == 'Từ gần giống nhất: "ten_nhom".'


# --- the command ----------------------------------------------------------------------------------


def test_render_prints_plans_and_forms_in_folders_of_their_own(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "ubnd-thanh-pho", tmp_path / "kho")
    run = qtnb("render", "kho", "-o", "ra", cwd=tmp_path)
    assert run.code == 0
    folders = ("ke-hoach",) * 3 + ("thong-ke",) * 3
    assert run.out.splitlines() == [
        f"ra/{folder}/{khoa}.docx" for folder, khoa in zip(folders, [*example_plans(), *example_forms()], strict=True)
    ]
    one = qtnb("render", "kho/thong-ke/phu-luc-1-so.yaml", "-o", "mot", cwd=tmp_path)
    assert one.out == "mot/thong-ke/phu-luc-1-so.docx\n"


def test_a_wrong_form_keeps_its_kho_from_being_printed(tmp_path: Path) -> None:
    kho = make_kho(
        tmp_path,
        {"thong-ke/a.yaml": "loai: TK\ntieu_de: A\ncot: [{khoa: a, ten: A}]\nnhom: [{ten: N, so_lieu: {a: x}}]\n"},
    )
    run = qtnb("render", cwd=kho)
    assert (run.code, run.out) == (1, "")
    assert "[bad-figure]" in run.err
    assert not (kho / "van-ban").exists()


# --- PDF ------------------------------------------------------------------------------------------

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None, reason="LibreOffice is not installed"
)
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


def pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    return text.decode().split("\f")[:-1]


@needs_libreoffice
@needs_poppler
def test_every_page_has_its_number_and_the_heads_of_its_table(rendered: dict[str, Path]) -> None:
    for pdf in to_pdf(list(rendered.values())):
        first, *rest = pages(pdf)
        assert re.search(r"Phụ lục( [IVX]+)?\n", first)
        for number, page in enumerate(rest, start=2):
            assert page.split()[:1] == [str(number)], page[:80]
            with_rows = [line for line in page.splitlines()[1:] if line.strip() and "./." not in line]
            assert any(re.match(r"\s*(STT|Stt)\b", line) for line in with_rows[:14]) or "Người lập biểu" in page, page
            assert len(with_rows) > 2, page


@needs_libreoffice
@needs_poppler
def test_a_task_stays_on_one_page_with_its_further_products(tmp_path: Path) -> None:
    rows = [{"noi_dung": f"Việc {n}", "san_pham": "x"} for n in range(30)]
    parts = {"noi_dung": "Việc có hai sản phẩm", "san_pham": "một", "san_pham_khac": [{"san_pham": "hai"}]}
    files = [render_form(plan(*rows[:count], parts, *rows), tmp_path / f"{count}.docx") for count in range(14, 21)]
    for pdf in to_pdf(files):
        page = next(page for page in pages(pdf) if "Việc có hai sản phẩm" in page)
        assert re.search(r"^\s+hai\b", page, re.MULTILINE), pdf.name


@needs_libreoffice
def test_a_template_saved_by_an_office_program_prints_the_same_words(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    names = [str(TEMPLATES / name) for name in FORM_TEMPLATES]
    command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "mau"), *names]
    subprocess.run(command, check=True, capture_output=True)
    saved_kho = replace(examples()[1], goc=tmp_path)
    for khoa, what in WHAT.items():
        saved = render_form(what, tmp_path / f"{khoa}-saved.docx", saved_kho)
        own = render_form(what, tmp_path / f"{khoa}.docx", examples()[1])
        assert text_of(main_part(saved)) == text_of(main_part(own))
        for one, other in zip(main_part(saved).iter(f"{W}tr"), main_part(own).iter(f"{W}tr"), strict=True):
            assert len(one.findall(f"{W}tc")) == len(other.findall(f"{W}tc"))


def test_a_form_with_no_notes_keeps_its_total_with_the_signatures(tmp_path: Path) -> None:
    data = {"tieu_de": "A", "cot": [{"khoa": "a", "ten": "A"}], "nhom": [{"ten": "N", "so_lieu": {"a": 1}}]}
    for note in ("", "là a"):
        column = {"khoa": "a", "ten": "A", "chu_thich": note}
        path = render_form(thong_ke_from("thong-ke/a.yaml", {**data, "cot": [column]}), tmp_path / "a.docx")
        (part,) = read_layout(path)
        total = part.tables[1].rows[-1]
        assert total.texts[1] == "Tổng cộng"
        assert {par.keep_next for cell in total.cells for par in cell if par.text} == {not note}
