"""Marks parts of a Word document as inserted or deleted, as Word's own tracking does (clause 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby

from lxml import etree

from qtnb.render.redline.ooxml import (
    CELL,
    CONTAINERS,
    DELETED,
    DELETED_INSTRUCTION,
    DELETED_TEXT,
    FIELD,
    INSERTED,
    INSTRUCTION,
    MARKERS,
    P_PROPERTIES,
    R_PROPERTIES,
    ROW,
    ROW_PROPERTIES,
    RUN,
    SIMPLE_FIELD,
    SPACE,
    TABLE,
    TABLE_EXCEPTIONS,
    TEXT,
    Element,
    P,
    W,
)
from qtnb.render.redline.words import Marked, Piece, Status

_SDT_CONTENT = f"{W}sdtContent"
_HOLDERS = frozenset((TABLE, ROW, CELL, _SDT_CONTENT, f"{W}sdt", f"{W}customXml"))
"""What holds paragraphs and rows."""
_AFTER_MARK = (f"{W}sectPr", f"{W}pPrChange")
_TAG = {Status.INSERTED: INSERTED, Status.DELETED: DELETED}
_DELETED_NAMES = {TEXT: DELETED_TEXT, INSTRUCTION: DELETED_INSTRUCTION}


class Pen:
    """Writes marks of one author and one time, numbered in the order in which they are made."""

    def __init__(self, author: str, date: str, last: int) -> None:
        """``date`` is an xs:dateTime; numbers begin after ``last``."""
        self._author = author
        self._date = date
        self._last = last

    def _mark(self, status: Status) -> Element:
        self._last += 1
        return etree.Element(
            _TAG[status], {f"{W}id": str(self._last), f"{W}author": self._author, f"{W}date": self._date}
        )

    # --- blocks -----------------------------------------------------------------------------------

    def whole(self, block: Element, status: Status) -> None:
        """Mark a paragraph or a table with all that it holds; of a deleted block, what prints nothing goes."""
        if block.tag == P:
            self.contents(block, status)
            self.end(block, status)
        elif block.tag in _HOLDERS:
            if block.tag == ROW:
                self.row(block, status)
            for child in list(block):
                if child.tag in MARKERS and status is Status.DELETED:
                    block.remove(child)
                self.whole(child, status)

    def row(self, row: Element, status: Status) -> None:
        """Mark a row alone."""
        properties = row.find(ROW_PROPERTIES)
        if properties is None:
            properties = etree.Element(ROW_PROPERTIES)
            row.insert(1 if row.find(TABLE_EXCEPTIONS) is not None else 0, properties)
        change = properties.find(f"{W}trPrChange")
        place = len(properties) if change is None else properties.index(change)
        properties.insert(place, self._mark(status))

    def end(self, paragraph: Element, status: Status) -> None:
        """Mark the end of a paragraph, which goes or comes with what parts it from the next one."""
        properties = paragraph.find(P_PROPERTIES)
        if properties is None:
            properties = etree.Element(P_PROPERTIES)
            paragraph.insert(0, properties)
        look = properties.find(R_PROPERTIES)
        if look is None:
            look = etree.Element(R_PROPERTIES)
            after = [child for child in properties if child.tag in _AFTER_MARK]
            properties.insert(properties.index(after[0]) if after else len(properties), look)
        look.insert(0, self._mark(status))

    def contents(self, paragraph: Element, status: Status) -> None:
        """Mark all that a paragraph holds, but not its end."""
        inside = [child for child in paragraph if child.tag != P_PROPERTIES]
        _replace(paragraph, self._marked(inside, status))

    def fill(self, paragraph: Element, marked: Iterable[Marked]) -> None:
        """Put ``marked`` in place of all that a paragraph holds."""
        inside: list[Element] = []
        for status, group in groupby(marked, key=lambda one: one[0]):
            elements = _inline(piece for _, piece in group)
            inside += elements if status is Status.KEPT else self._marked(elements, status)
        _replace(paragraph, inside)

    # --- inside a paragraph -----------------------------------------------------------------------

    def _marked(self, elements: Iterable[Element], status: Status) -> Iterator[Element]:
        """Wrap neighbours in one mark; links and content controls, which no mark may hold, are marked inside."""
        mark = None
        for element in _without_simple_fields(elements):
            if element.tag in MARKERS or element.tag in CONTAINERS:
                mark = None
                if element.tag in CONTAINERS:
                    yield self._container(element, status)
                elif status is Status.INSERTED:
                    yield element
                continue
            if mark is None:
                mark = self._mark(status)
                yield mark
            mark.append(_as_deleted(element) if status is Status.DELETED else element)

    def _container(self, element: Element, status: Status) -> Element:
        holder = element.find(_SDT_CONTENT)
        if holder is None:
            holder = element
        properties = [child for child in holder if child.tag.endswith("Pr")]
        inside = [child for child in holder if child not in properties]
        holder[:] = [*properties, *self._marked(inside, status)]
        return element


def _replace(paragraph: Element, inside: Iterable[Element]) -> None:
    paragraph[:] = [*paragraph.findall(P_PROPERTIES), *inside]


def _inline(pieces: Iterable[Piece]) -> list[Element]:
    """Build runs from pieces; neighbours of one formatting share a run."""
    built: list[Element] = []
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece.content, tuple):
            built += piece.content
        else:
            if last is None or isinstance(last.content, tuple) or last.properties is not piece.properties:
                built.append(etree.Element(RUN))
                if piece.properties is not None:
                    built[-1].append(deepcopy(piece.properties))
            _write(built[-1], piece)
        last = piece
    return built


def _write(run: Element, piece: Piece) -> None:
    if piece.content is not None:
        run.append(piece.content)
    elif len(run) and run[-1].tag == TEXT:
        run[-1].text += piece.key
    else:
        text = etree.SubElement(run, TEXT, {SPACE: "preserve"})
        text.text = piece.key


def _as_deleted(element: Element) -> Element:
    if element.tag == RUN:
        for child in element:
            child.tag = _DELETED_NAMES.get(child.tag, child.tag)
    return element


def _without_simple_fields(elements: Iterable[Element]) -> Iterator[Element]:
    """Write w:fldSimple, which no mark may hold, as the runs that mean the same."""
    for element in elements:
        if element.tag != SIMPLE_FIELD:
            yield element
            continue
        yield _field_run(FIELD, "begin")
        instruction = _field_run(INSTRUCTION)
        instruction[0].text = element.get(f"{W}instr", "")
        yield instruction
        yield _field_run(FIELD, "separate")
        yield from _without_simple_fields(list(element))
        yield _field_run(FIELD, "end")


def _field_run(tag: str, kind: str = "") -> Element:
    run = etree.Element(RUN)
    etree.SubElement(run, tag, {f"{W}fldCharType": kind} if kind else {SPACE: "preserve"})
    return run
