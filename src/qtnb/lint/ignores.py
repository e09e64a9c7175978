"""Comments that set a finding aside: ``# qtnb: bo-qua[rule] lý do``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qtnb.finding import Finding, Severity, Span
from qtnb.lint.rule import Group
from qtnb.source import Source

NEEDLESS: Final = "ignore-needless"
NO_REASON: Final = "ignore-reason"

_GROUPS: Final = frozenset(group.value for group in Group)

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#\s*qtnb:\s*bo-qua\[([^\]\n]*)\][ \t]*([^\n\r]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment."""

    path: str
    span: Span
    """Of the comment."""
    line: int
    """The line that it speaks of: its own, or the next one when it stands alone."""
    rules: tuple[str, ...]
    """Rule ids or groups."""
    reason: str


def ignores_of(source: Source) -> tuple[Ignore, ...]:
    """The comments of a file that reads well."""
    if "qtnb:" not in source.text:
        return ()
    found = []
    for comment in _COMMENT.finditer(source.text):
        if _inside_value(source, comment.start()):
            continue
        span = source.lines.span(comment.start(), comment.end())
        alone = not source.lines.line(span.line)[: span.column - 1].strip()
        line = _next_line(source, span.line) if alone else span.line
        rules = tuple(name.strip() for name in comment[1].split(",") if name.strip())
        found.append(Ignore(source.path, span, line, rules, comment[2].strip()))
    return tuple(found)


def set_aside(
    findings: Sequence[Finding], ignores: Iterable[Ignore], *, all_rules: bool = True
) -> tuple[list[Finding], int]:
    """The findings that remain, those about the comments themselves added, and how many were set aside.

    Only where ``all_rules`` have run can a comment be called needless.
    Errors of validation stay whatever a comment says: their ids belong to no group of rules.
    """
    remaining = list(findings)
    aside = 0
    for ignore in ignores:
        kept = [finding for finding in remaining if not _covers(ignore, finding)]
        gone = len(remaining) - len(kept)
        remaining, aside = kept, aside + gone
        if not gone and all_rules:
            remaining.append(
                _about(ignore, NEEDLESS, "Chú thích bo-qua này không bỏ qua kết quả nào.", "Xóa chú thích.")
            )
        elif gone and not ignore.reason:
            remaining.append(_about(ignore, NO_REASON, "Chú thích bo-qua chưa ghi lý do.", "Ghi lý do sau dấu ngoặc."))
    return remaining, aside


def _covers(ignore: Ignore, finding: Finding) -> bool:
    group = finding.rule.partition("-")[0]
    return (
        finding.path == ignore.path
        and finding.span.line == ignore.line
        and group in _GROUPS
        and not {finding.rule, group}.isdisjoint(ignore.rules)
    )


def _about(ignore: Ignore, rule: str, message: str, hint: str) -> Finding:
    return Finding(ignore.path, ignore.span, rule, Severity.WARNING, message, hint)


def _inside_value(source: Source, offset: int) -> bool:
    return any(place.start <= offset < place.end for place in source.spans.values() if not place.is_block)


def _next_line(source: Source, number: int) -> int:
    while source.lines.line(number + 1).lstrip().startswith("#"):
        number += 1
    return number + 1
