"""Linting every kho that the paths of a command mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qtnb.discovery import KHO_FILE, Found, KhoFiles, find_kho
from qtnb.filecheck import Role
from qtnb.finding import Finding, Severity
from qtnb.lint.engine import CRASHED, FileResult, lint_between, lint_file
from qtnb.lint.ignores import Ignore, set_aside
from qtnb.lint.rule import Group, Rule
from qtnb.lint.settings import Selection, active_rules, unknown_rules
from qtnb.locate import located
from qtnb.reading import Progress, file_name, read_file, refused_source
from qtnb.source import FileName, Source
from qtnb.validation import outside_finding


@dataclass(frozen=True, slots=True)
class Linted:
    """Every kho asked for, linted."""

    findings: tuple[Finding, ...]
    """Those about the files asked for that no comment set aside, in report order."""
    files: int
    ignored: int
    names: Mapping[str, FileName]
    """The files asked for, by the path that findings show."""

    @property
    def could_not_run(self) -> bool:
        """Whether a file could not be read or a rule crashed (exit code 3 of cli.md)."""
        return any(finding.rule in {"unreadable", CRASHED} for finding in self.findings)


@dataclass(slots=True)
class _Gathered:
    """What linting one kho adds up to."""

    findings: list[Finding] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    names: list[FileName] = field(default_factory=list)
    quy_trinh: list[Source] = field(default_factory=list)
    quyet_dinh: list[Source] = field(default_factory=list)
    unfit: list[Source] = field(default_factory=list)

    def take(self, name: FileName, role: Role, result: FileResult) -> None:
        """Add the result of one file."""
        self.findings.extend(result.findings)
        self.ignores.extend(result.ignores)
        self.names.append(name)
        facts = Source(name, _reader(name), result.facts if result.facts is not None else result.head)
        if role is Role.QUYET_DINH:
            self.quyet_dinh.extend([facts] if result.facts is not None else [])
        elif role is Role.QUY_TRINH:
            (self.quy_trinh if result.facts is not None else self.unfit).append(facts)


def lint(
    paths: Sequence[Path],
    cwd: Path,
    rules: Sequence[Rule],
    selection: Selection,
    progress: Progress = lambda _: None,
) -> Linted:
    """Validate and lint every kho at, below or around ``paths``. Raises QtnbError when there is none."""
    found = find_kho(paths)
    findings = [outside_finding(path, cwd) for path in found.outside]
    ignores: list[Ignore] = []
    names: dict[str, FileName] = {}
    for files in found.kho:
        kho = _lint_kho(files, cwd, rules, selection, progress)
        asked = _asked(kho.names, files, found)
        names |= asked
        findings.extend(finding for finding in kho.findings if finding.path in asked)
        ignores.extend(ignore for ignore in kho.ignores if ignore.path in asked)
    remaining, ignored = set_aside(findings, ignores)
    ordered = tuple(sorted(remaining, key=lambda finding: finding.sort_key))
    return Linted(ordered, len(names) + len(found.outside), ignored, names)


def _lint_kho(files: KhoFiles, cwd: Path, rules: Sequence[Rule], selection: Selection, progress: Progress) -> _Gathered:
    kho = _Gathered()
    kho_file = read_file(file_name(files.goc / KHO_FILE, files.goc, cwd))
    settings = _kho_data(kho_file)
    active = active_rules(settings, rules, selection)
    kho.take(kho_file.name, Role.CAU_HINH, lint_file(kho_file, Role.CAU_HINH, active))
    known = {rule.id for rule in rules} | {group.value for group in Group}
    kho.findings.extend(located(kho_file, remark) for remark in unknown_rules(settings, known))
    for role, paths in ((Role.QUY_TRINH, files.quy_trinh), (Role.QUYET_DINH, files.quyet_dinh)):
        for path in paths:
            source = read_file(file_name(path, files.goc, cwd))
            kho.take(source.name, role, lint_file(source, role, active))
            progress(1)
    for refused in files.refused:
        source = refused_source(refused, files.goc, cwd)
        kho.names.append(source.name)
        kho.findings.extend(source.findings)
    kho.findings.extend(lint_between(kho.quy_trinh, kho.quyet_dinh, kho.unfit, active))
    return kho


def _kho_data(source: Source) -> Mapping[str, Any]:
    """The data of the kho file when it fits its schema; empty otherwise, so that defaults apply."""
    broken = any(finding.severity is Severity.ERROR for finding in lint_file(source, Role.CAU_HINH, _NO_RULES).findings)
    data: Mapping[str, Any] = {} if broken else source.data
    return data


_NO_RULES = active_rules({}, (), Selection())


def _asked(names: Sequence[FileName], files: KhoFiles, found: Found) -> dict[str, FileName]:
    whole = found.covers(files.goc)
    return {name.path: name for name in names if whole or found.covers(name.place)}


def _reader(name: FileName) -> Callable[[], str]:
    return lambda: read_file(name).text
