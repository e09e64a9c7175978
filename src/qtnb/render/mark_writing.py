"""Puts the mark into a document.

It is kept twice: whole in a custom XML part, which Word keeps, and in short in the custom document
properties, which every office program keeps and shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from qtnb.render.mark import NAMESPACE, PROPERTY, VERSION, DauVanBan
from qtnb.render.printed import Listener
from qtnb.render.reading import Reading

_PROPERTIES_PART: Final = "docProps/custom.xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What [MS-OSHARED] 2.3.3.2.2 gives every property that users define."""
_STORE_ID: Final = "{6C1F3C1E-97A4-4B5A-9B1C-51746E620001}"
"""Of our custom XML part; one in each document."""


def with_mark(parts: Mapping[str, Iterable[bytes]], mark: DauVanBan) -> dict[str, Iterable[bytes]]:
    """The parts of a document with ``mark``, whose texts are taken from the document itself while it is written.

    The parts that hold the mark stand last, so that the document has passed by then.
    """
    listener = Listener()
    heard = {name: listener.overheard(name, content) for name, content in parts.items()}
    return _marked(heard, mark, cache(listener.reading))


def with_known_mark(
    parts: Mapping[str, Iterable[bytes]], mark: DauVanBan, reading: Reading
) -> dict[str, Iterable[bytes]]:
    """The parts of a document that says ``reading``, with ``mark``."""
    return _marked(parts, mark, lambda: reading)


def _marked(
    parts: Mapping[str, Iterable[bytes]], mark: DauVanBan, reading: Callable[[], Reading]
) -> dict[str, Iterable[bytes]]:
    target = _free_name(parts)
    marked: dict[str, Iterable[bytes]] = {}
    for name, content in parts.items():
        match name:
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
    marked[f"{target}.xml"] = _item(mark, reading)
    marked[target.replace("item", "itemProps") + ".xml"] = [_item_properties()]
    marked[target.replace("item", "_rels/item") + ".xml.rels"] = [_item_relationships(target)]
    marked[_PROPERTIES_PART] = _custom_properties(mark, reading)
    return marked


def _item(mark: DauVanBan, reading: Callable[[], Reading]) -> Iterator[bytes]:
    said = reading()
    data = {
        "phien_ban": VERSION,
        "loai": mark.loai,
        "qtnb": mark.qtnb,
        "co_quan": mark.co_quan,
        "ban": mark.ban,
        "ve": mark.ve,
        "quyet_dinh": mark.quyet_dinh,
        "so_ky_hieu": mark.so_ky_hieu,
        "ngay": mark.ngay,
        "quy_trinh": [asdict(item) for item in mark.quy_trinh],
        "van_ban": said.texts,
        "ngoai_than": said.asides,
        "khong_doc": said.unread,
        "dau_van_ban": said.seal,
        "dau_khac": dict(mark.dau_khac),
    }
    content = escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    yield f'{_HEAD}<dau xmlns="{NAMESPACE}">{content}</dau>'.encode()


def _custom_properties(mark: DauVanBan, reading: Callable[[], Reading]) -> Iterator[bytes]:
    values = {
        "phien_ban": mark.qtnb,
        "loai": mark.loai,
        "co_quan": mark.co_quan,
        "ban": mark.ban,
        "ve": mark.ve,
        "quyet_dinh": mark.quyet_dinh,
        "so_ky_hieu": mark.so_ky_hieu,
        "ngay": mark.ngay,
        "quy_trinh": "\n".join(f"{item.ky_hieu or '-'}={item.khoa}" for item in mark.quy_trinh),
        "dau_van_ban": reading().seal,
        "dau_khac": "\n".join(f"{name}={seal}" for name, seal in mark.dau_khac.items()),
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
