"""What the signed decisions of a kho approve and end: by its register, or by the decisions themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from qtnb.aggregate.facts import STANDS, Approval, SignedDecision, ViecDuyet
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy
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
    approvals = {approval for item in register.quy_trinh.values() for approval in _entered(item, register)}
    signed = [SignedDecision(item.khoa, item.hinh_thuc, item.ngay) for item in register.quyet_dinh.values()]
    return tuple(sorted(approvals)), tuple(sorted(signed))


def _entered(item: MucDangKy, register: SoDangKy) -> Iterator[Approval]:
    """What the decisions on one procedure did, by its block."""
    loai = item.ky_hieu.partition("-")[0]
    for lan in item.lich_su:
        entry = register.quyet_dinh.get(lan.quyet_dinh)
        in_force = entry.hieu_luc if entry else lan.ngay
        by = register.quyet_dinh.get(entry.bai_bo_boi) if entry else None
        works = [ViecDuyet(phan.value) for phan in lan.dau] if lan.hinh_thuc != _BAI_BO else []
        end = max(by.ngay, by.hieu_luc) if by and works else STANDS
        for work in works or [ViecDuyet.HET]:
            yield Approval(item.khoa, loai, work, lan.ngay, in_force, lan.hinh_thuc, end)


def approvals_by_decisions(quy_trinh: Sequence[Source], quyet_dinh: Sequence[Source]) -> Approvals:
    """What the files of the decisions tell, in a kho without a register.

    A decision counts once it has both its number and its day; ``tat_ca`` means the procedures that there are now.
    The data of ``quy_trinh`` are their facts, those of ``quyet_dinh`` whole; all fit their schemas.
    """
    signed = [source for source in quyet_dinh if source.data.get("so") and source.data.get("ngay")]
    by_name = _names(quy_trinh)
    ends = _ends(signed)
    made = {
        khoa_of(source.tep): [
            item if item.viec is ViecDuyet.HET else item._replace(het=ends.get(khoa_of(source.tep), STANDS))
            for item in _approvals(source, quy_trinh, by_name)
        ]
        for source in signed
    }
    approvals = [item for items in made.values() for item in items]
    lapsed = [item for source in signed for item in _lapsed(source, made, approvals)]
    decisions = [SignedDecision(khoa_of(source.tep), _form(source), _days(source)[0]) for source in signed]
    return tuple(sorted({*approvals, *lapsed})), tuple(sorted(decisions))


def _ends(signed: Sequence[Source]) -> Mapping[str, dt.date]:
    """From when the decisions that others abolish count no more, by key."""
    ends: dict[str, dt.date] = {}
    for source in signed:
        for khoa in source.data.get("bai_bo_quyet_dinh") or ():
            ends[khoa] = min(max(_days(source)), ends.get(khoa, STANDS))
    return ends


def _lapsed(
    source: Source, made: Mapping[str, Sequence[Approval]], approvals: Sequence[Approval]
) -> Iterator[Approval]:
    """What lapses because ``source`` abolishes decisions: procedures of which no other decision approves anything."""
    abolished = {item[:2] for khoa in source.data.get("bai_bo_quyet_dinh") or () for item in made.get(khoa, ())}
    if abolished:
        days = _days(source)
        left = {
            item[:2]
            for item in approvals
            if item.viec is not ViecDuyet.HET and item.ngay <= days[0] and item.het > max(days)
        }
        yield from (Approval(*key, ViecDuyet.HET, *days, _BAI_BO) for key in abolished - left)


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
