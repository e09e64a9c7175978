"""Random tables: any text, cells without a value, zero denominators, empty groups."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table

TEXTS = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n;,'\"<>&$_%^\\{}[]*?/:0123456789ăâđơưẤỆỹ … "),
        st.characters(),  # halves of surrogate pairs among them
    ),
    max_size=24,
)
_VALUES: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: TEXTS,
    Kind.COUNT: st.integers(-3, 10**6),
    Kind.AMOUNT: st.fractions(-5, 10**5, max_denominator=480),
    Kind.DATE: st.dates(dt.date(1899, 1, 1), dt.date(2200, 1, 1)),
}


@st.composite
def tables(draw: st.DrawFn, key: str = "bang") -> Table:
    """One table with columns of every kind."""
    kinds = [
        Kind.TEXT,
        Kind.COUNT,
        Kind.COUNT,
        *draw(st.lists(st.sampled_from([kind for kind in Kind if kind is not Kind.RATIO]), max_size=4)),
    ]
    columns = [
        Column(f"cot_{at}", draw(TEXTS), kind, over=draw(st.sampled_from(["", "", "Một", "Hai"])), summed=draw(_MOSTLY))
        for at, kind in enumerate(kinds)
    ]
    columns.append(Column("ty_le", "Tỷ lệ", Kind.RATIO, numerator="cot_1", denominator="cot_2"))
    labels = draw(st.lists(st.sampled_from(["", "A", "B", "I", "II"]), max_size=4))
    return Table(
        key,
        draw(TEXTS),
        tuple(columns),
        tuple(
            Group(label, draw(TEXTS), tuple(draw(st.lists(_rows(columns), max_size=4))) if draw(_MOSTLY) else ())
            for label in labels
        ),
        total=draw(st.sampled_from(["Tổng cộng", "Tổng cộng", ""])),
        footnotes=tuple(draw(st.lists(TEXTS, max_size=2))),
        sheet=draw(TEXTS),
        numbered=draw(_MOSTLY),
    )


_MOSTLY = st.sampled_from([True, True, True, False])


def _rows(columns: list[Column]) -> st.SearchStrategy[Cells]:
    return st.fixed_dictionaries(
        {column.key: st.none() | _VALUES[column.kind] for column in columns if column.kind is not Kind.RATIO}
    )


def plain_sums(table: Table, rows: list[Cells]) -> dict[str, Fraction]:
    """The totals, counted another way than in the code under test."""
    sums: dict[str, Fraction] = {}
    for column in table.columns:
        if column.summed and column.kind in (Kind.COUNT, Kind.AMOUNT):
            sums[column.key] = Fraction(0)
            for row in rows:
                value = row.get(column.key)
                if value is not None:
                    sums[column.key] += Fraction(value)  # type: ignore[arg-type]
    return sums
