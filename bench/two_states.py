"""Makes a kho in git with an earlier state to compare with: one procedure in ten is not what it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from generate import SEED, generate, procedure

_MOST = 4000
"""Procedures of one generated kho at most; more are copies under other names and symbols."""
_EACH = 10
"""One procedure in so many changes."""


def two_states(root: Path, count: int) -> tuple[Path, Path]:
    """Write the kho ``root/kho``, its earlier state committed, and that state as the folder ``root/truoc`` too."""
    kho, before = root / "kho", root / "truoc"
    generate(kho, min(count, _MOST))
    for number in range(_MOST + 1, count + 1):
        text = procedure(number - _MOST, SEED).replace(f"CV-{number - _MOST:02d}\n", f"CV-{number}\n", 1)
        (kho / "quy-trinh" / f"them-{number}.yaml").write_text(text, encoding="utf-8", newline="\n")
    shutil.copytree(kho, before)
    _git(kho, "init", "-q")
    _git(kho, "add", ".")
    _git(kho, "-c", "user.name=qtnb", "-c", "user.email=qtnb@example.invalid", "commit", "-qm", "Bản đầu")
    for number, path in enumerate(sorted((kho / "quy-trinh").rglob("*.yaml"))):
        if number % _EACH == 0:
            path.write_text(_changed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return kho, before


def _changed(text: str) -> str:
    """A step more, another time, and the second step before the first."""
    head, steps = text.split("cac_buoc:\n", 1)
    first, second, rest = steps.split("\n  - trinh_tu", 2)
    added = (
        "  - trinh_tu: Rà soát lần cuối trước khi trình\n    chu_tri: Văn phòng Sở\n    thoi_gian: 02 giờ làm việc\n"
    )
    moved = f"  - trinh_tu{second}\n{first}\n{added}  - trinh_tu{rest}"
    return head.replace("ngày làm việc", "ngày", 1) + "cac_buoc:\n" + moved


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
