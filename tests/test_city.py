"""A whole city: what is written of it agrees with itself, and with what is counted from the YAML by other means."""

from __future__ import annotations

import csv
import json
import re
import statistics
import subprocess
import sys
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from openxml_audit import OpenXmlValidator

from counted_again import of_time
from docx_outline import main_part, text_of
from kit import CV, KHO, QD, ROOT, make_kho, qtnb
from libreoffice_calc import needs_calc, recalculated

PLAN = """\
phien_ban: 1
ngay: 2026-11-20
tu_ngay: 2026-01-01
han_danh_muc: 2026-04-14
han_noi_dung: 2026-05-29
co_quan:
  ten: Văn phòng Ủy ban nhân dân thành phố Hà Nội
  ten_ban_hanh: VĂN PHÒNG
  viet_tat: VP
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Chánh Văn phòng
bao_cao:
  kinh_gui: [Chủ tịch Ủy ban nhân dân Thành phố]
"""


@dataclass(frozen=True, slots=True)
class City:
    """The folder of a city, and all that is written of it."""

    folder: Path
    document: dict[str, Any]
    xlsx: Path
    docx: Path


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """146 agencies with common and particular work, three of their kho broken."""
    top = tmp_path_factory.mktemp("city")
    words = [sys.executable, str(ROOT / "bench/city.py"), "thanh-pho", "--count", "10", "--varied", "--broken", "3"]
    subprocess.run(words, cwd=top, check=True, capture_output=True)
    (top / "thanh-pho" / "tong-hop.yaml").write_text(PLAN, encoding="utf-8")
    paths = [top / name for name in ("a.json", "a.xlsx", "a.docx")]
    outputs = [word for path in paths for word in ("-o", path.name)]
    run = qtnb("aggregate", "thanh-pho", "--by", "cong-viec", "--by", "don-vi", "--no-cache", *outputs, cwd=top)
    assert (run.code, run.err) == (1, "")
    return City(top / "thanh-pho", json.loads(paths[0].read_text(encoding="utf-8")), paths[1], paths[2])


# --- the workbook -----------------------------------------------------------------------------------


