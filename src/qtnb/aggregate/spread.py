"""Counting parts of files here, in several processes, or on a cluster: one function, any executor."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
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

    def submit(self, part: Part) -> Callable[[], list[FileResult]]:
        """See :data:`Submit`."""
        workers = min(os.cpu_count() or 1, _MOST_WORKERS)
        self._seen += len(part.files)
        if self._pool is None and (self._seen < _PAYS or workers == 1):
            return partial(count_part, part)
        if self._pool is None:
            self._pool = _processes(workers)
        return self._pool.submit(count_part, part).result

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
