"""What was cut in one procedure, in the sentences of a “phương án đơn giản hóa”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.diff.changes import Change, Kind, ListChange, RowChange, TextChange, change_of
from qtnb.diff.printed import CAC_BUOC, CO_QUAN
from qtnb.diff.wording import row_label, short_name
from qtnb.don_gian_hoa.so_sanh import SoSanh
from qtnb.text import shown

_MOST_ROWS: Final = 6
"""Steps named in one sentence; more are counted."""
_MOST_CHARACTERS: Final = 90
"""Of the name of a step."""


def content_of(item: SoSanh) -> list[str]:
    """The sentences, without full stops: the time, what was left out, what was added, which steps got other times."""
    return list(_sentences(item))


def _sentences(item: SoSanh) -> Iterator[str]:
    if item.thay_the is not None and item.change.match.old is not None:
        old = item.change.match.old
        yield f"Thay thế quy trình {old.ky_hieu or old.khoa}"
    yield from _time(item)
    changes = item.change.changes
    agencies = change_of(changes, CO_QUAN)
    if isinstance(agencies, ListChange):
        yield from _rows(agencies.rows, CO_QUAN, "cơ quan", "")
        for row in agencies.rows:
            if row.kind is Kind.CHANGED:
                yield from _steps(row.changes, f" tại {short_name(row.part.name)}")
    yield from _steps(changes, "")


def _time(item: SoSanh) -> Iterator[str]:
    before, after = (" ".join(extent.thoi_gian.text.split()) for extent in (item.before, item.after))
    if before != after and before and after:
        word, joint = ("Giảm thời gian giải quyết", "xuống") if item.giam_thoi_gian > 0 else ("Thời gian", "thành")
        yield f"{word} từ {before} {joint} {after}"


def _steps(changes: Sequence[Change], where: str) -> Iterator[str]:
    steps = change_of(changes, CAC_BUOC)
    if not isinstance(steps, ListChange):
        return
    yield from _rows(steps.rows, CAC_BUOC, "bước", where)
    times = [text for row in steps.rows if (text := _step_time(row))]
    if times:
        yield f"Điều chỉnh thời gian bước{where}: {_listed(times)}"


def _rows(rows: Sequence[RowChange], key: str, what: str, where: str) -> Iterator[str]:
    gone = [_named(key, row.old_place, row) for row in rows if row.kind is Kind.REMOVED]
    come = [_named(key, row.new_place, row) for row in rows if row.kind is Kind.ADDED]
    if gone:
        yield f"Bỏ {what}{where}: {_listed(gone)}"
    if come:
        yield f"Thêm {what}{where}: {_listed(come)}"


def _named(key: str, place: int | None, row: RowChange) -> str:
    return f"{row_label(key, place or 0)} {shown(short_name(row.part.name), _MOST_CHARACTERS)}"


def _step_time(row: RowChange) -> str:
    """``B3 (2 ngày → 1 ngày)``; empty for a step whose time is as it was."""
    change = change_of(row.changes, "thoi_gian")
    if not isinstance(change, TextChange) or row.new_place is None:
        return ""
    old, new = (" ".join(text.split()) or "không ghi" for text in (change.old, change.new))
    return f"{row_label(CAC_BUOC, row.new_place)} ({old} → {new})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_ROWS
    return "; ".join(names[:_MOST_ROWS]) + (f"; và {more} bước khác" if more > 0 else "")
