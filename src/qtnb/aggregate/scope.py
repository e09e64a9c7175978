"""What the paths of a roll-up mean: kho in any depth of folders, and files of summaries."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qtnb.aggregate.overlooked import SUMMARY_ENDING, Asked, overlooked, summaries_below
from qtnb.discovery import KHO_FILE, Found, KhoFiles, find_kho, kho_around
from qtnb.errors import QtnbError
from qtnb.finding import START_OF_FILE, Finding, Severity
from qtnb.reading import shown_path
from qtnb.validation import outside_finding


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be rolled up."""

    kho: tuple[KhoFiles, ...]
    """Each once, ordered by folder."""
    summaries: tuple[Path, ...]
    """Each once, in order."""
    findings: tuple[Finding, ...]
    """Of paths that name a thing twice, or a file of no kho."""

    @property
    def files(self) -> int:
        """How many files the kho have."""
        return sum(1 + sum(map(len, _lists_of(kho))) + (kho.so_dang_ky is not None) for kho in self.kho)


def scope_of(paths: Sequence[Path], cwd: Path) -> Scope:
    """Find every kho at, below or around the paths, and every summary that they name.

    A folder without any kho stands for the summaries (``*.json``) that lie in it, at any depth. Raises QtnbError
    for a path that does not exist, or that leads to neither.
    """
    kho: dict[Path, KhoFiles] = {}
    summaries: dict[Path, Path] = {}
    findings = []
    for path in paths:
        found, files = _meant(path)
        for item in found.kho if found else ():
            if item.goc in kho:
                findings.append(_twice(item.goc / KHO_FILE, path, cwd, "Kho này"))
            kho.setdefault(item.goc, item)
        findings.extend(outside_finding(outside, cwd) for outside in (found.outside if found else ()))
        for file in files:
            place = Path(os.path.realpath(file))
            if place in summaries:
                findings.append(_twice(file, path, cwd, "Tệp tổng hợp này"))
            summaries.setdefault(place, file)
    asked = Asked([Path(os.path.realpath(path)) for path in paths], summaries)
    beside = dict.fromkeys(told for path in paths if _is_among_kho(path) for told in overlooked(path, asked, cwd))
    return Scope(tuple(kho[goc] for goc in sorted(kho)), tuple(sorted(summaries.values())), (*findings, *beside))


def _lists_of(kho: KhoFiles) -> Sequence[Sequence[object]]:
    return (kho.quy_trinh, kho.quyet_dinh, kho.ke_hoach, kho.thong_ke, kho.refused)


def _meant(path: Path) -> tuple[Found | None, Sequence[Path]]:
    """The kho that a path leads to, or the summaries that it names."""
    if path.suffix.lower() == SUMMARY_ENDING and not path.is_dir():
        return None, [_existing(path)]
    try:
        return find_kho([path]), ()
    except QtnbError:
        files = summaries_below(path) if path.is_dir() else []
        if not files:
            raise
        return None, files


def _is_among_kho(path: Path) -> bool:
    return path.is_dir() and kho_around(Path(os.path.realpath(path))) is None


def _existing(path: Path) -> Path:
    try:
        path.lstat()
    except OSError as error:
        raise QtnbError(f"Không đọc được đường dẫn {path}.", hint="Kiểm tra tên và quyền truy cập.") from error
    return path


def _twice(file: Path, path: Path, cwd: Path, what: str) -> Finding:
    message = f"{what} được nêu hơn một lần, lần sau qua “{shown_path(path, cwd)}”; số liệu chỉ tính một lần."
    return Finding(
        shown_path(file, cwd), START_OF_FILE, "kho-twice", Severity.WARNING, message, "Bỏ bớt đường dẫn trùng."
    )
