"""Procedures of many agencies put into groups of one nature."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Final

from qtnb.collation import alphabet_key
from qtnb.grouping.candidates import candidate_pairs
from qtnb.grouping.clusters import Clusters, Link, Seed
from qtnb.grouping.comparing import MAYBE_FROM, Outcome, Verdict, compare
from qtnb.grouping.fields import field_of, usual_fields
from qtnb.grouping.naming import proposed_name
from qtnb.grouping.overrides import Overrides
from qtnb.grouping.records import Record, own_names_in
from qtnb.grouping.resolving import Resolved, resolve
from qtnb.grouping.result import Group, Grouping, Near, Open, Particular
from qtnb.grouping.signature import likeness
from qtnb.grouping.works import Spelling, Unplaced, Work, spelling_of, works_of

SAME_STEPS: Final = Fraction(4, 5)
"""Share of common steps from which they count as the same. Alone they prove nothing: in one real list of 26
procedures, 27 of the 325 pairs have four steps in five in common (examples/phuong-mau)."""
_SIGNATURES: Final = 8
"""Contents of a work that are looked at; agencies that copy from each other have the same."""


@dataclass(slots=True)
class _Comparing:
    """The works while they are compared."""

    works: Sequence[Work]
    records: Sequence[Record]
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    near: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For a work the nearest one that it was not joined with, and how near it is, in per cent."""

    def accepts(self, one: int, other: int) -> bool:
        """Whether two works, the smaller number first, are of one nature."""
        verdict = self.verdicts.get((one, other))
        if verdict is None:
            verdict = self.verdict(one, other)
        return verdict.outcome is Outcome.SAME

    def verdict(self, one: int, other: int) -> Verdict:
        """What comes of comparing two works, their steps included."""
        if not (self.works[one].comparable and self.works[other].comparable):
            same = self.works[one].typed == self.works[other].typed
            return Verdict(Outcome.SAME if same else Outcome.BOTH_SIDES, 100 if same else 0)
        verdict = compare(self.works[one].matter, self.works[other].matter)
        if verdict.outcome is Outcome.MAYBE and self._same_steps(one, other):
            return Verdict(Outcome.SAME, verdict.score)
        return verdict

    def _same_steps(self, one: int, other: int) -> bool:
        mine, its = self._signatures(one), self._signatures(other)
        return any((likeness(a, b) or 0) >= SAME_STEPS for a in mine for b in its)

    def _signatures(self, work: int) -> list[str]:
        found = {self.records[place].noi_dung for place in self.works[work].places} - {""}
        return sorted(found)[:_SIGNATURES]


def group_procedures(records: Iterable[Record], overrides: Overrides | None = None) -> Grouping:
    """Group procedures by name and content; ``overrides`` come before what the program finds.

    The result depends on the records alone, not on their order.
    """
    ordered = sorted(records, key=lambda record: record.sort_key)
    resolved = resolve(overrides or Overrides(), ordered)
    spelling = spelling_of(record.ten for record in ordered)
    works, unplaced = works_of(ordered, spelling, resolved.marks())
    comparing = _Comparing(works, ordered)
    groups = _grouped(comparing, resolved)
    return _result(comparing, groups, resolved, unplaced, spelling)


def _grouped(comparing: _Comparing, resolved: Resolved) -> list[list[int]]:
    works = comparing.works
    work_of = {place: number for number, work in enumerate(works) for place in work.places}
    parted = [resolved.parted.get(work.places[0], {}) for work in works]
    clusters = Clusters([work.kho for work in works], parted, comparing.accepts)
    clusters.seed(
        Seed(tuple(sorted({work_of[place] for place in bundle.places})), bool(bundle.ten))
        for bundle in resolved.bundles
    )
    clusters.grow(_links(comparing))
    return clusters.groups(range(len(works)))


def _links(comparing: _Comparing) -> list[Link]:
    works = comparing.works
    links: list[Link] = []
    pairs = candidate_pairs([work.matter for work in works], [work.kind for work in works])
    for pair in pairs:
        one, other = sorted(pair)
        verdict = comparing.verdict(one, other)
        if verdict.outcome is Outcome.SAME:
            comparing.verdicts[one, other] = verdict
            links.append(Link(one, other, verdict.score))
        if verdict.score >= MAYBE_FROM:
            _note_near(comparing, one, other, verdict.score)
            _note_near(comparing, other, one, verdict.score)
    return links


def _note_near(comparing: _Comparing, work: int, other: int, score: int) -> None:
    """Remember the nearest work of another agency; of equally near ones the first."""
    if comparing.works[other].kho <= comparing.works[work].kho:
        return
    best = comparing.near.get(work)
    if best is None or (-score, other) < (-best[0], best[1]):
        comparing.near[work] = (score, other)


def _result(
    comparing: _Comparing,
    groups: Sequence[Sequence[int]],
    resolved: Resolved,
    unplaced: Sequence[Unplaced],
    spelling: Spelling,
) -> Grouping:
    records = comparing.records
    agreed = {place: bundle.ten for bundle in resolved.bundles for place in bundle.places}
    reviewed = set(resolved.marks())
    fields = usual_fields(records)
    common: list[Group] = []
    particular: list[tuple[int, Particular]] = []
    for works in groups:
        places = sorted(place for work in works for place in comparing.works[work].places)
        if len({records[place].co_quan.kho for place in places}) > 1:
            members = tuple(records[place] for place in places)
            name = next((agreed[place] for place in places if agreed.get(place)), "")
            linh_vuc = field_of(members, fields)
            common.append(_group(members, linh_vuc, name, spelling, reviewed=not reviewed.isdisjoint(places)))
        else:
            particular += [
                (place, Particular(records[place], _nearest(comparing, work)))
                for work in works
                for place in comparing.works[work].places
            ]
    common.sort(key=_catalogue_order)
    opened = sorted(
        (Open(records[item.place], item.could_be) for item in unplaced), key=lambda item: item.record.sort_key
    )
    return Grouping(
        tuple(common),
        tuple(item for _, item in sorted(particular, key=lambda found: found[0])),
        tuple(opened),
        resolved.remarks,
        spelling,
        frozenset(records[place] for place in agreed),
    )


def _catalogue_order(group: Group) -> tuple[object, ...]:
    """By kind, lĩnh vực (none last) and name."""
    named = (alphabet_key(group.linh_vuc), alphabet_key(group.ten))
    return group.loai, not group.linh_vuc, *named, group.thanh_vien[0].sort_key


def _nearest(comparing: _Comparing, work: int) -> Near | None:
    found = comparing.near.get(work)
    if found is None:
        return None
    score, other = found
    own = comparing.works[work].kho
    places = comparing.works[other].places
    return Near(
        next(comparing.records[place] for place in places if comparing.records[place].co_quan.kho not in own), score
    )


def _group(members: tuple[Record, ...], linh_vuc: str, agreed: str, spelling: Spelling, *, reviewed: bool) -> Group:
    read = cache(spelling.read_owned)  # most members have one name
    names = (read(member.ten, own_names_in(member.ten, member.co_quan))[0] for member in members)
    return Group(agreed or proposed_name(list(names)), members[0].loai, linh_vuc, members, reviewed)
