"""The real program, broken off before each single write: killed, interrupted, or refused by the disk.

For a test of a command::

    for end in kill_at_every_write(["approve", "danh-muc", "--so", "12", "--ngay", "2026-11-21"], kho):
        after = tree(kho)          # what the kill left; look at it, run other commands on it
        ...
        if not end.event:          # the last one met no fault: the command ran to its end
            assert end.code == 0

Before every run the folder is set back to what it held at first; it may stand anywhere. A write is an ``open`` that may
create or change a file, each half of every write of bytes to it (so that torn files occur), ``fsync``, ``rename``,
``unlink``, ``mkdir``, ``rmdir``, ``chmod``, ``link``, ``symlink`` and ``truncate``, below the folder. The n-th run
meets its fault right before the n-th write.

The program is the real one: a fresh interpreter imports ``qtnb.cli`` once and forks for each run, which sets
``sys.argv`` and calls ``qtnb.cli.main``, so that a run takes milliseconds. ``code`` is other Python text in place of
that call; it finds its words in ``sys.argv[1:]``. Audit hooks (PEP 578) see the writes and bring the fault; the two
calls without an audit event, ``write`` and ``fsync``, are wrapped. Needs ``os.fork``.
"""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NoReturn

RUN_QTNB: Final = "from qtnb.cli import main\nmain()\n"
_SECONDS: Final = 60
"""A run that hangs is ended."""


class Fault(StrEnum):
    """What happens right before the n-th write."""

    KILL = "kill"
    """SIGKILL: nothing more is done, what was written stays written."""
    INTERRUPT = "interrupt"
    """SIGINT, as from Ctrl-C."""
    REFUSE = "refuse"
    """This one write fails as on a full disk; the later ones succeed."""
    REFUSE_ALL = "refuse all"
    """This write and all later ones fail: nothing can be put back or tidied."""


