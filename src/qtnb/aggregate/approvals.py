"""What the signed decisions of a kho approve and end: by its register, or by the decisions themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from qtnb.aggregate.facts import Approval, SignedDecision, ViecDuyet
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import Source, khoa_of

_BAN_HANH: Final = "ban_hanh"
_BAI_BO: Final = "bai_bo"
_WORKS: Final = {
    "danh_muc": (ViecDuyet.DANH_MUC,),
    "noi_dung": (ViecDuyet.NOI_DUNG,),
    "danh_muc_va_noi_dung": (ViecDuyet.DANH_MUC, ViecDuyet.NOI_DUNG),
}
"""What each kind of decision approves."""


Approvals: TypeAlias = tuple[tuple[Approval, ...], tuple[SignedDecision, ...]]
"""What happened to procedures, and the decisions that did it, in order of key and day."""


def approvals_by_register(register: SoDangKy) -> Approvals:
    """What the register tells: exactly what each decision approved on its day."""
    approvals = []
    for item in register.quy_trinh.values():
        loai = item.ky_hieu.partition("-")[0]
        for lan in item.lich_su:
            entry = register.quyet_dinh.get(lan.quyet_dinh)
            in_force = entry.hieu_luc if entry else lan.ngay
            works = [ViecDuyet(phan.value) for phan in lan.dau] or [ViecDuyet.HET]
            approvals += [Approval(item.khoa, loai, work, lan.ngay, in_force, lan.hinh_thuc) for work in works]
    signed = [SignedDecision(item.khoa, item.hinh_thuc, item.ngay) for item in register.quyet_dinh.values()]
    return tuple(sorted(set(approvals))), tuple(sorted(signed))


def approvals_by_decisions(quy_trinh: Sequence[Source], quyet_dinh: Sequence[Source]) -> Approvals:
    """What the files of the decisions tell, in a kho without a register.

    A decision counts once it has both its number and its day; ``tat_ca`` means the procedures that there are now.
    The data of ``quy_trinh`` are their facts, those of ``quyet_dinh`` whole; all fit their schemas.
    """
    signed = [source for source in quyet_dinh if source.data.get("so") and source.data.get("ngay")]
    by_name = _names(quy_trinh)
    made = {khoa_of(source.tep): list(_approvals(source, quy_trinh, by_name)) for source in signed}
    approvals = [approval for source in signed for approval in made[khoa_of(source.tep)]]
    for source in signed:
        for khoa in source.data.get("bai_bo_quyet_dinh") or ():
            earlier = {(approval.khoa, approval.loai) for approval in made.get(khoa, ())}
            approvals.extend(Approval(*key, ViecDuyet.HET, *_days(source), _BAI_BO) for key in sorted(earlier))
    decisions = [SignedDecision(khoa_of(source.tep), _form(source), _days(source)[0]) for source in signed]
    return tuple(sorted(set(approvals))), tuple(sorted(decisions))


def _names(quy_trinh: Sequence[Source]) -> Mapping[str, Source]:
    """What a decision may call a procedure by: its symbol, or rather its key."""
    symbols = {source.data["ky_hieu"]: source for source in quy_trinh if source.data.get("ky_hieu")}
    return symbols | {khoa_of(source.tep): source for source in quy_trinh}


def _approvals(source: Source, quy_trinh: Sequence[Source], by_name: Mapping[str, Source]) -> Iterator[Approval]:
    data, form, days = source.data, _form(source), _days(source)
    if form != _BAI_BO:
        for item in _named(data, quy_trinh, by_name):
            for work in _WORKS[data["phe_duyet"]]:
                yield Approval(khoa_of(item.tep), item.data["loai"], work, *days, form)
    for name in _ended(data, form):
        item_loai = by_name[name].data["loai"] if name in by_name else _kind(data)
        khoa = khoa_of(by_name[name].tep) if name in by_name else name
        yield Approval(khoa, item_loai, ViecDuyet.HET, *days, form)


def _named(data: Mapping[str, Any], quy_trinh: Sequence[Source], by_name: Mapping[str, Source]) -> list[Source]:
    if data["quy_trinh"] == "tat_ca":
        return [source for source in quy_trinh if source.data["loai"] == _kind(data)]
    found = [by_name[name] for name in data["quy_trinh"] if name in by_name]
    return [source for source in found if source.data["loai"] == _kind(data)]


def _ended(data: Mapping[str, Any], form: str) -> list[str]:
    """The procedures that a decision names as lapsing."""
    if form == _BAI_BO:
        return list(data["quy_trinh"]) if isinstance(data["quy_trinh"], list) else []
    return [entry if isinstance(entry, str) else entry["quy_trinh"] for entry in data.get("bi_thay_the") or ()]


def _kind(data: Mapping[str, Any]) -> str:
    return "LT" if data.get("pham_vi_lien_thong") else "CV"


def _form(source: Source) -> str:
    return source.data.get("hinh_thuc") or _BAN_HANH


def _days(source: Source) -> tuple[dt.date, dt.date]:
    """When a decision was signed, and from when it is in force."""
    signed = dt.date.fromisoformat(source.data["ngay"])
    later = source.data.get("hieu_luc")
    return signed, dt.date.fromisoformat(later) if later else signed
