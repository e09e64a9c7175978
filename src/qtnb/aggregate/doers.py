"""Who does the steps of one procedure, for how long, and which agency hands over to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from qtnb.aggregate.times import NO_TIME, step_times
from qtnb.lint.amounts import unit_of
from qtnb.lint.units import doers_of
from qtnb.thoi_luong import DonViThoiGian

Row: TypeAlias = list[Any]
"""``[agency, doer, steps led, steps supported, times of the steps led, steps with a time that cannot be counted]``;
agency is empty for the kho's own."""


def doers_in(data: Mapping[str, Any], hours: Fraction) -> list[Row]:
    """A row for each doer that the steps of a procedure name, in order of first appearance.

    A cell that names several doers (``Văn thư; Kế toán``) counts for each of them; the time of a step
    counts for those who lead it.
    """
    rows: dict[tuple[str, str], Row] = {}
    for agency, unit, steps in _step_lists(data):
        time_of = step_times(unit, hours)
        for step in steps:
            text = step.get("thoi_gian") or ""
            time = NO_TIME.text if step.get("khong_tinh_thoi_gian") else time_of(text)
            for name in _names(step.get("chu_tri") or step.get("thuc_hien") or ""):
                row = rows.setdefault((agency, name), _empty(agency, name))
                row[2] += 1
                row[4] += [time] if time else ()
                row[5] += time is None and bool(text.strip())
            for cell in _cells(step.get("phoi_hop")):
                for name in _names(cell):
                    rows.setdefault((agency, name), _empty(agency, name))[3] += 1
    return list(rows.values())


def handovers_in(data: Mapping[str, Any]) -> list[list[str]]:
    """The pairs of agencies between which an LT passes, in order; a return to an agency is one more."""
    agencies = [_squeezed(part["ten"]) for part in data.get("co_quan") or ()] if data["loai"] == "LT" else []
    return [[giver, taker] for giver, taker in pairwise(agencies)]


def _step_lists(
    data: Mapping[str, Any],
) -> Iterator[tuple[str, DonViThoiGian | None, Sequence[Mapping[str, Any]]]]:
    """Each list of steps with its agency and the unit that bare numbers take (lint/amounts.py)."""
    unit = unit_of(data.get("thoi_gian") or "")
    if data["loai"] == "CV":
        yield "", unit, data.get("cac_buoc") or ()
    else:
        for part in data.get("co_quan") or ():
            yield _squeezed(part["ten"]), unit_of(part.get("thoi_gian") or "") or unit, part["cac_buoc"]


def _empty(agency: str, name: str) -> Row:
    return [agency, name, 0, 0, [], 0]


def _cells(value: str | Sequence[str] | None) -> Sequence[str]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else value


@lru_cache(maxsize=1 << 13)
def _names(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_squeezed(part) for part in doers_of(cell).parts))


@lru_cache(maxsize=1 << 13)
def _squeezed(text: str) -> str:
    return " ".join(text.split())
