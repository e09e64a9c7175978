"""Amending decisions that amend nothing: what they name still stands as it was approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.model import Phan, PheDuyet
from qtnb.so_dang_ky.approving import SUA_DOI
from qtnb.so_dang_ky.beside import Placed, RegisterCheck
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy

_MOST_NAMED: Final = 5
"""Procedures that one message names."""


def amends_nothing(register: SoDangKy, seals: Mapping[str, Mapping[Phan, str]]) -> bool:
    """Whether all parts with ``seals``, by the key of their procedure, are approved just so; False for no part."""
    return bool(seals) and all(
        _approved_as(register.quy_trinh.get(khoa), phan) == seal
        for khoa, parts in seals.items()
        for phan, seal in parts.items()
    )


def empty_amendment(symbols: Iterable[str], severity: Severity = Severity.ERROR) -> Remark:
    """What is said of such a decision; ``symbols`` are those of its procedures."""
    message = f"Quyết định sửa đổi, bổ sung nhưng {named(symbols)} vẫn đúng như đã phê duyệt: không có gì thay đổi."
    hint = "Sửa các quy trình theo nội dung mới, rồi xem lại bằng lệnh: qtnb diff"
    return Remark(("quy_trinh",), "amendment-empty", message, hint, severity, on_key=True)


def named(symbols: Iterable[str]) -> str:
    """The symbols of procedures as a message lists them: ``CV-01, CV-02``; of many the first."""
    listed = list(symbols)
    more = len(listed) - _MOST_NAMED
    return ", ".join(listed) if more <= 0 else f"{', '.join(listed[:_MOST_NAMED])} và {more} quy trình khác"


def empty_drafts(kho: RegisterCheck) -> Iterator[Placed]:
    """Such decisions among those that are not entered yet."""
    names = kho.names()
    for khoa, source in kho.quyet_dinh.items():
        data = source.data
        if khoa in kho.register.quyet_dinh or data.get("hinh_thuc") != SUA_DOI or data.get("bai_bo_quyet_dinh"):
            continue
        listed: list[str] = data["quy_trinh"] if isinstance(data["quy_trinh"], list) else []
        items = [item for name in listed if (item := kho.hien_co.get(names.get(name, name))) is not None]
        parts = PheDuyet(data["phe_duyet"]).phan
        seals = {item.khoa: {phan: item.seals()[phan] for phan in parts} for item in items}
        if len(items) == len(listed) and amends_nothing(kho.register, seals):
            yield source, empty_amendment((item.ky_hieu for item in items), Severity.WARNING)


def _approved_as(known: MucDangKy | None, phan: Phan) -> str | None:
    approved = known.dau_cua(phan) if known is not None else None
    return approved[1] if approved is not None else None
