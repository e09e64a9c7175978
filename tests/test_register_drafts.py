"""What a decision being drafted lets differ from what is approved: the parts that it decides, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit import qtnb
from register_kho import approve, approved_kho, replace_in

STEP = ("    thoi_gian: 1 ngày", "    thoi_gian: 2 ngày")
NAME = ("ten: Tiếp nhận văn bản đến", "ten: Nhận văn bản đến")
FIELD = ("ten: Tiếp nhận văn bản đến", "ten: Tiếp nhận văn bản đến\nlinh_vuc: Văn thư")
SYMBOL = ("ky_hieu: CV-01", "ky_hieu: CV-09")
NO_SYMBOL = ("ky_hieu: CV-01\n", "")


def draft(form: str, parts: str, names: str = "[CV-01]", more: str = "") -> str:
    return f"loai: QD\nhinh_thuc: {form}\nphe_duyet: {parts}\nquy_trinh: {names}\n{more}"


AMEND_CONTENT = draft("sua_doi_bo_sung", "noi_dung")
AMEND_LIST = draft("sua_doi_bo_sung", "danh_muc")
AMEND_BOTH = draft("sua_doi_bo_sung", "danh_muc_va_noi_dung")
ISSUE = draft("ban_hanh", "danh_muc_va_noi_dung")
REPLACE = draft("thay_the", "noi_dung")
REPLACE_ALL = draft("thay_the", "danh_muc_va_noi_dung", "tat_ca")
AMEND_ALL = draft("sua_doi_bo_sung", "noi_dung", "tat_ca")
REPLACE_OTHERS = draft("thay_the", "noi_dung", "[CV-02]", "bi_thay_the: [CV-01]\n")
REPLACE_LT = draft("thay_the", "danh_muc_va_noi_dung", "[LT-01]", "pham_vi_lien_thong: true\n")
ABOLISH = draft("bai_bo", "danh_muc")

CASES = [
    ("content, which it amends", AMEND_CONTENT, STEP, ""),
    ("the name, which its form prints too", AMEND_CONTENT, NAME, ""),
    ("the field of work, which only the list prints", AMEND_CONTENT, FIELD, "approved-changed"),
    ("the field of work, which it amends", AMEND_LIST, FIELD, ""),
    ("the name, which it amends", AMEND_LIST, NAME, ""),
    ("content, which the list does not print", AMEND_LIST, STEP, "approved-changed"),
    ("content, where it amends both", AMEND_BOTH, STEP, ""),
    ("the field, where it amends both", AMEND_BOTH, FIELD, ""),
    ("what it would issue again", ISSUE, STEP, "approved-changed"),
    ("content, which it replaces", REPLACE, STEP, ""),
    ("content of all that it replaces", REPLACE_ALL, STEP, ""),
    ("content of all, which is told as a fault of the decision", AMEND_ALL, STEP, ""),
    ("content of what lapses", REPLACE_OTHERS, STEP, "approved-changed"),
    ("content of another kind", REPLACE_LT, STEP, "approved-changed"),
    ("content of what it abolishes", ABOLISH, STEP, "approved-changed"),
    ("a symbol", AMEND_BOTH, SYMBOL, "symbol-changed"),
    ("a symbol of what lapses", REPLACE_OTHERS, SYMBOL, "symbol-changed"),
    ("a symbol taken away", AMEND_BOTH, NO_SYMBOL, "symbol-changed"),
]


@pytest.mark.parametrize(("text", "change", "rule"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_draft_frees_the_parts_that_it_decides(tmp_path: Path, text: str, change: tuple[str, str], rule: str) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/moi.yaml").write_text(text, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", *change)
    out = qtnb("validate", "quy-trinh", cwd=kho).out
    assert (f"[{rule}]" in out) if rule else "quy-trinh/den.yaml" not in out, out


def test_a_symbol_that_was_taken_away_is_to_be_put_back(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "quy-trinh/den.yaml", *NO_SYMBOL)
    out = qtnb("validate", cwd=kho).out
    assert (
        "quy-trinh/den.yaml:1:1: lỗi: Tệp không còn ký hiệu CV-01 đã cấp cho quy trình này trong sổ đăng ký. "
        "[symbol-changed]" in out
    )
    assert "→ Ghi lại CV-01: số đã cấp cho quy trình thì không đổi." in out
    assert "[approved-changed]" not in out


def test_the_name_that_was_amended_with_the_content_stays_as_amended(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/moi.yaml").write_text(AMEND_CONTENT, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", *NAME)
    approve(kho, "moi", 14, "2024-11-10")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    replace_in(kho / "quy-trinh/den.yaml", NAME[1], NAME[0])
    assert "“Tên quy trình” trong bản đã phê duyệt là “Nhận văn bản đến”" in qtnb("validate", cwd=kho).out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ABOLISH, False),
        (REPLACE_OTHERS, False),
        (AMEND_BOTH, True),
        (REPLACE, True),
        (ISSUE, True),
        (REPLACE_ALL, True),
    ],
    ids=["abolished", "replaced", "amended", "approved anew", "issued", "all approved anew"],
)
def test_only_what_a_draft_ends_may_be_without_a_file(tmp_path: Path, text: str, *, told: bool) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/moi.yaml").write_text(text, "utf-8")
    (kho / "quy-trinh/den.yaml").unlink()
    out = qtnb("validate", cwd=kho).out
    assert ("[approved-deleted]" in out) is told, out


def test_a_draft_that_abolishes_asks_for_the_file_until_it_is_entered(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    text = (kho / "quy-trinh/den.yaml").read_text("utf-8")
    (kho / "quyet-dinh/moi.yaml").write_text(ABOLISH, "utf-8")
    (kho / "quy-trinh/den.yaml").unlink()
    out = qtnb("validate", cwd=kho).out
    assert (
        "quyet-dinh/moi.yaml:4:13: lỗi: Quy trình CV-01 (den) đã được phê duyệt nhưng tệp không còn trong kho. "
        "[unknown-procedure]" in out
    )
    assert "→ Lấy lại tệp từ git; muốn bỏ quy trình thì ghi sổ quyết định bãi bỏ xong mới xóa tệp." in out
    (kho / "quy-trinh/den.yaml").write_text(text, "utf-8")
    approve(kho, "moi", 14, "2024-11-10")
    (kho / "quy-trinh/den.yaml").unlink()
    assert qtnb("validate", "--strict", cwd=kho).code == 0


@pytest.mark.parametrize("command", ["validate", "lint"])
def test_a_new_decision_on_a_procedure_that_was_abolished_says_by_which(tmp_path: Path, command: str) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(ABOLISH, "utf-8")
    approve(kho, "bo", 14, "2024-11-10")
    (kho / "quyet-dinh/moi.yaml").write_text(draft("sua_doi_bo_sung", "noi_dung", "[den]"), "utf-8")
    out = qtnb(command, cwd=kho).out
    assert (
        "quyet-dinh/moi.yaml:4:13: lỗi: Quy trình CV-01 (den) đã bãi bỏ theo Quyết định số 14/QĐ-SNV ngày 10/11/2024. "
        "[unknown-procedure]" in out
    )
    assert "→ Bỏ quy trình này khỏi quyết định." in out


def test_a_draft_on_all_of_a_kind_that_was_abolished_has_nothing_to_approve(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(draft("bai_bo", "danh_muc", "[CV-01, CV-02]"), "utf-8")
    approve(kho, "bo", 14, "2024-11-10")
    (kho / "quyet-dinh/moi.yaml").write_text("loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n", "utf-8")
    out = qtnb("validate", cwd=kho).out
    assert "quyet-dinh/moi.yaml:3:12: lỗi: Kho không còn quy trình CV nào để phê duyệt. [unknown-procedure]" in out
    assert "→ Tạo quy trình bằng lệnh: qtnb new cv TÊN; hoặc xóa quyết định này nếu không ban hành nữa." in out
