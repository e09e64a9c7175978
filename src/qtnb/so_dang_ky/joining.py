"""Two registers of one kho, written on two branches, joined block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeVar

from qtnb.finding import Remark
from qtnb.so_dang_ky.approving import standing
from qtnb.so_dang_ky.decision_numbers import numbers_twice
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, ThuTu

_NO_REGISTER: Final = SoDangKy()
_Block = TypeVar("_Block", MucDangKy, QuyetDinhDaKy)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of two registers."""

    register: SoDangKy
    clashes: tuple[Remark, ...] = ()
    """Why they cannot be joined; then ``register`` is of no use. Empty when they can."""


def join(
    one: SoDangKy,
    other: SoDangKy,
    base: SoDangKy = _NO_REGISTER,
    written: Mapping[str, str] = MappingProxyType({}),
) -> Joined:
    """Join two registers that each hold together; which of them comes first makes no difference.

    A block is never removed: one that a side lacks is kept. ``base`` is what both branches started from,
    ``written`` the symbol that each procedure's file bears, by key; they settle a draft's number where the
    sides differ.
    """
    clashes: list[Remark] = []
    decisions: dict[str, QuyetDinhDaKy] = {}
    for khoa in sorted({*one.quyet_dinh, *other.quyet_dinh}):
        signed = _decision(one.quyet_dinh.get(khoa), other.quyet_dinh.get(khoa))
        if isinstance(signed, Remark):
            clashes.append(signed)
        else:
            decisions[khoa] = signed
    if clashes:  # what procedures say of these decisions would only repeat it
        return Joined(_NO_REGISTER, tuple(clashes))
    blocks: dict[str, MucDangKy] = {}
    for khoa in sorted({*one.quy_trinh, *other.quy_trinh}):
        sides = _Sides(one.quy_trinh.get(khoa), other.quy_trinh.get(khoa), base.quy_trinh.get(khoa))
        block = sides.joined(written.get(khoa, ""), decisions)
        if isinstance(block, Remark):
            clashes.append(block)
        else:
            blocks[khoa] = block
    register = SoDangKy(decisions, blocks)
    return Joined(register, tuple(clashes or numbers_twice(register)))


def _decision(one: QuyetDinhDaKy | None, other: QuyetDinhDaKy | None) -> QuyetDinhDaKy | Remark:
    if one is None or other is None or one == other:
        return _known(one, other)
    if replace(one, bai_bo_boi="") != replace(other, bai_bo_boi=""):
        first, second = sorted((one, other), key=lambda signed: (signed.thu_tu, signed.dau, signed.ban_luu))
        what = (
            f"{first.ten} và {second.ten}"
            if first.ten != second.ten
            else f"cùng là {first.ten} nhưng nội dung khác nhau"
        )
        message = f"Quyết định “{one.khoa}” đã ghi sổ khác nhau trên hai nhánh: {what}."
        hint = "Hủy lần gộp (git merge --abort), hủy lần ghi sổ sai trên nhánh của nó (git revert), rồi gộp lại."
        return Remark((), "register-join", message, hint)
    if one.bai_bo_boi and other.bai_bo_boi:
        first_by, second_by = sorted((one.bai_bo_boi, other.bai_bo_boi))
        message = f"{one.ten} bị bãi bỏ trên hai nhánh, bởi hai quyết định “{first_by}” và “{second_by}”."
        return Remark((), "register-join", message, _enter_again(second_by))
    return one if one.bai_bo_boi else other


