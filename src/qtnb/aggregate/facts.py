"""What the roll-up knows of one kho: everything that its tables and summaries are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from qtnb.aggregate.times import Measured
from qtnb.finding import Severity, Span


class ProcedureFacts(NamedTuple):
    """One procedure; a tuple, for a country has a million of them."""

    tep: str
    """The file, relative to ``quy-trinh/`` of its kho, with ``/``; its stem is the procedure's key."""
    loai: str
    """``CV`` or ``LT``."""
    ky_hieu: str
    ten: str
    linh_vuc: str
    co_noi_dung: bool
    buoc: int
    tai_lieu: int
    bieu_mau: int
    thoi_gian: Measured | None
    """None: nothing declared, or nothing that can be counted."""

    @property
    def khoa(self) -> str:
        """The permanent key."""
        return self.tep.rpartition("/")[2].rpartition(".")[0]


class ViecDuyet(StrEnum):
    """What a decision does to a procedure."""

    DANH_MUC = "danh_muc"
    """Its name is approved."""
    NOI_DUNG = "noi_dung"
    """Its content is approved."""
    HET = "het"
    """It lapses."""


STANDS: Final = dt.date.max
"""The end of what no decision ends."""


class Approval(NamedTuple):
    """One thing that one signed decision does to one procedure."""

    khoa: str
    """Key of the procedure; its file may be gone."""
    loai: str
    """``CV`` or ``LT``."""
    viec: ViecDuyet
    ngay: dt.date
    """When the decision was signed."""
    hieu_luc: dt.date
    """From when it is in force."""
    hinh_thuc: str
    """``ban_hanh``, ``sua_doi_bo_sung``, ``thay_the`` or ``bai_bo``."""
    het: dt.date = STANDS
    """The first day on which it counts no more, because the decision itself was abolished."""


class SignedDecision(NamedTuple):
    """One signed decision."""

    khoa: str
    hinh_thuc: str
    ngay: dt.date


class DoerFacts(NamedTuple):
    """What falls to those whom one cell of the steps of a kho names, wherever it stands."""

    co_quan: str
    """The agency as an LT names it; empty: the kho's own."""
    o: str
    """The cell as written: one unit or person, or several (naming.py tells them apart)."""
    viec: str
    """The steps, as assignments.py writes them."""
    ngay_lam_viec: Fraction
    """Time of the steps led, days of the kho's own hours."""
    ngay: Fraction
    thang: Fraction
    khong_tinh_duoc: int
    """Steps led with a time that cannot be counted."""
    khong_ghi: int
    """Steps led that say nothing of their time."""


class Passage(NamedTuple):
    """The agencies through which one LT procedure passes."""

    quy_trinh: int
    """Its place among the procedures of the kho, from 0."""
    co_quan: tuple[str, ...]
    """As it names them, in order."""


class KhoFinding(NamedTuple):
    """A finding of validation, in a file of the kho."""

    tep: str
    """Relative to the kho, with ``/``."""
    span: Span
    rule: str
    severity: Severity
    message: str
    hint: str


class LintCount(NamedTuple):
    """How many findings ``qtnb lint`` has in one file, by severity."""

    tep: str
    """Relative to the kho, with ``/``."""
    error: int
    warning: int
    info: int


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency of a kho, from ``qtnb.yaml``."""

    ten: str
    viet_tat: str
    cap: str
    """``tinh``, ``so``, ``huyen`` or ``xa``."""
    nguoi_dung_dau: str
    don_vi: tuple[tuple[str, str], ...]
    """Its registered units and people: name and abbreviation, which may be empty."""
    gio_moi_ngay: str
    cho_ten: Span
    """Where in ``qtnb.yaml`` the name stands."""
    cho_cap: Span


@dataclass(frozen=True, slots=True)
class KhoFacts:
    """One kho. Equal kho give equal facts wherever they lie and whenever they are counted."""

    co_quan: Agency | None
    """None: ``qtnb.yaml`` is broken, and nothing of the kho is counted."""
    tep: int
    """Files of the kho, broken ones included."""
    quy_trinh: tuple[ProcedureFacts, ...]
    """In order of their files; those that do not fit their form are left out."""
    duyet: tuple[Approval, ...]
    quyet_dinh: tuple[SignedDecision, ...]
    nguoi: tuple[DoerFacts, ...]
    chuyen: tuple[Passage, ...]
    hong: tuple[str, ...]
    """Broken files, which are in no figure, relative to the kho."""
    findings: tuple[KhoFinding, ...]
    """Of validation, in report order."""
    dau_buoc: tuple[str, ...] | None = None
    """The signature of the steps of each procedure (grouping/signature.py); None: they were not asked for. No part of
    what a kho is known again by."""


@dataclass(frozen=True, slots=True)
class CountedKho:
    """One kho in a roll-up: its facts, and what is known of it besides."""

    path: str
    """Where it lay when it was counted, relative to the working directory, with ``/``."""
    ma: str
    """SHA-256 of its facts, by which it is known again."""
    qtnb: str
    """Version of the program that counted it."""
    facts: KhoFacts
    lint: tuple[LintCount, ...] | None = None
    """Files in which ``qtnb lint`` finds something; None: it was not asked."""
    tep_tong_hop: str = ""
    """The summary from which it comes, as findings show it; empty: counted from its files."""
    dong: int = 1
    """Its line there."""

    def shown(self, tep: str) -> str:
        """The path of one of its files as findings show it."""
        return tep if self.path == "." else f"{self.path}/{tep}"
