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
    """Counts finished files on standard error once a command has taken a second; silent in a pipe.

    A command that knows how many there are gets the rate and the time left as well.
    """

    def __init__(self) -> None:
        """Start the clock."""
        self._start = time.monotonic()
        self._done = 0
        self._total = 0
        self._status: Status | None = None
        self._shows = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def expect(self, total: int) -> None:
        """There are ``total`` files."""
        self._total = total

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
        self._status.update(progress_line(self._done, self._total, time.monotonic() - self._start))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away, however the command ended."""
        if self._status is not None:
            self._status.stop()


def progress_line(done: int, total: int, seconds: float) -> str:
    """``Đã xử lý 12.000/30.000 tệp, 2.500 tệp/giây, còn khoảng 8 giây…``; ``total`` 0: not known."""
    if total < done:
        return f"Đã xử lý {_dotted(done)} tệp…"
    rate = done / seconds if seconds > 0 else 0
    left = f", còn khoảng {_duration((total - done) / rate)}" if rate else ""
    return f"Đã xử lý {_dotted(done)}/{_dotted(total)} tệp, {_dotted(round(rate))} tệp/giây{left}…"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest:02d} giây" if minutes else f"{rest} giây"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
