"""Running rules: over one file, and between the files of a kho."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from qtnb.filecheck import Role, check_file
from qtnb.finding import START_OF_FILE, DataPath, Finding, Remark, Severity
from qtnb.integrity import check_integrity
from qtnb.lint.facts import facts_of
from qtnb.lint.ignores import Ignore, ignores_of
from qtnb.lint.rule import Rule
from qtnb.lint.settings import ActiveRules
from qtnb.lint.views import FileView, KhoView
from qtnb.locate import located
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.namable import namable
from qtnb.source import Source

CRASHED: Final = "internal-error"

_APPROVED: Final = frozenset({Role.QUY_TRINH, Role.QUYET_DINH})
"""The files that are checked against each other."""
_WITH_RULES: Final = _APPROVED | {Role.KE_HOACH, Role.THONG_KE}
"""The files that quality rules look at; the others are only validated."""

_MILDNESS: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that is known of one file by itself."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, Any] | None
    """What cross-file checks see; None when the file is unfit."""
    head: Mapping[str, Any] | None
    """Of an unfit file that reads: its data's symbol, so that no reference to it is called missing."""
    ignores: tuple[Ignore, ...]


def lint_file(source: Source, role: Role, active: ActiveRules) -> FileResult:
    """Validate one file and run the file rules over it; a pure function of its text and the settings."""
    checked = check_file(source, role)
    ignores = () if source.broken else ignores_of(source)
    if not checked.fit or role not in _WITH_RULES:
        return FileResult(checked.findings, None, _head(source), ignores)
    found = _run_file_rules(source, active)
    if role not in _APPROVED:
        return FileResult((*checked.findings, *found), None, _head(source), ignores)
    facts = facts_of(source.data, source.text, source.tep if active.settings.co_so_dang_ky else "")
    return FileResult((*checked.findings, *found), facts, None, ignores)


def lint_between(
    quy_trinh: Sequence[Source],
    quyet_dinh: Sequence[Source],
    unfit: Sequence[Source],
    active: ActiveRules,
    register: SoDangKy | None = None,
) -> list[Finding]:
    """Check files against each other. The data of each source are its facts.

    Decisions in the ``register`` name procedures as they once were; None: there is none that can be used.
    """
    new = namable(register, quy_trinh, quyet_dinh, unfit)
    placed_by_name = check_integrity(new.quy_trinh, new.quyet_dinh, unfit, new.elsewhere)
    findings = [located(source, remark) for source, remark in placed_by_name]
    lost = {source.data["ky_hieu"] for source in unfit if isinstance(source.data, Mapping) and source.data["ky_hieu"]}
    view = KhoView(quy_trinh, quyet_dinh, active.settings, None if any(s.data is None for s in unfit) else lost)
    by_tep = {source.tep: source for source in (*quy_trinh, *quyet_dinh)}
    told: dict[tuple[str, DataPath], set[str]] = defaultdict(set)
    for rule in active.rules:
        if rule.check_kho is None:
            continue
        try:
            placed = list(rule.check_kho(view))
        except Exception as error:  # noqa: BLE001 - a rule's bug must not silence the other rules
            where = (*quy_trinh, *quyet_dinh)[0]
            findings.append(crash_of(where, rule, error))
            continue
        for source, remark in placed:
            if told[(source.tep, remark.at)].isdisjoint(rule.requires):
                told[(source.tep, remark.at)].add(rule.id)
                findings.append(located(source, _graded(remark, rule, active), by_tep))
    return findings


def crash_of(source: Source, rule: Rule, error: Exception) -> Finding:
    """The finding that says that a rule itself failed."""
    message = f"Quy tắc {rule.id} gặp lỗi bên trong: {type(error).__name__}: {error}"
    return Finding(
        source.path, START_OF_FILE, CRASHED, Severity.ERROR, message, "Gửi tệp này cho nhóm phát triển qtnb."
    )


def _run_file_rules(source: Source, active: ActiveRules) -> Iterable[Finding]:
    view = FileView(source, active.settings)
    told: dict[DataPath, set[str]] = defaultdict(set)
    findings = []
    loai = view.loai
    for rule in active.rules:
        if rule.check_file is None or loai not in rule.kinds:
            continue
        try:
            remarks = list(rule.check_file(view))
        except Exception as error:  # noqa: BLE001 - a rule's bug must not silence the other rules
            findings.append(crash_of(source, rule, error))
            continue
        for remark in remarks:
            if told[remark.at].isdisjoint(rule.requires):
                told[remark.at].add(rule.id)
                findings.append(located(source, _graded(remark, rule, active)))
    return findings


def _graded(remark: Remark, rule: Rule, active: ActiveRules) -> Remark:
    """The remark with the severity that the kho gives its rule, or the milder one that the rule gives it."""
    milder = max(active.severities[rule.id], remark.severity, key=_MILDNESS.index)
    return replace(remark, severity=milder)


def _head(source: Source) -> Mapping[str, Any] | None:
    if not isinstance(source.data, dict):
        return None
    return {"ky_hieu": source.data.get("ky_hieu")}
