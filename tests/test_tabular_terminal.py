"""Tables in the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qtnb.tabular.printed import printed
from qtnb.tabular.table import Column, Group, Kind, Table
from qtnb.tabular.terminal import Screen, terminal_text
from tabular_models import city, common_work, handovers, levels
from tabular_strategies import plain_sums, tables

WIDE = """\
Kết quả theo cấp

                      Số quy trình        Tiến độ thực hiện
                    ────────────────  ─────────────────────────
                                                Đã   Tỷ lệ               Tổng thời
                                      Đã có    phê  đã phê                    gian
                                Tổng    nội  duyệt   duyệt  Quá      Số  (ngày làm
STT  Cấp               CV  LT     số   dung    (1)     (2)  hạn    bước      việc)
───────────────────────────────────────────────────────────────────────────────────
 I   Cấp Thành phố    637   4    641    542     29   4,52%  255   4.270   3.140,23
 1   Sở, ngành        637   4    641    542     29   4,52%  255   4.270   3.140,23
II   Cấp xã         1.845   2  1.847    960    889  48,13%  389   6.972   12.433,4
 1   Phường         1.845   2  1.847    960    889  48,13%  389   6.972   12.433,4
 2   Xã                 0   0      0      0      0            0       0
III  Cấp huyện          0   0      0      0      0            0       0          0
     Tổng cộng      2.482   6  2.488  1.502    918   36,9%  644  11.242  15.573,63

(1) Số quy trình đã được người có thẩm quyền phê duyệt nội dung, tính đến ngày lập biểu;
(2) Tỷ lệ số quy trình đã phê duyệt nội dung so với tổng số quy trình; để trống khi cơ quan chưa có danh
mục.
"""


def test_a_table_stands_with_its_heads_groups_totals_and_notes() -> None:
    assert terminal_text(levels(), Screen(105, color=False)) == WIDE


@pytest.mark.parametrize("width", [80, 100, 120, 160])
@pytest.mark.parametrize("table", [city(), levels(), common_work(30), handovers(30)], ids=lambda table: table.key)
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_torn(table: Table, width: int) -> None:
    text = terminal_text(table, Screen(width, color=False))
    assert max(map(cell_len, text.splitlines())) <= width
    words = set(text.split())
    for column in table.columns:
        if column.kind in (Kind.COUNT, Kind.AMOUNT, Kind.DATE):
            assert {printed(column.kind, row.get(column.key)) for row in table.rows} - {""} <= words, column.key


def test_columns_that_do_not_fit_follow_below_with_the_names_again() -> None:
    text = terminal_text(levels(), Screen(80, color=False))
    assert text.count("Sở, ngành") == 2
    assert text.count("STT") == 2
    assert text.count("3.140,23") == 2  # head of the group, and row


def test_of_a_long_list_as_many_rows_as_asked_for_are_shown() -> None:
    text = terminal_text(city(), Screen(160, color=False, most=2))
    assert re.findall(r"^ +… +còn (\d+) dòng$", text, re.MULTILINE) == ["18", "124"]
    assert "Sở Nội vụ" in text
    assert "Sở Tài chính" not in text
    assert "4.641" in text


def test_names_are_text_and_not_markup_or_escape_sequences() -> None:
    table = Table("x", "[red]X\x1b[2J", (Column("ten", "[b]Tên"),), (Group("", "", ({"ten": "[/] \x1b[31m"},)),))
    text = terminal_text(table, Screen(80, color=False))
    assert "[red]X\ufffd[2J" in text
    assert "[/] \ufffd[31m" in text
    assert "\x1b" not in text


def test_colour_is_used_only_when_asked_for() -> None:
    assert "\x1b[1m" in terminal_text(levels(), Screen(105, color=True))
    assert "\x1b" not in terminal_text(levels(), Screen(105, color=False))


@settings(max_examples=50, deadline=None)
@given(tables(), st.integers(80, 160))
def test_any_table_shows_its_totals(table: Table, width: int) -> None:
    text = terminal_text(table, Screen(width, color=False))
    if table.total:
        for key, exact in plain_sums(table, list(table.rows)).items():
            kind = next(column.kind for column in table.columns if column.key == key)
            assert printed(kind, exact) in text.split(), key


@pytest.mark.parametrize("color", [True, False])
def test_a_long_table_laid_out_in_parts_reads_as_one(monkeypatch: pytest.MonkeyPatch, *, color: bool) -> None:
    screen = Screen(100, color=color)
    whole = [terminal_text(table, screen) for table in (city(), levels())]
    monkeypatch.setattr("qtnb.tabular.terminal._AT_ONCE", 7)
    assert [terminal_text(table, screen) for table in (city(), levels())] == whole
