"""Which decision a word on the command line means: a file, or the key of one in the kho at hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import QUYET_DINH, find_kho
from qtnb.errors import QtnbError
from qtnb.reading import shown_path
from qtnb.source import khoa_of
from qtnb.text import shown

_MOST_NAMED: Final = 20
"""Files that a message lists."""


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The file of a decision."""

    path: Path
    """Absolute, as the disk names it."""
    goc: Path
    """The folder of its kho."""


def decision_file(word: str, cwd: Path) -> DecisionFile:
    """The decision that ``word`` names. Raises QtnbError (exit code 2) when there is none, or more than one.

    Names are the same in whatever code points a file system keeps their letters.
    """
    found = list(_by_path(cwd / word)) or list(_by_key(word, cwd))
    if len(found) > 1:
        message = f"Có {len(found)} tệp quyết định mang khóa “{shown(word)}”."
        paths = [shown_path(item.path, cwd) for item in found[:_MOST_NAMED]]
        more = ["…"] if len(found) > _MOST_NAMED else []
        hint = f"Ghi đường dẫn của tệp, là một trong: {', '.join([*paths, *more])}"
        raise QtnbError(message, hint=hint, exit_code=2)
    if not found:
        message = f"Không thấy quyết định “{shown(word)}”."
        hint = f"Ghi đường dẫn tới tệp trong {QUYET_DINH}/, hoặc khóa (tên tệp) của quyết định khi đang ở trong kho."
        raise QtnbError(message, hint=hint, exit_code=2)
    return found[0]


def _by_path(given: Path) -> Iterator[DecisionFile]:
    try:
        folder = given.parent.resolve(strict=True)
        there = [path for path in folder.iterdir() if _normal(path.name) == _normal(given.name) and path.is_file()]
    except (OSError, RuntimeError):
        return
    for kho in find_kho(there).kho if there else ():
        yield from (DecisionFile(path, kho.goc) for path in kho.quyet_dinh if path in there)


def _by_key(key: str, cwd: Path) -> Iterator[DecisionFile]:
    for kho in find_kho([cwd]).kho:
        for path in kho.quyet_dinh:
            if _normal(khoa_of(path.name)) == _normal(key):
                yield DecisionFile(path, kho.goc)


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)
