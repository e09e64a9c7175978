"""Who leads and supports which steps of which procedures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeAlias

from qtnb.aggregate.assignments import assignments_in
from qtnb.aggregate.facts import KhoFacts, ProcedureFacts
from qtnb.aggregate.load.adding import Loads
from qtnb.aggregate.load.agencies import Body
from qtnb.aggregate.load.duties import Duties, Duty

Step: TypeAlias = tuple[int, int]
"""The place of its agency in an LT, 0 in a CV, and its number there."""
Place: TypeAlias = tuple[int, int]
"""Of a procedure: the place of its kho, and its own there."""


class Assigned(NamedTuple):
    """The steps of one procedure that one doer leads and supports."""

    ten: str
    don_vi: str
    quy_trinh: ProcedureFacts
    kho: str
    """The agency whose procedure it is."""
    chu_tri: str
    """``B1, B4``; where an LT comes to the agency several times, ``B1, B4 (lượt 1); B1 (lượt 2)``."""
    phoi_hop: str


@dataclass(slots=True)
class _Steps:
    led: set[Step] = field(default_factory=set)
    supported: set[Step] = field(default_factory=set)


def assigned_of(kho: Sequence[KhoFacts], duties: Duties, loads: Loads) -> Iterator[tuple[Body, list[Assigned]]]:
    """The assignments of each agency, its doers in the order of their loads."""
    found: dict[tuple[Body, str], dict[Place, _Steps]] = defaultdict(lambda: defaultdict(_Steps))
    for at, item in enumerate(kho):
        for duty in duties.of(item):
            _take(duty, at, found)
    paths = [_paths(item, duties) for item in kho]
    for load in loads.co_quan:
        rows = []
        for doer in load.nguoi:
            for (at, number), steps in sorted(found[load.co_quan, doer.khoa].items()):
                agency = kho[at].co_quan
                turns = [turn for turn, body in enumerate(paths[at].get(number, ()), start=1) if body == load.co_quan]
                texts = (_text(steps.led, turns), _text(steps.supported, turns))
                owner = agency.ten if agency else ""
                rows.append(Assigned(doer.ten, doer.don_vi, kho[at].quy_trinh[number], owner, *texts))
        yield load.co_quan, rows


def _take(duty: Duty, at: int, found: dict[tuple[Body, str], dict[Place, _Steps]]) -> None:
    for part in assignments_in(duty.facts.viec):
        led, supported = _steps(part.chu_tri), _steps(part.phoi_hop)
        for item in duty.named:
            steps = found[duty.co_quan, item.nguoi.khoa][at, part.quy_trinh]
            (steps.led if item.leads else steps.supported).update(led)
            steps.supported.update(supported)


def _paths(kho: KhoFacts, duties: Duties) -> Mapping[int, Sequence[Body]]:
    return {passage.quy_trinh: duties.path(kho, passage) for passage in kho.chuyen}


def _steps(labels: Iterable[str]) -> set[Step]:
    pairs = (label.partition(".") for label in labels)
    return {(int(first), int(second)) if dot else (0, int(first)) for first, dot, second in pairs}


def _text(steps: Iterable[Step], turns: Sequence[int]) -> str:
    """``turns`` are the places of the agency in the LT; several, when the work returns to it."""
    parts = []
    for place, same in groupby(sorted(steps), key=lambda step: step[0]):
        text = ", ".join(f"B{number}" for _, number in same)
        parts.append(f"{text} (lượt {turns.index(place) + 1})" if len(turns) > 1 and place in turns else text)
    return "; ".join(parts)
