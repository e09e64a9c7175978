"""The decisions of a kho with all that their documents print."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qtnb.building import approved_decisions, kho_of
from qtnb.check import Checked
from qtnb.kho import Kho, procedures_of
from qtnb.model import QuyetDinh, QuyTrinhCV, QuyTrinhLT, quy_trinh_from
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.words.comparison import BangSoSanh
from qtnb.words.earlier import TruocDay, truoc_day_of

if TYPE_CHECKING:
    from qtnb.so_dang_ky.in_force import SnapshotStore


@dataclass(frozen=True, slots=True)
class Printable:
    """One decision, ready for its template."""

    kho: Kho
    quyet_dinh: QuyetDinh
    truoc_day: TruocDay | None
    """What it says of earlier decisions; None: as far as ``kho`` tells, which is all that an old kept file knows."""
    so_sanh: BangSoSanh | None
    """What it changes, side by side; None when it does not ask for that, or nothing approved is known."""

    @property
    def has_comparison(self) -> bool:
        """Whether there is any change to print side by side."""
        return self.so_sanh is not None and bool(self.so_sanh.quy_trinh)


def printable_decisions(checked: Checked, asked: Collection[str] | None = None) -> Iterator[Printable]:
    """The decisions of a kho without errors, in the order of their files; what was signed as it was signed.

    ``asked`` are the files wanted, relative to the kho; None: all.
    """
    kho = kho_of(checked)
    entered = approved_decisions(checked)
    for quyet_dinh in kho.quyet_dinh:
        if asked is not None and quyet_dinh.tep not in asked:
            continue
        then = entered(quyet_dinh.khoa)
        if then is None:
            yield printable_draft(checked, kho, quyet_dinh)
        else:
            yield Printable(then.kho(kho.goc), then.quyet_dinh, then.truoc_day, then.so_sanh)


def printable_draft(checked: Checked, kho: Kho, quyet_dinh: QuyetDinh) -> Printable:
    """A decision that is not in the register, with what the register knows of the procedures that it names."""
    register = checked.so_dang_ky
    if register is None or not register.quyet_dinh:
        return Printable(kho, quyet_dinh, truoc_day_of(kho, quyet_dinh), None)
    from qtnb.so_dang_ky.earlier import entered_decisions
    from qtnb.so_dang_ky.in_force import SnapshotStore

    snapshots = SnapshotStore(kho.goc, register.quyet_dinh)
    known = replace(kho, quy_trinh=(*kho.quy_trinh, *_lapsed(kho, register, snapshots)))
    earlier = truoc_day_of(known, quyet_dinh, entered_decisions(register, snapshots, kho.goc))
    compared = _compared(kho, quyet_dinh, register, snapshots) if quyet_dinh.bang_so_sanh else None
    return Printable(kho, quyet_dinh, earlier, compared)


def _lapsed(kho: Kho, register: SoDangKy, snapshots: SnapshotStore) -> Iterator[QuyTrinhCV | QuyTrinhLT]:
    """The procedures of the register that the kho holds no longer, as last approved."""
    from qtnb.so_dang_ky.in_force import approved_data

    held = {item.khoa for item in kho.quy_trinh}
    for block in register.quy_trinh.values():
        found = None if block.khoa in held else approved_data(block, snapshots)
        if found is not None:
            yield quy_trinh_from(*found)


def _compared(kho: Kho, quyet_dinh: QuyetDinh, register: SoDangKy, snapshots: SnapshotStore) -> BangSoSanh | None:
    from qtnb.diff.kho import State, compare
    from qtnb.diff.rows import comparison_table
    from qtnb.so_dang_ky.in_force import approved_items

    new = procedures_of(kho, quyet_dinh)
    ended = {entry.quy_trinh for entry in quyet_dinh.bi_thay_the}
    keys = {item.khoa for item in new}
    approved = approved_items(register, snapshots)
    old = [item for item in approved if item.khoa in keys or not ended.isdisjoint({item.khoa, item.ky_hieu})]
    before, after = (State("", kho.cau_hinh, tuple(items), ()) for items in (old, new))
    return comparison_table(compare(before, after), quyet_dinh.ly_do)
