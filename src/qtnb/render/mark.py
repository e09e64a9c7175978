"""The mark that a rendered document carries unseen: what it is, and what it said when it was rendered.

It is kept twice: whole in a custom XML part, which Word keeps, and in short in the custom document
properties, which every office program keeps and shows.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

NAMESPACE: Final = "https://qtnb.invalid/dau/1"
"""Of the element that holds the mark, in whatever part an office program puts it."""
PROPERTY: Final = "qtnb"
"""Prefix of the custom document properties."""
VERSION: Final = 1

_PROPERTIES_PART: Final = "docProps/custom.xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What [MS-OSHARED] 2.3.3.2.2 gives every property that users define."""
_STORE_ID: Final = "{6C1F3C1E-97A4-4B5A-9B1C-51746E620001}"
"""Of our custom XML part; one in each document."""
_PIECE: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:(?:br|tab|cr)(?: w:type=\"\w+\")?/>)|(</w:p>)")


@dataclass(frozen=True, slots=True)
class DauQuyTrinh:
    """One procedure of a marked document."""

    khoa: str
    ky_hieu: str
    dau: Mapping[str, str]
    """Seals by part (:class:`qtnb.model.Phan`)."""


@dataclass(frozen=True, slots=True)
class DauVanBan:
    """The mark of a document."""

    qtnb: str
    """Version of the qtnb that rendered it."""
    co_quan: str
    """The agency of the kho."""
    ban: str
    """Revision of the kho; empty when nobody told."""
    quyet_dinh: str
    """Key of the decision."""
    so_ky_hieu: str
    """``123/QĐ-SNV``; empty for one that was not signed."""
    ngay: str
    """Year-month-day; empty for one that was not signed."""
    quy_trinh: tuple[DauQuyTrinh, ...]
    van_ban: tuple[str, ...] = field(default=())
    """Every paragraph that a reader sees, in order; empty when only the seal of them is known."""
    dau_van_ban: str = ""
    """SHA-256 of them."""


def with_mark(parts: Mapping[str, Iterable[bytes]], mark: DauVanBan) -> dict[str, Iterable[bytes]]:
    """The parts of a document with ``mark``, whose texts are taken from the document itself while it is written.

    The parts that hold the mark stand last, so that the document has passed by then.
    """
    seen: list[str] = []
    target = _free_name(parts)
    marked: dict[str, Iterable[bytes]] = {}
    for name, content in parts.items():
        match name:
            case "word/document.xml":
                marked[name] = _overheard(content, seen)
            case "[Content_Types].xml":
                marked[name] = [_with_content_types(_text(content), target)]
            case "_rels/.rels":
                marked[name] = [_with_relationship(_text(content), "custom-properties", _PROPERTIES_PART)]
            case "word/_rels/document.xml.rels":
                marked[name] = [_with_relationship(_text(content), "customXml", f"../{target}.xml")]
            case "docProps/custom.xml":
                pass  # the template author's own; ours takes its place
            case _:
                marked[name] = content
    marked[f"{target}.xml"] = _item(mark, seen)
    marked[target.replace("item", "itemProps") + ".xml"] = [_item_properties()]
    marked[target.replace("item", "_rels/item") + ".xml.rels"] = [_item_relationships(target)]
    marked[_PROPERTIES_PART] = _custom_properties(mark, seen)
    return marked


def texts_of(xml: str) -> list[str]:
    """Every paragraph with text in the XML of a document that qtnb has rendered, spaces joined.

    For a document from elsewhere see :func:`qtnb.render.visible.visible_blocks`, which gives the same of ours.
    """
    texts: list[str] = []
    pieces: list[str] = []
    for text, gap, end in _PIECE.findall(xml):
        if end:
            line = " ".join(html.unescape("".join(pieces)).split())
            if line:
                texts.append(line)
            pieces.clear()
        else:
            pieces.append(" " if gap else text)
    return texts


def seal_of_texts(texts: Sequence[str]) -> str:
    """SHA-256 of what a reader sees."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _overheard(content: Iterable[bytes], seen: list[str]) -> Iterator[bytes]:
    chunks = []
    for chunk in content:
        chunks.append(chunk)
        yield chunk
    seen.extend(texts_of(b"".join(chunks).decode()))


def _item(mark: DauVanBan, seen: list[str]) -> Iterator[bytes]:
    data = {"phien_ban": VERSION} | asdict(mark) | {"van_ban": seen, "dau_van_ban": seal_of_texts(seen)}
    content = escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    yield f'{_HEAD}<dau xmlns="{NAMESPACE}">{content}</dau>'.encode()


def _custom_properties(mark: DauVanBan, seen: list[str]) -> Iterator[bytes]:
    values = {
        "phien_ban": mark.qtnb,
        "co_quan": mark.co_quan,
        "ban": mark.ban,
        "quyet_dinh": mark.quyet_dinh,
        "so_ky_hieu": mark.so_ky_hieu,
        "ngay": mark.ngay,
        "quy_trinh": "\n".join(f"{item.ky_hieu or '-'}={item.khoa}" for item in mark.quy_trinh),
        "dau_van_ban": seal_of_texts(seen),
    }
    properties = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{PROPERTY}.{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    yield (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{properties}</Properties>"
    ).encode()


def _item_properties() -> bytes:
    return (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _item_relationships(target: str) -> bytes:
    name = target.replace("customXml/item", "itemProps")
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="{name}.xml"/></Relationships>'
    ).encode()


def _with_content_types(text: str, target: str) -> bytes:
    properties = target.replace("item", "itemProps")
    word = "application/vnd.openxmlformats-officedocument"
    added = f'<Override PartName="/{properties}.xml" ContentType="{word}.customXmlProperties+xml"/>'
    if f'"/{_PROPERTIES_PART}"' not in text:
        added += f'<Override PartName="/{_PROPERTIES_PART}" ContentType="{word}.custom-properties+xml"/>'
    return _inserted(text, "</Types>", added)


def _with_relationship(text: str, kind: str, target: str) -> bytes:
    if f'Target="{target}"' in text:
        return text.encode()
    added = f'<Relationship Id="rIdQtnb" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
    return _inserted(text, "</Relationships>", added)


def _inserted(text: str, end: str, added: str) -> bytes:
    before, _, after = text.rpartition(end)
    return f"{before}{added}{end}{after}".encode()


def _text(content: Iterable[bytes]) -> str:
    return b"".join(content).decode("utf-8-sig")


def _free_name(parts: Mapping[str, Any]) -> str:
    number = 1
    while f"customXml/item{number}.xml" in parts:
        number += 1
    return f"customXml/item{number}"
