"""The work of plans as JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from qtnb.han import DinhKy, KyHan
from qtnb.theo_doi.bang import LEADS, by_unit, counts_of
from qtnb.theo_doi.tinh_trang import Moc, TienDo, TinhTrang

VERSION = 1


def to_json(work: Sequence[TienDo], plans: int, moc: Moc) -> str:
    """One document (docs/ke-hoach.md): the days, the counts, every piece of work, the counts of every unit."""
    document = {
        "version": VERSION,
        "hom_nay": moc.hom_nay.isoformat(),
        "den_ngay": moc.den_ngay.isoformat(),
        "tong": {"ke_hoach": plans, "viec": len(work), **{state.value: n for state, n in counts_of(work)}},
        "viec": [_piece(item, moc) for item in work],
        "don_vi": list(_units(work)),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _piece(item: TienDo, moc: Moc) -> dict[str, Any]:
    han = item.han
    late = item.tinh_trang is TinhTrang.QUA_HAN and item.ngay is not None
    return {
        "path": item.path,
        "ke_hoach": item.ke_hoach.khoa,
        "so_ky_hieu": item.goi,
        "at": list(item.viec.at),
        "stt": item.viec.stt,
        "noi_dung": item.viec.noi_dung,
        "san_pham": item.viec.dong.san_pham,
        "chu_tri": list(item.chu_tri),
        "phoi_hop": list(item.phoi_hop),
        "thoi_gian": item.viec.dong.thoi_gian,
        "tu": _day(han.tu) if isinstance(han, KyHan) else None,
        "den": _day(han.den) if isinstance(han, KyHan) else None,
        "chu_ky": han.chu_ky.value if isinstance(han, DinhKy) else None,
        "ky_toi": _day(item.ngay) if isinstance(han, DinhKy) else None,
        "hoan_thanh": _day(item.viec.dong.hoan_thanh),
        "tinh_trang": item.tinh_trang.value,
        "so_ngay_tre": (moc.qua_han - item.ngay).days if late and item.ngay else None,
    }


def _units(work: Sequence[TienDo]) -> Iterator[dict[str, Any]]:
    for unit, items in by_unit(work).items():
        leads = [item for part, item in items if part == LEADS]
        supports = [item for part, item in items if part != LEADS]
        yield {"ten": unit, "chu_tri": _counts(leads), "phoi_hop": _counts(supports)}


def _counts(work: Sequence[TienDo]) -> dict[str, int]:
    return {"viec": len(work), **{state.value: n for state, n in counts_of(work)}}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
