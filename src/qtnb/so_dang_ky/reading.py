"""From the file of a register to its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from qtnb.model import Phan
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai


def register_from(data: Mapping[str, Any]) -> SoDangKy:
    """Build the register from data that fit its schema."""
    return SoDangKy(
        {khoa: _decision(khoa, block) for khoa, block in (data.get("quyet_dinh") or {}).items()},
        {khoa: _procedure(khoa, block) for khoa, block in (data.get("quy_trinh") or {}).items()},
    )


def _procedure(khoa: str, block: Mapping[str, Any]) -> MucDangKy:
    return MucDangKy(
        khoa,
        block["ky_hieu"],
        TrangThai(block["trang_thai"]),
        tuple(block.get("thay_the_boi") or ()),
        _day(block.get("hieu_luc")),
        _day(block.get("het_hieu_luc")),
        tuple(map(_event, block.get("lich_su") or ())),
    )


def _event(data: Mapping[str, Any]) -> LanQuyetDinh:
    return LanQuyetDinh(
        data["quyet_dinh"],
        data["so_ky_hieu"],
        dt.date.fromisoformat(data["ngay"]),
        data["hinh_thuc"],
        {phan: data[f"dau_{phan}"] for phan in Phan if data.get(f"dau_{phan}")},
    )


def _decision(khoa: str, block: Mapping[str, Any]) -> QuyetDinhDaKy:
    return QuyetDinhDaKy(
        khoa,
        block["so"],
        block["ky_hieu"],
        dt.date.fromisoformat(block["ngay"]),
        dt.date.fromisoformat(block["hieu_luc"]),
        block["hinh_thuc"],
        block["phe_duyet"],
        block["dau"],
        block["ban_luu"],
        block["tong_quy_trinh"],
        block.get("bai_bo_boi") or "",
        block.get("co_quan") or "",
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
