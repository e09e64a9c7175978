"""What the program found as a ``nhom.yaml`` for a person to review."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qtnb.collation import alphabet_key
from qtnb.grouping.names import Matter
from qtnb.grouping.naming import matters_of
from qtnb.grouping.overrides import Decided, Member, Overrides
from qtnb.grouping.records import Record
from qtnb.grouping.result import Group, Grouping, Particular
from qtnb.grouping.vocabulary import syllables_of

_HEAD = """\
# Đề xuất nhóm công việc chung do qtnb tạo, để người có thẩm quyền rà soát.
# Sửa tên nhóm và thành viên; chuyển tên không thuộc nhóm ra tach, tên cùng việc vào gop, kèm lý do.
# Tên chỉ khác ở chữ hoa, dấu câu, nơi chốn, từ đệm luôn ở chung nhóm, nên chỉ ghi một cách viết; nhóm chỉ có những tên
# như vậy không cần ghi.
phien_ban: 1
"""

_Key: TypeAlias = tuple[str, object]
"""Kind and matter of a name, or kind and its letters."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The members of a group whose names say the same."""

    matter: Matter
    members: tuple[Record, ...]
    ten: str
    """The plainest of their names."""
    names: int
    """How many ways of writing there are."""


def proposal_text(grouping: Grouping, overrides: Overrides | None = None) -> str:
    """A ``nhom.yaml`` that gives the same groups again, with what has been decided kept as it is.

    The text depends on the grouping alone.
    """
    decided = overrides or Overrides()
    agreed = {group.ten for group in decided.nhom}
    groups = [(group.ten, _works(grouping, group)) for group in grouping.chung if group.ten not in agreed]
    by_key = _told_by_key(grouping, [works for _, works in groups])
    found = [(ten, lines) for ten, works in groups if len(lines := list(_member_lines(works, by_key))) > 1]
    lines = ["nhom:" if decided.nhom or found else "nhom: []"]
    for named in decided.nhom:
        lines += _group_lines(named.ten, map(_member_text, named.thanh_vien), named.ly_do)
    for ten, members in found:
        lines += _group_lines(ten, members, "")
    lines += _decided_lines("tach", decided.tach)
    lines += _decided_lines("gop", decided.gop)
    lines += _near_lines(grouping.rieng)
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _works(grouping: Grouping, group: Group) -> list[_Work]:
    """The works of a group, in order of their names."""
    read = [grouping.spelling.read(member.ten, member.co_quan) for member in group.thanh_vien]
    matters = matters_of([name for name, _ in read])
    members: dict[Matter, list[int]] = {}
    for place, matter in enumerate(matters):
        members.setdefault(matter, []).append(place)
    works = []
    for matter, places in members.items():
        texts = Counter(group.thanh_vien[place].ten for place in places)
        plain = {group.thanh_vien[place].ten: (read[place][0].unmarked, bool(read[place][1])) for place in places}
        ten = min(texts, key=lambda text: (*plain[text], -texts[text], len(text), alphabet_key(text), text))
        names = len({syllables_of(text) for text in texts})
        works.append(_Work(matter, tuple(group.thanh_vien[place] for place in places), ten, names))
    return sorted(works, key=lambda work: (alphabet_key(work.ten), work.ten))


def _told_by_key(grouping: Grouping, groups: Sequence[Sequence[_Work]]) -> frozenset[Record]:
    """The members whose names, or others that say the same, stand in another group or alone too."""
    places: dict[_Key, set[int]] = {}
    for number, parts in enumerate(groups):
        for part in parts:
            for key in _keys(part.matter, part.members):
                places.setdefault(key, set()).add(number)
    alone = [*(item.record for item in grouping.rieng), *(item.record for item in grouping.chua_xep)]
    for number, record in enumerate(alone, start=len(groups)):
        name, _ = grouping.spelling.read(record.ten, record.co_quan)
        for key in _keys(name.matter, (record,)):
            places.setdefault(key, set()).add(number)
    return frozenset(
        member
        for parts in groups
        for part in parts
        if any(len(places[key]) > 1 for key in _keys(part.matter, part.members)) or _twice_in_one_kho(part)
        for member in part.members
    )


def _keys(matter: Matter, members: Iterable[Record]) -> Iterator[_Key]:
    """What tells a work from others: what its names say, and how they are written, of whatever kind."""
    for member in members:
        yield member.loai, matter
        yield "", syllables_of(member.ten)


def _twice_in_one_kho(part: _Work) -> bool:
    """Whether one agency has the work under two names: then each must be told, for they would be kept apart."""
    names = {(member.co_quan.kho, syllables_of(member.ten)) for member in part.members}
    return len({kho for kho, _ in names}) < len(names)


def _member_lines(parts: Iterable[_Work], by_key: Collection[Record]) -> Iterator[str]:
    """One line for each work; where a name is not enough, one for each member, by agency and key."""
    for part in parts:
        if part.members[0] in by_key:
            for member in part.members:
                yield f"{{co_quan: {_quoted(member.co_quan.ten)}, khoa: {_quoted(member.khoa)}}}"
        else:
            more = f", {part.names} cách viết" if part.names > 1 else ""
            yield f"{_quoted(part.ten)}  # {_agencies(part.members)}{more}"


def _agencies(members: Sequence[Record]) -> str:
    names = list({member.co_quan.kho: " ".join(member.co_quan.ten.split()) for member in members}.values())
    return names[0] if len(names) == 1 else f"{len(names)} cơ quan"


def _group_lines(ten: str, members: Iterable[str], ly_do: str) -> Iterator[str]:
    yield f"  - ten: {_quoted(ten)}"
    yield from _body_lines(members, ly_do, "    ")


def _decided_lines(key: str, decided: Sequence[Decided]) -> Iterator[str]:
    yield f"{key}:" if decided else f"{key}: []"
    for item in decided:
        first, *rest = _body_lines(map(_member_text, item.thanh_vien), item.ly_do, "    ")
        yield f"  - {first.strip()}"
        yield from rest


def _body_lines(members: Iterable[str], ly_do: str, indent: str) -> Iterator[str]:
    yield f"{indent}thanh_vien:"
    for member in members:
        yield f"{indent}  - {member}"
    if ly_do:
        yield f"{indent}ly_do: {_quoted(ly_do)}"


def _member_text(member: Member) -> str:
    if not member.co_quan:
        return _quoted(member.ten)
    told = f"khoa: {_quoted(member.khoa)}" if member.khoa else f"ten: {_quoted(member.ten)}"
    return f"{{co_quan: {_quoted(member.co_quan)}, {told}}}"


def _near_lines(particular: Iterable[Particular]) -> Iterator[str]:
    """Comments on procedures that were left alone, though something comes near."""
    for item in particular:
        if item.gan_giong is not None:
            near = item.gan_giong
            yield (f"# Xem lại, giống {near.score} %: {_commented(item.record)} và {_commented(near.record)}")


def _commented(record: Record) -> str:
    return f"{_quoted(record.ten)} ({' '.join(record.co_quan.ten.split())})"


def _quoted(text: str) -> str:
    # A JSON string on one line is a double-quoted YAML scalar.
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
