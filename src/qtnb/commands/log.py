"""``qtnb log``: what became of one procedure over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from qtnb.commands.outcome import FINDINGS, OK, Outcome, TextFormat
from qtnb.errors import QtnbError
from qtnb.lich_su.decisions import history_of
from qtnb.lich_su.kho import read_kho_of
from qtnb.lich_su.su_kien import LichSu
from qtnb.report.text import Paint, plain
from qtnb.sides.git import NoRepository, repository_around
from qtnb.sides.loading import kho_at


@dataclass(frozen=True, slots=True)
class LogOptions:
    """What the command line asks of ``log``."""

    name: str
    """Key or symbol of the procedure."""
    kho: Path | None
    """A path in the kho; None: the working directory."""
    cwd: Path
    git: bool
    """Whether the commits are to be told, too."""
    output_format: TextFormat
    width: int
    paint: Paint = plain


def run_log(options: LogOptions) -> Outcome:
    """Tell the life of the procedure; the exit code says whether its file can be read.

    Raises QtnbError when there is no such procedure or kho, when what was approved cannot be used, or when commits are
    asked for outside git.
    """
    kho = read_kho_of(kho_at(options.kho or options.cwd, options.cwd), options.name, options.cwd)
    history = history_of(kho)
    if options.git:
        history = _with_commits(history, kho.goc)
    return Outcome(_printed(history, options), exit_code=FINDINGS if history.loi else OK)


def _with_commits(history: LichSu, goc: Path) -> LichSu:
    from qtnb.lich_su.commits import commits_of

    repository = repository_around(goc)
    if isinstance(repository, NoRepository):
        raise QtnbError(repository.message, hint="Bỏ --git, hoặc lưu kho vào git.")
    return replace(history, git=commits_of(repository, history.tep, history.hours) if history.tep else ())


def _printed(history: LichSu, options: LogOptions) -> str:
    match options.output_format:
        case TextFormat.TEXT:
            from qtnb.report.history_text import history_to_text

            return history_to_text(history, options.width, options.paint)
        case TextFormat.JSON:
            from qtnb.report.history_json import history_to_json

            return history_to_json(history)
        case TextFormat.MARKDOWN:
            from qtnb.report.history_markdown import history_to_markdown

            return history_to_markdown(history)
        case _:
            assert_never(options.output_format)
