"""Changing one value in the text of a YAML file, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from qtnb.finding import DataPath
from qtnb.positions import Offsets
from qtnb.source import Source, read_source

_LINE_END = re.compile(r"\r\n|\r|\n")


class EditRefusedError(Exception):
    """The edited text would not read back as the old data with the one change."""


def set_top_value(  # noqa: PLR0913 - what, where and how
    source: Source, key: str, value: str, *, after: str, number_keys: frozenset[str], quoted: bool = False
) -> str:
    """The text of ``source`` with the top-level ``key`` set to ``value``, a word of letters, digits and hyphens.

    ``quoted`` puts it in double quotes, for a number or a date that has to stay text for every reader of YAML.

    A key that stands there gets the new value in place of the old one; otherwise a line is added
    below the key ``after``, in the line ends and at the column of the file. Every other character
    stays. Raises :class:`EditRefusedError` when the result reads as anything else.
    """
    spans = source.spans
    here: DataPath = (key,)
    written = f'"{value}"' if quoted else value
    text = _replaced(source.text, spans[here], written) if here in spans else _added(source, key, written, after)
    _verify(source, text, {**source.data, key: value}, number_keys)
    return text


def replace_word(source: Source, places: Sequence[DataPath], old: str, new: str, number_keys: frozenset[str]) -> str:
    """The text of ``source`` with the word ``old`` replaced by ``new`` in the texts at ``places``.

    Both are words of letters, digits and hyphens. Every other character stays. Raises
    :class:`EditRefusedError` when the result reads as anything else.
    """
    text, wanted = source.text, deepcopy(source.data)
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for at in sorted(places, key=lambda at: source.spans[at].start, reverse=True):
        span = source.spans[at]
        text = text[: span.start] + word.sub(new, text[span.start : span.end]) + text[span.end :]
        holder = wanted
        for step in at[:-1]:
            holder = holder[step]
        holder[at[-1]] = word.sub(new, holder[at[-1]])
    _verify(source, text, wanted, number_keys)
    return text


def _replaced(text: str, old: Offsets, value: str) -> str:
    gap = "" if old.end > old.start or text[old.start - 1 : old.start].isspace() else " "
    quote = '"' if text[old.key_start] == '"' == text[old.start : old.start + 1] and value[0] != '"' else ""
    return text[: old.start] + gap + quote + value + quote + text[old.end :]


def _added(source: Source, key: str, value: str, after: str) -> str:
    text, anchor = source.text, source.spans[(after,)]
    if text[source.spans[()].start] == "{":
        quote = '"' if text[anchor.key_start] == '"' else ""  # a file of JSON stays one
        word = value if value[0] == '"' else f"{quote}{value}{quote}"
        return f"{text[: anchor.end]}, {quote}{key}{quote}: {word}{text[anchor.end :]}"
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
