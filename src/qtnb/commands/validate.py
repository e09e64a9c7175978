"""``qtnb validate``: syntax, schema and integrity of every file asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qtnb.commands.outcome import Outcome, ReportOptions, exit_code_of, report_text
from qtnb.reading import Progress
from qtnb.validation import validate


@dataclass(frozen=True, slots=True)
class ValidateOptions:
    """What the command line asks of ``validate``."""

    paths: tuple[Path, ...]
    cwd: Path
    report: ReportOptions


def run_validate(options: ValidateOptions, progress: Progress) -> Outcome:
    """Check without writing anything. Raises QtnbError where there is nothing to check."""
    validated = validate(options.paths, options.cwd, progress)
    code = exit_code_of(validated, strict=options.report.strict)
    return Outcome(report_text(validated, options.report), exit_code=code)
