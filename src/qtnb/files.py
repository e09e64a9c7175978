"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from qtnb.errors import QtnbError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of ``path`` when the block ends well.

    Until then, and whatever ends the block early, ``path`` stays as it is. Raises QtnbError when
    the folder cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".qtnb-", dir=path.parent)
    except OSError as error:
        raise QtnbError(f"Không ghi được vào thư mục {path.parent}.", hint="Kiểm tra quyền ghi.") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_mode(path, temporary)
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise QtnbError(f"Không ghi được tệp {path}.", hint="Kiểm tra quyền ghi và chỗ trống trên đĩa.") from error
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
        raise QtnbError(f"Không ghi được tệp {path}.", hint="Kiểm tra quyền ghi và chỗ trống trên đĩa.") from error


def _take_mode(path: Path, temporary: Path) -> None:
    """Give the new file the rights of the old one, or those that any new file gets."""
    if path.exists():
        shutil.copymode(path, temporary)
    else:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
