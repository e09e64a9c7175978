"""The error that ends a run in one sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class QtnbError(Exception):
    """The run cannot go on, for a reason outside the checked files.

    Raised anywhere, caught once (in ``cli``). A mistake in a user's file is a
    :class:`qtnb.finding.Finding`, never this.
    """

    def __init__(self, message: str, *, hint: str = "", exit_code: int = 3) -> None:
        """Keep ``message`` (one Vietnamese sentence), ``hint`` (the next step) and ``exit_code`` (cli.md)."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
        self.done: tuple[str, ...] = ()
        """What the run had already done and leaves behind, a sentence each: the user reads them first."""


@contextlib.contextmanager
def telling_what_was_done() -> Iterator[list[str]]:
    """Give a list for what the block does and leaves behind; a QtnbError that ends the block early carries it."""
    done: list[str] = []
    try:
        yield done
    except QtnbError as error:
        error.done = (*done, *error.done)
        raise
