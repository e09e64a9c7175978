"""``qtnb simplify-report``: the figures by hand, every format, several kho, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from docx_outline import main_part, outline, text_of
from kit import KHO, make_kho, qtnb
from libreoffice_calc import needs_calc, recalculated
from register_kho import approve
from simplify_kho import cut_approved, cut_draft, cv

NGAY = ["--ngay", "2026-11-22"]


def report(kho: Path, *words: str, code: int = 0) -> dict[str, Any]:
    run = qtnb("simplify-report", "--format", "json", *NGAY, *words, cwd=kho)
    assert run.code == code, run
    data: dict[str, Any] = json.loads(run.out)
    assert data["version"] == 1
    return data


def by_key(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["khoa"]: item for place in data["kho"] for item in place["quy_trinh"]}


# --- the figures, counted by hand -------------------------------------------------------------------

WORKING, DAYS = "ngày làm việc", "ngày"
FIGURES = {
    # key: what became of it, steps before and after, unit, time before, after, saved, rate
    "den": ("cat_giam", 5, 3, WORKING, "5", "3", "2", "2/5"),
    "di": ("cat_giam", 3, 3, WORKING, "1/2", "1/4", "1/4", "1/2"),
    "luu": ("cat_giam", 3, 2, None),
    "nghi": ("cat_giam", 2, 2, DAYS, "10", "7", "3", "3/10"),
    "luong": ("tang", 2, 2, WORKING, "10", "12", "-2", "-1/5"),
    "khen": ("khong_tinh_duoc", 2, 2, None),
    "xe-moi": ("cat_giam", 4, 2, WORKING, "6", "2", "4", "2/3"),
    "tiep": ("khong_doi", 1, 1, WORKING, "1", "1", "0", "0"),
}


@pytest.mark.parametrize("approved", [False, True], ids=["drafted", "approved"])
def test_every_figure_is_as_counted_by_hand(tmp_path: Path, approved: bool) -> None:
    kho = cut_approved(tmp_path) if approved else cut_draft(tmp_path)
    data = report(kho, "--since", "dau")
    told = by_key(data)
    assert told.keys() == FIGURES.keys()
    for khoa, (ket_qua, before, after, unit, *time) in FIGURES.items():
        item = told[khoa]
        assert (item["ket_qua"], item["so_buoc"]["truoc"], item["so_buoc"]["sau"]) == (ket_qua, before, after), khoa
        known = item["thoi_gian"]["tinh_duoc"]
        assert (known and known["don_vi"]) == unit, khoa
        assert [known[key] for key in ("truoc", "sau", "giam", "ty_le")] == time if known else time == [], khoa
    cut = data["tong"]["cat_giam"]
    # 5 + 3 + 3 + 2 + 4 steps became 3 + 3 + 2 + 2 + 2; 5 + 0,5 + 6 working days became 3 + 0,25 + 2.
    assert cut["so_buoc"] == {"truoc": 17, "sau": 12, "giam": 5, "ty_le": "5/17"}
    assert cut["thoi_gian"] == [
        {"don_vi": WORKING, "truoc": "23/2", "sau": "21/4", "giam": "25/4", "ty_le": "25/46"},
        {"don_vi": DAYS, "truoc": "10", "sau": "7", "giam": "3", "ty_le": "3/10"},
    ]
    # With the one that grew (10 → 12) and the one that stayed (1): 22,5 → 18,25.
    assert data["tong"]["chung"]["quy_trinh"] == 7
    assert data["tong"]["chung"]["so_buoc"] == {"truoc": 20, "sau": 15, "giam": 5, "ty_le": "1/4"}
    assert data["tong"]["chung"]["thoi_gian"][0] == {
        "don_vi": WORKING, "truoc": "45/2", "sau": "73/4", "giam": "17/4", "ty_le": "17/90",
    }  # fmt: skip


@pytest.mark.parametrize("approved", [False, True], ids=["drafted", "approved"])
def test_what_is_no_cut_stands_apart_with_its_reason(tmp_path: Path, approved: bool) -> None:
    kho = cut_approved(tmp_path) if approved else cut_draft(tmp_path)
    (place,) = report(kho, "--since", "dau")["kho"]
    named = ("Quyết định số 21/QĐ-SNV ngày 11/12/2024", "Quyết định số 22/QĐ-SNV ngày 12/12/2024")
    replaced, abolished = named if approved else ("dự thảo quyết định “thay”", "dự thảo quyết định “bo”")
    assert [
        ([it["khoa"] for it in group["truoc"]], [it["khoa"] for it in group["sau"]], group["can_cu"], group["ly_do"])
        for group in place["khong_con"]
    ] == [
        (["cap", "mua"], ["vpp"], [replaced], ""),
        (["hop"], [], [abolished], "Đăng ký trên phần mềm"),
    ]
    assert [item["khoa"] for item in place["bo_sung"]] == ["so-hoa"]
    told = {item["khoa"]: item for item in place["quy_trinh"]}
    assert told["khen"]["vi_sao"] == "bản trước tính bằng ngày kể cả ngày nghỉ, bản sau tính bằng ngày làm việc"
    assert (told["khen"]["thoi_gian"]["ghi_truoc"], told["khen"]["thoi_gian"]["ghi_sau"]) == (
        "15 ngày",
        "10 ngày làm việc",
    )
    assert [told[key]["ly_do"] for key in ("den", "di", "xe-moi")] == ["Bỏ khâu trung gian", "Ứng dụng chữ ký số", ""]
    assert told["den"]["noi_dung"] == [
        "Giảm thời gian giải quyết từ 5 ngày làm việc xuống 03 ngày làm việc",
        "Bỏ bước: B2 Trình Chánh Văn phòng; B5 Lưu",
        "Điều chỉnh thời gian bước: B3 (2 ngày → 1,5 ngày)",
    ]
    assert told["xe-moi"]["khoa_truoc"] == "xe"
    assert told["xe-moi"]["noi_dung"][0] == "Thay thế quy trình CV-11"


def test_the_state_after_may_be_a_decision_or_what_is_approved(tmp_path: Path) -> None:
    kho = cut_approved(tmp_path)
    amended = report(kho, "--since", "dau", "--until", "sua")
    assert {key for key, item in by_key(amended).items() if item["ket_qua"] == "cat_giam"} == {
        "den",
        "di",
        "luu",
        "nghi",
    }
    assert amended["kho"][0]["khong_con"] == []
    rest = report(kho, "--since", "sua")
    assert {key for key, item in by_key(rest).items() if item["ket_qua"] == "cat_giam"} == {"xe-moi"}
    approved = report(kho, "--since", "dau", "--until", "da-phe-duyet")
    assert approved["tong"] == report(kho, "--since", "dau")["tong"]
    assert approved["kho"][0]["bo_sung"] == []
    assert [approved["kho"][0][key] for key in ("truoc", "sau")] == [
        "bản theo Quyết định số 12/QĐ-SNV ngày 01/11/2024",
        "bản đã phê duyệt",
    ]


def test_without_a_register_a_revision_or_a_folder_is_the_state_before(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": cv("Nghỉ phép", "5 ngày", ["Đơn", "Duyệt"])})
    make_kho(tmp_path / "cu", {"quy-trinh/a.yaml": cv("Nghỉ phép", "8 ngày", ["Đơn", "Duyệt"])})
    git = ["git", "-c", "user.name=qtnb", "-c", "user.email=qtnb@vi.du"]
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "đầu"], ["tag", "v1"]):
        subprocess.run([*git, *words], cwd=kho, env=quiet, check=True, capture_output=True)
    (kho / "quy-trinh/a.yaml").write_text(cv("Nghỉ phép", "4 ngày", ["Đơn"]), "utf-8")
    for since, saved in (("v1", "1"), ("../cu", "4")):
        (item,) = by_key(report(kho, "--since", since)).values()
        assert (item["so_buoc"]["giam"], item["thoi_gian"]["tinh_duoc"]["giam"]) == (1, saved)


# --- formats ----------------------------------------------------------------------------------------

SAID = (
    "Cắt giảm 5 quy trình: từ 17 bước còn 12 (giảm 29,41%); từ 11,5 ngày làm việc còn 5,25 (giảm 54,35%); "
    "từ 10 ngày kể cả ngày nghỉ còn 7 (giảm 30%). Tăng 1; không đổi 1; không tính được 1; bãi bỏ 1; "
    "được thay thế, gộp 2; mới 1.\n"
)
NOTE = "Trước: bản theo Quyết định số 12/QĐ-SNV ngày 01/11/2024; sau: bản đang soạn. Lập ngày 22/11/2026."


def test_the_terminal_tells_the_sums_and_every_table(tmp_path: Path) -> None:
    run = qtnb("simplify-report", "--since", "dau", *NGAY, cwd=cut_draft(tmp_path))
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"{NOTE}\n{SAID}")
    for row in (
        " 1   Xử lý văn bản đến     CV-02      5    3     2     40%      5     3     2     40%  Bỏ khâu trung gian",
        "     Tổng cộng                       12    8     4  33,33%   11,5  5,25  6,25  54,35%",
        " 1   Nâng bậc lương  CV-06      2    2  10 ngày làm việc  12 ngày làm việc  tăng 2 ngày làm việc",
        " 1   Sở Nội vụ thành phố Hà Nội     7     5     1      1     20   15     5  25%   22,5  18,25  4,25  18,89%",
    ):
        assert row in run.out, run.out


def test_markdown_has_every_table_and_shows_what_texts_say(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": cv("'[x](y) <b>'", "5 ngày", ["A"])})
    make_kho(tmp_path / "cu", {"quy-trinh/a.yaml": cv("'[x](y) <b>'", "8 ngày", ["A"])})
    run = qtnb("simplify-report", "--since", "../cu", "--format", "markdown", *NGAY, cwd=kho)
    assert run.out.startswith("# Phương án đơn giản hóa quy trình giải quyết công việc nội bộ\n\n")
    assert "\\[x\\](y) \\<b\\>" in run.out
    assert "## Quy trình được cắt giảm\n" in run.out


def test_the_appendix_lies_on_its_side_with_groups_totals_and_footnotes(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    run = qtnb("simplify-report", "--since", "dau", *NGAY, "-o", "pa.docx", cwd=kho)
    assert (run.code, run.out) == (0, f"{SAID}pa.docx\n")
    shown = outline(kho / "pa.docx")
    text = text_of(main_part(kho / "pa.docx"))
    assert "PHƯƠNG ÁN ĐƠN GIẢN HÓA QUY TRÌNH \nGIẢI QUYẾT CÔNG VIỆC NỘI BỘ CỦA SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI" in text
    assert "(Kèm theo Quyết định số" in text
    assert "của Giám đốc Sở Nội vụ thành phố Hà Nội)" in text
    assert "| I | Hành chính | 4 | 2 | 2 | 50% | 6 | 2 | 4 | 66,67% |  |" in shown
    assert "|  | Tổng cộng | 12 | 8 | 4 | 33,33% | 11,5 | 5,25 | 6,25 | 54,35% |  |" in shown
    assert f": (1) {NOTE}\n" in shown
    assert "Lý do: Bỏ khâu trung gian." in shown
    assert "Số hóa tài liệu" not in shown
    assert "16838 × 11906" in shown
    assert [str(error) for error in OpenXmlValidator().validate(kho / "pa.docx").errors] == []


def test_equal_input_gives_equal_files(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    for name in ("mot", "hai"):
        files = [word for ending in ("docx", "xlsx", "json") for word in ("-o", f"{name}.{ending}")]
        assert qtnb("simplify-report", "--since", "dau", *NGAY, *files, cwd=kho).code == 0
    for ending in ("docx", "xlsx", "json"):
        assert (kho / f"mot.{ending}").read_bytes() == (kho / f"hai.{ending}").read_bytes()


def _sheet(path: Path, name: str, *, values: bool) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path, data_only=values)[name].iter_rows(values_only=True))


def test_the_workbook_adds_up_by_formulas(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    assert qtnb("simplify-report", "--since", "dau", *NGAY, "-o", "pa.xlsx", cwd=kho).code == 0
    assert (
        openpyxl.load_workbook(kho / "pa.xlsx").sheetnames
        == [
            "Cắt giảm (ngày làm việc)",
            "Cắt giảm (ngày)",
            "Cắt giảm (bước)",
            "Cắt giảm theo lĩnh vực",
            "Tăng, giảm chung",
            "Quy trình tăng số bước hoặc thời",
            "Bãi bỏ, thay thế",
            "Quy trình không tính được",
            "Quy trình mới",
        ]
        or openpyxl.load_workbook(kho / "pa.xlsx").sheetnames[0] == "Cắt giảm (ngày làm việc)"
    )
    total = next(row for row in _sheet(kho / "pa.xlsx", "Cắt giảm (ngày làm việc)", values=False) if "Tổng cộng" in row)
    assert [cell for cell in total if isinstance(cell, str) and cell.startswith("=SUBTOTAL(9,")]
    assert [cell for cell in total if isinstance(cell, str) and cell.startswith("=IF(COUNT(")]
    row = next(row for row in _sheet(kho / "pa.xlsx", "Cắt giảm (ngày làm việc)", values=True) if "CV-03" in row)
    assert row[3:14] == (
        3,
        3,
        0,
        0,
        "4 giờ",
        "2 giờ",
        0.5,
        0.25,
        0.25,
        0.5,
        "Giảm thời gian giải quyết từ 4 giờ xuống 2 giờ.",
    )


@needs_calc
def test_libreoffice_counts_the_same(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    assert qtnb("simplify-report", "--since", "dau", *NGAY, "-o", "pa.xlsx", cwd=kho).code == 0
    counted = recalculated(kho / "pa.xlsx", tmp_path)
    total = next(row for row in _sheet(counted, "Cắt giảm (ngày làm việc)", values=True) if "Tổng cộng" in row)
    numbers = [Fraction(cell).limit_denominator(1000) for cell in total if isinstance(cell, int | float)]
    assert numbers == [12, 8, 4, Fraction(1, 3), Fraction(23, 2), Fraction(21, 4), Fraction(25, 4), Fraction(25, 46)]


# --- several kho ------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two kho whose first decision has the key ``dau``, and one that never approved anything."""
    cut_draft(tmp_path / "a-so-noi-vu")
    other = make_kho(
        tmp_path / "b-phuong",
        {
            "qtnb.yaml": KHO.replace("Sở Nội vụ thành phố Hà Nội", "UBND phường Ba Đình").replace("SNV", "BĐ"),
            "quy-trinh/nghi.yaml": cv("Giải quyết nghỉ phép", "5 ngày làm việc", ["A", "B"], "tổ chức, cán bộ"),
            "quyet-dinh/dau.yaml": "loai: QD\nphe_duyet: danh_muc_va_noi_dung\nquy_trinh: tat_ca\n",
        },
    )
    assert qtnb("number", cwd=other).code == 0
    approve(other, "dau", 1, "2024-11-05")
    (other / "quyet-dinh/sua.yaml").write_text(
        "loai: QD\nphe_duyet: noi_dung\nhinh_thuc: sua_doi_bo_sung\nquy_trinh: [nghi]\n", "utf-8"
    )
    path = other / "quy-trinh/nghi.yaml"
    path.write_text(path.read_text("utf-8").replace("5 ngày làm việc", "4 ngày làm việc"), "utf-8")
    return tmp_path


