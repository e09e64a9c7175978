"""Changes in the words of the form: what reports for people tell, whatever their layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, assert_never

from qtnb.diff.changes import Change, Kind, ListChange, RowChange, Target, TextChange
from qtnb.diff.extent import Extent, change_in_words, declared, time_written
from qtnb.diff.kho import DecisionChange, KhoDiff, ProcedureChange
from qtnb.diff.matching import Matched
from qtnb.diff.parts import ITEM, Part
from qtnb.diff.printed import CAC_BUOC, CO_QUAN, NO, SONG_SONG
from qtnb.diff.titles import KeyPath, title_of
from qtnb.schema import SchemaName

CATALOGUE: Final = ("ten", "ky_hieu", "linh_vuc", "ghi_chu")
"""What the danh mục shows of a procedure."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change, told."""

    kind: Kind
    title: str
    """What changed: ``Thời gian``, ``B4 → B5``."""
    old: str = ""
    """The text before; empty where there was none, or where ``inner`` tells it."""
    new: str = ""
    note: str = ""
    """What the texts do not show: ``giảm 1 ngày``."""
    inner: tuple[Told, ...] = ()
    is_row: bool = False
    """Whether it is a row of a list, named by its place, and not a value, named by its title."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file the changes to tell are."""

    schema: SchemaName
    path: KeyPath
    hours: Fraction

    def title(self, key: str) -> str:
        return title_of(self.schema, (*self.path, key))

    def below(self, key: str) -> _Place:
        return _Place(self.schema, (*self.path, key), self.hours)


def procedure_told(change: ProcedureChange, hours: Fraction) -> tuple[Told, ...]:
    """The changes of one procedure; none for one that was added or removed."""
    place = _Place(SchemaName(change.item.loai.lower()), (), hours)
    # Of a form that is wholly new its extent says what there is to say.
    changes = [it for it in change.changes if not change.written_first or it.key in CATALOGUE]
    return (*_key_told(change), *_all_told(changes, place))


def decision_told(change: DecisionChange, hours: Fraction) -> tuple[Told, ...]:
    """The changes of one decision; none for one that was added or removed."""
    return tuple(_all_told(change.changes, _Place(SchemaName.QD, (), hours)))


def settings_told(diff: KhoDiff) -> tuple[Told, ...]:
    """The changes of the agency and the settings."""
    return tuple(_all_told(diff.cau_hinh, _Place(SchemaName.KHO, (), diff.new.hours)))


def headline(change: ProcedureChange, hours: Fraction) -> str:
    """What became of a procedure, in a line: ``đổi tên; 6 → 7 bước; thời gian 5 ngày → 4 ngày (giảm 1 ngày)``.

    Of one that was added or removed, how long it is or was.
    """
    if change.kind is Kind.CHANGED:
        return "; ".join(_headline(change, hours))
    extent = change.after or change.before
    return extent_in_words(extent) if extent is not None and extent.cac_buoc else "chưa có nội dung"


def extent_in_words(extent: Extent) -> str:
    """``4 bước, 2 ngày làm việc``."""
    return f"{extent.cac_buoc} bước, {time_written(extent.thoi_gian)}"


def match_note(change: ProcedureChange) -> str:
    """By what a procedure with another key was found to be the same; empty where the key is the same."""
    match change.match.by:
        case Matched.SYMBOL:
            return f"cùng ký hiệu {change.item.ky_hieu}"
        case Matched.LIKENESS:
            return f"tên và nội dung giống nhau {change.match.likeness}%"
        case Matched.KEY | None:
            return ""
        case _:
            assert_never(change.match.by)


def row_label(key: str, place: int) -> str:
    """What a form calls a row: ``B3``, ``4.1``, ``mục 2``."""
    if key == CAC_BUOC:
        return f"B{place + 1}"
    return f"4.{place + 1}" if key == CO_QUAN else f"mục {place + 1}"


def short_name(name: str) -> str:
    """What a row is called, in its first line."""
    first, _, more = name.partition("\n")
    return f"{first.rstrip(' :;,.')} …" if more else first


def row_text(row: Part) -> str:
    """A row on one line: its name, and the marks of a paper or the abbreviation of a unit after it."""
    others = [(key, value) for key, value in row.fields[1:] if isinstance(value, str) and value not in {"", NO}]
    marks = [_MARKS.get(key, "{}").replace("{}", value) for key, value in others]
    return row.name + (f" ({', '.join(marks)})" if marks else "")


_MARKS: Final = {"ban_chinh": "bản chính", "ban_sao": "bản sao", "boi": "thay bằng {}"}


def values_of_row(row: Part, schema: SchemaName, path: KeyPath) -> Iterator[tuple[str, str]]:
    """The values of a row after its name, each with its title; those that say nothing are left out."""
    for key, value in row.fields[1:]:
        title = title_of(schema, (*path, key))
        if isinstance(value, str):
            if value not in {"", NO}:
                yield title, value
        elif value:
            yield title, f"{len(value)} bước" if key == CAC_BUOC else ", ".join(row_text(it) for it in value)


def _headline(change: ProcedureChange, hours: Fraction) -> Iterator[str]:
    before, after = change.before, change.after
    if change.key_changed:
        yield "đổi khóa"
    if change.renamed:
        yield "đổi tên"
    if change.symbol_changed:
        yield "đổi ký hiệu"
    if before is None or after is None:
        return
    if change.written_first:
        yield f"nay có nội dung: {extent_in_words(after)}"
        return
    yield from _steps_headline(change.changes, before.cac_buoc, after.cac_buoc)
    if before.thoi_gian.text.split() != after.thoi_gian.text.split():
        less = change_in_words(before.thoi_gian, after.thoi_gian, hours)
        note = f" ({less})" if less else ""
        yield f"thời gian {time_written(before.thoi_gian)} → {time_written(after.thoi_gian)}{note}"
    schema = SchemaName(change.item.loai.lower())
    others = [it.key for it in change.changes if it.key not in {"ten", "ky_hieu", "thoi_gian", CAC_BUOC, CO_QUAN}]
    if others:
        yield "sửa " + ", ".join(f"“{title_of(schema, (key,))}”" for key in others)


