"""Finding the mark in a document from anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from qtnb.render.mark import NAMESPACE, PROPERTY, DauQuyTrinh, DauVanBan

_ELEMENT: Final = f"{{{NAMESPACE}}}dau"
_TEXTS: Final = ("qtnb", "co_quan", "ban", "quyet_dinh", "so_ky_hieu", "ngay", "dau_van_ban")
_PROPERTIES_PART: Final = "docProps/custom.xml"


def mark_in(parts: Mapping[str, bytes]) -> DauVanBan | None:
    """The mark of a document, from its own part or, where that was lost, from its properties; None without either.

    A mark comes from strangers as the document does: one that is not wholly as qtnb writes it counts as none.
    """
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content:
            root = _parsed(content)
            mark = _from_json(root.text or "") if root is not None and root.tag == _ELEMENT else None
            if mark is not None:
                return mark
    return _from_properties(parts.get(_PROPERTIES_PART, b""))


def _from_json(text: str) -> DauVanBan | None:
    try:
        data = json.loads(text)
        procedures = tuple(_procedure(item) for item in data["quy_trinh"])
        texts = tuple(data["van_ban"])
        fields = {name: data[name] for name in _TEXTS}
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not all(isinstance(value, str) for value in (*texts, *fields.values())):
        return None
    return DauVanBan(**fields, quy_trinh=procedures, van_ban=texts)


def _procedure(data: Any) -> DauQuyTrinh:  # noqa: ANN401 - any JSON value
    seals = {str(part): str(seal) for part, seal in data["dau"].items()}
    return DauQuyTrinh(str(data["khoa"]), str(data["ky_hieu"]), seals)


def _from_properties(content: bytes) -> DauVanBan | None:
    root = _parsed(content) if content else None
    if root is None:
        return None
    values = {
        str(element.get("name", "")).removeprefix(f"{PROPERTY}."): "".join(element.itertext())
        for element in root
        if str(element.get("name", "")).startswith(f"{PROPERTY}.")
    }
    if "dau_van_ban" not in values or "quyet_dinh" not in values:
        return None
    pairs = (pair.partition("=") for pair in values.get("quy_trinh", "").splitlines())
    procedures = tuple(DauQuyTrinh(key, "" if symbol == "-" else symbol, {}) for symbol, _, key in pairs)
    fields = {name: values.get(name, "") for name in _TEXTS} | {"qtnb": values.get("phien_ban", "")}
    return DauVanBan(**fields, quy_trinh=procedures, van_ban=())


def _parsed(content: bytes) -> etree._Element | None:
    # Long texts are let through: the mark holds all that the document says.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    return None if root.getroottree().docinfo.doctype else root
