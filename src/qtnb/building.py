"""The model of a kho, built from its checked files."""

from __future__ import annotations

from qtnb.check import Checked
from qtnb.collation import catalogue_key
from qtnb.kho import Kho
from qtnb.model import QuyTrinhCV, QuyTrinhLT, cau_hinh_from, quy_trinh_from, quyet_dinh_from


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
