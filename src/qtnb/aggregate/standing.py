"""Where procedures stand on a day: approved, in force, and what changed in a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from qtnb.aggregate.facts import Approval, ViecDuyet


@dataclass(frozen=True, slots=True)
class When:
    """The days by which figures are counted."""

    ngay: dt.date
    """What is signed or comes into force later is not counted."""
    tu_ngay: dt.date | None = None
    """First day of the period of changes; None: they are counted from the beginning."""
    han_danh_muc: dt.date | None = None
    """Last day on which a name is approved in time; None: the plan sets none."""
    han_noi_dung: dt.date | None = None
    """The same for content."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one procedure stands."""

    danh_muc: bool = False
    """Its name is approved."""
    noi_dung: bool = False
    """Its content is approved."""
    hieu_luc: bool = False
    """Its content is approved, has come into force, and has not lapsed."""
    da_het: bool = False
    """It was abolished or replaced, and nothing of it approved again."""


NOT_APPROVED: Final = Standing()

CHANGES: Final = {
    "ban_hanh": "qt_ban_hanh",
    "sua_doi_bo_sung": "qt_sua_doi",
    "thay_the": "qt_thay_the",
}
"""The figure that counts procedures approved by each form of decision."""
LAPSED: Final = "qt_het"


def standings(approvals: Iterable[Approval], ngay: dt.date) -> dict[str, Standing]:
    """Where each procedure stands on ``ngay``, by key; those that nothing was decided on are left out."""
    by_key: dict[str, list[Approval]] = {}
    for approval in approvals:
        if approval.ngay <= ngay < approval.het:
            by_key.setdefault(approval.khoa, []).append(approval)
    return {khoa: _standing(events, ngay) for khoa, events in by_key.items()}


def changes(approvals: Iterable[Approval], when: When) -> Mapping[str, set[str]]:
    """The figures in which each procedure is counted for what was decided on it in the period, by key."""
    found: dict[str, set[str]] = {}
    for approval in approvals:
        if is_in_period(approval.ngay, when):
            figure = LAPSED if approval.viec is ViecDuyet.HET else CHANGES[approval.hinh_thuc]
            found.setdefault(approval.khoa, set()).add(figure)
    return found


def is_in_period(day: dt.date, when: When) -> bool:
    """Whether ``day`` lies in the period of changes."""
    return (when.tu_ngay is None or when.tu_ngay <= day) and day <= when.ngay


def _standing(approvals: Iterable[Approval], ngay: dt.date) -> Standing:
    """``approvals`` are those that were signed by ``ngay``: a lapse ends nothing before it is in force."""
    told = sorted(approvals, key=_signed_order)
    lapses = any(a.viec is ViecDuyet.HET and a.hieu_luc <= ngay for a in told)
    approved = _state(a for a in told if a.hieu_luc <= ngay or a.viec is not ViecDuyet.HET)
    in_force = _state(a for a in told if a.hieu_luc <= ngay)
    return Standing(
        ViecDuyet.DANH_MUC in approved,
        ViecDuyet.NOI_DUNG in approved,
        ViecDuyet.NOI_DUNG in in_force,
        lapses and not approved,
    )


def _signed_order(approval: Approval) -> tuple[dt.date, bool]:
    """On one day a lapse comes before an approval."""
    return approval.ngay, approval.viec is not ViecDuyet.HET


def _state(events: Iterable[Approval]) -> set[ViecDuyet]:
    """What holds after events in order."""
    state: set[ViecDuyet] = set()
    for event in events:
        if event.viec is ViecDuyet.HET:
            state.clear()
        else:
            state.add(event.viec)
    return state