def test_several_kho_are_added_up_by_agency_and_field(two: Path) -> None:
    data = report(two, "--since", "dau")
    assert [place["co_quan"] for place in data["kho"]] == ["Sở Nội vụ thành phố Hà Nội", "UBND phường Ba Đình"]
    assert data["tong"]["cat_giam"]["so_buoc"]["truoc"] == 17 + 2
    assert data["tong"]["cat_giam"]["thoi_gian"][0]["giam"] == "29/4"
    run = qtnb("simplify-report", "--since", "dau", *NGAY, "-o", "pa.docx", "-o", "pa.xlsx", cwd=two)
    assert (run.code, run.err) == (0, "")
    shown = outline(two / "pa.docx")
    assert "| II | Tổ chức, cán bộ | 2 | 2 | 0 | 0% | 5 | 4 | 1 | 20% |" in shown
    assert "Giải quyết nghỉ phép \n(CV-01) \ncủa UBND phường Ba Đình | 2 | 2 | 0 | 0% | 5 | 4 | 1 | 20% |" in shown
    assert "| 2 | UBND phường Ba Đình | 1 | 2 | 2 | 0 | 0% | 5 | 4 | 1 | 20% |" in shown
    assert "(1) Trước: bản “dau” của từng kho; sau: bản đang soạn. Lập ngày 22/11/2026." in shown
    assert [str(error) for error in OpenXmlValidator().validate(two / "pa.docx").errors] == []


