"""Reports that every format has to carry: plain ones, and ones that try to break out of the format."""

from __future__ import annotations

from hypothesis import strategies as st

from qtnb.finding import START_OF_FILE, Finding, Related, Severity, Span
from qtnb.report.summary import Report, report_of

TOTAL = Finding(
    "quy-trinh/Nghỉ phép, 100%.yaml",
    Span(8, 12, 8, 27),
    "time-sum",
    Severity.ERROR,
    "Khai tổng “4 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc.",
    "Sửa tổng, hoặc sửa thời gian các bước.",
    (Related("quy-trinh/Nghỉ phép, 100%.yaml", Span(10, 3, 10, 20), "Các bước cộng lại là 3 ngày làm việc"),),
    at=("thoi_gian",),
)
LONG = Finding(
    "quy-trinh/a.yaml", Span(3, 5, 6, 2), "text-spaces", Severity.WARNING, "Hai dấu cách liền nhau.", at=("pham_vi",)
)
WHOLE = Finding("qtnb.yaml", START_OF_FILE, "not-nfc", Severity.INFO, "Tệp không phải NFC.", "Đặt lại bộ gõ.")
EVIL = Finding(
    "quy-trinh/a:b%0A,c.yaml",
    Span(1, 1, 1, 2),
    "bad-shape",
    Severity.ERROR,
    "Giá trị ]]> <b>&amp; | `x` [đọc](http://example.invalid)\r\n::error::x\x1b[31m \ud800 100%25, {0} @ai #1",
    "Viết lại: “a” | 'b' \"c\"",
)
SAMPLE = report_of([TOTAL, LONG, WHOLE, EVIL], 7)
CLEAN = Report((), 4)

_text = st.text(max_size=40)
_place = st.integers(1, 10**6)
_spans = st.builds(
    lambda line, column, lines, columns: Span(line, column, line + lines, column + columns),
    _place,
    _place,
    st.integers(0, 3),
    st.integers(0, 50),
)
_paths = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
_rules = st.sampled_from(["time-sum", "bad-type", "missing-key", "office-x"])
_findings = st.builds(
    Finding,
    _paths,
    _spans,
    _rules,
    st.sampled_from(Severity),
    _text,
    _text,
    st.lists(st.builds(Related, _paths, _spans, _text), max_size=2).map(tuple),
)
REPORTS = st.lists(_findings, max_size=6).map(lambda findings: report_of(findings, len(findings)))
"""Reports with any text at all in them."""
