"""Findings as a GitLab Code Quality report."""

from __future__ import annotations

import json
from typing import Any, Final

from qtnb.finding import Finding, Severity
from qtnb.report.fingerprint import fingerprints
from qtnb.report.summary import Report

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def to_gitlab(report: Report) -> str:
    """The list that ``artifacts:reports:codequality`` takes; empty when nothing was found."""
    names = fingerprints(report.findings)
    issues = [_issue(finding, name) for finding, name in zip(report.findings, names, strict=True)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": " ".join(filter(None, (finding.message, finding.hint))),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
