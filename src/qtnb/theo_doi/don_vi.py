"""The units that the cells of a plan name: several in one cell, one in several spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from qtnb.lint.units import unit_key

_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_OPENING: Final = re.compile(r"^[-+•]\s*|^\(?\d{1,2}[.)]\s*")
_END_MARKS: Final = " \t\n;,.:"
_LIST_OF_A_KIND: Final = re.compile(r"(?:các )?(?P<kind>sở|ban|phòng|chi cục)\s?:\s(?P<names>.+)", re.IGNORECASE)
"""``Các Sở: Kế hoạch và Đầu tư; Xây dựng; …``."""
_BODY: Final = (
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Văn phòng|Viện|Trung tâm|Công an|Thanh tra|Ban Quản lý|Cục|Chi cục|Phòng"
    r"|Sở|[Ss]ở,?\s[Bb]an|[Cc]ác|cơ quan, đơn vị)(?!\w)"
)
"""What begins the name of a further unit after a comma or "và"; a name's own comma has nothing like it behind."""
_AFTER_COMMA: Final = re.compile(rf",\s+(?=(?:và\s)?{_BODY})|\s+và\s+(?={_BODY}|đơn vị(?: có)? liên quan)")
_DOES: Final = re.compile(r"\s+(?:làm đầu mối|có trách nhiệm)(?!\w).*", re.DOTALL)


@lru_cache(maxsize=4096)
def units_in(cell: str) -> tuple[str, ...]:
    """The units of a cell, as written, without numbering, brackets and what they are to do.

    They are parted by semicolons, lines, and commas or "và" before what begins a unit's name; the
    commas of "Sở, ban, ngành" or "UBND các quận, huyện, thị xã" part nothing.
    """
    text = _IN_BRACKETS.sub(lambda found: found[0] if found[0][1:-1].isdigit() else "", cell)
    listed = _LIST_OF_A_KIND.fullmatch(text.strip(_END_MARKS))
    if listed:
        return tuple(f"{listed['kind']} {_bare(name)}" for name in listed["names"].split(";") if _bare(name))
    pieces = (
        part for piece in re.split(r"[;\n]", text) for part in _AFTER_COMMA.split(_OPENING.sub("", piece.strip()))
    )
    return tuple(unit for piece in pieces if (unit := _bare(_DOES.sub("", piece))))


def units_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The units of several cells, each once."""
    units: dict[str, str] = {}
    for cell in cells:
        for unit in units_in(cell):
            units.setdefault(key_of(unit), unit)
    return tuple(units.values())


@lru_cache(maxsize=4096)
def key_of(unit: str) -> str:
    """What the spellings of one unit have in common: ``Văn phòng UBND TP``, ``Văn phòng Ủy ban nhân dân Thành phố``."""
    return unit_key(unit).removeprefix("các ")


def _bare(text: str) -> str:
    return " ".join(_OPENING.sub("", text.strip()).split()).removeprefix("và ").strip(_END_MARKS)
