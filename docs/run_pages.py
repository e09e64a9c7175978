"""Run the commands shown in the documentation: ``python docs/run_pages.py [--write] [PAGE…]``.

A page runs from top to bottom in an empty folder:

- ```` ```console ```` blocks hold commands (``$ …``) and what each prints, standard output and standard error
  together. ``[…]`` stands for any text of a line, alone on a line for any lines. ``exit=N`` says how the
  block's last command ends, ``needs=PROGRAM`` skips the block where that program is not installed;
- blocks with ``title="path"`` are the whole text of that file, which is written;
- ```` ```diff title="path" ```` blocks change lines of that file (in a Word file: the text of its document);
- other blocks are only shown.

After the comment ``<!-- run-pages: each section -->`` every ``###`` section starts from the files as they are there.
``--write`` puts what the commands print now in place of what no longer fits.
"""  # noqa: INP001 - a script, no package

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
EACH_SECTION: Final = "<!-- run-pages: each section -->"

_ATTRIBUTE = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')


class PageError(Exception):
    """The page cannot be run as it is written; its message names the line."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    line: int
    """Index of its first inner line in the page."""
    language: str
    attributes: dict[str, str]
    body: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a console block."""

    line: int
    """Index of the first line of its output in the page."""
    command: str
    expected: list[str]
    exit_code: int


@dataclass(slots=True)
class Bench:
    """The folder in which a page runs."""

    top: Path
    here: Path
    environment: dict[str, str]
    start: Path | None = None
    """The folder in which every section starts; None before :data:`EACH_SECTION`."""
    changes: list[tuple[Step, list[str]]] = field(default_factory=list)
    """Commands that print something else than the page shows."""


def run_page(page: Path) -> list[tuple[Step, list[str]]]:
    """Run ``page``; return the commands whose output differs, with what they print. Raises PageError."""
    lines = page.read_text(encoding="utf-8").split("\n")
    with tempfile.TemporaryDirectory(prefix="qtnb-docs-") as folder:
        bench, saved = _bench(Path(folder)), Path(folder) / "saved"
        for item in _items(lines):
            match item:
                case Block():
                    _run_block(item, bench)
                case "each section":
                    bench.start = bench.here
                    shutil.copytree(bench.top, saved)
                case _ if bench.start is not None:
                    bench.here = bench.start
                    shutil.rmtree(bench.top)
                    shutil.copytree(saved, bench.top)
        return bench.changes


def _bench(folder: Path) -> Bench:
    # Nothing of the machine may show in a page: neither its language and clock nor its user's settings.
    top, home = folder / "work", folder / "home"
    top.mkdir()
    home.mkdir()
    (home / "qtnb").symlink_to(ROOT)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return Bench(top, top, {"PATH": programs, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"})


def _items(lines: Sequence[str]) -> Iterator[Block | str]:
    """Blocks, ``###`` headings and the comment, in order; other lines say nothing to the runner."""
    opened: Block | None = None
    for number, line in enumerate(lines):
        if line.startswith("```"):
            if opened is not None:
                yield opened
                opened = None
                continue
            language, _, rest = line.removeprefix("```").partition(" ")
            attributes = {found[1]: found[2] or found[3] for found in _ATTRIBUTE.finditer(rest)}
            opened = Block(number + 1, language, attributes, [])
        elif opened is not None:
            opened.body.append(line)
        elif line == EACH_SECTION:
            yield "each section"
        elif line.startswith("### "):
            yield "section"


def _run_block(block: Block, bench: Bench) -> None:
    title = block.attributes.get("title")
    if block.language == "console":
        needed = block.attributes.get("needs")
        if needed is None or shutil.which(needed):
            for step in _steps(block):
                _run_step(step, bench)
    elif title is not None and block.language == "diff":
        _change(bench.here / title, block)
    elif title is not None:
        path = bench.here / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*block.body, ""]), encoding="utf-8")


def _steps(block: Block) -> Iterator[Step]:
    starts = [number for number, line in enumerate(block.body) if line.startswith("$ ")]
    for start, stop in zip(starts, [*starts[1:], len(block.body)], strict=True):
        end = start + 1
        while block.body[end - 1].endswith("\\"):
            end += 1
        command = "\n".join(block.body[start:end]).removeprefix("$ ")
        last = stop == len(block.body)
        exit_code = int(block.attributes.get("exit", "0")) if last else 0
        yield Step(block.line + end, command, block.body[end:stop], exit_code)


def _run_step(step: Step, bench: Bench) -> None:
    if step.command.startswith("cd "):
        bench.here = Path(os.path.normpath(bench.here / step.command.removeprefix("cd ")))
        return
    done = subprocess.run(  # noqa: S603 - the commands are those of our own pages
        ["/bin/sh", "-c", step.command],
        cwd=bench.here,
        env=bench.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    printed = [line.rstrip() for line in done.stdout.decode().split("\n")]
    while printed and not printed[-1]:
        printed.pop()
    if done.returncode != step.exit_code:
        said = "\n".join(printed)
        message = f"exit code {done.returncode} instead of {step.exit_code}"
        raise PageError(f"line {step.line}: $ {step.command}\n{said}\n{message}")
    if not _fits("\n".join(printed), step.expected):
        bench.changes.append((step, printed))


def _fits(printed: str, expected: Sequence[str]) -> bool:
    pattern = "".join(r"(?:.*\n)*" if line == "[…]" else _of_line(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, f"{printed}\n" if printed else "") is not None


def _of_line(line: str) -> str:
    return ".*".join(map(re.escape, line.rstrip().split("[…]")))


def _change(path: Path, block: Block) -> None:
    old = "\n".join(line[1:] for line in block.body if line[:1] in {"-", " "})
    new = "\n".join(line[1:] for line in block.body if line[:1] in {"+", " "})
    if path.suffix == ".docx":
        _change_document(path, lambda text: _replaced(text, old, new, block))
    else:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            _replaced(f"\n{text}", f"\n{old}\n", f"\n{new}\n" if new else "\n", block)[1:], encoding="utf-8"
        )


def _replaced(text: str, old: str, new: str, block: Block) -> str:
    if text.count(old) != 1:
        raise PageError(f"line {block.line}: the lines to change are found {text.count(old)} times")
    return text.replace(old, new)


def _change_document(path: Path, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = "word/document.xml"
    parts[main] = change(parts[main].decode()).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _difference(page: Path, changes: Sequence[tuple[Step, list[str]]]) -> str:
    parts = []
    for step, printed in changes:
        parts.append(f"{page.name}, line {step.line}: $ {step.command}\n")
        wanted = [line.rstrip() for line in step.expected]
        parts += [f"  {line}\n" for line in difflib.ndiff(wanted, printed) if not line.startswith("?")]
    return "".join(parts)


def _write(page: Path, changes: Sequence[tuple[Step, list[str]]]) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    for step, printed in reversed(changes):
        place = slice(step.line, step.line + len(step.expected))
        if lines[place] != step.expected:
            raise PageError("the page was changed while it ran; run it again")
        lines[place] = printed
    page.write_text("\n".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Run the pages named, or all; 1 when one does not show what its commands print."""
    write = "--write" in arguments
    named = [Path(argument) for argument in arguments if argument != "--write"]
    bad = False
    for page in named or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        try:
            changes = run_page(page)
            sys.stdout.write(_difference(page, changes))
            if write:
                _write(page, changes)
        except PageError as error:
            sys.stdout.write(f"{page.name}, {error}\n")
            bad = True
            continue
        bad = bad or (bool(changes) and not write)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
