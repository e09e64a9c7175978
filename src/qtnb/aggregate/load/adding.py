"""What falls to the doers, units and agencies of a roll-up, added up over its kho."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from qtnb.aggregate.assignments import Assignment, assignments_in
from qtnb.aggregate.facts import KhoFacts
from qtnb.aggregate.figures import Sums
from qtnb.aggregate.load.agencies import Body
from qtnb.aggregate.load.duties import Duties, Duty
from qtnb.aggregate.load.naming import Listing, Name, Named
from qtnb.collation import alphabet_key


@dataclass(frozen=True, slots=True)
class Load:
    """What falls to one doer or unit."""

    khoa: str
    """The key of its name, one of a kind in its agency."""
    ten: str
    don_vi: str
    """The unit of a doer; a unit's own name."""
    listing: Listing
    sums: Sums


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """What falls to one agency."""

    co_quan: Body
    sums: Sums
    """A step that several of its doers lead counts once."""
    don_vi: Sequence[Load]
    """Units, those with the most steps first."""
    nguoi: Sequence[Load]
    """Doers, unit by unit."""


class Handover(NamedTuple):
    """How LT procedures pass from one agency to another."""

    tu: Body
    den: Body
    quy_trinh: int
    """Procedures in which they do."""
    luot: int
    """Times that they do: one procedure may pass twice."""


@dataclass(frozen=True, slots=True)
class Loads:
    """The whole."""

    co_quan: Sequence[AgencyLoad]
    """Agencies with a kho in report order, then the others by name."""
    chuyen: Sequence[Handover]
    """In the order of the agencies."""


def loads_of(kho: Sequence[KhoFacts], duties: Duties) -> Loads:
    """Add up the kho of a roll-up, given in report order."""
    adding = _Adding()
    times: Counter[tuple[Body, Body]] = Counter()
    procedures: Counter[tuple[Body, Body]] = Counter()
    for item in kho:
        adding.add(duties.of(item))
        for pairs in duties.handovers(item):
            times.update(pairs)
            procedures.update(set(pairs))
    found = {*adding.agencies, *(body for pair in times for body in pair)}
    others = sorted((body for body in found if not body.cap), key=lambda body: (alphabet_key(body.ten), body.khoa))
    bodies = [*duties.bodies.own, *others]
    place = {body: number for number, body in enumerate(bodies)}
    pairs = sorted(times, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return Loads(
        [_finished(body, adding.agencies.get(body) or _Agency()) for body in bodies],
        [Handover(*pair, procedures[pair], times[pair]) for pair in pairs],
    )


@dataclass(slots=True, eq=False)
class _Tally:
    """What falls to one doer, unit or agency, as it adds up."""

    names: Counter[Name] = field(default_factory=Counter)
    """By how many steps they were met."""
    don_vi: Name | None = None
    """The unit of a doer."""
    sums: Sums = field(default_factory=lambda: defaultdict(int))

    @property
    def name(self) -> Name:
        """The name to show: a registered one before others, then the most frequent."""
        return min(self.names, key=lambda name: (not name.is_registered, -self.names[name], name))


@dataclass(slots=True)
class _Agency:
    """One agency, as it adds up."""

    whole: _Tally = field(default_factory=_Tally)
    don_vi: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    """By the keys of their names."""
    nguoi: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))

    def of(self, named: Iterable[Named]) -> Iterable[_Tally]:
        """Those to whom a cell counts, each once: two people of one unit are one unit."""
        tallies: dict[_Tally, None] = {}
        for item in named:
            tallies |= dict.fromkeys((self.whole, self.don_vi[item.don_vi.khoa], self.nguoi[item.nguoi.khoa]))
        return tallies


@dataclass(slots=True)
class _Seen:
    """What one kho gives to one tally, of what may be met several times and counts once."""

    led: set[int] = field(default_factory=set)
    """Procedures."""
    supported: set[tuple[int, str]] = field(default_factory=set)
    """Steps with their procedures: one cell leads a step, but several may support it."""


class _Adding:
    """Adds up kho by kho."""

    def __init__(self) -> None:
        self.agencies: dict[Body, _Agency] = defaultdict(_Agency)

    def add(self, duties: Iterable[Duty]) -> None:
        """Add one kho."""
        seen: dict[_Tally, _Seen] = defaultdict(_Seen)
        for duty in duties:
            agency = self.agencies[duty.co_quan]
            parts = list(assignments_in(duty.facts.viec))
            _learn(agency, duty.named, sum(len(part.chu_tri) + len(part.phoi_hop) for part in parts))
            _lead(agency.of(duty.leading), duty, parts, seen)
            for tally in agency.of(duty.helping):
                seen[tally].supported.update((part.quy_trinh, step) for part in parts for step in part.chu_tri)
            supported = {(part.quy_trinh, step) for part in parts for step in part.phoi_hop}
            for tally in agency.of(duty.named) if supported else ():
                seen[tally].supported |= supported
        for tally, found in seen.items():
            tally.sums["quy_trinh_chu_tri"] += len(found.led)
            tally.sums["quy_trinh_phoi_hop"] += len({procedure for procedure, _ in found.supported})
            tally.sums["buoc_phoi_hop"] += len(found.supported)


def _learn(agency: _Agency, named: Iterable[Named], steps: int) -> None:
    for item in named:
        doer = agency.nguoi[item.nguoi.khoa]
        doer.names[item.nguoi] += steps
        doer.don_vi = min(filter(None, (doer.don_vi, item.don_vi)), key=lambda name: (not name.is_registered, name))
        agency.don_vi[item.don_vi.khoa].names[item.don_vi] += steps


def _lead(tallies: Iterable[_Tally], duty: Duty, parts: Sequence[Assignment], seen: dict[_Tally, _Seen]) -> None:
    facts = duty.facts
    led = {part.quy_trinh for part in parts if part.chu_tri}
    steps = sum(len(part.chu_tri) for part in parts)
    for tally in tallies:
        seen[tally].led |= led
        tally.sums["buoc_chu_tri"] += steps
        tally.sums["ngay_lam_viec"] += facts.ngay_lam_viec
        tally.sums["ngay"] += facts.ngay
        tally.sums["thang"] += facts.thang
        tally.sums["khong_ghi"] += facts.khong_ghi
        tally.sums["khong_tinh_duoc"] += facts.khong_tinh_duoc


def _finished(body: Body, agency: _Agency) -> AgencyLoad:
    units = {key: _load(key, tally, "") for key, tally in agency.don_vi.items()}
    ordered = sorted(units.values(), key=_order)
    rank = {unit.khoa: number for number, unit in enumerate(ordered)}
    of_doers = {key: tally.don_vi.khoa for key, tally in agency.nguoi.items() if tally.don_vi}
    doers = [_load(key, agency.nguoi[key], units[unit].ten) for key, unit in of_doers.items()]
    doers.sort(key=lambda load: (rank[of_doers[load.khoa]], *_order(load)))
    return AgencyLoad(body, agency.whole.sums, ordered, doers)


def _load(key: str, tally: _Tally, don_vi: str) -> Load:
    name = tally.name
    return Load(key, name.ten, don_vi or name.ten, name.listing, tally.sums)


def _order(load: Load) -> tuple[object, ...]:
    return (-load.sums["buoc_chu_tri"], -load.sums["buoc_phoi_hop"], _alphabetical(load.ten), load.ten, load.khoa)


# The units of one agency after another have the same names.
_alphabetical = lru_cache(maxsize=1 << 12)(alphabet_key)
