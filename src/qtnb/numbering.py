"""Giving symbols to procedures that have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType

from qtnb.collation import catalogue_key
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Assignment:
    """A symbol for one procedure."""

    source: Source
    ky_hieu: str


def assign_symbols(
    quy_trinh: Sequence[Source],
    asked: Collection[str],
    given: Mapping[str, str] = MappingProxyType({}),
) -> list[Assignment]:
    """Number the procedures without a symbol, by kind, in catalogue order.

    ``quy_trinh`` are all procedures of one kho, each fit for its schema; ``asked`` the paths of
    those that may get a number; ``given`` every symbol that the register knows, by the key of its
    procedure. A procedure gets the symbol back that it once had. New numbers follow the highest one:
    a gap may belong to a procedure that was abolished, and its number is never given again
    (format.md, "Numbering").
    """
    taken = {source.data["ky_hieu"] for source in quy_trinh if source.data.get("ky_hieu")}
    own = {khoa: symbol for khoa, symbol in given.items() if symbol not in taken}
    assignments: list[Assignment] = []
    for loai in ("CV", "LT"):
        without = [
            source
            for source in quy_trinh
            if source.data["loai"] == loai and not source.data.get("ky_hieu") and source.path in asked
        ]
        without.sort(key=lambda source: catalogue_key(source.data.get("thu_tu"), "", source.tep))
        numbers = count(highest_number(loai, taken | set(given.values())) + 1)
        for source in without:
            old = own.get(khoa_of(source.tep), "")
            symbol = old if old.startswith(loai) else f"{loai}-{next(numbers):02d}"
            assignments.append(Assignment(source, symbol))
    return assignments


def highest_number(loai: str, symbols: Iterable[str]) -> int:
    """The highest number among the ``symbols`` of one kind; 0 when there is none."""
    return max((int(symbol[3:]) for symbol in symbols if symbol.startswith(f"{loai}-")), default=0)
