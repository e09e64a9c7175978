"""Reading: every value has its span, and what is read is what was written."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import EXAMPLES
from qtnb.finding import DataPath, Remark
from qtnb.locate import located
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, Value, read_source

NAME = FileName(Path("/kho/quy-trinh/a.yaml"), "a.yaml", "quy-trinh/a.yaml")


def read(text: str) -> Source:
    return read_source(NAME, text.encode(), number_keys())


def paths(value: Value, at: DataPath = ()) -> list[DataPath]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in inner for path in paths(part, (*at, key)))]


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_value_of_the_examples_has_a_span_that_shows_it(path: Path) -> None:
    source = read(path.read_text(encoding="utf-8"))
    assert source.findings == ()
    assert set(paths(source.data)) == set(source.spans)
    for at, offsets in source.spans.items():
        value: Any = source.data
        for step in at:
            value = value[step]
        shown = source.text[offsets.start : offsets.end]
        if isinstance(value, str) and "\n" not in shown:
            assert value in {"", yaml.load(shown, yaml.BaseLoader)}  # noqa: S506 - builds text only


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
_DATA = st.dictionaries(
    st.text("abcxyz_", min_size=1, max_size=6).map(lambda key: f"k{key}"),
    st.recursive(_TEXT, lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=6),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(_DATA, st.booleans(), st.booleans())
def test_text_written_by_another_yaml_library_reads_back_whole(data: dict[str, Any], flow: bool, plain: bool) -> None:
    text = yaml.dump(data, allow_unicode=plain, default_flow_style=flow, width=1000, Dumper=yaml.SafeDumper)
    source = read(text)
    if any(finding.rule == "control-character" for finding in source.findings):
        return
    assert source.data == _nfc(data)
    for at in paths(source.data):
        assert located(source, Remark(at, "rule", "message")).span.line >= 1


def _nfc(value: Value) -> Value:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_nfc(key): _nfc(part) for key, part in value.items()}
    return [_nfc(part) for part in value]


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200) | st.text("ab:-[]{}&*!|>'\"#%@`,?\t\n\r \\u0é", max_size=60).map(str.encode))
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    source = read_source(NAME, raw, number_keys())
    assert source.broken or isinstance(source.data, dict)
    for finding in source.findings:
        assert finding.span.line >= 1
        assert finding.span.column >= 1


@pytest.mark.parametrize("word", ["no", "on", "yes", "12:30", "010", "2024-05-01", "1.10", "0x1F", "1e3", ".inf", "5"])
def test_words_of_other_yaml_versions_stay_text(word: str) -> None:
    assert read(f"a: {word}\nb: [{word}]\n").data == {"a": word, "b": [word]}


def test_truth_values_and_null_are_those_of_the_core_schema() -> None:
    text = "a: true\nb: False\nc: null\nd: ~\ne:\ng: 'true'\n"
    assert read(text).data == {"a": True, "b": False, "c": None, "d": None, "e": None, "g": "true"}
