"""One writer at a time in a kho."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from qtnb.errors import QtnbError

WAIT_SECONDS: Final = 3.0
"""How long a command waits for another one: writing takes less, so who holds it longer waits for something."""
_PAUSE_SECONDS: Final = 0.02


@contextlib.contextmanager
def locked(goc: Path, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Keep every other writing qtnb out of the kho at ``goc`` during the block.

    The lock ends with its process, however that ends, and must not be taken twice by one. Raises QtnbError when
    another process holds it for longer than ``wait_seconds``, or when the kho cannot be locked.
    """
    try:
        descriptor = _opened(goc)
    except OSError as error:
        message = f"Không mở được kho “{goc}” để ghi."
        raise QtnbError(message, hint="Kiểm tra đường dẫn và quyền truy cập.") from error
    try:
        _take_within(wait_seconds, descriptor, goc)
        try:
            yield
        finally:
            # Said aloud: a process forked during the block has the descriptor too and would keep the lock.
            _release(descriptor)
    finally:
        os.close(descriptor)


def _take_within(wait_seconds: float, descriptor: int, goc: Path) -> None:
    end = time.monotonic() + wait_seconds
    while True:
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= end:
                message = f"Một lệnh qtnb khác đang ghi vào kho “{goc}”."
                raise QtnbError(message, hint="Chờ lệnh kia xong rồi chạy lại.") from error
            time.sleep(_PAUSE_SECONDS)
        except OSError as error:
            message = f"Ổ đĩa chứa kho “{goc}” không cho khóa tệp, nên qtnb không ghi vào đó."
            raise QtnbError(message, hint="Chép kho về ổ đĩa của máy (git clone) rồi chạy lại.") from error
        else:
            return


if sys.platform == "win32":
    import msvcrt

    _LOCK_FILE: Final = ".qtnb-khoa"
    """Windows locks no folders."""

    def _opened(goc: Path) -> int:
        return os.open(goc / _LOCK_FILE, os.O_RDWR | os.O_CREAT)

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _release(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _opened(goc: Path) -> int:
        return os.open(goc, os.O_RDONLY | os.O_DIRECTORY)

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
