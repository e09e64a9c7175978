"""Findings as a Markdown page, such as the job summary of GitHub Actions."""

from __future__ import annotations

import re
from typing import Final

from qtnb.finding import Finding, Severity
from qtnb.report.summary import WORDS, Report, in_words
from qtnb.text import visible

_MOST_BYTES: Final = 900_000
"""GitHub drops a step's summary of more than 1 MiB whole; the rows that do not fit are counted instead."""

_ORDER: Final = {severity: number for number, severity in enumerate(Severity)}
_MARKUP: Final = re.compile(r"[\\`*_\[\]#|~@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def to_markdown(report: Report, most_bytes: int = _MOST_BYTES) -> str:
    """A heading, the counts, and a table of the findings, the worst first, of at most ``most_bytes``."""
    head = f"## Kết quả kiểm tra quy trình\n\n{escaped(in_words(report))}\n"
    if not report.findings:
        return head
    table = "\n| Mức | Chỗ | Nội dung | Mã |\n| --- | --- | --- | --- |\n"
    left = most_bytes - len((head + table).encode())
    rows: list[str] = []
    for finding in sorted(report.findings, key=lambda finding: _ORDER[finding.severity]):
        row = _row(finding)
        left -= len(row.encode("utf-8", "backslashreplace"))
        if left < 0:
            break
        rows.append(row)
    more = len(report.findings) - len(rows)
    tail = f"\nCòn {more} thông báo nữa không có trong bảng này; xem nhật ký của lệnh.\n" if more else ""
    return head + table + "".join(rows) + tail


def escaped(text: str) -> str:
    """``text`` on one line as Markdown that shows it letter by letter: values come from strangers' files."""
    line = visible(" ".join(text.split())).translate(_ENTITIES)
    return _MARKUP.sub(r"\\\g<0>", line)


def _row(finding: Finding) -> str:
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    told = [finding.message, *(f"{it.path}:{it.span.line}:{it.span.column}: {it.message}" for it in finding.related)]
    if finding.hint:
        told.append(f"→ {finding.hint}")
    cells = (WORDS[finding.severity], escaped(place), "<br>".join(map(escaped, told)), escaped(finding.rule))
    return f"| {' | '.join(cells)} |\n"
