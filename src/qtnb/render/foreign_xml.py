"""XML of strangers' packages, read safely and in one vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from lxml import etree

_MOST_ELEMENTS: Final = 16_000_000
"""Elements and attributes of one part: what reading it takes grows with them. A decision on 4,000 procedures has 6
million, saved by LibreOffice twice as many."""
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_NARROW: Final = frozenset({b"utf-8", b"utf8", b"us-ascii"})
_WIDE: Final = frozenset({b"utf-16", b"utf-16le", b"utf-16be"})
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
"""The namespaces of ISO/IEC 29500 Strict, and those of Transitional in which everything else here is written."""


def parsed(content: bytes, *, long_texts: bool = False) -> etree._Element:
    """The root of ``content``; comments and processing instructions are left out, as they part no text.

    ``long_texts`` lets texts of more than 10 million characters through. Raises ValueError when it is no XML as office
    programs write it, has a DTD, or more elements than any document of qtnb.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=long_texts,
    )
    try:
        return etree.fromstring(_sound(content), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def elements(content: bytes, tags: Sequence[str], root_tag: str) -> Iterator[etree._Element]:
    """The outermost elements with one of ``tags`` in ``content``, and last the root with what is left outside them.

    Each is emptied when the next one is asked for: of a long document only a piece is in memory. Raises ValueError as
    :func:`parsed` does, and for another root than ``root_tag``.
    """
    events = etree.iterparse(
        BytesIO(_sound(content)),
        events=("end",),
        tag=(*tags, root_tag),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    try:
        for _, element in events:
            root = element
            if next(element.iterancestors(*tags), None) is None:
                yield element
                element.clear()
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None or root.tag != root_tag or root.getparent() is not None:
        raise ValueError("another root")


def _sound(content: bytes) -> bytes:
    raw = _utf8(content)
    if b"<!DOCTYPE" in raw:
        raise ValueError("DTD")
    if raw.count(b"<") - raw.count(b"</") + raw.count(b"=") > _MOST_ELEMENTS:
        raise ValueError("too many elements")
    if _STRICT in raw:
        for strict, transitional in _TRANSITIONAL:
            raw = raw.replace(strict, transitional)
    return raw


def _utf8(content: bytes) -> bytes:
    """The part in UTF-8. The name of another encoding would make an office program read other letters than here."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    raw = content.decode("utf-16").encode() if wide else content.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(raw)
    if declared is None:
        return raw
    if declared[1].lower() not in (_WIDE if wide else _NARROW):
        raise ValueError("encoding")
    return raw[declared.end() :]
