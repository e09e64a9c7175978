"""Plans as values: the task table that goes with a plan, built from data that fit the KH schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from qtnb.model import CoQuan, co_quan_from
from qtnb.source import khoa_of

Data: TypeAlias = Mapping[str, Any]
"""The data of one file, already accepted by its schema."""


class Cot(StrEnum):
    """The columns of a task table, by the keys of a task; the order is that of the usual table."""

    STT = "stt"
    NOI_DUNG = "noi_dung"
    CHU_TRI = "chu_tri"
    PHOI_HOP = "phoi_hop"
    THOI_GIAN = "thoi_gian"
    SAN_PHAM = "san_pham"
    GHI_CHU = "ghi_chu"


HEADS: Final = {
    Cot.STT: "STT",
    Cot.NOI_DUNG: "Nội dung công việc",
    Cot.CHU_TRI: "Đơn vị chủ trì",
    Cot.PHOI_HOP: "Đơn vị phối hợp",
    Cot.THOI_GIAN: "Thời gian thực hiện",
    Cot.SAN_PHAM: "Sản phẩm",
    Cot.GHI_CHU: "Ghi chú",
}
"""The usual heads."""

_USUAL: Final = (Cot.NOI_DUNG, Cot.CHU_TRI, Cot.PHOI_HOP, Cot.THOI_GIAN, Cot.SAN_PHAM)


class DanhSo(StrEnum):
    """How groups and tasks are numbered."""

    LA_MA = "la_ma"
    """Groups I, II …; tasks 1, 2 … in each."""
    THAP_PHAN = "thap_phan"
    """Groups 1, 2 …; tasks 1.1, 1.2 …"""


@dataclass(frozen=True, slots=True)
class Dong:
    """What one line of the table says beside the task itself."""

    chu_tri: tuple[str, ...]
    """As written: one text, which may name several with semicolons, or a list."""
    phoi_hop: tuple[str, ...]
    thoi_gian: str
    san_pham: str
    hoan_thanh: dt.date | None
    """The day on which it was done; None: not yet. Of recurring work: in the latest period done."""


@dataclass(frozen=True, slots=True)
class NhiemVuCon:
    """A part of a task, printed with a dash."""

    noi_dung: str
    dong: Dong
    ghi_chu: str


@dataclass(frozen=True, slots=True)
class NhiemVu:
    """A task."""

    noi_dung: str
    dong: Dong
    ghi_chu: str
    san_pham_khac: tuple[Dong, ...]
    """Further products of the same task, each a line with a time of its own."""
    nhiem_vu_con: tuple[NhiemVuCon, ...]
    thu_tu: int | None
    """Place among the numbered tasks of its group, from 1; None: it is not counted."""
    stt: str
    """The number that the file writes, where the plan itself numbers otherwise; else empty."""


@dataclass(frozen=True, slots=True)
class NhomNhiemVu:
    """A group of tasks."""

    thu_tu: int
    """From 1."""
    ten: str
    """Empty for the one group of a table without groups."""
    nhiem_vu: tuple[NhiemVu, ...]


@dataclass(frozen=True, slots=True)
class CotBang:
    """One column of the table, with its head."""

    khoa: Cot
    ten: str


@dataclass(frozen=True, slots=True)
class KeHoach:
    """A plan, by its task table."""

    khoa: str
    tep: str
    la_quyet_dinh: bool
    """True: the table goes with the decision that issues the plan."""
    so: str
    """Empty until signed."""
    ngay: dt.date | None
    """None until signed."""
    trich_yeu: str
    nam: int | None
    """The year of deadlines without one."""
    co_quan_ban_hanh: CoQuan | None
    """None: the kho's own agency issues it."""
    tham_quyen: str
    nhan: str
    tieu_de: str
    danh_so: DanhSo
    ngang: bool
    """Whether the page lies on its side."""
    cot: tuple[CotBang, ...]
    """In the order of printing, the number first."""
    nhom: tuple[NhomNhiemVu, ...]


_WIDE_FROM: Final = 6
"""Columns from which a table is printed on its side unless the file says otherwise."""


def ke_hoach_from(tep: str, data: Data) -> KeHoach:
    """Build the plan of file ``tep`` (relative to its kho) from data that fit the KH schema."""
    issuer = data.get("co_quan_ban_hanh")
    cot = columns_of(data)
    return KeHoach(
        khoa=khoa_of(tep),
        tep=tep,
        la_quyet_dinh=data.get("loai_van_ban") == "quyet_dinh",
        so=_text(data, "so"),
        ngay=_day(data, "ngay"),
        trich_yeu=data["trich_yeu"],
        nam=year_of(data),
        co_quan_ban_hanh=co_quan_from(issuer) if issuer else None,
        tham_quyen=_text(data, "tham_quyen"),
        nhan=_text(data, "nhan") or "Phụ lục",
        tieu_de=data["tieu_de"],
        danh_so=DanhSo(data.get("danh_so") or DanhSo.LA_MA),
        ngang=data["trang"] == "ngang" if data.get("trang") else len(cot) >= _WIDE_FROM,
        cot=cot,
        nhom=_groups(data),
    )


def columns_of(data: Data) -> tuple[CotBang, ...]:
    """The columns that a file asks for, the number first."""
    asked = data.get("cot") or _USUAL
    named = [
        CotBang(Cot(column["khoa"]), column["ten"])
        if isinstance(column, Mapping)
        else CotBang(Cot(column), HEADS[Cot(column)])
        for column in asked
    ]
    number = next((column for column in named if column.khoa is Cot.STT), CotBang(Cot.STT, HEADS[Cot.STT]))
    return (number, *(column for column in named if column.khoa is not Cot.STT))


def year_of(data: Data) -> int | None:
    """The plan's year; None when the file says none."""
    return int(data["nam"]) if data.get("nam") else None


# --- from data ------------------------------------------------------------------------------------


def _groups(data: Data) -> tuple[NhomNhiemVu, ...]:
    return tuple(
        NhomNhiemVu(number, _text(group, "ten"), _tasks(group["nhiem_vu"]))
        for number, group in enumerate(data["nhom"], start=1)
    )


def _tasks(items: Sequence[Data]) -> tuple[NhiemVu, ...]:
    tasks = []
    number = 0
    for item in items:
        stt = _text(item, "stt")
        counted = not item.get("khong_danh_so") and not stt
        number += counted
        tasks.append(_task(item, number if counted else None, stt))
    return tuple(tasks)


def _task(item: Data, thu_tu: int | None, stt: str) -> NhiemVu:
    return NhiemVu(
        item["noi_dung"],
        _line(item),
        _text(item, "ghi_chu"),
        tuple(_line(part) for part in item.get("san_pham_khac") or ()),
        tuple(
            NhiemVuCon(part["noi_dung"], _line(part), _text(part, "ghi_chu")) for part in item.get("nhiem_vu_con") or ()
        ),
        thu_tu,
        stt,
    )


def _line(data: Data) -> Dong:
    return Dong(
        _units(data.get("chu_tri")),
        _units(data.get("phoi_hop")),
        _text(data, "thoi_gian"),
        _text(data, "san_pham"),
        _day(data, "hoan_thanh"),
    )


def _units(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if not value or (isinstance(value, str) and not value.strip()):
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _text(data: Data, key: str) -> str:
    return data.get(key) or ""


def _day(data: Data, key: str) -> dt.date | None:
    written = _text(data, key)
    return dt.date.fromisoformat(written) if written else None
