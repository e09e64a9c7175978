"""Reads a repository through the git program, which runs nothing that the repository brings along.

A repository comes from strangers, its configuration too. Only three commands are used, none of
which runs hooks, filters or a pager: ``rev-parse --show-prefix``, ``ls-tree`` and ``cat-file``.
What could make them run something all the same (the file system monitor, a fetch of objects that
are missing) is switched off; names from the command line go through standard input, never among
the options; variables ``GIT_…`` of the environment, which could lead elsewhere, are taken away.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
_LINK_MODE: Final = b"120000"
_AT_A_TIME: Final = 100
"""Objects asked for before their contents are read: so many names fit into a pipe of any system."""
_MOST_LISTED: Final = 64 << 20
"""Bytes of a listing; one of 100,000 long paths has a third of that, and a tree can be made to list without end."""


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object of a repository."""

    oid: str
    kind: str
    """``commit``, ``tree``, ``blob`` or ``tag``."""


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
        objects = tuple(GitObject(match[1].decode(), match[2].decode()) if match else None for match in found)
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
            for start in range(0, len(oids), _AT_A_TIME):
                asked = oids[start : start + _AT_A_TIME]
                process.stdin.write("".join(f"{oid}\n" for oid in asked).encode())
                process.stdin.flush()
                for _ in asked:
                    yield _content(process.stdout)


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


def _content(stream: IO[bytes]) -> bytes | None:
    head = stream.readline()
    found = _OBJECT.fullmatch(head)
    if found is None:
        if not head:
            raise QtnbError("git dừng giữa chừng khi đọc các tệp.", hint="Kiểm tra kho git bằng lệnh: git fsck")
        return None
    content = stream.read(int(found[3]))
    stream.read(1)
    return content


def _failed(said: bytes) -> QtnbError:
    return QtnbError(
        f"git không đọc được kho này: {_first_line(said.decode(errors='replace'))}.",
        hint="Kiểm tra kho git bằng lệnh: git fsck",
    )


def _first_line(said: str) -> str:
    line = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), said.strip())
    return visible(" ".join(line.removeprefix("fatal: ").removeprefix("error: ").split()).rstrip("."))
