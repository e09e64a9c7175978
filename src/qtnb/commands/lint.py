"""``qtnb lint``: validate, and the quality rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qtnb.commands.outcome import COULD_NOT_RUN, Outcome, ReportOptions, exit_code_for, format_report
from qtnb.lint.run import Linted, lint
from qtnb.lint.settings import Selection
from qtnb.reading import Progress, read_file
from qtnb.report.summary import Report
from qtnb.rules import RULES


@dataclass(frozen=True, slots=True)
class LintOptions:
    """What the command line asks of ``lint``."""

    paths: tuple[Path, ...]
    cwd: Path
    selection: Selection
    report: ReportOptions


def run_lint(options: LintOptions, progress: Progress) -> Outcome:
    """Check without writing anything into the kho. Raises QtnbError where there is nothing to check."""
    linted = lint(options.paths, options.cwd, RULES, options.selection, progress)
    report = Report(linted.findings, linted.files, linted.ignored)
    text = format_report(report, _line_of(linted), options.report)
    code = COULD_NOT_RUN if linted.could_not_run else exit_code_for(report, strict=options.report.strict)
    return Outcome(text, exit_code=code)


def _line_of(linted: Linted) -> Callable[[str, int], str]:
    """Reads a file again when one of its lines is to be shown: few are."""
    lines: dict[str, list[str]] = {}

    def line_of(path: str, number: int) -> str:
        if path not in linted.names:
            return ""
        if path not in lines:
            source = read_file(linted.names[path])
            last = source.text.count("\n") + 2
            lines[path] = [source.lines.line(line) for line in range(1, last)]
        return lines[path][number - 1] if number <= len(lines[path]) else ""

    return line_of
