"""Rolling up every kho and summary that the paths of a command mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from qtnb import __version__
from qtnb.aggregate.agreement import agreement, each_once, not_linted
from qtnb.aggregate.facts import CountedKho, KhoFinding, LintCount
from qtnb.aggregate.figures import Sums, figures_of
from qtnb.aggregate.gathering import Gatherer
from qtnb.aggregate.levels import ORDER
from qtnb.aggregate.scope import Scope, scope_of
from qtnb.aggregate.spread import Submit, local_spread
from qtnb.aggregate.standing import When
from qtnb.aggregate.summary import SummaryError, identity, read_summary
from qtnb.aggregate.tables import Rolled, tables_of, whole_of
from qtnb.collation import alphabet_key
from qtnb.finding import Finding
from qtnb.reading import Progress, shown_path
from qtnb.tabular.table import Table
from qtnb.text import visible

Spread: TypeAlias = Callable[[], AbstractContextManager[Submit]]
"""Opens whatever counts files."""
LintKho: TypeAlias = Callable[[Sequence[Path]], Mapping[Path, Sequence[LintCount]]]
"""Lints the kho at the given folders and gives the counts of each."""


@dataclass(frozen=True, slots=True)
class AggregateRun:
    """What one roll-up is asked to do."""

    paths: tuple[Path, ...]
    cwd: Path
    when: When
    phai_gui: tuple[str, ...] = ()
    """The agencies that must send; empty: nobody said."""
    cache: Path | None = None
    """Folder of kept results; None: nothing is kept."""
    spread: Spread = local_spread
    lint: LintKho | None = None
    """None: findings are those of validation."""
    signed: bool = False
    """Whether procedures get the signatures by which grouping compares their steps."""


@dataclass(frozen=True, slots=True)
class Aggregated:
    """The result of a roll-up."""

    kho: tuple[CountedKho, ...]
    """Each once, in report order; those without a readable ``qtnb.yaml`` last."""
    tables: tuple[Table, ...]
    tong: Sums
    """The figures of the whole."""
    hong: tuple[str, ...]
    """Files that are in no figure, as findings show them."""
    findings: tuple[Finding, ...]
    """Of validation and of the roll-up itself, in report order."""
    files: int


def aggregate(run: AggregateRun, progress: Progress, expect: Callable[[int], None]) -> Aggregated:
    """Roll up. ``expect`` is told how many files there are to count; those of summaries are known when they are read.

    Raises QtnbError for a path that does not exist or leads to no kho and no summary.
    """
    scope = scope_of(run.paths, run.cwd)
    expect(scope.files * (2 if run.lint else 1))
    findings = list(scope.findings)
    counted = [*_from_files(run, scope, progress), *_from_summaries(run, scope, findings, progress)]
    linted = run.lint is not None
    # In an order of their own, so that it does not depend on the command line which of two equal ones is kept.
    counted.sort(key=lambda item: (linted and item.lint is None, item.path, item.tep_tong_hop, item.dong))
    kho, twice = each_once(counted)
    kho.sort(key=_report_order)
    findings += [*twice, *agreement(kho, run.when, __version__), *(not_linted(kho) if linted else ())]
    findings += [_finding(item, told) for item in kho for told in item.facts.findings]
    figures = [figures_of(item, run.when, linted=linted) for item in kho]
    broken = [item for item in figures if item.kho.facts.co_quan is None]
    rolled = Rolled([item for item in figures if item.kho.facts.co_quan], broken, run.when, linted, run.phai_gui)
    return Aggregated(
        tuple(kho),
        tables_of(rolled),
        whole_of(rolled),
        tuple(sorted(visible(item.shown(tep)) for item in kho for tep in item.facts.hong)),
        tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        sum(item.facts.tep for item in kho),
    )


def _from_files(run: AggregateRun, scope: Scope, progress: Progress) -> Iterator[CountedKho]:
    linted = run.lint([kho.goc for kho in scope.kho]) if run.lint and scope.kho else {}
    with run.spread() as submit:
        for files, facts in Gatherer(run.cache, submit, progress, signed=run.signed).facts(scope.kho):
            path = shown_path(files.goc, run.cwd)
            lint = tuple(linted.get(files.goc, ())) if run.lint else None
            yield CountedKho(path, identity(facts, path), __version__, facts, lint)


def _from_summaries(
    run: AggregateRun, scope: Scope, findings: list[Finding], progress: Progress
) -> Iterator[CountedKho]:
    for path in scope.summaries:
        shown = shown_path(path if path.is_absolute() else run.cwd / path, run.cwd)
        read = []
        try:
            for item in read_summary(path, shown):
                read.append(item)
                progress(item.facts.tep)
        except SummaryError as error:
            findings.append(error.finding)
        else:
            yield from read


def _report_order(item: CountedKho) -> tuple[object, ...]:
    """By level, agency and content: the same whichever way the kho came here."""
    agency = item.facts.co_quan
    if agency is None:
        return (len(ORDER), alphabet_key(item.path), item.path, item.ma)
    return (ORDER.index(agency.cap), alphabet_key(agency.ten), agency.ten, item.ma)


def _finding(item: CountedKho, told: KhoFinding) -> Finding:
    return Finding(item.shown(told.tep), told.span, told.rule, told.severity, told.message, told.hint)
