"""Findings as one JSON document (cli.md)."""

from __future__ import annotations

import json
from typing import Any

from qtnb.finding import Finding, Severity, Span
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


def _finding(finding: Finding) -> dict[str, Any]:
    related = [_place(place.path, place.span) | {"message": place.message} for place in finding.related]
    return _place(finding.path, finding.span) | {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        **({"related": related} if related else {}),
    }


def _place(path: str, span: Span) -> dict[str, Any]:
    return {
        "path": path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
