"""Charts of horizontal bars from a table: counts, and progress against the plan, one bar for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING

from qtnb.tabular.canvas import DARK, LIGHT, PALE, Canvas, drawing, label, width_of
from qtnb.tabular.picture import Picture
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Cells, Kind, Table, totals_of
from qtnb.text import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 165.0
"""Millimetres: the text of an A4 page (TT-03)."""
_NAMES, _VALUES = 60.0, 28.0
"""For the names at the left of the bars, and the figures at their right."""
_ROW, _HIGH_ROW, _HEAD, _FOOT = 5.0, 7.5, 19.0, 9.0
"""A row with a text below its name is the higher one."""
_BAR, _INNER_BAR = 0.66, 0.34
"""Heights, in rows."""
_PAGE = 34 * _ROW
"""Height of the bars of one page: as many as fit below the head of an appendix."""
_NAME_ROOM = 56.0
"""Millimetres of a name, the tick and its gap left over; a bold one is a little wider than it is measured."""
_USUAL, _SMALL, _SMALLEST = 8.0, 7.0, 6.0
"""Points: of names, of figures, and of names on two lines."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw of a table."""

    key: str
    """Beginning of the names of the files."""
    title: str
    parts: tuple[str, ...]
    """Keys of the columns whose values are drawn: one or two."""
    whole: str = ""
    """For progress: key of the column of which the parts are shares."""
    most: int | None = None
    """How many rows have a bar, those with the largest values; the others share one. None: all, on several pages."""
    below: str = ""
    """Key of a column whose text stands in small letters below the name of each row; empty: none."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One line of a chart."""

    name: str
    below: str
    values: tuple[Fraction, ...]
    """Empty: a head of a group."""
    whole: Fraction = Fraction(0)
    is_shared: bool = False
    """Whether it stands for many rows."""


_Draw = Callable[["Axes", int, _Bar], None]


def count_charts(table: Table, chart: Chart) -> list[Picture]:
    """Counts as bars end to end, with their sum beside; rows in the order of the table, under the heads of groups.

    The bar that others share is grey, and not to scale, where it would dwarf the rest. Raises QtnbError when
    matplotlib is not installed.
    """
    bars = _bars(table, chart)
    longest = max((sum(bar.values) for bar in bars if not bar.is_shared), default=0) or 1

    def draw(axes: Axes, at: int, bar: _Bar) -> None:
        start = Fraction(0)
        whole = sum(bar.values, Fraction(0))
        if whole > longest:
            _draw_bar(axes, at, (0, float(longest)), _BAR, PALE)
            axes.text(float(longest * Fraction(101, 100)), at, _number(whole), va="center", fontsize=_SMALL)
            return
        for value, colour in zip(bar.values, (DARK, LIGHT), strict=False):
            _draw_bar(axes, at, (float(start), float(start + value)), _BAR, colour)
            start += value
        axes.text(float(start + Fraction(longest, 100)), at, _number(start), va="center", fontsize=_SMALL)

    return _pictures(table, chart, bars, _Look(draw, float(longest), (DARK, LIGHT)))


def progress_charts(table: Table, chart: Chart) -> list[Picture]:
    """The parts as shares of the whole, the last one the darkest and with its figures beside.

    A row whose whole is zero has no bar. Raises QtnbError when matplotlib is not installed.
    """

    def draw(axes: Axes, at: int, bar: _Bar) -> None:
        if not bar.whole:
            axes.text(1, at, "–", va="center", fontsize=_SMALL)
            return
        _draw_bar(axes, at, (0, 100), _BAR, PALE)
        for value, colour, height in zip(bar.values, colours, (_BAR, _INNER_BAR), strict=False):
            _draw_bar(axes, at, (0, min(float(100 * value / bar.whole), 100)), height, colour)
        share = printed(Kind.RATIO, bar.values[-1] / bar.whole)
        figures = f"{_number(bar.values[-1])}/{_number(bar.whole)} ({share})"
        axes.text(101.5, at, figures, va="center", fontsize=_SMALL)

    colours = (LIGHT, DARK) if len(chart.parts) > 1 else (DARK,)
    return _pictures(table, chart, _bars(table, chart), _Look(draw, 100, colours, "%"))


