"""Counting parts of files here, in several processes, or on a cluster: one function, any executor."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Final, TypeAlias

from qtnb.aggregate.counting import Part, count_part
from qtnb.lint.engine import FileResult

Submit: TypeAlias = Callable[[Part], Callable[[], list[FileResult]]]
"""Takes a part to be counted; what comes back gives its results, waiting for them where need be."""

FILES_OF_A_PART: Final = 100
_PAYS: Final = 2000
"""Files to count from which starting processes costs less than it saves (measured: about 0.3 s)."""
_MOST_WORKERS: Final = 8


class LocalSpread:
    """Counts in this process until enough has been found to count, and from then on in several."""

    def __init__(self) -> None:
        """Nothing is started yet: of an unchanged kho every result is known already."""
        self._seen = 0
        self._pool: Executor | None = None
        self._broken = False

    def submit(self, part: Part) -> Callable[[], list[FileResult]]:
        """See :data:`Submit`."""
        workers = min(os.cpu_count() or 1, _MOST_WORKERS)
        self._seen += len(part.files)
        if self._broken or workers == 1 or (self._pool is None and self._seen < _PAYS):
            return partial(count_part, part)
        self._pool = self._pool or _processes(workers)
        try:
            return partial(self._result, self._pool.submit(count_part, part), part)
        except BrokenExecutor:
            self._broken = True
            return partial(count_part, part)

    def _result(self, future: Future[list[FileResult]], part: Part) -> list[FileResult]:
        try:
            return future.result()
        except BrokenExecutor:
            # A process was killed, for want of memory perhaps: counting is pure, and goes on here.
            self._broken = True
            return count_part(part)

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def local_spread() -> Iterator[Submit]:
    """Spread over the processors of this machine."""
    spread = LocalSpread()
    try:
        yield spread.submit
    finally:
        spread.close()


def _processes(workers: int) -> Executor:
    # Not by fork: the progress line has a thread by then, whose locks a forked process would inherit locked.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    # Ctrl-C reaches every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
