"""The Markdown summary: a table that shows values letter by letter and fits GitHub's limit."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from markdown_it import MarkdownIt

from qtnb.report.markdown import to_markdown
from qtnb.report.summary import Report
from qtnb.text import visible
from report_models import CLEAN, EVIL, REPORTS, SAMPLE, TOTAL


def rows(text: str) -> list[list[str]]:
    """The cells of the table's body as they read."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": False}).parse(text)
    cells = [token.children or [] for token in tokens if token.type == "inline"]
    texts = ["".join(child.content for child in cell) for cell in cells[2:]]
    assert all(child.type in {"text", "text_special"} for cell in cells[2:] for child in cell)
    return [texts[start : start + 4] for start in range(4, len(texts), 4)]


def test_the_summary_counts_and_lists_the_worst_first() -> None:
    text = to_markdown(SAMPLE)
    assert text.startswith("## Kết quả kiểm tra quy trình\n\nĐã kiểm tra 7 tệp: 2 lỗi, 1 cảnh báo, 1 lưu ý.\n\n| Mức |")
    assert re.findall(r"^\| (lỗi|cảnh báo|lưu ý) ", text, re.MULTILINE) == ["lỗi", "lỗi", "cảnh báo", "lưu ý"]


def test_a_row_has_place_message_related_places_hint_and_rule() -> None:
    assert to_markdown(Report((TOTAL,), 1)).splitlines()[-1] == (
        "| lỗi | quy-trinh/Nghỉ phép, 100%.yaml:8:12 "
        "| Khai tổng “4 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc."
        "<br>quy-trinh/Nghỉ phép, 100%.yaml:10:3: Các bước cộng lại là 3 ngày làm việc"
        "<br>→ Sửa tổng, hoặc sửa thời gian các bước. | time-sum |"
    )


def test_values_are_text_never_markup() -> None:
    (row,) = rows(to_markdown(Report((replace(EVIL, hint=""),), 1)))
    assert row[2] == (
        "Giá trị ]]> <b>&amp; | `x` [đọc](http://example.invalid) ::error::x\ufffd[31m \ufffd 100%25, {0} @ai #1"
    )


def test_nothing_found_says_so() -> None:
    assert to_markdown(CLEAN) == "## Kết quả kiểm tra quy trình\n\nĐã kiểm tra 4 tệp: không có lỗi.\n"


def test_rows_that_do_not_fit_are_counted() -> None:
    many = Report((TOTAL,) * 5000, 1)
    text = to_markdown(many)
    assert len(text.encode()) < 1024 * 1024
    shown = text.count("\n| lỗi |")
    assert 1000 < shown < 5000
    assert text.endswith(f"\nCòn {5000 - shown} thông báo nữa không có trong bảng này; xem nhật ký của lệnh.\n")


@given(REPORTS)
def test_every_finding_is_one_row_whatever_it_says(report: Report) -> None:
    bare = tuple(replace(finding, hint="", related=()) for finding in report.findings)
    told = rows(to_markdown(Report(bare, 1))) if bare else []
    said = [visible(" ".join(finding.message.split())) for finding in bare]
    assert sorted(row[2].split() for row in told) == sorted(message.split() for message in said)
