"""Counting on a Dask cluster; needs the extra ``qtnb[dask]``.

The files travel to the workers, which need no view of the disk. What the cluster fails to bring back
(its workers died, the line broke) is counted here: the result is whole in any case, and the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from qtnb import __version__
from qtnb.aggregate.counting import Part, count_part
from qtnb.aggregate.spread import Submit
from qtnb.errors import QtnbError
from qtnb.lint.engine import FileResult
from qtnb.text import shown

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE: Final = 15
"""Seconds to wait for the scheduler and its first worker."""


@contextmanager
def cluster_spread(address: str) -> Iterator[Submit]:
    """Spread over the workers of the cluster whose scheduler is at ``address``.

    Raises QtnbError when distributed is not installed, the scheduler does not answer, it has no
    workers, or one of them has another version of qtnb.
    """
    client = _connected(address)
    try:
        _refuse_other_versions(client)
        yield _ClusterSpread(client).submit
    finally:
        client.close(timeout=_PATIENCE)  # type: ignore[no-untyped-call]


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "Cài thêm bằng lệnh: pip install 'qtnb[dask]'."
        raise QtnbError("Chưa cài thư viện distributed để tính trên cụm Dask.", hint=hint) from error

    # What the cluster has to say of its workers is not for whoever reads the report. These have levels of their own
    # (distributed/config.py).
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        message = f"Không kết nối được với cụm Dask tại “{shown(address)}”."
        raise QtnbError(message, hint="Kiểm tra địa chỉ, ví dụ tcp://10.0.0.5:8786, và cụm đang chạy.") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()  # type: ignore[no-untyped-call]
        message = f"Cụm Dask tại “{shown(address)}” không có máy tính nào (worker)."
        raise QtnbError(message, hint="Chạy ít nhất một dask worker rồi thử lại.") from error
    return client


def _refuse_other_versions(client: Client) -> None:
    """Raise QtnbError unless every worker counts as this program does."""
    try:
        versions = set(client.run(_version).values())
    except Exception as error:
        # From a worker an exception may come back as its text only.
        if ModuleNotFoundError.__name__ in repr(error):
            message = "Máy của cụm Dask chưa cài qtnb."
            raise QtnbError(message, hint=f"Cài qtnb {__version__} trên mọi máy của cụm.") from error
        message = "Không hỏi được phiên bản qtnb ở các máy của cụm Dask."
        raise QtnbError(message, hint="Kiểm tra các máy của cụm rồi chạy lại.") from error
    if versions != {__version__}:
        told = ", ".join(sorted(map(shown, versions)))
        message = f"Máy của cụm Dask có qtnb {told}, lệnh này là qtnb {__version__}."
        raise QtnbError(message, hint="Cài cùng một phiên bản qtnb trên mọi máy của cụm.")


def _version() -> str:
    """Runs on each worker."""
    return __version__


class _ClusterSpread:
    """Counts on the workers of a cluster while it has any."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._lost = False

    def submit(self, part: Part) -> Callable[[], list[FileResult]]:
        """See :data:`~qtnb.aggregate.spread.Submit`."""
        if not self._lost:
            try:
                return partial(self._result, self._executor.submit(count_part, part), part)
            except Exception:  # noqa: BLE001 - the scheduler is gone: counting is pure, and goes on here
                self._lost = True
        return partial(count_part, part)

    def _result(self, future: Future[list[FileResult]], part: Part) -> list[FileResult]:
        while not self._lost or future.done():
            try:
                return future.result(_PATIENCE)
            except TimeoutError:
                self._lost = not self._has_workers()
            except Exception:  # noqa: BLE001 - whatever the cluster's trouble is, counting is pure
                break
        return count_part(part)

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 - a scheduler that does not answer has none
            return False
