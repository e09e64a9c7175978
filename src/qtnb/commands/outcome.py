"""What a command hands back to the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from qtnb.finding import Severity
from qtnb.report.summary import Report
from qtnb.report.text import Paint, plain
from qtnb.validation import Validated

OK: Final = 0
FINDINGS: Final = 1
COULD_NOT_RUN: Final = 3


class OutputFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


class ListFormat(StrEnum):
    """How the danh mục is printed."""

    TEXT = "text"
    JSON = "json"


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    DOCX = "docx"


class TextFormat(StrEnum):
    """How a report for people, programs and merge requests is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that takes the findings beside standard output."""

    output_format: OutputFormat
    path: Path


@dataclass(frozen=True, slots=True)
class OutFile:
    """Text for a file."""

    path: Path
    text: str
    append: bool = False
    """False: it takes the place of what the file holds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Text for standard output, standard error and files, and the exit code (cli.md)."""

    out: str = ""
    err: str = ""
    exit_code: int = OK
    files: tuple[OutFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a checking command reports."""

    output_format: OutputFormat = OutputFormat.TEXT
    strict: bool = False
    """Warnings count as errors for the exit code."""
    quiet: bool = False
    paint: Paint = plain
    files: tuple[OutputFile, ...] = ()
    step_summary: Path | None = None
    """The file of GitHub's job summary: gets the findings as Markdown when they are printed as annotations."""


def exit_code_of(validated: Validated, *, strict: bool = False) -> int:
    """0, 1 or 3 for what was found."""
    if validated.could_not_run:
        return COULD_NOT_RUN
    return exit_code_for(Report(validated.findings, validated.files), strict=strict)


def exit_code_for(report: Report, *, strict: bool) -> int:
    """0 or 1 for a report."""
    bad = report.count(Severity.ERROR) + (report.count(Severity.WARNING) if strict else 0)
    return FINDINGS if bad else OK
