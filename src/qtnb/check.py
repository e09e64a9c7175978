"""The stages of validation over a whole kho: each file alone, then the files against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qtnb.filecheck import Role, check_file
from qtnb.finding import Finding, Remark, Severity
from qtnb.integrity import check_integrity
from qtnb.locate import located
from qtnb.reading import KhoSources
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.namable import namable
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A kho after validation."""

    sources: KhoSources
    findings: tuple[Finding, ...]
    """In report order."""
    quy_trinh: tuple[Source, ...]
    """The procedures that read well and fit their schemas."""
    quyet_dinh: tuple[Source, ...]
    """The decisions that read well and fit their schema."""
    so_dang_ky: SoDangKy | None = None
    """The register; None when the kho has none, or none that can be used."""
    ke_hoach: tuple[Source, ...] = ()
    """The plans that read well and fit their schema."""
    thong_ke: tuple[Source, ...] = ()
    """The statistics forms that read well and fit their schema."""

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong, so that there is no :class:`Kho` to work with."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_kho(sources: KhoSources) -> Checked:
    """Check every file of a kho; a file that fails one stage is not given to the next."""
    findings = [finding for source in sources.refused for finding in source.findings]
    _fitting([sources.cau_hinh], Role.CAU_HINH, findings)
    quy_trinh = _fitting(sources.quy_trinh, Role.QUY_TRINH, findings)
    quyet_dinh = _fitting(sources.quyet_dinh, Role.QUYET_DINH, findings)
    ke_hoach = _fitting(sources.ke_hoach, Role.KE_HOACH, findings)
    thong_ke = _fitting(sources.thong_ke, Role.THONG_KE, findings)
    fit = set(map(id, quy_trinh))
    unfit = [source for source in sources.quy_trinh if id(source) not in fit]
    register = usable_register(sources.so_dang_ky, findings)
    # A decision that is unfit may be named all the same.
    new = namable(register, quy_trinh, quyet_dinh, unfit, [khoa_of(source.tep) for source in sources.quyet_dinh])
    placed = list(check_integrity(new.quy_trinh, new.quyet_dinh, unfit, new.elsewhere))
    if sources.so_dang_ky is not None and register is not None:
        unfit_decisions = [source for source in sources.quyet_dinh if source not in quyet_dinh]
        store = (sources.goc, sources.so_dang_ky, register)
        placed += _against_register(*store, quy_trinh, quyet_dinh, (*unfit, *unfit_decisions))
    findings.extend(located(source, remark) for source, remark in placed)
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    forms = (tuple(ke_hoach), tuple(thong_ke))
    return Checked(sources, tuple(ordered), tuple(quy_trinh), tuple(quyet_dinh), register, *forms)


def usable_register(source: Source | None, findings: list[Finding]) -> SoDangKy | None:
    """The register in ``source``; what makes it unusable is added to ``findings``."""
    if source is None:
        return None
    # Few kho have a register, and what reads it is not loaded for the others.
    from qtnb.so_dang_ky.blocks import shape_remarks
    from qtnb.so_dang_ky.reading import register_from
    from qtnb.so_dang_ky.unreadable import said_of_register

    findings.extend(said_of_register(source))
    if source.broken:
        return None
    wrong = shape_remarks(source)
    findings.extend(located(source, remark) for remark in wrong)
    return None if wrong else register_from(source.data)


def _against_register(  # noqa: PLR0913, PLR0917 - the parts of a kho, as checked so far
    goc: Path,
    source: Source,
    register: SoDangKy,
    quy_trinh: Sequence[Source],
    quyet_dinh: Sequence[Source],
    unfit: Sequence[Source],
) -> Iterator[tuple[Source, Remark]]:
    from qtnb.so_dang_ky.beside import RegisterCheck, present
    from qtnb.so_dang_ky.check import check_register

    return check_register(RegisterCheck.of(goc, source, register, present(quy_trinh), quyet_dinh, unfit))


def _fitting(sources: Sequence[Source], role: Role, findings: list[Finding]) -> list[Source]:
    fitting = []
    for source in sources:
        checked = check_file(source, role)
        findings.extend(checked.findings)
        if checked.fit:
            fitting.append(source)
    return fitting
