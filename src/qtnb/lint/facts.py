"""What is kept of a file for rules that compare files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from qtnb.lint.views import texts

SYMBOLS: Final = "symbols_in_text"
"""Key of the symbols that the texts of a procedure name: a list of ``[place, symbol]``."""

_KEPT: Final = ("loai", "ky_hieu", "ten", "linh_vuc", "thu_tu", "chua_co_noi_dung", "ghi_chu", "thoi_gian")
_SYMBOL: Final = re.compile(r"(?<![\w/.-])(?:CV|LT)-\d+(?![\w/]|-\w)")


def facts_of(data: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The small part of a file's data that cross-file rules and integrity see, as JSON can carry it.

    Of a procedure: its head, the names of an LT's agencies, and the symbols its texts name; of a
    decision, everything. So a cached file need not be read again to be compared with others.
    """
    if data["loai"] == "QD":
        return dict(data)
    facts = {key: data[key] for key in _KEPT if key in data}
    if data.get("co_quan"):
        facts["co_quan"] = [{"ten": part["ten"]} for part in data["co_quan"]]
    if text.count("CV-") + text.count("LT-") > bool(data.get("ky_hieu")):
        facts[SYMBOLS] = [
            [list(at), symbol] for at, value in texts(data) if at != ("ky_hieu",) for symbol in _SYMBOL.findall(value)
        ]
    return facts
