"""The register as it stood by the decisions signed up to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai


def register_as_of(register: SoDangKy, khoa: str) -> SoDangKy:
    """The register by the decisions up to and including the decision ``khoa``, which it knows.

    Decisions count by the day on which they were signed, then by number, whenever they were entered.
    """
    decisions = _decisions_until(register, khoa)
    return SoDangKy(decisions, {item.khoa: _block(item, decisions) for item in register.quy_trinh.values()})


def block_as_of(item: MucDangKy, register: SoDangKy, khoa: str) -> MucDangKy:
    """The block of one procedure in :func:`register_as_of`."""
    return _block(item, _decisions_until(register, khoa))


def _decisions_until(register: SoDangKy, khoa: str) -> Mapping[str, QuyetDinhDaKy]:
    """The decisions, in force where none of them abolished them."""
    last = register.quyet_dinh[khoa].thu_tu
    known = {key: signed for key, signed in register.quyet_dinh.items() if signed.thu_tu <= last}
    return {
        key: signed if signed.bai_bo_boi in known else replace(signed, bai_bo_boi="") for key, signed in known.items()
    }


def _block(item: MucDangKy, decisions: Mapping[str, QuyetDinhDaKy]) -> MucDangKy:
    history = tuple(lan for lan in item.lich_su if lan.quyet_dinh in decisions)
    abolished = {khoa for khoa, signed in decisions.items() if signed.bai_bo_boi}
    return replace(item, lich_su=history, trang_thai=_standing(history)).with_abolished(abolished)


def _standing(history: tuple[LanQuyetDinh, ...]) -> TrangThai:
    """Where a procedure stood after ``history``: what gives no seal only ended it."""
    if not history:
        return TrangThai.DU_THAO
    return TrangThai.DA_PHE_DUYET if history[-1].dau else TrangThai.BAI_BO
