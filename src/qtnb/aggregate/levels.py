"""The levels of government on a day: three until 30/6/2025, two since."""

from __future__ import annotations

import datetime as dt
from typing import Final

TWO_LEVELS_SINCE: Final = dt.date(2025, 7, 1)
"""The first day without the district level (Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025)."""

ORDER: Final = ("tinh", "so", "huyen", "xa")
"""The levels as ``cap`` of qtnb.yaml names them, in the order of reports."""

_TITLES: Final = {"tinh": "Ủy ban nhân dân cấp tỉnh", "so": "Sở, ban, ngành", "huyen": "Cấp huyện"}
_LOWEST: Final = ("Xã, phường, thị trấn", "Xã, phường, đặc khu")
"""What the level ``xa`` consisted of with districts, and consists of without."""


def has_district_level(day: dt.date) -> bool:
    """Whether there are three levels of local government on ``day``."""
    return day < TWO_LEVELS_SINCE


def level_title(cap: str, day: dt.date) -> str:
    """What a report of ``day`` calls a level."""
    return _TITLES.get(cap) or _LOWEST[not has_district_level(day)]
