"""How each piece of work of a plan stands on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from qtnb.han import ChuaHieu, DinhKy, KyHan, ThoiHan, ThuongXuyen, TuyThuoc, next_day, period_of
from qtnb.han_days import HanError
from qtnb.han_reading import read_deadline
from qtnb.ke_hoach import KeHoach
from qtnb.theo_doi.don_vi import units_of
from qtnb.theo_doi.viec import Viec, viec_of

_DAY = dt.timedelta(days=1)


class TinhTrang(StrEnum):
    """How work stands; the values are those of the JSON output."""

    QUA_HAN = "qua_han"
    DEN_HAN = "den_han"
    CHUA_DEN = "chua_den"
    """Its last day lies after the day asked for."""
    DINH_KY = "dinh_ky"
    HET_KY = "het_ky"
    """Recurring work of a plan whose year is over."""
    THUONG_XUYEN = "thuong_xuyen"
    TUY_THUOC = "tuy_thuoc"
    """It hangs on something else, or has no end."""
    CHUA_HIEU = "chua_hieu"
    """Its deadline cannot be read, or there is none."""
    HOAN_THANH = "hoan_thanh"


@dataclass(frozen=True, slots=True)
class Moc:
    """The days by which work is judged."""

    hom_nay: dt.date
    den_ngay: dt.date
    """What is due up to here is listed, this day included."""

    @property
    def qua_han(self) -> dt.date:
        """Work whose last day lies before this one is late: today, or the day asked for when that is earlier."""
        return min(self.hom_nay, self.den_ngay)


@dataclass(frozen=True, slots=True)
class TienDo:
    """A piece of work and how it stands."""

    ke_hoach: KeHoach
    goi: str
    """What people call the plan: ``326/KH-UBND``."""
    path: str
    """The plan's file, as messages show it."""
    viec: Viec
    han: ThoiHan
    tinh_trang: TinhTrang
    ngay: dt.date | None
    """Its last day; of recurring work the next one."""
    chu_tri: tuple[str, ...]
    """The units that lead, each by itself."""
    phoi_hop: tuple[str, ...]


def progress_of(ke_hoach: KeHoach, goi: str, path: str, moc: Moc) -> Iterator[TienDo]:
    """How the work of a plan stands, in the plan's order."""
    for viec in viec_of(ke_hoach):
        han = _deadline(viec, ke_hoach.nam)
        tinh_trang, ngay = _judged(viec, han, ke_hoach.nam, moc)
        units = (units_of(viec.dong.chu_tri), units_of(viec.dong.phoi_hop))
        yield TienDo(ke_hoach, goi, path, viec, han, tinh_trang, ngay, *units)


def _deadline(viec: Viec, nam: int | None) -> ThoiHan:
    try:
        return read_deadline(viec.dong.thoi_gian, nam)
    except HanError:  # validate speaks of it
        return ChuaHieu()


def _judged(viec: Viec, han: ThoiHan, nam: int | None, moc: Moc) -> tuple[TinhTrang, dt.date | None]:
    done = viec.dong.hoan_thanh
    if done is not None and done > moc.den_ngay:
        done = None
    if isinstance(han, DinhKy):
        ngay = _next(han, nam, moc, done)
        return (TinhTrang.DINH_KY if ngay else TinhTrang.HET_KY), ngay
    last = han.den if isinstance(han, KyHan) else None
    if done is not None:
        return TinhTrang.HOAN_THANH, last
    return (_without_day(han) if last is None else _against(last, moc)), last


def _without_day(han: KyHan | ThuongXuyen | TuyThuoc | ChuaHieu) -> TinhTrang:
    match han:
        case ThuongXuyen():
            return TinhTrang.THUONG_XUYEN
        case KyHan() | TuyThuoc():
            return TinhTrang.TUY_THUOC
        case ChuaHieu():
            return TinhTrang.CHUA_HIEU
        case _:
            assert_never(han)


def _against(den: dt.date, moc: Moc) -> TinhTrang:
    if den < moc.qua_han:
        return TinhTrang.QUA_HAN
    return TinhTrang.DEN_HAN if den <= moc.den_ngay else TinhTrang.CHUA_DEN


def _next(han: DinhKy, nam: int | None, moc: Moc, done: dt.date | None) -> dt.date | None:
    """The next day on which recurring work is due; None when the plan's year is over.

    A period in which it was done is passed over.
    """
    start = moc.qua_han if nam is None else max(moc.qua_han, dt.date(nam, 1, 1))
    ngay = next_day(han, start)
    if done is not None and period_of(han.chu_ky, ngay)[0] <= done:
        ngay = next_day(han, period_of(han.chu_ky, done)[1] + _DAY)
    return ngay if nam is None or ngay.year <= nam else None
