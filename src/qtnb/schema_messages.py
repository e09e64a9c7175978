"""Schema errors told in the words of the form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from rapidfuzz import process
from rapidfuzz.distance import OSA

from qtnb.finding import DataPath, Remark
from qtnb.text import shown
from qtnb.thoi_luong import DonViThoiGian, ThoiLuongError, read_duration

Schema: TypeAlias = Mapping[str, Any]
_Error: TypeAlias = Any
"""A jsonschema ValidationError; its type says that every attribute may be unset, which iter_errors never leaves."""

_KEY_SHAPE = re.compile(r"[a-z][a-z0-9_-]*")
_KINDS = {
    "string": "chữ",
    "array": "danh sách",
    "object": "nhóm khóa",
    "boolean": "true hoặc false",
    "integer": "số nguyên",
    "number": "số",
    "null": "để trống",
}


def explain(schema: Schema, data: object, formats: Mapping[str, Callable[[object], bool]]) -> list[Remark]:
    """Every way in which ``data`` does not fit ``schema``, once each, in the order of the data."""
    checker = FormatChecker(formats=())
    for name, check in formats.items():
        checker.checks(name)(check)
    validator = _Validator(schema, format_checker=checker)
    reader = _Reader(schema)
    remarks: dict[tuple[DataPath, str, str], Remark] = {}
    for error in validator.iter_errors(data):
        for leaf in _nearest_branch(error):
            for remark in reader.remarks(leaf):
                remarks.setdefault((remark.at, remark.rule, remark.message), remark)
    return list(remarks.values())


def _pattern(_validator: object, pattern: str, instance: object, _schema: Schema) -> Iterator[ValidationError]:
    # JSON Schema's $ is the very end of the text; that of Python's re also stands before a final line end.
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # jsonschema types it not


def _nearest_branch(error: ValidationError) -> list[ValidationError]:
    """Reduce a union to the errors of the branch that the author most likely meant.

    The likely branch is of the value's own type, gets deepest into the value, and has least wrong.
    """
    if error.validator not in {"oneOf", "anyOf"} or not error.context:
        return [error]
    branches: dict[int, list[ValidationError]] = {}
    for part in error.context:
        branches.setdefault(int(part.schema_path[0]), []).append(part)
    nearest = min(branches.values(), key=_distance)
    return [leaf for part in nearest for leaf in _nearest_branch(part)]


def _distance(branch: Iterable[ValidationError]) -> tuple[bool, int, int]:
    parts = list(branch)
    wrong_type = any(not part.path and part.validator in {"type", "const"} for part in parts)
    return wrong_type, -max(len(part.absolute_path) for part in parts), len(parts)


class _Reader:
    """Turns one jsonschema error into remarks, with the titles and examples of the schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def remarks(self, error: _Error) -> list[Remark]:
        at = tuple(error.absolute_path)
        match error.validator:
            case "required":
                return self._missing(at, error)
            case "additionalProperties":
                return self._unknown(at, error)
            case "pattern" | "minLength":
                return [self._bad_shape(at, error)]
            case "format":
                return [self._bad_format(at, error)]
            case "enum" | "const":
                return [self._bad_choice(at, error)]
            case "minItems":
                return [self._too_few(at, error)]
            case "type":
                return [self._bad_type(at, error)]
            case _:
                return [self._bad_value(at, error)]

    def _missing(self, at: DataPath, error: _Error) -> list[Remark]:
        # jsonschema reports each missing key by itself and names it only inside its message.
        known = error.schema.get("properties") or self._part(at).get("properties", {})
        missing = [key for key in error.validator_value if key not in error.instance]
        named = [key for key in missing if f"'{key}'" in error.message]
        return [
            Remark(
                at, "missing-key", f"Thiếu khóa {_label(key, known.get(key, {}))}.", _add_line(key, known.get(key, {}))
            )
            for key in named or missing
        ]

    def _unknown(self, at: DataPath, error: _Error) -> list[Remark]:
        known = error.schema["properties"]
        extra = [key for key in error.instance if key not in known and not key.startswith("x-")]
        return [
            Remark(
                (*at, key),
                "unknown-key",
                f"Không có khóa “{shown(key)}” trong biểu mẫu.",
                _nearest_key(key, known, error.instance),
                on_key=True,
            )
            for key in extra
        ]

    def _bad_shape(self, at: DataPath, error: _Error) -> Remark:
        part = self._part(at)
        if not str(error.instance).strip():
            return Remark(at, "empty-text", f"{self._name(at)} đang để trống.", _example(part))
        lines = "; giá trị có xuống dòng" if "\n" in str(error.instance) else ""
        message = f"{self._name(at)} là “{shown(error.instance)}”, không đúng dạng{lines}."
        return Remark(at, "bad-shape", message, _example(part))

    def _bad_format(self, at: DataPath, error: _Error) -> Remark:
        seen = shown(error.instance)
        if error.validator_value == "ngay":
            message = f"{self._name(at)} là “{seen}”, không phải một ngày có trong lịch."
            return Remark(at, "bad-date", message, _example(self._part(at)))
        return Remark(
            at,
            "bad-duration",
            f"{self._name(at)} là “{seen}”, có số nhưng không rõ đơn vị “{_unit_of(error.instance)}”.",
            _unit_hint(error.instance),
        )

    def _bad_choice(self, at: DataPath, error: _Error) -> Remark:
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        words = ", ".join(_yaml(value) for value in allowed)
        message = f"{self._name(at)} là {_quoted(error.instance)}; chỉ nhận: {words}."
        hint = _nearest_choice(error.instance, allowed) or _example(self._part(at))
        return Remark(at, "bad-choice", message, hint)

    def _too_few(self, at: DataPath, error: _Error) -> Remark:
        message = f"{self._name(at)} có {len(error.instance)} mục; cần ít nhất {error.validator_value}."
        return Remark(at, "too-few", message, "Viết mỗi mục thành một dòng bắt đầu bằng “- ”.")

    def _bad_type(self, at: DataPath, error: _Error) -> Remark:
        part = self._part(at)
        if error.instance is None:
            return Remark(at, "empty-text", f"{self._name(at)} đang để trống.", _example(part))
        wanted = error.validator_value
        kinds = [wanted] if isinstance(wanted, str) else [kind for kind in wanted if kind != "null"]
        words = " hoặc ".join(_KINDS[kind] for kind in kinds)
        message = f"{self._name(at)} phải là {words}, nhưng ở đây là {_kind_of(error.instance)}."
        quote = "Đặt giá trị trong dấu nháy kép." if "string" in kinds and isinstance(error.instance, bool) else ""
        return Remark(at, "bad-type", message, quote or _example(part))

    def _bad_value(self, at: DataPath, error: _Error) -> Remark:
        message = f"{self._name(at)} là {_quoted(error.instance)}, ngoài phạm vi cho phép."
        return Remark(at, "bad-value", message, _example(self._part(at)))

    def _name(self, at: DataPath) -> str:
        """How the form calls a place: its title and key, with the row where it stands in a list."""
        for length in range(len(at), 0, -1):
            key = at[length - 1]
            if isinstance(key, str):
                rows = [row + 1 for row in at[length:] if isinstance(row, int)]
                label = _label(key, self._part(at[:length]))
                return f"{label[0].upper()}{label[1:]}" + "".join(f", mục {row}" for row in rows)
        return "Tệp"

    def _part(self, at: DataPath) -> Schema:
        """The part of the schema that describes the place ``at``, references followed; empty when unknown."""
        part: Schema = self._resolved(self._schema)
        for step in at:
            found = self._below(part, step)
            if found is None:
                return {}
            part = found
        return part

    def _below(self, part: Schema, step: str | int) -> Schema | None:
        below = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        if below is not None:
            return self._resolved(below)
        for branch in part.get("oneOf", ()):
            found = self._below(self._resolved(branch), step)
            if found is not None:
                return found
        return None

    def _resolved(self, part: Schema) -> Schema:
        name = part.get("$ref", "").removeprefix("#/$defs/")
        return {**self._resolved(self._schema["$defs"][name]), **part} if name else part


