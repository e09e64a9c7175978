"""What the program found as a ``nhom.yaml`` for a person to review."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qtnb.collation import alphabet_key
from qtnb.grouping.grouping import Group, Grouping, Particular
from qtnb.grouping.overrides import Decided, Member, Overrides
from qtnb.grouping.records import Record
from qtnb.grouping.vocabulary import syllables_of

_HEAD = """\
# Đề xuất nhóm công việc chung do qtnb tạo, để người có thẩm quyền rà soát.
# Sửa tên nhóm và thành viên; chuyển tên không thuộc nhóm ra tach, tên cùng việc vào gop, kèm lý do.
# Nhóm mà các cơ quan đặt tên giống hệt nhau không cần ghi: chương trình luôn gộp chúng.
phien_ban: 1
"""


def proposal_text(grouping: Grouping, overrides: Overrides | None = None) -> str:
    """A ``nhom.yaml`` that gives the same groups again, with what has been decided kept as it is.

    The text depends on the grouping alone. Groups whose members all have one name are left out.
    """
    decided = overrides or Overrides()
    agreed = {group.ten for group in decided.nhom}
    found = [group for group in grouping.chung if group.ten not in agreed and _names_differ(group)]
    lines = ["nhom:" if decided.nhom or found else "nhom: []"]
    for named in decided.nhom:
        lines += _group_lines(named.ten, map(_member_text, named.thanh_vien), named.ly_do)
    common = _ambiguous_names(grouping)
    for group in found:
        lines += _group_lines(group.ten, _member_lines(group, common), "")
    lines += _decided_lines("tach", decided.tach)
    lines += _decided_lines("gop", decided.gop)
    lines += _near_lines(grouping.rieng)
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _names_differ(group: Group) -> bool:
    return len({syllables_of(member.ten) for member in group.thanh_vien}) > 1


def _ambiguous_names(grouping: Grouping) -> frozenset[tuple[str, ...]]:
    """Names that stand in several groups, or alone beside a group: such members are told by their keys."""
    places: Counter[tuple[str, ...]] = Counter()
    for group in grouping.chung:
        places.update({syllables_of(member.ten) for member in group.thanh_vien})
    places.update(syllables_of(item.record.ten) for item in grouping.rieng)
    places.update(syllables_of(item.record.ten) for item in grouping.chua_xep)
    return frozenset(name for name, count in places.items() if count > 1)


def _member_lines(group: Group, ambiguous: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """Members by name, each name once with its agencies; by agency and key where a name is not enough."""
    by_name: dict[tuple[str, ...], list[Record]] = {}
    for member in group.thanh_vien:
        by_name.setdefault(syllables_of(member.ten), []).append(member)
    for name, members in sorted(by_name.items(), key=lambda item: (alphabet_key(item[1][0].ten), item[0])):
        if name in ambiguous:
            for member in members:
                yield f"{{co_quan: {_quoted(member.co_quan.ten)}, khoa: {_quoted(member.khoa)}}}"
        else:
            yield f"{_quoted(members[0].ten)}  # {_agencies(members)}"


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
