"""How wide the columns of a printed table are, measured by the words and figures in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from qtnb.tabular.layout import Line, lines_of, value_of
from qtnb.tabular.layout import Part as LinePart
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Kind, Table
from qtnb.words.measure import width_of

UPRIGHT, BROAD = 467.0, 714.0
"""Points: the text of a page that stands, and of one set broadside (TT-01, TT-03)."""

_SIZES = (13.0, 12.0, 11.0)
"""Sizes of the text in points, tried in turn: 13 belongs to the body, below 11 nothing is printed (BT-03)."""
_PADDING = 8.0
"""Points of a cell that are no text: margins of 1.2 mm, and a little for other programs' letters."""
_STT = "STT"
_LONGEST_WORD = 80.0
"""Points from which a word of a text is broken rather than given its room."""
_NAME, _TEXT = 120.0, 60.0
"""Points that the names of rows, and other texts, are to have at least if they are that long."""
_WISH = 260.0
"""Points from which a longer text is broken into lines."""
_PRESSED = 150.0
"""Points that a long text is to have on a page that stands; otherwise the page is set broadside."""
_NAMES_SHARE = 0.6
"""Of the room that is left over, at most so much goes to the names of the rows first."""
_EXACTLY = 0.001
"""Lines by which the search for the number of lines may be wrong."""
_LOOKED_AT = 40
"""Of each column the longest texts are measured."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table cut into parts that fit the page, one below the other."""

    size: float
    """Of the text, in points."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the columns, after those that every part repeats."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    """Points, that of the column STT first if there is one; they add up to the width of the page."""


@dataclass(frozen=True, slots=True)
class _Need:
    least: float
    """Below this, figures and words would be torn."""
    wish: float
    """With this, nearly no text takes a second line."""
    usual: float = 0.0
    """How wide a text is in one line, on the average of all rows; 0 for what is no text."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is looked at of a column."""

    longest: Sequence[str]
    """The longest of the printed values, in which the widest is nearly always found."""
    share: float
    """Of their characters, the share that a value has on the average of all rows."""


def is_broad(table: Table) -> bool:
    """Whether a table asks for a page set broadside: standing, its words and texts would be pressed (TT-02, PL-13)."""
    size = _SIZES[0]
    needs = _needs(table, _texts(table), size)
    return _stt(table, size) + sum(max(need.least, min(need.wish, _PRESSED)) for need in needs) > UPRIGHT


def value_text(column: Column, line: Line) -> str:
    """What a line of a table prints in a column."""
    return printed(column.kind, value_of(column, line.cells))


def stands_alone(line: Line, columns: Sequence[Column]) -> bool:
    """Whether the head of a group has nothing beside it, so that it takes the whole line."""
    beside = columns[1:]
    return line.part is LinePart.GROUP and bool(beside) and not any(value_text(column, line) for column in beside)


def layout_of(table: Table, room: float) -> Layout:
    """The largest text with which the table fits ``room``, or the smallest and several parts."""
    texts = _texts(table)
    for size in _SIZES:
        needs = _needs(table, texts, size)
        stt = _stt(table, size)
        if stt + sum(need.least for need in needs) <= room:
            return Layout(size, (_part(table.columns, needs, stt, room),))
    return Layout(size, tuple(_parts(table, needs, stt, room)))


