"""Giving symbols to procedures that have none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qtnb.collation import catalogue_key
from qtnb.source import Source


@dataclass(frozen=True, slots=True)
class Assignment:
    """A symbol for one procedure."""

    source: Source
    ky_hieu: str


def assign_symbols(quy_trinh: Sequence[Source], asked: Collection[str]) -> list[Assignment]:
    """Number the procedures without a symbol, by kind, in catalogue order.

    ``quy_trinh`` are all procedures of one kho, each fit for its schema; ``asked`` the paths of
    those that may get a number. Symbols given stay. New numbers follow the highest one: a gap may
    belong to a procedure that was abolished, and its number is never given again (format.md,
    "Numbering").
    """
    assignments: list[Assignment] = []
    for loai in ("CV", "LT"):
        of_kind = [source for source in quy_trinh if source.data["loai"] == loai]
        symbols = [source.data.get("ky_hieu") or "" for source in of_kind]
        highest = max((int(symbol[3:]) for symbol in symbols if symbol.startswith(f"{loai}-")), default=0)
        without = [source for source in of_kind if not source.data.get("ky_hieu") and source.path in asked]
        without.sort(key=lambda source: catalogue_key(source.data.get("thu_tu"), "", source.tep))
        assignments.extend(
            Assignment(source, f"{loai}-{number:02d}") for number, source in enumerate(without, highest + 1)
        )
    return assignments
