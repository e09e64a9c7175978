"""The mark of a document about to be rendered."""

from __future__ import annotations

from qtnb import __version__
from qtnb.kho import Kho, procedures_of
from qtnb.model import Phan, QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.render.mark import DauQuyTrinh, DauVanBan, LoaiVanBan
from qtnb.seal import seal_of, seal_of_form
from qtnb.words.forms import in_groups
from qtnb.words.vocabulary import DecisionCV, DecisionLT
from qtnb.words.writing import one_line


def mark_of(kho: Kho, quyet_dinh: QuyetDinh, words: DecisionCV | DecisionLT, ban: str) -> DauVanBan:
    """What ``quyet_dinh`` carries unseen; ``words`` are those that it prints, ``ban`` the revision of the kho."""
    items = [item for members in in_groups(procedures_of(kho, quyet_dinh)).values() for item in members]
    forms = [seal_of_form(quyet_dinh.loai_quy_trinh, form) for form in words["noi_dung"]["quy_trinh"]]
    signed = quyet_dinh.so and quyet_dinh.ngay
    return DauVanBan(
        qtnb=__version__,
        co_quan=one_line(kho.cau_hinh.co_quan.ten),
        ban=ban,
        quyet_dinh=quyet_dinh.khoa,
        so_ky_hieu=f"{words['quyet_dinh']['so']}/{words['quyet_dinh']['ky_hieu']}" if signed else "",
        ngay=quyet_dinh.ngay.isoformat() if signed and quyet_dinh.ngay else "",
        quy_trinh=tuple(
            DauQuyTrinh(item.khoa, item.ky_hieu, _seals(item, forms[place] if forms else "", words))
            for place, item in enumerate(items)
        ),
    )


def mark_of_other(loai: LoaiVanBan, co_quan: str, ve: str) -> DauVanBan:
    """What a document that is no decision carries: its kind, the agency, and what it is about."""
    return DauVanBan(qtnb=__version__, co_quan=one_line(co_quan), loai=loai, ve=one_line(ve))


def _seals(item: QuyTrinhCV | QuyTrinhLT, form: str, words: DecisionCV | DecisionLT) -> dict[str, str]:
    seals = {Phan.NOI_DUNG.value: form} if form else {}
    return {Phan.DANH_MUC.value: seal_of(item, Phan.DANH_MUC), **seals} if words["co_danh_muc"] else seals
