"""What a reader sees in a Word document from anywhere: its paragraphs, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES: Final = frozenset({f"{_W}br", f"{_W}cr", f"{_W}tab"})
_UNSEEN: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _ALTERNATE})
"""What was deleted, how things look, the code of a field, and the second telling of a drawing."""
_CHANGES: Final = frozenset({f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"})
_UNREAD: Final = {
    f"{_W}sym": "ký hiệu đặc biệt",
    f"{_W}customXml": "khối XML riêng",
    f"{_W}altChunk": "tệp nhúng",
    f"{_W}footnoteReference": "cước chú",
    f"{_W}endnoteReference": "chú thích cuối",
    f"{_W}vanish": "chữ ẩn",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "công thức",
}
"""What shows or hides text in ways that are not followed here; qtnb prints none of it."""
_MAIN: Final = re.compile(
    rb'/officeDocument"[^>]*Target="/?word/document\.xml"|Target="/?word/document\.xml"[^>]*/officeDocument"'
)
_FORM_ROW: Final = re.compile(r"\d+(?:\.\d+)*")
"""Labels of the forms' rows that head what stands below them: ``1``, ``3.2``, ``4.1``."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph with text."""

    text: str
    """With its spaces joined."""
    where: str
    """In the words of the document: heading, row and column; empty before the first heading."""


@dataclass(frozen=True, slots=True)
class Visible:
    """What a reader sees."""

    blocks: tuple[Block, ...]
    has_changes: bool
    """Whether tracked changes are waiting; the blocks are as if all were accepted."""
    unread: tuple[str, ...] = ()
    """What the document holds that is not read here, in words."""

    @property
    def texts(self) -> list[str]:
        """The texts of the paragraphs."""
        return [block.text for block in self.blocks]


def visible_blocks(document: bytes, relationships: bytes = b"") -> Visible:
    """The paragraphs of the main part of a document, tables row by row, headers and footers left out.

    ``relationships`` are those of the package: a reader may be shown another part as the main one.

    Raises ValueError when it is no XML; entities and DTDs are refused.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise ValueError("DTD")
    body = root.find(f"{_W}body")
    blocks = tuple(_Reader().blocks(body)) if body is not None else ()
    unread = [name for tag, name in _UNREAD.items() if next(root.iter(tag), None) is not None]
    if relationships and not _MAIN.search(relationships):
        unread.append("phần chính khác")
    return Visible(blocks, next(root.iter(*_CHANGES), None) is not None, tuple(unread))


class _Reader:
    """Walks the body and remembers where it is."""

    def __init__(self) -> None:
        self._heading = ""
        self._row = ""

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        for child in body:
            if child.tag == f"{_W}p":
                text = _text(child)
                if text:
                    self._heading = text
                    yield Block(text, "")
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
                yield from self.blocks(child)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        heads: list[str] = []
        for row in table.iter(f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [[text for p in cell.iter(f"{_W}p") if (text := _text(p))] for cell in row.findall(f".//{_W}tc")]
            first = cells[0][0] if cells and cells[0] else ""
            if row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                heads = [" ".join(cell) for cell in cells]
            if _FORM_ROW.fullmatch(first) and len(cells) > 1:
                self._row = " ".join([first, *cells[1]])
            for column, cell in enumerate(cells):
                where = self._place(first, heads[column] if len(heads) == len(cells) else "")
                yield from (Block(text, where) for text in cell)

    def _place(self, first: str, head: str) -> str:
        label = first if first and not _FORM_ROW.fullmatch(first) and len(first) < 6 and first != "-" else ""  # noqa: PLR2004
        parts = [self._heading, self._row, label, f"cột {head}" if head and label else ""]
        return ", ".join(part for part in parts if part)


def _text(paragraph: etree._Element) -> str:
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag not in _UNSEEN:
            yield from _pieces(child)
