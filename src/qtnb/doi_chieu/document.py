"""The answer as one JSON document, version 1 (docs/phe-duyet.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from qtnb.doi_chieu.answer import Answer, BanHanh, TinhTrang
from qtnb.render.mark import DauVanBan
from qtnb.so_dang_ky.model import LanQuyetDinh


def answer_to_json(name: str, answer: Answer) -> str:
    """The answer on the document ``name``, Vietnamese unescaped, with a final newline."""
    document = {
        "version": 1,
        "file": name,
        "verdict": answer.verdict,
        "loai": answer.dau.loai if answer.dau else None,
        "doi_chieu": answer.doi_chieu,
        "so_dang_ky": answer.kho or None,
        "quyet_dinh": _decision(answer),
        "ban": answer.dau.ban or None if answer.dau else None,
        "qtnb": answer.dau.qtnb if answer.dau else None,
        "tracked_changes": answer.con_danh_dau,
        "quy_trinh": _procedures(answer),
        "ban_hanh": None if answer.ban_hanh is None else _issue(answer.ban_hanh),
        "sentences": answer.cau,
        "changes": [asdict(change) for change in answer.thay_doi],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _decision(answer: Answer) -> dict[str, Any] | None:
    mark, entered = answer.dau, answer.quyet_dinh
    if mark is None or not mark.quyet_dinh:
        return None
    return {
        "khoa": mark.quyet_dinh,
        "so_ky_hieu": mark.so_ky_hieu or None,
        "ngay": mark.ngay or None,
        "co_quan": mark.co_quan,
        "hieu_luc": entered.hieu_luc.isoformat() if entered else None,
        "bai_bo_boi": entered.bai_bo_boi or None if entered else None,
    }


def _procedures(answer: Answer) -> list[dict[str, Any]]:
    if answer.quy_trinh:
        return [_standing(item) for item in answer.quy_trinh]
    return [] if answer.dau is None else _named(answer.dau)


def _named(mark: DauVanBan) -> list[dict[str, Any]]:
    """What the mark alone tells of the procedures."""
    return [{"khoa": item.khoa, "ky_hieu": item.ky_hieu or None} for item in mark.quy_trinh]


def _standing(item: TinhTrang) -> dict[str, Any]:
    return {
        "khoa": item.khoa,
        "ky_hieu": item.ky_hieu,
        "trang_thai": item.trang_thai,
        "moi_nhat": item.moi_nhat,
        "hieu_luc": item.hieu_luc.isoformat() if item.hieu_luc else None,
        "het_hieu_luc": item.het_hieu_luc.isoformat() if item.het_hieu_luc else None,
        "thay_the_boi": item.thay_the_boi,
        "quyet_dinh_sau": [_entry(lan) for lan in item.quyet_dinh_sau],
    }


def _entry(lan: LanQuyetDinh) -> dict[str, Any]:
    return {
        "khoa": lan.quyet_dinh,
        "so_ky_hieu": lan.so_ky_hieu,
        "ngay": lan.ngay.isoformat(),
        "hinh_thuc": lan.hinh_thuc,
    }


def _issue(issue: BanHanh) -> dict[str, Any]:
    signed = issue.quyet_dinh
    return {
        "so_ky_hieu": signed.so_ky_hieu,
        "ngay": signed.ngay.isoformat(),
        "trung": not issue.khac,
        "changes": [asdict(change) for change in issue.khac],
    }
