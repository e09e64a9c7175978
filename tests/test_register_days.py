"""A decision that is in force from a later day than it was signed: what is said of its procedures."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from kit import qtnb
from qtnb.commands.listing import ListOptions, run_list
from qtnb.commands.outcome import ListFormat
from register_kho import approve, approved_kho, replace_in

ABOLISH = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-01]\nhieu_luc: 2025-01-01\n"
REPLACE = (
    "loai: QD\nhinh_thuc: thay_the\nphe_duyet: danh_muc_va_noi_dung\nquy_trinh: [CV-02]\n"
    "bi_thay_the: [CV-01]\nhieu_luc: 2025-01-01\n"
)
AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\nhieu_luc: 2025-01-01\n"
STEP = ("    thoi_gian: 1 ngày", "    thoi_gian: 2 ngày")

BEFORE, AFTER = dt.date(2024, 12, 31), dt.date(2025, 1, 1)


def decided(folder: Path, text: str) -> Path:
    kho = approved_kho(folder)
    (kho / "quyet-dinh/moi.yaml").write_text(text, "utf-8")
    if text == AMEND:
        replace_in(kho / "quy-trinh/den.yaml", *STEP)
    approve(kho, "moi", 20, "2024-12-01")
    return kho


def listed(kho: Path, today: dt.date, output_format: ListFormat = ListFormat.TEXT) -> str:
    options = ListOptions((kho,), kho, output_format, 160, color=False, on_terminal=False, today=today)
    return run_list(options, lambda _: None).out


def rows(kho: Path, today: dt.date) -> dict[str, str]:
    """The last cell of each line of the table, by symbol."""
    lines = [line.split("   ") for line in listed(kho, today).splitlines() if "CV-" in line or "LT-" in line]
    return {next(cell.strip() for cell in line if "-0" in cell): line[-1].strip() for line in lines}


@pytest.mark.parametrize(
    ("text", "how"),
    [(ABOLISH, "bị bãi bỏ"), (REPLACE, "được thay thế bằng CV-02")],
    ids=["abolished", "replaced"],
)
def test_a_procedure_that_is_still_in_force_is_told_with_its_last_day(tmp_path: Path, text: str, how: str) -> None:
    kho = decided(tmp_path, text)
    run = qtnb("validate", "--strict", cwd=kho)
    assert run.code == 0
    assert (
        f"quy-trinh/den.yaml:1:1: lưu ý: Quy trình CV-01 {how} theo Quyết định số 20/QĐ-SNV ngày 01/12/2024, hết hiệu "
        "lực từ ngày 01/01/2025; tệp vẫn còn. [lapsed-file]" in run.out
    )
    assert "→ Từ ngày 01/01/2025 thì xóa tệp, trước đó giữ nguyên như đã phê duyệt; " in run.out


def test_a_procedure_that_is_about_to_lapse_is_not_to_be_edited(tmp_path: Path) -> None:
    kho = decided(tmp_path, ABOLISH)
    replace_in(kho / "quy-trinh/den.yaml", *STEP)
    run = qtnb("validate", cwd=kho)
    assert run.code == 1
    assert (
        "quy-trinh/den.yaml:13:16: lỗi: CV-01 đã phê duyệt tại Quyết định số 13/QĐ-SNV ngày 02/11/2024 bị sửa mà chưa "
        "có quyết định: “Thời gian” của B1 trong bản đã phê duyệt là “1 ngày”, nay là “2 ngày”. [approved-changed]"
        in run.out
    )
    assert (
        "→ Khôi phục nội dung đã phê duyệt: quy trình bị bãi bỏ theo Quyết định số 20/QĐ-SNV ngày 01/12/2024, hết hiệu "
        "lực từ ngày 01/01/2025." in run.out
    )


def test_a_procedure_that_lapsed_on_signing_is_told_without_a_day(tmp_path: Path) -> None:
    kho = decided(tmp_path, ABOLISH.replace("hieu_luc: 2025-01-01\n", ""))
    assert (
        "quy-trinh/den.yaml:1:1: cảnh báo: Quy trình CV-01 đã bãi bỏ theo Quyết định số 20/QĐ-SNV ngày 01/12/2024, "
        "nhưng tệp vẫn còn. [lapsed-file]" in qtnb("validate", cwd=kho).out
    )


def test_a_new_decision_may_not_name_a_procedure_that_is_about_to_lapse(tmp_path: Path) -> None:
    kho = decided(tmp_path, REPLACE)
    (kho / "quyet-dinh/nua.yaml").write_text(AMEND, "utf-8")
    out = qtnb("validate", cwd=kho).out
    assert (
        "quyet-dinh/nua.yaml:4:13: lỗi: Quy trình CV-01 (den) được thay thế bằng CV-02 theo Quyết định số 20/QĐ-SNV "
        "ngày 01/12/2024, hết hiệu lực từ ngày 01/01/2025. [unknown-procedure]" in out
    )
    assert "→ Bỏ quy trình này khỏi quyết định; quy trình thay thế: CV-02." in out


def test_the_list_has_what_is_in_force_on_its_day(tmp_path: Path) -> None:
    kho = decided(tmp_path, REPLACE)
    assert rows(kho, BEFORE) == {
        "CV-01": "hết hiệu lực từ ngày 01/01/2025",
        "CV-02": "đã phê duyệt, có hiệu lực từ ngày 01/01/2025",
        "LT-01": "dự thảo",
    }
    assert rows(kho, AFTER) == {"CV-02": "đã phê duyệt", "LT-01": "dự thảo"}


def test_an_amended_procedure_is_in_force_before_and_after(tmp_path: Path) -> None:
    kho = decided(tmp_path, AMEND)
    assert rows(kho, BEFORE)["CV-01"] == "đã sửa đổi, bổ sung, bản mới có hiệu lực từ ngày 01/01/2025"
    assert rows(kho, AFTER)["CV-01"] == "đã sửa đổi, bổ sung"


def test_the_list_for_programs_has_the_days_as_the_register_has_them(tmp_path: Path) -> None:
    kho = decided(tmp_path, REPLACE)
    items = json.loads(listed(kho, BEFORE, ListFormat.JSON))["kho"][0]["quy_trinh"]
    assert [(item["ky_hieu"], item["trang_thai"], item["hieu_luc"], item["het_hieu_luc"]) for item in items] == [
        ("CV-01", "thay_the", "2024-11-02", "2025-01-01"),
        ("CV-02", "da_phe_duyet", "2025-01-01", None),
        ("LT-01", "du_thao", None, None),
    ]


def test_a_list_without_approvals_has_no_states(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    assert "Trạng thái" in listed(kho, BEFORE)
    (kho / "so-dang-ky.yaml").unlink()
    assert "Trạng thái" not in listed(kho, BEFORE)


# --- replaced by itself -----------------------------------------------------------------------------


def test_a_procedure_that_was_approved_anew_is_no_longer_an_amended_one(tmp_path: Path) -> None:
    kho = decided(tmp_path, AMEND)
    anew = AMEND.replace("sua_doi_bo_sung", "thay_the").replace("hieu_luc: 2025-01-01\n", "")
    (kho / "quyet-dinh/lai.yaml").write_text(anew, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 2 ngày", "    thoi_gian: 3 ngày")
    assert rows(kho, AFTER)["CV-01"] == "đã sửa đổi, bổ sung"
    approve(kho, "lai", 21, "2025-01-10")
    assert rows(kho, dt.date(2025, 1, 10))["CV-01"] == "đã phê duyệt"
    out = qtnb("log", "den", cwd=kho).out
    assert out.startswith("CV-01  Tiếp nhận văn bản đến (den): đã phê duyệt, hiệu lực từ 10/01/2025\n")
    assert "10/01/2025  Quyết định số 21/QĐ-SNV: ban hành lại nội dung, thay bản trước\n" in out


def test_a_list_that_was_issued_anew_leaves_the_content_amended(tmp_path: Path) -> None:
    kho = decided(tmp_path, AMEND)
    anew = "loai: QD\nhinh_thuc: thay_the\nphe_duyet: danh_muc\nquy_trinh: [CV-01, CV-02]\n"
    (kho / "quyet-dinh/lai.yaml").write_text(anew, "utf-8")
    approve(kho, "lai", 21, "2025-01-10")
    assert rows(kho, dt.date(2025, 1, 10)) == {
        "CV-01": "đã sửa đổi, bổ sung",
        "CV-02": "đã phê duyệt",
        "LT-01": "dự thảo",
    }
