"""Workbooks: read back with openpyxl, calculated anew by LibreOffice."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from libreoffice_calc import needs_calc, recalculated, shown_as_csv
from qtnb.errors import QtnbError
from qtnb.tabular.layout import Line, Part, lines_of
from qtnb.tabular.sheet_names import sheet_names
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from qtnb.tabular.xlsx import About, write_workbook
from tabular_models import NGAY, city, common_work, handovers, levels
from tabular_strategies import TEXTS, plain_sums, tables

ABOUT = About("Báo cáo", "Văn phòng Ủy ban nhân dân Thành phố", "Số liệu đến ngày 22/11/2026", NGAY)
EVERYTHING = (city(), levels(), common_work(40), handovers(30))


def written(path: Path, *tables_: Table, about: About = ABOUT) -> Path:
    write_workbook(path, tables_, about)
    return path


def sheets(path: Path, *, values: bool = True) -> Sequence[Any]:
    return openpyxl.load_workbook(path, data_only=values).worksheets


def top_of(table: Table, *, note: bool = True) -> int:
    """The row of the first line, counted from 1."""
    return (5 if note else 4) + (1 if any(column.over for column in table.columns) else 0)


def lines_with_cells(table: Table, sheet: Any) -> Iterator[tuple[Line, dict[str, Any]]]:
    """Every line with its cells by the keys of their columns."""
    first = 2 if table.numbered else 1
    for row, line in enumerate(lines_of(table), start=top_of(table)):
        yield line, {column.key: sheet.cell(row, first + at) for at, column in enumerate(table.columns)}


def assert_shows_the_exact_sums(table: Table, sheet: Any) -> None:
    groups = iter([group for group in table.groups if group.label])
    for line, cells in lines_with_cells(table, sheet):
        if line.part is Part.ROW:
            sums = dict(line.cells)
        elif not table.total:
            next(groups)
            continue
        else:
            rows = list(next(groups).rows if line.part is Part.GROUP else table.rows)
            sums = dict(plain_sums(table, rows))
        for column in table.columns:
            exact = sums.get(column.key)
            if column.kind is Kind.RATIO:
                above, below = sums.get(column.numerator), sums.get(column.denominator)
                exact = Fraction(above) / Fraction(below) if above is not None and below else None  # type: ignore[arg-type]
            if column.kind in (Kind.COUNT, Kind.AMOUNT, Kind.RATIO):
                shown = cells[column.key].value
                place = f"{table.key} {cells[column.key].coordinate}"
                if exact is None:
                    assert shown in (None, ""), place
                else:
                    assert shown == pytest.approx(float(exact), rel=1e-12, abs=1e-9), place  # type: ignore[arg-type]


# --- figures ----------------------------------------------------------------------------------------


def test_values_beside_the_formulas_are_the_exact_ones(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", *EVERYTHING)
    for table, sheet in zip(EVERYTHING, sheets(path), strict=True):
        assert_shows_the_exact_sums(table, sheet)


@needs_calc
def test_libreoffice_calculates_the_same_totals_and_ratios(tmp_path: Path) -> None:
    path = recalculated(written(tmp_path / "a.xlsx", *EVERYTHING), tmp_path)
    for table, sheet in zip(EVERYTHING, sheets(path), strict=True):
        assert_shows_the_exact_sums(table, sheet)


@needs_calc
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.lists(tables(), min_size=8, max_size=20))
def test_libreoffice_calculates_the_same_for_any_table(random_tables: list[Table]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = recalculated(written(Path(folder) / "a.xlsx", *random_tables), Path(folder))
        for table, sheet in zip(random_tables, sheets(path), strict=True):
            assert_shows_the_exact_sums(table, sheet)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_any_table_is_written_with_its_exact_sums(table: Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (sheet,) = sheets(written(Path(folder) / "a.xlsx", table))
        assert_shows_the_exact_sums(table, sheet)


def test_sums_and_ratios_are_formulas_over_the_rows_of_their_group(tmp_path: Path) -> None:
    _, sheet = sheets(written(tmp_path / "a.xlsx", city(), levels()), values=False)
    assert [sheet.cell(row, 3).value for row in range(6, 13)] == [
        "=SUBTOTAL(9,C7:C7)", 637, "=SUBTOTAL(9,C9:C10)", 1845, 0, 0, "=SUBTOTAL(9,C6:C11)",
    ]  # fmt: skip
    assert sheet["H7"].value == '=IF(COUNT(G7,E7)<2,"",IF(E7=0,"",G7/E7))'
    assert [sheet.cell(row, 1).value for row in range(6, 13)] == ["I", 1, "II", 1, 2, "III", ""]


def test_columns_that_are_not_to_be_summed_have_no_total(tmp_path: Path) -> None:
    table = replace(common_work(3), total="Tổng cộng")
    (sheet,) = sheets(written(tmp_path / "a.xlsx", table), values=False)
    assert [sheet.cell(9, column).value for column in range(2, 9)] == [
        "Tổng cộng", "=SUBTOTAL(9,C6:C8)", None, None, None, None, None,
    ]  # fmt: skip


# --- texts ------------------------------------------------------------------------------------------

HOSTILE = (
    '=HYPERLINK("http://x","y")', "=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.com", "mailto:a@b",
    "internal:Sheet1!A1", "0123", "1e5", "12/5", "  =1", "\t=1", "_x0041_", "a\x00b\x1bc\ufffe", "\ud800",
    "dòng\r\nhai", "TRUE",
)  # fmt: skip


def hostile_table() -> Table:
    columns = (Column("ten", "=cmd|' /C calc'!A0"), Column("chu", "@SUM"), Column("so", "+1", Kind.COUNT))
    rows: tuple[Cells, ...] = tuple({"ten": text, "chu": text, "so": 1} for text in HOSTILE)
    return Table("x", "=1+1", columns, (Group("=1", "=2", rows),), footnotes=("=3",), sheet="=4")


def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", hostile_table(), about=replace(ABOUT, note="=5", title="=6", agency="=7"))
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    assert "<hyperlink" not in xml
    assert not [name for name in names if "worksheets/_rels" in name]
    assert set(re.findall(r"<f>(.*?)</f>", xml)) == {"SUBTOTAL(9,D6:D24)", "SUBTOTAL(9,D5:D24)"}
    (sheet,) = sheets(path)
    rows = range(6, 6 + len(HOSTILE))
    assert {sheet.cell(row, column).data_type for row in rows for column in (2, 3)} == {"s"}
    # Editing such a cell in Excel does not bring it to life either.
    quoted = re.findall(r'<c r="(B\d+)" s="(\d+)"', xml)
    forms = re.findall(r"<xf [^>]*?(?:/>|>)", styles[styles.index("<cellXfs") :])
    starts = [place for place, form in quoted if 'quotePrefix="1"' in forms[int(form)]]
    assert starts == ["B5", "B6", "B7", "B8", "B9", "B10", "B18", "B19"]


@needs_calc
def test_libreoffice_shows_every_text_as_it_is(tmp_path: Path) -> None:
    (shown,) = shown_as_csv(written(tmp_path / "a.xlsx", hostile_table()), tmp_path / "csv")
    text = shown.read_text(encoding="utf-8")
    assert ',"=1+1","=1+1",1\n' in text or ",=1+1,=1+1,1\n" in text
    assert ",+1,+1,1\n" in text
    assert ",-1,-1,1\n" in text
    assert ",@SUM(A1),@SUM(A1),1\n" in text
    assert ",0123,0123,1\n" in text
    assert "Err:" not in text
    assert "#NAME" not in text


def test_control_characters_show_and_line_ends_stay(tmp_path: Path) -> None:
    (sheet,) = sheets(written(tmp_path / "a.xlsx", hostile_table()))
    shown = [sheet.cell(row, 2).value for row in range(6, 6 + len(HOSTILE))]
    assert shown[-4] == "a\ufffdb\ufffdc\ufffd"
    assert shown[-3:] == ["\ufffd", "dòng\nhai", "TRUE"]


def test_a_text_longer_than_a_cell_is_cut_visibly(tmp_path: Path) -> None:
    texts = ("a" * 40_000, "𝕏" * 20_000, "b" * 32_767)
    columns = (Column("ten", "Tên"),)
    (sheet,) = sheets(
        written(tmp_path / "a.xlsx", Table("x", "X", columns, (Group("", "", tuple({"ten": t} for t in texts)),)))
    )
    one, two, three = (sheet.cell(row, 2).value for row in (5, 6, 7))
    assert one == "a" * 32_766 + "…"
    assert two == "𝕏" * 16_383 + "…"
    assert three == texts[2]


def test_names_of_sheets_are_short_unique_and_allowed() -> None:
    wanted = [
        "Theo cơ quan",
        "theo CƠ QUAN",
        "[a]:b*c?d/e\\f",
        "'",
        "",
        "History",
        "x" * 40,
        "x" * 40,
        "𝕏" * 20,
        "\x00",
    ]
    names = sheet_names(wanted)
    assert names == [
        "Theo cơ quan", "theo CƠ QUAN (2)", "a b c d e f", "Bảng", "Bảng (2)", "History (2)",
        "x" * 30 + "…", "x" * 26 + "… (2)", "𝕏" * 15 + "…", "\ufffd",
    ]  # fmt: skip


@given(st.lists(TEXTS, max_size=30))
def test_any_names_of_sheets_are_allowed(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


# --- looks ------------------------------------------------------------------------------------------


def test_a_sheet_is_ready_to_filter_and_to_print(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", city(), handovers(70))
    sheet, wide = sheets(path)
    assert sheet.title == "Theo cơ quan"
    assert [sheet["A1"].value, sheet["A2"].value] == [city().title.upper(), ABOUT.note]
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref == "A5:L153"
    assert sheet.print_title_rows == "$4:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert not wide.sheet_properties.pageSetUpPr.fitToPage
    assert wide.print_title_cols == "$A:$B"
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A1:L1", "A4:A5", "B4:B5", "C4:E4", "F4:I4", "J4:J5"} <= merged
    assert [cell.value for cell in sheet[5]][2:9] == [column.title for column in city().columns[1:8]]
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
        "Times New Roman"
    }
    assert [sheet["A156"].value, sheet["A157"].value[:12]] == ["Ghi chú:", "(1) Số quy t"]


def test_numbers_have_formats_that_follow_the_readers_locale(tmp_path: Path) -> None:
    sheet, work = sheets(written(tmp_path / "a.xlsx", city(), common_work(2)))
    assert [sheet[f"{column}7"].number_format for column in "CHK"] == ["#,##0", "0.##%", "#,##0.##"]
    assert work["H6"].number_format == "dd/mm/yyyy"
    assert work["H6"].value == dt.datetime(2026, 11, 22)  # noqa: DTZ001 - a cell knows no time zone
    # A whole number has no sign of decimals with nothing after it.
    (rule,) = (rule for cells in sheet.conditional_formatting if str(cells.sqref) == "K6:K154" for rule in cells.rules)
    assert (rule.formula, rule.dxf.numFmt.formatCode) == (["IF(ISNUMBER(K6),ROUND(K6,2)=ROUND(K6,0))"], "#,##0")


def test_a_day_before_the_first_of_excel_is_a_text(tmp_path: Path) -> None:
    table = Table("x", "X", (Column("ten", "Tên"), Column("ngay", "Ngày", Kind.DATE)), (
        Group("", "", ({"ten": "a", "ngay": dt.date(1899, 12, 31)},)),
    ))  # fmt: skip
    (sheet,) = sheets(written(tmp_path / "a.xlsx", table))
    assert sheet["C5"].value == "31/12/1899"


def test_the_validator_finds_no_error(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", *EVERYTHING, hostile_table())
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


@settings(max_examples=15, deadline=None)
@given(tables())
def test_the_validator_finds_no_error_in_any_table(table: Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "a.xlsx", table)
        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


# --- the file ---------------------------------------------------------------------------------------

_WRITE = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_tabular_xlsx import EVERYTHING, written
written(Path(sys.argv[2]), *EVERYTHING)
"""


