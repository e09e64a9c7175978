"""``qtnb explain`` and the pages of the rules."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from kit import ROOT, qtnb
from qtnb.commands.rule_pages import explanation, rule_pages
from qtnb.lint.rule import Group, Rule
from qtnb.report.plain_page import plain_page
from qtnb.report.rule_page import GROUPS, page_of_rule, pages_of_messages
from qtnb.rules import RULES

DOCS = ROOT / "docs"
FOLDER = DOCS / "quy-tac"
LINT = ROOT / "src" / "qtnb" / "lint"


def run_script(name: str, *words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, DOCS / name, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


# --- the command ----------------------------------------------------------------------------------


def test_the_list_has_every_rule_under_its_group(tmp_path: Path) -> None:
    run = qtnb("explain", cwd=tmp_path)
    assert run.code == 0
    for rule in RULES:
        assert re.search(rf"^  {rule.id} +(lỗi|cảnh báo|lưu ý) +{re.escape(rule.title)}$", run.out, re.MULTILINE)
    assert run.out.startswith("Thời gian (time)\n  time-")
    assert run.out.endswith(f"\nXem một quy tắc: qtnb explain {RULES[0].id}\n")


def test_a_group_lists_its_rules(tmp_path: Path) -> None:
    run = qtnb("explain", "time", cwd=tmp_path)
    assert run.out.splitlines()[0] == "Thời gian (time)"
    assert all(line.startswith("  time-") for line in run.out.splitlines()[1:])


def test_a_rule_shows_title_purpose_examples_and_source(tmp_path: Path) -> None:
    out = qtnb("explain", "time-sum", cwd=tmp_path).out
    assert out.startswith(
        "time-sum: Tổng thời gian khác tổng các bước\n\nMức mặc định: lỗi. Nhóm: Thời gian (`time`).\n\n"
    )
    headings = ["Ví dụ sai", "Ví dụ đúng", "Bỏ qua hoặc đổi mức", "Căn cứ"]
    assert [line for line in out.splitlines() if line in headings] == headings
    assert "\n    thoi_gian: 3 ngày\n" in out
    assert "```" not in out


def test_a_message_of_validate_is_explained_too(tmp_path: Path) -> None:
    out = qtnb("explain", "missing-key", cwd=tmp_path).out
    assert out.startswith("missing-key\n\nThiếu một khóa bắt buộc của biểu mẫu.\n")
    assert "`quy-trinh/tiep-nhan-xu-ly-van-ban-den.yaml`:\n\n    -so_luong: 01 bộ\n" in out
    assert "](" not in out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("time-summ", "Có phải là time-sum?"),
        ("mising-key", "Có phải là missing-key?"),
        ("office-tham-quyen", "Quy tắc riêng của cơ quan được ghi trong qtnb.yaml, ở lint.quy_tac_rieng."),
        ("???", "Xem danh sách bằng lệnh: qtnb explain"),
    ],
)
def test_a_name_that_is_no_rule_is_wrong_use_with_the_nearest_one(tmp_path: Path, name: str, hint: str) -> None:
    run = qtnb("explain", name, cwd=tmp_path)
    assert (run.code, run.out, run.err) == (2, "", f"qtnb: Không có quy tắc “{name}”.\n  → {hint}\n")


# --- the pages ------------------------------------------------------------------------------------


def test_the_pages_are_made_from_the_rules(accept: bool) -> None:
    assert run_script("build_rules.py", *([] if accept else ["--check"])) == ""


def test_the_commands_of_the_index_print_what_it_shows(accept: bool) -> None:
    assert run_script("run_pages.py", FOLDER / "README.md", *(["--write"] if accept else [])) == ""


def test_every_rule_has_its_page_and_every_page_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {"README", *(rule.id for rule in RULES)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_more_than_its_title_in_one_spelling(rule: Rule) -> None:
    assert len(explanation(rule).split("\n\n")) >= 2
    assert unicodedata.is_normalized("NFC", explanation(rule) + rule.title + rule.nguon)


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target.partition("#")[0]).exists(), target


def test_the_engine_of_lint_explains_its_own_messages() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in LINT.glob("*.py"))
    own = set(re.findall(r'^[A-Z_]+: Final = "((?:lint|ignore|baseline|internal)-[a-z]+)"$', written, re.MULTILINE))
    assert own
    assert own == set(pages_of_messages((FOLDER / "README.md").read_text(encoding="utf-8")))


def test_every_group_has_its_words() -> None:
    assert set(GROUPS) == set(Group)


def test_every_page_has_a_title_of_one_phrase_and_a_first_paragraph() -> None:
    for page in rule_pages().values():
        assert page.title
        assert not page.title.endswith((".", ":"))
        assert len(page.title) < 160
        assert page.summary


def test_options_of_a_rule_are_told_with_their_defaults() -> None:
    rule = Rule("time-x", "A", RULES[0].severity, "B.", {}, {}, options={"mau": "^CV", "toi_da": 5})
    markdown = page_of_rule(rule, "Đoạn một.\n\nĐoạn hai.").markdown
    assert '## Tùy chọn\n\n| Khóa | Mặc định |\n| --- | --- |\n| `mau` | `"^CV"` |\n| `toi_da` | `5` |\n' in markdown
    assert "`lint: {quy_tac: {time-x: {mau: …}}}`" in markdown


def test_an_example_shows_what_the_eye_cannot_see_and_of_the_good_kho_only_what_changed() -> None:
    bad = {"qtnb.yaml": "phien_ban: 1\n", "quy-trinh/a.yaml": "ten: A\u00a0B\u200b\n"}
    rule = Rule("text-x", "A", RULES[0].severity, "B.", bad, {**bad, "quy-trinh/a.yaml": "ten: A B\n"})
    before, after = page_of_rule(rule, "C.").markdown.split("## Ví dụ đúng")
    assert "ten: A‹U+00A0›B‹U+200B›\n" in before
    assert ("`qtnb.yaml`:" in before, "`qtnb.yaml`:" in after, "ten: A B\n" in after) == (True, False, True)


def test_a_page_in_the_terminal_hides_no_character() -> None:
    assert plain_page("# a\u200b\n\n```yaml\nx: \x1b[1m\n```\n") == "a\ufffd\n\n    x: \ufffd[1m\n"
