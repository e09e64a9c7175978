"""The text of one paragraph of a Word document as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from lxml import etree

from qtnb.render.word_names import FALLBACK, W

_SPACES: Final = frozenset({f"{W}br", f"{W}cr", f"{W}tab", f"{W}ptab"})
_TEXTS: Final = frozenset({f"{W}t", f"{W}delText"})
_HYPHEN: Final = f"{W}noBreakHyphen"
_STATUS: Final = {f"{W}del": "-", f"{W}moveFrom": "-", f"{W}ins": "+", f"{W}moveTo": "+"}
_UNSEEN: Final = frozenset({f"{W}pPr", f"{W}rPr", f"{W}p", f"{W}tbl", FALLBACK})
"""How things look, and what has paragraphs of its own: the texts of a drawing."""
_MARKS: Final = {"+": ("[+", "+]"), "-": ("[-", "-]"), "": ("", "")}
_PAGE_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[\s\dIVXLCDMivxlcdm]*")
"""What such a field may show; anything else does not come from the page."""

_BEGIN, _CODE, _RESULT, _END = "\x02", "\x03", "\x04", "\x05"
"""A field among the pieces of a paragraph: no XML can hold these characters."""
_FIELD: Final = frozenset({_BEGIN, _CODE, _RESULT, _END})
_FIELD_PARTS: Final = {"begin": _BEGIN, "separate": _RESULT, "end": _END}

Piece: TypeAlias = tuple[str, str]
"""What became of a text (``+``, ``-`` or nothing), and the text."""


def pieces_of(paragraph: etree._Element) -> list[Piece]:
    """The texts of ``paragraph`` in order, each with what a tracked change does to it, and the fields among them."""
    return list(_pieces(paragraph, ""))


def line_of(pieces: Iterable[Piece], *, marked: bool = False, page_numbers: bool = True) -> str:
    """The text of ``pieces`` with spaces joined; with tracked changes accepted, or else ``marked``.

    Without ``page_numbers`` what such fields show is left out.
    """
    shown = [piece for piece in (pieces if page_numbers else _numberless(pieces)) if piece[1][:1] not in _FIELD]
    if not marked:
        return " ".join("".join(text for status, text in shown if status != "-").split())
    runs = groupby(shown, key=itemgetter(0))
    return " ".join("".join(_marked(status, run) for status, run in runs).split())


def _marked(status: str, run: Iterable[Piece]) -> str:
    before, after = _MARKS[status]
    return f"{before}{''.join(text for _, text in run)}{after}"


def end_is_gone(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted by a tracked change, so that it runs into the next."""
    properties = paragraph.find(f"{W}pPr")
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and mark.find(f"{W}del") is not None


def _pieces(element: etree._Element, status: str) -> Iterator[Piece]:
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            yield status, child.text or ""
        elif tag in _SPACES:
            yield status, " "
        elif tag == _HYPHEN:
            yield status, "-"
        elif tag == f"{W}fldChar":
            yield status, _FIELD_PARTS.get(child.get(f"{W}fldCharType") or "", _BEGIN)
        elif tag == f"{W}instrText":
            yield status, _CODE + (child.text or "")
        elif tag == f"{W}fldSimple":
            yield from ((status, _BEGIN), (status, _CODE + (child.get(f"{W}instr") or "")), (status, _RESULT))
            yield from _pieces(child, status)
            yield status, _END
        elif tag not in _UNSEEN:
            yield from _pieces(child, _STATUS.get(tag, status))


def _numberless(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without the page numbers that fields show."""
    code = ""
    held: list[Piece] | None = None
    for status, text in pieces:
        match text[:1]:
            case "\x02":
                code = ""
            case "\x03":
                code += text[1:]
            case "\x04":
                held = [] if _PAGE_FIELD.match(code) else held
            case "\x05" if held is not None:
                yield from _kept(held)
                held = None
            case _ if held is not None:
                held.append((status, text))
            case _:
                yield status, text
    yield from held or ()


def _kept(held: list[Piece]) -> list[Piece]:
    return [] if _NUMBER.fullmatch("".join(text for _, text in held)) else held
