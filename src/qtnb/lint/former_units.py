"""Names of bodies that the reforms ended, as data: ``don_vi_cu.json``."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).with_name("don_vi_cu.json")
_DOUBLE_KIND: Final = re.compile(r"^\w+ (?=(?:cục|ban) )")
"""The first word of a kind of body that takes two, as ``Tổng cục``."""


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A body whose name is no longer in use anywhere."""

    ten: str
    het_tu: dt.date
    """The first day without it."""
    nay_la: str
    """Who has its work now, in words."""
    can_cu: str
    """The text that ended it."""


def may_name_former(text: str) -> bool:
    """Whether a file's text may name a former body; fast, and never wrongly no."""
    return any(search(text) for search in _searches())


def former_in(text: str) -> Iterator[tuple[str, FormerUnit]]:
    """Each former body that ``text`` names, as written there."""
    pattern, units = _registry()
    for found in pattern.finditer(text):
        yield found[0], units[int(str(found.lastgroup)[1:])]


@cache
def _registry() -> tuple[re.Pattern[str], tuple[FormerUnit, ...]]:
    units: list[FormerUnit] = []
    patterns: list[str] = []
    for number, item in enumerate(_items()):
        units.append(FormerUnit(item["ten"], dt.date.fromisoformat(item["het_tu"]), item["nay_la"], item["can_cu"]))
        spellings = "|".join(_pattern_of(name) for name in (item["ten"], *item["cach_viet"]))
        patterns.append(f"(?P<u{number}>{spellings})")
    # "thanh tra sở hữu trí tuệ" is no Thanh tra Sở.
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w|\s+hữu\b)"), tuple(units)


@cache
def _searches() -> tuple[Callable[[str], re.Match[str] | None], ...]:
    """For each kind of body a pattern that begins with fixed letters: such a search is ten times as fast."""
    rests: dict[str, list[str]] = defaultdict(list)
    for item in _items():
        for name in (item["ten"], *item["cach_viet"]):
            kind, _, rest = _DOUBLE_KIND.sub("", name).partition(" ")
            rests[kind[1:]].append(_pattern_of(rest))
    return tuple(re.compile(rf"{kind}\s+(?:{'|'.join(patterns)})").search for kind, patterns in rests.items())


def _items() -> list[dict[str, str]]:
    items: list[dict[str, str]] = json.loads(_DATA.read_text(encoding="utf-8"))["don_vi_cu"]
    return items


def _pattern_of(name: str) -> str:
    """A pattern for ``name`` with any spacing, any dash, ``và`` or ``&``, and either case of first letters."""
    return "".join(_pattern_of_part(part) for part in re.split(r"(\s-\s|-|\s+và\s+|&|\s+)", name) if part)


def _pattern_of_part(part: str) -> str:
    match part.strip():
        case "-":
            return r"\s*[-‐‑‒–—,]\s*"
        case "và" | "&":
            return r"\s*(?:và|&)\s*"
        case "":
            return r"\s+"
        case _:
            return _either_case(part)


def _either_case(word: str) -> str:
    """Abbreviations are written in capitals; the first letter of other words may be of either case."""
    escaped = re.escape(word)
    return escaped if word == word.upper() else f"[{word[0].upper()}{word[0].lower()}]{escaped[1:]}"
