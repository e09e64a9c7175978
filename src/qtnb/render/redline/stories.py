"""Merges an old story of paragraphs and tables into the new one, with every difference marked.

A story is what stands in a body, a header or a cell. What is laid out is the new story: formatting
that differs is that of the new one, without a mark, which would only hide the changes of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby

from qtnb.render.redline.align import in_turn
from qtnb.render.redline.items import align_blocks, align_forms, align_rows, is_section_end, source
from qtnb.render.redline.marks import Pen
from qtnb.render.redline.ooxml import CELL, CELL_PROPERTIES, P_PROPERTIES, ROW, SECTION, TABLE, Element, P
from qtnb.render.redline.words import Marked, Status, compare, pieces


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph or table of the merged story."""

    status: Status
    block: Element
    """Of the old document if deleted, else of the new one."""
    old: Element | None = None
    """What ``block`` stands for; None where that is equal, or nothing."""
    words: tuple[Marked, ...] = ()
    """What a kept paragraph holds; empty where nothing in it changes."""
    end: Status = Status.KEPT
    """What happens to the end of a paragraph, which parts it from the next one."""


def merge_stories(old: Element, new: Element, pen: Pen) -> None:
    """Merge the blocks of ``old``, which is used up, into those of ``new``."""
    lines = _story(_blocks(old), _blocks(new))
    for line in lines:
        _mark(line, pen)
    _put_in(new, [(line.block, line.status is Status.DELETED) for line in lines], new.find(SECTION))


def _put_in(holder: Element, merged: Sequence[tuple[Element, bool]], end: Element) -> None:
    """Put old elements (True) into ``holder``, each before what follows it in ``merged``, the last before ``end``."""
    following = end
    for element, is_old in reversed(merged):
        if is_old and following is not None:
            following.addprevious(element)
        elif is_old:
            holder.append(element)
        following = element


def _blocks(story: Element) -> list[Element]:
    return [child for child in story if child.tag not in (CELL_PROPERTIES, SECTION)]


def _story(old: Sequence[Element], new: Sequence[Element]) -> list[_Line]:
    """The lines of both stories; the end of the last paragraph is kept, as every cell and body must have one."""
    lines = _settled(_lines(old, new))
    if lines and lines[-1].end is not Status.KEPT and old and new and old[-1].tag == new[-1].tag == P:
        return _settled([*_lines(old[:-1], new[:-1]), _kept(old[-1], new[-1])])
    return lines


def _lines(old: Sequence[Element], new: Sequence[Element]) -> list[_Line]:
    """Blocks in merged order; forms are found again first, then the blocks in each."""
    lines: list[_Line] = []
    for form, other in align_forms(old, new):
        if form and other and form.first == other.first and form.rest == other.rest:
            lines += (_Line(Status.KEPT, block) for block in other.blocks)
        else:
            lines += _merged(form.blocks if form else (), other.blocks if other else ())
    return lines


def _merged(old: Sequence[Element], new: Sequence[Element]) -> Iterator[_Line]:
    for block, other in in_turn(old, new, align_blocks(old, new)):
        yield _line(block, other)


def _line(old: Element | None, new: Element | None) -> _Line:
    if new is None:
        return _Line(Status.DELETED, old, end=Status.DELETED)
    if old is None:
        return _Line(Status.INSERTED, new, end=Status.INSERTED)
    return _kept(old, new)


def _kept(old: Element, new: Element) -> _Line:
    if source([old]) == source([new]):
        return _Line(Status.KEPT, new)
    words = compare(pieces(old), pieces(new)) if new.tag == P else []
    changed = any(status is not Status.KEPT for status, _ in words)
    return _Line(Status.KEPT, new, old, tuple(words) if changed else ())


# --- ends of paragraphs ---------------------------------------------------------------------------


def _settled(lines: Sequence[_Line]) -> list[_Line]:
    """Lines whose paragraphs, when their ends go, run into a paragraph: before a table there is none to run into."""
    settled: list[_Line] = []
    for together, group in groupby(lines, key=lambda line: line.block.tag == P):
        run = list(group)
        settled += _as_typed(_with_kept_end(run)) if together else run
    return settled


