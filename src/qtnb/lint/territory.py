"""Names of administrative units that are no longer in use, as data: ``dia_gioi.json``."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from qtnb.lint.letters import CAPITALS
from qtnb.lint.tones import to_old

_DATA: Final = Path(__file__).with_name("dia_gioi.json")

_NAME: Final = rf"(?:\s+(?:[{CAPITALS}]\w*|-|\d+))*"
_DISTRICT: Final = re.compile(
    r"(?<!\w)(?:(?:[Cc]ấp\s+)?[Hh]uyện|(?:CẤP\s+)?HUYỆN|[Qq]uận|QUẬN|[Tt]hị xã|THỊ XÃ|[Tt]hị trấn|THỊ TRẤN)(?!\w)"
    rf"{_NAME}"
)
_CITY: Final = re.compile(
    r"(?<!\w)(?:(?:[Tt]hành phố|THÀNH PHỐ|T[Pp])\s+|T[Pp]\.\s*)"
    r"(?!(?:Bộ|Sở|Ủy|Uỷ|Hội|Đảng|Phòng|Văn phòng|Giám|Chủ|Phó)\b)"
    rf"(?P<ten>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*)"
)
_PROVINCE: Final = re.compile(rf"(?<!\w)(?:[Tt]ỉnh|TỈNH)\s+(?P<ten>[{CAPITALS}]\w*(?:\s+(?:-\s+)?[{CAPITALS}]\w*)*)")
_OF_THE_PAST: Final = re.compile(
    r"\(cũ\)|(?<!\w)cũ(?!\w)|trước đây|trước ngày|nguyên là|nay là|hợp nhất|sáp nhập|giải thể|sắp xếp", re.IGNORECASE
)
_KEEPS_ITS_NAME: Final = re.compile(
    r"bệnh viện|trung tâm y tế|trạm y tế|(?<!môi )(?<!thị )trường(?! hợp)|công ty|chợ|nhà máy", re.IGNORECASE
)
"""Service units and firms may carry the name of a former district; only bodies of government ended with it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that a text names and that is no longer there."""

    viet: str
    """As written."""
    het_tu: dt.date
    """The first day without it."""
    nay_la: str
    """What stands in its place; empty for districts."""
    can_cu: str
    """The text that ended it."""


@lru_cache(maxsize=8192)
def ended_districts(text: str) -> tuple[Ended, ...]:
    """The districts, thị xã, thị trấn and cities of provinces in the name of a body; none in words about the past."""
    if _OF_THE_PAST.search(text) or _KEEPS_ITS_NAME.search(text):
        return ()
    found = [place.group() for place in _DISTRICT.finditer(text)]
    found += [place.group() for place in _CITY.finditer(text) if not _is_of_the_centre(place["ten"])]
    level = _data()["cap_huyen"]
    return tuple(Ended(viet, dt.date.fromisoformat(level["het_tu"]), "", level["can_cu"]) for viet in found)


@lru_cache(maxsize=8192)
def ended_provinces(text: str) -> tuple[Ended, ...]:
    """The provinces in the name of a body that were merged or became cities; none in words about the past."""
    if _OF_THE_PAST.search(text):
        return ()
    found = ((place.group(), _provinces().get(_folded(place["ten"]))) for place in _PROVINCE.finditer(text))
    return tuple(_ended(viet, item) for viet, item in found if item)


def merged_province(dia_danh: str) -> Ended | None:
    """The merged province whose name a place name still is; None for one that lives on as a city."""
    item = _provinces().get(_folded(dia_danh))
    return None if item is None or item["nay_la"].endswith(item["ten"]) else _ended(dia_danh, item)


@cache
def end_of_districts() -> Ended:
    """When and by what the level of districts ended."""
    level = _data()["cap_huyen"]
    return Ended("cấp huyện", dt.date.fromisoformat(level["het_tu"]), "", level["can_cu"])


def _ended(viet: str, item: dict[str, str]) -> Ended:
    return Ended(viet, dt.date.fromisoformat(item["het_tu"]), item["nay_la"], item["can_cu"])


def _is_of_the_centre(name: str) -> bool:
    folded = _folded(name)
    return any(folded == city or folded.startswith(f"{city} ") for city in _cities())


@cache
def _cities() -> tuple[str, ...]:
    return tuple(_folded(name) for name in (*_data()["thanh_pho"], "HCM", "HN"))


@cache
def _provinces() -> dict[str, dict[str, str]]:
    return {_folded(item["ten"]): item for item in _data()["tinh"]}


def _folded(name: str) -> str:
    return " ".join(to_old(name.casefold()).split())


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data
