"""``qtnb diff`` as its users meet it: formats, files, exit codes, the redline."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from openxml_audit import OpenXmlValidator

from diff_models import SETTINGS, procedure, state, states
from docx_changes import Resolve, story_of
from docx_outline import outline
from kit import CV, LT, QD, ROOT, make_kho, qtnb
from qtnb.diff.kho import State, compare
from qtnb.diff.parts import Part
from qtnb.diff.printed import decision_part, procedure_part, settings_part
from qtnb.diff.titles import KeyPath, title_of
from qtnb.model import quyet_dinh_from
from qtnb.report.color import paint
from qtnb.report.diff_json import diff_to_json
from qtnb.report.diff_markdown import diff_to_markdown
from qtnb.report.diff_text import diff_to_text
from qtnb.schema import SchemaName
from qtnb.words.so_sanh import SoSanhWords
from register_kho import approved_kho, replace_in

STEPS = """\
cac_buoc:
  - trinh_tu: Vào sổ
    chu_tri: Văn phòng Sở
    thoi_gian: 4 giờ
  - trinh_tu: Chuyển lãnh đạo
    chu_tri: Văn thư Sở
    thoi_gian: 4 giờ
    quay_lai: {buoc: 1, khi: thiếu phụ lục}
"""
OLD = CV.replace("loai: CV\n", "loai: CV\nky_hieu: CV-01\n").split("cac_buoc:")[0] + STEPS + "bieu_mau: []\n"
NEW = OLD.replace("ten: Tiếp nhận văn bản đến", "ten: Tiếp nhận, xử lý văn bản đến").replace(
    "  - trinh_tu: Chuyển lãnh đạo", "  - {trinh_tu: Số hóa, chu_tri: Văn thư Sở}\n  - trinh_tu: Chuyển lãnh đạo"
)
GONE = CV.replace("Tiếp nhận văn bản đến", "Quản lý con dấu")
ADDED = "loai: CV\nten: Giải quyết nghỉ phép\nchua_co_noi_dung: true\n"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with the kho ``cu`` and ``moi``."""
    make_kho(tmp_path / "cu", {"quy-trinh/a.yaml": OLD, "quy-trinh/dau.yaml": GONE, "quyet-dinh/qd.yaml": QD})
    content = {"quyet-dinh/qd.yaml": QD.replace("danh_muc", "danh_muc_va_noi_dung").replace("tat_ca", "[a]")}
    make_kho(
        tmp_path / "moi",
        {"quy-trinh/a.yaml": NEW + "ly_do: Thêm khâu số hóa\n", "quy-trinh/phep.yaml": ADDED, **content},
    )
    return tmp_path


def test_the_terminal_shows_what_became_of_each_procedure(two: Path) -> None:
    run = qtnb("diff", "cu", "moi", "--kho", "moi", cwd=two)
    assert (run.code, run.err) == (0, "")
    assert (
        run.out
        == """\
Từ thư mục cu đến thư mục moi:

~ CV-01  Tiếp nhận, xử lý văn bản đến (a)
    đổi tên; 2 → 3 bước (thêm 1)
    lý do: Thêm khâu số hóa
    ~ Tên quy trình: Tiếp nhận văn bản đến → Tiếp nhận, xử lý văn bản đến
    ~ Quy trình xử lý công việc (2 → 3):
        + B2  Số hóa
            + Đơn vị chủ trì: Văn thư Sở

- (chưa có ký hiệu)  Quản lý con dấu (dau)
    bãi bỏ: 1 bước, 1 ngày

+ (chưa có ký hiệu)  Giải quyết nghỉ phép (phep)
    bổ sung: chưa có nội dung

Quyết định:
  ~ qd
      ~ Tất cả quy trình của kho: có → không
      ~ Các quy trình (0 → 1):
          + mục 1  a
      ~ Phê duyệt: danh_muc → danh_muc_va_noi_dung

                       trước  sau
Quy trình CV               2    2
Số bước                    3    3
Thời gian khai (ngày)      2    1

Quy trình: bổ sung 1, bãi bỏ 1, sửa đổi 1 (đổi tên 1), không đổi 0; quyết định: sửa 1.
"""
    )


