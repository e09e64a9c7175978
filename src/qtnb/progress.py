"""Progress of a long command on a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.status import Status

_PATIENCE: Final = 1.0
"""Seconds after which a person wants to know (cli.md)."""


class TerminalProgress:
    """Counts finished files on standard error once a command has taken a second; silent in a pipe."""

    def __init__(self) -> None:
        """Start the clock."""
        self._start = time.monotonic()
        self._done = 0
        self._status: Status | None = None
        self._shows = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def __call__(self, count: int) -> None:
        """``count`` more files are done."""
        self._done += count
        if not self._shows or time.monotonic() - self._start < _PATIENCE:
            return
        if self._status is None:
            # rich is slow to import; a short command never needs it.
            from rich.console import Console

            self._status = Console(stderr=True).status("")
            self._status.start()
        self._status.update(f"Đã xử lý {self._done} tệp…")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away, however the command ended."""
        if self._status is not None:
            self._status.stop()
