"""Which procedures the decisions of ``nhom.yaml`` mean, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.grouping.overrides import Decided, Member, NamedGroup, Overrides
from qtnb.grouping.records import Record
from qtnb.grouping.vocabulary import syllables_of
from qtnb.text import shown

UNKNOWN: Final = "group-unknown"
TWICE: Final = "group-twice"
KIND: Final = "group-kind"
CONTRADICTION: Final = "group-contradiction"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Procedures that a person has put together."""

    places: tuple[int, ...]
    """Of their records, in order."""
    ten: str
    """The agreed name; empty where only ``gop`` puts them together."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The decisions in terms of the records of this run."""

    bundles: tuple[Bundle, ...]
    parted: Mapping[int, Mapping[int, int]]
    """For the places of records that must be kept apart: by the number of the decision, which part they are."""
    remarks: tuple[Remark, ...]

    def marks(self) -> dict[int, tuple[object, ...]]:
        """What is decided about each record that a decision names, by its place; equal marks are alike in all."""
        marks: dict[int, tuple[object, ...]] = {
            place: (number,) for number, bundle in enumerate(self.bundles) for place in bundle.places
        }
        for place, parts in self.parted.items():
            marks[place] = (*marks.get(place, (None,)), *sorted(parts.items()))
        return marks


@dataclass(slots=True)
class _Resolving:
    """What has been found out so far."""

    records: Sequence[Record]
    by_key: Mapping[tuple[tuple[str, ...], str], list[int]]
    by_name: Mapping[tuple[str, ...], list[int]]
    remarks: list[Remark] = field(default_factory=list)
    bundle_of: dict[int, int] = field(default_factory=dict)
    """The number of the bundle that holds a record."""
    members: list[set[int]] = field(default_factory=list)
    """The records of each bundle; emptied when it becomes part of another."""
    names: list[str] = field(default_factory=list)


def resolve(overrides: Overrides, records: Sequence[Record]) -> Resolved:
    """Find the records that the decisions mean; ``records`` are in their order.

    Of decisions that contradict each other the first named group holds, then ``gop``, then ``tach``;
    each contradiction is told.
    """
    state = _Resolving(records, _by_key(records), _by_name(records))
    for group in overrides.nhom:
        _add_named(state, group)
    for decided in overrides.gop:
        _add_joined(state, decided)
    parted: dict[int, dict[int, int]] = {}
    for number, decided in enumerate(overrides.tach):
        for place, part in _parts(state, decided):
            parted.setdefault(place, {})[number] = part
    bundles = tuple(
        Bundle(tuple(sorted(places)), state.names[number]) for number, places in enumerate(state.members) if places
    )
    return Resolved(bundles, parted, tuple(state.remarks))


def _by_key(records: Sequence[Record]) -> Mapping[tuple[tuple[str, ...], str], list[int]]:
    found: dict[tuple[tuple[str, ...], str], list[int]] = {}
    for place, record in enumerate(records):
        found.setdefault((syllables_of(record.co_quan.ten), record.khoa), []).append(place)
    return found


