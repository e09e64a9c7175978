"""The documentation: its commands run, its tables say what the code says, its links lead somewhere."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict
from xml.etree import ElementTree as ET

import pytest
from jinja2.filters import FILTERS

from kit import ROOT
from qtnb.errors import QtnbError
from qtnb.render.engine import compile_template
from qtnb.thoi_luong import KetQuaDoc, SoLuong, ThoiLuong, ThoiLuongError, read_duration
from qtnb.words import bao_cao, vocabulary
from qtnb.words.blocks import Bang, Hinh

DOCS = ROOT / "docs"
SRC = ROOT / "src" / "qtnb"
EXECUTED = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
PAGES = [*EXECUTED, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]


def run_script(name: str, *words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, DOCS / name, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def read(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next of its rank or above."""
    rank = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", read(page), re.DOTALL | re.MULTILINE)
    assert found is not None, heading
    return found[1]


def table(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, without the heads."""
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("|")
    ]
    rules = [number for number, row in enumerate(rows) if set("".join(row)) <= set("-| ")]
    return [row for number, row in enumerate(rows) if number not in rules and number + 1 not in rules]


# --- pages run ------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize("page", EXECUTED, ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page: Path, accept: bool) -> None:
    assert run_script("run_pages.py", page, *(["--write"] if accept else [])) == ""


def test_the_format_page_is_made_from_the_schemas(accept: bool) -> None:
    assert run_script("build_format.py", *([] if accept else ["--check"])) == ""


def make_targets() -> set[str]:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    return set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("target", sorted(make_targets()))
def test_a_make_target_that_a_page_names_exists(target: str) -> None:
    subprocess.run(["make", "-n", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


# --- thong-bao.md ---------------------------------------------------------------------------------

RULE_ARGUMENT = {"Remark": 1, "RefusedFile": 1, "unreadable": 1, "stop": 0, "_note": 2}
"""Which argument of these calls is the id of a rule."""


def rule_ids() -> set[str]:
    """The ids of all rules in the code; those handed on by a variable are counted where they are written."""
    return {
        rule
        for path in SRC.rglob("*.py")
        if path.parent.name not in {"lint", "rules"}  # quality rules have pages of their own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for rule in ids_of(node)
    }


def ids_of(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "Finding":
        candidates = call.args
    else:
        place = RULE_ARGUMENT.get(name, len(call.args))
        candidates = call.args[place : place + 1]
    for argument in candidates:
        if isinstance(argument, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)*", str(argument.value)):
            yield str(argument.value)


def described_rules() -> dict[str, str]:
    parts = re.split(r"^### (.*)$", read("thong-bao.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_has_its_entry() -> None:
    assert set(described_rules()) == rule_ids()


@pytest.mark.parametrize(("rule", "text"), described_rules().items(), ids=list(described_rules()))
def test_the_example_of_a_rule_shows_the_rule(rule: str, text: str) -> None:
    # That the program prints this is held by running the page.
    shown = "".join(re.findall(r"^```console.*?^```$", text, re.DOTALL | re.MULTILINE))
    assert f"[{rule}]" in shown


# --- dinh-dang.md ---------------------------------------------------------------------------------


def durations() -> list[tuple[str, str]]:
    rows = table(section("dinh-dang.md", "## Thời gian"))
    return [(written, read_as) for cell, read_as in rows for written in re.findall("`(.*?)`", cell)]


@pytest.mark.parametrize(("written", "read_as"), durations())
def test_a_duration_reads_as_the_page_says(written: str, read_as: str) -> None:
    try:
        told = in_words(read_duration(written))
    except ThoiLuongError:
        told = "lỗi: có số nhưng không rõ đơn vị"
    assert told == read_as


def in_words(value: KetQuaDoc) -> str:
    if isinstance(value, ThoiLuong):
        return " + ".join(map(amount, value.so_luong))
    most = value.toi_da
    return "giữ nguyên chữ" + (f", nhiều nhất {most.high} {most.don_vi}" if most else "")


def amount(value: SoLuong) -> str:
    number = str(value.low) if value.low == value.high else f"{value.low}–{value.high}"
    return f"{number} {value.don_vi}" if value.don_vi else f"{number}, theo đơn vị của tổng thời gian"


# --- mau-van-ban.md -------------------------------------------------------------------------------

GROUPS: dict[str, tuple[str, Any]] = {
    "Cơ quan ban hành": ("co_quan.", vocabulary.CoQuanBanHanh),
    "Quyết định": ("quyet_dinh.", vocabulary.QuyetDinhWords),
    "Đoạn của một điều": ("doan.", vocabulary.Dieu),
    "Chữ ký": ("quyet_dinh.ky.", vocabulary.Ky),
    "Phụ lục danh mục": ("danh_muc.", vocabulary.DanhMuc),
    "Phụ lục so sánh": ("so_sanh.", vocabulary.SoSanh),
    "Nhóm của phụ lục so sánh": ("nhom.", vocabulary.NhomSoSanh),
    "Dòng của phụ lục so sánh": ("dong.", vocabulary.DongSoSanhWords),
    "Dòng của danh mục": ("muc.", vocabulary.MucDanhMuc),
    "Quy trình CV": ("qt.", vocabulary.QuyTrinhCVWords),
    "Bước của quy trình CV": ("buoc.", vocabulary.BuocCVWords),
    "Tài liệu": ("tl.", vocabulary.TaiLieuWords),
    "Quy trình LT": ("qt.", vocabulary.QuyTrinhLTWords),
    "Cơ quan trong quy trình LT": ("cq.", vocabulary.CoQuanLTWords),
    "Bước của quy trình LT": ("buoc.", vocabulary.BuocLTWords),
}
BOTH_KINDS: dict[str, tuple[str, tuple[Any, Any]]] = {
    "Cả văn bản": ("", (vocabulary.DecisionCV, vocabulary.DecisionLT)),
    "Phụ lục nội dung": ("noi_dung.", (vocabulary.NoiDungCV, vocabulary.NoiDungLT)),
}
"""Groups of which each template has its own; they differ only below."""


REPORT_GROUPS: dict[str, tuple[str, Any]] = {
    "Báo cáo và các phụ lục": ("", bao_cao.BaoCaoCoPhuLuc),
    "Báo cáo": ("bao_cao.", bao_cao.BaoCaoWords),
    "Phần của nội dung": ("muc.", bao_cao.MucBaoCao),
    "Phụ lục số liệu": ("pl.", bao_cao.PhuLucSoLieu),
    "Bảng của phụ lục": ("muc.", bao_cao.BangCuaPhuLuc),
    "Biểu đồ của phụ lục": ("muc.", bao_cao.HinhCuaPhuLuc),
}
"""Those of ``mau-bao-cao.md``."""


def kind(hint: Any) -> str:
    if get_origin(hint) is list:
        (item,) = get_args(hint)
        if get_origin(item) is list:
            return "danh sách của danh sách chữ"
        return "danh sách nhóm" if is_typeddict(item) else "danh sách chữ"
    return "nhóm" if is_typeddict(hint) else {str: "chữ", bool: "đúng, sai", Bang: "bảng", Hinh: "hình"}[hint]


@pytest.mark.parametrize("heading", [*GROUPS, *BOTH_KINDS])
def test_a_table_of_words_is_that_of_the_code(heading: str) -> None:
    shown = {word.strip("`"): what for word, what, _ in table(section("mau-van-ban.md", f"### {heading}"))}
    prefix, types = (GROUPS | BOTH_KINDS)[heading]
    for words in types if isinstance(types, tuple) else (types,):
        assert shown == {f"{prefix}{word}": kind(hint) for word, hint in get_type_hints(words).items()}


@pytest.mark.parametrize("heading", REPORT_GROUPS)
def test_a_table_of_words_of_reports_is_that_of_the_code(heading: str) -> None:
    prefix, words = REPORT_GROUPS[heading]
    shown = {word.strip("`"): what for word, what, _ in table(section("mau-bao-cao.md", f"### {heading}"))}
    assert shown == {f"{prefix}{word}": kind(hint) for word, hint in get_type_hints(words).items()}


def test_no_group_of_words_is_left_out() -> None:
    def below(words: Any) -> Iterator[Any]:
        yield words
        for hint in get_type_hints(words).values():
            for part in (hint, *get_args(hint)):
                if is_typeddict(part):
                    yield from below(part)

    told = {words for _, words in GROUPS.values()} | {words for _, both in BOTH_KINDS.values() for words in both}
    assert {*below(vocabulary.DecisionCV), *below(vocabulary.DecisionLT)} == told


def accepted(expression: str) -> bool:
    document = f"<w:document><w:body><w:p><w:r><w:t>{expression}</w:t></w:r></w:p></w:body></w:document>"
    try:
        compile_template({"word/document.xml": document.encode()}, vocabulary.DecisionCV, "mẫu")
    except QtnbError:
        return False
    return True


def test_the_filters_are_those_of_the_page() -> None:
    shown = {filter_.strip("`") for filter_, _, _ in table(section("mau-van-ban.md", "## Bộ lọc"))}
    for filter_ in shown:
        assert accepted(f"{{{{ co_quan.ten|{filter_} }}}}") or accepted(f"{{{{ co_quan.ten_ban_hanh|{filter_} }}}}")
    # Escaping is what every tag does by itself: to name it again is no fault, and nothing to tell.
    for filter_ in FILTERS.keys() - {name.partition("(")[0] for name in shown} - {"e", "escape"}:
        assert not accepted(f"{{{{ co_quan.ten|{filter_} }}}}"), filter_
        assert not accepted(f"{{{{ co_quan.ten_ban_hanh|{filter_} }}}}"), filter_


OTHER_TEMPLATES = {
    "bao-cao": ["mau-bao-cao.md"],
    "phu-luc": ["mau-bao-cao.md"],
    "ke-hoach": ["ke-hoach.md"],
    "ke-hoach-ngang": ["ke-hoach.md"],
    "thong-ke": ["ke-hoach.md"],
}
"""Templates whose further styles have a page of their own."""


@pytest.mark.parametrize("template", sorted((ROOT / "templates").glob("*.docx")), ids=lambda path: path.name)
def test_the_styles_are_those_of_the_page(template: Path) -> None:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(template) as package:
        styles = ET.fromstring(package.read("word/styles.xml"))  # noqa: S314 - our own template
    names = {style.find(f"{w}name").get(f"{w}val") for style in styles if style.get(f"{w}customStyle")}  # type: ignore[union-attr]
    pages = ["mau-van-ban.md", *OTHER_TEMPLATES.get(template.stem, [])]
    assert names == {name for page in pages for name, _ in table(section(page, "## Kiểu chữ"))}


# --- CONTRIBUTING.md ------------------------------------------------------------------------------


def test_the_map_of_the_code_names_every_module() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {name.strip("`") for name, _ in table(text) if "make" not in name}
    modules = {path.name for path in SRC.glob("*.py") if path.name != "__init__.py"}
    folders = {f"{path.name}/" for path in SRC.iterdir() if (path / "__init__.py").is_file()}
    assert modules | folders <= named
