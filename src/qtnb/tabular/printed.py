"""Values as a Vietnamese document prints them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import assert_never

from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.table import Cell, Kind


def printed(kind: Kind, value: Cell) -> str:
    """``1.234``, ``12,5``, ``66,67%``, ``22/11/2026``; halves are rounded up; empty for what is not computable."""
    match value:
        case None:
            return ""
        case str():
            return fit_text(value)
        case dt.date():
            return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        case int() | Fraction():
            return f"{_number(value, 100)}%" if kind is Kind.RATIO else _number(value)
        case _:
            assert_never(value)


def _number(value: int | Fraction, times: int = 1) -> str:
    """``value``, so many times: a dot after the thousands, a comma before at most two decimals."""
    if isinstance(value, int):
        return f"{value * times:,}".replace(",", ".")
    # In whole numbers, which are much faster than fractions: there may be hundreds of thousands of cells.
    above, below = abs(value.numerator) * times, value.denominator
    whole, rest = divmod((above * 200 + below) // (below * 2), 100)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    sign = "-" if value < 0 and (whole or rest) else ""
    return f"{sign}{whole:,}".replace(",", ".") + decimals
