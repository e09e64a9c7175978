"""Proposing what an agency's letterhead and head are called, from its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PROVINCIAL: Final = ("thành phố", "tỉnh")
_UNIT: Final = re.compile(r"([Tt]hành phố|[Tt]ỉnh|[Pp]hường|[Xx]ã|[Đđ]ặc khu) +(.+)$")
"""An administrative unit at the end of an agency's name: its kind and its own name."""
_COMMITTEE: Final = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\b", re.IGNORECASE)
_NAMED_AFTER: Final = re.compile(r"\d|Hai Bà Trưng|Trần Phú|Trần Hưng Đạo|Lê Lợi|Hồ Chí Minh|Điện Biên Phủ")
"""Units named after a person, a number or an event are written in full as place names (Nghị định 30, DD-05)."""
_HEADS: Final = {
    "văn phòng": "Chánh Văn phòng",
    "phòng": "Trưởng phòng",
    "ban": "Trưởng ban",
    "chi cục": "Chi cục trưởng",
}


def proposed(key: str, known: Mapping[str, str]) -> str:
    """What most agencies would answer for ``key`` (a key of ``co_quan``), given the answers before it.

    Several lines of a letterhead are joined by a line end.
    """
    ten = known.get("ten", "")
    unit = _unit_of(ten)
    committee = _COMMITTEE.match(ten)
    match key:
        case "ten":
            return "Sở Nội vụ thành phố Hà Nội"
        case "cap":
            if unit is None:
                return "so"
            provincial = unit[1].lower() in _PROVINCIAL
            return ("tinh" if provincial else "xa") if committee else ("so" if provincial else "xa")
        case "ten_ban_hanh":
            return f"ỦY BAN NHÂN DÂN\n{unit[0].upper()}" if committee and unit else _without(ten, unit).upper()
        case "chu_quan":
            return "" if committee else f"UBND {unit[0]}".upper() if unit else "UBND THÀNH PHỐ HÀ NỘI"
        case "viet_tat":
            return (
                "UBND"
                if committee
                else "".join(word[0] for word in _without(ten, unit).split() if word[0].isalnum()).upper()
            )
        case "dia_danh":
            return _place_name(unit) if unit else "Hà Nội"
        case _:
            return "Chủ tịch" if committee else _head(ten)


def _place_name(unit: re.Match[str]) -> str:
    return f"{unit[1][0].upper()}{unit[1][1:].lower()} {unit[2]}" if _NAMED_AFTER.match(unit[2]) else unit[2]


def _head(ten: str) -> str:
    return next((head for start, head in _HEADS.items() if ten.lower().startswith(start)), "Giám đốc")


def _unit_of(ten: str) -> re.Match[str] | None:
    """The unit named last; a kind without a name after it (“Xã hội”) is none."""
    found = (_UNIT.match(ten, start.start()) for start in re.finditer(r"\b(?=[TtPpXxĐđ])", ten))
    named = [unit for unit in found if unit is not None and (unit[2][0].isupper() or unit[2][0].isdigit())]
    return named[-1] if named else None


def _without(ten: str, unit: re.Match[str] | None) -> str:
    return (ten[: unit.start()] if unit else ten).strip()