def test_json_is_one_document_of_version_1(two: Path) -> None:
    run = qtnb("diff", "cu", "moi", "--kho", "moi", "--format", "json", cwd=two)
    document = json.loads(run.out)
    assert list(document) == [
        "version", "old", "new", "quy_trinh", "khong_so_duoc", "quyet_dinh", "cau_hinh", "totals", "summary",
    ]  # fmt: skip
    assert (document["version"], document["old"], document["new"]) == (1, "thư mục cu", "thư mục moi")
    assert document["summary"] == {
        "added": 1, "removed": 1, "changed": 1, "renamed": 1, "unchanged": 0, "not_comparable": 0,
    }  # fmt: skip
    changed, removed, added = document["quy_trinh"]
    assert (removed["kind"], removed["khoa"], removed["new"]) == ("removed", "dau", None)
    assert (added["kind"], added["khoa"], added["old"]) == ("added", "phep", None)
    assert (changed["kind"], changed["matched_by"], changed["ly_do"]) == ("changed", "khoa", "Thêm khâu số hóa")
    assert changed["old"] == {
        "khoa": "a",
        "ky_hieu": "CV-01",
        "ten": "Tiếp nhận văn bản đến",
        "so_buoc": 2,
        "thoi_gian": "1 ngày",
        "thoi_gian_tinh_duoc": {"tu": "1", "den": "1", "don_vi": "ngày"},
    }
    name, steps = changed["changes"]
    assert name == {
        "key": "ten",
        "title": "Tên quy trình",
        "old": "Tiếp nhận văn bản đến",
        "new": "Tiếp nhận, xử lý văn bản đến",
    }
    assert (steps["key"], steps["old_count"], steps["new_count"]) == ("cac_buoc", 2, 3)
    (row,) = steps["rows"]
    assert (row["kind"], row["moved"], row["old_label"], row["new_label"], row["old"]) == (
        "added",
        False,
        None,
        "B2",
        None,
    )
    assert (row["new"]["trinh_tu"], row["new"]["chu_tri"], row["changes"]) == ("Số hóa", "Văn thư Sở", [])
    assert "Tiếp nhận" in run.out


def test_a_comparison_goes_into_a_file_in_any_format(two: Path) -> None:
    for output_format, name in (("text", "so.txt"), ("json", "so.json"), ("markdown", "so.md"), ("docx", "so.docx")):
        words = ("diff", "cu", "moi", "--kho", "moi", "--format", output_format)
        run = qtnb(*words, "-o", name, cwd=two)
        assert (run.code, run.out, run.err) == (0, f"{name}\n", "")
        first = (two / name).read_bytes()
        env = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh"}
        assert qtnb(*words, "-q", "-o", name, cwd=two, env=env).out == ""
        assert (two / name).read_bytes() == first, "same input, same bytes"
    assert (two / "so.json").read_text(encoding="utf-8") == qtnb(*words[:-1], "json", cwd=two).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["cu", "moi"], 0),
        (["cu", "moi", "--exit-code"], 1),
        (["cu", "cu", "--exit-code"], 0),
        (["cu", "khong-co", "--exit-code"], 3),
    ],
)
def test_differences_are_told_by_the_exit_code_when_asked(two: Path, words: list[str], code: int) -> None:
    assert qtnb("diff", *words, "--kho", "moi", cwd=two).code == code


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "docx"], "Dạng docx phải ghi vào tệp."),
        (["--author", "A"], "--author chỉ dùng cùng --redline."),
        (["--date", "2026-11-22", "--decision", "qd"], "--date, --decision chỉ dùng cùng --redline."),
        (["--redline"], "--redline cần thêm -o, --author, --date."),
        (["--redline", "-o", "x.docx", "--author", " ", "--date", "2026-11-22"], "--redline cần thêm --author."),
        (["--redline", "-o", "x.docx", "--author", "A", "--date", "22/11"], "Ngày “22/11” không đúng dạng."),
        (
            ["--redline", "--format", "json", "--exit-code"],
            "--redline ghi một tệp Word, không dùng cùng --format, --exit-code.",
        ),
        (["a", "b", "c"], "Thừa tham số: c."),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(two: Path, words: list[str], message: str) -> None:
    run = qtnb("diff", *words, cwd=two / "moi")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == f"qtnb: {message}"
    assert not (two / "moi/x.docx").exists()


def test_a_file_that_cannot_be_written_is_said(two: Path) -> None:
    for words in (("-o", "khong-co/x.txt"), ("--format", "docx", "-o", "khong-co/x.docx")):
        run = qtnb("diff", "cu", "moi", "--kho", "moi", *words, cwd=two)
        assert run.code == 3
        assert "Không ghi được tệp" in run.err


