"""What a Word document says beside its body: in headers, footers, notes and comments, whatever their files' names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from qtnb.render.foreign_xml import parsed
from qtnb.render.lines import line_of, pieces_of
from qtnb.render.package import MAIN_PART
from qtnb.render.reading import Block
from qtnb.render.word_names import W

_PLACES: Final = {
    f"{W}hdr": "Đầu trang",
    f"{W}ftr": "Chân trang",
    f"{W}footnotes": "Cước chú",
    f"{W}endnotes": "Chú thích cuối",
    f"{W}comments": "Bình luận",
}
_ELSEWHERE: Final = re.compile(r"(?:customXml|docProps|word/(?:media|theme|embeddings))/|.*\.rels\Z", re.IGNORECASE)
"""Parts that hold no text of a page."""
_ROOT: Final = re.compile(rb"<(?:\w+:)?(?:hdr|ftr|footnotes|endnotes|comments)[\s>]|\x00")
"""What a part must hold to be worth reading: such a root, or letters of two bytes."""


@dataclass(frozen=True, slots=True)
class Asides:
    """What stands beside the body."""

    stories: tuple[etree._Element, ...] = ()
    blocks: tuple[Block, ...] = ()
    """The paragraphs with text, each once, in order of their letters."""


def asides_in(parts: Mapping[str, bytes]) -> Asides:
    """What the headers, footers, notes and comments among ``parts`` say; page numbers are not told.

    Raises ValueError for such a part that is no XML.
    """
    stories = tuple(_stories(parts))
    blocks = {block for story in stories for block in _blocks(story)}
    return Asides(stories, tuple(sorted(blocks)))


def _stories(parts: Mapping[str, bytes]) -> Iterator[etree._Element]:
    for name, content in parts.items():
        if name != MAIN_PART and not _ELSEWHERE.match(name) and _ROOT.search(content):
            root = parsed(content)
            if root.tag in _PLACES:
                yield root


def _blocks(story: etree._Element) -> Iterator[Block]:
    for paragraph in story.iter(f"{W}p"):
        text = line_of(pieces_of(paragraph), page_numbers=False)
        if text:
            yield Block(text, _PLACES[story.tag])
