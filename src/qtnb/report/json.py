"""Findings as one JSON document (cli.md)."""

from __future__ import annotations

import json

from qtnb.finding import Finding, Severity
from qtnb.report.summary import Report


def to_json(report: Report) -> str:
    """The report as JSON, version 1, Vietnamese unescaped, with a final newline."""
    document = {
        "version": 1,
        "findings": [_finding(finding) for finding in report.findings],
        "summary": {
            "files": report.files,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            "ignored": report.ignored,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, str | int]:
    return {
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