@dataclass(frozen=True, slots=True)
class End:
    """How one run ended."""

    number: int
    """Which write met the fault, from 1."""
    event: str
    """That write, for the message of an assertion; empty for the last run, which met no fault."""
    code: int
    """Exit code; the negative number of the signal that ended it."""
    out: str
    err: str


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below ``folder``, hidden or not, by relative path: content of files, None for folders.

    Of a link, where it leads.
    """
    return {path.relative_to(folder).as_posix(): _content(path) for path in sorted(folder.rglob("*"))}


def _content(path: Path) -> bytes | None:
    if path.is_symlink():
        return os.fsencode(path.readlink())
    return None if path.is_dir() else path.read_bytes()


def kill_at_every_write(
    argv: Sequence[str | Path], folder: Path, *, code: str = RUN_QTNB, held: str = ""
) -> Iterator[End]:
    """Run ``qtnb argv`` in ``folder``, killed before its n-th write below ``folder``.

    n = 1, 2 … until a run comes to its end; that one is the last. ``held`` names a file, relative to ``folder``, that
    another program holds open as on Windows: every run is refused to move, remove or replace it.
    """
    return fault_at_every_write(Fault.KILL, argv, folder, code=code, held=held)


def fault_at_every_write(
    fault: Fault,
    argv: Sequence[str | Path],
    folder: Path,
    *,
    code: str = RUN_QTNB,
    held: str = "",
) -> Iterator[End]:
    """The same with another fault."""
    folder = folder.resolve()
    order = {
        "fault": fault,
        "folder": str(folder),
        "argv": list(map(str, argv)),
        "code": code,
        "held": held,
    }
    with tempfile.TemporaryDirectory() as scratch:
        first = Path(scratch, "first")
        shutil.copytree(folder, first, symlinks=True)
        with subprocess.Popen(
            [sys.executable, __file__, json.dumps(order), scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            number = 0
            event = "start"
            while event:
                number += 1
                shutil.rmtree(folder)
                shutil.copytree(first, folder, symlinks=True)
                server.stdin.write(f"{number}\n")
                server.stdin.flush()
                answer = server.stdout.readline()
                assert answer, "the interpreter that runs the program has ended"
                end = End(number, **json.loads(answer))
                event = end.event
                yield end
            server.stdin.close()


def _serve(order: dict[str, Any], scratch: Path) -> None:
    import qtnb.cli  # noqa: F401 - loaded once, forked for each run

    for line in sys.stdin:
        event, out, err = (scratch / name for name in ("event", "out", "err"))
        for path in (event, out, err):
            path.write_bytes(b"")
        child = os.fork()
        if child == 0:
            _run(order, int(line), event, out, err)
        _, status = os.waitpid(child, 0)
        answer = {
            "event": event.read_text(encoding="utf-8"),
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read_text(encoding="utf-8"),
            "err": err.read_text(encoding="utf-8"),
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _run(order: dict[str, Any], number: int, event: Path, out: Path, err: Path) -> NoReturn:
    signal.alarm(_SECONDS)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs beside it without
    for descriptor, path, flags in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(path, flags), descriptor)
    os.chdir(order["folder"])
    sys.argv = ["qtnb", *order["argv"]]
    folder = Path(order["folder"])
    held = folder / order["held"] if order["held"] else None
    _watch(_Writes(folder, held, Fault(order["fault"]), number, os.open(event, os.O_WRONLY)))
    code = 0
    try:
        exec(compile(order["code"], "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the test's own text
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter ends a program
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


_EVENTS: Final = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Writes:
    """Counts the writes below a folder and brings the fault at its turn."""

    def __init__(self, folder: Path, held: Path | None, fault: Fault, number: int, report: int) -> None:
        self.folder = folder
        self.held = held
        self.fault = fault
        self.number = number
        self.report = report
        self.count = 0

    def place(self, path: object) -> Path | None:
        """``path`` if it is one below the folder."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return None
        place = Path(os.fsdecode(path)).absolute()
        return place if self.folder in place.parents else None

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            place = self.place(args[0]) if args[2] & _WRITING else None
            if place:
                self.step(event, place)
        elif event in _EVENTS:
            places = list(filter(None, map(self.place, args)))
            if places:
                self.step(event, *places)
            if self.held in places:
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def step(self, event: str, *places: object) -> None:
        self.count += 1
        if self.count != self.number and not (self.fault is Fault.REFUSE_ALL and self.count > self.number):
            return
        if self.count == self.number:
            # By the system call: what the file object held would die with the process.
            os.write(self.report, f"{event} {' '.join(map(str, places))}".encode())
        match self.fault:
            case Fault.KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            case Fault.INTERRUPT:
                signal.raise_signal(signal.SIGINT)
            case Fault.REFUSE | Fault.REFUSE_ALL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _watch(writes: _Writes) -> None:
    """Bring every write of this process before ``writes``: what audit hooks do not see is watched at its source."""
    plain_open, plain_fsync = io.open, os.fsync

    class Torn(io.FileIO):
        def write(self, data: Any, /) -> int:
            content = bytes(data)
            writes.step("write first half", self.name)
            done = super().write(content[: len(content) // 2]) or 0
            if len(content) > 1:
                writes.step("write second half", self.name)
            return done + (super().write(content[done:]) or 0)

    def watched_open(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        if not (set(mode) & set("wxa+")) or "b" not in mode or not writes.place(file):
            return plain_open(file, mode, *args, **named)
        raw = Torn(file, mode.replace("b", ""))
        unbuffered = 0 in args or named.get("buffering") == 0
        return raw if unbuffered else io.BufferedWriter(raw)

    def watched_fsync(descriptor: int) -> None:
        writes.step("fsync")
        plain_fsync(descriptor)

    sys.addaudithook(writes.audit)
    builtins.open = io.open = watched_open
    os.fsync = watched_fsync  # type: ignore[assignment]


if __name__ == "__main__":
    _serve(json.loads(sys.argv[1]), Path(sys.argv[2]))
