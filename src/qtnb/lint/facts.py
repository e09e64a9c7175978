"""What is kept of a file for rules that compare files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from qtnb.lint.views import texts
from qtnb.model import Phan, quy_trinh_from

SYMBOLS: Final = "symbols_in_text"
"""Key of the symbols that the texts of a procedure name: a list of ``[place, symbol]``."""

SEALS: Final = "dau"
"""Key of the seals of a procedure, by part."""
REGISTERED: Final = "x-so-dang-ky"
"""Setting of a kho that has a register: there the seals are facts too."""

_KEPT: Final = ("loai", "ky_hieu", "ten", "linh_vuc", "thu_tu", "chua_co_noi_dung", "ghi_chu", "thoi_gian")
_SYMBOL: Final = re.compile(r"(?<![\w/.-])(?:CV|LT)-\d+(?![\w/]|-\w)")


def facts_of(data: Mapping[str, Any], text: str, sealed: str = "") -> dict[str, Any]:
    """The small part of a file's data that cross-file rules and integrity see, as JSON can carry it.

    Of a procedure: its head, the names of an LT's agencies, and the symbols its texts name; of a
    decision, everything. So a cached file need not be read again to be compared with others. With
    its name in the kho as ``sealed``, a procedure's seals are among them.
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
    if sealed:
        from qtnb.seal import seals_of  # few kho have a register

        facts[SEALS] = {phan.value: seal for phan, seal in seals_of(quy_trinh_from(sealed, data), Phan).items()}
    return facts
