"""Signed decisions, as far as the words of later ones speak of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from qtnb.kho import Kho
from qtnb.model import HinhThuc, Phan, QuyetDinh
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.wording import scope_of, tham_quyen_of, trich_yeu_of
from qtnb.words.writing import so_of


@dataclass(frozen=True, slots=True)
class QuyetDinhDaBiet:
    """One signed decision: what it did, and how it is cited."""

    khoa: str
    so: int
    ngay: dt.date
    hinh_thuc: HinhThuc
    phe_duyet: Mapping[str, Collection[Phan]]
    """The parts that it approved of each procedure, by key."""
    het_hieu_luc: Collection[str]
    """Keys of the procedures that it ended."""
    bai_bo: Collection[str]
    """Keys of the decisions that it abolished."""
    trich_dan: Callable[[], QuyetDinhTruoc]
    """Gives how it is cited; what that takes may have to be read."""

    @property
    def thu_tu(self) -> tuple[dt.date, int, str]:
        """Sorts decisions by day, then by number."""
        return self.ngay, self.so, self.khoa


def signed_in(kho: Kho) -> Iterator[QuyetDinhDaBiet]:
    """The decisions of a kho that have a number and a day, as their files and the procedures that there are tell."""
    keys = {item.ky_hieu: item.khoa for item in kho.quy_trinh} | {item.khoa: item.khoa for item in kho.quy_trinh}
    for quyet_dinh in kho.quyet_dinh:
        if quyet_dinh.so and quyet_dinh.ngay is not None:
            yield _signed(kho, quyet_dinh, quyet_dinh.ngay, keys)


def citation_of(kho: Kho, quyet_dinh: QuyetDinh) -> QuyetDinhTruoc:
    """How others cite the signed decision of ``kho``. Raises ValueError for one without a day."""
    if quyet_dinh.ngay is None:
        raise ValueError(quyet_dinh.khoa)
    issuer = quyet_dinh.co_quan_ban_hanh or kho.cau_hinh.co_quan
    named = set(_named(kho, quyet_dinh))
    items = [item for item in kho.quy_trinh if item.khoa in named or item.ky_hieu in named]
    return QuyetDinhTruoc(
        f"{so_of(quyet_dinh.so)}/QĐ-{issuer.viet_tat}",
        quyet_dinh.ngay,
        tham_quyen_of(quyet_dinh, issuer),
        trich_yeu_of(quyet_dinh, scope_of(kho, quyet_dinh, items)),
        quyet_dinh.hinh_thuc,
    )


def _signed(kho: Kho, quyet_dinh: QuyetDinh, ngay: dt.date, keys: Mapping[str, str]) -> QuyetDinhDaBiet:
    named = [keys.get(name, name) for name in _named(kho, quyet_dinh)]
    ended = [keys.get(entry.quy_trinh, entry.quy_trinh) for entry in quyet_dinh.bi_thay_the]
    if quyet_dinh.hinh_thuc is HinhThuc.BAI_BO:
        named, ended = [], named
    return QuyetDinhDaBiet(
        quyet_dinh.khoa,
        int(quyet_dinh.so),
        ngay,
        quyet_dinh.hinh_thuc,
        dict.fromkeys(named, quyet_dinh.phe_duyet.phan),
        ended,
        quyet_dinh.bai_bo_quyet_dinh,
        partial(citation_of, kho, quyet_dinh),
    )


def _named(kho: Kho, quyet_dinh: QuyetDinh) -> Sequence[str]:
    if quyet_dinh.quy_trinh is not None:
        return quyet_dinh.quy_trinh
    return [item.khoa for item in kho.quy_trinh if item.loai == quyet_dinh.loai_quy_trinh]
