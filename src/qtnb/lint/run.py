"""Linting every kho that the paths of a command mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from qtnb.check import usable_register
from qtnb.discovery import KHO_FILE, Found, KhoFiles, find_kho
from qtnb.filecheck import Role, check_file
from qtnb.finding import Finding
from qtnb.lint.baseline import BASELINE_FILE, apply_baseline, entries_of
from qtnb.lint.cache import (
    ResultCache,
    code_stamp,
    findings_from_text,
    findings_to_text,
    from_text,
    key_of,
    setting_of,
    to_text,
)
from qtnb.lint.engine import CRASHED, FileResult, lint_between, lint_file
from qtnb.lint.facts import REGISTERED
from qtnb.lint.ignores import Ignore, set_aside
from qtnb.lint.rule import Group, Rule
from qtnb.lint.settings import ActiveRules, Selection, active_rules, setting_remarks
from qtnb.lint.spread import lint_files
from qtnb.locate import located
from qtnb.reading import Progress, file_name, read_bytes, read_file, read_register, refused_sources, shown_path
from qtnb.schema import SchemaName, remarks
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import FileName, Source
from qtnb.validation import outside_finding

REGISTER_FILE: Final = "van-ban.yaml"
"""An office's own register of legal texts, in its kho."""
REGISTER_RULE: Final = "law-expired"
"""The rule that reads it, as its option ``van_ban``."""


Part: TypeAlias = tuple[FileName, Role]
MakeResults: TypeAlias = Callable[[Sequence[Part]], Iterator[FileResult]]


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


@dataclass(frozen=True, slots=True)
class LintRun:
    """What one run of the rules is asked to do."""

    paths: tuple[Path, ...]
    cwd: Path
    selection: Selection
    today: dt.date
    """The day by which exceptions expire."""
    cache: Path | None = None
    """Folder of kept results; None: nothing is kept."""
    baseline: Path | None = None
    """The file of exceptions; None: ``ngoai-le.yaml`` of each kho."""
    use_baseline: bool = True


@dataclass(slots=True)
class _Gathered:
    """What linting one kho adds up to."""

    goc: Path
    findings: list[Finding] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    names: list[FileName] = field(default_factory=list)
    quy_trinh: list[Source] = field(default_factory=list)
    quyet_dinh: list[Source] = field(default_factory=list)
    unfit: list[Source] = field(default_factory=list)
    unfit_decisions: list[Source] = field(default_factory=list)

    def take(self, name: FileName, role: Role, result: FileResult) -> None:
        """Add the result of one file."""
        self.findings.extend(result.findings)
        self.ignores.extend(result.ignores)
        self.names.append(name)
        facts = Source(name, _reader(name), result.facts if result.facts is not None else result.head)
        if result.facts is None:
            {Role.QUYET_DINH: self.unfit_decisions, Role.QUY_TRINH: self.unfit}.get(role, []).append(facts)
        else:
            (self.quyet_dinh if role is Role.QUYET_DINH else self.quy_trinh).append(facts)


def lint(options: LintRun, rules: Sequence[Rule], progress: Progress = lambda _: None) -> Linted:
    """Validate and lint every kho at, below or around the paths. Raises QtnbError when there is none."""
    found = find_kho(options.paths)
    findings = [outside_finding(path, options.cwd) for path in found.outside]
    ignored = 0
    names: dict[str, FileName] = {}
    for files in found.kho:
        kho = _lint_kho(files, options, rules, progress)
        asked = _asked(kho.names, files, found)
        names |= asked
        mine, aside = set_aside(
            [f for f in kho.findings if f.path in asked],
            [i for i in kho.ignores if i.path in asked],
            all_rules=options.selection.takes_all,
        )
        mine, known = _without_known(mine, kho, options, complete=len(asked) == len(kho.names))
        findings.extend(mine)
        ignored += aside + known
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Linted(ordered, len(names) + len(found.outside), ignored, names)


