"""What differs from the approved version, as the end of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.so_dang_ky.differences import Difference, Kind, head_of
from qtnb.so_dang_ky.titles import title_of
from qtnb.text import shown

_STEPS: Final = "cac_buoc"
_AGENCIES: Final = "co_quan"
"""Rows of these lists have names of their own."""
_AT_AGENCY: Final = " tại cơ quan"
"""How some titles inside an agency end; which agency is said all the same."""
_MOST: Final = 60
"""Characters shown of a value."""
_BEFORE: Final = 20
"""Characters shown of what two long values have in common, before the first that differs."""


def told(difference: Difference, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """``“Thời gian” của B2 trong bản đã phê duyệt là “1 ngày”, nay là “2 ngày”``; both versions whole."""
    loai, at = (old if difference.new is None else new)["loai"], difference.named
    where = _place(loai, at, old if difference.kind is Kind.REMOVED else new)
    match difference.kind:
        case Kind.ADDED:
            return f"{where} được thêm{_content(loai, at, difference.new)}"
        case Kind.REMOVED:
            return f"{where} trong bản đã phê duyệt bị xóa{_content(loai, at, difference.old)}"
        case Kind.REORDERED:
            rows = (_words(loai, at, difference.old), _words(loai, at, difference.new))
            return f"thứ tự của {where} trong bản đã phê duyệt là {_two(*rows)}"
        case Kind.CHANGED:
            return _changed(loai, at, where, difference)


def _changed(loai: str, at: DataPath, where: str, difference: Difference) -> str:
    old, new = (_words(loai, at, value) for value in (difference.old, difference.new))
    if True in {difference.old is True, difference.new is True}:
        return f"{where} trong bản đã phê duyệt là “{old or 'không'}”, nay là “{new or 'không'}”"
    if difference.old is None:
        return f"{where} không có trong bản đã phê duyệt, nay là “{shown(new, _MOST)}”"
    if difference.new is None:
        return f"{where} trong bản đã phê duyệt là “{shown(old, _MOST)}”, nay không còn"
    return f"{where} trong bản đã phê duyệt là {_two(old, new)}"


def _two(old: str, new: str) -> str:
    """Both values; of long ones the part where they first differ."""
    lines = [" ".join(text.split()) for text in (old, new)]
    if max(map(len, lines)) > _MOST:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*lines, strict=False)))
        start = lines[0].rfind(" ", 0, max(0, same - _BEFORE)) + 1
        if start > 0:
            lines = [f"…{line[start:]}" for line in lines]
    return f"“{shown(lines[0], _MOST)}”, nay là “{shown(lines[1], _MOST)}”"


# --- places ---------------------------------------------------------------------------------------


def _place(loai: str, at: DataPath, data: Any) -> str:  # noqa: ANN401 - YAML values
    """A place from the inside out: ``“Thời gian” của B2 tại cơ quan “Sở Nội vụ”``."""
    values = [data]
    for step in at:
        values.append(_value_in(values[-1], step))
    parts = list(_parts(loai, at, values[1:]))
    words = "".join(f"{link}{part}" if number else part for number, (link, part) in enumerate(reversed(parts)))
    return f"bước {words}" if at[-2:-1] == (_STEPS,) else words


def _value_in(value: Any, step: str | int) -> Any:  # noqa: ANN401 - YAML values
    if isinstance(step, str):
        return value.get(step) if isinstance(value, Mapping) else None
    # One text where a list may stand counts as a list of it.
    return value[step] if isinstance(value, list) and step < len(value) else value


def _parts(loai: str, at: DataPath, values: list[Any]) -> Iterator[tuple[str, str]]:
    """Each part of the path with the word that joins it to the part inside it."""
    in_agency = at[:1] == (_AGENCIES,) and len(at) > 1
    for number, step in enumerate(at):
        row_follows = number + 1 < len(at) and isinstance(at[number + 1], int)
        if isinstance(step, str):
            title = title_of(loai, at[: number + 1])
            if not (row_follows and step in {_STEPS, _AGENCIES}):
                yield " của ", f"“{title.removesuffix(_AT_AGENCY) if in_agency else title}”"
        elif at[number - 1] == _STEPS:
            yield " của ", f"B{step + 1}"
        elif at[number - 1] == _AGENCIES:
            # One whose name is the matter is known by its place.
            is_name = at[number + 1 :] == ("ten",)
            yield (
                (" của " if is_name else " tại "),
                f"cơ quan thứ {step + 1}" if is_name else f"cơ quan “{shown(head_of(values[number]), _MOST)}”",
            )
        else:
            yield " của ", f"mục {step + 1}"


# --- values ---------------------------------------------------------------------------------------


def _content(loai: str, at: DataPath, row: Any) -> str:  # noqa: ANN401 - YAML values
    """What a row that came or went is; an agency has been named by it already."""
    if at[-2] == _AGENCIES:
        return ""
    return f": “{shown(_row(loai, at, row), _MOST)}”"


def _row(loai: str, at: DataPath, row: Any) -> str:  # noqa: ANN401 - YAML values
    """A row in a few words: a step or an agency by its name alone."""
    steps = {_STEPS, _AGENCIES} & {step for step in at[-2:] if isinstance(step, str)}
    return head_of(row) if steps else _words(loai, at, row)


def _words(loai: str, at: DataPath, value: Any) -> str:  # noqa: ANN401 - YAML values
    """A value as one would say it; empty for none."""
    if value is None:
        return ""
    if value is True:
        return "có"
    if isinstance(value, list):
        return "; ".join(_row(loai, (*at, number), row) for number, row in enumerate(value))
    return _mapping_words(loai, at, value) if isinstance(value, Mapping) else str(value)


def _mapping_words(loai: str, at: DataPath, value: Mapping[str, Any]) -> str:
    """``Đơn (bản chính)``: what it is called by, then all else that it says."""
    head = head_of(value)
    more = []
    for key, part in value.items():
        if key.startswith("x-") or (head and part == head):
            continue
        title = title_of(loai, (*at, key))
        name = title[:1].lower() + title[1:]
        more.append(name if part is True else f"{name}: {_words(loai, (*at, key), part)}")
    if not head:
        return ", ".join(more)
    return f"{head} ({', '.join(more)})" if more else head