@dataclass(frozen=True, slots=True)
class _Sides:
    """The block of one procedure on both branches and before; None where there is none."""

    one: MucDangKy | None
    other: MucDangKy | None
    base: MucDangKy | None

    def joined(self, written: str, decisions: Mapping[str, QuyetDinhDaKy]) -> MucDangKy | Remark:
        """The block that holds what both say."""
        one, other = self.one, self.other
        if one is None or other is None:
            return _known(one, other)
        if not one.lich_su and not other.lich_su:
            return _draft(one, other, self.base, written)
        if one.lich_su and other.lich_su and one.ky_hieu != other.ky_hieu:
            return _two_numbers(one, other)
        new_here = [lan for lan in one.lich_su if lan not in other.lich_su]
        new_there = [lan for lan in other.lich_su if lan not in one.lich_su]
        apart = [
            sorted((here, there), key=_by_day)
            for here in new_here
            for there in new_there
            if not _both_hold(here, there)
        ]
        if apart:
            return _two_decisions(one, *min(apart, key=lambda pair: [*map(_by_day, pair)]))
        return self._both(decisions)

    def _both(self, decisions: Mapping[str, QuyetDinhDaKy]) -> MucDangKy | Remark:
        """The block with both histories; where the procedure stands follows from all that was decided."""
        sides = [side for side in (self.one, self.other) if side is not None]
        longer = max(sides, key=lambda side: len(side.lich_su))
        known = {lan.quyet_dinh: lan for side in sides for lan in side.lich_su}
        history = longer.lich_su if len(longer.lich_su) == len(known) else tuple(sorted(known.values(), key=_by_day))
        if not longer.trang_thai.con_hieu_luc:
            return longer  # nothing was decided elsewhere about what ended here
        abolished = {khoa for khoa, signed in decisions.items() if signed.bai_bo_boi}
        block = replace(longer, lich_su=history).with_abolished(abolished)
        if not block.phe_duyet and longer.phe_duyet:
            return _no_decision_left(block, decisions)
        knowing = [side for side in sides if side.lich_su == block.lich_su and side.phe_duyet == block.phe_duyet]
        if not block.phe_duyet:
            return block  # of a history that makes no sense: it is told as that
        if knowing:
            changed = [side for side in knowing if side != self.base]
            return min(changed or knowing, key=lambda side: (side.trang_thai, str(side.hieu_luc)))
        latest = decisions.get(block.phe_duyet[-1].quyet_dinh)
        days = [side.hieu_luc for side in sides if side.hieu_luc is not None]
        if latest is not None and all(len(side.lich_su) < len(history) for side in sides):
            days = [latest.hieu_luc]
        return replace(block, trang_thai=standing(block), hieu_luc=max(days, default=None))


def _known(one: _Block | None, other: _Block | None) -> _Block:
    known = one if one is not None else other
    assert known is not None  # noqa: S101 - its key is that of one of them
    return known


def _draft(one: MucDangKy, other: MucDangKy, base: MucDangKy | None, written: str) -> MucDangKy:
    """A draft that has two numbers: that of its file, else that of the branch which changed it, else the lower."""
    for side in (one, other):
        if side.ky_hieu == written:
            return side
    if base in (one, other):  # no set: a block holds what cannot be hashed
        return other if base == one else one
    return min(one, other, key=lambda side: (side.ky_hieu[:2], int(side.ky_hieu[3:])))


def _by_day(lan: LanQuyetDinh) -> ThuTu:
    return lan.thu_tu


def _both_hold(here: LanQuyetDinh, there: LanQuyetDinh) -> bool:
    """Whether two decisions, each taken on its own branch, go together on one procedure.

    They do when they approved different parts, or the same content. One that ended the procedure goes
    together with none: whoever took the other did not know of it.
    """
    if here.quyet_dinh == there.quyet_dinh or not here.dau or not there.dau:
        return False
    return all(here.dau[phan] == there.dau[phan] for phan in set(here.dau) & set(there.dau))


def _two_numbers(one: MucDangKy, other: MucDangKy) -> Remark:
    first, second = sorted((one, other), key=lambda side: side.lich_su[0].thu_tu)
    message = (
        f"Quy trình “{one.khoa}” đã phê duyệt trên hai nhánh với hai ký hiệu: {first.ky_hieu} tại "
        f"{first.lich_su[0].ten} và {second.ky_hieu} tại {second.lich_su[0].ten}."
    )
    return Remark((), "register-join", message, _enter_again(second.lich_su[0].quyet_dinh))


def _two_decisions(block: MucDangKy, first: LanQuyetDinh, second: LanQuyetDinh) -> Remark:
    message = f"Hai nhánh cùng quyết định về quy trình {block.ky_hieu} ({block.khoa}): {first.ten} và {second.ten}."
    return Remark((), "register-join", message, _enter_again(second.quyet_dinh))


def _no_decision_left(block: MucDangKy, decisions: Mapping[str, QuyetDinhDaKy]) -> Remark:
    by = sorted({decisions[lan.quyet_dinh].bai_bo_boi for lan in block.lich_su if lan.bai_bo})
    message = (
        f"Hai nhánh cùng bãi bỏ quyết định đã phê duyệt quy trình {block.ky_hieu} ({block.khoa}), "
        f"bởi {' và '.join(f'“{khoa}”' for khoa in by)}; gộp lại thì không còn quyết định nào phê duyệt quy trình này."
    )
    return Remark((), "register-join", message, _enter_again(by[-1]))


def _enter_again(decision: str) -> str:
    return (
        f"Hủy lần gộp (git merge --abort); trên nhánh đã ghi sổ “{decision}”, hủy lần ghi sổ ấy (git revert), "
        "gộp nhánh kia vào, rồi ghi sổ lại bằng qtnb approve."
    )
