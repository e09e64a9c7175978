"""What the columns of the tables are, and what the row of a procedure holds in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from qtnb.diff.extent import Extent, LoaiThoiGian
from qtnb.don_gian_hoa.so_sanh import SoSanh, SoSanhKho
from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table
from qtnb.words.writing import one_line

KEY_OF_UNIT: Final = {
    LoaiThoiGian.NGAY_LAM_VIEC: "ngay_lam_viec",
    LoaiThoiGian.NGAY: "ngay",
    LoaiThoiGian.TUAN: "tuan",
    LoaiThoiGian.THANG: "thang",
}

Placed: TypeAlias = tuple[SoSanhKho, SoSanh]
"""A procedure and its kho."""


def name_columns(kho: Sequence[SoSanhKho]) -> tuple[Column, ...]:
    """Name and symbol of a procedure, and its agency where there are several."""
    return Column("ten", "Tên quy trình"), Column("ky_hieu", "Ký hiệu"), *agency_column(kho)


def agency_column(kho: Sequence[SoSanhKho]) -> tuple[Column, ...]:
    """The agency; no column where there is one only."""
    return (Column("co_quan", "Cơ quan"),) if len(kho) > 1 else ()


def name_cells(placed: Placed) -> dict[str, Cell]:
    """The cells of :func:`name_columns`."""
    place, item = placed
    return {"ten": one_line(item.item.ten), "ky_hieu": item.item.ky_hieu, "co_quan": place.co_quan}


def change_columns(key: str, over: str, kind: Kind, less: str = "Giảm") -> tuple[Column, ...]:
    """Before, after, saved and its rate, under one head."""
    return (
        Column(f"{key}_truoc", "Trước", kind, over),
        Column(f"{key}_sau", "Sau", kind, over),
        Column(f"{key}_giam", less, kind, over),
        Column(f"{key}_ty_le", "Tỷ lệ", Kind.RATIO, over, f"{key}_giam", f"{key}_truoc"),
    )


def side_columns() -> tuple[Column, ...]:
    """Both sides of what has no sums: steps, and times as written."""
    return (
        Column("buoc_truoc", "Trước", Kind.COUNT, "Số bước"),
        Column("buoc_sau", "Sau", Kind.COUNT, "Số bước"),
        Column("thoi_gian_truoc", "Trước", over="Thời gian"),
        Column("thoi_gian_sau", "Sau", over="Thời gian"),
    )


def side_cells(item: SoSanh) -> dict[str, Cell]:
    """The cells of :func:`side_columns`."""
    return {
        "buoc_truoc": item.before.cac_buoc,
        "buoc_sau": item.after.cac_buoc,
        "thoi_gian_truoc": as_written(item.before),
        "thoi_gian_sau": as_written(item.after),
    }


def as_written(extent: Extent) -> str:
    """The time that a procedure declares, on one line."""
    return " ".join(extent.thoi_gian.text.split())


def with_sums(key: str, title: str, columns: Sequence[Column], rows: Iterable[Cells]) -> Table:
    """A table without groups, whose last row adds up the others."""
    return Table(key, title, tuple(columns), (Group("", "", tuple(rows)),), sheet=title)


def listed(key: str, title: str, columns: Sequence[Column], rows: Iterable[Cells]) -> Table:
    """A table without sums."""
    return replace(with_sums(key, title, columns, rows), total="", sheet=title.partition(",")[0])
