"""The report on what was cut as one JSON document, version 1 (docs/don-gian-hoa.md)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from qtnb.diff.extent import Extent
from qtnb.don_gian_hoa.columns import as_written
from qtnb.don_gian_hoa.content import content_of
from qtnb.don_gian_hoa.so_sanh import DaiNgan, KetQua, KhongCon, SoSanh, SoSanhKho
from qtnb.don_gian_hoa.times import HaiThoiGian
from qtnb.don_gian_hoa.totals import total_of
from qtnb.words.writing import one_line


def to_json(kho: Sequence[SoSanhKho], ngay: dt.date) -> str:
    """The report as JSON, Vietnamese unescaped, with a final newline; exact numbers are texts such as ``3/2``."""
    everything = [item for place in kho for item in place.quy_trinh]
    document = {
        "version": 1,
        "ngay": ngay.isoformat(),
        "kho": [_kho(place) for place in kho],
        "tong": {
            "cat_giam": _total(item for item in everything if item.ket_qua is KetQua.CAT_GIAM),
            "chung": _total(everything),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _kho(place: SoSanhKho) -> dict[str, Any]:
    return {
        "co_quan": one_line(place.co_quan),
        "truoc": place.ban_truoc,
        "sau": place.ban_sau,
        "quy_trinh": [_procedure(item) for item in place.quy_trinh],
        "khong_con": [_gone(group) for group in place.khong_con],
        "bo_sung": [_alone(part) for part in place.bo_sung],
        "khong_so_duoc": [{"khoa": khoa, "vi_sao": why} for khoa, why in place.khong_so_duoc],
        "tong": {
            "cat_giam": _total(place.of(KetQua.CAT_GIAM)),
            "chung": _total(place.quy_trinh),
        },
    }


def _procedure(item: SoSanh) -> dict[str, Any]:
    old = item.change.match.old
    return {
        "khoa": item.item.khoa,
        "khoa_truoc": old.khoa if old is not None else item.item.khoa,
        "loai": item.item.loai,
        "ky_hieu": item.item.ky_hieu,
        "ten": one_line(item.item.ten),
        "linh_vuc": one_line(item.item.linh_vuc),
        "ket_qua": item.ket_qua.value,
        "so_buoc": _steps(item.before.cac_buoc, item.after.cac_buoc),
        "thoi_gian": _time(item),
        "vi_sao": item.vi_sao,
        "noi_dung": content_of(item),
        "ly_do": item.ly_do,
    }


def _time(item: SoSanh) -> dict[str, Any]:
    return {
        "ghi_truoc": as_written(item.before),
        "ghi_sau": as_written(item.after),
        "tinh_duoc": _in_unit(item.thoi_gian) if item.thoi_gian else None,
    }


def _in_unit(time: HaiThoiGian) -> dict[str, Any]:
    return {"don_vi": time.don_vi.value, **_amounts(time.truoc, time.sau)}


def _steps(before: int, after: int) -> dict[str, Any]:
    return {"truoc": before, "sau": after, "giam": before - after, "ty_le": _rate(Fraction(before), Fraction(after))}


def _amounts(before: Fraction, after: Fraction) -> dict[str, str | None]:
    """Exact numbers: before, after, saved, and the rate as a fraction of one; None for a rate of nothing."""
    return {
        "truoc": str(before),
        "sau": str(after),
        "giam": str(before - after),
        "ty_le": _rate(before, after),
    }


def _rate(before: Fraction, after: Fraction) -> str | None:
    return str((before - after) / before) if before else None


def _gone(group: KhongCon) -> dict[str, Any]:
    return {
        "truoc": [_alone(part) for part in group.truoc],
        "sau": [_alone(part) for part in group.sau],
        "can_cu": list(group.can_cu),
        "ly_do": group.ly_do,
    }


def _alone(part: DaiNgan) -> dict[str, Any]:
    return {
        "khoa": part.item.khoa,
        "loai": part.item.loai,
        "ky_hieu": part.item.ky_hieu,
        "ten": one_line(part.item.ten),
        "linh_vuc": one_line(part.item.linh_vuc),
        **_extent(part.extent),
    }


def _extent(extent: Extent) -> dict[str, Any]:
    return {"so_buoc": extent.cac_buoc, "thoi_gian": as_written(extent)}


def _total(items: Iterable[SoSanh]) -> dict[str, Any]:
    total = total_of(items)
    return {
        "quy_trinh": total.quy_trinh,
        "so_buoc": _steps(total.buoc_truoc, total.buoc_sau),
        "thoi_gian": [_in_unit(time) for time in total.thoi_gian.values()],
    }
