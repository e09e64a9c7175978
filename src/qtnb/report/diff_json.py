"""A comparison of two states of a kho as one JSON document, version 1 (docs/so-sanh.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from qtnb.diff.changes import Change, Kind, ListChange, RowChange, Target, TextChange
from qtnb.diff.extent import Extent, Totals, amount_of
from qtnb.diff.kho import DecisionChange, KhoDiff, ProcedureChange
from qtnb.diff.matching import AnyQuyTrinh
from qtnb.diff.parts import ITEM, Part, Value
from qtnb.diff.titles import KeyPath, title_of
from qtnb.diff.wording import row_label
from qtnb.schema import SchemaName


def diff_to_json(diff: KhoDiff) -> str:
    """The comparison as JSON, Vietnamese unescaped, with a final newline."""
    document = {
        "version": 1,
        "old": diff.old.ten,
        "new": diff.new.ten,
        "quy_trinh": [_procedure(change, diff) for change in diff.quy_trinh],
        "khong_so_duoc": [{"khoa": khoa, "reason": why} for khoa, why in diff.khong_so_duoc],
        "quyet_dinh": [_decision(change) for change in diff.quyet_dinh],
        "cau_hinh": _changes(diff.cau_hinh, SchemaName.KHO, ()),
        "totals": {
            "old": _totals(diff.before),
            "new": _totals(diff.after),
        },
        "summary": {
            **{kind.value: diff.count(kind) for kind in (Kind.ADDED, Kind.REMOVED, Kind.CHANGED)},
            "renamed": sum(change.renamed for change in diff.quy_trinh),
            "unchanged": diff.unchanged,
            "not_comparable": len(diff.khong_so_duoc),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _procedure(change: ProcedureChange, diff: KhoDiff) -> dict[str, Any]:
    match = change.match
    return {
        "kind": change.kind.value,
        "khoa": change.item.khoa,
        "loai": change.item.loai,
        "ky_hieu": change.item.ky_hieu,
        "ten": change.item.ten,
        "old": _side(match.old, change.before, diff.old.hours),
        "new": _side(match.new, change.after, diff.new.hours),
        "matched_by": match.by.value if match.by else None,
        "likeness": match.likeness if match.by else None,
        "ly_do": change.ly_do,
        "changes": procedure_changes(change),
    }


def procedure_changes(change: ProcedureChange) -> list[dict[str, Any]]:
    """The changes of one procedure, as they stand under ``changes``."""
    return _changes(change.changes, SchemaName(change.item.loai.lower()), ())


def _side(item: AnyQuyTrinh | None, extent: Extent | None, hours: Fraction) -> dict[str, Any] | None:
    if item is None or extent is None:
        return None
    time = extent.thoi_gian
    known = time.time is not None and time.loai is not None
    return {
        "khoa": item.khoa,
        "ky_hieu": item.ky_hieu,
        "ten": item.ten,
        "so_buoc": extent.cac_buoc,
        "thoi_gian": time.text,
        "thoi_gian_tinh_duoc": _amount(extent, hours) if known else None,
    }


def _amount(extent: Extent, hours: Fraction) -> dict[str, str]:
    time = extent.thoi_gian
    assert time.time is not None  # noqa: S101 - asked for known times only
    assert time.loai is not None  # noqa: S101 - as above
    low, high = amount_of(time.time, time.loai, hours)
    return {"tu": str(low), "den": str(high), "don_vi": time.loai.value}


def _decision(change: DecisionChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "khoa": change.khoa,
        "changes": _changes(change.changes, SchemaName.QD, ()),
    }


def _changes(changes: Sequence[Change], schema: SchemaName, path: KeyPath) -> list[dict[str, Any]]:
    return [_text(it, schema, path) if isinstance(it, TextChange) else _list(it, schema, path) for it in changes]


def _text(change: TextChange, schema: SchemaName, path: KeyPath) -> dict[str, Any]:
    told = {
        "key": change.key,
        "title": title_of(schema, (*path, change.key)),
        "old": change.old,
        "new": change.new,
    }
    return told | ({"target": _target(change.target)} if change.target else {})


def _target(target: Target) -> dict[str, Any]:
    return {
        "old_label": target.old_label or None,
        "old": target.old_name or None,
        "new_label": target.new_label or None,
        "new": target.new_name or None,
        "same": target.same,
    }


def _list(change: ListChange, schema: SchemaName, path: KeyPath) -> dict[str, Any]:
    inner = (*path, change.key)
    return {
        "key": change.key,
        "title": title_of(schema, inner),
        "old_count": change.old_count,
        "new_count": change.new_count,
        "rows": [_row(row, change.key, schema, inner) for row in change.rows],
    }


def _row(row: RowChange, key: str, schema: SchemaName, path: KeyPath) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "moved": row.moved,
        "old_label": None if row.old_place is None else row_label(key, row.old_place),
        "new_label": None if row.new_place is None else row_label(key, row.new_place),
        "old": None if row.old is None else _part(row.old),
        "new": None if row.new is None else _part(row.new),
        "changes": _changes(row.changes, schema, path),
    }


def _part(part: Part) -> Any:  # noqa: ANN401 - a text, or an object of values
    if part.fields[0][0] == ITEM:
        return part.fields[0][1]
    return {key: _value(value) for key, value in part.fields}


def _value(value: Value) -> Any:  # noqa: ANN401 - as above
    return value if isinstance(value, str) else [_part(row) for row in value]


def _totals(totals: Totals) -> dict[str, Any]:
    times = []
    for loai, time in totals.thoi_gian.items():
        low, high = amount_of(time, loai, totals.hours)
        times.append({"tu": str(low), "den": str(high), "don_vi": loai.value})
    return {
        "quy_trinh_cv": totals.cv,
        "quy_trinh_lt": totals.lt,
        "so_buoc": totals.cac_buoc,
        "thoi_gian": times,
        "khong_tinh_duoc": totals.khong_tinh_duoc,
    }
