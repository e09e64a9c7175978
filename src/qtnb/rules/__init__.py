"""The built-in rules, one module each; a rule is in force by its line here."""

from __future__ import annotations

from typing import Final

from qtnb.lint.rule import Rule
from qtnb.rules import time_sum

RULES: Final[tuple[Rule, ...]] = (time_sum.RULE,)
