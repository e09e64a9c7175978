"""Texts of strangers made fit for the cells of files."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold or nobody can see: control characters, halves of surrogate pairs, non-characters."""


def fit_text(text: str) -> str:
    """``text`` with line feeds for all line ends, and U+FFFD, which shows, for what no file can hold."""
    if text.isprintable():  # nearly every text; there are many
        return text
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def shortened(text: str, most: int) -> str:
    """``text`` cut, with ``…`` at its end, to at most ``most`` UTF-16 units, in which Excel counts."""
    if len(text) <= most // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= most * 2:
        return text
    return units[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"
