"""What the data of a decision say: their seal, the procedures by their keys, and those that it ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from qtnb.so_dang_ky.approving import BAI_BO, HetHieuLuc
from qtnb.so_dang_ky.differences import normal
from qtnb.so_dang_ky.snapshot import plain_data


def decision_seal(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The seal of what a decision's ``data`` say, 64 hexadecimal digits; ``names`` as in :func:`ended_by`."""
    content = json.dumps(normal(plain_data(with_keys(data, names))), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def with_keys(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The data of a decision with its procedures named by their keys, which never change."""
    named, replaced = data["quy_trinh"], data.get("bi_thay_the")
    by_key = {"quy_trinh": [names.get(name, name) for name in named] if isinstance(named, list) else named}
    if replaced:
        by_key["bi_thay_the"] = [_entry_with_keys(entry, names) for entry in replaced]
    return {**data, **by_key}


def _entry_with_keys(entry: str | Mapping[str, Any], names: Mapping[str, str]) -> str | dict[str, Any]:
    if isinstance(entry, str):
        return names.get(entry, entry)
    named = {key: names.get(name, name) for key in ("quy_trinh", "boi") if (name := entry.get(key))}
    return {**entry, **named}


def ended_by(
    data: Mapping[str, Any], hinh_thuc: str, names: Mapping[str, str], new: Sequence[str]
) -> Sequence[HetHieuLuc]:
    """The procedures that the decision's ``data`` end.

    ``names`` gives the key for each symbol; ``new`` are the symbols of those that it approves, which
    together take the place of one that has no successor of its own.
    """
    if hinh_thuc == BAI_BO:
        named = data["quy_trinh"] if isinstance(data["quy_trinh"], list) else []
        return [HetHieuLuc(names.get(name, name), ("quy_trinh", row)) for row, name in enumerate(named)]
    symbols = {khoa: symbol for symbol, khoa in names.items()}
    ended = []
    for row, entry in enumerate(data.get("bi_thay_the") or ()):
        name, by = (entry, "") if isinstance(entry, str) else (entry["quy_trinh"], entry.get("boi") or "")
        ended.append(
            HetHieuLuc(names.get(name, name), ("bi_thay_the", row), (symbols.get(by, by),) if by else tuple(new))
        )
    return ended
