"""Why two procedures are in one group, or are not, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from qtnb.grouping.comparing import MOST_EXTRA, SAME_FROM, WITH_ACTION_FROM, Outcome, Verdict, compare
from qtnb.grouping.grouping import SAME_STEPS
from qtnb.grouping.names import Name
from qtnb.grouping.records import Record
from qtnb.grouping.result import Group, Grouping
from qtnb.grouping.signature import likeness
from qtnb.grouping.syllables import bare, sound
from qtnb.grouping.works import Slips
from qtnb.text import shown

_LONGEST = 200
"""Names of procedures are long, and here they are the matter."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two procedures."""

    number: int
    record: Record
    name: Name
    """As it was read; of a name without marks, the marked name that it was taken for."""
    slips: Slips
    taken_for: str
    """That marked name; empty for a name with marks."""


def explain_pair(grouping: Grouping, one: Record, other: Record) -> str:
    """Why two procedures of a grouping are, or are not, in one group: lines of text, with a line end."""
    group = group_of(grouping, one)
    together = group is not None and group is group_of(grouping, other)
    sides = _side(grouping, 1, one), _side(grouping, 2, other)
    lines = [f"Cùng nhóm “{shown(group.ten, _LONGEST)}”:" if together and group else "Không cùng nhóm:"]
    lines += [_line(side) for side in sides]
    lines += [line for side in sides for line in _reading(side)]
    lines += _comparison(*sides)
    lines += _decision(grouping, group if together else None, *sides)
    return "".join(f"{line}\n" for line in lines)


def group_of(grouping: Grouping, record: Record) -> Group | None:
    """The group of the common catalogue that holds a procedure; None when it is in none."""
    return next((group for group in grouping.chung if record in group.thanh_vien), None)


def _side(grouping: Grouping, number: int, record: Record) -> _Side:
    name, slips = grouping.spelling.read(record.ten, record.co_quan)
    if name.unmarked:
        group = group_of(grouping, record)
        letters = _letters(name.spoken)
        for member in group.thanh_vien if group else ():
            marked, _ = grouping.spelling.read(member.ten, member.co_quan)
            if not marked.unmarked and letters in {_letters(marked.spoken), _letters(marked.words)}:
                return _Side(number, record, marked, slips, marked.kept)
    return _Side(number, record, name, slips, "")


def _letters(words: Iterable[str]) -> str:
    return " ".join(map(bare, words))


def _line(side: _Side) -> str:
    record = side.record
    return f"  {side.number}. {shown(record.co_quan.ten)}, {record.khoa}: “{shown(record.ten, _LONGEST)}”"


def _reading(side: _Side) -> Iterator[str]:
    """What was done to a name before it was compared."""
    if side.taken_for:
        name = shown(side.taken_for, _LONGEST)
        yield f"- Tên {side.number} viết không dấu; chỉ có một tên có dấu cùng các chữ ấy: “{name}”."
        return
    for written, read in side.slips:
        yield f"- Tên {side.number}: “{written}” được đọc là “{read}”, vì các tên khác viết như vậy."
    for written, read in side.name.read_as:
        yield f"- Tên {side.number}: “{written}” được đọc là “{read}”."
    if side.name.ignored:
        yield f"- Tên {side.number}, phần được bỏ qua: {_quoted(side.name.ignored)}."


def _comparison(one: _Side, other: _Side) -> Iterator[str]:
    """What the two names share, and what only one has."""
    mine, its = one.name, other.name
    words = {sound(word): word for name in (mine, its) for word in name.words}
    heavy = _heavy(mine), _heavy(its)
    light = mine.matter.light | mine.matter.kinds, its.matter.light | its.matter.kinds
    yield f"- Từ chính giống nhau: {_listed(heavy[0] & heavy[1], words)}."
    if light[0] & light[1]:
        yield f"- Từ nhẹ giống nhau: {_listed(light[0] & light[1], words)}."
    for side, own, their in ((one, 0, 1), (other, 1, 0)):
        if alone := heavy[own] - heavy[their]:
            yield f"- Từ chính chỉ có ở tên {side.number}: {_listed(alone, words)}."
        if alone := light[own] - light[their]:
            yield f"- Từ nhẹ chỉ có ở tên {side.number}: {_listed(alone, words)}."
    if mixed := _mixed(mine, its):
        yield f"- Khác nhau ở dấu hỏi, ngã: {_quoted(mixed)}."
    share = likeness(one.record.noi_dung, other.record.noi_dung)
    if share is not None:
        yield f"- Bước giống nhau: {100 * share.numerator // share.denominator} % số bước của hai quy trình."