def _steps_headline(changes: Sequence[Change], before: int, after: int) -> Iterator[str]:
    """``6 → 7 bước (thêm 1, sửa 2)``; of an LT the agencies first."""
    agencies = [row for it in changes if isinstance(it, ListChange) and it.key == CO_QUAN for row in it.rows]
    inner = [it for row in agencies for it in row.changes]
    if any(row.kind is not Kind.CHANGED or row.moved for row in agencies):
        yield f"cơ quan: {_counts(agencies)}"
    elif any(it.key != CAC_BUOC for it in inner):
        yield "sửa nội dung của cơ quan"
    steps = [it for it in (*changes, *inner) if isinstance(it, ListChange) and it.key == CAC_BUOC]
    counts = _counts([row for it in steps for row in it.rows])
    if before != after:
        yield f"{before} → {after} bước" + (f" ({counts})" if counts else "")
    elif counts:
        yield f"bước: {counts}"


def _counts(rows: Sequence[RowChange]) -> str:
    kinds = [row.kind for row in rows]
    counted = ((kinds.count(kind), word) for kind, word in _DONE.items())
    return ", ".join(f"{word} {count}" for count, word in counted if count)


_DONE: Final = {Kind.ADDED: "thêm", Kind.REMOVED: "bỏ", Kind.CHANGED: "sửa", Kind.MOVED: "chuyển chỗ"}


def _key_told(change: ProcedureChange) -> Iterator[Told]:
    old, new = change.match.old, change.match.new
    if change.key_changed and old is not None and new is not None:
        yield Told(Kind.CHANGED, "Khóa (tên tệp)", old.khoa, new.khoa, f"được coi là một vì {match_note(change)}")


def _all_told(changes: Sequence[Change], place: _Place) -> Iterator[Told]:
    for change in changes:
        if isinstance(change, TextChange):
            yield _text_told(change, place)
        else:
            yield _list_told(change, place)


def _text_told(change: TextChange, place: _Place) -> Told:
    title = place.title(change.key)
    old, new = change.old, change.new
    if change.target is not None and change.key == SONG_SONG and old == new:
        old, new = change.target.old_label, change.target.new_label
        title = "Làm song song với"
    return Told(Kind.CHANGED, title, old, new, _note(change, place.hours))


def _note(change: TextChange, hours: Fraction) -> str:
    if change.target is not None:
        return _target_note(change.target)
    if change.key == "thoi_gian":
        return change_in_words(declared(change.old, hours), declared(change.new, hours), hours)
    return "chỉ khác khoảng trắng" if change.old.split() == change.new.split() else ""


def _target_note(target: Target) -> str:
    if not target.old_label or not target.new_label:
        return f"bước “{short_name(target.old_name or target.new_name)}”"
    if target.same:
        return f"vẫn là bước “{short_name(target.new_name)}”"
    return f"trước là bước “{short_name(target.old_name)}”, nay là bước “{short_name(target.new_name)}”"


def _list_told(change: ListChange, place: _Place) -> Told:
    count = f"{change.old_count} → {change.new_count}" if change.old_count != change.new_count else ""
    rows = tuple(_row_told(row, change.key, place.below(change.key)) for row in change.rows)
    return Told(Kind.CHANGED, place.title(change.key), note=count, inner=rows)


def _row_told(row: RowChange, key: str, place: _Place) -> Told:
    labels = [row_label(key, it) for it in (row.old_place, row.new_place) if it is not None]
    label = labels[0] if labels[0] == labels[-1] else " → ".join(labels)
    note = ("chuyển lên" if (row.new_place or 0) < (row.old_place or 0) else "chuyển xuống") if row.moved else ""
    is_form = key in {CAC_BUOC, CO_QUAN}
    text = short_name(row.part.name) if is_form else row_text(row.part)
    match row.kind:
        case Kind.ADDED:
            return Told(Kind.ADDED, label, "", text, "", _values(row, place), is_row=True)
        case Kind.REMOVED:
            return Told(Kind.REMOVED, label, text, "", "", _values(row, place), is_row=True)
        case Kind.MOVED:
            return Told(Kind.MOVED, label, text, text, note, is_row=True)
        case Kind.CHANGED if is_form:
            return Told(Kind.CHANGED, label, text, text, note, tuple(_all_told(row.changes, place)), is_row=True)
        case Kind.CHANGED:
            assert row.old is not None  # noqa: S101 - a changed row has both sides
            return Told(Kind.CHANGED, label, row_text(row.old), text, note, is_row=True)
        case _:
            assert_never(row.kind)


def _values(row: RowChange, place: _Place) -> tuple[Told, ...]:
    """The values of a step or agency that was added or removed."""
    if row.part.fields[0][0] == ITEM or place.path[-1] not in {CAC_BUOC, CO_QUAN}:
        return ()
    values = values_of_row(row.part, place.schema, place.path)
    if row.kind is Kind.ADDED:
        return tuple(Told(Kind.ADDED, title, new=value) for title, value in values)
    return tuple(Told(Kind.REMOVED, title, old=value) for title, value in values)
