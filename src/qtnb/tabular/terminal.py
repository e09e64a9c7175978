"""A table for the terminal, in as many parts one below the other as its width asks for."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from qtnb.tabular.layout import Line, Part, lines_of, overs_of, value_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Kind, Table
from qtnb.text import visible

_GAP = 2
"""Blanks between two columns."""
_STT = 5
_NAME = 24
"""Width down to which the names of rows give way to the other columns."""
_TEXT = 30
"""Width at which other texts are broken."""

_AT_ONCE = 1000
"""Lines that rich lays out at a time: it takes 10 kB for each."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The terminal."""

    width: int
    """Columns."""
    color: bool
    most: int | None = None
    """Rows in a row that are shown at most; None: all."""


def terminal_text(table: Table, screen: Screen) -> str:
    """The table with title, heads, groups, totals and footnotes.

    Columns that do not fit beside each other follow in a further part below, which repeats the names of the rows.
    """
    out = io.StringIO()
    console = Console(file=out, width=screen.width, force_terminal=screen.color, no_color=not screen.color)
    console.print(Text(visible(table.title), style="bold"), end="\n\n")
    lines = list(_shown(table, screen.most))
    wanted = {column.key: _wanted(column, lines) for column in table.columns}
    width = screen.width - 1  # rich ends every line with a blank
    for columns in _parts(table, wanted, width):
        _print_part(console, table, _fitted(table, columns, wanted, width), lines)
    for number, note in enumerate(table.footnotes, start=1):
        console.print(Text(f"({number}) {visible(note)}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip("\n") + "\n"


def _shown(table: Table, most: int | None) -> Iterator[Line]:
    """The lines; in place of those that are too many stands one that says so."""
    name = table.columns[0].key
    for part, lines in groupby(lines_of(table), key=lambda line: line.part):
        same = list(lines)
        shown = same if part is not Part.ROW or most is None else same[:most]
        yield from shown
        if left := len(same) - len(shown):
            yield Line(Part.ROW, "…", {name: f"còn {printed(Kind.COUNT, left)} dòng"}, 0)


def _wanted(column: Column, lines: Sequence[Line]) -> int:
    """The width that shows numbers whole and breaks heads between words; of texts, that of the longest."""
    head = max(map(cell_len, column.title.split()), default=1)
    return max(head, *(cell_len(_value(column, line)) for line in lines), 1)


def _parts(table: Table, wanted: Mapping[str, int], width: int) -> Iterator[list[Column]]:
    """The columns after the first, in as few parts as fit the width."""
    name, *others = table.columns
    room = width - (_STT if table.numbered else 0) - min(wanted[name.key], _NAME)
    part: list[Column] = []
    used = 0
    for column in others:
        needed = _GAP + (min(wanted[column.key], _TEXT) if column.kind is Kind.TEXT else wanted[column.key])
        if part and used + needed > room:
            yield part
            part, used = [], 0
        part.append(column)
        used += needed
    if part or not others:
        yield part


def _fitted(table: Table, columns: Sequence[Column], wanted: Mapping[str, int], width: int) -> dict[Column, int]:
    """The widths of a part, the name of the row first, which takes what the others leave."""
    name = table.columns[0]
    widths = {
        column: min(wanted[column.key], _TEXT) if column.kind is Kind.TEXT else wanted[column.key] for column in columns
    }
    left = width - (_STT if table.numbered else 0) - sum(widths.values()) - _GAP * len(widths)
    return {name: min(wanted[name.key], max(left, 1))} | widths


def _print_part(console: Console, table: Table, widths: Mapping[Column, int], lines: Sequence[Line]) -> None:
    for text in _over_lines(widths, _STT if table.numbered else 0):
        console.print(Text(text, style="bold"))
    for start in range(0, len(lines) or 1, _AT_ONCE):
        part = _columns_of(table, widths, show_header=start == 0)
        for line in lines[start : start + _AT_ONCE]:
            number = [line.number] if table.numbered else []
            cells = (_value(column, line) for column in widths)
            part.add_row(*map(Text, (*number, *cells)), style=None if line.part is Part.ROW else "bold")
        console.print(part)
    console.print()


def _columns_of(table: Table, widths: Mapping[Column, int], *, show_header: bool) -> RichTable:
    # Names are text, not rich's markup: “[/]” in a name must print as it stands.
    part = RichTable(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), show_header=show_header)
    if table.numbered:
        part.add_column("STT", justify="center", width=_STT - _GAP)
    for column, width in widths.items():
        justify = "left" if column.kind is Kind.TEXT else "right"
        part.add_column(Text(visible(column.title)), justify=justify, width=width, overflow="fold")  # type: ignore[arg-type]
    return part


def _over_lines(widths: Mapping[Column, int], start: int) -> list[str]:
    """The heads over the columns, for which rich has no place."""
    columns = list(widths)
    blocks: list[tuple[int, list[str]]] = []
    for over in overs_of(columns):
        width = sum(widths[column] for column in columns[over.first : over.last + 1]) + _GAP * (over.last - over.first)
        if over.title:
            texts = [text.center(width).rstrip() for text in wrap(visible(over.title), width)]
            blocks.append((start, [*texts, "─" * width]))
        start += width + _GAP
    height = max((len(texts) for _, texts in blocks), default=0)
    rows = [""] * height
    for at, texts in blocks:
        for row, text in enumerate(texts, start=height - len(texts)):
            rows[row] = rows[row].ljust(at) + text
    return rows


def _value(column: Column, line: Line) -> str:
    return visible(" ".join(printed(column.kind, value_of(column, line.cells)).split()))
