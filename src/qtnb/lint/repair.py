"""Repairing the files of a kho as far as rules are certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import KE_HOACH, KHO_FILE, QUYET_DINH, THONG_KE
from qtnb.filecheck import Role, check_file
from qtnb.lint.engine import lint_file
from qtnb.lint.fixing import NOT_NFC, apply_fixes, fixes_of, to_nfc
from qtnb.lint.ignores import ignores_of, set_aside
from qtnb.lint.rule import Rule
from qtnb.lint.run import Linted, LintRun
from qtnb.lint.settings import ActiveRules, active_rules
from qtnb.reading import file_name, read_file
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, read_source

_PASSES: Final = 10
"""One repair may make room for another at the same place; ten have always been enough."""
_ROLES: Final = {QUYET_DINH: Role.QUYET_DINH, KE_HOACH: Role.KE_HOACH, THONG_KE: Role.THONG_KE}
"""By the folder of a file; all others are procedures."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The text of one file before and after."""

    name: FileName
    old: str
    new: str


def repairs(linted: Linted, options: LintRun, rules: Sequence[Rule], *, unsafe: bool) -> Iterator[Repair]:
    """The files that can be repaired, in order of their paths; nothing is written."""
    active: dict[Path, ActiveRules] = {}
    for path in sorted({f.path for f in linted.findings if f.fix or f.rule == NOT_NFC}):
        name = linted.names.get(path)
        if name is None or name.tep == KHO_FILE:
            continue
        goc = name.place.parents[name.tep.count("/")]
        if goc not in active:
            active[goc] = _active(goc, options, rules)
        source = read_file(name)
        text = _repaired(source, active[goc], unsafe=unsafe)
        if text != source.text:
            yield Repair(name, source.text, text)


def _active(goc: Path, options: LintRun, rules: Sequence[Rule]) -> ActiveRules:
    kho_file = read_file(file_name(goc / KHO_FILE, goc, options.cwd))
    return active_rules(kho_file.data if check_file(kho_file, Role.CAU_HINH).fit else {}, rules, options.selection)


def _repaired(source: Source, active: ActiveRules, *, unsafe: bool) -> str:
    if source.broken:
        return source.text
    role = _ROLES.get(source.tep.partition("/")[0], Role.QUY_TRINH)
    if any(finding.rule == NOT_NFC for finding in source.findings):
        source = _reread(source.name, to_nfc(source, _reread))
    for _ in range(_PASSES):
        findings, _aside = set_aside(lint_file(source, role, active).findings, ignores_of(source))
        text = apply_fixes(source, fixes_of(findings, unsafe=unsafe), _reread)
        if text == source.text:
            break
        source = _reread(source.name, text)
    return source.text


def _reread(name: FileName, text: str) -> Source:
    return read_source(name, text.encode(), number_keys())
