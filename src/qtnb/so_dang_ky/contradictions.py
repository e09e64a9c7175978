"""Where a register contradicts itself, so that nothing can be built upon it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark
from qtnb.so_dang_ky.approving import BAI_BO
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, SoDangKy, TrangThai

RESTORE: Final = "Lấy lại so-dang-ky.yaml từ git: git checkout HEAD -- so-dang-ky.yaml"
"""What helps where a register was changed by other hands than qtnb's."""


def contradictions(register: SoDangKy) -> Iterator[Remark]:
    """The blocks of a register, which fits its schema, that qtnb cannot have written; in the order of the file."""
    unknown = {
        lan.quyet_dinh
        for item in register.quy_trinh.values()
        for lan in item.lich_su
        if lan.quyet_dinh not in register.quyet_dinh
    }
    for khoa in sorted(unknown):
        message = f"Sổ đăng ký nhắc quyết định “{khoa}” nhưng không có mục về quyết định này."
        yield Remark(("quyet_dinh",), "register-lost", message, RESTORE, on_key=True)
    for item in register.quy_trinh.values():
        fact = _state(item) or _history(item, register)
        if fact:
            message = f"Mục quy trình “{item.khoa}” ({item.ky_hieu}) trong sổ đăng ký tự mâu thuẫn: {fact}."
            yield Remark(("quy_trinh", item.khoa), "register-contradiction", message, RESTORE, on_key=True)


def _state(item: MucDangKy) -> str:
    """Why the state does not agree with the rest of the block; empty when it does."""
    state = f"trạng thái {item.trang_thai}"
    ended = [lan for lan in item.lich_su if not lan.dau]
    match item.trang_thai:
        case TrangThai.DU_THAO:
            return f"{state} nhưng có quyết định" if item.lich_su else ""
        case TrangThai.DA_PHE_DUYET | TrangThai.SUA_DOI:
            if not item.phe_duyet:
                return f"{state} nhưng không có quyết định phê duyệt"
            return _days(item, state, ended=False)
        case TrangThai.THAY_THE | TrangThai.BAI_BO:
            if not ended or not item.phe_duyet:
                return f"{state} nhưng không có quyết định làm hết hiệu lực"
            if bool(item.thay_the_boi) != (item.trang_thai is TrangThai.THAY_THE):
                return f"{state} nhưng thay_the_boi nói khác"
            return _days(item, state, ended=True)


def _days(item: MucDangKy, state: str, *, ended: bool) -> str:
    if item.hieu_luc is None:
        return f"{state} nhưng không có ngày có hiệu lực"
    if (item.het_hieu_luc is not None) != ended:
        return f"{state} nhưng {'không có' if ended else 'có'} ngày hết hiệu lực"
    return ""


def _history(item: MucDangKy, register: SoDangKy) -> str:
    """Why the history does not agree with the decisions; empty when it does."""
    seen: set[str] = set()
    for lan in item.lich_su:
        if lan.quyet_dinh in seen:
            return f"quyết định “{lan.quyet_dinh}” có hai lần"
        seen.add(lan.quyet_dinh)
        if not _agrees(lan, register):
            return f"số, ngày hoặc hình thức của quyết định “{lan.quyet_dinh}” khác với mục của quyết định ấy"
    return ""


def _agrees(lan: LanQuyetDinh, register: SoDangKy) -> bool:
    """Whether the entry says of its decision what its block says; of one without a block that is told elsewhere."""
    signed = register.quyet_dinh.get(lan.quyet_dinh)
    if signed is None:
        return True
    # A procedure also ends when a decision of any form abolishes those that approved it.
    forms = {signed.hinh_thuc} if lan.dau else {signed.hinh_thuc, BAI_BO}
    return (lan.so_ky_hieu, lan.ngay) == (signed.so_ky_hieu, signed.ngay) and lan.hinh_thuc in forms
