"""What a document that qtnb has rendered says, taken from its parts while they are written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from qtnb.errors import QtnbError
from qtnb.render.asides import asides_in
from qtnb.render.foreign_xml import parsed
from qtnb.render.hidden_means import does_of, hidden_means
from qtnb.render.package import MAIN_PART, TEMPLATE
from qtnb.render.reading import Reading
from qtnb.render.visible import visible

_TEXT_END: Final = b"</w:t>"
_PARAGRAPH_END: Final = b"</w:p>"
_GAPS: Final = (b"<w:br", b"<w:tab/>", b"<w:cr/>")
"""Breaks and tabs; a tab stop of a paragraph has attributes."""
_NOT_PLAIN: Final = re.compile(
    rb"<(?:w:(?:sym|altChunk|drawing|pict|object|vanish|d?strike|numPr|fld\w+|instrText|ins|del|move\w+|ptab|txbxContent"
    rb"|noBreakHyphen)\b|m:|mc:AlternateContent)"
)
"""What the templates of offices may hold, and the quick reading does not follow."""
_STYLES: Final = "word/styles.xml"
_LEFT_OUT: Final = re.compile(r"word/(?:media|theme|embeddings)/")


class Listener:
    """Overhears the parts of a document."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._heard: dict[str, bytes] = {}

    def overheard(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """``content`` of the part ``name`` as it passes."""
        chunks = []
        for chunk in content:
            chunks.append(chunk)
            yield chunk
        if not _LEFT_OUT.match(name):
            self._heard[name] = b"".join(chunks)

    def reading(self) -> Reading:
        """What the document says, once all its parts have passed."""
        return reading_of(self._heard)


def reading_of(parts: Mapping[str, bytes]) -> Reading:
    """What the document in ``parts``, which qtnb has rendered, says; ``visible`` tells the same.

    Raises QtnbError for one that its template has spoilt.
    """
    try:
        return _reading(parts)
    except ValueError as error:
        raise QtnbError("Văn bản in ra không đọc lại được: mẫu có phần viết sai XML.", hint=TEMPLATE.hint) from error


def _reading(parts: Mapping[str, bytes]) -> Reading:
    xml = parts[MAIN_PART]
    styles = does_of(parsed(parts[_STYLES]) if _STYLES in parts else None)
    if _NOT_PLAIN.search(xml) or _is_styled(xml, styles):
        return visible(parts).reading
    asides = asides_in(parts)
    unread = {word for story in asides.stories for word in hidden_means(story, styles)}
    return Reading(tuple(texts_of(xml)), asides.blocks, tuple(sorted(unread)))


def texts_of(xml: bytes) -> list[str]:
    """Every paragraph with text in the XML of a plain document that qtnb has rendered, spaces joined."""
    texts: list[str] = []
    pieces: list[bytes] = []
    # Not by a pattern: a document of 2,000 procedures has 46 MB, and this takes a third of the time.
    for part in xml.split(_TEXT_END):
        before, _, text = part.rpartition(b">")
        if _PARAGRAPH_END in before:
            line = " ".join(html.unescape(b"".join(pieces).decode()).split())
            if line:
                texts.append(line)
            pieces.clear()
        elif pieces and any(gap in before for gap in _GAPS):
            pieces.append(b" ")
        pieces.append(text)
    return texts


def _is_styled(xml: bytes, styles: Iterable[str]) -> bool:
    """Whether any text may have one of ``styles``."""
    names = b"|".join(re.escape(style.encode()) for style in styles)
    return bool(names) and re.search(rb'Style w:val="(?:%b)"/>(?:(?!</w:p>).)*?<w:t[ >]' % names, xml) is not None
