"""Tells by what forms, paragraphs, tables and rows are found again in another version of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from lxml import etree

from qtnb.render.redline.align import Item, Pairs, Text, align, in_turn, without_numbers
from qtnb.render.redline.ooxml import (
    CELL,
    CELL_PROPERTIES,
    GRID,
    GRID_COLUMN,
    P_PROPERTIES,
    ROW,
    ROW_PROPERTIES,
    SECTION,
    TABLE,
    TABLE_EXCEPTIONS,
    TABLE_PROPERTIES,
    Element,
    P,
    W,
)

_EDITED: Final = 0.5
"""Share of common words from which a paragraph or row is one that was edited: what a reader still follows."""
_RENAMED: Final = 0.6
"""The same for headings of forms, which are short and like each other."""
_SAME_FORM: Final = 0.75
"""The same for forms under different headings: of the words of any form, half are its labels."""
_FORM_TEXT: Final = 4_000
"""Characters of a form that are compared; more would say no more."""

_TABLE_PARTS = frozenset((TABLE_PROPERTIES, GRID, ROW))
_ROW_PARTS = frozenset((TABLE_EXCEPTIONS, ROW_PROPERTIES, CELL))
_MERGING = frozenset((f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"))


def source(blocks: Iterable[Element]) -> bytes:
    """The XML of ``blocks``: equal for equal blocks of two documents from one template."""
    return b"".join(etree.tostring(block, with_tail=False) for block in blocks)


def is_section_end(paragraph: Element) -> bool:
    """Whether a section ends with ``paragraph``."""
    return paragraph.find(f"{P_PROPERTIES}/{SECTION}") is not None


# --- forms ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """A heading and what stands under it."""

    blocks: tuple[Element, ...]
    first: bytes
    """The XML of the first block, which is the heading where there is one."""
    rest: bytes
    """The XML of the others."""

    def with_next(self, other: Form) -> Form:
        """Both as one."""
        return Form(self.blocks + other.blocks, self.first, self.rest + other.first + other.rest)


PairOfForms: TypeAlias = tuple[Form | None, Form | None]
"""A form of the old document and what became of it; None where it came or went."""


def align_forms(old: Sequence[Element], new: Sequence[Element]) -> list[PairOfForms]:
    """All forms of two stories in merged order, paired by their headings, else (renamed) by what they hold."""
    before, after = _forms(old), _forms(new)
    if len(before) == len(after) == 1:
        return [(before[0], after[0])]
    pairs = align([_form(form) for form in before], [_form(form) for form in after], lambda *_: False)
    found: list[PairOfForms] = []
    for here, there in in_turn(before, after, pairs):
        last, last_there = found[-1] if found else (None, None)
        lopsided = last and last_there and _has_table(last) != _has_table(last_there)
        # Text that one side has between heading and table: there the table is a form of its own.
        if last and lopsided and here and not there and not _has_table(last):
            found[-1] = last.with_next(here), last_there
        elif last_there and lopsided and there and not here and not _has_table(last_there):
            found[-1] = last, last_there.with_next(there)
        else:
            found.append((here, there))
    return found


def _forms(blocks: Sequence[Element]) -> list[Form]:
    """Part ``blocks`` before every text that heads a table or follows one.

    So each procedure's heading and tables stand together, whatever the styles of the template are called.
    """
    parts: list[list[Element]] = []
    for place, block in enumerate(blocks):
        beside = (*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2])
        if not parts or (block.tag == P and any(other.tag == TABLE for other in beside) and _text(block)):
            parts.append([])
        parts[-1].append(block)
    return [Form(tuple(part), source(part[:1]), source(part[1:])) for part in parts]


def _has_table(form: Form) -> bool:
    return any(block.tag == TABLE for block in form.blocks)


def _form(form: Form) -> Item:
    first = form.blocks[0]
    heading = _text(first) if first.tag == P else ""
    return Item(
        kind=first.tag == P and is_section_end(first),
        keys=(heading, without_numbers(heading), form.rest),
        texts=(
            Text(lambda: heading, _RENAMED),
            Text(lambda: " ".join(map(_text, form.blocks))[:_FORM_TEXT], _SAME_FORM),
        ),
    )


# --- paragraphs and tables ------------------------------------------------------------------------


def align_blocks(old: Sequence[Element], new: Sequence[Element]) -> Pairs:
    """Pair the paragraphs and tables of one form, or of one cell; what else there is only if it is equal."""
    # A paragraph written anew, or a table of the same columns, stays in its place.
    return align([_block(block) for block in old], [_block(block) for block in new], lambda *_: True)


def _block(block: Element) -> Item:
    if block.tag == P:
        return _item(("p", is_section_end(block)), block)
    if block.tag == TABLE and all(child.tag in _TABLE_PARTS for child in block):
        return _item(("tbl", tuple(_widths(block))), block)
    return _item(source([block]), block)


def _widths(table: Element) -> Iterator[str]:
    for column in table.iterfind(f"{GRID}/{GRID_COLUMN}"):
        yield column.get(f"{W}w", "")


def _item(kind: object, element: Element) -> Item:
    text = _text(element)
    return Item(kind, (text, without_numbers(text)), (Text(lambda: text, _EDITED),))


def _text(element: Element) -> str:
    """The text of an element, its parts kept apart."""
    return " ".join(element.itertext())


# --- rows -----------------------------------------------------------------------------------------


def align_rows(old: Sequence[Element], new: Sequence[Element]) -> Pairs:
    """Pair rows of the same cells; Word cannot track a cell that comes, goes or is merged."""
    here, there = ([_item(_cells(row), row) for row in side] for side in (old, new))
    return align(here, there, partial(_one_cell_differs, old, new))


def _cells(row: Element) -> object:
    if any(child.tag not in _ROW_PARTS for child in row):
        return source([row])
    return tuple(tuple(_merging(cell)) for cell in row.iterfind(CELL))


def _merging(cell: Element) -> Iterator[tuple[str, str]]:
    """How a cell is merged with others."""
    for found in cell.iterfind(f"{CELL_PROPERTIES}/*"):
        if found.tag in _MERGING:
            yield found.tag, found.get(f"{W}val", "")


def _one_cell_differs(old: Sequence[Element], new: Sequence[Element], place: int, new_place: int) -> bool:
    """Whether a row says something else under the same heads, as "Thời gian" with another time does."""
    cells = zip(old[place].iterfind(CELL), new[new_place].iterfind(CELL), strict=True)
    return sum(_text(cell) != _text(other) for cell, other in cells) <= 1
