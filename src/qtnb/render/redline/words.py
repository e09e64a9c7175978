"""Compares the contents of two paragraphs word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from lxml import etree
from rapidfuzz.distance import Indel

from qtnb.render.redline.ooxml import (
    FIELD,
    P_PROPERTIES,
    R_PROPERTIES,
    RUN,
    SPACE,
    TEXT,
    Element,
    W,
)

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|(?:[^\W\d_]|[\u0300-\u036f])+| +|\s|.")
"""A number (0,5, 30/2020), a word with its combining marks, blanks, or one other sign; B4 is a word and a number."""
_WORD = re.compile(r"\w")
_XML_SPACE = " \t\r\n"

_MOST = 400_000_000
"""Words of the one text times words of the other that are compared; their table of bits takes an eighth in bytes."""
_PHRASE = 3
"""Words in a row that are read as kept, however much changes around them."""


class Status(Enum):
    """What happened to a piece of the old document."""

    KEPT = auto()
    DELETED = auto()
    INSERTED = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """The least part of a paragraph that is kept, inserted or deleted."""

    key: str
    """Equal for pieces that print alike; the text itself for a piece of text."""
    properties: Element | None
    """The formatting (w:rPr) of its run; None for a run without."""
    content: Element | tuple[Element, ...] | None
    """None: a text. An element: what stands in a run. A tuple: what stands in the paragraph itself."""


Marked: TypeAlias = tuple[Status, Piece]


def pieces(paragraph: Element) -> list[Piece]:
    """The contents of ``paragraph`` in order; fields, pictures, links and content controls are one piece each."""
    found: list[Piece] = []
    field: list[Element] = []
    depth = 0
    for child in paragraph:
        steps = [_step(mark) for mark in child.iter(FIELD)] if child.tag == RUN else []
        if depth or steps:
            field.append(child)
            depth = max(depth + sum(steps), 0)
            if not depth:
                found.append(_whole(field))
                field = []
        elif child.tag == RUN:
            found += _in_run(child)
        elif child.tag != P_PROPERTIES:
            found.append(_whole([child]))
    if field:  # it ends in a later paragraph, as a table of contents does
        found.append(_whole(field))
    return found


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> list[Marked]:
    """The pieces of both, each once: kept ones as the new side has them; what replaces follows what it replaces.

    Stray words that both sides happen to have amid larger changes are replaced along with their
    neighbours: one phrase for another is easier to read than every third word changed.
    """
    marked: list[Marked] = []
    for stretch in _readable(old, new):
        came = new[stretch.new : stretch.new_end]
        if stretch.equal:
            marked += [(Status.KEPT, piece) for piece in came]
        else:
            marked += [(Status.DELETED, piece) for piece in old[stretch.old : stretch.old_end]]
            marked += [(Status.INSERTED, piece) for piece in came]
    return marked


def _step(field: Element) -> int:
    return {"begin": 1, "end": -1}.get(field.get(f"{W}fldCharType"), 0)


def _in_run(run: Element) -> Iterator[Piece]:
    properties = run.find(R_PROPERTIES)
    for child in run:
        if child.tag == TEXT:
            text = child.text or ""
            if child.get(SPACE) != "preserve":
                text = text.strip(_XML_SPACE)
            for token in _TOKEN.findall(text):
                yield Piece(token, properties, None)
        elif child.tag != R_PROPERTIES:
            yield Piece(_source(child), properties, child)


def _whole(elements: list[Element]) -> Piece:
    return Piece("".join(map(_source, elements)), None, tuple(elements))


def _source(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


# --- which words are one --------------------------------------------------------------------------


class _Stretch(NamedTuple):
    """A stretch of the old pieces and the stretch of the new ones that stands for it."""

    old: int
    old_end: int
    new: int
    new_end: int
    equal: bool


def _readable(old: Sequence[Piece], new: Sequence[Piece]) -> list[_Stretch]:
    """The stretches of both sides, in which stray words count as changed with what is around them."""
    stretches = _joined(_stretches(old, new))
    sizes = [_size(old, new, stretch) for stretch in stretches]
    inner = range(1, len(stretches) - 1)
    stray = {
        place
        for place in inner
        if stretches[place].equal
        and _is_stray(new[stretches[place].new : stretches[place].new_end], min(sizes[place - 1], sizes[place + 1]))
    }
    return _joined(
        stretch._replace(equal=stretch.equal and place not in stray) for place, stretch in enumerate(stretches)
    )


def _joined(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Equal and changed stretches in turns, none of them empty."""
    found: list[_Stretch] = []
    for stretch in stretches:
        if found and found[-1].equal == stretch.equal:
            found[-1] = found[-1]._replace(old_end=stretch.old_end, new_end=stretch.new_end)
        elif stretch.old < stretch.old_end or stretch.new < stretch.new_end:
            found.append(stretch)
    return found


def _stretches(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[_Stretch]:
    """Equal and changed stretches; words are found again first, then the signs between them."""
    start = new_start = 0
    for i, j in (*_same_words(old, new), (len(old), len(new))):
        first = last = 0
        most = min(i - start, j - new_start)
        while first < most and old[start + first].key == new[new_start + first].key:
            first += 1
        while last < most - first and old[i - 1 - last].key == new[j - 1 - last].key:
            last += 1
        yield _Stretch(start, start + first, new_start, new_start + first, equal=True)
        yield _Stretch(start + first, i - last, new_start + first, j - last, equal=False)
        # The word itself, which is behind the end of both sides after the last one.
        start, new_start = min(i + 1, len(old)), min(j + 1, len(new))
        yield _Stretch(i - last, start, j - last, new_start, equal=True)


def _same_words(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The places of words, fields and line ends that both sides have, as many as keep their order."""
    places, new_places = _word_places(old), _word_places(new)
    if len(places) * len(new_places) > _MOST:
        return
    for code in Indel.opcodes([old[place].key for place in places], [new[place].key for place in new_places]):
        if code.tag == "equal":
            yield from zip(
                places[code.src_start : code.src_end], new_places[code.dest_start : code.dest_end], strict=True
            )


def _word_places(some: Sequence[Piece]) -> list[int]:
    return [place for place, piece in enumerate(some) if piece.content is not None or _WORD.match(piece.key)]


def _size(old: Sequence[Piece], new: Sequence[Piece], stretch: _Stretch) -> int:
    """Characters of a change that can be seen, on its longer side."""
    return max(_characters(old[stretch.old : stretch.old_end]), _characters(new[stretch.new : stretch.new_end]))


def _characters(some: Sequence[Piece]) -> int:
    return sum(len(piece.key) for piece in some if not piece.key.isspace())


def _is_stray(island: Sequence[Piece], change: int) -> bool:
    """Whether equal pieces between two changes are too small to be read as kept; line ends never are."""
    if any(piece.content is not None for piece in island):
        return False
    words = sum(1 for piece in island if _WORD.match(piece.key))
    return not words or (words < _PHRASE and _characters(island) <= change)
