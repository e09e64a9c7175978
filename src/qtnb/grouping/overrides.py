"""What a person has decided about groups: ``nhom.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from qtnb.finding import DataPath, Finding, Remark
from qtnb.locate import located
from qtnb.schema import SchemaName, remarks
from qtnb.source import Source

NHOM_FILE: Final = "nhom.yaml"


@dataclass(frozen=True, slots=True)
class Member:
    """One procedure, or all procedures of one name."""

    at: DataPath
    co_quan: str
    """Empty: of any agency."""
    khoa: str
    """Empty: told by its name."""
    ten: str
    """Empty where there is a key."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """Procedures that are one work, under a name that was agreed upon."""

    at: DataPath
    ten: str
    thanh_vien: tuple[Member, ...]
    ly_do: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Procedures that must, or must not, be in one group."""

    at: DataPath
    thanh_vien: tuple[Member, ...]
    ly_do: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """All that a file decides."""

    nhom: tuple[NamedGroup, ...] = ()
    tach: tuple[Decided, ...] = ()
    gop: tuple[Decided, ...] = ()


def read_overrides(source: Source) -> tuple[Overrides, tuple[Finding, ...]]:
    """What a file decides, and what is wrong with its form; a file with errors decides nothing."""
    problems = [] if source.broken else remarks(SchemaName.NHOM, source.data)
    findings = (*source.findings, *(located(source, remark) for remark in problems))
    return (Overrides() if source.broken or problems else overrides_from(source.data)), findings


def findings_in(source: Source, found: Iterable[Remark]) -> tuple[Finding, ...]:
    """The remarks of a grouping about the file, with their lines."""
    return tuple(located(source, remark) for remark in found)


def overrides_from(data: Mapping[str, Any]) -> Overrides:
    """What data that fit ``nhom.schema.json`` decide."""
    named = (
        NamedGroup(("nhom", number), item["ten"], _members(("nhom", number), item), item.get("ly_do") or "")
        for number, item in enumerate(data.get("nhom") or ())
    )
    return Overrides(tuple(named), _decided(data, "tach"), _decided(data, "gop"))


def _decided(data: Mapping[str, Any], key: str) -> tuple[Decided, ...]:
    return tuple(
        Decided((key, number), _members((key, number), item), item.get("ly_do") or "")
        for number, item in enumerate(data.get(key) or ())
    )


def _members(at: DataPath, item: Mapping[str, Any]) -> tuple[Member, ...]:
    return tuple(_member((*at, "thanh_vien", number), written) for number, written in enumerate(item["thanh_vien"]))


def _member(at: DataPath, written: str | Mapping[str, Any]) -> Member:
    if isinstance(written, str):
        return Member(at, "", "", written)
    khoa = written.get("khoa") or ""
    return Member(at, written["co_quan"], khoa, "" if khoa else written.get("ten") or "")
