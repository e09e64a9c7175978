"""How far the members of a group lie apart in steps and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qtnb.grouping.records import Record


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the ends of some amounts, exact."""

    trung_vi: Fraction
    """The median: of an even number of amounts, half of the sum of the two in the middle."""
    it_nhat: Fraction
    it_nhat_o: tuple[str, ...]
    """The agencies with the least amount, in order."""
    nhieu_nhat: Fraction
    nhieu_nhat_o: tuple[str, ...]
    """The agencies with the greatest amount; empty when all are equal."""
    so_luong: int
    """How many amounts there are."""


@dataclass(frozen=True, slots=True)
class TimeSpread:
    """The spread of declared times, all of one unit."""

    don_vi: str
    """The unit of most members; of as many, the first in the alphabet."""
    spread: Spread
    don_vi_khac: int
    """Members with a time of another unit, which cannot be compared with these."""
    khong_tinh_duoc: int
    """Members with content whose time is not declared or cannot be counted."""


def steps_of(members: Iterable[Record]) -> Spread | None:
    """The spread of the numbers of steps; None when no member has content."""
    return _spread([(Fraction(member.so_buoc), member.co_quan.ten) for member in members if member.so_buoc is not None])


def times_of(members: Sequence[Record]) -> TimeSpread | None:
    """The spread of the declared times; None when there is none that can be counted."""
    units = Counter(member.thoi_gian.don_vi for member in members if member.thoi_gian)
    if not units:
        return None
    unit = min(units, key=lambda name: (-units[name], name))
    spread = _spread(
        [
            (member.thoi_gian.so, member.co_quan.ten)
            for member in members
            if member.thoi_gian and member.thoi_gian.don_vi == unit
        ]
    )
    assert spread is not None  # noqa: S101 - some member has this unit
    uncounted = sum(member.thoi_gian is None and member.so_buoc is not None for member in members)
    return TimeSpread(unit, spread, sum(units.values()) - units[unit], uncounted)


def _spread(amounts: Sequence[tuple[Fraction, str]]) -> Spread | None:
    if not amounts:
        return None
    ordered = sorted(amount for amount, _ in amounts)
    least, most = ordered[0], ordered[-1]
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return Spread(
        middle,
        least,
        tuple(dict.fromkeys(name for amount, name in amounts if amount == least)) if least != most else (),
        most,
        tuple(dict.fromkeys(name for amount, name in amounts if amount == most)) if least != most else (),
        len(ordered),
    )
