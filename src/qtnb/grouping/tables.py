"""The common catalogue, its members, and what is particular, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from qtnb.grouping.records import Record
from qtnb.grouping.result import Group as Work
from qtnb.grouping.result import Grouping, Near
from qtnb.grouping.spread import Spread, steps_of, times_of
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from qtnb.words.writing import roman

_KINDS: Final = {"CV": "Công việc của một cơ quan (CV)", "LT": "Công việc liên thông (LT)"}
_NAMED: Final = 5
"""Agencies that one cell names; of a city's 126 the rest is counted, and the table of members names all."""
_MOST_ROMAN: Final = 4000

_MIDDLE: Final = "Trung vị"
_STEPS: Final = "Số bước"
_TIME: Final = "Thời gian"
_COMMON: Final = (
    Column("ten", "Tên công việc"),
    Column("loai", "Loại"),
    Column("linh_vuc", "Lĩnh vực"),
    Column("so_co_quan", "Số cơ quan", Kind.COUNT, summed=False),
    Column("so_quy_trinh", "Số quy trình", Kind.COUNT),
    Column("co_quan", "Các cơ quan"),
    Column("buoc_trung_vi", "Số bước", Kind.AMOUNT, _MIDDLE, summed=False),
    Column("trung_vi", "Thời gian", Kind.AMOUNT, _MIDDLE, summed=False),
    Column("don_vi", "Đơn vị tính", over=_MIDDLE),
    Column("ra_soat", "Đã rà soát"),
)
_SPREAD: Final = (
    Column("ten", "Tên công việc"),
    Column("so_quy_trinh", "Số quy trình", Kind.COUNT, summed=False),
    Column("buoc_it_nhat", "Ít nhất", Kind.COUNT, _STEPS, summed=False),
    Column("buoc_it_nhat_o", "Ít nhất ở", over=_STEPS),
    Column("buoc_trung_vi", "Trung vị", Kind.AMOUNT, _STEPS, summed=False),
    Column("buoc_nhieu_nhat", "Nhiều nhất", Kind.COUNT, _STEPS, summed=False),
    Column("buoc_nhieu_nhat_o", "Nhiều nhất ở", over=_STEPS),
    Column("don_vi", "Đơn vị tính", over=_TIME),
    Column("ngan_nhat", "Ngắn nhất", Kind.AMOUNT, _TIME, summed=False),
    Column("ngan_nhat_o", "Ngắn nhất ở", over=_TIME),
    Column("trung_vi", "Trung vị", Kind.AMOUNT, _TIME, summed=False),
    Column("dai_nhat", "Dài nhất", Kind.AMOUNT, _TIME, summed=False),
    Column("dai_nhat_o", "Dài nhất ở", over=_TIME),
    Column("don_vi_khac", "Khác đơn vị tính (1)", Kind.COUNT, _TIME, summed=False),
    Column("khong_tinh_duoc", "Không tính được (2)", Kind.COUNT, _TIME, summed=False),
)
_FOOTNOTES: Final = (
    "Quy trình khai thời gian theo đơn vị khác với đa số trong nhóm: không so được, không ở các cột bên cạnh.",
    "Quy trình đã có nội dung nhưng không khai thời gian, hoặc khai bằng lời.",
)
_MEMBERS: Final = (
    Column("ten_quy_trinh", "Tên quy trình của cơ quan"),
    Column("co_quan", "Cơ quan"),
    Column("khoa", "Khóa"),
    Column("loai", "Loại"),
    Column("linh_vuc", "Lĩnh vực"),
    Column("so_buoc", "Số bước", Kind.COUNT, summed=False),
    Column("thoi_gian", "Thời gian", Kind.AMOUNT, summed=False),
    Column("don_vi", "Đơn vị tính"),
)
_PARTICULAR: Final = (
    *_MEMBERS,
    Column("gan_giong", "Gần giống nhất", over="Ở cơ quan khác"),
    Column("gan_giong_o", "Của cơ quan", over="Ở cơ quan khác"),
    Column("gan_giong_diem", "Giống (%)", Kind.COUNT, "Ở cơ quan khác", summed=False),
)
_OPEN: Final = (
    Column("ten_quy_trinh", "Tên quy trình của cơ quan"),
    Column("co_quan", "Cơ quan"),
    Column("khoa", "Khóa"),
    Column("co_the_la", "Có thể là"),
)


def tables_of(grouping: Grouping) -> tuple[Table, ...]:
    """All tables of a grouping."""
    return (
        common_table(grouping),
        spread_table(grouping),
        members_table(grouping),
        particular_table(grouping),
        open_table(grouping),
    )


def common_table(grouping: Grouping) -> Table:
    """The proposed common catalogue: a row for each work of two agencies or more, in groups by kind."""
    groups = _by_kind(grouping.chung, _common_row)
    return Table("viec_chung", "Danh mục công việc chung (đề xuất)", _COMMON, groups, "", (), "Việc chung")


def spread_table(grouping: Grouping) -> Table:
    """How far the agencies lie apart in each common work: least, median, most, and where."""
    groups = _by_kind(grouping.chung, _spread_row)
    title = "Chênh lệch số bước và thời gian của công việc chung"
    return Table("viec_chung_chenh_lech", title, _SPREAD, groups, "", _FOOTNOTES, "Chênh lệch")


