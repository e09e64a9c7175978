"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
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
    temporary = path.parent / f".qtnb-{secrets.token_hex(8)}"
    try:
        # Named before it is made: an interrupt at any moment finds the name to remove.
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            hint = "Kiểm tra quyền ghi và chỗ trống trên đĩa."
            raise QtnbError(f"Không ghi được tệp “{path}”.", hint=hint) from error
        raise


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
