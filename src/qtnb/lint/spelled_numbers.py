"""Reading whole numbers written in Vietnamese words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES: Final = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_BESIDE: Final = re.compile(r"(?<![\d.,/])(\d{1,3})\s*\(([^()\d]+)\)")


@lru_cache(maxsize=1024)
def spelled(words: str) -> int | None:
    """The number below 1,000 that ``words`` spell (``mười lăm`` is 15); None for any other text."""
    parts = words.lower().split()
    if "trăm" not in parts:
        return _below_hundred(parts)
    at = parts.index("trăm")
    hundreds, rest = _below_hundred(parts[:at]), _below_hundred(parts[at + 1 :] or ["không"])
    return None if not hundreds or rest is None else 100 * hundreds + rest


def contradiction(text: str) -> tuple[str, str] | None:
    """The first number in ``text`` that the words in brackets after it contradict, with those words."""
    for digits, words in _BESIDE.findall(text):
        number = spelled(words.strip())
        if number is not None and number != int(digits):
            return digits, words.strip()
    return None


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case ["mười"]:
            return 10
        case ["mười", one] if _ONES.get(one):
            return 10 + _ONES[one]
        case [ten, "mươi"] if _ONES.get(ten):
            return 10 * _ONES[ten]
        case [ten, "mươi", one] if _ONES.get(ten) and _ONES.get(one):
            return 10 * _ONES[ten] + _ONES[one]
        case [ten, one] if _ONES.get(ten) and _ONES.get(one):
            return 10 * _ONES[ten] + _ONES[one]
        case ["linh" | "lẻ", one]:
            return _ONES.get(one)
        case [one]:
            return _ONES.get(one)
        case _:
            return None
