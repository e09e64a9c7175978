"""Responsibility and load in a roll-up: when they are asked for, and their tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from qtnb.aggregate.load.tables import AGENCIES, ASSIGNED, DOERS, HANDOVERS, MATRIX, UNITS

if TYPE_CHECKING:
    from qtnb.aggregate.facts import CountedKho
    from qtnb.aggregate.standing import When
    from qtnb.tabular.table import Table

FIRST_SHOWN: Final = (AGENCIES, UNITS, HANDOVERS)
"""Tables that a person sees who asks for none."""
TABLES: Final = (AGENCIES, UNITS, DOERS, HANDOVERS, MATRIX, ASSIGNED)
"""Keys of the tables, which nobody needs to ask for twice: to name one is to ask for them."""
_PRINTED_UNITS: Final = 300
"""Rows of the table of units that a report prints, some twelve pages; those of a city would fill a hundred."""


def is_printed(table: Table) -> bool:
    """Whether a report prints a table, as far as its length goes."""
    return table.key not in {DOERS, ASSIGNED} and (table.key != UNITS or len(table.rows) <= _PRINTED_UNITS)


def loads_for(kho: Sequence[CountedKho], when: When, bang: Collection[str]) -> tuple[Table, ...]:
    """The tables of ``kho``, given in report order; that of assignments, a long one, only where ``bang`` names it."""
    from qtnb.aggregate.load.adding import loads_of
    from qtnb.aggregate.load.assigned import assigned_of
    from qtnb.aggregate.load.duties import Duties
    from qtnb.aggregate.load.tables import assigned_table, load_tables

    facts = [item.facts for item in kho]
    duties = Duties(facts)
    loads = loads_of(facts, duties)
    tables = load_tables(loads, when)
    return (*tables, assigned_table(assigned_of(facts, duties, loads))) if ASSIGNED in bang else tables