def _parts(table: Table, needs: Sequence[_Need], stt: float, room: float) -> Iterator[Part]:
    """As few parts as hold all columns, about equally many in each; all repeat the names of the rows."""
    left = room - stt - needs[0].least
    cuts = _cut(needs, left, len(needs))
    even = _cut(needs, left, -(-(len(needs) - 1) // len(cuts)))
    for chosen in even if len(even) == len(cuts) else cuts:
        places = (0, *chosen)
        yield _part(tuple(table.columns[at] for at in places), [needs[at] for at in places], stt, room)


def _cut(needs: Sequence[_Need], room: float, most: int) -> list[list[int]]:
    """The places of the columns after the first, ``most`` of them and no more than fit ``room`` together."""
    parts: list[list[int]] = [[]]
    used = 0.0
    for index, need in enumerate(needs[1:], start=1):
        if parts[-1] and (used + need.least > room or len(parts[-1]) == most):
            parts.append([])
            used = 0.0
        parts[-1].append(index)
        used += need.least
    return parts


def _part(columns: tuple[Column, ...], needs: Sequence[_Need], stt: float, room: float) -> Part:
    """Give every column its least, then the names of the rows and the others a share of what is left by their wishes.

    What nobody wishes goes to the texts, or to all columns where there are none.
    """
    if max(need.usual for need in needs) > _WISH:
        return Part(columns, (*((stt,) if stt else ()), *_levelled(needs, room - stt)))
    widths = [need.least for need in needs]
    left = max(room - stt - sum(widths), 0)
    # Names stand in every row: they come before remarks, which are long in a few.
    widths[0] += min(needs[0].wish - needs[0].least, left * _NAMES_SHARE)
    left = max(room - stt - sum(widths), 0)
    wishes = [max(need.wish - width, 0) for need, width in zip(needs, widths, strict=True)]
    share = min(left / (sum(wishes) or 1), 1)
    widths = [width + wish * share for width, wish in zip(widths, wishes, strict=True)]
    texts = [width if column.kind is Kind.TEXT else 0 for column, width in zip(columns, widths, strict=True)]
    weights = texts if sum(texts) else widths
    rest = room - stt - sum(widths)
    widths = [width + rest * weight / sum(weights) for width, weight in zip(widths, weights, strict=True)]
    return Part(columns, (*((stt,) if stt else ()), *widths))


def _levelled(needs: Sequence[_Need], room: float) -> list[float]:
    """Widths with which the texts of a row take about equally many lines, so that rows are as low as can be."""

    def widths(lines: float) -> list[float]:
        return [max(need.least, _PADDING + need.usual / lines) for need in needs]

    few, many = 1.0, 1000.0
    while many - few > _EXACTLY:
        middle = (few + many) / 2
        few, many = (middle, many) if sum(widths(middle)) > room else (few, middle)
    found = widths(many)
    texts = [width if need.usual else 0 for need, width in zip(needs, found, strict=True)]
    rest = room - sum(found)
    return [width + rest * text / sum(texts) for width, text in zip(found, texts, strict=True)]


def _stt(table: Table, size: float) -> float:
    if not table.numbered:
        return 0.0
    numbers = max((len(line.number) for line in lines_of(table)), default=0) * "0"
    return _PADDING + max(width_of(_STT, size), width_of(numbers, size))


def _needs(table: Table, texts: Sequence[_Texts], size: float) -> list[_Need]:
    return [
        _need(column, found, size, _NAME if at == 0 else _TEXT)
        for at, (column, found) in enumerate(zip(table.columns, texts, strict=True))
    ]


def _need(column: Column, texts: _Texts, size: float, floor: float) -> _Need:
    head = [width_of(word, size) for word in column.title.split()]
    whole = max((width_of(line, size) for text in texts.longest for line in text.split("\n")), default=0.0)
    if column.kind is not Kind.TEXT:
        # A long head takes about three lines.
        least = max(whole, *head, 0.0)
        return _Need(_PADDING + least, _PADDING + max(least, width_of(column.title, size) / 3))
    words = max((width_of(word, size) for text in texts.longest for word in text.split()), default=0.0)
    least = max(min(words, _LONGEST_WORD), min(whole, floor), *head, 0.0)
    usual = texts.share * sum(width_of(text, size) for text in texts.longest)
    return _Need(_PADDING + least, _PADDING + max(least, min(whole, _WISH)), usual)


def _texts(table: Table) -> list[_Texts]:
    """What is looked at of each column."""
    lines = [line for line in lines_of(table) if not stands_alone(line, table.columns)]
    found = []
    for column in table.columns:
        printed_ones = [value_text(column, line) for line in lines]
        longest = nlargest(_LOOKED_AT, printed_ones, key=len)
        mean = sum(map(len, printed_ones)) / (len(printed_ones) or 1)
        found.append(_Texts(longest, mean / (sum(map(len, longest)) or 1)))
    return found
