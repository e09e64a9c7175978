"""The counts that close a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qtnb.finding import Finding, Severity


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
