"""The procedures that were cut, by lĩnh vực."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qtnb.collation import alphabet_key
from qtnb.diff.extent import LoaiThoiGian
from qtnb.don_gian_hoa.columns import KEY_OF_UNIT, Placed, as_written, change_columns, name_cells, name_columns
from qtnb.don_gian_hoa.content import content_of
from qtnb.don_gian_hoa.so_sanh import SoSanh, SoSanhKho
from qtnb.don_gian_hoa.times import UNITS, unit_name
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from qtnb.words.writing import one_line, roman

CUT: Final = "cat_giam"
"""What the keys of these tables begin with."""
NO_FIELD: Final = "Chưa ghi lĩnh vực"
AS_WRITTEN: Final = ("thoi_gian_truoc_ghi", "thoi_gian_sau_ghi")
"""Keys of the columns with the times as the procedures say them."""

_HOURS: Final = re.compile(r"giờ|phút|buổi", re.IGNORECASE)
_WORKING_HOURS: Final = "Giờ, phút, buổi được quy ra ngày theo số giờ làm việc mỗi ngày của cơ quan."


def cut_tables(kho: Sequence[SoSanhKho], cuts: Sequence[Placed], note: str) -> Iterator[Table]:
    """A table for each unit of time, since sums of different units would mean nothing; at least one.

    The last one, without a unit, has the procedures whose time is in words and did not change. ``note``, which says
    what is before and what is after, is the first footnote.
    """
    parts = {unit: [placed for placed in cuts if unit_of(placed) is unit] for unit in (*UNITS, None)}
    parts = {unit: placed for unit, placed in parts.items() if placed} or {UNITS[0]: []}
    for number, (unit, placed) in enumerate(parts.items()):
        yield _table(kho, unit, placed, "" if number else note, alone=len(parts) == 1)


def by_field(kho: Sequence[SoSanhKho], placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    """The procedures of each lĩnh vực, in the order of the alphabet, those without one last.

    Spellings that differ in capitals only are one, the first in all ``kho`` as it is written.
    """
    names: dict[str, str] = {}
    for item in (item for place in kho for item in place.quy_trinh):
        names.setdefault(_field(item).casefold(), _field(item))
    fields: dict[str, list[Placed]] = defaultdict(list)
    for place, item in placed:
        fields[names[_field(item).casefold()]].append((place, item))
    return {name: fields[name] for name in sorted(fields, key=lambda name: (name == NO_FIELD, alphabet_key(name)))}


def _field(item: SoSanh) -> str:
    return one_line(item.item.linh_vuc) or NO_FIELD


def unit_of(placed: Placed) -> LoaiThoiGian | None:
    """The unit of the times of a procedure; None where they give no number."""
    _, item = placed
    return item.thoi_gian.don_vi if item.thoi_gian else None


def _table(
    kho: Sequence[SoSanhKho], unit: LoaiThoiGian | None, placed: Sequence[Placed], note: str, *, alone: bool
) -> Table:
    in_hours = unit is not None and any(_HOURS.search(text) for each in placed for text in _texts(each))
    notes = [*([note] if note else []), *([_WORKING_HOURS] if in_hours else [])]
    time = f"Thời gian ({unit_name(unit)})" + (f" ({len(notes)})" if in_hours else "") if unit else ""
    what = f", thời gian tính bằng {unit_name(unit)}" if unit else ", thời gian ghi bằng lời, không đổi"
    return Table(
        f"{CUT}_{KEY_OF_UNIT[unit] if unit else 'buoc'}",
        "Quy trình được cắt giảm" + ("" if alone and unit else what),
        (
            *name_columns(kho),
            *change_columns("buoc", "Số bước (1)" if note else "Số bước", Kind.COUNT),
            *_text_columns(),
            *(change_columns("thoi_gian", time, Kind.AMOUNT) if unit else ()),
            Column("noi_dung", "Nội dung đơn giản hóa"),
            Column("ly_do", "Lý do"),
        ),
        tuple(_groups(kho, placed)),
        footnotes=tuple(notes),
        sheet="Cắt giảm" if alone else f"Cắt giảm ({unit.value if unit else 'bước'})",
    )


def _groups(kho: Sequence[SoSanhKho], placed: Sequence[Placed]) -> Iterator[Group]:
    fields = by_field(kho, placed)
    if list(fields) == [NO_FIELD]:
        yield Group("", "", tuple(map(_row, placed)))
        return
    for number, (name, items) in enumerate(fields.items(), start=1):
        yield Group(roman(number), name, tuple(map(_row, items)))


def _row(placed: Placed) -> Cells:
    _, item = placed
    time = item.thoi_gian
    return {
        **name_cells(placed),
        "buoc_truoc": item.before.cac_buoc,
        "buoc_sau": item.after.cac_buoc,
        "buoc_giam": item.giam_buoc,
        **dict(zip(AS_WRITTEN, _texts(placed), strict=True)),
        "thoi_gian_truoc": time.truoc if time else None,
        "thoi_gian_sau": time.sau if time else None,
        "thoi_gian_giam": time.giam if time else None,
        "noi_dung": "\n".join(f"{text}." for text in content_of(item)),
        "ly_do": item.ly_do,
    }


def _texts(placed: Placed) -> tuple[str, str]:
    _, item = placed
    return as_written(item.before), as_written(item.after)


def _text_columns() -> tuple[Column, ...]:
    over = "Thời gian ghi trong quy trình"
    before, after = AS_WRITTEN
    return Column(before, "Trước", over=over), Column(after, "Sau", over=over)