def _lint_kho(files: KhoFiles, options: LintRun, rules: Sequence[Rule], progress: Progress) -> _Gathered:
    kho = _Gathered(files.goc)
    kho_file = read_file(file_name(files.goc / KHO_FILE, files.goc, options.cwd))
    checked = check_file(kho_file, Role.CAU_HINH)
    ledger = read_register(files, options.cwd)
    register = usable_register(ledger, kho.findings)
    settings = {**_with_register(kho_file.data if checked.fit else {}, kho, options), REGISTERED: register is not None}
    active = active_rules(settings, rules, options.selection)
    kho.take(kho_file.name, Role.CAU_HINH, lint_file(kho_file, Role.CAU_HINH, active))
    known = {rule.id for rule in rules} | {group.value for group in Group}
    kho.findings.extend(located(kho_file, remark) for remark in setting_remarks(settings, known))
    todo = [
        (file_name(path, files.goc, options.cwd), role)
        for role, paths in (
            (Role.QUY_TRINH, files.quy_trinh),
            (Role.QUYET_DINH, files.quyet_dinh),
            (Role.KE_HOACH, files.ke_hoach),
            (Role.THONG_KE, files.thong_ke),
        )
        for path in paths
    ]
    kept = _kept_for(todo, shown_path(files.goc, options.cwd), options, active, ledger)

    def make(files: Sequence[Part]) -> Iterator[FileResult]:
        return lint_files(files, settings, rules, options.selection, active)

    for (name, role), result in zip(todo, _results(todo, kept, make), strict=True):
        kho.take(name, role, result)
        progress(1)
    for source in refused_sources(files, options.cwd):
        kho.names.append(source.name)
        kho.findings.extend(source.findings)
    kho.findings.extend(_between(kho, active, kept, register))
    if ledger is not None:
        kho.names.append(ledger.name)
        kho.findings.extend(_about_register(ledger, register, kho))
    return kho


def _about_register(source: Source, register: SoDangKy | None, kho: _Gathered) -> Iterator[Finding]:
    if register is None:
        return
    # Few kho have a register, and what checks it is not loaded for the others.
    from qtnb.lint.registered import present_by_facts
    from qtnb.so_dang_ky.beside import RegisterCheck
    from qtnb.so_dang_ky.check import check_register

    unfit = (*kho.unfit, *kho.unfit_decisions)
    hien_co = present_by_facts(kho.quy_trinh)
    placed = check_register(RegisterCheck.of(kho.goc, source, register, hien_co, kho.quyet_dinh, unfit))
    yield from (located(at, remark) for at, remark in placed)


def _with_register(settings: Mapping[str, Any], kho: _Gathered, options: LintRun) -> Mapping[str, Any]:
    """The settings, with the office's own register of legal texts as an option of the rule that reads it."""
    path = kho.goc / REGISTER_FILE
    if not path.exists():
        return settings
    source = read_file(FileName(path, shown_path(path, options.cwd), REGISTER_FILE))
    kho.names.append(source.name)
    problems = [] if source.broken else remarks(SchemaName.VAN_BAN, source.data)
    kho.findings.extend([*source.findings, *(located(source, remark) for remark in problems)])
    if source.broken or problems:
        return settings
    lint = settings.get("lint") or {}
    chosen = lint.get("quy_tac") or {}
    setting = chosen.get(REGISTER_RULE) or {}
    known = {**(setting if isinstance(setting, Mapping) else {"muc_do": setting}), "van_ban": source.data["van_ban"]}
    return {**settings, "lint": {**lint, "quy_tac": {**chosen, REGISTER_RULE: known}}}


@dataclass(frozen=True, slots=True)
class _Kept:
    """The results of earlier runs, and the keys of this kho's files among them."""

    cache: ResultCache
    settings: Mapping[Role, bytes]
    keys: Sequence[bytes | None]
    """None for a file that cannot be read."""
    between: bytes | None
    """The key of what was found between the files; None when a file cannot be read."""