def _by_name(records: Sequence[Record]) -> Mapping[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for place, record in enumerate(records):
        found.setdefault(syllables_of(record.ten), []).append(place)
    return found


def _add_named(state: _Resolving, group: NamedGroup) -> None:
    taken: set[int] = set()
    for member in group.thanh_vien:
        for place in _meant(state, member):
            if place in state.bundle_of:
                state.remarks.append(_twice(member, state.names[state.bundle_of[place]], group.ten))
                break
            taken.add(place)
    taken = _of_one_kind(state, taken, group)
    if taken:
        _bundle(state, taken, group.ten)


def _add_joined(state: _Resolving, decided: Decided) -> None:
    meant = {place for member in decided.thanh_vien for place in _meant(state, member)}
    meant = _of_one_kind(state, meant, decided)
    bundles = sorted({state.bundle_of[place] for place in meant if place in state.bundle_of})
    names = [state.names[number] for number in bundles if state.names[number]]
    if len(names) > 1:
        listed = ", ".join(f"“{shown(name)}”" for name in names)
        message = f"Mục gop này gộp các quy trình của những nhóm đã tách riêng: {listed}."
        state.remarks.append(Remark(decided.at, CONTRADICTION, message, "Bỏ mục này, hoặc gộp các nhóm đó thành một."))
        return
    for number in bundles:
        meant |= state.members[number]
        state.members[number] = set()
    if meant:
        _bundle(state, meant, names[0] if names else "")


def _bundle(state: _Resolving, places: set[int], name: str) -> None:
    state.bundle_of.update(dict.fromkeys(places, len(state.members)))
    state.members.append(places)
    state.names.append(name)


def _parts(state: _Resolving, decided: Decided) -> Iterator[tuple[int, int]]:
    """Each record that a decision keeps apart, and the number of the member that means it."""
    meant = [(member, _meant(state, member)) for member in decided.thanh_vien]
    parts: dict[int, int] = {}
    bundles: dict[int, int] = {}
    for number, (member, places) in enumerate(meant):
        earlier = {parts.get(place, number) for place in places} - {number}
        if earlier:
            first = meant[min(earlier)][0]
            message = f"Hai thành viên của mục tach chỉ cùng một quy trình: {_written(first)} và {_written(member)}."
            state.remarks.append(Remark(member.at, CONTRADICTION, message, "Bỏ một thành viên."))
            continue
        own = {state.bundle_of[place] for place in places if place in state.bundle_of}
        together = sorted(bundle for bundle in own if bundles.get(bundle, number) != number)
        if together:
            first = meant[bundles[together[0]]][0]
            state.remarks.append(_contradiction(first, member, state.names[together[0]]))
            continue
        bundles.update(dict.fromkeys(own, number))
        parts.update(dict.fromkeys(places, number))
    yield from parts.items()


def _meant(state: _Resolving, member: Member) -> list[int]:
    """The records that a member means; a remark where there is none."""
    found = _found(state, member)
    if not found:
        state.remarks.append(_unknown(state, member))
    return found


def _found(state: _Resolving, member: Member) -> list[int]:
    agency = syllables_of(member.co_quan)
    if member.khoa:
        return state.by_key.get((agency, member.khoa), [])
    named = state.by_name.get(syllables_of(member.ten), [])
    return [place for place in named if not agency or syllables_of(state.records[place].co_quan.ten) == agency]


def _unknown(state: _Resolving, member: Member) -> Remark:
    message = f"Không tìm thấy {_written(member)} trong các kho được tổng hợp."
    near = _nearest(member, state.records)
    hint = f"Có phải {near}?" if near else "Sửa tên, khóa hoặc cơ quan; xóa mục này nếu quy trình không còn."
    return Remark(member.at, UNKNOWN, message, hint, Severity.WARNING)


def _nearest(member: Member, records: Sequence[Record]) -> str:
    """What a member probably means; empty when nothing comes near."""
    from rapidfuzz import fuzz, process  # loaded only for a file with a member that is not there

    agencies = sorted({record.co_quan.ten for record in records})
    if member.co_quan and member.co_quan not in agencies:
        found = process.extractOne(member.co_quan, agencies, scorer=fuzz.ratio, score_cutoff=80)
        return f"cơ quan “{shown(found[0])}”" if found else ""
    own = [record for record in records if not member.co_quan or record.co_quan.ten == member.co_quan]
    written = sorted({record.khoa if member.khoa else record.ten for record in own})
    found = process.extractOne(member.khoa or member.ten, written, scorer=fuzz.ratio, score_cutoff=80)
    return f"“{shown(found[0])}”" if found else ""


def _of_one_kind(state: _Resolving, places: set[int], decided: NamedGroup | Decided) -> set[int]:
    """Those of the more frequent kind; a remark where one of the others is told by its key.

    A name means the procedures of one kind that have it: the other kind has a catalogue of its own.
    """
    kinds = [state.records[place].loai for place in sorted(places)]
    if len(set(kinds)) < 2:  # noqa: PLR2004 - one kind, or no record at all
        return places
    kept = max(sorted(set(kinds)), key=kinds.count)
    left = {place for place in places if state.records[place].loai == kept}
    keyed = {place for member in decided.thanh_vien if member.khoa for place in _found(state, member)}
    if keyed - left:
        message = "Mục này gồm cả quy trình CV (một cơ quan) và LT (liên thông); hai loại có danh mục riêng."
        hint = f"Chỉ giữ các quy trình {kept}, hoặc tách thành hai mục."
        state.remarks.append(Remark(decided.at, KIND, message, hint))
    return left


def _twice(member: Member, first: str, second: str) -> Remark:
    where = f"nhóm “{shown(first)}”" if first != second else "nhóm này, hoặc một nhóm cùng tên ở trên"
    message = f"{_written(member)} đã ở trong {where}."
    return Remark(member.at, TWICE, message[:1].upper() + message[1:], "Mỗi quy trình chỉ ở một nhóm: xóa ở một nơi.")


def _contradiction(one: Member, other: Member, name: str) -> Remark:
    joined = f"nhóm “{shown(name)}”" if name else "một mục gop"
    message = f"Mục tach tách {_written(one)} với {_written(other)}, nhưng {joined} gộp cả hai."
    place = RelatedPlace(one.at, f"Thành viên kia: {_written(one)}")
    return Remark(other.at, CONTRADICTION, message, "Giữ một trong hai cách xếp.", related=(place,))


def _written(member: Member) -> str:
    name = f"quy trình có khóa “{shown(member.khoa)}”" if member.khoa else f"“{shown(member.ten)}”"
    return f"{name} của {shown(member.co_quan)}" if member.co_quan else name
