"""Making a procedure's key from its name."""

from __future__ import annotations

import re
import unicodedata

_MOST = 60
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for devices, whatever the ending."""


def key_from_name(name: str) -> str:
    """A file stem without marks: ``Tiếp nhận, xử lý văn bản đến`` gives ``tiep-nhan-xu-ly-van-ban-den``.

    At most 60 characters, cut between words; empty when the name has neither letters nor digits.
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(words)) > _MOST and len(words) > 1:
        words.pop()
    key = "-".join(words)[:_MOST]
    return f"{key}-quy-trinh" if key in _DEVICES else key
