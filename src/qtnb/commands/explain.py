"""``qtnb explain``: what a rule wants and why."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from qtnb.commands.outcome import Outcome
from qtnb.commands.rule_pages import rule_pages
from qtnb.errors import QtnbError
from qtnb.lint.rule import Group, Rule
from qtnb.report.plain_page import plain_page
from qtnb.report.rule_page import GROUPS
from qtnb.report.summary import WORDS
from qtnb.report.text import Paint, plain
from qtnb.rules import RULES
from qtnb.text import shown


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """What the command line asks of ``explain``."""

    name: str = ""
    """A rule, a group, or nothing for the list of all."""
    paint: Paint = plain


def run_explain(options: ExplainOptions) -> Outcome:
    """The page of a rule, or a list of rules. Raises QtnbError for a name that is none."""
    groups = {group.value: group for group in Group}
    if not options.name:
        listed = "\n".join(_listed(group, options.paint) for group in GROUPS if _rules_of(group))
        return Outcome(f"{listed}\nXem một quy tắc: qtnb explain {RULES[0].id}\n")
    if options.name in groups and _rules_of(groups[options.name]):
        return Outcome(_listed(groups[options.name], options.paint))
    pages = rule_pages()
    if options.name in pages:
        return Outcome(plain_page(pages[options.name].markdown, options.paint))
    hint = _hint(options.name, [*pages, *groups])
    raise QtnbError(f"Không có quy tắc “{shown(options.name)}”.", hint=hint, exit_code=2)


def _rules_of(group: Group) -> list[Rule]:
    return [rule for rule in RULES if rule.group is group]


def _listed(group: Group, paint: Paint) -> str:
    rules = _rules_of(group)
    width = max(len(rule.id) for rule in RULES)
    wide = max(map(len, WORDS.values()))
    rows = [f"  {rule.id:{width}}  {WORDS[rule.severity]:{wide}}  {rule.title}" for rule in rules]
    return "".join(f"{line}\n" for line in (paint(f"{GROUPS[group]} ({group})", "bold"), *rows))


def _hint(name: str, known: list[str]) -> str:
    if name.startswith(f"{Group.OFFICE}-"):
        return "Quy tắc riêng của cơ quan được ghi trong qtnb.yaml, ở lint.quy_tac_rieng."
    near = get_close_matches(name, known, 1)
    return f"Có phải là {near[0]}?" if near else "Xem danh sách bằng lệnh: qtnb explain"
