"""The stages of validation over a whole kho: each file alone, then the files against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qtnb.filecheck import Role, check_file
from qtnb.finding import Finding, Severity
from qtnb.integrity import check_integrity
from qtnb.locate import located
from qtnb.reading import KhoSources
from qtnb.source import Source


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
    fit = set(map(id, quy_trinh))
    unfit = [source for source in sources.quy_trinh if id(source) not in fit]
    placed = check_integrity(quy_trinh, quyet_dinh, unfit)
    findings.extend(located(source, remark) for source, remark in placed)
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return Checked(sources, tuple(ordered), tuple(quy_trinh), tuple(quyet_dinh))


def _fitting(sources: Sequence[Source], role: Role, findings: list[Finding]) -> list[Source]:
    fitting = []
    for source in sources:
        checked = check_file(source, role)
        findings.extend(checked.findings)
        if checked.fit:
            fitting.append(source)
    return fitting
