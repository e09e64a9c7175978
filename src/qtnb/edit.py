"""Changing one value in the text of a YAML file, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from qtnb.finding import DataPath
from qtnb.positions import Offsets
from qtnb.source import Source, read_source

_LINE_END = re.compile(r"\r\n|\r|\n")


class EditRefusedError(Exception):
    """The edited text would not read back as the old data with the one change."""


def set_top_value(source: Source, key: str, value: str, *, after: str, number_keys: frozenset[str]) -> str:
    """The text of ``source`` with the top-level ``key`` set to ``value``, a word that needs no quotes.

    A key that stands there gets the new value in place of the old one; otherwise a line is added
    below the key ``after``, in the line ends and at the column of the file. Every other character
    stays. Raises :class:`EditRefusedError` when the result reads as anything else.
    """
    spans = source.spans
    here: DataPath = (key,)
    text = _replaced(source.text, spans[here], value) if here in spans else _added(source, key, value, after)
    _verify(source, text, {**source.data, key: value}, number_keys)
    return text


def _replaced(text: str, old: Offsets, value: str) -> str:
    gap = "" if old.end > old.start or text[old.start - 1 : old.start].isspace() else " "
    quote = '"' if text[old.key_start] == '"' == text[old.start : old.start + 1] else ""
    return text[: old.start] + gap + quote + value + quote + text[old.end :]


def _added(source: Source, key: str, value: str, after: str) -> str:
    text, anchor = source.text, source.spans[(after,)]
    if text[source.spans[()].start] == "{":
        quote = '"' if text[anchor.key_start] == '"' else ""  # a file of JSON stays one
        return f"{text[: anchor.end]}, {quote}{key}{quote}: {quote}{value}{quote}{text[anchor.end :]}"
    line_end = _line_end(text)
    column = anchor.key_start - (text.rfind("\n", 0, anchor.key_start) + 1)
    line = f"{' ' * column}{key}: {value}"
    # A block scalar ends where the next line starts; any other value ends on its own line.
    found = _LINE_END.search(text, anchor.end - text[: anchor.end].endswith(("\r", "\n")))
    if found is None:
        return f"{text}{line_end}{line}"
    return f"{text[: found.end()]}{line}{line_end}{text[found.end() :]}"


def _line_end(text: str) -> str:
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def _verify(source: Source, text: str, wanted: dict[str, Any], number_keys: frozenset[str]) -> None:
    again = read_source(source.name, text.encode(), number_keys)
    if again.broken or again.data != wanted:
        raise EditRefusedError
