"""What the form calls each value: the titles of the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from qtnb.diff.parts import ITEM
from qtnb.diff.printed import ALL_PROCEDURES
from qtnb.schema import SchemaName, load_schema

KeyPath = tuple[str, ...]
"""Keys from the top of a file, those of lists without their numbers: ``("cac_buoc", "thoi_gian")``."""

_OWN: Final[Mapping[KeyPath, str]] = {
    (ALL_PROCEDURES,): "Tất cả quy trình của kho",
    ("cac_buoc", "quay_lai"): "Quay lại bước",
    ("co_quan", "cac_buoc", "quay_lai"): "Quay lại bước",
    ("cac_buoc", "quay_lai", "khi"): "Trường hợp quay lại",
    ("co_quan", "cac_buoc", "quay_lai", "khi"): "Trường hợp quay lại",
}
"""Values that are no key of a file by themselves, or whose title needs its surroundings to be understood."""


def title_of(name: SchemaName, path: KeyPath) -> str:
    """The title of the value at ``path``; the key itself where the schema has none."""
    keys = tuple(key for part in path for key in part.split(".") if key != ITEM)
    return _OWN.get(keys) or _titles(name).get(keys) or keys[-1]


@cache
def _titles(name: SchemaName) -> dict[KeyPath, str]:
    schema = load_schema(name)
    return dict(_below((), schema, schema))


def _below(at: KeyPath, part: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    for key, value in part.get("properties", {}).items():
        whole = _resolved(value, schema)
        if "title" in whole:
            yield (*at, key), whole["title"]
        yield from _below((*at, key), whole, schema)
    for inner in (*([part["items"]] if "items" in part else []), *part.get("oneOf", ()), *part.get("anyOf", ())):
        yield from _below(at, _resolved(inner, schema), schema)


def _resolved(part: Any, schema: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a part of a schema
    """``part`` with what it refers to; its own words go before those."""
    if not isinstance(part, Mapping):
        return {}
    named = str(part.get("$ref", "")).removeprefix("#/$defs/")
    return {**schema.get("$defs", {}).get(named, {}), **part}
