"""What decisions and procedures are called, and what the names in decisions mean."""

from __future__ import annotations

from collections.abc import Mapping

from qtnb.diff.kho import State
from qtnb.model import QuyetDinh
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.text import shown


def keys_of(old: State, new: State, register: SoDangKy | None) -> Mapping[str, str]:
    """The key of each procedure by its symbol, as decisions may name either; the register knows lapsed ones, too."""
    known = {} if register is None else {item.ky_hieu: item.khoa for item in register.quy_trinh.values()}
    here, there = ({item.ky_hieu: item.khoa for item in state.quy_trinh if item.ky_hieu} for state in (old, new))
    return known | here | there


def decision_name(decision: QuyetDinh, agency: str) -> str:
    """How a sentence names a decision: ``Quyết định số 12/QĐ-SNV ngày 01/11/2026``, or ``dự thảo quyết định “bo”``.

    ``agency`` is the abbreviation of the kho's own agency, in whose name most are issued.
    """
    if not decision.so or decision.ngay is None:
        return f"dự thảo quyết định “{shown(decision.khoa)}”"
    issuer = decision.co_quan_ban_hanh.viet_tat if decision.co_quan_ban_hanh else agency
    return f"Quyết định số {decision.so.zfill(2)}/QĐ-{issuer} ngày {decision.ngay:%d/%m/%Y}"
