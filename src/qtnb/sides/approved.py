"""What is approved, as one side of a comparison: the only place here that knows the register's store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qtnb.check import usable_register
from qtnb.kho import Kho
from qtnb.so_dang_ky.in_force import approved_kho
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai
from qtnb.source import Source


def register_in(source: Source | None) -> SoDangKy | None:
    """The register; None when the kho has none, or none that can be used."""
    return usable_register(source, [])


def approved_state(goc: Path, register: SoDangKy) -> Kho | None:
    """Every procedure in force as approved; None when nothing is approved.

    Raises QtnbError when a kept file is missing or was changed.
    """
    return approved_kho(goc, register)


def state_as_of(goc: Path, register: SoDangKy, khoa: str) -> Kho | None:
    """The same by the decisions up to and including the decision ``khoa`` of the register."""
    last = _rank_of(register.quyet_dinh[khoa])
    decisions = {key: item for key, item in register.quyet_dinh.items() if _rank_of(item) <= last}
    items = (_as_of(item, decisions) for item in register.quy_trinh.values())
    return approved_kho(goc, SoDangKy(decisions, {item.khoa: item for item in items}))


def _rank_of(signed: QuyetDinhDaKy) -> tuple[object, ...]:
    return signed.ngay, signed.so_ky_hieu, signed.khoa


def _as_of(item: MucDangKy, decisions: dict[str, QuyetDinhDaKy]) -> MucDangKy:
    history = tuple(lan for lan in item.lich_su if lan.quyet_dinh in decisions)
    return replace(item, lich_su=history, trang_thai=_standing(history))


def _standing(history: tuple[LanQuyetDinh, ...]) -> TrangThai:
    """Where a procedure stood after ``history``: what gives no seal only ended it."""
    if not history:
        return TrangThai.DU_THAO
    return TrangThai.DA_PHE_DUYET if history[-1].dau else TrangThai.BAI_BO
