"""A kho in a real git repository, as somebody without settings of his own uses it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(kho: Path, *words: str, conflict: bool = False) -> str:
    """Run the real git; with ``conflict`` it has to stop at one."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_EDITOR": "true",
        **{f"GIT_{who}_{what}": "qtnb@vi.du" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    done = subprocess.run(["git", *words], cwd=kho, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode != 0) is conflict, (words, done.stdout, done.stderr)
    assert not conflict or "CONFLICT" in done.stdout, (words, done.stdout, done.stderr)
    return done.stdout


def put_under_git(kho: Path) -> None:
    """Make the kho a repository with one commit on ``main``."""
    git(kho, "init", "-q", "-b", "main")
    save(kho, "đầu")


def save(kho: Path, message: str) -> None:
    """Commit everything."""
    git(kho, "add", "-A")
    git(kho, "commit", "-qm", message)


def branch(kho: Path, name: str, start: str = "main") -> None:
    """Go on with a new branch."""
    git(kho, "switch", "-qc", name, start)
