"""What a command hands back to the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qtnb.finding import Severity
from qtnb.report.json import to_json
from qtnb.report.summary import Report, report_of
from qtnb.report.text import LineOf, Paint, plain, to_text
from qtnb.validation import Validated

OK: Final = 0
FINDINGS: Final = 1
COULD_NOT_RUN: Final = 3


class OutputFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Text for standard output and standard error, and the exit code (cli.md)."""

    out: str = ""
    err: str = ""
    exit_code: int = OK


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a checking command reports."""

    output_format: OutputFormat = OutputFormat.TEXT
    strict: bool = False
    """Warnings count as errors for the exit code."""
    quiet: bool = False
    paint: Paint = plain


def report_text(validated: Validated, options: ReportOptions) -> str:
    """The findings in the format asked for."""
    report = report_of(validated.findings, validated.files)
    return format_report(report, _line_of(validated), options)


def format_report(report: Report, line_of: LineOf, options: ReportOptions) -> str:
    """A report in the format asked for."""
    if options.output_format is OutputFormat.JSON:
        return to_json(report)
    return to_text(report, line_of, options.paint, quiet=options.quiet)


def exit_code_of(validated: Validated, *, strict: bool = False) -> int:
    """0, 1 or 3 for what was found."""
    if validated.could_not_run:
        return COULD_NOT_RUN
    return exit_code_for(Report(validated.findings, validated.files), strict=strict)


def exit_code_for(report: Report, *, strict: bool) -> int:
    """0 or 1 for a report."""
    bad = report.count(Severity.ERROR) + (report.count(Severity.WARNING) if strict else 0)
    return FINDINGS if bad else OK


def _line_of(validated: Validated) -> Callable[[str, int], str]:
    def line_of(path: str, number: int) -> str:
        source = validated.sources.get(path)
        return source.lines.line(number) if source else ""

    return line_of
