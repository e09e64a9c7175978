"""The schemas of the files: a fast verdict, and remarks where it is no."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

import jsonschema_rs

from qtnb.errors import QtnbError
from qtnb.finding import Remark
from qtnb.resources import data_folder
from qtnb.thoi_luong import ThoiLuongError, read_duration

_DATE_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class SchemaName(StrEnum):
    """The kinds of file that have a schema; ``qtnb schema NAME`` takes these."""

    KHO = "kho"
    CV = "cv"
    LT = "lt"
    QD = "qd"
    KH = "kh"
    TK = "tk"
    NGOAI_LE = "ngoai-le"
    VAN_BAN = "van-ban"
    NHOM = "nhom"
    SO_DANG_KY = "so-dang-ky"
    TONG_HOP = "tong-hop"


def schema_text(name: SchemaName) -> str:
    """The text of ``schemas/<name>.schema.json``. Raises QtnbError when the installation lacks it."""
    path = data_folder("schemas") / f"{name}.schema.json"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"Bản cài đặt qtnb thiếu tệp lược đồ {path.name}."
        raise QtnbError(message, hint="Cài đặt lại qtnb.") from error


@cache
def load_schema(name: SchemaName) -> dict[str, Any]:
    """The schema as data, read once in a run."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


def is_duration(value: object) -> bool:
    """Format ``thoi-luong``: no amount with an unknown unit (format.md, "Durations")."""
    if not isinstance(value, str):
        return True
    try:
        read_duration(value)
    except ThoiLuongError:
        return False
    return True


def is_date(value: object) -> bool:
    """Format ``ngay``: a day of the calendar; whether it is one at all is the schema's pattern."""
    if not isinstance(value, str) or not _DATE_SHAPE.fullmatch(value):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


FORMATS: Final[dict[str, Callable[[object], bool]]] = {"thoi-luong": is_duration, "ngay": is_date}
"""The formats that JSON Schema does not know, by the names that the schemas use."""


def fits(name: SchemaName, data: object) -> bool:
    """Whether ``data`` fits the schema. The verdict only: most files are right."""
    return _fast_validator(name).is_valid(data)


def remarks(name: SchemaName, data: object) -> list[Remark]:
    """What does not fit the schema, in words; empty exactly when :func:`fits` is true."""
    if fits(name, data):
        return []
    # jsonschema explains; it is slow to import, and only files with mistakes need it.
    from qtnb.schema_messages import explain

    told = explain(load_schema(name), data, FORMATS)
    # A verdict without a reason would let an unfit file pass; it is a gap between two libraries.
    return told or [Remark((), "bad-value", "Tệp không hợp với biểu mẫu.", "Gửi tệp này cho nhóm phát triển qtnb.")]


@cache
def number_keys() -> frozenset[str]:
    """The keys whose values are numbers in any schema: where a plain ``5`` is not text."""
    return frozenset(key for name in SchemaName for key in _number_keys(load_schema(name)))


@cache
def _fast_validator(name: SchemaName) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(name), formats=FORMATS, validate_formats=True)


def _number_keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, part in node.get("properties", {}).items():
            if _is_number(part):
                yield key
        for part in node.values():
            yield from _number_keys(part)


def _is_number(part: dict[str, Any]) -> bool:
    kinds = part.get("type", ())
    if "const" in part:
        return type(part["const"]) in {int, float}
    return not {"integer", "number"}.isdisjoint([kinds] if isinstance(kinds, str) else kinds)
