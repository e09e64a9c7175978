"""Documents with a mark, altered and forged as people and programs do, and asked about without a process each."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit import qtnb
from qtnb.commands.outcome import ListFormat
from qtnb.commands.verify import VerifyOptions, run_verify
from qtnb.render.mark_reading import mark_in
from qtnb.render.package import DOCUMENT, read_package
from qtnb.render.printed import reading_of
from register_kho import approved_kho

Edit = Callable[[str, bytes], bytes | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What ``qtnb verify`` answers."""

    code: int
    text: str
    data: dict[str, Any]


def told(document: Path, cwd: Path, kho: Path | None = None) -> Told:
    """Ask about ``document``."""
    text = run_verify(VerifyOptions(document, kho, cwd, ListFormat.TEXT))
    data = run_verify(VerifyOptions(document, kho, cwd, ListFormat.JSON))
    assert text.exit_code == data.exit_code
    return Told(text.exit_code, text.out, json.loads(data.out))


def rendered_kho(folder: Path) -> Path:
    """A kho with both decisions entered and rendered."""
    return shutil.copytree(_rendered(), folder, dirs_exist_ok=True)


@cache
def _rendered() -> Path:
    scratch = tempfile.TemporaryDirectory()
    atexit.register(scratch.cleanup)
    kho = approved_kho(Path(scratch.name))
    run = qtnb("render", cwd=kho)
    assert run.code == 0, run
    return kho


def altered(document: Path, out: Path, edit: Edit) -> Path:
    """A copy whose parts are changed; None takes one away."""
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out


def with_part(document: Path, out: Path, name: str, content: str | bytes) -> Path:
    """A copy with one part more, or in place of the old one."""
    altered(document, out, lambda other, part: None if other == name else part)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out


def in_part(part: str, old: str, new: str) -> Edit:
    """Changes one part."""

    def edit(name: str, content: bytes) -> bytes:
        assert name != part or old.encode() in content, old
        return content.replace(old.encode(), new.encode()) if name == part else content

    return edit


def in_text(old: str, new: str) -> Edit:
    """Changes the main part."""
    return in_part("word/document.xml", old, new)


def forged(document: Path, out: Path, *changes: tuple[str, str]) -> Path:
    """The document with texts changed in all its parts, and in its mark the seal that fits them."""

    def changed(content: bytes) -> bytes:
        for old, new in changes:
            content = content.replace(old.encode(), new.encode())
        return content

    parts = read_package(document, "x", DOCUMENT)
    true = reading_of(parts).seal
    false = reading_of({name: changed(part) for name, part in parts.items()}).seal
    altered(document, out, lambda _, part: changed(part).replace(true.encode(), false.encode()))
    mark = mark_in(read_package(out, "gia", DOCUMENT))
    assert mark is not None
    assert mark.dau_van_ban == false
    return out


def without_mark(name: str, content: bytes) -> bytes | None:
    """Takes the mark away."""
    return None if name.startswith("customXml/") or name == "docProps/custom.xml" else content
