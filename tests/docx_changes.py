"""An independent reader of tracked changes: the story of a Word file after all are accepted or rejected.

It follows ISO/IEC 29500-1, 17.13.5, and knows nothing of how qtnb writes redlines. Where the standard
leaves a document without a meaning (the last paragraph of a cell gone, text whose end is gone before a
table), it fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from xml.etree import ElementTree as ET

from docx_outline import W

Story = list[object]
"""A paragraph is its text, a table a list of rows, a row a list of cells, a cell a story."""

SECTION_END = "\x0c"
"""At the end of a paragraph that ends a section."""


class Resolve(Enum):
    """What to do with all changes; the value is the mark of what goes away."""

    ACCEPT = f"{W}del"
    REJECT = f"{W}ins"


_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_SILENT = {f"{W}{name}" for name in ("rPr", "pPr", "sdtPr", "bookmarkStart", "bookmarkEnd", "proofErr", "fldChar")}
_HOLDERS = {f"{W}{name}" for name in ("ins", "del", "hyperlink", "sdt", "sdtContent", "smartTag", "fldSimple")}


def story_of(parts: Mapping[str, bytes], resolve: Resolve, part: str = "word/document.xml") -> Story:
    """What ``part`` says once all changes are resolved; for a file without changes, what it says."""
    root = ET.fromstring(parts[part])  # noqa: S314 - our own document
    _check_marks(root)
    body = root.find(f"{W}body")
    return _story(root if body is None else body, resolve, row_is_tracked=False)


def _story(container: Iterable[ET.Element], resolve: Resolve, *, row_is_tracked: bool) -> Story:
    story: Story = []
    carried = ""
    end_is_tracked = False
    for block in container:
        if block.tag == f"{W}p":
            end_is_tracked = any(block.find(f"{W}pPr/{W}rPr/{way.value}") is not None for way in Resolve)
            carried += _text(block, resolve)
            if block.find(f"{W}pPr/{W}rPr/{resolve.value}") is None:
                story.append(carried + (SECTION_END if block.find(f"{W}pPr/{W}sectPr") is not None else ""))
                carried = ""
        elif block.tag == f"{W}tbl":
            assert not carried, f"text before a table has lost its end: {carried!r}"
            end_is_tracked = False
            if rows := [_row(row, resolve) for row in block.findall(f"{W}tr") if not _goes(row, resolve)]:
                story.append(rows)
        else:
            assert block.tag in {f"{W}tcPr", f"{W}sectPr", f"{W}bookmarkStart", f"{W}bookmarkEnd"}, block.tag
    assert row_is_tracked or not end_is_tracked, f"nothing follows the tracked end of {carried!r}"
    return story


def _goes(row: ET.Element, resolve: Resolve) -> bool:
    return row.find(f"{W}trPr/{resolve.value}") is not None


def _row(row: ET.Element, resolve: Resolve) -> list[Story]:
    tracked = any(_goes(row, way) for way in Resolve)
    return [_story(cell, resolve, row_is_tracked=tracked) for cell in row.findall(f"{W}tc")]


def _text(element: ET.Element, resolve: Resolve) -> str:
    found = ""
    for child in element:
        if child.tag == f"{W}r":
            found += "".join(_sign(piece) for piece in child)
        elif child.tag in _HOLDERS and child.tag != resolve.value:
            found += f"{{{child.get(f'{W}instr')}}}" if child.tag == f"{W}fldSimple" else ""
            found += _text(child, resolve)
        else:
            assert child.tag in {resolve.value, *_SILENT}, child.tag
    return found


def _sign(piece: ET.Element) -> str:
    if piece.tag in {f"{W}t", f"{W}delText"}:
        text = piece.text or ""
        return text if piece.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" \t\r\n")
    if piece.tag in {f"{W}instrText", f"{W}delInstrText"}:
        return f"{{{piece.text}}}"
    return _SIGNS.get(piece.tag, "" if piece.tag in _SILENT else f"<{piece.tag.removeprefix(W)}>")


def _check_marks(root: ET.Element) -> None:
    """Numbers are unique; all marks name author and time; deleted text, and no other, is w:delText."""
    marks = [mark for way in Resolve for mark in root.iter(way.value)]
    numbers = [mark.get(f"{W}id") for mark in marks]
    assert len(set(numbers)) == len(numbers)
    assert all(mark.get(f"{W}author") and mark.get(f"{W}date") for mark in marks)
    for deleted in root.iter(f"{W}del"):
        assert not list(deleted.iter(f"{W}t")) or list(deleted.iter(f"{W}drawing")), "w:t in w:del"
    inside = sum(1 for deleted in root.iter(f"{W}del") for _ in deleted.iter(f"{W}delText"))
    assert inside == sum(1 for _ in root.iter(f"{W}delText")), "w:delText outside w:del"


def changes(parts: Mapping[str, bytes], part: str = "word/document.xml") -> list[str]:
    """What a reader sees marked, in order: ``+`` or ``-``, then a text, or ``|`` and the cells of a whole row."""
    return list(_changes(ET.fromstring(parts[part])))  # noqa: S314 - our own document


def _changes(element: ET.Element) -> Iterator[str]:
    signs = {f"{W}ins": "+", f"{W}del": "-"}
    for child in element:
        marked = [sign for tag, sign in signs.items() if child.find(f"{W}trPr/{tag}") is not None]
        if marked:
            cells = ("¶".join("".join(par.itertext()) for par in cell.iter(f"{W}p")) for cell in child.iter(f"{W}tc"))
            yield f"{marked[0]}| {' | '.join(cells)}"
        elif child.tag in signs and element.tag != f"{W}rPr":
            yield signs[child.tag] + "".join(map(_sign, (piece for run in child.iter(f"{W}r") for piece in run)))
        elif child.tag != f"{W}pPr":
            yield from _changes(child)
