"""Every rule: its own examples, and its folder of cases with line, column and message."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kit import KHO, ROOT, make_kho
from qtnb.finding import Finding
from qtnb.lint.rule import Rule
from qtnb.lint.run import LintRun, lint
from qtnb.lint.settings import Selection
from qtnb.rules import RULES

CASES = ROOT / "tests" / "rules"
"""``<rule>/<case>.yaml`` is one procedure (or decision), ``<rule>/<case>/`` a kho; ``<case>.txt`` what is found."""

TODAY = dt.date(2026, 11, 21)
BY_ID = {rule.id: rule for rule in RULES}


def found(kho: Path, rule: Rule) -> list[Finding]:
    """What one rule says of a kho; validation must have nothing to say."""
    linted = lint(LintRun((kho,), kho, Selection(select=(rule.id, *rule.requires)), TODAY), RULES)
    strange = [finding for finding in linted.findings if finding.rule not in BY_ID]
    assert strange == [], "the case itself must validate"
    return [finding for finding in linted.findings if finding.rule == rule.id]


def as_lines(findings: list[Finding]) -> str:
    """Findings as the golden files hold them."""
    lines = []
    for finding in findings:
        span = finding.span
        lines.append(f"{finding.path}:{span.line}:{span.column}: {finding.severity}: {finding.message}")
        lines += [f"    {r.path}:{r.span.line}:{r.span.column}: {r.message}" for r in finding.related]
        lines += [f"    -> {finding.hint}"] if finding.hint else []
        lines += [f"    = {finding.fix.value}"] if finding.fix else []
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_bad_example_and_leaves_its_good_one(rule: Rule, tmp_path: Path) -> None:
    bad = make_kho(tmp_path / "bad", dict(rule.bad))
    good = make_kho(tmp_path / "good", dict(rule.good))
    assert found(bad, rule) != []
    assert as_lines(found(good, rule)) == ""


def _cases() -> list[Path]:
    return sorted(path for path in CASES.glob("*/*") if path.suffix == ".yaml" or path.is_dir())


@pytest.mark.parametrize("case", _cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_is_told_by_line(case: Path, tmp_path: Path, accept: bool) -> None:
    kho = tmp_path / "kho"
    if case.is_dir():
        shutil.copytree(case, kho)
        if not (kho / "qtnb.yaml").exists():
            (kho / "qtnb.yaml").write_text(KHO, encoding="utf-8")
    else:
        text = case.read_bytes()
        folder = "quyet-dinh" if b"loai: QD" in text else "quy-trinh"
        make_kho(kho, {f"{folder}/{case.name}": text})
    told = as_lines(found(kho, BY_ID[case.parent.name]))
    golden = case.parent / f"{case.name.removesuffix('.yaml')}.txt"
    if accept:
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_every_rule_has_a_folder_of_cases_and_every_folder_a_rule() -> None:
    assert {path.name for path in CASES.iterdir()} == set(BY_ID)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.id.startswith(f"{rule.group}-")
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.nguon
    assert bool(rule.check_file) != bool(rule.check_kho)
    assert set(rule.requires) <= set(BY_ID)
    ids = [other.id for other in RULES]
    assert all(ids.index(needed) < ids.index(rule.id) for needed in rule.requires)
