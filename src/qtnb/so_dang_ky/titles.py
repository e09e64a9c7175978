"""What the form calls a place in the data of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.schema import SchemaName, load_schema

_SCHEMAS: Final = {"CV": SchemaName.CV, "LT": SchemaName.LT, "QD": SchemaName.QD}


@cache
def title_of(loai: str, at: DataPath) -> str:
    """The title of the key that the path ends in, in a file of the kind ``loai``; the key itself where it has none.

    Rows have no title: a path that ends in one gives that of its list.
    """
    keys = [step for step in at if isinstance(step, str)]
    found = [""]
    options: list[Mapping[str, Any]] = [load_schema(_SCHEMAS[loai])]
    for step in at:
        options = [inner for node in options for inner in _inner(loai, node, step)]
        if isinstance(step, str):
            found = [node["title"] for node in options if "title" in node]
    return found[0] if found else keys[-1]


def _inner(loai: str, node: Mapping[str, Any], step: str | int) -> Iterator[Mapping[str, Any]]:
    """What the schema says of ``step`` below ``node``; what a reference says comes after what stands beside it."""
    inner = node.get("properties", {}).get(step) if isinstance(step, str) else node.get("items")
    if inner is not None:
        yield from _options(loai, inner)


def _options(loai: str, node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        yield from _options(loai, load_schema(_SCHEMAS[loai])["$defs"][name])
    for option in node.get("oneOf", ()):
        yield from _options(loai, option)
