"""Tables laid out for reading, and values as documents print them."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtnb.tabular.cell_text import fit_text, shortened
from qtnb.tabular.layout import Over, Part, lines_of, overs_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table
from tabular_models import levels
from tabular_strategies import TEXTS, plain_sums, tables

PRINTED: list[tuple[Kind, Cell, str]] = [
    (Kind.TEXT, "một\r\nhai", "một\nhai"),
    (Kind.TEXT, None, ""),
    (Kind.COUNT, 0, "0"),
    (Kind.COUNT, 1234567, "1.234.567"),
    (Kind.COUNT, -1234, "-1.234"),
    (Kind.AMOUNT, 12, "12"),
    (Kind.AMOUNT, Fraction(25, 2), "12,5"),
    (Kind.AMOUNT, Fraction(1, 480), "0"),
    (Kind.AMOUNT, Fraction(-1, 480), "0"),
    (Kind.AMOUNT, Fraction(1, 8), "0,13"),
    (Kind.AMOUNT, Fraction(-1, 8), "-0,13"),
    (Kind.AMOUNT, Fraction(1999, 1000), "2"),
    (Kind.AMOUNT, Fraction(123456789, 100), "1.234.567,89"),
    (Kind.RATIO, Fraction(2, 3), "66,67%"),
    (Kind.RATIO, Fraction(1), "100%"),
    (Kind.RATIO, Fraction(0), "0%"),
    (Kind.RATIO, None, ""),
    (Kind.DATE, dt.date(2026, 1, 5), "05/01/2026"),
]


@pytest.mark.parametrize(("kind", "value", "text"), PRINTED)
def test_a_value_is_printed_as_documents_write_it(kind: Kind, value: Cell, text: str) -> None:
    assert printed(kind, value) == text


@given(st.fractions())
def test_an_amount_is_rounded_to_hundredths_halves_up(value: Fraction) -> None:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if value.denominator < 1000 and abs(value) < 10**9:
        shown = Decimal(printed(Kind.AMOUNT, value).replace(".", "").replace(",", "."))
        assert shown == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_rows_are_numbered_in_each_group_that_has_a_head() -> None:
    row: Cells = {"ten": "x"}
    table = Table(
        "x",
        "X",
        (Column("ten", "Tên"),),
        (Group("", "", (row, row)), Group("", "", (row,)), Group("A", "Sở", (row,)), Group("B", "Xã", ())),
    )
    assert [(line.part, line.number, line.cells["ten"]) for line in lines_of(table)] == [
        (Part.ROW, "1", "x"),
        (Part.ROW, "2", "x"),
        (Part.ROW, "3", "x"),
        (Part.GROUP, "A", "Sở"),
        (Part.ROW, "1", "x"),
        (Part.GROUP, "B", "Xã"),
        (Part.TOTAL, "", "Tổng cộng"),
    ]


def test_without_a_column_of_numbers_the_label_stands_before_the_name_of_the_group() -> None:
    table = Table("x", "X", (Column("ten", "Tên"),), (Group("A", "Sở", ()),), total="", numbered=False)
    assert [line.cells for line in lines_of(table)] == [{"ten": "A. Sở"}]


def test_neighbours_with_the_same_head_over_them_share_it() -> None:
    assert overs_of(levels().columns) == [
        Over("", 0, 0),
        Over("Số quy trình", 1, 3),
        Over("Tiến độ thực hiện", 4, 7),
        Over("", 8, 8),
        Over("", 9, 9),
    ]


@given(tables())
def test_the_lines_of_any_table_add_up(table: Table) -> None:
    lines = list(lines_of(table))
    assert [line.cells for line in lines if line.part is Part.ROW] == list(table.rows)
    heads = [line for line in lines if line.part is Part.GROUP]
    groups = [group for group in table.groups if group.label]
    name = table.columns[0].key
    for line, group in zip(heads, groups, strict=True):
        sums = {key: value for key, value in line.cells.items() if key != name}
        assert sums == (plain_sums(table, list(group.rows)) if table.total else {})
    totals = [line.cells for line in lines if line.part is Part.TOTAL]
    assert totals == ([{name: table.total, **plain_sums(table, list(table.rows))}] if table.total else [])


@given(TEXTS)
def test_a_text_made_fit_can_be_written_and_stays_readable(text: str) -> None:
    fit = fit_text(text)
    fit.encode()
    assert not set(fit) & {chr(code) for code in range(32) if chr(code) not in "\t\n"}
    assert fit_text(fit) == fit
    if text.isprintable():
        assert fit == text


@given(st.text(), st.integers(2, 50))
def test_a_shortened_text_fits_and_shows_that_it_is_cut(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short.encode("utf-16-le")) // 2 <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
