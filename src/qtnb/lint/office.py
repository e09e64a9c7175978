"""An office's own rules, written in ``qtnb.yaml`` without code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

PREFIX: Final = "office-"
_PATIENCE: Final = 1.0
"""Seconds that one pattern may take on one value: patterns come from strangers' branches too."""


class SlowPatternError(Exception):
    """A pattern that backtracks without end."""


@dataclass(frozen=True, slots=True)
class OfficeCheck:
    """A path pattern, a condition and a message; called with a file, it yields remarks."""

    rule_id: str
    path: tuple[str, ...]
    condition: Mapping[str, Any]
    message: str

    def __call__(self, file: FileView) -> Iterator[Remark]:
        """Remarks for every place that the pattern names and the condition refuses."""
        for at, value in _places(file.data, self.path):
            if not _holds(self.condition, value):
                seen = "" if value is None or isinstance(value, list | dict) else f" (đang là “{shown(value)}”)"
                yield Remark(at, self.rule_id, f"{self.message}{seen}")


def office_rules(kho: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules under ``lint.quy_tac_rieng`` of a kho file that fits its schema."""
    written = (kho.get("lint") or {}).get("quy_tac_rieng") or ()
    return tuple(_rule(item) for item in written)


def _rule(item: Mapping[str, Any]) -> Rule:
    rule_id = PREFIX + item["ma"]
    return Rule(
        id=rule_id,
        title=item["thong_bao"].rstrip("."),
        severity=Severity(item.get("muc_do") or Severity.WARNING),
        nguon="qtnb.yaml, lint.quy_tac_rieng",
        bad={},
        good={},
        check_file=OfficeCheck(rule_id, tuple(item["cho"].split(".")), item["dieu_kien"], item["thong_bao"]),
        kinds=frozenset(item.get("ap_dung") or ("CV", "LT")),
    )


def _places(data: Any, path: tuple[str, ...], at: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:  # noqa: ANN401
    """The places that a pattern names; ``*`` is every item. A key that is absent is a place without value."""
    if not path:
        yield at, data
        return
    step, rest = path[0], path[1:]
    if step == "*":
        inner = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
        for key, value in inner:
            yield from _places(value, rest, (*at, key))
    elif isinstance(data, Mapping):
        if step in data:
            yield from _places(data[step], rest, (*at, step))
        elif not rest:
            yield (*at, step), None


def _holds(condition: Mapping[str, Any], value: Any) -> bool:  # noqa: ANN401 - any YAML value
    blank = value is None or value in ("", [])
    if "co" in condition and bool(condition["co"]) == blank:
        return False
    if blank:
        return True
    if "khop" in condition and not _matches(condition["khop"], str(value)):
        return False
    if "mot_trong" in condition and str(value) not in condition["mot_trong"]:
        return False
    return "nhieu_nhat" not in condition or _size(value) <= condition["nhieu_nhat"]


def _matches(pattern: str, value: str) -> bool:
    # Unlike re, this module can be stopped; it is loaded only for an office that writes patterns.
    import regex

    try:
        return regex.search(pattern, value, timeout=_PATIENCE) is not None
    except TimeoutError as error:
        raise SlowPatternError(f"biểu thức “{shown(pattern)}” chạy quá {_PATIENCE:g} giây") from error


def pattern_problem(pattern: str) -> str:
    """What is wrong with a pattern; empty when nothing is."""
    import regex

    try:
        regex.compile(pattern)
    except regex.error as error:
        return str(error)
    return ""


def _size(value: Any) -> int:  # noqa: ANN401 - any YAML value
    return len(value) if isinstance(value, list | str) else 1
