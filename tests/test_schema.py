"""The schemas: valid themselves, explained in Vietnamese, and of one mind with jsonschema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qtnb.schema import FORMATS, SchemaName, fits, load_schema, number_keys, remarks, schema_text
from qtnb.schema_messages import explain


@pytest.mark.parametrize("name", SchemaName)
def test_a_schema_is_valid_against_the_metaschema(name: SchemaName) -> None:
    schema = load_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def _properties(schema: dict[str, Any], node: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for key, part in node.get("properties", {}).items() if node.get("type") else ():
            name = part.get("$ref", "").removeprefix("#/$defs/")
            yield key, {**schema["$defs"].get(name, {}), **part}
        for part in node.values():
            yield from _properties(schema, part)
    elif isinstance(node, list):
        for part in node:
            yield from _properties(schema, part)


@pytest.mark.parametrize("name", SchemaName)
def test_every_key_has_a_vietnamese_title_and_description(name: SchemaName) -> None:
    properties = list(_properties(load_schema(name), load_schema(name)))
    assert len(properties) >= 8
    assert [key for key, part in properties if not part.get("title") or not part.get("description")] == []


@pytest.mark.parametrize("name", SchemaName)
def test_every_example_fits_its_own_key(name: SchemaName) -> None:
    schema = load_schema(name)
    wrong = []
    for key, part in _properties(schema, schema):
        validator = Draft202012Validator({**part, "$defs": schema["$defs"]})
        wrong += [key for example in part.get("examples", ()) if key != "co_quan" and not validator.is_valid(example)]
    assert wrong == []


def test_numbers_are_read_only_where_a_schema_wants_them() -> None:
    assert number_keys() == {
        "phien_ban",
        "gio_moi_ngay",
        "thu_tu",
        "buoc",
        "nhieu_nhat",
        "so_ket_qua",
        "tong_quy_trinh",
    }


@pytest.mark.parametrize("name", SchemaName)
def test_the_schema_command_prints_the_file(name: SchemaName) -> None:
    assert json.loads(schema_text(name)) == load_schema(name)


_KEYS = st.sampled_from(
    sorted({"x-a", "la", *(key for name in SchemaName for key, _ in _properties(load_schema(name), load_schema(name)))})
)
_SCALARS = st.sampled_from(
    [
        "",
        " ",
        "a",
        "CV",
        "LT",
        "QD",
        "CV-01",
        "CV-01\n",
        "2026-02-03\n",
        "12 ngàyy",
        "5 ngày",
        "2026-02-30",
        "2026-02-03",
        "tat_ca",
        "danh_muc",
        True,
        None,
        1,
        8,
    ]
)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5), max_leaves=12
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SchemaName), st.dictionaries(_KEYS, _VALUES, max_size=10))
def test_the_fast_verdict_and_the_explanation_agree(name: SchemaName, data: dict[str, Any]) -> None:
    told = explain(load_schema(name), data, FORMATS)
    assert (told == []) == fits(name, data)
    assert remarks(name, data) == told
    assert all(remark.message.endswith((".", "?")) for remark in told)
