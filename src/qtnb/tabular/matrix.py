"""A picture of a matrix: how often work passes from the agency of a row to that of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qtnb.tabular.canvas import PALE, Canvas, drawing, label
from qtnb.tabular.picture import Picture
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Kind, Table
from qtnb.text import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 165.0
"""Millimetres: the text of an A4 page (TT-03)."""
_NAMES, _HEADS = 52.0, 46.0
"""For the names of rows at the left, and of columns above."""
_TITLE, _FOOT = 10.0, 3.0
_HIGHEST_CELL = 9.0
_NAME_LENGTH = 30
_GAP, _EDGE = 4.0, 1.0
_OTHERS = "Khác ("
_DARK_FROM = 0.6
"""Share of the largest value from which a field is so dark that its figure is white."""


@dataclass(frozen=True, slots=True)
class _Matrix:
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


def matrix_chart(table: Table, key: str, *, most: int = 24) -> Picture:
    """The counts of ``table``, whose first column names the rows, as darker and lighter fields with their figures.

    More than ``most`` rows or columns: those with the largest sums are shown, the others added up as “Khác”.
    Raises QtnbError when matplotlib is not installed.
    """
    matrix = _reduced(_matrix(table), most)
    with drawing():
        return _drawn(matrix, table.title).picture(key, table.title)


def _matrix(table: Table) -> _Matrix:
    name, *columns = table.columns
    counted = [column for column in columns if column.kind is Kind.COUNT]
    return _Matrix(
        tuple(str(row.get(name.key) or "") for row in table.rows),
        tuple(column.title for column in counted),
        tuple(
            tuple(value if isinstance(value := row.get(column.key), int) else 0 for column in counted)
            for row in table.rows
        ),
    )


def _reduced(matrix: _Matrix, most: int) -> _Matrix:
    """Both sides cut to ``most`` names and “Khác”, in the order in which they stood."""
    down = [sum(row) for row in matrix.values]
    across = [sum(row[at] for row in matrix.values) for at in range(len(matrix.columns))]
    if matrix.rows == matrix.columns:  # the same agencies on both sides, then
        down = across = [sent + taken for sent, taken in zip(down, across, strict=True)]
    rows, columns = _largest(down, most), _largest(across, most)
    values = tuple(tuple(sum(matrix.values[r][c] for r in down for c in across) for across in columns) for down in rows)
    return _Matrix(_names(matrix.rows, rows), _names(matrix.columns, columns), values)


def _largest(sums: Sequence[int], most: int) -> list[list[int]]:
    """The places of the largest sums, each alone, then those of all others together."""
    places = range(len(sums))
    if len(sums) <= most:
        return [[place] for place in places]
    chosen = sorted(sorted(places, key=lambda place: -sums[place])[:most])
    return [*([place] for place in chosen), sorted(set(places) - set(chosen))]


def _names(names: Sequence[str], places: Sequence[Sequence[int]]) -> tuple[str, ...]:
    return tuple(names[group[0]] if len(group) == 1 else f"{_OTHERS}{len(group)})" for group in places)


def _drawn(matrix: _Matrix, title: str) -> Canvas:
    across, down = max(len(matrix.columns), 1), max(len(matrix.rows), 1)
    cell = min((_WIDTH - _NAMES - _EDGE) / across, _HIGHEST_CELL)
    heads = _HEADS * max((len(_shown(name)) for name in matrix.columns), default=0) / _NAME_LENGTH + _GAP
    canvas = Canvas(_WIDTH, _FOOT + cell * down + heads + _TITLE)
    canvas.text(0, _FOOT + cell * down + heads + _TITLE / 2, title, size=10, bold=True)
    axes = canvas.axes(_NAMES, _FOOT, cell * across, cell * down)
    if matrix.rows and matrix.columns:
        _fields(axes, matrix, cell)
    axes.set_xticks(range(len(matrix.columns)), [_shown(name) for name in matrix.columns])
    axes.set_yticks(range(len(matrix.rows)), [_shown(name) for name in matrix.rows])
    axes.tick_params(axis="both", length=0, labelsize=min(8.0, cell * 1.7))
    axes.tick_params(axis="x", top=False, bottom=False, labeltop=True, labelbottom=False, rotation=90)
    return canvas


def _fields(axes: Axes, matrix: _Matrix, cell: float) -> None:
    """The colours go by the pairs that have names: sums of many others would make all of them pale."""
    coloured = [
        [
            0 if _OTHERS in (name[: len(_OTHERS)], other[: len(_OTHERS)]) else value
            for other, value in zip(matrix.columns, row, strict=True)
        ]
        for name, row in zip(matrix.rows, matrix.values, strict=True)
    ]
    largest = max(map(max, coloured)) or 1
    axes.imshow(coloured, cmap="Blues", vmin=0, vmax=largest, aspect="auto")
    for at, row in enumerate(matrix.values):
        for index, value in enumerate(row):
            if value:
                colour = "white" if coloured[at][index] > largest * _DARK_FROM else "black"
                text = printed(Kind.COUNT, value)
                size = min(8.0, cell * 1.5, cell * 4.2 / len(text))
                axes.text(index, at, text, ha="center", va="center", color=colour, fontsize=size)
    axes.set_xticks([at - 0.5 for at in range(1, len(matrix.columns))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(matrix.rows))], minor=True)
    axes.grid(which="minor", color=PALE, linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    for side in axes.spines.values():
        side.set_visible(True)


def _shown(name: str) -> str:
    return shown(label(name), _NAME_LENGTH)
