"""Write the tables of the pages on formats from the schemas: ``python docs/build_format.py [--check]``.

The text between ``<!-- build_format: NAME -->`` and ``<!-- build_format: end -->`` is made from
``schemas/NAME.schema.json``; the rest of each page is written by hand. ``--check`` only compares.
"""  # noqa: INP001 - a script, no package

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = tuple(ROOT / "docs" / name for name in ("dinh-dang.md", "ke-hoach.md", "tong-hop.md"))

Schema: TypeAlias = Mapping[str, Any]

_MADE = re.compile(r"(<!-- build_format: ([\w-]+) -->\n).*?(<!-- build_format: end -->)", re.DOTALL)
_KINDS: Final = {
    "string": "chữ",
    "array": "danh sách",
    "object": "nhóm khóa",
    "boolean": "`true` hoặc `false`",
    "integer": "số nguyên",
    "number": "số",
}


def build(text: str) -> str:
    """The page ``text`` with every made part made anew."""
    return _MADE.sub(lambda part: f"{part[1]}\n{_tables(_load(part[2]))}\n{part[3]}", text)


def _load(name: str) -> Schema:
    schema: Schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _tables(schema: Schema) -> str:
    """One table for the file, then one for each group of keys in it."""
    parts = [_table(schema, schema)]
    parts += [f"{heading}\n\n{_table(part, schema)}" for heading, part in _groups(schema, schema, "")]
    return "\n".join(parts)


def _groups(part: Schema, schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Every group of keys below ``part``, with its heading."""
    for key, raw in part.get("properties", {}).items():
        below = _resolved(raw, schema)
        group = next(filter(_has_keys, (below, *_items(below, schema))), None)
        if group is not None:
            name = f"`{path}{key}`" if group is below else f"Mỗi mục của `{path}{key}`"
            yield f"**{name}.** {_safe(group['description'])}", group
            yield from _groups(group, schema, f"{path}{key}.")


def _items(part: Schema, schema: Schema) -> Iterator[Schema]:
    if "items" in part:
        items = _resolved(part["items"], schema)
        yield items
        yield from (_resolved(branch, schema) for branch in items.get("oneOf", ()))


def _has_keys(part: Schema) -> bool:
    return "properties" in part


def _table(part: Schema, schema: Schema) -> str:
    rows = [_row(key, _resolved(raw, schema), part, schema) for key, raw in part["properties"].items()]
    return "\n".join(["| Khóa | Giá trị | Bắt buộc | Ý nghĩa |", "| --- | --- | --- | --- |", *rows, ""])


def _row(key: str, part: Schema, owner: Schema, schema: Schema) -> str:
    examples = " hoặc ".join(f"`{_yaml(value)}`" for value in part.get("examples", ()))
    meaning = f"**{part['title']}.** {_safe(part['description'])}" + (f" Ví dụ: {examples}." if examples else "")
    kind = _kind(part, schema) + (", có thể để trống" if _may_be_blank(part) else "")
    return f"| `{key}` | {kind} | {_required(key, owner)} | {meaning} |"


def _required(key: str, owner: Schema) -> str:
    if key in owner.get("required", ()):
        return "có"
    return "có, trừ khi chưa có nội dung" if key in owner.get("else", {}).get("required", ()) else "không"


def _kind(part: Schema, schema: Schema) -> str:
    if "const" in part:
        return f"`{_yaml(part['const'])}`"
    if "enum" in part:
        return f"một trong: {', '.join(f'`{_yaml(value)}`' for value in part['enum'])}"
    if "oneOf" in part:
        return " hoặc ".join(_kind(_resolved(branch, schema), schema) for branch in part["oneOf"])
    words = " hoặc ".join(_KINDS[kind] for kind in _types(part) if kind != "null")
    if "items" in part:
        words = f"danh sách {_kind(_resolved(part['items'], schema), schema)}"
    return words + "".join(_limits(part))


def _types(part: Schema) -> Sequence[str]:
    types: str | Sequence[str] = part.get("type", ())
    return (types,) if isinstance(types, str) else types


def _may_be_blank(part: Schema) -> bool:
    return any("null" in _types(branch) for branch in (part, *part.get("oneOf", ())))


def _limits(part: Schema) -> Iterator[str]:
    if part.get("minItems"):
        yield f", ít nhất {part['minItems']} mục"
    if "minimum" in part:
        yield f", từ {part['minimum']}"
    if "exclusiveMinimum" in part:
        yield f", lớn hơn {part['exclusiveMinimum']}"
    if "maximum" in part:
        yield f", không quá {part['maximum']}"


def _resolved(part: Schema, schema: Schema) -> Schema:
    name = part.get("$ref", "").removeprefix("#/$defs/")
    return {**_resolved(schema["$defs"][name], schema), **part} if name else part


def _yaml(value: object) -> str:
    """``value`` as it may be typed on one line of YAML."""
    if isinstance(value, str):
        return value
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return text.removesuffix("...\n").strip()


def _safe(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    """Write the pages; with ``--check`` only say by 1 that one would change."""
    changed = False
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = build(old)
        if new != old and "--check" in arguments:
            sys.stdout.write(f"{page.name} differs from the schemas; run: python docs/build_format.py\n")
            changed = True
        elif new != old:
            page.write_text(new, encoding="utf-8")
    return int(changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