def lines_of(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The lines of a sheet in order: heads of groups with their sums, rows, totals."""
    for group in table["nhom"]:
        yield group["cong"] or {}
        yield from (row for row in table["dong"] if row["nhom"] == group["nhan"])
    if not table["nhom"]:
        yield from table["dong"]
    if table["tong_cong"]:
        yield table["tong_cong"]


@needs_calc
def test_the_recalculated_workbook_shows_the_figures_of_the_json(city: City, tmp_path: Path) -> None:
    sheets = openpyxl.load_workbook(recalculated(city.xlsx, tmp_path), data_only=True).worksheets
    tables = city.document["bang"]
    figures = 0
    for sheet, (key, table) in zip(sheets, tables.items(), strict=True):
        first = 5 + any("nhom_cot" in column for column in table["cot"])
        shift = 2 if "STT" in {sheet.cell(row, 1).value for row in range(1, first)} else 1
        number = first - 1
        for number, line in enumerate(lines_of(table), start=first):
            for at, column in enumerate(table["cot"], start=shift):
                if column["kieu"] in {"count", "amount", "ratio"} and column["khoa"] in line:
                    shown, expected = sheet.cell(number, at).value, line[column["khoa"]]
                    place = f"{key} {sheet.cell(number, at).coordinate}"
                    assert shown == (pytest.approx(expected) if expected is not None else None) or (
                        expected is None and shown == ""
                    ), place
                    figures += expected is not None
        assert sheet.cell(number + 1, shift).value is None or not table["dong"], key
    assert figures > 10_000


def test_the_workbook_tells_the_day_of_its_figures(city: City) -> None:
    properties = openpyxl.load_workbook(city.xlsx).properties
    assert properties.created.isoformat() == "2026-11-20T00:00:00"
    assert properties.creator == "Văn phòng Ủy ban nhân dân thành phố Hà Nội"


# --- the report -------------------------------------------------------------------------------------


def texts_of(path: Path) -> list[str]:
    """The paragraphs outside of tables."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_word_would_repair_nothing_in_the_report_of_a_city(city: City) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(city.docx).errors] == []


def test_the_charts_lie_beside_the_report_and_in_it(city: City) -> None:
    beside = city.docx.with_name("a-bieu-do")
    drawn = sorted(path.name for path in beside.glob("*.png"))
    assert sorted(path.name for path in beside.glob("*.svg")) == [name.replace(".png", ".svg") for name in drawn]
    with zipfile.ZipFile(city.docx) as package:
        inside = {package.read(name) for name in package.namelist() if name.startswith("word/media/")}
    assert inside == {(beside / name).read_bytes() for name in drawn}
    assert {name.rpartition("-")[0] or name for name in drawn} >= {"so-quy-trinh", "tien-do-theo-co-quan"}


def test_the_sentences_of_the_report_say_the_figures(city: City) -> None:
    tong = city.document["tong"] | city.document["bang"]["khoi_luong"]["tong_cong"]
    text = "\n".join(texts_of(city.docx)).partition("\nPhụ lục I\n")[0]
    dotted = {key: f"{value:,}".replace(",", ".") for key, value in tong.items() if isinstance(value, int)}
    for sentence in (
        "{kho} cơ quan, gồm: 20 sở, ban, ngành; 125 xã, phường, đặc khu",
        "gồm {cv} quy trình giải quyết công việc của một cơ quan (CV) và {lt} quy trình liên thông (LT)",
        "Đã xây dựng nội dung của {co_noi_dung} quy trình",
        "gồm {buoc} bước, {tai_lieu} giấy tờ trong thành phần hồ sơ và {bieu_mau} biểu mẫu",
        "Phê duyệt danh mục: {duyet_danh_muc}/{quy_trinh} quy trình",
        "Phê duyệt nội dung: {duyet_noi_dung}/{quy_trinh} quy trình",
        "Đang có hiệu lực: {hieu_luc}/{quy_trinh} quy trình",
        "(hạn ngày 14 tháng 4 năm 2026): {qua_han_danh_muc} quy trình",
        "(hạn ngày 29 tháng 5 năm 2026): {qua_han_noi_dung} quy trình",
        "{viec_chung} công việc có ở từ hai cơ quan trở lên, với {qt_viec_chung} quy trình; {qt_viec_rieng} quy trình",
        "các cơ quan chủ trì {buoc_chu_tri} bước, phối hợp {buoc_phoi_hop} bước",
        "{luot_chuyen_di} lượt chuyển giữa các cơ quan",
        "Kết quả kiểm tra các tệp còn {loi} lỗi",
        "hỏng: “thanh-pho/xa/uy-ban-nhan-dan-xa-kim-anh”",
        "Ủy ban nhân dân xã Nội Bài (quy-trinh/thieu.yaml); Ủy ban nhân dân xã Trung Giã (quy-trinh/hong.yaml)",
    ):
        assert sentence.format(**dotted) in text


def test_every_appendix_is_named_in_the_body(city: City) -> None:
    texts = texts_of(city.docx)
    labels = [text for text in texts if re.fullmatch(r"Phụ lục [IVXL]+", text)]
    body = "\n".join(texts[: texts.index(labels[0])])
    assert len(labels) > 12
    assert [label for label in labels if not re.search(rf"{label}(?![IVXL])", body)] == []


# --- common and particular work ---------------------------------------------------------------------


def test_summaries_give_the_same_groups_as_the_kho(city: City) -> None:
    top = city.folder.parent
    for level in ("so", "xa"):
        qtnb("aggregate", f"thanh-pho/{level}", "--summary", f"{level}.json", "--no-cache", cwd=top)
    plan = ("--ke-hoach", "thanh-pho/tong-hop.yaml", "--by", "cong-viec", "--by", "don-vi", "--format", "json")
    run = qtnb("aggregate", "xa.json", "so.json", *plan, cwd=top)
    assert json.loads(run.out) == city.document


@pytest.fixture(scope="module")
def procedures(city: City) -> dict[tuple[str, str], dict[str, Any]]:
    """Every readable procedure by agency and key, with the hours of the agency's day."""
    found, folder = {}, city.folder
    for kho_file in folder.rglob("qtnb.yaml"):
        kho = load(kho_file)
        hours = Fraction(str(kho.get("gio_moi_ngay", 8)))
        for path in (kho_file.parent / "quy-trinh").rglob("*.yaml"):
            if path.name not in {"hong.yaml", "thieu.yaml"} and "dia_danh" in kho["co_quan"]:
                found[kho["co_quan"]["ten"], path.stem] = load(path) | {"hours": hours}
    return found


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def said_plainly(agency: str, ten: str) -> str:
    """A name without what the generator puts around it."""
    short = agency.replace("Ủy ban nhân dân", "UBND")
    plain = ten.removeprefix("Quy trình ").removesuffix(f" tại {agency}").removesuffix(f" tại {short}")
    return unicodedata.normalize("NFC", plain).casefold()


def test_every_procedure_is_common_or_particular_and_plain_names_stay_together(
    city: City, procedures: dict[tuple[str, str], dict[str, Any]]
) -> None:
    bang = city.document["bang"]
    group_of = {(row["co_quan"], row["khoa"]): row["nhom"] for row in bang["thanh_vien"]["dong"]}
    alone = {(row["co_quan"], row["khoa"]) for row in bang["viec_rieng"]["dong"]}
    assert set(group_of) | alone == set(procedures)
    assert not set(group_of) & alone
    tong = city.document["tong"]
    assert (tong["qt_viec_chung"], tong["qt_viec_rieng"]) == (len(group_of), len(alone))
    same: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for (agency, khoa), data in procedures.items():
        same[data["loai"], said_plainly(agency, data["ten"])].add((agency, khoa))
    for (_, ten), members in same.items():
        groups = {group_of.get(member) for member in members}
        if len({agency for agency, _ in members}) > 1:
            assert len(groups) == 1, ten
            assert None not in groups, ten


def test_the_spread_of_a_common_work_is_that_of_its_members(
    city: City, procedures: dict[tuple[str, str], dict[str, Any]]
) -> None:
    bang = city.document["bang"]
    members: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for row in bang["thanh_vien"]["dong"]:
        members[row["ten_nhom"]].append((row["co_quan"], procedures[row["co_quan"], row["khoa"]]))
    common = {row["ten"]: row for row in bang["viec_chung"]["dong"]}
    spread = {row["ten"]: row for row in bang["viec_chung_chenh_lech"]["dong"]}
    assert set(common) == set(spread) == set(members)
    for ten, found in members.items():
        assert common[ten]["so_co_quan"] == len({agency for agency, _ in found}), ten
        assert common[ten]["so_quy_trinh"] == len(found), ten
        steps = [len(data["cac_buoc"]) for _, data in found if "cac_buoc" in data]
        row = spread[ten]
        if steps:
            told = (row["buoc_it_nhat"], row["buoc_trung_vi"], row["buoc_nhieu_nhat"])
            assert told == (min(steps), statistics.median(steps), max(steps)), ten
        times = [of_time(str(data["thoi_gian"]), data["hours"]) for _, data in found if "cac_buoc" in data]
        unit = {"ngày làm việc": "ngay_lam_viec", "ngày": "ngay", "tháng": "thang"}.get(row["don_vi"] or "")
        of_unit = sorted(float(time[unit]) for time in times if unit in time)
        if of_unit and "cac_buoc" in found[0][1]:
            told = (row["ngan_nhat"], row["trung_vi"], row["dai_nhat"])
            assert told == pytest.approx((of_unit[0], statistics.median(of_unit), of_unit[-1])), ten


# --- strangers' names -------------------------------------------------------------------------------

HOSTILE = (
    '=HYPERLINK("http://a.invalid","b")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "Sở A\n=1+1",
    'Sở "B"; =2+2',
    "Sở <w:p/>&amp;]]> {{ co_quan }}",
    "\t=3+3",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kho whose agencies, procedures, fields and doers bear names that programs would rather run than show."""
    top = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(HOSTILE):
        quoted = json.dumps(name, ensure_ascii=False)
        procedure = CV.replace("Tiếp nhận văn bản đến", quoted).replace("chu_tri: Văn phòng Sở", f"chu_tri: {quoted}")
        other = CV.replace("Tiếp nhận văn bản đến", json.dumps(f"{name} riêng {number}", ensure_ascii=False))
        files: dict[str, str | bytes] = {
            "qtnb.yaml": KHO.replace("Sở Nội vụ thành phố Hà Nội", quoted),
            "quy-trinh/a.yaml": f"{procedure}linh_vuc: {quoted}\n",
            "quy-trinh/b.yaml": other,
            "quyet-dinh/a.yaml": f'{QD}so: "1"\nngay: 2026-01-05\n',
        }
        make_kho(top / "kho" / str(number), files)
    listed = json.dumps([f"{name} chưa gửi" for name in HOSTILE], ensure_ascii=False)
    (top / "kho" / "tong-hop.yaml").write_text(f"{PLAN}phai_gui: {listed}\n", encoding="utf-8")
    words = ("-o", "a.xlsx", "-o", "a.docx", "-o", "a.json", "-o", "csv=csv", "--by", "cong-viec", "--by", "don-vi")
    run = qtnb("aggregate", "kho", *words, cwd=top)
    assert (run.code, run.err) == (0, "")
    return top


def test_no_cell_of_csv_is_taken_for_a_formula(hostile: Path) -> None:
    seen = ""
    for path in (hostile / "csv").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    seen += cell
                    for part in re.split(r"[\t\r\n;]", cell):
                        assert not re.match(r"\s*[=+@]", part), (path.name, cell)
                        assert not part.startswith("-") or re.fullmatch(r"-?[\d.]*", part), (path.name, cell)
    assert "HYPERLINK" in seen


def test_no_cell_of_a_workbook_is_a_formula_but_ours(hostile: Path) -> None:
    book = openpyxl.load_workbook(hostile / "a.xlsx")
    texts = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert re.fullmatch(r'=(SUBTOTAL\(9,|IF\(COUNT\()[A-Z0-9:,<"=()/]+', str(cell.value)), cell.value
                elif cell.data_type == "s":
                    texts.add(cell.value)
    assert {name for name in HOSTILE if "\n" not in name and "\t" not in name} <= texts


def test_a_report_shows_hostile_names_as_text(hostile: Path) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(hostile / "a.docx").errors] == []
    text = text_of(main_part(hostile / "a.docx"))
    for name in HOSTILE:
        assert " ".join(name.split()) in " ".join(text.split()), name


def test_json_keeps_hostile_names_as_they_are(hostile: Path) -> None:
    document = json.loads((hostile / "a.json").read_text(encoding="utf-8"))
    told = {" ".join(row["ten"].split()) for row in document["bang"]["so_luong"]["dong"]}
    assert told == {" ".join(name.split()) for name in HOSTILE}
