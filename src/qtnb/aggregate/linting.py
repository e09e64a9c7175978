"""What ``qtnb lint`` finds in the kho of a roll-up, counted by file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qtnb.aggregate.facts import LintCount
from qtnb.finding import Finding, Severity
from qtnb.reading import shown_path


def counts_by_kho(findings: Iterable[Finding], kho: Sequence[Path], cwd: Path) -> Mapping[Path, tuple[LintCount, ...]]:
    """The counts of each kho, files in order; every finding belongs to the innermost kho around its file."""
    prefixes = {_prefix(goc, cwd): goc for goc in kho}
    found: dict[Path, dict[str, Counter[Severity]]] = defaultdict(lambda: defaultdict(Counter))
    for finding in findings:
        prefix = max((prefix for prefix in prefixes if finding.path.startswith(prefix)), key=len, default=None)
        if prefix is not None:
            found[prefixes[prefix]][finding.path.removeprefix(prefix)][finding.severity] += 1
    return {
        goc: tuple(
            LintCount(tep, *(counts[severity] for severity in Severity)) for tep, counts in sorted(files.items())
        )
        for goc, files in found.items()
    }


def _prefix(goc: Path, cwd: Path) -> str:
    shown = shown_path(goc, cwd)
    return "" if shown == "." else f"{shown}/"
