"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from qtnb.errors import QtnbError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of ``path`` when the block ends well.

    Until then, and whatever ends the block early, ``path`` stays as it is. Raises QtnbError when
    it cannot be written.
    """
    import secrets  # what only checks writes nothing, and starts sooner without

    temporary = path.parent / f".qtnb-{secrets.token_hex(8)}"
    try:
        # Named before it is made: an interrupt at any moment finds the name to remove.
        with preparing(temporary, path) as file:
            yield file
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            hint = "Kiểm tra quyền ghi và chỗ trống trên đĩa."
            raise QtnbError(f"Không ghi được tệp “{path}”.", hint=hint) from error
        raise


@contextlib.contextmanager
def preparing(temporary: Path, path: Path) -> Iterator[IO[bytes]]:
    """Open the new file ``temporary``; when the block ends well it is on disk, with the rights of ``path``.

    Raises OSError; then, and after an interrupt, ``temporary`` is for the caller to remove.
    """
    with temporary.open("xb") as file:
        yield file
        file.flush()
        if path.exists():
            shutil.copymode(path, temporary)
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make what was created, moved or removed in ``folder`` outlast a loss of power. Raises OSError."""
    if sys.platform == "win32":
        return  # Windows cannot, and NTFS keeps a journal of its own
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing, fsync(2)
            raise
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all. Raises QtnbError when it cannot be written."""
    with replacing(path) as file:
        file.write(content)


def append(path: Path, content: bytes) -> None:
    """Add ``content`` to the end of ``path`` in one go. Raises QtnbError when it cannot be written."""
    try:
        with path.open("ab", buffering=0) as file:
            file.write(content)
    except OSError as error:
        raise QtnbError(f"Không ghi được tệp “{path}”.", hint="Kiểm tra quyền ghi và chỗ trống trên đĩa.") from error
