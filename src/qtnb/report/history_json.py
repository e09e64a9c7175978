"""The life of one procedure as one JSON document, version 1 (docs/lich-su.md)."""

from __future__ import annotations

import json
from typing import Any

from qtnb.diff.kho import ProcedureChange
from qtnb.diff.wording import headline
from qtnb.lich_su.su_kien import LanLuu, LichSu, SuKien
from qtnb.report.diff_json import procedure_changes


def history_to_json(history: LichSu) -> str:
    """The life as JSON, Vietnamese unescaped, with a final newline."""
    document = {
        "version": 1,
        "khoa": history.khoa,
        "ky_hieu": history.ky_hieu,
        "ten": history.ten,
        "tep": history.tep,
        "trang_thai": history.trang_thai.value if history.trang_thai else None,
        "hieu_luc": history.hieu_luc.isoformat() if history.hieu_luc else None,
        "het_hieu_luc": history.het_hieu_luc.isoformat() if history.het_hieu_luc else None,
        "quyet_dinh": [_event(event, history) for event in history.su_kien],
        "hien_trang": history.hien_trang.value,
        "dang_soan": _change(history.dang_soan, history),
        "loi": history.loi,
        "du_thao": list(history.du_thao),
        "thay_cho": list(history.thay_cho),
        "ghi_chu": list(history.ghi_chu),
        "git": None if history.git is None else [_commit(commit) for commit in history.git],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _event(event: SuKien, history: LichSu) -> dict[str, Any]:
    return {
        "khoa": event.khoa,
        "ten": event.ten,
        "ngay": event.ngay.isoformat(),
        "hinh_thuc": event.hinh_thuc.value,
        "phe_duyet": [phan.value for phan in event.phan],
        "hieu_luc": event.hieu_luc.isoformat(),
        "ly_do": event.ly_do,
        "thay_bang": list(event.thay_bang),
        "bai_bo_boi": event.bai_bo_boi,
        "so_buoc": event.noi_dung.cac_buoc if event.noi_dung else None,
        "thoi_gian": event.noi_dung.thoi_gian.text if event.noi_dung else None,
        "thay_doi": _change(event.thay_doi, history),
        "khong_ro": event.khong_ro,
    }


def _change(change: ProcedureChange | None, history: LichSu) -> dict[str, Any] | None:
    if change is None:
        return None
    return {"tom_tat": headline(change, history.hours), "changes": procedure_changes(change)}


def _commit(commit: LanLuu) -> dict[str, Any]:
    return {
        "ma": commit.ma,
        "ngay": commit.ngay.isoformat() if commit.ngay else None,
        "tieu_de": commit.tieu_de,
        "viec": commit.viec,
    }
