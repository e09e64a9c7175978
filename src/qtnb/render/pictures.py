"""Pictures of charts as the elements and parts of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import escape

from qtnb.words.blocks import Hinh

_EMU = 36_000
"""Units of a drawing in a millimetre."""
_WIDEST, _HIGHEST = 165.0, 225.0
"""Millimetres of a page that stands, the head of an appendix left over."""
_FIRST_ID = 10_001
"""Above what Word gives to the drawings of a template."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS_PART = "word/_rels/document.xml.rels"
_TYPES_PART = "[Content_Types].xml"
_PNG_TYPE = '<Default Extension="png" ContentType="image/png"/>'
_KNOWS_PNG = re.compile(rb'Extension="png"', re.IGNORECASE)
_TYPES_START = re.compile(rb"<Types\b[^>]*>")


def picture_xml(hinh: Hinh) -> str:
    """A paragraph that holds the picture, made smaller where it would not fit the page; its title is the alt text."""
    picture = hinh.picture
    scale = min(_WIDEST / picture.width, _HIGHEST / picture.height, 1)
    extent = f'cx="{round(picture.width * scale * _EMU)}" cy="{round(picture.height * scale * _EMU)}"'
    title = escape(" ".join(picture.title.split()))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Hinh"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/'
        f'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{_FIRST_ID + hinh.so}" name="{_name(hinh)}" descr="{title}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="{_name(hinh)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{_relation(hinh)}"/><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def with_pictures(parts: Mapping[str, Iterable[bytes]], pictures: Sequence[Hinh]) -> dict[str, Iterable[bytes]]:
    """Add the files of ``pictures`` to the parts of a document, and what makes them known in it."""
    if not pictures:
        return dict(parts)
    types, rels = b"".join(parts[_TYPES_PART]), b"".join(parts[_RELS_PART])
    if not _KNOWS_PNG.search(types):
        types = _TYPES_START.sub(lambda start: start[0] + _PNG_TYPE.encode(), types, count=1)
    relations = "".join(
        f'<Relationship Id="{_relation(hinh)}" Type="{_RELATIONS}/image" Target="media/{_name(hinh)}.png"/>'
        for hinh in pictures
    )
    rels = rels.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    media = {f"word/media/{_name(hinh)}.png": [hinh.picture.png] for hinh in pictures}
    return {**parts, _TYPES_PART: [types], _RELS_PART: [rels], **media}


def _name(hinh: Hinh) -> str:
    return f"bieu-do-{hinh.so}"


def _relation(hinh: Hinh) -> str:
    return f"qtnbBieuDo{hinh.so}"
