"""What an office sets about the rules, and what a run selects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from qtnb.errors import QtnbError
from qtnb.finding import Remark, Severity
from qtnb.lint.facts import REGISTERED
from qtnb.lint.office import PREFIX, office_rules, pattern_problem
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoSettings
from qtnb.text import shown

OFF: Final = "off"
SETTING: Final = "lint-setting"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line asks for."""

    select: tuple[str, ...] = ()
    """Rule ids or groups; empty means all."""
    ignore: tuple[str, ...] = ()
    """Rule ids or groups left out."""
    as_of: dt.date | None = None
    """The day by which the law is judged; None: each decision's own day."""

    @property
    def takes_all(self) -> bool:
        """Whether no rule is left out: only then does silence mean that there is nothing."""
        return not self.select and not self.ignore


def selection_of(select: Iterable[str], ignore: Iterable[str], as_of: str) -> Selection:
    """The selection from options; names may be separated by commas. Raises QtnbError for a day that is none."""

    def names(options: Iterable[str]) -> tuple[str, ...]:
        return tuple(name.strip() for option in options for name in option.split(",") if name.strip())

    try:
        day = dt.date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        message = f"Ngày “{shown(as_of)}” không đúng dạng."
        raise QtnbError(message, hint="Viết dạng năm-tháng-ngày, ví dụ: 2026-11-21", exit_code=2) from error
    return Selection(names(select), names(ignore), day)


@dataclass(frozen=True, slots=True)
class ActiveRules:
    """The rules in force for one kho, with their severities and the settings they read."""

    rules: tuple[Rule, ...]
    severities: Mapping[str, Severity]
    settings: KhoSettings


def active_rules(kho: Mapping[str, Any], rules: Sequence[Rule], selection: Selection) -> ActiveRules:
    """The rules that run over a kho whose ``qtnb.yaml`` holds ``kho`` (empty when that file is broken)."""
    chosen = (kho.get("lint") or {}).get("quy_tac") or {}
    rules = (*rules, *office_rules(kho))
    severities: dict[str, Severity] = {}
    for rule in rules:
        wanted = _severity(chosen, rule)
        if wanted != OFF and _selected(rule, selection):
            severities[rule.id] = Severity(wanted)
    running = tuple(rule for rule in rules if rule.id in severities)
    return ActiveRules(running, severities, _kho_settings(kho, chosen, rules, selection.as_of))


def setting_remarks(kho: Mapping[str, Any], known: Collection[str]) -> list[Remark]:
    """Remarks on settings for rules that do not exist, and on patterns that are none."""
    lint = kho.get("lint") or {}
    own = lint.get("quy_tac_rieng") or ()
    names = {*known, *(PREFIX + item["ma"] for item in own)}
    remarks = [
        Remark(
            ("lint", "quy_tac", name),
            SETTING,
            f"Không có quy tắc hay nhóm quy tắc “{shown(name)}”.",
            "Xem danh sách bằng lệnh: qtnb explain",
            on_key=True,
        )
        for name in lint.get("quy_tac") or {}
        if name not in names
    ]
    for number, item in enumerate(own):
        pattern = item["dieu_kien"].get("khop")
        problem = pattern_problem(pattern) if pattern else ""
        if problem:
            at = ("lint", "quy_tac_rieng", number, "dieu_kien", "khop")
            message = f"Biểu thức “{shown(pattern)}” không đúng cú pháp: {problem}."
            remarks.append(Remark(at, SETTING, message, "Sửa biểu thức chính quy này."))
    return remarks


def _severity(chosen: Mapping[str, Any], rule: Rule) -> str:
    """The setting of the rule itself, else of its group, else its own."""
    for name in (rule.id, rule.group.value):
        setting = chosen.get(name)
        level = setting.get("muc_do") if isinstance(setting, Mapping) else setting
        if level:
            return str(level)
    return rule.severity.value


def _selected(rule: Rule, selection: Selection) -> bool:
    names = {rule.id, rule.group.value}
    return (not selection.select or not names.isdisjoint(selection.select)) and names.isdisjoint(selection.ignore)


def _kho_settings(
    kho: Mapping[str, Any], chosen: Mapping[str, Any], rules: Sequence[Rule], as_of: dt.date | None
) -> KhoSettings:
    units = kho.get("don_vi") or ()
    options = {}
    for rule in rules:
        setting = chosen.get(rule.id)
        options[rule.id] = {**rule.options, **(setting if isinstance(setting, Mapping) else {})}
    return KhoSettings(
        kho.get("co_quan") or {},
        tuple((unit, "") if isinstance(unit, str) else (unit["ten"], unit.get("viet_tat") or "") for unit in units),
        Fraction(str(kho.get("gio_moi_ngay") or 8)),
        as_of,
        options,
        bool(kho.get(REGISTERED)),
    )
