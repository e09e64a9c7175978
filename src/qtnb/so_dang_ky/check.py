"""A register held against itself, the kept contents and the files of its kho."""

from __future__ import annotations

from collections.abc import Iterator

from qtnb.so_dang_ky.amending import empty_drafts
from qtnb.so_dang_ky.beside import Placed, RegisterCheck
from qtnb.so_dang_ky.blocks import edited_by_hand, lost
from qtnb.so_dang_ky.decision_numbers import numbers_twice
from qtnb.so_dang_ky.decisions import check_decisions
from qtnb.so_dang_ky.procedures import check_procedures
from qtnb.so_dang_ky.strays import strays
from qtnb.so_dang_ky.symbols import check_symbols


def check_register(kho: RegisterCheck) -> Iterator[Placed]:
    """Check a register against itself, the kept contents and the files. Findings stand where the mistake is."""
    edited = [(kho.source, remark) for remark in edited_by_hand(kho.source, kho.register)]
    yield from edited
    if edited:  # what follows would only repeat it in other words
        return
    yield from lost(kho)
    yield from ((kho.source, remark) for remark in numbers_twice(kho.register))
    yield from check_symbols(kho)
    yield from check_procedures(kho)
    yield from check_decisions(kho)
    yield from empty_drafts(kho)
    yield from strays(kho)
