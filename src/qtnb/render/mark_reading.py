"""Finding the mark in a document from anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from qtnb.render.foreign_xml import parsed
from qtnb.render.mark import NAMESPACE, PROPERTY, DauQuyTrinh, DauVanBan, LoaiVanBan
from qtnb.render.reading import Block, Reading

_ELEMENT: Final = f"{{{NAMESPACE}}}dau"
_TEXTS: Final = ("qtnb", "co_quan", "ban", "ve", "quyet_dinh", "so_ky_hieu", "ngay", "dau_van_ban")
_PROPERTIES_PART: Final = "docProps/custom.xml"
_MOST_BYTES: Final = 96 * 1024 * 1024
"""Of the part with the mark: all that a decision on 4,000 procedures says takes 15 MiB."""
_MOST_VALUES: Final = 4_000_000
"""Of the mark: what a value takes in memory is many times what it takes in the part."""


def mark_in(parts: Mapping[str, bytes]) -> DauVanBan | None:
    """The mark of a document, from its own part or, where that was lost, from its properties; None without either.

    A mark comes from strangers as the document does: one that is not wholly as qtnb writes it counts as none.
    """
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content and len(content) <= _MOST_BYTES:
            root = _parsed(content)
            mark = _from_json(root.text or "") if root is not None and root.tag == _ELEMENT else None
            if mark is not None:
                return mark
    return _from_properties(parts.get(_PROPERTIES_PART, b""))


def _from_json(text: str) -> DauVanBan | None:
    if sum(map(text.count, ",[{")) > _MOST_VALUES:
        return None
    try:
        return _mark(json.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _mark(data: Any) -> DauVanBan:  # noqa: ANN401 - any JSON value
    """The mark of ``data``; what it is not raises one of many errors."""
    return DauVanBan(
        **{name: _string(data[name]) for name in _TEXTS},
        loai=LoaiVanBan(data["loai"]),
        quy_trinh=tuple(
            DauQuyTrinh(_string(item["khoa"]), _string(item["ky_hieu"]), _strings(item["dau"]))
            for item in data["quy_trinh"]
        ),
        dau_khac=_strings(data["dau_khac"]),
        noi_dung=Reading(
            tuple(map(_string, data["van_ban"])),
            tuple(Block(_string(text), _string(where)) for text, where in data["ngoai_than"]),
            tuple(map(_string, data["khong_doc"])),
        ),
    )


def _string(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can write what is no text; that raises a ValueError
    return value


def _strings(value: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON value
    return {_string(name): _string(text) for name, text in value.items()}


def _from_properties(content: bytes) -> DauVanBan | None:
    root = _parsed(content) if content else None
    if root is None:
        return None
    values = {
        str(element.get("name", "")).removeprefix(f"{PROPERTY}."): "".join(element.itertext())
        for element in root
        if str(element.get("name", "")).startswith(f"{PROPERTY}.")
    }
    if "dau_van_ban" not in values or values.get("loai") not in set(LoaiVanBan):
        return None
    pairs = (pair.partition("=") for pair in values.get("quy_trinh", "").splitlines())
    others = (pair.partition("=") for pair in values.get("dau_khac", "").splitlines())
    texts = {name: values.get(name, "") for name in _TEXTS} | {"qtnb": values.get("phien_ban", "")}
    return DauVanBan(
        **texts,
        noi_dung=None,
        loai=LoaiVanBan(values["loai"]),
        quy_trinh=tuple(DauQuyTrinh(key, "" if symbol == "-" else symbol, {}) for symbol, _, key in pairs),
        dau_khac={name: seal for name, _, seal in others},
    )


def _parsed(content: bytes) -> etree._Element | None:
    try:
        return parsed(content, long_texts=True)  # the mark holds all that the document says
    except ValueError:
        return None
