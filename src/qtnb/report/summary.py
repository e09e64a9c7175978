"""The counts that close a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qtnb.finding import Finding, Severity

WORDS: Final = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "lưu ý"}
"""What a person reads for a severity."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a checking command has to say."""

    findings: tuple[Finding, ...]
    """In order: path, line, column, rule."""
    files: int
    """How many files were checked."""
    ignored: int = 0
    """How many findings the files' own comments set aside."""

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return Counter(finding.severity for finding in self.findings)[severity]


def report_of(findings: Sequence[Finding], files: int) -> Report:
    """Put findings into report order."""
    return Report(tuple(sorted(findings, key=lambda finding: finding.sort_key)), files)


def in_words(report: Report) -> str:
    """One sentence: ``Đã kiểm tra 5 tệp: 2 lỗi, 1 cảnh báo.``."""
    counts = [f"{report.count(severity)} {WORDS[severity]}" for severity in Severity if report.count(severity)]
    aside = f"; {report.ignored} kết quả được bỏ qua" if report.ignored else ""
    return f"Đã kiểm tra {report.files} tệp: {', '.join(counts) or 'không có lỗi'}{aside}."
