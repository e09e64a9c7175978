"""What a reader sees in a Word document from anywhere: its paragraphs, where each stands, and what is beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from qtnb.render.asides import asides_in
from qtnb.render.body import PIECES, Body
from qtnb.render.foreign_xml import elements, parsed
from qtnb.render.hidden_means import does_of, hidden_means
from qtnb.render.package import MAIN_PART
from qtnb.render.reading import Block, Reading
from qtnb.render.word_names import W

_CHANGES: Final = tuple(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_PACKAGE_RELATIONS: Final = "_rels/.rels"
_OTHER_MAIN: Final = "phần chính khác"


@dataclass(frozen=True, slots=True)
class Visible:
    """What a reader sees."""

    blocks: tuple[Block, ...]
    has_changes: bool
    """Whether tracked changes are waiting."""
    asides: tuple[Block, ...] = ()
    unread: tuple[str, ...] = ()
    """What the document holds that is not read here, in words."""

    @property
    def reading(self) -> Reading:
        """The same without the places of its paragraphs."""
        return Reading(tuple(block.text for block in self.blocks), self.asides, self.unread)


def visible(parts: Mapping[str, bytes], *, marked: bool = False) -> Visible:
    """What a reader sees of the document in ``parts``: as if all tracked changes were accepted, or else ``marked``.

    Marked, a paragraph shows what came in as ``[+…+]`` and what went as ``[-…-]``.

    Raises ValueError when its main part is no document.
    """
    styles = parsed(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    asides = asides_in(parts)
    noted = _Noted(styles)
    for story in asides.stories:
        noted.look_at(story)
    pieces = noted.seen(elements(parts[MAIN_PART], PIECES, f"{W}document"))
    blocks = tuple(Body(marked=marked).blocks(pieces))
    if not _is_main(parts.get(_PACKAGE_RELATIONS, b"")):
        noted.unread.add(_OTHER_MAIN)
    return Visible(blocks, noted.has_changes, asides.blocks, tuple(sorted(noted.unread)))


class _Noted:
    """What is noted of the elements of a document while they pass."""

    def __init__(self, styles: etree._Element | None) -> None:
        """``styles`` may do something to the text that has them; None without any."""
        self._styles = does_of(styles)
        self.unread: set[str] = set()
        self.has_changes = False

    def look_at(self, element: etree._Element) -> None:
        """Note what ``element`` holds."""
        self.unread.update(hidden_means(element, self._styles))
        self.has_changes = self.has_changes or next(element.iter(*_CHANGES), None) is not None

    def seen(self, pieces: Iterable[etree._Element]) -> Iterator[etree._Element]:
        """``pieces`` as they pass; the root that comes last holds no text of its own."""
        for piece in pieces:
            self.look_at(piece)
            if piece.tag in PIECES:
                yield piece


def _is_main(relationships: bytes) -> bool:
    """Whether a reader is shown the part that is read here, and no other."""
    try:
        root = parsed(relationships) if relationships else etree.Element("none")
    except ValueError:
        return False
    main = [item for item in root if (item.get("Type") or "").endswith("/officeDocument")]
    targets = [((item.get("Target") or "").removeprefix("/"), item.get("TargetMode") or "Internal") for item in main]
    return targets == [(MAIN_PART, "Internal")]
