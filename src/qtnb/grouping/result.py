"""What grouping gives: common works, particular ones, and those that stay open."""

from __future__ import annotations

from dataclasses import dataclass

from qtnb.finding import Remark
from qtnb.grouping.records import Record
from qtnb.grouping.works import Spelling


@dataclass(frozen=True, slots=True)
class Group:
    """Procedures of one nature."""

    ten: str
    """Proposed, or agreed upon in ``nhom.yaml``."""
    loai: str
    """``CV`` or ``LT``."""
    linh_vuc: str
    """The field that most members name, as most procedures write it; empty when none does."""
    thanh_vien: tuple[Record, ...]
    """In order of agencies and keys."""
    da_ra_soat: bool
    """Whether ``nhom.yaml`` says something about it."""

    @property
    def co_quan(self) -> tuple[str, ...]:
        """The agencies, in order, each kho once."""
        return tuple({member.co_quan.kho: member.co_quan.ten for member in self.thanh_vien}.values())


@dataclass(frozen=True, slots=True)
class Near:
    """A procedure that is nearly of the same work."""

    record: Record
    score: int
    """Per cent of likeness."""


@dataclass(frozen=True, slots=True)
class Particular:
    """A procedure of a work that only one agency has."""

    record: Record
    gan_giong: Near | None
    """The nearest procedure of another agency; None when none comes near."""


@dataclass(frozen=True, slots=True)
class Open:
    """A procedure whose name, typed without marks, leaves open what it means."""

    record: Record
    co_the_la: tuple[str, ...]
    """The names that it can be."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The result."""

    chung: tuple[Group, ...]
    """Works of two agencies or more, the proposed common catalogue: by kind, field (none last) and name."""
    rieng: tuple[Particular, ...]
    """What only one agency has, in order of agencies and keys."""
    chua_xep: tuple[Open, ...]
    remarks: tuple[Remark, ...]
    """About ``nhom.yaml``."""
    spelling: Spelling
    """How the names were read, for explanations."""
    decided: frozenset[Record]
    """The procedures that ``nhom.yaml`` puts together with others."""
