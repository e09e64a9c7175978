"""Where values stand in the text of a YAML file."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from qtnb.finding import DataPath, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class TextLines:
    """The lines of a text, by offset; ends are those that editors know: LF, CRLF, CR."""

    def __init__(self, text: str) -> None:
        """Split ``text`` once."""
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def span(self, start: int, end: int) -> Span:
        """The span of the characters from ``start`` up to, not including, ``end``."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return Span(line, column, end_line, end_column)

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its end; empty past the last line."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[self._starts[number - 1] : end].rstrip("\r\n")

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Offsets:
    """Character offsets of one value; of the key that holds it too, where one does."""

    start: int
    end: int
    key_start: int
    """Equal to ``start`` for an item of a list and for the top level."""
    key_end: int
    is_block: bool
    """True for a mapping or list, whose end is no place to show."""


SpanIndex: TypeAlias = dict[DataPath, Offsets]


def span_index(text: str) -> SpanIndex:
    """Find every value of a ``text`` that reads without error, by its path in the data."""
    index: SpanIndex = {}
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if node is not None:
        _add(index, (), node, node.start_mark.index, node.start_mark.index)
    return index


def nearest(index: SpanIndex, path: DataPath) -> tuple[Offsets | None, bool]:
    """The offsets of ``path``, or of its nearest ancestor that exists, and whether it is the place itself.

    None only for a text without any value.
    """
    for length in range(len(path), -1, -1):
        found = index.get(path[:length])
        if found is not None:
            return found, length == len(path)
    return None, False


def _add(index: SpanIndex, path: DataPath, node: yaml.Node, key_start: int, key_end: int) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    index[path] = Offsets(start, end, key_start, key_end, not isinstance(node, yaml.ScalarNode))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                _add(
                    index,
                    (*path, unicodedata.normalize("NFC", key.value)),
                    value,
                    key.start_mark.index,
                    key.end_mark.index,
                )
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _add(index, (*path, number), item, item.start_mark.index, item.start_mark.index)
