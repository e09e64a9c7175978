"""CSV, JSON and Parquet: read back with other readers, and inert."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from pyarrow import parquet

from libreoffice_calc import converted, needs_calc, recalculated
from qtnb.errors import QtnbError
from qtnb.tabular.csv import csv_text, write_csv
from qtnb.tabular.json import tables_data
from qtnb.tabular.parquet import write_parquet
from qtnb.tabular.table import Column, Group, Kind, Table
from qtnb.tabular.xlsx import About, write_workbook
from tabular_models import city, common_work, levels
from tabular_strategies import plain_sums, tables


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_json(*tables_: Table) -> dict[str, Any]:
    """What a reader of the document gets."""
    data: dict[str, Any] = json.loads(json.dumps(tables_data(tables_), ensure_ascii=False))
    return data


def close(shown: float | None, exact: Fraction) -> bool:
    return shown is not None and abs(Fraction(shown) - exact) <= abs(exact) / 10**12 + Fraction(1, 10**9)


# --- CSV --------------------------------------------------------------------------------------------


def test_a_file_is_what_excel_and_rfc_4180_expect(tmp_path: Path) -> None:
    paths = write_csv(tmp_path, [levels(), common_work(2)])
    assert [path.name for path in paths] == ["cap.csv", "cong_viec_chung.csv"]
    assert paths[0].read_bytes().startswith(b"\xef\xbb\xbfnhom,ten_nhom,ten,cv,")
    with paths[1].open(encoding="utf-8-sig", newline="") as file:
        assert file.read().split("\r\n") == [
            "ten,so_co_quan,ngan_nhat,trung_vi,dai_nhat,dai_nhat_o,ngay_sua",
            '"Tiếp nhận, xử lý văn bản đến, mức 1",117,1,4.5,35,Ủy ban nhân dân xã Thanh Trì,2026-11-22',
            '"Phát hành văn bản đi, mức 1",50,0.375,5,33.333333333333336,Ủy ban nhân dân xã Đại Thanh,2026-11-21',
            "",
        ]


INERT = [
    ("=1+1", "'=1+1"),
    ("+84 24", "'+84 24"),
    ("-5", "'-5"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t'=1"),
    ("\r=1", "\n'=1"),
    ("  =1", "'  =1"),
    ("＝1", "'＝1"),
    ("a;=1", "a;'=1"),
    ("a\n- b", "a\n'- b"),
    ("a=1", "a=1"),
    ("Phường Hà Đông - Hà Nội", "Phường Hà Đông - Hà Nội"),
]


@pytest.mark.parametrize(("text", "shown"), INERT)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str, shown: str) -> None:
    table = Table("x", "X", (Column("ten", "Tên"),), (Group("=A", "=nhóm", ({"ten": text},)),))
    assert read_csv(csv_text(table)) == [{"nhom": "'=A", "ten_nhom": "'=nhóm", "ten": shown}]


def test_a_negative_number_stays_a_number() -> None:
    columns = (Column("ten", "Tên"), Column("so", "Số", Kind.COUNT), Column("ngay", "Ngày", Kind.AMOUNT))
    table = Table("x", "X", columns, (Group("", "", ({"ten": "", "so": -5, "ngay": Fraction(-1, 2)},)),))
    assert csv_text(table) == "ten,so,ngay\r\n,-5,-0.5\r\n"


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_cell_of_any_table_begins_a_formula_whatever_the_separator(table: Table) -> None:
    text = csv_text(table)
    numbers = {"cot_1", "cot_2", "ty_le", *(c.key for c in table.columns if c.kind in (Kind.COUNT, Kind.AMOUNT))}
    for row in read_csv(text):
        for key, value in row.items():
            if key not in numbers:
                for separator in ";\t\n":
                    assert not [part for part in value.split(separator) if part.lstrip(" ").startswith(tuple("=+-@"))]


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_rows_of_any_file_add_up_to_the_totals(table: Table) -> None:
    rows = read_csv(csv_text(table))
    assert len(rows) == len(table.rows)
    for key, exact in plain_sums(table, list(table.rows)).items():
        assert close(float(sum(Fraction(row[key]) for row in rows if row[key])), exact), key


@needs_calc
def test_libreoffice_opens_a_file_without_running_anything(tmp_path: Path) -> None:
    columns = (Column("ten", "Tên"), Column("so", "Số", Kind.COUNT))
    texts = [text for text, _ in INERT]
    table = Table("x", "X", columns, (Group("", "", tuple({"ten": text, "so": 7} for text in texts)),))
    (path,) = write_csv(tmp_path, [table])
    sheet = openpyxl.load_workbook(converted(path, "xlsx", tmp_path / "out")).active
    assert sheet is not None
    types = {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row}
    assert types == {"s"}


# --- JSON -------------------------------------------------------------------------------------------


def test_the_data_of_a_table_are_rows_sums_and_notes() -> None:
    data = as_json(levels())["cap"]
    assert data["tieu_de"] == "Kết quả theo cấp"
    assert data["cot"][6] == {
        "khoa": "ty_le",
        "tieu_de": "Tỷ lệ đã phê duyệt (2)",
        "kieu": "ratio",
        "nhom_cot": "Tiến độ thực hiện",
        "tu": "da_phe_duyet",
        "mau": "tong",
    }
    assert data["dong"][0] == {
        "nhom": "I",
        "ten_nhom": "Cấp Thành phố",
        "ten": "Sở, ngành",
        "cv": 637,
        "lt": 4,
        "tong": 641,
        "co_noi_dung": 542,
        "da_phe_duyet": 29,
        "ty_le": 29 / 641,
        "qua_han": 255,
        "buoc": 4270,
        "ngay": float(Fraction(4270 * 353, 480)),
    }
    assert [group["nhan"] for group in data["nhom"]] == ["I", "II", "III"]
    assert data["nhom"][2]["cong"]["ty_le"] is None
    assert data["tong_cong"]["cv"] == 637 + 1845
    assert len(data["ghi_chu"]) == 2


def test_whole_numbers_are_whole_and_dates_are_written_as_such() -> None:
    rows = as_json(common_work(2))["cong_viec_chung"]["dong"]
    assert (rows[0]["ngan_nhat"], type(rows[0]["ngan_nhat"])) == (1, int)
    assert (rows[1]["ngan_nhat"], rows[1]["ngay_sua"]) == (0.375, "2026-11-21")


@settings(max_examples=60, deadline=None)
@given(tables())
def test_sums_and_ratios_of_any_table_are_those_of_its_rows(table: Table) -> None:
    data = as_json(table)["bang"]
    assert len(data["dong"]) == len(table.rows)
    sums = plain_sums(table, list(table.rows))
    if not table.total:
        assert data["tong_cong"] is None
        assert [group["cong"] for group in data["nhom"]] == [None] * len(data["nhom"])
        return
    for key, exact in sums.items():
        assert close(data["tong_cong"][key], exact), key
    above, below = sums.get("cot_1"), sums.get("cot_2")
    if above is None or not below:
        assert data["tong_cong"]["ty_le"] is None
    else:
        assert close(data["tong_cong"]["ty_le"], above / below)
    for shown, group in zip(data["nhom"], [group for group in table.groups if group.label], strict=True):
        for key, exact in plain_sums(table, list(group.rows)).items():
            assert close(shown["cong"][key], exact), (group.label, key)


@needs_calc
def test_the_workbook_calculated_by_libreoffice_equals_the_json(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [city()], About("x"))
    sheet = openpyxl.load_workbook(recalculated(tmp_path / "a.xlsx", tmp_path), data_only=True).active
    data = as_json(city())["co_quan"]
    keys = [column["khoa"] for column in data["cot"]]
    totals = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng cộng"]  # type: ignore[union-attr]
    shown = dict(zip(keys, totals[0][1:], strict=True))
    for key, value in data["tong_cong"].items():
        assert shown[key] == pytest.approx(value, rel=1e-12), key


# --- Parquet ----------------------------------------------------------------------------------------


def test_a_parquet_file_has_typed_columns_and_the_heads_as_metadata(tmp_path: Path) -> None:
    (path,) = write_parquet(tmp_path, [common_work(3)])
    read = parquet.read_table(path)
    assert path.name == "cong_viec_chung.parquet"
    assert [str(field.type) for field in read.schema] == [
        "string", "int64", "double", "double", "double", "string", "date32[day]",
    ]  # fmt: skip
    assert read.schema.metadata[b"tieu_de"].decode() == "Danh mục công việc chung của nhiều cơ quan"
    assert read.schema.field("so_co_quan").metadata[b"tieu_de"].decode() == "Số cơ quan"
    assert read.to_pylist()[0]["ngay_sua"] == dt.date(2026, 11, 22)


@settings(max_examples=30, deadline=None)
@given(tables())
def test_any_parquet_file_reads_back_to_the_same_figures(table: Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_parquet(Path(folder), [table])
        rows = parquet.read_table(path).to_pylist()
        again = Path(folder) / "again"
        again.mkdir()
        assert write_parquet(again, [table])[0].read_bytes() == path.read_bytes()
    assert len(rows) == len(table.rows)
    for key, exact in plain_sums(table, list(table.rows)).items():
        assert close(float(sum(Fraction(row[key]) for row in rows if row[key] is not None)), exact), key


def test_without_pyarrow_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(QtnbError) as caught:
        write_parquet(tmp_path, [levels()])
    assert caught.value.message == "Chưa cài thư viện pyarrow để ghi tệp Parquet."
    assert caught.value.hint == "Cài thêm bằng lệnh: pip install 'qtnb[parquet]'."
    assert list(tmp_path.iterdir()) == []
