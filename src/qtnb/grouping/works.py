"""The different works that the names of all procedures speak of, each with its procedures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from qtnb.grouping.names import Matter, Name, name_of, own_names
from qtnb.grouping.records import Agency, Record, own_names_in
from qtnb.grouping.spelling import Repairs, is_unmarked, repaired, repairs_for, slips_in
from qtnb.grouping.syllables import bare
from qtnb.grouping.tokens import tokens_of

Slips: TypeAlias = tuple[tuple[str, str], ...]
"""Words as written, and as they are read."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the names of one run are read: the slips in them, and what each means."""

    slips: frozenset[str]
    repairs: Repairs

    def read(self, text: str, agency: Agency) -> tuple[Name, Slips]:
        """A name of an agency's procedure, and the slips that were put right in it."""
        return self.read_owned(text, own_names_in(text, agency))

    def read_owned(self, text: str, own: tuple[str, ...]) -> tuple[Name, Slips]:
        """The same for those names of an agency that the text has (:func:`.records.own_names_in`)."""
        right = repaired(text, self.slips, self.repairs)
        return name_of(tokens_of(right.text), own_names(own)), right.slips


def spelling_of(texts: Iterable[str]) -> Spelling:
    """How a set of names is to be read."""
    different = sorted(set(texts))
    slips = slips_in(different)
    return Spelling(slips, repairs_for(different, slips) if slips else {})


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A procedure whose name leaves open which work it is: it is typed without marks, and several would fit."""

    place: int
    """Of its record."""
    could_be: tuple[str, ...]
    """Names of other procedures that it could be, in order."""


@dataclass(slots=True)
class Work:
    """One work: all procedures whose names say the same."""

    kind: str
    """``CV`` or ``LT``."""
    matter: Matter
    units: str
    """The sorts of units by which an agency tells this work from another; else empty."""
    typed: tuple[str, ...]
    """What can be compared with nothing but itself: the words of a name without marks that no marked name explains,
    or a name without any word; else empty."""
    places: list[int] = field(default_factory=list)
    """Of its records."""
    kho: set[str] = field(default_factory=set)

    @property
    def comparable(self) -> bool:
        """Whether it can be of one nature with a work of another name."""
        return not self.typed

    @property
    def sort_key(self) -> tuple[object, ...]:
        """An order that depends on nothing but names; works of their own with one name follow their records."""
        matter = self.matter
        parts = (matter.content, matter.light, matter.conditions, matter.kinds, matter.numbers)
        return (self.kind, *map(sorted, parts), matter.order, self.units, self.typed, self.places[0])


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a name says."""

    matter: Matter
    units: str
    typed: tuple[str, ...] = ()
    could_be: tuple[str, ...] = ()
    """Several marked names that a name without marks could be."""


_NameKey: TypeAlias = tuple[str, tuple[str, ...]]
"""A name, and those names of its agency that it has."""


def works_of(
    records: Sequence[Record], spelling: Spelling, marks: Mapping[int, object] = MappingProxyType({})
) -> tuple[list[Work], list[Unplaced]]:
    """The works of procedures, and those procedures that could not be placed.

    ``records`` are in their order (:attr:`Record.sort_key`); those with different ``marks``, by their
    places, are different works, whatever they are called.
    """
    keys = [(record.ten, own_names_in(record.ten, record.co_quan)) for record in records]
    readings = _readings(keys, spelling)
    told_apart = _told_apart(records, keys, readings)
    works: dict[object, Work] = {}
    unplaced: list[Unplaced] = []
    for place, (record, key) in enumerate(zip(records, keys, strict=True)):
        reading = readings[key]
        if reading.could_be and place not in marks:
            unplaced.append(Unplaced(place, reading.could_be))
            continue
        units = reading.units if reading.matter in told_apart else ""
        same = (record.loai, reading.matter, units, reading.typed, marks.get(place))
        work = works.setdefault(same, Work(record.loai, reading.matter, units, reading.typed))
        work.places.append(place)
        work.kho.add(record.co_quan.kho)
    return sorted(works.values(), key=lambda work: work.sort_key), unplaced


def _readings(keys: Iterable[_NameKey], spelling: Spelling) -> Mapping[_NameKey, _Reading]:
    """How each name is read."""
    different = sorted(set(keys))
    typed = [(key, spelling.read_owned(*key)[0]) for key in different if is_unmarked(key[0])]
    unmarked = {key: _bare(name.spoken) for key, name in typed if name.unmarked}
    wanted = set(unmarked.values())
    meant: dict[tuple[str, ...], dict[Matter, tuple[str, str]]] = {words: {} for words in wanted}
    matters: dict[Matter, Matter] = {}
    readings: dict[_NameKey, _Reading] = {}
    for key in different:
        if key in unmarked:
            continue
        name, _ = spelling.read_owned(*key)
        matter = matters.setdefault(name.matter, name.matter)
        # A name of nothing but signs says nothing that another name could say too.
        readings[key] = _Reading(matter, name.units, () if name.spoken or name.words else (key[0],))
        if wanted:
            for words in {_bare(name.words), _bare(name.spoken)} & wanted:
                meant[words].setdefault(matter, (name.units, name.kept))
    for key, words in unmarked.items():
        readings[key] = _reading_of_unmarked(words, meant[words])
    return readings


def _reading_of_unmarked(words: tuple[str, ...], meant: Mapping[Matter, tuple[str, str]]) -> _Reading:
    """A name without marks is read as the one marked name with the same letters, where there is but one."""
    if len(meant) == 1:
        ((matter, (units, _)),) = meant.items()
        return _Reading(matter, units)
    plain = Matter(frozenset(words), frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), ())
    return _Reading(plain, "", words, tuple(sorted(text for _, text in meant.values())))


def _bare(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(bare(syllable) for word in words for syllable in word.split())


def _told_apart(
    records: Sequence[Record], keys: Sequence[_NameKey], readings: Mapping[_NameKey, _Reading]
) -> frozenset[Matter]:
    """The matters that some agency has twice, with different units: there the units mean something."""
    seen: dict[tuple[str, str, Matter], str] = {}
    found = set()
    for record, key in zip(records, keys, strict=True):
        reading = readings[key]
        if seen.setdefault((record.co_quan.kho, record.loai, reading.matter), reading.units) != reading.units:
            found.add(reading.matter)
    return frozenset(found)
