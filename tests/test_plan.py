"""``qtnb plan``: who has what to do by when."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from markdown_it import MarkdownIt
from openxml_audit import OpenXmlValidator

from form_models import KH, UBND, example_plans, plan
from kit import make_kho, qtnb
from qtnb.theo_doi.bang import NOBODY, by_unit, tables_of
from qtnb.theo_doi.don_vi import key_of, units_in, units_of
from qtnb.theo_doi.tinh_trang import Moc, TienDo, progress_of
from qtnb.theo_doi.viec import viec_of

TODAY = dt.date(2025, 3, 10)


def progress(*tasks: dict[str, Any], den_ngay: dt.date = TODAY, today: dt.date = TODAY, **data: Any) -> list[TienDo]:
    return list(progress_of(plan(*tasks, **data), "12/KH-SNV", "a.yaml", Moc(today, den_ngay)))


# --- how work stands on a day ---------------------------------------------------------------------

STANDS: list[tuple[dict[str, str], str, str]] = [
    ({"thoi_gian": "Trước ngày 10/3/2025"}, "qua_han", "2025-03-09"),
    ({"thoi_gian": "10/3/2025"}, "den_han", "2025-03-10"),
    ({"thoi_gian": "11/3/2025"}, "chua_den", "2025-03-11"),
    ({"thoi_gian": "Tháng 02/2025"}, "qua_han", "2025-02-28"),
    ({"thoi_gian": "Quý I/2025"}, "chua_den", "2025-03-31"),
    ({"thoi_gian": "Tháng 02/2025", "hoan_thanh": "2025-03-01"}, "hoan_thanh", "2025-02-28"),
    ({"thoi_gian": "Tháng 02/2025", "hoan_thanh": "2025-03-11"}, "qua_han", "2025-02-28"),
    ({"thoi_gian": "Thường xuyên"}, "thuong_xuyen", "None"),
    ({"thoi_gian": "Thường xuyên", "hoan_thanh": "2025-01-01"}, "hoan_thanh", "None"),
    ({"thoi_gian": "Theo kế hoạch"}, "tuy_thuoc", "None"),
    ({"thoi_gian": "Từ ngày 01/01/2025 trở đi"}, "tuy_thuoc", "None"),
    ({"thoi_gian": "Đầu năm 2025"}, "chua_hieu", "None"),
    ({"thoi_gian": "Quý V/2025"}, "chua_hieu", "None"),
    ({"thoi_gian": ""}, "chua_hieu", "None"),
    ({"thoi_gian": "Quý I"}, "chua_hieu", "None"),
    ({"thoi_gian": "Hằng tháng"}, "dinh_ky", "2025-03-31"),
    ({"thoi_gian": "Hằng tháng", "hoan_thanh": "2025-03-05"}, "dinh_ky", "2025-04-30"),
    ({"thoi_gian": "Hằng tháng", "hoan_thanh": "2025-02-28"}, "dinh_ky", "2025-03-31"),
    ({"thoi_gian": "Hằng quý"}, "dinh_ky", "2025-03-31"),
    ({"thoi_gian": "Hằng năm"}, "dinh_ky", "2025-12-31"),
    ({"thoi_gian": "Hằng tuần"}, "dinh_ky", "2025-03-16"),
    ({"thoi_gian": "Ngày 5 hằng tháng"}, "dinh_ky", "2025-04-05"),
]


@pytest.mark.parametrize(("task", "state", "day"), STANDS)
def test_work_stands_by_its_last_day_against_today(task: dict[str, str], state: str, day: str) -> None:
    (item,) = progress({"noi_dung": "a", **task})
    assert (item.tinh_trang.value, str(item.ngay)) == (state, day)


@pytest.mark.parametrize(
    ("den_ngay", "state"), [("2025-03-30", "chua_den"), ("2025-03-31", "den_han"), ("2025-12-31", "den_han")]
)
def test_work_ahead_is_due_by_a_later_day_and_never_late_before_its_own(den_ngay: str, state: str) -> None:
    (item,) = progress({"noi_dung": "a", "thoi_gian": "Quý I/2025"}, den_ngay=dt.date.fromisoformat(den_ngay))
    assert item.tinh_trang.value == state


def test_a_day_gone_by_is_looked_at_as_it_was_then() -> None:
    task = {"noi_dung": "a", "thoi_gian": "Tháng 01/2025", "hoan_thanh": "2025-02-20"}
    states = {
        day: progress(task, den_ngay=dt.date.fromisoformat(day))[0].tinh_trang.value
        for day in ("2025-01-30", "2025-01-31", "2025-02-01", "2025-02-20")
    }
    assert list(states.values()) == ["chua_den", "den_han", "qua_han", "hoan_thanh"]


@pytest.mark.parametrize(
    ("nam", "state", "day"),
    [
        (None, "dinh_ky", "2025-03-31"),
        ("2025", "dinh_ky", "2025-03-31"),
        ("2024", "het_ky", "None"),
        ("2026", "dinh_ky", "2026-01-31"),
    ],
)
def test_recurring_work_stays_inside_the_plan_s_year(nam: str | None, state: str, day: str) -> None:
    (item,) = progress({"noi_dung": "a", "thoi_gian": "Hằng tháng"}, nam=nam)
    assert (item.tinh_trang.value, str(item.ngay)) == (state, day)


def test_parts_and_further_products_are_work_of_their_own_led_by_the_task_s_units() -> None:
    task = {
        "noi_dung": "a", "chu_tri": "Sở A", "phoi_hop": "Sở B", "thoi_gian": "Quý I",
        "san_pham_khac": [{"san_pham": "x", "thoi_gian": "Hằng tháng"}, {"san_pham": "y"}],
        "nhiem_vu_con": [{"noi_dung": "b", "thoi_gian": "Quý II", "chu_tri": "Sở C"}, {"noi_dung": "c"}],
    }  # fmt: skip
    work = [(v.stt, v.noi_dung, v.dong.thoi_gian, v.dong.chu_tri, v.dong.phoi_hop) for v in viec_of(plan(task))]
    assert work == [
        ("I.1", "a", "Quý I", ("Sở A",), ("Sở B",)),
        ("I.1", "a", "Hằng tháng", ("Sở A",), ("Sở B",)),
        ("I.1", "b", "Quý II", ("Sở C",), ()),
    ]


def test_a_task_without_a_time_is_done_with_its_parts() -> None:
    parts = [{"noi_dung": "b", "thoi_gian": "Quý II"}]
    assert [v.noi_dung for v in viec_of(plan({"noi_dung": "a", "nhiem_vu_con": parts}))] == ["b"]
    assert [v.noi_dung for v in viec_of(plan({"noi_dung": "a", "nhiem_vu_con": [{"noi_dung": "b"}]}))] == ["a"]


# --- units ----------------------------------------------------------------------------------------

CELLS = [
    ("Sở Nội vụ", ["Sở Nội vụ"]),
    ("Sở, Ban, Ngành", ["Sở, Ban, Ngành"]),
    ("UBND các quận, huyện, thị xã", ["UBND các quận, huyện, thị xã"]),
    ("Sở Nội vụ và các đơn vị liên quan", ["Sở Nội vụ", "các đơn vị liên quan"]),
    ("Sở Văn hóa và Thể thao", ["Sở Văn hóa và Thể thao"]),
    ("Sở, ban, ngành; UBND cấp huyện, cấp xã.", ["Sở, ban, ngành", "UBND cấp huyện, cấp xã"]),
    ("Văn phòng UBND Thành phố, sở, ban, ngành.", ["Văn phòng UBND Thành phố", "sở, ban, ngành"]),
    (
        "Văn phòng UBND Thành phố, Sở, Ban, Ngành; UBND cấp huyện, UBND cấp xã.",
        ["Văn phòng UBND Thành phố", "Sở, Ban, Ngành", "UBND cấp huyện", "UBND cấp xã"],
    ),
    (
        "- Văn phòng UBND Thành phố (trên trang thông tin điện tử);\n- Sở, ban, ngành; UBND cấp xã",
        ["Văn phòng UBND Thành phố", "Sở, ban, ngành", "UBND cấp xã"],
    ),
    (
        "Văn phòng UBND Thành phố làm đầu mối tổng hợp; UBND cấp huyện (nơi có việc) có trách nhiệm xử lý.",
        ["Văn phòng UBND Thành phố", "UBND cấp huyện"],
    ),
    (
        "(1) Sở, Ban, ngành;\n(2) Sở, ban ngành; Sở Thông tin và truyền thông, Văn phòng UBND Thành phố.",
        ["Sở, Ban, ngành", "Sở, ban ngành", "Sở Thông tin và truyền thông", "Văn phòng UBND Thành phố"],
    ),
    (
        "Các Sở: Kế hoạch và Đầu tư; Xây dựng; Lao động, Thương binh và xã hội.",
        ["Sở Kế hoạch và Đầu tư", "Sở Xây dựng", "Sở Lao động, Thương binh và xã hội"],
    ),
    ("Các cơ quan, đơn vị có liên quan.", ["Các cơ quan, đơn vị có liên quan"]),
    ("Các sở, ban, ngành, UBND các quận, huyện, thị xã và các đơn vị liên quan",
     ["Các sở, ban, ngành", "UBND các quận, huyện, thị xã", "các đơn vị liên quan"]),
    ("Sở, ban, ngành được giao chủ trì soạn thảo văn bản", ["Sở, ban, ngành được giao chủ trì soạn thảo văn bản"]),
    ("", []),
    (" ; - ;\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "units"), CELLS)
def test_the_units_of_a_cell_are_told_apart(cell: str, units: list[str]) -> None:
    assert list(units_in(cell)) == units


def test_the_spellings_of_one_unit_are_one() -> None:
    spellings = (
        "Văn phòng UBND TP",
        "Văn phòng UBND thành phố",
        "Văn phòng Ủy ban nhân dân TP.",
        "văn phòng  Uỷ ban nhân dân Thành phố;",
    )
    assert len({key_of(spelling) for spelling in spellings}) == 1
    assert units_of(spellings) == ("Văn phòng UBND TP",)
    assert key_of("Các Sở, ban, ngành") == key_of("Sở, ban, ngành")


def test_work_that_names_nobody_is_nobody_s() -> None:
    assert list(by_unit(progress({"noi_dung": "a", "thoi_gian": "Quý I"}, nam="2025"))) == [NOBODY]


def test_a_unit_s_own_work_stands_before_what_it_supports_each_by_day() -> None:
    tasks = [
        {"noi_dung": "c", "chu_tri": "Sở A", "thoi_gian": "Tháng 02/2025"},
        {"noi_dung": "a", "chu_tri": "Sở B", "phoi_hop": "Sở A", "thoi_gian": "Tháng 01/2024"},
        {"noi_dung": "b", "chu_tri": "Sở A", "thoi_gian": "Tháng 01/2025"},
    ]
    due = tables_of(progress(*tasks), Moc(TODAY, TODAY))[0]
    assert [(group.label, group.title, [row["noi_dung"] for row in group.rows]) for group in due.groups] == [
        ("I", "Sở A", ["b", "c", "a"]),
        ("II", "Sở B", ["a"]),
    ]
    assert [row["so_ngay_tre"] for row in due.groups[0].rows] == [38, 10, 404]


# --- the command ----------------------------------------------------------------------------------


def counted(*words: str, cwd: Path = UBND) -> dict[str, Any]:
    run = qtnb("plan", *words, "--format", "json", cwd=cwd)
    assert run.code == 0, run.err
    document: dict[str, Any] = json.loads(run.out)
    return document


def test_the_plans_of_the_city_are_counted_as_plain_loops_count_them() -> None:
    day = dt.date(2021, 4, 15)
    document = counted("--den-ngay", str(day))
    dated = 0
    for path in (UBND / "ke-hoach").glob("*.yaml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for group in data["nhom"]:
            for task in group["nhiem_vu"]:
                lines = [task, *task.get("san_pham_khac", []), *task.get("nhiem_vu_con", [])]
                dated += sum(bool(line.get("thoi_gian")) for line in lines)
    assert document["tong"]["viec"] == len(document["viec"]) == dated
    states = Counter(item["tinh_trang"] for item in document["viec"])
    assert {key: n for key, n in document["tong"].items() if key not in {"ke_hoach", "viec"} and n} == states
    late = [item for item in document["viec"] if item["den"] and dt.date.fromisoformat(item["den"]) < day]
    assert late == [item for item in document["viec"] if item["tinh_trang"] == "qua_han"]
    assert all((day - dt.date.fromisoformat(item["den"])).days == item["so_ngay_tre"] for item in late)
    assert not [item for item in document["viec"] if item["tinh_trang"] == "chua_hieu"]


def test_every_unit_adds_up_to_the_work_that_names_it() -> None:
    document = counted("--den-ngay", "2025-02-24")
    for unit in document["don_vi"]:
        key = key_of(unit["ten"])
        for part in ("chu_tri", "phoi_hop"):
            named = [item for item in document["viec"] if key in {key_of(name) for name in item[part]}]
            assert unit[part]["viec"] == len(named)
            assert unit[part]["qua_han"] == sum(item["tinh_trang"] == "qua_han" for item in named)
    named_somewhere = {key_of(unit["ten"]) for unit in document["don_vi"]}
    assert all(key_of(name) in named_somewhere for item in document["viec"] for name in item["chu_tri"])


def test_the_work_of_one_unit_is_that_which_it_leads_or_supports() -> None:
    document = counted("--den-ngay", "2025-03-31", "--don-vi", "Văn phòng UBND TP")
    key = key_of("Văn phòng Ủy ban nhân dân Thành phố")
    assert document["viec"]
    assert all(key in {key_of(name) for name in item["chu_tri"] + item["phoi_hop"]} for item in document["viec"])


def test_a_unit_that_no_plan_names_gets_its_nearest() -> None:
    run = qtnb("plan", "--don-vi", "Sở Tài chinh", cwd=UBND)
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == "qtnb: Không có việc nào của “Sở Tài chinh”."
    assert "Sở Tài chính" in run.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--den-ngay", "31/3/2025"], "Ngày “31/3/2025” không đúng dạng."),
        (["--format", "xml"], "Không có dạng in “xml”."),
        (["-o", "a.pdf"], "Giá trị “a.pdf” của -o không dùng được."),
        (["-o", "bieu-do=a"], "Giá trị “bieu-do=a” của -o không dùng được."),
    ],
)
def test_a_wrong_option_ends_the_run_in_one_sentence(words: list[str], message: str) -> None:
    run = qtnb("plan", *words, cwd=UBND)
    assert (run.code, run.err.splitlines()[0]) == (2, f"qtnb: {message}")


def test_a_kho_without_a_plan_says_where_one_belongs(tmp_path: Path) -> None:
    run = qtnb("plan", cwd=make_kho(tmp_path))
    assert (run.code, run.err.splitlines()[0]) == (2, "qtnb: Không có kế hoạch nào.")


def test_a_broken_plan_is_left_out_and_told(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": KH, "ke-hoach/b.yaml": "loai: KH\n"})
    run = qtnb("plan", "--den-ngay", "2025-03-31", cwd=kho)
    assert (run.code, run.err) == (1, "Có tệp sai, danh sách có thể thiếu; xem bằng lệnh: qtnb validate\n")
    assert run.out.startswith("1 kế hoạch, 1 việc: 1 đến hạn.")


def test_only_the_plans_asked_for_are_looked_at() -> None:
    path = "ke-hoach/chi-nhanh-trung-tam-phuc-vu-hanh-chinh-cong-2025.yaml"
    document = counted("--den-ngay", "2025-01-31", path)
    assert (document["tong"]["ke_hoach"], document["tong"]["viec"]) == (1, 19)
    assert {item["so_ky_hieu"] for item in document["viec"]} == {"29/KH-UBND"}


def test_a_plan_without_a_number_goes_by_its_key(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/cong-tac.yaml": KH.replace('so: "12"', 'so: ""')})
    assert counted(cwd=kho)["viec"][0]["so_ky_hieu"] == "cong-tac"


HOSTILE = KH.replace("Xây dựng kế hoạch", '"=HYPERLINK(1) | <b>*x*</b> [y](z) `w`"').replace(
    "Văn phòng Sở", '"@SUM(A1)"'
)


def test_what_a_plan_says_is_inert_in_every_output(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": HOSTILE})
    words = ["plan", "--den-ngay", "2025-12-31"]
    assert qtnb(*words, "-o", "a.xlsx", "-o", "csv=c", cwd=kho).out == "a.xlsx\nc/den_han.csv\n"
    sheet = openpyxl.load_workbook(kho / "a.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert "\n=HYPERLINK" not in (kho / "c" / "den_han.csv").read_text(encoding="utf-8-sig")
    html = MarkdownIt().enable("table").render(qtnb(*words, "--format", "markdown", cwd=kho).out)
    assert "<b>" not in html
    assert "<em>" not in html
    assert "<a " not in html
    assert "<code>" not in html
    assert html.count("<tr>") == 1 + 2 + 2  # heads, the head of each unit, its one line


def test_equal_input_gives_equal_files(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert qtnb("plan", UBND, "--den-ngay", "2021-04-15", "-o", name, cwd=tmp_path).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_tables_are_an_appendix_in_word(tmp_path: Path) -> None:
    assert qtnb("plan", UBND, "--den-ngay", "2021-04-15", "-o", "a.docx", cwd=tmp_path).out == "a.docx\n"
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "a.docx").errors] == []
    document = docx.Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip("_ ")]
    assert texts == [
        "Phụ lục",
        "TIẾN ĐỘ KẾ HOẠCH",
        "Việc quá hạn, đến hạn tính đến ngày 15/04/2021",
        "Việc định kỳ",
        "Việc không có ngày, hoặc chưa đọc được thời hạn",
        "./.",
    ]
    assert document.core_properties.author == "Ủy ban nhân dân thành phố Hà Nội"
    due = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    qtnb("plan", UBND, "--den-ngay", "2021-04-15", "-o", "csv=c", cwd=tmp_path)
    with (tmp_path / "c" / "den_han.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = [row["noi_dung"] for row in csv.DictReader(file)]
    assert [row[1] for row in due if row[0].isdecimal()] == expected


def test_a_plan_without_anything_due_prints_its_heads(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": KH})
    assert qtnb("plan", "--den-ngay", "2024-01-01", "-o", "a.docx", cwd=kho).out == "a.docx\n"
    (table,) = docx.Document(str(kho / "a.docx")).tables
    assert [cell.text for cell in table.rows[0].cells][:3] == ["STT", "Nhiệm vụ", "Vai trò"]
    assert len(table.rows) == 1


def test_the_plans_of_the_examples_name_their_units_in_few_spellings() -> None:
    work = [item for what in example_plans().values() for item in progress_of(what, what.khoa, "", Moc(TODAY, TODAY))]
    units = list(by_unit(work))
    assert len(units) == len({key_of(unit) for unit in units})
    assert "Văn phòng UBND Thành phố" in units
    assert not any(";" in unit or "\n" in unit for unit in units)