def _draw_bar(axes: Axes, at: int, ends: tuple[float, float], height: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    # What axes.barh draws in the end, for a tenth of its time: there may be a thousand.
    left, right = ends
    axes.add_patch(Rectangle((left, at - height / 2), right - left, height, facecolor=colour))


def _bars(table: Table, chart: Chart) -> list[_Bar]:
    if chart.most is not None and len(table.rows) > chart.most + 1:
        return _largest(table, chart, chart.most)
    bars: list[_Bar] = []
    for group in table.groups:
        if group.label and group.rows:
            bars.append(_Bar(f"{group.label}. {group.title}", "", ()))
        bars += (_bar(_name(table, row), row, chart) for row in group.rows)
    return bars


def _largest(table: Table, chart: Chart, most: int) -> list[_Bar]:
    """The rows with the largest values, and one bar for all others."""
    keys = (chart.whole,) if chart.whole else chart.parts
    # Python's sort keeps rows with equal values in the order of the table.
    rows = sorted(table.rows, key=lambda row: -sum(_values(row, keys)))
    others = rows[most:]
    return [
        *(_bar(_name(table, row), row, chart) for row in rows[:most]),
        replace(
            _bar(f"Khác ({_number(Fraction(len(others)))})", totals_of(table.columns, others), chart), is_shared=True
        ),
    ]


def _bar(name: str, row: Cells, chart: Chart) -> _Bar:
    whole = _values(row, (chart.whole,))[0] if chart.whole else Fraction(0)
    return _Bar(name, str(row.get(chart.below) or ""), _values(row, chart.parts), whole)


def _values(row: Cells, keys: Sequence[str]) -> tuple[Fraction, ...]:
    """The numbers of a row; what is not computable has no length."""
    values = (row.get(key) for key in keys)
    return tuple(Fraction(value) if isinstance(value, int | Fraction) else Fraction(0) for value in values)


def _name(table: Table, row: Cells) -> str:
    return str(row.get(table.columns[0].key) or "")


def _number(value: Fraction) -> str:
    return printed(Kind.AMOUNT, value)


# --- pages ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """How the lines of a chart are drawn."""

    draw: _Draw
    longest: float
    """The value at the right end of the axis."""
    colours: tuple[str, ...]
    """Of the parts."""
    unit: str = ""
    """Printed after the values of the axis."""


def _pictures(table: Table, chart: Chart, bars: Sequence[_Bar], look: _Look) -> list[Picture]:
    pages = _even_pages(bars, int(_PAGE / _row(bars)))
    several = len(pages) > 1
    titles = {column.key: column.title for column in table.columns}
    names = [titles[key] for key in chart.parts]
    with drawing():
        return [
            _page(page, look, names, chart.title + (f" ({number}/{len(pages)})" if several else "")).picture(
                f"{chart.key}-{number}" if several else chart.key,
                chart.title + (f" ({number}/{len(pages)})" if several else ""),
            )
            for number, page in enumerate(pages, start=1)
        ]


def _row(bars: Iterable[_Bar]) -> float:
    return _HIGH_ROW if any(bar.below for bar in bars) else _ROW


def _even_pages(bars: Sequence[_Bar], size: int) -> list[list[_Bar]]:
    """As few pages, of ``size`` lines at most, as hold all lines, about equally many on each."""
    pages = list(_cut(bars, size))
    while size > 1 and len(smaller := list(_cut(bars, size - 1))) == len(pages):
        size, pages = size - 1, smaller
    return pages


def _cut(bars: Sequence[_Bar], size: int) -> Iterator[list[_Bar]]:
    """Pages of ``size`` lines; a group that goes on repeats its head, none has its head alone at the end."""
    page: list[_Bar] = []
    head: _Bar | None = None
    for bar in bars:
        if page and (len(page) >= size or (len(page) == size - 1 and not bar.values)):
            yield page
            page = [_Bar(f"{head.name} (tiếp)", "", ())] if head and bar.values and size > 1 else []
        if not bar.values:
            head = bar
        page.append(bar)
    yield page


def _page(bars: Sequence[_Bar], look: _Look, names: Sequence[str], title: str) -> Canvas:
    height = max(len(bars), 1) * _row(bars)
    canvas = Canvas(_WIDTH, _HEAD + height + _FOOT)
    canvas.text(0, _FOOT + height + _HEAD - 5, title, size=10, bold=True)
    canvas.legend(names, look.colours, 0, _FOOT + height + 5)
    axes = canvas.axes(_NAMES, _FOOT, _WIDTH - _NAMES - _VALUES, height)
    for at, bar in enumerate(bars):
        if bar.values:
            look.draw(axes, at, bar)
    axes.set_xlim(0, look.longest)
    axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda value, _: f"{printed(Kind.AMOUNT, Fraction(value))}{look.unit}")
    beside = [_over(bar) if bar.below else _beside(label(bar.name)) for bar in bars]
    axes.set_yticks(range(len(bars)), [name for name, _ in beside])
    for bar, (_, size), tick in zip(bars, beside, axes.get_yticklabels(), strict=True):
        tick.set_fontsize(size)
        if not bar.values:
            tick.set_fontweight("bold")
    return canvas


def _over(bar: _Bar) -> tuple[str, float]:
    """A name over the text below it, and their size: a line each, cut where it must be."""
    return f"{_cut_to_fit(label(bar.name))}\n{_cut_to_fit(label(bar.below))}", _SMALL


def _cut_to_fit(line: str) -> str:
    width = width_of(line, _SMALL)
    return line if width <= _NAME_ROOM else shown(line, int(len(line) * _NAME_ROOM / width))


def _beside(name: str) -> tuple[str, float]:
    """A name as it fits beside its bar, and its size: on one line, else on two smaller ones, cut where it must be."""
    if width_of(name, _USUAL) <= _NAME_ROOM:
        return name, _USUAL
    length = int(len(name) * _NAME_ROOM / width_of(name, _SMALLEST))
    return "\n".join(wrap(name, max(length, 1), max_lines=2, placeholder=" …")), _SMALLEST
