"""The figures that the sentences of a report are made of, and how sentences write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from qtnb.aggregate.facts import CountedKho
from qtnb.aggregate.figures import Sums
from qtnb.aggregate.plan import KeHoachTongHop
from qtnb.aggregate.standing import When
from qtnb.aggregate.tables import NAME
from qtnb.finding import Finding
from qtnb.grouping.result import Grouping
from qtnb.model import CoQuan
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Cells, Kind, Table
from qtnb.words.writing import one_line, two_digits

CHARTS: Final = "bieu_do"
"""Key of the appendix of charts among the labels."""
_TEN: Final = 10
NAMED: Final = 5
"""Agencies that a sentence names at most; its appendix names all."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that there is to tell."""

    plan: KeHoachTongHop
    co_quan: CoQuan
    """Who reports."""
    when: When
    tong: Sums
    tables: Mapping[str, Table]
    """Every table of figures by its key, whether it is printed or not."""
    kho: Sequence[CountedKho]
    findings: Sequence[Finding]
    works: Grouping | None
    """Common and particular work; None: nobody asked for it."""
    labels: Mapping[str, str]
    """``Phụ lục II``, by the key of the table that is printed there; and :data:`CHARTS`."""

    def count(self, key: str) -> int:
        """A figure of the whole that counts something."""
        return int(self.tong.get(key, 0))

    def rows(self, table: str) -> Sequence[Cells]:
        """The rows of a table; none where there is no such table."""
        return self.tables[table].rows if table in self.tables else ()

    def see(self, *tables: str) -> str:
        """``(Phụ lục II, Phụ lục VI)`` after a space: where these tables are printed; empty where none is."""
        labels = [self.labels[table] for table in tables if table in self.labels]
        return f" ({', '.join(labels)})" if labels else ""


def counted(count: int) -> str:
    """A count as reports write it: ``05``, ``1.460``."""
    return two_digits(count) if 0 < count < _TEN else printed(Kind.COUNT, count)


def amount(value: int | Fraction) -> str:
    """``12,5``."""
    return printed(Kind.AMOUNT, Fraction(value))


def share(part: int, whole: int) -> str:
    """``120/160 quy trình`` needs no share of nothing: `` (75%)``, empty where ``whole`` is zero."""
    return f" ({printed(Kind.RATIO, Fraction(part, whole))})" if whole else ""


def out_of(part: int, whole: int, what: str) -> str:
    """``120/160 quy trình (75%)``."""
    return f"{counted(part)}/{counted(whole)} {what}{share(part, whole)}"


def number_of(row: Cells, key: str) -> int:
    """A count in a row; zero where the table has no such column."""
    value = row.get(key)
    return value if isinstance(value, int) else 0


def most_first(rows: Iterable[Cells], key: str) -> list[Cells]:
    """The rows with a count above zero, the largest first, equal ones in the order of the table."""
    return sorted((row for row in rows if number_of(row, key)), key=lambda row: -number_of(row, key))


def with_counts(rows: Sequence[Cells], key: str, most: int = NAMED) -> str:
    """``gồm: A (12 quy trình); B (03 quy trình)``; of many rows, the largest first, those with the most."""
    named = [f"{name_of(row)} ({counted(number_of(row, key))} quy trình)" for row in rows[:most]]
    if len(rows) <= most:
        opening = "gồm"
    else:
        # Where the next one has as many, these are not the only ones with the most.
        opening = "nhiều nhất là" if number_of(rows[most - 1], key) > number_of(rows[most], key) else "trong đó có"
    return f"{opening}: {'; '.join(named)}"


def listed(names: Sequence[str]) -> str:
    """``: A; B``; empty where there are too many to name in a sentence."""
    return f": {'; '.join(map(one_line, names))}" if len(names) <= NAMED else ""


def name_of(row: Cells) -> str:
    """The name of a row, on one line."""
    return one_line(str(row.get(NAME) or ""))


def numbered(items: Iterable[str]) -> tuple[str, ...]:
    """Paragraphs with their numbers: ``1. …``."""
    return tuple(f"{number}. {item}" for number, item in enumerate(items, start=1))