def _kept_for(
    todo: Sequence[Part], shown: str, options: LintRun, active: ActiveRules, ledger: Source | None
) -> _Kept | None:
    if options.cache is None:
        return None
    stamp = code_stamp()
    settings = {
        role: setting_of(stamp, role.value, sorted(active.severities.items()), active.settings) for role in Role
    }
    keys = [_key(name, settings[role]) for name, role in todo]
    between = None if None in keys else setting_of("between", stamp, shown, keys, ledger.text if ledger else "")
    return _Kept(ResultCache(options.cache), settings, keys, between)


def _results(todo: Sequence[Part], kept: _Kept | None, make: MakeResults) -> Iterator[FileResult]:
    """The result of each file: kept from an earlier run with the same content and settings, or made now."""
    if kept is None:
        yield from make(todo)
        return
    old = kept.cache.get(key for key in kept.keys if key)
    results: list[FileResult | None] = [
        from_text(old[key], name.path) if key and key in old else None
        for key, (name, _) in zip(kept.keys, todo, strict=True)
    ]
    missing = [number for number, result in enumerate(results) if result is None]
    fresh = make([todo[number] for number in missing])
    new: dict[bytes, str] = {}
    for number, result in zip(missing, fresh, strict=True):
        results[number] = result
        key = kept.keys[number]
        # A file that changed between the two readings, or a rule that crashed, is not worth keeping.
        if (
            key
            and not any(f.rule in {CRASHED, "unreadable"} for f in result.findings)
            and key == _key(todo[number][0], kept.settings[todo[number][1]])
        ):
            new[key] = to_text(result)
    kept.cache.put(new)
    yield from (result for result in results if result is not None)


def _between(kho: _Gathered, active: ActiveRules, kept: _Kept | None, register: SoDangKy | None) -> list[Finding]:
    """What is found between the files: kept while no file of the kho has changed, or found now."""
    if kept is None or kept.between is None:
        return lint_between(kho.quy_trinh, kho.quyet_dinh, kho.unfit, active, register)
    old = findings_from_text(kept.cache.get([kept.between]).get(kept.between, ""))
    if old is not None:
        return old
    found = lint_between(kho.quy_trinh, kho.quyet_dinh, kho.unfit, active, register)
    if not any(finding.rule == CRASHED for finding in found):
        kept.cache.put({kept.between: findings_to_text(found)})
    return found


def _key(name: FileName, setting: bytes) -> bytes | None:
    raw = read_bytes(name)
    return None if isinstance(raw, Source) else key_of(name.tep.encode() + b"\0" + raw, setting)


def _without_known(
    findings: list[Finding], kho: _Gathered, options: LintRun, *, complete: bool
) -> tuple[list[Finding], int]:
    """Set aside what the kho's baseline knows; what is wrong with the baseline itself becomes findings."""
    path = options.baseline or kho.goc / BASELINE_FILE
    if not options.use_baseline or not path.exists():
        return findings, 0
    source = read_file(FileName(path, shown_path(path, options.cwd), BASELINE_FILE))
    kho.names.append(source.name)
    problems = [] if source.broken else remarks(SchemaName.NGOAI_LE, source.data)
    if source.broken or problems:
        return [*findings, *source.findings, *(located(source, remark) for remark in problems)], 0
    teps = {name.path: name.tep for name in kho.names}
    complete = complete and options.selection.takes_all
    remaining, aside, about = apply_baseline(findings, teps, entries_of(source.data), options.today, complete=complete)
    return [*remaining, *(located(source, remark) for remark in about)], aside


def _asked(names: Sequence[FileName], files: KhoFiles, found: Found) -> dict[str, FileName]:
    whole = found.covers(files.goc)
    return {name.path: name for name in names if whole or found.covers(name.place)}


def _reader(name: FileName) -> Callable[[], str]:
    return lambda: read_file(name).text
