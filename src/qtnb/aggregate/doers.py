"""Who does the steps of one procedure, for how long, and through which agencies it passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from qtnb.aggregate.times import NO_TIME, step_times
from qtnb.lint.amounts import unit_of
from qtnb.thoi_luong import DonViThoiGian

Row: TypeAlias = list[Any]
"""``[agency, cell, steps led, steps supported, times of the steps led, steps led with a time that cannot be counted,
steps led without a time]``; steps are joined by commas as assignments.py writes them, agency is empty for the kho's
own."""


class _StepList(NamedTuple):
    """The steps that share one count and one unit of bare numbers."""

    agency: str
    before: str
    """What stands before the number of each: ``2.`` for the second agency of an LT."""
    unit: DonViThoiGian | None
    steps: Sequence[Mapping[str, Any]]


def doers_in(data: Mapping[str, Any], hours: Fraction) -> list[Row]:
    """A row for each cell of doers that the steps of a procedure hold, in order of first appearance.

    What a cell means is known only where the units of its kho are (naming.py), so cells are kept as
    they are. The time of a step is that of whoever leads it.
    """
    rows: dict[tuple[str, str], Row] = {}
    for part in _step_lists(data):
        time_of = step_times(part.unit, hours)
        for number, step in enumerate(part.steps, start=1):
            text = step.get("thoi_gian") or ""
            label = f"{part.before}{number}"
            time = NO_TIME.text if step.get("khong_tinh_thoi_gian") else time_of(text)
            row = _row(rows, part.agency, step.get("chu_tri") or step.get("thuc_hien") or "")
            row[2] += f",{label}" if row[2] else label
            row[4] += [time] if time else ()
            row[5] += time is None and bool(text.strip())
            row[6] += time is None and not text.strip()
            for cell in _cells(step.get("phoi_hop")):
                row = _row(rows, part.agency, cell)
                row[3] += f",{label}" if row[3] else label
    return list(rows.values())


def agencies_in(data: Mapping[str, Any]) -> list[str]:
    """The agencies through which an LT passes, in order; a return to an agency names it again. None for a CV."""
    return [_squeezed(part["ten"]) for part in data.get("co_quan") or ()] if data["loai"] == "LT" else []


def _step_lists(data: Mapping[str, Any]) -> Iterator[_StepList]:
    unit = unit_of(data.get("thoi_gian") or "")
    if data["loai"] == "CV":
        yield _StepList("", "", unit, data.get("cac_buoc") or ())
    else:
        for number, part in enumerate(data.get("co_quan") or (), start=1):
            own_unit = unit_of(part.get("thoi_gian") or "") or unit
            yield _StepList(_squeezed(part["ten"]), f"{number}.", own_unit, part["cac_buoc"])


def _row(rows: dict[tuple[str, str], Row], agency: str, cell: str) -> Row:
    key = agency, _squeezed_lines(cell)
    return rows.setdefault(key, [*key, "", "", [], 0, 0])


def _cells(value: str | Sequence[str] | None) -> Sequence[str]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else value


@lru_cache(maxsize=1 << 13)
def _squeezed(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=1 << 13)
def _squeezed_lines(text: str) -> str:
    """Line ends are kept: they part doers."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