def _with_kept_end(run: list[_Line]) -> list[_Line]:
    """Neighbouring paragraphs of which the last one keeps its end, where that is possible.

    Else all of them go or come: an office's whole form, whose heading stands between tables.
    """
    tail = len(run)
    while tail and run[tail - 1].status is not Status.KEPT:
        tail -= 1
    rest = run[tail:]
    gone = next((line for line in reversed(rest) if line.status is Status.DELETED), None)
    came = next((line for line in reversed(rest) if line.status is Status.INSERTED), None)
    if not rest or any(is_section_end(line.block) for line in (gone, came) if line):
        return run
    if gone and came:
        others = [line for line in rest if line is not gone and line is not came]
        return [*run[:tail], *others, _kept(gone.block, came.block)]
    if tail and not is_section_end(run[tail - 1].block):
        return [*run[: tail - 1], *_ends_moved_up(run[tail - 1], rest)]
    return run


def _as_typed(run: list[_Line]) -> list[_Line]:
    """Neighbouring paragraphs in which text typed on behind a paragraph takes its end along.

    LibreOffice takes insertions before and behind a kept end for one, and rejecting it joins the two paragraphs.
    """
    typed: list[_Line] = []
    for came, group in groupby(run, key=lambda line: line.status is line.end is Status.INSERTED):
        lines = list(group)
        if came and typed and _goes_on(typed[-1], lines[-1]) and not _begins_anew(run, lines[-1]):
            typed[-1:] = _ends_moved_up(typed[-1], lines)
        else:
            typed += lines
    return typed


def _goes_on(kept: _Line, came: _Line) -> bool:
    """Whether ``kept`` ends with words that came in, and looks as the paragraph ``came``, whose end it would have."""
    if kept.end is not Status.KEPT or not kept.words or kept.words[-1][0] is not Status.INSERTED:
        return False
    one, other = (source(line.block.findall(P_PROPERTIES)) for line in (kept, came))
    return one == other


def _begins_anew(run: list[_Line], last: _Line) -> bool:
    """Whether what follows ``last`` begins with words that came in."""
    following = run[run.index(last) + 1 :][:1]
    return any(line.words and line.words[0][0] is Status.INSERTED for line in following)


def _ends_moved_up(kept: _Line, rest: list[_Line]) -> list[_Line]:
    """Paragraphs that go or come after ``kept``: its end goes or comes instead of the end of the last of them."""
    status = rest[-1].status
    if status is Status.DELETED:  # what is left of both looks as the kept one does
        properties = kept.block.find(P_PROPERTIES)
        rest[-1].block[:] = [
            *([] if properties is None else [deepcopy(properties)]),
            *(child for child in rest[-1].block if child.tag != P_PROPERTIES),
        ]
    return [replace(kept, end=status), *rest[:-1], replace(rest[-1], end=Status.KEPT)]


# --- marks ----------------------------------------------------------------------------------------


def _mark(line: _Line, pen: Pen) -> None:
    """Write the marks of one line into its block."""
    if line.words:
        pen.fill(line.block, line.words)
    elif line.status is Status.KEPT:
        if line.old is not None and line.block.tag == TABLE:
            _merge_tables(line.old, line.block, pen)
    elif line.block.tag == P:
        pen.contents(line.block, line.status)
    else:
        pen.whole(line.block, line.status)
    if line.block.tag == P and line.end is not Status.KEPT:
        pen.end(line.block, line.end)


def _merge_tables(old: Element, new: Element, pen: Pen) -> None:
    """Merge the rows; a deleted one stands where it stood, so that the new table's columns carry it."""
    rows, new_rows = old.findall(ROW), new.findall(ROW)
    merged = list(in_turn(rows, new_rows, align_rows(rows, new_rows)))
    for row, new_row in merged:
        if new_row is None:
            pen.whole(row, Status.DELETED)
        elif row is None:
            pen.whole(new_row, Status.INSERTED)
        elif source([row]) != source([new_row]):
            for cell, new_cell in zip(row.iterfind(CELL), new_row.iterfind(CELL), strict=True):
                merge_stories(cell, new_cell, pen)
    _put_in(new, [(row, True) if new_row is None else (new_row, False) for row, new_row in merged], None)
