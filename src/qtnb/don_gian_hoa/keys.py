"""What the names of procedures in decisions mean."""

from __future__ import annotations

from collections.abc import Mapping

from qtnb.diff.kho import State
from qtnb.so_dang_ky.model import SoDangKy


def keys_of(old: State, new: State, register: SoDangKy | None) -> Mapping[str, str]:
    """The key of each procedure by its symbol, as decisions may name either; the register knows lapsed ones, too."""
    known = {} if register is None else {item.ky_hieu: item.khoa for item in register.quy_trinh.values()}
    here, there = ({item.ky_hieu: item.khoa for item in state.quy_trinh if item.ky_hieu} for state in (old, new))
    return known | here | there
