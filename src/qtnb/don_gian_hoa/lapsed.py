"""Which procedures have lapsed by decisions, and what takes their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qtnb.diff.kho import State
from qtnb.model import HinhThuc, QuyetDinh
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
from qtnb.words.citing import decision_name
from qtnb.words.writing import one_line


@dataclass(frozen=True, slots=True)
class KetThuc:
    """The end of one procedure."""

    khoa: str
    boi: tuple[str, ...]
    """Keys of the procedures that take its place; empty when it is abolished."""
    can_cu: str
    """The decision, as a sentence names it."""
    ly_do: str
    """The reason that the decision gives; may be empty."""


def ends_of(new: State, register: SoDangKy | None, keys: Mapping[str, str]) -> dict[str, KetThuc]:
    """The end of every procedure that has one by the state ``new``, by key.

    What is entered in the register, if that belongs to ``new``, counts as the register tells it; what decisions say
    that are not in it, drafts too, as they say it. ``keys`` gives the key of a procedure by its symbol.
    """
    entered = {} if register is None else register.quyet_dinh
    ends = {} if register is None else {end.khoa: end for end in _registered(register, new.quyet_dinh, keys)}
    for decision in sorted(new.quyet_dinh, key=lambda item: (item.ngay or dt.date.max, item.khoa)):
        if decision.khoa not in entered:
            ends |= {end.khoa: end for end in _decided(decision, new, keys) if end.khoa not in ends}
    return ends


def successors_of(khoa: str, ends: Mapping[str, KetThuc]) -> tuple[str, ...]:
    """Keys of what stands in place of ``khoa`` in the end: what replaced its successors counts in their stead."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [khoa]
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        if key in ends:
            waiting += ends[key].boi
        else:
            found[key] = None
    return tuple(found)


def _registered(register: SoDangKy, decisions: Iterable[QuyetDinh], keys: Mapping[str, str]) -> Iterator[KetThuc]:
    reasons = {decision.khoa: one_line(decision.ly_do) for decision in decisions}
    for item in register.quy_trinh.values():
        if item.trang_thai in {TrangThai.BAI_BO, TrangThai.THAY_THE}:
            last = item.lich_su[-1]
            by = tuple(keys.get(name, name) for name in item.thay_the_boi)
            yield KetThuc(item.khoa, by, last.ten, reasons.get(last.quyet_dinh, ""))


def _decided(decision: QuyetDinh, new: State, keys: Mapping[str, str]) -> Iterator[KetThuc]:
    name = decision_name(decision, new.cau_hinh.co_quan.viet_tat if new.cau_hinh else "")
    reason = one_line(decision.ly_do)
    if decision.hinh_thuc is HinhThuc.BAI_BO:
        yield from (KetThuc(keys.get(named, named), (), name, reason) for named in decision.quy_trinh or ())
        return
    for entry in decision.bi_thay_the:
        by = (keys.get(entry.boi, entry.boi),) if entry.boi else _approved(decision, new, keys)
        yield KetThuc(keys.get(entry.quy_trinh, entry.quy_trinh), by, name, reason)


def _approved(decision: QuyetDinh, new: State, keys: Mapping[str, str]) -> tuple[str, ...]:
    if decision.quy_trinh is None:
        return tuple(item.khoa for item in new.quy_trinh if item.loai == decision.loai_quy_trinh)
    return tuple(keys.get(named, named) for named in decision.quy_trinh)
