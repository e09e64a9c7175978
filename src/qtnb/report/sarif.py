"""Findings as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from qtnb.finding import Finding, Severity, Span
from qtnb.report.fingerprint import fingerprints
from qtnb.report.plain_page import plain_page
from qtnb.report.rule_page import RulePage
from qtnb.report.summary import Report

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGE: Final = "vi-VN"


def to_sarif(report: Report, version: str, pages: Mapping[str, RulePage]) -> str:
    """One run of qtnb ``version``, with ``pages`` of the rules that found something; other rules have a name only."""
    ids = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "qtnb",
        "version": version,
        "language": _LANGUAGE,
        "rules": [_rule(name, pages.get(name)) for name in ids],
    }
    names = fingerprints(report.findings)
    results = [
        _result(finding, name, ids.index(finding.rule)) for finding, name in zip(report.findings, names, strict=True)
    ]
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGE,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "Thư mục nơi chạy qtnb."}}},
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str, page: RulePage | None) -> dict[str, Any]:
    if page is None:
        return {"id": name}
    level = {"defaultConfiguration": {"level": _LEVELS[page.severity]}} if page.severity else {}
    return {
        "id": name,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.summary},
        "help": {"text": plain_page(page.markdown), "markdown": page.markdown},
        **level,
    }


def _result(finding: Finding, fingerprint: str, rule_index: int) -> dict[str, Any]:
    related = [
        {"id": number, "message": _message(it.message), **_location(it.path, it.span)}
        for number, it in enumerate(finding.related, 1)
    ]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message, finding.hint),
        "locations": [_location(finding.path, finding.span)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"qtnb/v1": fingerprint},
    }


def _message(*parts: str) -> dict[str, str]:
    """Text that shows as it stands: ``[a](b)`` in a value would become a link (section 3.11.6)."""
    return {"text": "\n".join(filter(None, parts)).replace("](", "] (")}


def _location(path: str, span: Span) -> dict[str, Any]:
    artifact = {"uri": quote(path), "uriBaseId": "SRCROOT"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(span)}}


def _region(span: Span) -> dict[str, int]:
    """A stretch of text; a place without extent is its whole line, since viewers show no empty region."""
    if (span.line, span.column) == (span.end_line, span.end_column):
        return {"startLine": span.line}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