def test_a_comparison_as_text_loads_no_word_library(two: Path) -> None:
    code = (
        "import sys; sys.argv = ['qtnb', 'diff', 'cu', 'moi', '--kho', 'moi']\n"
        "from qtnb.cli import run\n"
        "assert run() == 0\n"
        "heavy = {'docx', 'docxtpl', 'jinja2', 'lxml', 'jsonschema', 'rich', 'matplotlib', 'pyarrow', 'xlsxwriter'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=two, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- text -----------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(states("cũ"), states("mới"))
def test_no_line_is_wider_than_the_terminal(old: State, new: State) -> None:
    for width in (80, 60):
        assert max(map(len, diff_to_text(compare(old, new), width).splitlines())) <= width


def test_on_a_terminal_the_words_that_changed_stand_out() -> None:
    old, new = (
        CV.replace("tiếp nhận", words)
        for words in ("tiếp nhận mọi văn bản đến của Sở", "tiếp nhận tất cả văn bản đến của Sở")
    )
    text = diff_to_text(compare(state(procedure(old)), state(procedure(new))), 80, paint)
    assert "\x1b[1;4;31mmọi\x1b[0m" in text
    assert "\x1b[1;4;32mtất\x1b[0m \x1b[1;4;32mcả\x1b[0m" in text


EVIL = "a\x9b31m\u202eb | `c` <script>alert(1)</script> @nguoi [x](http://y) *d* \\ #1"


def test_values_of_strangers_cannot_write_to_the_terminal() -> None:
    diff = compare(state(procedure(CV)), state(replace(procedure(CV), ten=EVIL, muc_dich=EVIL, khoa="b")))
    text = diff_to_text(diff, 80)
    assert "\x9b" not in text
    assert "\u202e" not in text


# --- Markdown -------------------------------------------------------------------------------------


def test_markdown_is_a_table_and_a_block_for_each_procedure(two: Path) -> None:
    out = qtnb("diff", "cu", "moi", "--kho", "moi", "--format", "markdown", cwd=two).out
    assert out.startswith(
        "## So sánh quy trình\n\nTừ thư mục cu đến thư mục moi. "
        "Quy trình: bổ sung 1, bãi bỏ 1, sửa đổi 1 (đổi tên 1), không đổi 0; quyết định: sửa 1.\n\n"
        "| Quy trình | Thay đổi | Nội dung thay đổi | Lý do |\n| --- | --- | --- | --- |\n"
        "| CV-01 Tiếp nhận, xử lý văn bản đến | Sửa đổi | đổi tên; 2 → 3 bước (thêm 1) | Thêm khâu số hóa |\n"
        "| Quản lý con dấu | Bãi bỏ | 1 bước, 1 ngày |  |\n"
        "| Giải quyết nghỉ phép | Bổ sung | chưa có nội dung |  |\n\n"
        "<details><summary>CV-01 Tiếp nhận, xử lý văn bản đến</summary>\n\n"
        "- **Tên quy trình**: Tiếp nhận văn bản đến → Tiếp nhận, xử lý văn bản đến\n"
    )


def test_values_of_strangers_stay_text_in_markdown() -> None:
    one = procedure(CV)
    diff = compare(state(one), state(replace(one, ten=EVIL, muc_dich=EVIL, ly_do=EVIL)))
    text = diff_to_markdown(diff)
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    assert "<script" not in html
    assert "<a " not in html
    assert "<code>" not in html
    assert html.count("<td") == 4 + 3 * 3, "a bar in a value makes no cell"


def test_a_page_of_markdown_fits_into_a_comment_and_counts_what_does_not() -> None:
    items = [procedure(CV, f"quy-trinh/{n}.yaml") for n in range(300)]
    changed = [replace(item, muc_dich="Quy định rất khác hẳn trước đây " * 20) for item in items]
    text = diff_to_markdown(compare(state(*items), state(*changed)))
    assert len(text.encode()) <= 65_536
    assert text.count("<details>") == text.count("</details>") > 0
    missing = 300 - text.count("<details>")
    assert f"Chi tiết của {missing} quy trình không vừa trang này; xem bằng lệnh: `qtnb diff`." in text


# --- Word -----------------------------------------------------------------------------------------


def test_the_table_sets_old_and_new_side_by_side_on_broad_pages(two: Path) -> None:
    words = ("diff", "cu", "moi", "--kho", "moi", "--format", "docx", "-o", "so.docx", "--ly-do", "Rà soát năm 2026")
    assert qtnb(*words, cwd=two).code == 0
    text = outline(two / "so.docx")
    assert "TenPhuLuc: BẢNG SO SÁNH\n" in text
    assert "KemTheo: (Hiện hành: thư mục cu; sửa đổi, bổ sung: thư mục moi)\n" in text
    assert "STT | Nội dung | Hiện hành | Sửa đổi, bổ sung | Lý do" in text
    for row in (
        "I. Tiếp nhận, xử lý văn bản đến (CV-01)",
        "1 | Tên quy trình | Tiếp nhận văn bản đến | Tiếp nhận, xử lý văn bản đến | Thêm khâu số hóa",
        "2 | Bước B2 | Chưa có | B2. Số hóa ¶ Đơn vị chủ trì: Văn thư Sở | ",
        "1 | Bãi bỏ quy trình | Thời gian xử lý công việc: 1 ngày ¶ B1. Vào sổ (Văn phòng Sở; 1 ngày) | Bãi bỏ | Rà",
        "1 | Bổ sung quy trình | Chưa có | Mới có tên trong danh mục | Rà soát năm 2026",
    ):
        assert row in text, text
    assert [str(error) for error in OpenXmlValidator().validate(two / "so.docx").errors] == []
    with zipfile.ZipFile(two / "so.docx") as archive:
        assert 'w:orient="landscape"' in archive.read("word/document.xml").decode()


def test_where_nothing_changed_the_table_says_so(two: Path) -> None:
    assert qtnb("diff", "cu", "cu", "--kho", "cu", "--format", "docx", "-o", "so.docx", cwd=two).code == 0
    assert "Dieu: Không có quy trình nào thay đổi.\n" in outline(two / "so.docx")
    assert [str(error) for error in OpenXmlValidator().validate(two / "so.docx").errors] == []


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


REDLINE = ("--redline", "-o", "sua.docx", "--author", "Văn phòng Sở", "--date", "2026-11-22")


@pytest.mark.parametrize("quy_trinh", ["[a]", "[CV-01]", "tat_ca"])
def test_the_redline_accepted_is_the_new_decision_rejected_the_same_on_the_old_procedures(
    two: Path, quy_trinh: str
) -> None:
    decision = QD.replace("danh_muc", "danh_muc_va_noi_dung").replace("tat_ca", quy_trinh)
    for name in ("cu", "moi"):
        (two / name / "quyet-dinh/qd.yaml").write_text(decision, encoding="utf-8")
    (two / "moi/quy-trinh/phep.yaml").write_text(
        GONE.replace("Quản lý con dấu", "Giải quyết nghỉ phép"), encoding="utf-8"
    )
    run = qtnb("diff", "../cu", *REDLINE, cwd=two / "moi")
    assert (run.code, run.out, run.err) == (0, "sua.docx\n", "")
    for name in ("cu", "moi"):
        assert qtnb("render", name, "-o", name, cwd=two).code == 0
    made = parts(two / "moi/sua.docx")
    assert b'w:author="V\xc4\x83n ph\xc3\xb2ng S\xe1\xbb\x9f"' in made["word/document.xml"]
    assert story_of(made, Resolve.ACCEPT) == story_of(parts(two / "moi/qd.docx"), Resolve.ACCEPT)
    assert story_of(made, Resolve.REJECT) == story_of(parts(two / "cu/qd.docx"), Resolve.ACCEPT)
    assert [str(error) for error in OpenXmlValidator().validate(two / "moi/sua.docx").errors] == []


def test_an_amending_decision_is_marked_against_what_is_approved(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "quy-trinh/den.yaml", "thoi_gian: 1 ngày\ncac", "thoi_gian: 2 ngày\ncac")
    amending = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\nbang_so_sanh: true\n"
    (kho / "quyet-dinh/sua.yaml").write_text(amending, encoding="utf-8")
    assert qtnb("diff", *REDLINE, cwd=kho).out == "sua.docx\n"
    assert qtnb("render", "quyet-dinh/sua.yaml", "-o", "in", cwd=kho).code == 0
    made = parts(kho / "sua.docx")
    assert story_of(made, Resolve.ACCEPT) == story_of(parts(kho / "in/sua.docx"), Resolve.ACCEPT)
    rejected = str(story_of(made, Resolve.REJECT))
    assert "['', '1 ngày']" in rejected or "1 ngày" in rejected
    assert rejected != str(story_of(made, Resolve.ACCEPT))


def test_which_decision_is_marked_must_be_clear(two: Path) -> None:
    (two / "moi/quyet-dinh/hai.yaml").write_text(QD, encoding="utf-8")
    run = qtnb("diff", "../cu", *REDLINE, cwd=two / "moi")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "qtnb: Có 2 quyết định; cần biết in quyết định nào.\n  → Chỉ ra bằng --decision, một trong: hai, qd\n"
    )
    assert qtnb("diff", "../cu", *REDLINE, "--decision", "quyet-dinh/qd.yaml", cwd=two / "moi").out == "sua.docx\n"
    missing = qtnb("diff", "../cu", *REDLINE, "--decision", "ba", cwd=two / "moi")
    assert missing.code == 3
    assert missing.err.startswith("qtnb: Không có quyết định “ba” ở bản đang soạn.\n")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("quy-trinh/hong.yaml", "loai: CV\n", "quy-trinh/hong.yaml:1:1: lỗi: "),
        ("quyet-dinh/qd.yaml", QD.replace("tat_ca", "[khong-co]"), "quyet-dinh/qd.yaml:3:13: lỗi: "),
        ("quyet-dinh/qd.yaml", QD.replace("danh_muc", "noi_dung").replace("tat_ca", "[phep]"), "chưa có nội dung"),
    ],
)
def test_nothing_is_marked_while_a_file_is_wrong(two: Path, name: str, content: str, told: str) -> None:
    (two / "moi" / name).write_text(content, encoding="utf-8")
    run = qtnb("diff", "../cu", *REDLINE, cwd=two / "moi")
    assert (run.code, run.out) == (1, "")
    assert told in run.err
    assert run.err.endswith("Không đánh dấu thay đổi khi có tệp sai; sửa các lỗi trên rồi chạy lại.\n")
    assert not (two / "moi/sua.docx").exists()


