"""Names of sheets that a spreadsheet accepts, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qtnb.tabular.cell_text import fit_text, shortened

_MOST = 31
"""UTF-16 units; Excel's limit."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\s]+")
_RESERVED = "history"
"""Excel keeps this name for itself."""


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """A name for each of ``wanted``, in order: without forbidden characters, cut to size, numbered where it repeats."""
    names: list[str] = []
    taken = {_RESERVED}
    for text in wanted:
        name = _FORBIDDEN.sub(" ", fit_text(text)).strip(" '") or "Bảng"
        number, chosen = 1, _cut(name, "")
        while chosen.casefold() in taken:
            number += 1
            chosen = _cut(name, f" ({number})")
        taken.add(chosen.casefold())
        names.append(chosen)
    return names


def _cut(name: str, ending: str) -> str:
    return shortened(name, _MOST - len(ending)) + ending
