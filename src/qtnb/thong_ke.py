"""Statistics forms as values: figures by unit, built from data that fit the TK schema and pass its checks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeAlias

from qtnb.source import khoa_of
from qtnb.tabular.table import Cell, Cells, Column, Kind, ratio_of, totals_of

Data: TypeAlias = Mapping[str, Any]
"""The data of one file, already accepted by its schema."""

NAME: Final = "ten"
"""Key of the column that names the units."""
RESERVED: Final = frozenset({NAME, "nhom", "ten_nhom"})
"""Keys that no column of a file may have: those of the name and of the groups in files of data."""


class DanhSoNhom(StrEnum):
    """How groups are numbered."""

    CHU_HOA = "chu_hoa"
    LA_MA = "la_ma"


@dataclass(frozen=True, slots=True)
class NhomDonVi:
    """A group of units."""

    thu_tu: int
    """From 1."""
    ten: str
    """Empty for the one group of a form without groups."""
    dong: tuple[Cells, ...]
    """A line for each unit, its name under :data:`NAME`."""
    la_mot_dong: bool
    """True: the group is itself the unit, and its line is the head of the group."""


@dataclass(frozen=True, slots=True)
class NguoiKy:
    """One of the two who sign."""

    chuc_vu: str
    ho_ten: str


@dataclass(frozen=True, slots=True)
class ThongKe:
    """A statistics form with its figures."""

    khoa: str
    tep: str
    don_vi_bao_cao: str
    """Empty: the kho's own agency."""
    nhan: str
    tieu_de: str
    kem_theo: str
    """The text that orders the form; may be empty."""
    danh_so: DanhSoNhom
    cot: tuple[Column, ...]
    """That of the names first; heads refer to footnotes by ``(1)``."""
    chu_thich: tuple[str, ...]
    nhom: tuple[NhomDonVi, ...]
    dia_danh: str
    """Empty: that of the kho's agency."""
    ngay_lap: dt.date | None
    lap_bieu: NguoiKy
    ky: NguoiKy

    @property
    def dong(self) -> tuple[Cells, ...]:
        """The lines of all groups."""
        return tuple(row for group in self.nhom for row in group.dong)


_FIGURE = re.compile(r"(?P<whole>0|[1-9][0-9]{0,11})(?:[.,](?P<part>[0-9]{1,2}))?")
"""At most two decimals, so that ``1.234`` is never taken for one and a bit."""

_KINDS: Final = {"dem": Kind.COUNT, "so_do": Kind.AMOUNT, "ty_le": Kind.RATIO, "chu": Kind.TEXT}


def thong_ke_from(tep: str, data: Data) -> ThongKe:
    """Build the form of file ``tep`` (relative to its kho) from data that fit the TK schema and pass its checks."""
    columns = columns_of(data)
    written = _text(data, "ngay_lap")
    return ThongKe(
        khoa=khoa_of(tep),
        tep=tep,
        don_vi_bao_cao=_text(data, "don_vi_bao_cao"),
        nhan=_text(data, "nhan") or "Phụ lục",
        tieu_de=data["tieu_de"],
        kem_theo=_text(data, "kem_theo"),
        danh_so=DanhSoNhom(data.get("danh_so") or DanhSoNhom.CHU_HOA),
        cot=columns,
        chu_thich=tuple(column["chu_thich"] for column in data["cot"] if _text(column, "chu_thich")),
        nhom=tuple(_group(number, group, columns) for number, group in enumerate(data["nhom"], start=1)),
        dia_danh=_text(data, "dia_danh"),
        ngay_lap=dt.date.fromisoformat(written) if written else None,
        lap_bieu=_signer(data, "lap_bieu", "Người lập biểu"),
        ky=_signer(data, "ky", "Thủ trưởng cơ quan, đơn vị"),
    )


def columns_of(data: Data) -> tuple[Column, ...]:
    """The columns of a form, that of the names first; footnotes are counted from left to right."""
    columns = [Column(NAME, _text(data, "ten_dong") or "Tên đơn vị")]
    notes = 0
    for item in data["cot"]:
        noted = bool(_text(item, "chu_thich"))
        notes += noted
        columns.append(
            Column(
                item["khoa"],
                f"{item['ten']} ({notes})" if noted else item["ten"],
                _KINDS[item.get("kieu") or "dem"],
                over=_text(item, "cot_chung"),
                numerator=_text(item, "tu_so"),
                denominator=_text(item, "mau_so"),
                summed=item.get("cong") is not False,
            )
        )
    return tuple(columns)


def figure_of(kind: Kind, written: object) -> Cell:
    """The value of a cell as written; None for a blank one. Raises ValueError for what is no figure of its kind."""
    text = "" if written is None else str(written).strip()
    if not text:
        return None
    if kind is Kind.TEXT:
        return text
    found = _FIGURE.fullmatch(text.removesuffix("%").rstrip() if kind is Kind.RATIO else text)
    if found is None or (kind is Kind.COUNT and found["part"]):
        raise ValueError(text)
    value = Fraction(f"{found['whole']}.{found['part'] or 0}")
    return int(value) if value.denominator == 1 else value


def decimals_of(written: object) -> int:
    """How many decimals a figure is written with."""
    found = _FIGURE.fullmatch(str(written).strip().removesuffix("%").rstrip())
    return len(found["part"] or "") if found else 0


def sums_of(columns: Iterable[Column], rows: Iterable[Cells]) -> dict[str, Cell]:
    """The sums of ``rows`` with the ratios of the sums.

    A ratio is None, besides where its denominator is zero, where a row gives one of its sides and not
    the other: it would compare different units.
    """
    columns, rows = list(columns), list(rows)
    sums = totals_of(columns, rows)
    return sums | {
        column.key: ratio_of(column, sums) if all(_both_sides(column, row) for row in rows) else None
        for column in columns
        if column.kind is Kind.RATIO
    }


def _both_sides(column: Column, row: Cells) -> bool:
    return (row.get(column.numerator) is None) == (row.get(column.denominator) is None)


def _group(number: int, data: Data, columns: Iterable[Column]) -> NhomDonVi:
    columns = list(columns)
    units = data.get("don_vi") or ()
    if not units:
        return NhomDonVi(number, _text(data, "ten"), (_row(_text(data, "ten"), data, columns),), la_mot_dong=True)
    rows = tuple(_row(unit["ten"], unit, columns) for unit in units)
    return NhomDonVi(number, _text(data, "ten"), rows, la_mot_dong=False)


def _row(ten: str, data: Data, columns: Iterable[Column]) -> dict[str, Cell]:
    """The figures given; ratios are counted, whatever the file says of them."""
    given = data.get("so_lieu") or {}
    return {NAME: ten} | {
        column.key: figure_of(column.kind, given.get(column.key))
        for column in columns
        if column.key != NAME and column.kind is not Kind.RATIO
    }


def _signer(data: Data, key: str, role: str) -> NguoiKy:
    given = data.get(key) or {}
    return NguoiKy(_text(given, "chuc_vu") or role, _text(given, "ho_ten"))


def _text(data: Data, key: str) -> str:
    return data.get(key) or ""
