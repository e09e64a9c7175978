"""A kho: one agency's procedures and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qtnb.model import CauHinh, QuyetDinh, QuyTrinhCV, QuyTrinhLT


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
