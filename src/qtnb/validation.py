"""Validating every kho that the paths of a command mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qtnb.check import Checked, check_kho
from qtnb.discovery import QUY_TRINH, QUYET_DINH, find_kho
from qtnb.finding import START_OF_FILE, Finding, Severity
from qtnb.reading import Progress, read_kho, shown_path
from qtnb.source import Source


@dataclass(frozen=True, slots=True)
class Validated:
    """Every kho asked for, checked."""

    kho: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    """Those about the files asked for, and no others."""
    files: int
    """How many files were asked for."""
    sources: dict[str, Source]
    """The files by the path that findings show."""

    @property
    def has_errors(self) -> bool:
        """Whether anything asked for is wrong."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def could_not_run(self) -> bool:
        """Whether some file could not even be read (exit code 3 of cli.md)."""
        return any(finding.rule == "unreadable" for finding in self.findings)


def validate(paths: Sequence[Path], cwd: Path, progress: Progress = lambda _: None) -> Validated:
    """Read and check every kho at, below or around ``paths``. Raises QtnbError when there is none."""
    found = find_kho(paths)
    checked = []
    asked: dict[str, Source] = {}
    for files in found.kho:
        kho = check_kho(read_kho(files, cwd, progress))
        whole = found.covers(files.goc)
        asked |= {source.path: source for source in kho.sources.all if whole or found.covers(source.name.place)}
        checked.append(kho)
    findings = [finding for kho in checked for finding in kho.findings if finding.path in asked]
    findings.extend(outside_finding(path, cwd) for path in found.outside)
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return Validated(tuple(checked), tuple(ordered), len(asked) + len(found.outside), asked)


def outside_finding(path: Path, cwd: Path) -> Finding:
    """What is said of a file asked for that belongs to no kho."""
    message = "Tệp không thuộc kho quy trình nào."
    hint = f"Đặt tệp trong {QUY_TRINH}/ hoặc {QUYET_DINH}/ của một kho có qtnb.yaml; tạo kho bằng lệnh: qtnb init"
    return Finding(shown_path(path, cwd), START_OF_FILE, "outside-kho", Severity.ERROR, message, hint)
