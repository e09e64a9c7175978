"""Where the data of a procedure or decision differ from those approved, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.schema import SchemaName, load_schema
from qtnb.text import shown
from qtnb.words.writing import paragraphs

_NOT_PRINTED: Final = frozenset({"thu_tu", "ly_do"})
"""Keys that no decision prints; those with ``x-`` are neither."""
_STEPS: Final = "cac_buoc"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two versions differ."""

    at: DataPath
    """In the present data; its nearest ancestor that exists is the place to show."""
    old: Any
    """None where the approved version has nothing."""
    new: Any
    """None where the present version has nothing."""

    @property
    def where(self) -> str:
        """The place in the form's words: ``“Thời gian” của B2``."""
        return place_name(self.at)

    @property
    def fact(self) -> str:
        """What is different, as the end of a sentence."""
        if self.old is None:
            return f"không có trong bản đã phê duyệt, nay là {_told(self.new)}"
        if self.new is None:
            return f"trong bản đã phê duyệt là {_told(self.old)}, nay không còn"
        return f"trong bản đã phê duyệt là {_told(self.old)}, nay là {_told(self.new)}"


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every printed place where ``new`` says something else than ``old``; both fit one schema."""
    return list(_mapping((), old, new))


def place_name(at: DataPath) -> str:
    """How the form calls a place in the data of a procedure."""
    steps = [f"B{row + 1}" for key, row in pairwise(at) if key == _STEPS and isinstance(row, int)]
    keys = [key for key in at if isinstance(key, str) and key != _STEPS]
    rows = [row + 1 for key, row in pairwise(at) if key != _STEPS and isinstance(row, int)]
    name = f"“{_titles(nested=len(at) > 1).get(keys[-1], keys[-1])}”" if keys else ("Bước" if steps else "Các bước")
    if rows:
        name += f", mục {rows[-1]}"
    return f"{name} của {steps[-1]}" if steps and keys else " ".join([name, *steps])


def _mapping(at: DataPath, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        if key not in _NOT_PRINTED and not key.startswith("x-"):
            yield from _value((*at, key), old.get(key), new.get(key))


def _value(at: DataPath, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401 - YAML values
    old, new = normal(old), normal(new)
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mapping(at, old, new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list(at, old, new)
    else:
        yield Difference(at, old, new)


def _list(at: DataPath, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    """Rows that begin or end both lists alike are left out; those between are compared one by one."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    for row, (mine, theirs) in enumerate(zip_longest(before, after), start):
        yield from _value((*at, row), mine, theirs)


def normal(value: Any) -> Any:  # noqa: ANN401 - YAML values
    """``value`` as printing takes it: nothing said is None, and spaces around lines are dropped."""
    if isinstance(value, str):
        return "\n".join(paragraphs(value.strip())) or None
    if isinstance(value, Mapping):
        return {key: part for key, raw in value.items() if (part := normal(raw)) is not None} or None
    if isinstance(value, list):
        return [normal(part) for part in value] or None
    return None if value is False else value


def _told(value: Any) -> str:  # noqa: ANN401 - YAML values
    if isinstance(value, Mapping):
        return f"“{shown('; '.join(str(part) for part in value.values() if isinstance(part, str)))}”"
    if isinstance(value, list):
        return f"“{shown('; '.join(map(str, value)))}”"
    return "“có”" if value is True else f"“{shown(value)}”"


@cache
def _titles(*, nested: bool) -> dict[str, str]:
    """The titles of keys, from the schemas: those at the top of a file, or those inside."""
    found: dict[str, str] = {}
    for name in (SchemaName.QD, SchemaName.LT, SchemaName.CV):
        schema = load_schema(name)
        for part in schema.get("$defs", {}).values() if nested else [schema]:
            found |= {key: value["title"] for key, value in part.get("properties", {}).items() if "title" in value}
    return found
