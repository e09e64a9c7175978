"""Whether a text names a body of one's own agency or of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from qtnb.lint.letters import CAPITALS
from qtnb.lint.units import unit_key

_PLACE: Final = rf"[Tt]hành phố|[Tt]ỉnh|T[Pp]\.?|(?:[Pp]hường|[Xx]ã|[Đđ]ặc khu)\s+(?=[{CAPITALS}])"
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:Sở|Bộ(?!\s+Phận\b))\s+(?=[{CAPITALS}])[^;:/\n()–-]+"
    r"|(?<!\w)(?:UBND|[Ủủ]y [Bb]an [Nn]hân [Dd]ân|[Uu]ỷ [Bb]an [Nn]hân [Dd]ân|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\s+"
    rf"(?:(?:{_PLACE})[^;:/\n()–-]*|cấp (?:xã|tỉnh))"
)
_UNIT: Final = re.compile(r"(?:phòng|tổ|bộ phận|đội) |văn phòng(?: sở| cơ quan)?$")
"""What a unit inside an agency is called. A Ban, a Chi cục or a Văn phòng of another name is an agency of its own."""
_OWN_LEVEL: Final = {"xa": "cấp xã", "tinh": "cấp tỉnh"}
"""How a procedure names its own agency where it is written for all of its level."""
_COMMUNE: Final = re.compile(r" (?:xã|phường|đặc khu)(?: |$)")


def finder_of_others(own: Mapping[str, Any]) -> Callable[[str], str]:
    """Finds in a text the first Sở, Bộ or UBND other than one's own, as written there; empty for none.

    Words such as ``Cơ quan thuế`` or ``Văn phòng Đăng ký đất đai`` name a role in the work, not an
    agency that the procedure is handed to.
    """
    return _finder(unit_key(str(own.get("ten") or "")), str(own.get("cap") or ""))


@lru_cache(maxsize=64)
def _finder(own: str, cap: str) -> Callable[[str], str]:
    @lru_cache(maxsize=8192)
    def other_in(text: str) -> str:
        for found in _NAMED.finditer(text):
            key = unit_key(found.group())
            is_own = bool(own) and (own.startswith(key) or key.startswith(own))
            if not is_own and not key.endswith(_OWN_LEVEL.get(cap, "\0")):
                return " ".join(found.group().split())
        return ""

    return other_in


def is_inside(text: str, own: Mapping[str, Any]) -> bool:
    """Whether ``text`` names one's own agency, a unit of it, or, for a commune, a body of the same commune."""
    key, name = unit_key(text), unit_key(str(own.get("ten") or ""))
    if not name:
        return False
    if name.startswith(key) or key.startswith(name):
        return True
    if finder_of_others(own)(text):
        return False
    if own.get("cap") == "xa":
        place = name.removeprefix("ủy ban nhân dân ")
        kind = place.partition(" ")[0]
        if key.endswith((f" {place}", f" {kind}")):
            return True
    return _UNIT.match(key) is not None and not _COMMUNE.search(key)