def members_table(grouping: Grouping) -> Table:
    """The procedures of each common work, under its name."""
    groups = tuple(
        Group(_label(number), work.ten, tuple(map(_member_row, work.thanh_vien)))
        for number, work in enumerate(grouping.chung, start=1)
    )
    return Table("thanh_vien", "Quy trình của các cơ quan theo công việc chung", _MEMBERS, groups, "", (), "Thành viên")


def particular_table(grouping: Grouping) -> Table:
    """What only one agency has, by agency, with what comes nearest elsewhere."""
    by_agency = groupby(grouping.rieng, key=lambda item: item.record.co_quan)
    groups = tuple(
        Group(
            _label(number),
            agency.ten,
            tuple({**_member_row(item.record), **_near_cells(item.gan_giong)} for item in items),
        )
        for number, (agency, items) in enumerate(by_agency, start=1)
    )
    return Table("viec_rieng", "Công việc đặc thù của từng cơ quan", _PARTICULAR, groups, "", (), "Việc đặc thù")


def open_table(grouping: Grouping) -> Table:
    """Procedures whose names, typed without marks, could mean several works."""
    rows = tuple(
        {
            "ten_quy_trinh": item.record.ten,
            "co_quan": item.record.co_quan.ten,
            "khoa": item.record.khoa,
            "co_the_la": "; ".join(item.co_the_la),
        }
        for item in grouping.chua_xep
    )
    groups = (Group("", "", rows),) if rows else ()
    return Table("chua_xep", "Quy trình chưa xếp nhóm được vì tên không dấu", _OPEN, groups, "", (), "Chưa xếp nhóm")


def _label(number: int) -> str:
    """``I``, ``II``; of the thousands of groups of a country, plain numbers."""
    return roman(number) if number < _MOST_ROMAN else str(number)


def _by_kind(works: Sequence[Work], row: Callable[[Work], Cells]) -> tuple[Group, ...]:
    by_kind = groupby(works, key=lambda work: work.loai)
    return tuple(
        Group(label, _KINDS[kind], tuple(map(row, found))) for label, (kind, found) in zip("AB", by_kind, strict=False)
    )


def _common_row(work: Work) -> Cells:
    spread = _spread_row(work)
    return {
        "ten": work.ten,
        "loai": work.loai,
        "linh_vuc": work.linh_vuc,
        "so_co_quan": len(work.co_quan),
        "so_quy_trinh": len(work.thanh_vien),
        "co_quan": _named(work.co_quan),
        **{key: spread.get(key) for key in ("buoc_trung_vi", "trung_vi")},
        "don_vi": spread.get("don_vi", ""),
        "ra_soat": "x" if work.da_ra_soat else "",
    }


def _spread_row(work: Work) -> Cells:
    return {
        "ten": work.ten,
        "so_quy_trinh": len(work.thanh_vien),
        **_step_cells(steps_of(work.thanh_vien)),
        **_time_cells(work.thanh_vien),
    }


def _step_cells(spread: Spread | None) -> Cells:
    if spread is None:
        return {}
    return {
        "buoc_trung_vi": spread.trung_vi,
        "buoc_it_nhat": int(spread.it_nhat),
        "buoc_it_nhat_o": _named(spread.it_nhat_o),
        "buoc_nhieu_nhat": int(spread.nhieu_nhat),
        "buoc_nhieu_nhat_o": _named(spread.nhieu_nhat_o),
    }


def _time_cells(members: Sequence[Record]) -> Cells:
    times = times_of(members)
    if times is None:
        return {"don_vi_khac": 0, "khong_tinh_duoc": sum(member.so_buoc is not None for member in members)}
    return {
        "don_vi": times.don_vi,
        "trung_vi": times.spread.trung_vi,
        "ngan_nhat": times.spread.it_nhat,
        "ngan_nhat_o": _named(times.spread.it_nhat_o),
        "dai_nhat": times.spread.nhieu_nhat,
        "dai_nhat_o": _named(times.spread.nhieu_nhat_o),
        "don_vi_khac": times.don_vi_khac,
        "khong_tinh_duoc": times.khong_tinh_duoc,
    }


def _member_row(record: Record) -> Cells:
    return {
        "ten_quy_trinh": record.ten,
        "co_quan": record.co_quan.ten,
        "khoa": record.khoa,
        "loai": record.loai,
        "linh_vuc": record.linh_vuc,
        "so_buoc": record.so_buoc,
        "thoi_gian": record.thoi_gian.so if record.thoi_gian else None,
        "don_vi": record.thoi_gian.don_vi if record.thoi_gian else "",
    }


def _near_cells(near: Near | None) -> Cells:
    if near is None:
        return {"gan_giong": "", "gan_giong_o": "", "gan_giong_diem": None}
    return {"gan_giong": near.record.ten, "gan_giong_o": near.record.co_quan.ten, "gan_giong_diem": near.score}


def _named(agencies: Iterable[str]) -> str:
    names = list(agencies)
    rest = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f" và {rest} cơ quan khác" if rest > 0 else "")
