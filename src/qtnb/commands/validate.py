"""``qtnb validate``: syntax, schema and integrity of every file asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qtnb.commands.outcome import Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
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
    return reported_validation(validate(options.paths, options.cwd, progress), options.report)