def _label(key: str, part: Schema) -> str:
    title = part.get("title")
    return f"“{title}” ({key})" if title else f"“{key}”"


def _add_line(key: str, part: Schema) -> str:
    examples = part.get("examples")
    return f"Thêm dòng: {key}: {_yaml(examples[0])}" if examples else f"Thêm dòng: {key}: …"


def _example(part: Schema) -> str:
    examples = part.get("examples")
    return f"Ví dụ: {' hoặc '.join(map(_yaml, examples))}" if examples else ""


def _yaml(value: object) -> str:
    """A value as it may be typed on one line of YAML."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(value: object) -> str:
    return f"“{shown(value)}”" if isinstance(value, str) else _kind_of(value)


def _kind_of(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"chữ “{shown(value)}”"
        case int() | float():
            return f"số {value}"
        case list():
            return "danh sách"
        case dict():
            return "nhóm khóa"
        case _:
            return "để trống"


def _nearest_key(key: str, known: Mapping[str, Schema], present: Mapping[str, object]) -> str:
    if present[key] is None and not _KEY_SHAPE.fullmatch(key):
        # `{thoi_gian: 0,5 ngày}`: the comma ends the value, and “5 ngày” becomes a key without one.
        return "Nếu đây là phần sau dấu phẩy của một giá trị trong ngoặc nhọn, đặt cả giá trị trong dấu nháy kép."
    free = [name for name in known if name not in present] or list(known)
    match_ = process.extractOne(key, free, scorer=OSA.normalized_similarity, score_cutoff=0.6)
    if match_ is not None:
        return f"Có phải là {_label(match_[0], known[match_[0]])}?"
    return f"Các khóa còn có thể dùng: {', '.join(free)}; khóa riêng của cơ quan thì bắt đầu bằng x-."


def _nearest_choice(value: object, allowed: Iterable[object]) -> str:
    words = [word for word in allowed if isinstance(word, str)]
    match_ = process.extractOne(str(value), words, scorer=OSA.normalized_similarity, score_cutoff=0.6)
    return f"Có phải là {match_[0]}?" if match_ else ""


def _unit_of(value: str) -> str:
    try:
        read_duration(value)
    except ThoiLuongError as error:
        return error.unit
    return ""


def _unit_hint(value: str) -> str:
    units = [unit.value for unit in DonViThoiGian]
    match_ = process.extractOne(_unit_of(value), units, scorer=OSA.normalized_similarity, score_cutoff=0.5)
    if match_ is not None:
        return f"Có phải là “{match_[0]}”? Ví dụ: 5 ngày làm việc"
    return f"Các đơn vị: {', '.join(units)}. Ví dụ: 5 ngày làm việc"
