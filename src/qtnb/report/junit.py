"""Findings as a JUnit report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from qtnb.finding import Finding, Severity
from qtnb.report.summary import Report, in_words
from qtnb.report.text import to_text

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry (section 2.2, Char), written or escaped."""

_WHEN: Final = "1970-01-01T00:00:00"
"""The schema asks for a time; the same files give the same report, so it is none."""


def to_junit(report: Report, *, strict: bool = False) -> str:
    """A failed test for each error (in a ``strict`` run: each warning too); what fails nothing goes to system-out.

    A report without failures has one passed test: servers take a report without tests for a broken one.
    """
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failures = [finding for finding in report.findings if finding.severity in bad]
    notices = tuple(finding for finding in report.findings if finding.severity not in bad)
    cases = list(_failed(failures)) or [_case("qtnb", f"Kiểm tra {report.files} tệp", "/>")]
    counts = f'tests="{len(cases)}" failures="{len(failures)}" errors="0" time="0"'
    said = to_text(Report(notices, report.files), lambda _path, _line: "", quiet=True)
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        f'  <testsuite id="0" package="qtnb" name="qtnb" {counts} hostname="localhost" timestamp="{_WHEN}">',
        "    <properties/>",
        *cases,
        f"    <system-out>{_text(said + in_words(report))}</system-out>",
        "    <system-err/>",
        "  </testsuite>",
        "</testsuites>",
    )
    return "".join(f"{line}\n" for line in lines)


def _failed(findings: Iterable[Finding]) -> Iterator[str]:
    """A test for each finding; its name has no line, so that servers know it again after edits above it."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        name = f"{finding.rule}: {finding.message}"
        seen[(finding.path, name)] += 1
        again = seen[(finding.path, name)]
        # Servers split the class at its last full stop into package and class.
        stem = finding.path.rpartition(".")[0] or finding.path
        yield _case(stem, f"{name} ({again})" if again > 1 else name, f">{_failure(finding)}</testcase>")


def _case(classname: str, name: str, rest: str) -> str:
    return f'    <testcase classname={_attribute(classname)} name={_attribute(name)} time="0"{rest}'


def _failure(finding: Finding) -> str:
    places = [f"{finding.path}:{finding.span.line}:{finding.span.column}: {finding.message}"]
    places += [f"{it.path}:{it.span.line}:{it.span.column}: {it.message}" for it in finding.related]
    text = "\n".join([*places, *([f"→ {finding.hint}"] if finding.hint else [])])
    return f"<failure type={_attribute(finding.rule)} message={_attribute(finding.message)}>{_text(text)}</failure>"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    """Quoted, on one line and without spaces at its ends, as ``xs:token`` has it."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", " ".join(text.split())))
