"""Values written as YAML that every reader takes for the same text."""

from __future__ import annotations

import yaml


def scalar(value: str) -> str:
    """``value`` on one line, quoted where YAML would read it as anything else."""
    line = " ".join(value.split())
    return yaml.safe_dump(line, allow_unicode=True, width=float("inf")).removesuffix("...\n").rstrip("\n")
