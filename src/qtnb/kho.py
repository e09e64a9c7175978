"""A kho: one agency's procedures and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qtnb.check import Checked
from qtnb.collation import catalogue_key
from qtnb.model import (
    CauHinh,
    QuyetDinh,
    QuyTrinhCV,
    QuyTrinhLT,
    cau_hinh_from,
    quy_trinh_from,
    quyet_dinh_from,
)


@dataclass(frozen=True, slots=True)
class Kho:
    """One agency's procedures and decisions, with nothing wrong in them."""

    goc: Path
    """The folder that holds ``qtnb.yaml``."""
    cau_hinh: CauHinh
    quy_trinh: tuple[QuyTrinhCV | QuyTrinhLT, ...]
    """In catalogue order."""
    quyet_dinh: tuple[QuyetDinh, ...]
    """In order of their file names."""


def kho_of(checked: Checked) -> Kho:
    """Build the model of a kho that has no errors."""
    return Kho(
        checked.sources.goc,
        cau_hinh_from(checked.sources.cau_hinh.data),
        procedures_in_order(checked),
        tuple(quyet_dinh_from(source.tep, source.data) for source in checked.quyet_dinh),
    )


def procedures_in_order(checked: Checked) -> tuple[QuyTrinhCV | QuyTrinhLT, ...]:
    """The procedures that fit their schemas, in catalogue order: CV before LT."""
    items = [quy_trinh_from(source.tep, source.data) for source in checked.quy_trinh]
    items.sort(key=lambda item: (item.loai, catalogue_key(item.thu_tu, item.ky_hieu, item.tep)))
    return tuple(items)


def procedures_of(kho: Kho, quyet_dinh: QuyetDinh) -> tuple[QuyTrinhCV | QuyTrinhLT, ...]:
    """The procedures that a decision approves, in the order in which it prints them.

    ``tat_ca`` gives all of its kind in catalogue order; a list gives those named, as listed.
    The names are known to exist: integrity has checked them.
    """
    of_kind = [item for item in kho.quy_trinh if item.loai == quyet_dinh.loai_quy_trinh]
    if quyet_dinh.quy_trinh is None:
        return tuple(of_kind)
    by_name = {item.ky_hieu: item for item in of_kind} | {item.khoa: item for item in of_kind}
    return tuple(by_name[name] for name in quyet_dinh.quy_trinh)
