"""The figures of one kho on a day, and by lĩnh vực: sums only, so that figures of figures are figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from qtnb.aggregate.facts import CountedKho, KhoFacts, LintCount, ProcedureFacts
from qtnb.aggregate.standing import NOT_APPROVED, Standing, When, changes, is_in_period, standings
from qtnb.aggregate.times import Clock
from qtnb.discovery import QUY_TRINH
from qtnb.finding import Severity
from qtnb.lint.tones import to_old

Sums: TypeAlias = dict[str, int | Fraction]
"""Figures by the keys of their columns."""

FILES: Final = None
"""Key of what belongs to no procedure: decisions, settings, broken files."""

_TIME_FIGURES: Final = {
    Clock.LAM_VIEC: ("qt_lam_viec", "ngay_lam_viec"),
    Clock.LICH: ("qt_ngay", "ngay"),
    Clock.THANG: ("qt_thang", "thang"),
}
_SEVERITY_FIGURES: Final = {Severity.ERROR: "loi", Severity.WARNING: "canh_bao", Severity.INFO: "luu_y"}
_DECISION_FIGURES: Final = {
    "ban_hanh": "qd_ban_hanh",
    "sua_doi_bo_sung": "qd_sua_doi",
    "thay_the": "qd_thay_the",
    "bai_bo": "qd_bai_bo",
}


@dataclass(frozen=True, slots=True)
class KhoFigures:
    """The figures of one kho."""

    kho: CountedKho
    by_linh_vuc: Mapping[str | None, Sums]
    """By the folded name of the lĩnh vực, empty where none is given; and :data:`FILES`."""
    sums: Sums
    """Of the whole kho."""
    spellings: Counter[str]
    """How often each lĩnh vực is written in each way."""


def figures_of(kho: CountedKho, when: When, *, linted: bool) -> KhoFigures:
    """Count one kho on a day; ``linted``: its findings are those of ``qtnb lint``, if it was linted at all."""
    facts = kho.facts
    standing = standings(facts.duyet, when.ngay)
    sums: dict[str | None, Sums] = defaultdict(lambda: defaultdict(int))
    for item in facts.quy_trinh:
        _add_procedure(sums[linh_vuc_key(item.linh_vuc)], item, standing.get(item.khoa, NOT_APPROVED), when)
    linh_vuc = {item.khoa: linh_vuc_key(item.linh_vuc) for item in facts.quy_trinh}
    for khoa, names in changes(facts.duyet, when).items():
        for name in names:
            sums[linh_vuc.get(khoa, "")][name] += 1
    _add_files(sums, kho, linted=linted)
    for decision in facts.quyet_dinh:
        if is_in_period(decision.ngay, when):
            sums[FILES][_DECISION_FIGURES[decision.hinh_thuc]] += 1
    return KhoFigures(kho, sums, added(sums.values()), Counter(item.linh_vuc for item in facts.quy_trinh))


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of several parts."""
    total: Sums = defaultdict(int)
    for part in parts:
        for name, value in part.items():
            total[name] += value
    return total


@lru_cache(maxsize=1 << 14)
def linh_vuc_key(text: str) -> str:
    """What the spellings of one lĩnh vực have in common: case and the place of tone marks do not matter."""
    return to_old(text.casefold())


def _add_procedure(sums: Sums, item: ProcedureFacts, standing: Standing, when: When) -> None:
    sums["cv" if item.loai == "CV" else "lt"] += 1
    sums["quy_trinh"] += 1
    sums["duyet_danh_muc"] += standing.danh_muc
    sums["duyet_noi_dung"] += standing.noi_dung
    sums["hieu_luc"] += standing.hieu_luc
    sums["qua_han_danh_muc"] += _is_late(standing.danh_muc, standing, when.han_danh_muc, when)
    sums["qua_han_noi_dung"] += _is_late(standing.noi_dung, standing, when.han_noi_dung, when)
    if not item.co_noi_dung:
        return
    sums["co_noi_dung"] += 1
    sums["buoc"] += item.buoc
    sums["tai_lieu"] += item.tai_lieu
    sums["bieu_mau"] += item.bieu_mau
    if item.thoi_gian is None:
        sums["khong_tinh_duoc"] += 1
    else:
        count, amount = _TIME_FIGURES[item.thoi_gian.clock]
        sums[count] += 1
        sums[amount] += item.thoi_gian.amount


def _is_late(approved: bool, standing: Standing, deadline: dt.date | None, when: When) -> bool:
    return deadline is not None and when.ngay > deadline and not approved and not standing.da_het


def _add_files(sums: dict[str | None, Sums], kho: CountedKho, *, linted: bool) -> None:
    sums[FILES]["tep"] += kho.facts.tep
    sums[FILES]["tep_hong"] += len(kho.facts.hong)
    linh_vuc = {f"{QUY_TRINH}/{item.tep}": linh_vuc_key(item.linh_vuc) for item in kho.facts.quy_trinh}
    for tep, name, count in _linted(kho.lint) if linted and kho.lint is not None else _found(kho.facts):
        sums[linh_vuc.get(tep, FILES)][name] += count


def _found(facts: KhoFacts) -> Iterator[tuple[str, str, int]]:
    for finding in facts.findings:
        yield finding.tep, _SEVERITY_FIGURES[finding.severity], 1


def _linted(files: Iterable[LintCount]) -> Iterator[tuple[str, str, int]]:
    for file in files:
        yield file.tep, "loi", file.error
        yield file.tep, "canh_bao", file.warning
        yield file.tep, "luu_y", file.info
