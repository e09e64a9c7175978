"""A table as Markdown, as GitHub and GitLab show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtnb.tabular.layout import Part, lines_of, value_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Kind, Table

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|#~]")


def to_markdown(table: Table) -> str:
    """The table with title, groups, totals and footnotes; what a text says is shown and never acts."""
    return "".join(f"{line}\n" for line in _lines(table))


def _lines(table: Table) -> Iterator[str]:
    yield f"## {_text(table.title)}"
    yield ""
    numbers = ["STT"] if table.numbered else []
    yield _row([*numbers, *(_text(_head(column)) for column in table.columns)])
    yield _row([*["---"] * len(numbers), *("---" if column.kind is Kind.TEXT else "---:" for column in table.columns)])
    for line in lines_of(table):
        cells = [_text(printed(column.kind, value_of(column, line.cells))) for column in table.columns]
        shown = [*([line.number] if table.numbered else []), *cells]
        yield _row(shown if line.part is Part.ROW else [f"**{cell}**" if cell else "" for cell in shown])
    for number, note in enumerate(table.footnotes, start=1):
        yield ""
        yield f"({number}) {_text(note)}"


def _head(column: Column) -> str:
    return f"{column.over}: {column.title}" if column.over else column.title


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