def _written_elsewhere(path: Path, **environment: str) -> str:
    subprocess.run(
        [sys.executable, "-c", _WRITE, str(Path(__file__).parent), str(path)],
        check=True,
        env={**os.environ, **environment},
    )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_machines_two_time_zones_give_equal_bytes(tmp_path: Path) -> None:
    one = _written_elsewhere(tmp_path / "một.xlsx", TZ="Asia/Ho_Chi_Minh", PYTHONHASHSEED="1")
    two = _written_elsewhere(tmp_path / "two.xlsx", TZ="America/New_York", PYTHONHASHSEED="2")
    assert one == two


def test_the_properties_tell_title_agency_and_day(tmp_path: Path) -> None:
    properties = openpyxl.load_workbook(written(tmp_path / "a.xlsx", levels())).properties
    assert (properties.title, properties.creator) == (ABOUT.title, ABOUT.agency)
    assert properties.created == dt.datetime(2026, 11, 22)  # noqa: DTZ001 - openpyxl's


def test_a_table_larger_than_a_sheet_is_refused(tmp_path: Path) -> None:
    table = Table("x", "Danh sách", (Column("ten", "Tên"),), (Group("", "", ({"ten": "a"},) * 1_048_576),))
    with pytest.raises(QtnbError) as caught:
        written(tmp_path / "a.xlsx", table)
    assert caught.value.message == (
        "Bảng “Danh sách” có 1.048.576 dòng, 1 cột, nhiều hơn một trang tính của Excel chứa được."
    )
    assert caught.value.hint == "Ghi bảng này ra CSV hoặc Parquet."
    assert list(tmp_path.iterdir()) == []