def test_a_kho_without_the_state_is_named_and_left_out(two: Path) -> None:
    make_kho(two / "c-moi", {"quy-trinh/a.yaml": cv("A", "1 ngày", ["A"])})
    run = qtnb("simplify-report", "--since", "dau", *NGAY, cwd=two)
    assert run.code == 1
    assert run.err.startswith("Bỏ qua kho c-moi: Không có thư mục nào tên “dau”.")
    assert "UBND phường Ba Đình" in run.out


# --- bad input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "qtnb: Thiếu --since.\n"),
        (["--since", "khong-co"], 3, "qtnb: Không có thư mục nào tên “khong-co”."),
        (["--since", "dau", "--ngay", "22/11/2026"], 2, "qtnb: Ngày “22/11/2026” không đúng dạng.\n"),
        (["--since", "dau", "-o", "a.pdf"], 2, "qtnb: Giá trị “a.pdf” của -o không dùng được.\n"),
        (["--since", "dau", "-o", "khong/co/a.docx"], 3, "qtnb: Không có thư mục “khong/co” để ghi “a.docx”.\n"),
        (["--since", "dau", "--until", "khong-co"], 3, "qtnb: Không có thư mục nào tên “khong-co”."),
        (["--since", "dau", "khong-co"], 3, "qtnb: Không đọc được đường dẫn khong-co.\n"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    run = qtnb("simplify-report", *words, cwd=cut_draft(tmp_path))
    assert run.code == code
    assert run.err.startswith(said)
    assert "Traceback" not in run.err


def test_a_broken_file_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    (kho / "quy-trinh/den.yaml").write_text("loai: CV\nten: [\n", "utf-8")
    data = report(kho, "--since", "dau", code=1)
    (missing,) = data["kho"][0]["khong_so_duoc"]
    assert missing["khoa"] == "den"
    assert missing["vi_sao"].startswith("bản đang soạn: ")
    assert "den" not in by_key(data)
    assert data["tong"]["cat_giam"]["quy_trinh"] == 4


def test_a_kept_file_that_was_changed_is_not_used(tmp_path: Path) -> None:
    kho = cut_draft(tmp_path)
    kept = kho / "da-phe-duyet/dau.json"
    kept.write_text(kept.read_text("utf-8").replace("5 ngày làm việc", "9 ngày làm việc"), "utf-8")
    run = qtnb("simplify-report", "--since", "dau", cwd=kho)
    assert run.code == 1
    assert run.err.startswith("qtnb: Bản lưu da-phe-duyet/dau.json đã bị sửa sau khi")


def test_nothing_cut_is_said(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": cv("A", "1 ngày", ["A"])})
    run = qtnb("simplify-report", "--since", ".", *NGAY, "-o", "pa.docx", "-o", "pa.xlsx", cwd=kho)
    assert (run.code, run.out) == (0, "Không có quy trình nào được cắt giảm. Không đổi 1.\npa.docx\npa.xlsx\n")
