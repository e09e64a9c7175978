"""The model of a kho, built from its checked files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from qtnb.check import Checked
from qtnb.collation import catalogue_key
from qtnb.kho import Kho
from qtnb.model import QuyTrinhCV, QuyTrinhLT, cau_hinh_from, quy_trinh_from, quyet_dinh_from
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import khoa_of

if TYPE_CHECKING:
    from qtnb.so_dang_ky.snapshot import BanPheDuyet


def kho_of(checked: Checked) -> Kho:
    """Build the model of a kho that has no errors."""
    return Kho(
        checked.sources.goc,
        cau_hinh_from(checked.sources.cau_hinh.data),
        procedures_in_order(checked),
        tuple(quyet_dinh_from(source.tep, source.data) for source in checked.quyet_dinh),
    )


def procedures_in_order(checked: Checked, ngay: dt.date | None = None) -> tuple[QuyTrinhCV | QuyTrinhLT, ...]:
    """The procedures that fit their schemas and have not lapsed, in catalogue order: CV before LT.

    ``ngay`` is the day to judge by. None: none that a signed decision ended, be it from a day to come, for
    no new decision may name such a one.
    """
    lapsed = _lapsed(checked.so_dang_ky, ngay) if checked.so_dang_ky else set()
    items = [
        quy_trinh_from(source.tep, source.data) for source in checked.quy_trinh if khoa_of(source.tep) not in lapsed
    ]
    items.sort(key=lambda item: (item.loai, catalogue_key(item.thu_tu, item.ky_hieu, item.tep)))
    return tuple(items)


def _lapsed(register: SoDangKy, ngay: dt.date | None) -> set[str]:
    ended = ((item.khoa, item.het_hieu_luc) for item in register.quy_trinh.values())
    return {khoa for khoa, day in ended if day is not None and (ngay is None or day <= ngay)}


def approved_decisions(checked: Checked) -> Callable[[str], BanPheDuyet | None]:
    """Gives what a decision in the register approved, by its key; None for a decision that is not in it.

    What it gives raises QtnbError when the kept content cannot be used.
    """
    register = checked.so_dang_ky
    if register is None:
        return lambda _: None
    from qtnb.so_dang_ky.in_force import SnapshotStore  # few kho have a register

    snapshots = SnapshotStore(checked.sources.goc, register.quyet_dinh)
    return lambda khoa: snapshots(khoa) if khoa in register.quyet_dinh else None
