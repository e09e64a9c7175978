"""Which procedures have lapsed by decisions, and what takes their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qtnb.model import HinhThuc, QuyetDinh
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
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


def ends_of(
    decisions: Sequence[QuyetDinh], register: SoDangKy | None, keys: Mapping[str, str], agency: str
) -> dict[str, KetThuc]:
    """The end of every procedure that has one, by key.

    What is entered in the register counts as that tells it; what decisions say that are not in it, drafts too, as they
    say it. ``keys`` gives the key of a procedure by its symbol; ``agency`` is the abbreviation in numbers of decisions.
    """
    entered = {} if register is None else register.quyet_dinh
    ends = {} if register is None else {end.khoa: end for end in _registered(register, decisions, keys)}
    for decision in decisions:
        if decision.khoa not in entered:
            ends |= {end.khoa: end for end in _decided(decision, keys, agency) if end.khoa not in ends}
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


def decision_name(decision: QuyetDinh, agency: str) -> str:
    """How a sentence names a decision: ``Quyết định số 12/QĐ-SNV ngày 01/11/2026``, or ``dự thảo quyết định “bo”``."""
    if not decision.so or decision.ngay is None:
        return f"dự thảo quyết định “{decision.khoa}”"
    issuer = decision.co_quan_ban_hanh.viet_tat if decision.co_quan_ban_hanh else agency
    return f"Quyết định số {decision.so.zfill(2)}/QĐ-{issuer} ngày {decision.ngay:%d/%m/%Y}"


def _registered(
    register: SoDangKy, decisions: Iterable[QuyetDinh], keys: Mapping[str, str]
) -> Iterator[KetThuc]:
    reasons = {decision.khoa: one_line(decision.ly_do) for decision in decisions}
    for item in register.quy_trinh.values():
        if item.trang_thai in {TrangThai.BAI_BO, TrangThai.THAY_THE}:
            last = item.lich_su[-1]
            by = tuple(keys.get(name, name) for name in item.thay_the_boi)
            yield KetThuc(item.khoa, by, last.ten, reasons.get(last.quyet_dinh, ""))


def _decided(decision: QuyetDinh, keys: Mapping[str, str], agency: str) -> Iterator[KetThuc]:
    name, reason = decision_name(decision, agency), one_line(decision.ly_do)
    approved = tuple(keys.get(name, name) for name in decision.quy_trinh or ())
    if decision.hinh_thuc is HinhThuc.BAI_BO:
        yield from (KetThuc(khoa, (), name, reason) for khoa in approved)
        return
    for entry in decision.bi_thay_the:
        by = (keys.get(entry.boi, entry.boi),) if entry.boi else approved
        yield KetThuc(keys.get(entry.quy_trinh, entry.quy_trinh), by, name, reason)
