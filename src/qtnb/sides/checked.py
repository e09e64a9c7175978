"""One side of a comparison: a state, and what keeps some of it from being compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from qtnb.building import procedures_in_order
from qtnb.check import Checked, check_kho, usable_register
from qtnb.diff.kho import State
from qtnb.discovery import QUY_TRINH, QUYET_DINH
from qtnb.filecheck import Role, check_file
from qtnb.finding import Finding, Severity
from qtnb.model import cau_hinh_from, quyet_dinh_from
from qtnb.reading import KhoSources
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    state: State
    goc: Path
    """The kho's folder, where its templates are."""
    findings: tuple[Finding, ...] = ()
    """Why some of it cannot be compared."""
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    """The files that ``findings`` are about, by the path shown."""
    checked: Checked | None = None
    """Its files, checked each alone and against each other; None for what is approved."""
    on_disk: bool = False


def checked_side(sources: KhoSources, name: str, *, on_disk: bool = False) -> Side:
    """A side from its files: what reads well and fits its schema, and why the rest does not.

    What holds between files is no matter here, but for keys, by which procedures are compared.
    """
    noted: list[Finding] = []
    register = usable_register(sources.so_dang_ky, noted)
    checked = replace(check_kho(replace(sources, so_dang_ky=None)), so_dang_ky=register)
    fit = {id(source) for source in (*checked.quy_trinh, *checked.quyet_dinh)}
    unfit = [source for source in (*sources.quy_trinh, *sources.quyet_dinh) if id(source) not in fit]
    settings_fit = check_file(sources.cau_hinh, Role.CAU_HINH).fit
    twice = _twice(sources.quy_trinh)
    broken = [*unfit, *sources.refused, *([] if settings_fit else [sources.cau_hinh])]
    broken += [source for source in sources.quy_trinh if khoa_of(source.tep) in twice]
    paths = {source.path for source in broken}
    findings = [it for it in (*checked.findings, *noted) if it.path in paths and it.severity is Severity.ERROR]
    findings += [it for it in noted if it.path not in paths]
    state = State(
        name,
        cau_hinh_from(sources.cau_hinh.data) if settings_fit else None,
        tuple(item for item in procedures_in_order(checked) if item.khoa not in twice),
        tuple(quyet_dinh_from(source.tep, source.data) for source in checked.quyet_dinh),
        _reasons([source for source in broken if source.tep.startswith(f"{QUY_TRINH}/")], findings, name),
        frozenset(khoa_of(source.tep) for source in unfit if source.tep.startswith(f"{QUYET_DINH}/")),
        {item.ky_hieu: item.khoa for item in register.quy_trinh.values()} if register else {},
    )
    ordered = tuple(sorted(set(findings), key=lambda finding: finding.sort_key))
    files = {source.path: source for source in sources.all}
    return Side(state, sources.goc, ordered, files, checked, on_disk)


def _twice(quy_trinh: Sequence[Source]) -> set[str]:
    """Keys that more than one file has."""
    return {khoa for khoa, times in Counter(khoa_of(source.tep) for source in quy_trinh).items() if times > 1}


def _reasons(broken: Sequence[Source], findings: Sequence[Finding], name: str) -> dict[str, str]:
    """For the key of each broken procedure what is wrong with it."""
    first: dict[str, str] = {}
    for finding in findings:
        first.setdefault(finding.path, finding.message)
    return {khoa_of(source.tep): f"{name}: {first.get(source.path, 'tệp có lỗi')}" for source in broken}