def _mixed(one: Name, other: Name) -> list[str]:
    """The syllables that the names spell with hỏi in one place and with ngã in the other."""
    spelt: dict[str, dict[str, None]] = {}
    for word in (*one.spoken, *other.spoken):
        spelt.setdefault(sound(word), {})[word] = None
    return [word for words in spelt.values() if len(words) > 1 for word in words]


def _heavy(name: Name) -> frozenset[str]:
    return name.matter.content | name.matter.conditions | name.matter.numbers


def _decision(grouping: Grouping, group: Group | None, one: _Side, other: _Side) -> Iterator[str]:
    if one.record.loai != other.record.loai:
        yield "- Một quy trình CV và một quy trình LT không bao giờ ở chung một nhóm."
        return
    verdict = compare(one.name.matter, other.name.matter)
    if group is None:
        wordless = not (one.name.spoken and other.name.spoken)
        why = "Một tên không có chữ hay số nào, nên không so được."
        yield f"- {why if wordless else _why_apart(verdict, one, other)}"
        return
    decided = [side for side in (one, other) if side.record in grouping.decided]
    if len(decided) == 2:  # noqa: PLR2004 - both
        yield "- Hai quy trình ở chung nhóm do tệp nhom.yaml."
    elif verdict.outcome is Outcome.SAME:
        yield f"- {_score(verdict, one, other)}: cùng một việc."
    elif verdict.outcome is Outcome.MAYBE and _same_steps(one, other):
        yield f"- Điểm {verdict.score} % và các bước gần như nhau: cùng một việc."
    else:
        yield f"- {_through(grouping, group, one, other)}"


def _score(verdict: Verdict, one: _Side, other: _Side) -> str:
    mine, its = one.name.matter, other.name.matter
    least = WITH_ACTION_FROM if mine.actions ^ its.actions else SAME_FROM
    told = f"Điểm {verdict.score} %, ngưỡng {least} %"
    if verdict.score >= least and verdict.outcome is not Outcome.SAME:
        told += f", nhưng phần chỉ có ở một tên dài hơn {MOST_EXTRA} tiếng"
    return told


def _same_steps(one: _Side, other: _Side) -> bool:
    return (likeness(one.record.noi_dung, other.record.noi_dung) or 0) >= SAME_STEPS


def _through(grouping: Grouping, group: Group, one: _Side, other: _Side) -> str:
    """The member by which two procedures came into one group without being alike themselves."""
    for member in group.thanh_vien:
        middle = _side(grouping, 0, member)
        if all(compare(middle.name.matter, side.name.matter).outcome is Outcome.SAME for side in (one, other)):
            return f"Cả hai cùng một việc với “{shown(member.ten, _LONGEST)}” của {shown(member.co_quan.ten)}."
    if group.da_ra_soat:
        return "Mỗi quy trình cùng một việc với một thành viên mà tệp nhom.yaml đặt vào nhóm này."
    return "Tên của hai cơ quan khác nhau, nhưng các cơ quan khác trong nhóm có các bước gần như nhau."


def _why_apart(verdict: Verdict, one: _Side, other: _Side) -> str:
    mine, its = one.name.matter, other.name.matter
    match verdict.outcome:
        case Outcome.SAME | Outcome.MAYBE:
            if one.record.co_quan.kho == other.record.co_quan.kho:
                return "Cùng một cơ quan liệt kê thành hai quy trình, nên được coi là hai việc."
            if verdict.outcome is Outcome.MAYBE:
                return f"{_score(verdict, one, other)}; các bước không đủ giống nhau: cần người xem."
            return (
                f"Điểm {verdict.score} %, nhưng một tên hợp hơn với nhóm khác, hoặc tệp nhom.yaml tách hai quy trình."
            )
        case Outcome.CONDITIONS:
            return f"Từ làm thành việc khác chỉ có ở một tên: {_quoted(sorted(mine.conditions ^ its.conditions))}."
        case Outcome.KINDS:
            return f"Hai tên nói về hai loại khác nhau: {_quoted(sorted(mine.kinds ^ its.kinds))}."
        case Outcome.NUMBERS:
            return f"Số trong hai tên khác nhau: {_quoted(sorted(mine.numbers ^ its.numbers))}."
        case Outcome.ORDER:
            return "Hai tên có cùng các từ, nhưng theo chiều ngược nhau."
        case Outcome.BOTH_SIDES:
            return "Mỗi tên có từ chính mà tên kia không có: hai việc khác nhau."
        case Outcome.TOO_MUCH:
            return f"{_score(verdict, one, other)}: một tên nói nhiều điều mà tên kia không có."
        case _:
            assert_never(verdict.outcome)


def _listed(sounds: Collection[str], words: dict[str, str]) -> str:
    """Words as they are spelt, in their order in the names; ``words`` by their sounds."""
    return ", ".join(word for spoken, word in words.items() if spoken in sounds) or "không có"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{shown(text, _LONGEST)}”" for text in texts)
