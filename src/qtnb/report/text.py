"""Findings as text: the place, the source line with a mark under it, the next step."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from qtnb.finding import Finding, Severity
from qtnb.report.summary import WORDS, Report, in_words
from qtnb.text import visible

LineOf: TypeAlias = Callable[[str, int], str]
"""Gives the source line of a path as shown and a line number; empty where there is none."""

Paint: TypeAlias = Callable[[str, str], str]
"""Colours a text in a rich style, or returns it as it is."""

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_WIDTH: Final = 100
"""Longer source lines are shown around the place only."""


def plain(text: str, _style: str) -> str:
    """Paint for pipes and NO_COLOR: none."""
    return text


def to_text(report: Report, line_of: LineOf, paint: Paint = plain, *, quiet: bool = False) -> str:
    """The report as lines for a person; ``quiet`` leaves out the source lines, hints and the summary."""
    parts = [_one(finding, line_of, paint, quiet=quiet) for finding in report.findings]
    if not quiet:
        parts.append(_summary(report, paint))
    return "".join(f"{part}\n" for part in parts)


def _one(finding: Finding, line_of: LineOf, paint: Paint, *, quiet: bool) -> str:
    span, severity = finding.span, finding.severity
    place = paint(f"{finding.path}:{span.line}:{span.column}:", "bold")
    head = f"{place} {paint(WORDS[severity] + ':', _STYLES[severity])} {finding.message} [{finding.rule}]"
    if quiet:
        return head
    return "\n".join([head, *_excerpt(finding, line_of, paint), *_related(finding), *_hint(finding, paint)])


def _excerpt(finding: Finding, line_of: LineOf, paint: Paint) -> Iterator[str]:
    span = finding.span
    line = line_of(finding.path, span.line)
    if not line.strip():
        return
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    start = span.column - 1
    left = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    right = min(len(line), left + _WIDTH)
    shown = visible(line[left:right])
    before, marked = visible(line[left:start]), visible(line[start : max(start + 1, min(last, right))])
    cut, gap = ("…", " ") if left else ("", "")
    number = str(span.line)
    yield paint(f"  {number} | ", "dim") + cut + shown + ("…" if right < len(line) else "")
    blank = "".join("\t" if char == "\t" else " " * _cells(char) for char in before)
    marks = "^" * max(1, sum(map(_cells, marked)))
    yield paint(f"  {' ' * len(number)} | ", "dim") + gap + blank + paint(marks, _STYLES[finding.severity])


def _related(finding: Finding) -> Iterator[str]:
    for place in finding.related:
        yield f"  {place.path}:{place.span.line}:{place.span.column}: {place.message}"


def _hint(finding: Finding, paint: Paint) -> Iterator[str]:
    if finding.hint:
        yield f"  {paint('→', 'green')} {finding.hint}"


def _summary(report: Report, paint: Paint) -> str:
    return in_words(report) if report.findings else paint(in_words(report), "green")


def _cells(char: str) -> int:
    """Columns of a terminal that a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