# --- titles ---------------------------------------------------------------------------------------


def _paths(part: Part, at: KeyPath = ()) -> list[KeyPath]:
    found: list[KeyPath] = []
    for key, value in part.fields:
        if key:
            found.append((*at, key))
        if not isinstance(value, str):
            found += [path for row in value for path in _paths(row, (*at, key))]
    return found


FULL = OLD.replace("tai_lieu: []", "tai_lieu: [{ten: Văn bản}]").replace("can_cu_phap_ly: []", "can_cu_phap_ly: [Luật]")
DECISION = quyet_dinh_from(
    "quyet-dinh/a.yaml",
    {"phe_duyet": "danh_muc", "quy_trinh": ["a"], "hinh_thuc": "thay_the", "bi_thay_the": ["b"], "can_cu": ["Luật"]},
)


@pytest.mark.parametrize(
    ("schema", "part"),
    [
        (SchemaName.CV, procedure_part(procedure(FULL))),
        (SchemaName.LT, procedure_part(procedure(LT))),
        (SchemaName.QD, decision_part(DECISION, {})),
        (SchemaName.KHO, settings_part(SETTINGS)),
    ],
)
def test_every_value_that_is_compared_has_a_title_in_the_words_of_the_form(schema: SchemaName, part: Part) -> None:
    for path in _paths(part):
        title = title_of(schema, path)
        assert title[:1].isupper(), (path, title)
        assert "_" not in title, (path, title)


def test_json_and_text_agree_on_whether_anything_differs() -> None:
    same = compare(state(procedure(CV)), state(procedure(CV)))
    assert json.loads(diff_to_json(same))["quy_trinh"] == []
    assert diff_to_text(same, 80).endswith("\n\nKhông có gì thay đổi (1 quy trình như nhau).\n")


# --- what is documented ---------------------------------------------------------------------------


def test_the_words_of_the_template_are_those_of_the_page() -> None:
    page = (ROOT / "docs/so-sanh.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)` \| (?:chữ|danh sách nhóm|danh sách chữ) \|$", page, re.MULTILINE))
    assert told == set(get_type_hints(SoSanhWords)) - {"co_quan"}


def test_the_template_is_what_its_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "templates/build_so_sanh.py", tmp_path], check=True)
    assert (tmp_path / "so-sanh.docx").read_bytes() == (ROOT / "templates/so-sanh.docx").read_bytes()
