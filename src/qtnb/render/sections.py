"""Keeps a rendered document from ending with an empty section.

A section's page is set where it ends, and that of the last one stands for good at the end of the template. So
that an appendix on broad pages can come last in some documents and be left out of others, it ends with a break
of its own; when nothing follows that break, it takes the place of the document's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TAIL = 16 * 1024
"""Bytes at the end that are looked into: an end has a few hundred."""

_EMPTY_END = re.compile(
    rb"""
    (?P<break> <w:sectPr\b(?:[^>](?!/>))*> (?:(?!</?w:sectPr\b).)* </w:sectPr> )
    (?P<rest> </w:pPr> (?:(?!</w:p>|<w:sectPr\b).)* </w:p> )
    (?: \s | <w:p(?:\s[^>]*)?/> | <w:p(?:\s[^>]*)?> (?: <w:pPr> (?:(?!</w:pPr>|<w:sectPr\b).)* </w:pPr> )? </w:p> )*
    <w:sectPr\b (?:(?!<w:sectPr\b|<w:p\b).)* </w:sectPr> \s* (?P<end> </w:body> .* ) \Z
    """,
    re.DOTALL | re.VERBOSE,
)


def without_empty_end(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The main part of a document, or another, its last section ended by the break before if nothing is in it."""
    tail = b""
    for chunk in chunks:
        tail += chunk
        if len(tail) > 2 * _TAIL:
            yield tail[:-_TAIL]
            tail = tail[-_TAIL:]
    yield _EMPTY_END.sub(rb"\g<rest>\g<break>\g<end>", tail)
