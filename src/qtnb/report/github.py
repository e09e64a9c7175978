"""Findings as annotations of GitHub Actions."""

from __future__ import annotations

from typing import Final

from qtnb.finding import Finding, Severity, Span
from qtnb.report.summary import Report

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_github(report: Report) -> str:
    """One workflow command a line. GitHub shows the first ten of each level; the job summary has them all."""
    return "".join(f"{_annotation(finding)}\n" for finding in report.findings)


def _annotation(finding: Finding) -> str:
    properties = {"file": finding.path, **_place(finding.span), "title": finding.rule}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = "\n".join(filter(None, (finding.message, finding.hint)))
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(message)}"


def _place(span: Span) -> dict[str, int]:
    """Lines and columns; the last column is part of the stretch. GitHub takes columns on one line only."""
    if span.line != span.end_line:
        return {"line": span.line, "endLine": span.end_line}
    last = max(span.column, span.end_column - 1)
    return {"line": span.line, "col": span.column, "endLine": span.line, "endColumn": last}


def _data(text: str) -> str:
    """``text`` after ``::``, escaped as the runner undoes it (actions/toolkit, command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """``text`` as the value of a property, where ``:`` and ``,`` separate."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
