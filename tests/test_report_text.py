"""Findings for a person in the terminal, and as JSON: the related places."""

from __future__ import annotations

import json

from qtnb.report.json import to_json
from qtnb.report.summary import Report, in_words
from qtnb.report.text import to_text
from report_models import CLEAN, LONG, SAMPLE, TOTAL


def test_related_places_stand_between_the_source_line_and_the_hint() -> None:
    told = to_text(Report((TOTAL,), 1), lambda _path, line: "thoi_gian: 4 ngày làm việc" if line == 8 else "")
    assert told == (
        "quy-trinh/Nghỉ phép, 100%.yaml:8:12: lỗi: "
        "Khai tổng “4 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc. [time-sum]\n"
        "  8 | thoi_gian: 4 ngày làm việc\n"
        "    |            ^^^^^^^^^^^^^^^\n"
        "  quy-trinh/Nghỉ phép, 100%.yaml:10:3: Các bước cộng lại là 3 ngày làm việc\n"
        "  → Sửa tổng, hoặc sửa thời gian các bước.\n"
        "Đã kiểm tra 1 tệp: 1 lỗi.\n"
    )


def test_a_quiet_report_leaves_related_places_out() -> None:
    assert to_text(Report((TOTAL,), 1), lambda _path, _line: "", quiet=True).count("\n") == 1


def test_json_has_related_places_only_where_there_are_some() -> None:
    total, long = json.loads(to_json(Report((TOTAL, LONG), 2)))["findings"]
    assert total["related"] == [
        {
            "path": "quy-trinh/Nghỉ phép, 100%.yaml",
            "line": 10,
            "column": 3,
            "end_line": 10,
            "end_column": 20,
            "message": "Các bước cộng lại là 3 ngày làm việc",
        }
    ]
    assert "related" not in long


def test_the_summary_counts_by_severity_and_what_was_set_aside() -> None:
    assert in_words(SAMPLE) == "Đã kiểm tra 7 tệp: 2 lỗi, 1 cảnh báo, 1 lưu ý."
    assert in_words(CLEAN) == "Đã kiểm tra 4 tệp: không có lỗi."
    assert in_words(Report((), 4, 2)) == "Đã kiểm tra 4 tệp: không có lỗi; 2 kết quả được bỏ qua."
