"""Changes as the rows of a table: what is in force beside what it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.diff.changes import Change, Kind, RowChange, TextChange
from qtnb.diff.extent import time_written
from qtnb.diff.kho import KhoDiff, ProcedureChange
from qtnb.diff.matching import AnyQuyTrinh
from qtnb.diff.parts import Part
from qtnb.diff.printed import CAC_BUOC, CO_QUAN, SONG_SONG, procedure_part
from qtnb.diff.titles import KeyPath, title_of
from qtnb.diff.wording import CATALOGUE, row_label, row_text, short_name, values_of_row
from qtnb.schema import SchemaName
from qtnb.words.comparison import BangSoSanh, DongSoSanh, SoSanhQuyTrinh

_ABOLISHED: Final = "Bãi bỏ"
_NAME_ONLY: Final = "Mới có tên trong danh mục"
_NOTHING: Final = "Không có"


def comparison_table(diff: KhoDiff, ly_do: str = "") -> BangSoSanh:
    """What changed in all procedures; ``ly_do`` is the reason of those that give none themselves."""
    groups = tuple(_procedure(change, ly_do) for change in diff.quy_trinh)
    told = tuple(group for group in groups if group.dong)
    return BangSoSanh(told, _all_steps(diff) if len(told) > 1 else None)


def _all_steps(diff: KhoDiff) -> tuple[int, int]:
    """The steps of all procedures that changed, before and after."""
    before = sum(change.before.cac_buoc for change in diff.quy_trinh if change.before is not None)
    after = sum(change.after.cac_buoc for change in diff.quy_trinh if change.after is not None)
    return before, after


def _procedure(change: ProcedureChange, ly_do: str) -> SoSanhQuyTrinh:
    rows = tuple(_with_reason(row, row.ly_do or ly_do) for row in _rows(change))
    before, after = change.before, change.after
    if before is None or after is None or change.written_first:
        return SoSanhQuyTrinh(change.item.ten, change.item.ky_hieu, rows)
    steps = (before.cac_buoc, after.cac_buoc)
    times = (time_written(before.thoi_gian), time_written(after.thoi_gian))
    same = steps[0] == steps[1] and times[0] == times[1]  # then a total says nothing
    return SoSanhQuyTrinh(change.item.ten, change.item.ky_hieu, rows, *((None, None) if same else (steps, times)))


def _with_reason(row: DongSoSanh, ly_do: str) -> DongSoSanh:
    return DongSoSanh(row.nhan, row.hien_hanh, row.sua_doi, ly_do)


def _rows(change: ProcedureChange) -> Iterator[DongSoSanh]:
    schema = SchemaName(change.item.loai.lower())
    match, reason = change.match, change.ly_do
    if match.new is None:
        yield DongSoSanh("Bãi bỏ quy trình", _whole(match.old, schema), _ABOLISHED, reason)
        return
    if match.old is None:
        yield DongSoSanh("Bổ sung quy trình", "", _whole(match.new, schema), reason)
        return
    for part in change.changes:
        if not change.written_first or part.key in CATALOGUE:
            for what, old, new in _told(part, schema, (), ""):
                yield DongSoSanh(what, old, new, reason)
    if change.written_first:
        yield DongSoSanh("Nội dung quy trình", _NAME_ONLY, _whole(match.new, schema), reason)


def _whole(item: AnyQuyTrinh | None, schema: SchemaName) -> str:
    """A procedure in brief: its time and a line for each step."""
    if item is None or item.chua_co_noi_dung:
        return _NAME_ONLY
    part = procedure_part(item)
    lines = [f"{title_of(schema, ('thoi_gian',))}: {part.text('thoi_gian')}"]
    for agency in part.rows(CO_QUAN):
        lines.append(f"{agency.name}: {agency.text('thoi_gian')}".rstrip(" :"))
        lines += map(_step_line, range(len(agency.rows(CAC_BUOC))), agency.rows(CAC_BUOC))
    lines += map(_step_line, range(len(part.rows(CAC_BUOC))), part.rows(CAC_BUOC))
    return "\n".join(lines)


def _step_line(place: int, step: Part) -> str:
    doer = step.fields[1][1]
    told = "; ".join(filter(None, (str(doer), step.text("thoi_gian"))))
    return f"{row_label(CAC_BUOC, place)}. {short_name(step.name)}" + (f" ({told})" if told else "")


def _told(change: Change, schema: SchemaName, path: KeyPath, where: str) -> Iterator[tuple[str, str, str]]:
    """What changes, as it is and as it becomes; ``where`` goes before what changes."""
    title = title_of(schema, (*path, change.key))
    if isinstance(change, TextChange):
        yield f"{where}{title}", *_texts(change)
    elif change.key in {CAC_BUOC, CO_QUAN}:
        for row in change.rows:
            yield from _form_row(row, change.key, schema, (*path, change.key), where)
    else:
        for row in change.rows:
            places = [place + 1 for place in (row.old_place, row.new_place) if place is not None]
            label = f"{places[0]}" if places[0] == places[-1] else f"{places[0]} (nay là {places[-1]})"
            yield f"{where}{title}, mục {label}", _row_or_none(row.old), _row_or_none(row.new)


def _texts(change: TextChange) -> tuple[str, str]:
    target = change.target
    if target is None:
        return change.old, change.new
    if change.key == SONG_SONG and change.old != change.new:
        return change.old, change.new
    old, new = (
        f"{label} ({short_name(name)})" if label else ""
        for label, name in ((target.old_label, target.old_name), (target.new_label, target.new_name))
    )
    return old, new


def _row_or_none(part: Part | None) -> str:
    return "" if part is None else row_text(part)


def _form_row(
    row: RowChange, key: str, schema: SchemaName, path: KeyPath, where: str
) -> Iterator[tuple[str, str, str]]:
    """A step, or an agency with its steps."""
    agency = f"{short_name(row.part.name)}: "
    if row.kind is Kind.CHANGED and key == CO_QUAN:
        if row.moved:
            yield f"{where}Thứ tự cơ quan", *_moved(row, key)
        for change in row.changes:
            yield from _told(change, schema, path, agency)
        return
    labels = [row_label(key, place) for place in (row.old_place, row.new_place) if place is not None]
    label = labels[0] if labels[0] == labels[-1] else f"{labels[0]} (nay là {labels[-1]})"
    what = f"{where}{'Cơ quan' if key == CO_QUAN else 'Bước'} {label}"
    match row.kind:
        case Kind.ADDED:
            yield what, "", _whole_row(row.part, key, row.new_place, schema, path)
        case Kind.REMOVED:
            yield what, _whole_row(row.part, key, row.old_place, schema, path), ""
        case Kind.MOVED:
            yield what, *_moved(row, key)
        case Kind.CHANGED:
            yield what, *_changed_step(row, schema, path)


def _moved(row: RowChange, key: str) -> tuple[str, str]:
    old, new = (
        f"{row_label(key, place or 0)}. {short_name(row.part.name)}" for place in (row.old_place, row.new_place)
    )
    return old, new


def _whole_row(part: Part, key: str, place: int | None, schema: SchemaName, path: KeyPath) -> str:
    values = (f"{title}: {value}" for title, value in values_of_row(part, schema, path))
    return "\n".join([f"{row_label(key, place or 0)}. {part.name}", *values])


def _changed_step(row: RowChange, schema: SchemaName, path: KeyPath) -> tuple[str, str]:
    """The step's name on both sides, then the values that differ."""
    assert row.old is not None  # noqa: S101 - a changed step is on both sides
    old, new = (
        [_named(part, place, row.changes)] for part, place in ((row.old, row.old_place), (row.part, row.new_place))
    )
    name_key = row.part.fields[0][0]
    for change in row.changes:
        if change.key != name_key:
            for title, before, after in _told(change, schema, path, ""):
                old.append(f"{title}: {before or _NOTHING}")
                new.append(f"{title}: {after or _NOTHING}")
    return "\n".join(old), "\n".join(new)


def _named(part: Part, place: int | None, changes: Sequence[Change]) -> str:
    """The label and task of a step; the whole task where it is another."""
    whole = any(change.key == part.fields[0][0] for change in changes)
    return f"{row_label(CAC_BUOC, place or 0)}. {part.name if whole else short_name(part.name)}"
