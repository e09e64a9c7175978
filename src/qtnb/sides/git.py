"""Reads a repository through the git program, which runs nothing that the repository brings along.

A repository comes from strangers, its configuration too. Only three commands are used, none of
which runs hooks, filters or a pager: ``rev-parse --show-prefix``, ``ls-tree`` and ``cat-file``.
What could make them run something all the same (the file system monitor, a fetch of objects that
are missing) is switched off; names from the command line go through standard input, never among
the options; variables ``GIT_…`` of the environment, which could lead elsewhere, are taken away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import heapq
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Final

from qtnb.errors import QtnbError
from qtnb.text import shown, visible

_OPTIONS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.warnAmbiguousRefs=true",
)
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # no such protocol: nothing is fetched, whatever the configuration says
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_OBJECT: Final = re.compile(rb"([0-9a-f]{40,64}) (commit|tree|blob|tag) ([0-9]+)\n")
_ENTRY: Final = re.compile(rb"([0-7]{6}) (blob|tree|commit) ([0-9a-f]{40,64}) +([0-9]+|-|BAD)\t(.+)", re.DOTALL)
_PARENT: Final = re.compile(rb"parent ([0-9a-f]{40,64})")
_COMMITTER: Final = re.compile(rb"committer .*> (-?[0-9]{1,12}) ([+-])([0-9]{2})([0-9]{2})")
_LINK_MODE: Final = b"120000"
_AT_A_TIME: Final = 100
"""Objects asked for before their contents are read: so many names fit into a pipe of any system."""
_MOST_LISTED: Final = 64 << 20
"""Bytes of a listing; one of 100,000 long paths has a third of that, and a tree can be made to list without end."""


_MOST_OF_COMMIT: Final = 1 << 16
"""Bytes of a commit that are looked at: its heads, and the beginning of its message."""


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object of a repository."""

    oid: str
    kind: str
    """``commit``, ``tree``, ``blob`` or ``tag``."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    oid: str
    parents: tuple[str, ...]
    seconds: int
    """When it was made, since 1970."""
    ngay: dt.date | None
    """The day where it was made; None for one outside the calendar."""
    tieu_de: str
    """First line of its message, as its author wrote it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree."""

    path: str
    """Relative to the tree, with ``/``."""
    oid: str
    size: int
    """Bytes; 0 for what is no readable file."""
    is_link: bool


@dataclass(frozen=True, slots=True)
class NoRepository:
    """Why there is no repository to read."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a name means in a repository."""

    found: tuple[GitObject | None, ...]
    """For each name asked for; None where it means nothing."""
    ambiguous: bool
    """Whether a name is that of a tag and of a branch; git takes the tag."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around a folder."""

    folder: Path
    program: str
    prefix: str
    """The folder's place in the repository, with ``/`` at its end; empty at its top."""

    def look_up(self, *names: str) -> Looked:
        """What each of ``names`` means. Raises QtnbError for the beginning of several objects' numbers."""
        if any("\n" in name or "\0" in name for name in names):
            return Looked((None,) * len(names), ambiguous=False)
        asked = b"".join(os.fsencode(name) + b"\n" for name in names)
        done = _run(self.program, self.folder, ["cat-file", "--batch-check"], asked)
        if done.returncode != 0:
            raise _failed(done.stderr)
        lines = done.stdout.splitlines(keepends=True)
        for name, line in zip(names, lines, strict=True):
            if line == os.fsencode(name) + b" ambiguous\n":
                message = f"“{shown(name)}” là phần đầu của nhiều mã trong git."
                raise QtnbError(message, hint="Ghi mã dài hơn.")
        found = (_OBJECT.fullmatch(line) for line in lines)
        objects = tuple(
            GitObject(match[1].decode(), match[2].decode(), int(match[3])) if match else None for match in found
        )
        return Looked(objects, b"refname" in done.stderr and b"ambiguous" in done.stderr)

    def files(self, tree: str, below: Sequence[str]) -> list[Entry]:
        """The files of the tree with the number ``tree`` at or below the paths ``below``, as git lists them.

        Raises QtnbError when the tree cannot be read, or lists without end.
        """
        command = [self.program, *_OPTIONS, "ls-tree", "-r", "-z", "-l", "--full-tree", tree, *below]
        with subprocess.Popen(  # noqa: S603 - no shell; a number and names of our own
            command, cwd=self.folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            listing = process.stdout.read(_MOST_LISTED + 1)
            if len(listing) > _MOST_LISTED:
                process.kill()
                raise QtnbError("Danh sách tệp của bản này trong git quá lớn.", hint="Kiểm tra lại kho git.")
        if process.returncode != 0:
            raise _failed(b"fatal: the tree cannot be listed")
        return [entry for line in listing.split(b"\0") if (entry := _entry(line)) is not None]

    def contents(self, oids: Sequence[str]) -> Iterator[bytes | None]:
        """The content of each file; None for one that the repository lacks."""
        with self._asking() as (questions, answers):
            for start in range(0, len(oids), _AT_A_TIME):
                asked = oids[start : start + _AT_A_TIME]
                questions.write("".join(f"{oid}\n" for oid in asked).encode())
                questions.flush()
                for _ in asked:
                    yield _content(answers)

    def commits(self, start: str, most: int) -> Iterator[Commit]:
        """The commit with the number ``start`` and those before it, the later ones first, ``most`` at most.

        One that the repository lacks, as a shallow clone does, is left out with those before it.
        """
        with self._asking() as (questions, answers):
            waiting: list[tuple[int, int, Commit]] = []
            new, seen = [start], {start}
            numbers = count()
            for _ in range(most):
                for oid in new:
                    questions.write(f"{oid}\n".encode())
                    questions.flush()
                    commit = _commit(oid, _content(answers, _MOST_OF_COMMIT))
                    if commit is not None:
                        heapq.heappush(waiting, (-commit.seconds, next(numbers), commit))
                if not waiting:
                    return
                *_, commit = heapq.heappop(waiting)
                yield commit
                new = [oid for oid in dict.fromkeys(commit.parents) if oid not in seen]
                seen.update(new)

    @contextlib.contextmanager
    def _asking(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Where to write the numbers of objects, a line each, and where their contents come."""
        command = [self.program, *_OPTIONS, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - no shell, no words of others
            command,
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None  # noqa: S101 - a pipe was asked for
            assert process.stdout is not None  # noqa: S101 - as above
            yield process.stdin, process.stdout


def repository_around(folder: Path) -> Repository | NoRepository:
    """The repository that ``folder`` lies in, or why there is none that can be read."""
    program = shutil.which("git")
    if program is None:
        return NoRepository("Không tìm thấy chương trình git.", "Cài git, hoặc so với một thư mục.")
    done = _run(program, folder, ["rev-parse", "--show-prefix"])
    if done.returncode == 0:
        return Repository(folder, program, os.fsdecode(done.stdout).removesuffix("\n"))
    said = done.stderr.decode(errors="replace")
    if "not a git repository" in said:
        return NoRepository(
            "Kho này không nằm trong một kho git.", "Chạy git init và lưu vào git, hoặc so với thư mục."
        )
    return NoRepository(f"git không mở kho này: {_first_line(said)}.", "Xem hướng dẫn bằng lệnh: git status")


def _run(
    program: str, folder: Path, words: Sequence[str], given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - no shell; words of our own
            [program, *_OPTIONS, *words],
            cwd=folder,
            env=_environment(),
            input=given or b"",
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise QtnbError(f"Không chạy được git ({program}): {error.strerror or error}.") from error


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return kept | _ENVIRONMENT


def _entry(line: bytes) -> Entry | None:
    """A file or link; None for a submodule, whose files are not here."""
    found = _ENTRY.fullmatch(line)
    if found is None or found[2] != b"blob":
        return None
    size = int(found[4]) if found[4].isdigit() else 0
    return Entry(os.fsdecode(found[5]), found[3].decode(), size, found[1] == _LINK_MODE)


def _commit(oid: str, content: bytes | None) -> Commit | None:
    """A commit from its text; None for what is none."""
    if content is None:
        return None
    heads, _, message = content.partition(b"\n\n")
    lines = heads.split(b"\n")
    if not lines[0].startswith(b"tree "):
        return None
    parents = tuple(match[1].decode() for line in lines if (match := _PARENT.fullmatch(line)))
    made = next((match for line in lines if (match := _COMMITTER.fullmatch(line))), None)
    title = message.lstrip(b"\n").partition(b"\n")[0].decode(errors="replace")
    return Commit(oid, parents, int(made[1]) if made else 0, _day(made) if made else None, title)


def _day(made: re.Match[bytes]) -> dt.date | None:
    shift = dt.timedelta(hours=int(made[3]), minutes=int(made[4])) * (-1 if made[2] == b"-" else 1)
    try:
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=int(made[1])) + shift).date()  # noqa: DTZ001 - a day there
    except OverflowError:
        return None


def _content(stream: IO[bytes], most: int | None = None) -> bytes | None:
    """The content of the next object, ``most`` bytes of it at most; None for one that the repository lacks."""
    head = stream.readline()
    found = _OBJECT.fullmatch(head)
    if found is None:
        if not head:
            raise QtnbError("git dừng giữa chừng khi đọc các tệp.", hint="Kiểm tra kho git bằng lệnh: git fsck")
        return None
    size = int(found[3])
    content = stream.read(size if most is None else min(size, most))
    left = size - len(content) + 1  # with the line end after it
    while left and (passed := stream.read(min(left, _MOST_OF_COMMIT))):
        left -= len(passed)
    return content


def _failed(said: bytes) -> QtnbError:
    return QtnbError(
        f"git không đọc được kho này: {_first_line(said.decode(errors='replace'))}.",
        hint="Kiểm tra kho git bằng lệnh: git fsck",
    )


def _first_line(said: str) -> str:
    line = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), said.strip())
    return visible(" ".join(line.removeprefix("fatal: ").removeprefix("error: ").split()).rstrip("."))
