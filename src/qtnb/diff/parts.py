"""What is compared: a form, and each of its rows, as the words that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A form, a row of one of its lists, or a setting: values by key, always the same keys in the same order.

    Two parts are equal exactly when they mean the same. The first value is what the part is called by.
    """

    fields: tuple[tuple[str, Value], ...]

    @property
    def name(self) -> str:
        """What a person calls the part by: the task of a step, the name of an agency."""
        first = self.fields[0][1]
        return first if isinstance(first, str) else ""

    def text(self, key: str) -> str:
        """The text under ``key``; empty when there is none."""
        value = dict(self.fields).get(key, "")
        return value if isinstance(value, str) else ""

    def rows(self, key: str) -> tuple[Part, ...]:
        """The list under ``key``; empty when there is none."""
        value = dict(self.fields).get(key, ())
        return () if isinstance(value, str) else value

    def texts(self) -> Iterator[str]:
        """Every text in it, in order."""
        for _, value in self.fields:
            if isinstance(value, str):
                yield value
            else:
                for row in value:
                    yield from row.texts()


Value: TypeAlias = str | tuple[Part, ...]
"""A text, its paragraphs divided by line ends, or rows."""

ITEM = ""
"""The key of the only value of a row that is nothing but a text."""


def item(text: str) -> Part:
    """A row that is nothing but a text."""
    return Part(((ITEM, text),))
