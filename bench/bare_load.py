"""The peer of the measurements: loads the given YAML files with PyYAML's C safe loader, and nothing else."""

from __future__ import annotations

import sys

import yaml

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a Path would cost time
        text = file.read()
    yaml.load(text, Loader=yaml.CSafeLoader)
