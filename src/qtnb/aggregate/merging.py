"""From the counts of its files to the facts of a kho."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from qtnb.aggregate.approvals import approvals_by_decisions, approvals_by_register
from qtnb.aggregate.assignments import assignment_text, joined
from qtnb.aggregate.counting import COUNTED, SIGNATURE
from qtnb.aggregate.facts import Agency, DoerFacts, KhoFacts, KhoFinding, Passage, ProcedureFacts
from qtnb.aggregate.times import Clock, measured
from qtnb.check import usable_register
from qtnb.discovery import QUY_TRINH
from qtnb.filecheck import Role
from qtnb.finding import Finding, Severity, Span
from qtnb.integrity import check_integrity
from qtnb.lint.engine import FileResult
from qtnb.locate import located
from qtnb.reading import read_file
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.namable import namable
from qtnb.source import FileName, Source, khoa_of


@dataclass(frozen=True, slots=True)
class CountedFile:
    """One file and what was found in it."""

    name: FileName
    """Its shown path is the one inside the kho."""
    role: Role
    result: FileResult


@dataclass(slots=True)
class _Cell:
    """What falls to those whom one cell names, as it adds up over the procedures."""

    steps: list[str] = field(default_factory=list)
    """Of each procedure, as assignments.py writes them."""
    times: Counter[str] = field(default_factory=Counter)
    """How often each time was given: few times are, so that they are read and multiplied, not added."""
    uncounted: int = 0
    blank: int = 0

    def facts(self, agency: str, cell: str) -> DoerFacts:
        """The sums."""
        amounts = {clock: Fraction(0) for clock in Clock}
        for text, count in self.times.items():
            time = measured(text)
            amounts[time.clock] += time.amount * count
        times = (amounts[Clock.LAM_VIEC], amounts[Clock.LICH], amounts[Clock.THANG])
        return DoerFacts(agency, cell, joined(self.steps), *times, self.uncounted, self.blank)


@dataclass(frozen=True, slots=True)
class CountedFiles:
    """The files of a kho, each counted by itself."""

    goc: Path
    kho_file: CountedFile
    others: Sequence[CountedFile]
    """In order of their paths."""
    refused: Sequence[Source]
    """Files that were not read, each with its finding."""
    ledger: Source | None
    """The file of the register; None when there is none."""
    signed: bool
    """Whether the steps of procedures have signatures."""


def facts_of_kho(kho: CountedFiles) -> KhoFacts:
    """Put the files of a kho together: what holds between them is checked, and all findings are gathered."""
    kho_file, files, refused = kho.kho_file, kho.others, kho.refused
    quy_trinh = [_source(file) for file in files if file.role is Role.QUY_TRINH and file.result.facts is not None]
    quyet_dinh = [_source(file) for file in files if file.role is Role.QUYET_DINH and file.result.facts is not None]
    unfit = [_source(file) for file in files if file.role is Role.QUY_TRINH and file.result.facts is None]
    findings = [finding for source in refused for finding in source.findings]
    findings.extend(finding for file in (kho_file, *files) for finding in file.result.findings)
    register = usable_register(kho.ledger, findings)
    decisions = [khoa_of(file.name.tep) for file in files if file.role is Role.QUYET_DINH]
    new = namable(register, quy_trinh, quyet_dinh, unfit, decisions)
    placed = check_integrity(new.quy_trinh, new.quyet_dinh, unfit, new.elsewhere)
    findings.extend(located(source, remark) for source, remark in placed)
    if kho.ledger is not None and register is not None:
        unfit += [_source(file) for file in files if file.role is Role.QUYET_DINH and file.result.facts is None]
        findings.extend(_against_register(kho, register, quy_trinh, quyet_dinh, unfit))
    told = tuple(map(_told, sorted(findings, key=lambda finding: finding.sort_key)))
    broken = [file.name.tep for file in (kho_file, *files) if file.result.facts is None]
    broken += [kho.ledger.tep] if kho.ledger is not None and register is None else []
    read = {kho_file.name.tep, *(file.name.tep for file in files), *((kho.ledger.tep,) if kho.ledger else ())}
    # A kho that overlaps another is told at its qtnb.yaml, which is read all the same.
    hong = tuple(sorted({*broken, *(source.tep for source in refused if source.tep not in read)}))
    count = len({*read, *(source.tep for source in refused)})
    if kho_file.result.facts is None:
        return KhoFacts(None, count, (), (), (), (), (), hong, told, () if kho.signed else None)
    duyet, signed = approvals_by_register(register) if register else approvals_by_decisions(quy_trinh, quyet_dinh)
    return KhoFacts(
        _agency(kho_file.result.facts),
        count,
        tuple(map(_procedure, quy_trinh)),
        duyet,
        signed,
        _doers(quy_trinh),
        _passages(quy_trinh),
        hong,
        told,
        tuple(item.data.get(SIGNATURE, "") for item in quy_trinh) if kho.signed else None,
    )


def _against_register(
    kho: CountedFiles,
    register: SoDangKy,
    quy_trinh: Sequence[Source],
    quyet_dinh: Sequence[Source],
    unfit: Sequence[Source],
) -> Iterator[Finding]:
    # Few kho have a register, and what checks it is not loaded for the others.
    from qtnb.lint.registered import present_by_facts
    from qtnb.so_dang_ky.beside import RegisterCheck
    from qtnb.so_dang_ky.check import check_register

    assert kho.ledger is not None  # noqa: S101 - for mypy: there is a register
    present = present_by_facts(quy_trinh)
    placed = check_register(RegisterCheck.of(kho.goc, kho.ledger, register, present, quyet_dinh, unfit))
    yield from (located(source, remark) for source, remark in placed)


def _source(file: CountedFile) -> Source:
    """The file with its facts as data; its text is read again only where a finding needs a place."""
    result = file.result
    name = file.name
    return Source(name, lambda: read_file(name).text, result.facts if result.facts is not None else result.head)


def _agency(facts: Any) -> Agency:  # noqa: ANN401 - as JSON carries it
    ten, viet_tat, cap, head = facts["co_quan"]
    units = tuple((name, short) for name, short in facts["don_vi"])
    cho_ten, cho_cap = (Span(*place) for place in facts["cho"])
    return Agency(ten, viet_tat, cap, head, units, facts["gio"], cho_ten, cho_cap)


def _procedure(source: Source) -> ProcedureFacts:
    data = source.data
    counts = data[COUNTED]
    return ProcedureFacts(
        source.tep.removeprefix(f"{QUY_TRINH}/"),
        data["loai"],
        data.get("ky_hieu") or "",
        _line(data["ten"]),
        _line(data.get("linh_vuc") or ""),
        not data.get("chua_co_noi_dung"),
        counts["buoc"],
        counts["tai_lieu"],
        counts["bieu_mau"],
        measured(counts["thoi_gian"]) if counts["thoi_gian"] else None,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(finding: Finding) -> KhoFinding:
    return KhoFinding(
        finding.path, finding.span, finding.rule, Severity(finding.severity), finding.message, finding.hint
    )


def _doers(quy_trinh: Iterable[Source]) -> tuple[DoerFacts, ...]:
    """What falls to whom in a kho, by what the cells of its steps say."""
    cells: dict[tuple[str, str], _Cell] = defaultdict(_Cell)
    for number, source in enumerate(quy_trinh):
        for agency, text, led, supported, times, uncounted, blank in source.data[COUNTED]["nguoi"]:
            cell = cells[agency, text]
            cell.steps.append(assignment_text(number, led, supported))
            cell.times.update(times)
            cell.uncounted += uncounted
            cell.blank += blank
    return tuple(cell.facts(*key) for key, cell in sorted(cells.items()))


def _passages(quy_trinh: Iterable[Source]) -> tuple[Passage, ...]:
    agencies = ((number, source.data[COUNTED]["chuyen"]) for number, source in enumerate(quy_trinh))
    return tuple(Passage(number, tuple(names)) for number, names in agencies if names)
