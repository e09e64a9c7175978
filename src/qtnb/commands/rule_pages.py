"""The pages of all rules: of quality rules from their modules, of other messages from the documentation."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from qtnb.lint.rule import Rule
from qtnb.report.rule_page import RulePage, page_of_rule, pages_of_messages
from qtnb.resources import data_folder
from qtnb.rules import RULES

_PAGES_OF_MESSAGES: Final = ("thong-bao.md", "quy-tac/README.md")


def rule_pages() -> dict[str, RulePage]:
    """The page of every id that a finding may carry, but for the office's own rules."""
    pages = {rule.id: page_of_rule(rule, explanation(rule)) for rule in RULES}
    for name in _PAGES_OF_MESSAGES:
        pages |= pages_of_messages((data_folder("docs") / name).read_text(encoding="utf-8"))
    return pages


def explanation(rule: Rule) -> str:
    """What the docstring of a rule's module says."""
    return import_module(f"qtnb.rules.{rule.id.replace('-', '_')}").__doc__ or ""
