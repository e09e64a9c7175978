"""The history of a procedure: its decisions, what each changed, and what is being drafted."""

from __future__ import annotations

import json
from pathlib import Path

from kit import CV, make_kho, qtnb
from register_kho import approve, approved_kho, numbered_kho, replace_in

AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n"
ABOLISH = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\n"


def amended_kho(folder: Path) -> Path:
    kho = approved_kho(folder)
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 1 ngày", "    thoi_gian: 0,5 ngày")
    approve(kho, "sua", 20, "2024-12-01")
    return kho


def test_each_decision_tells_what_it_changed_and_the_draft_comes_last(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/nua.yaml").write_text(AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    run = qtnb("log", "den", cwd=kho)
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "CV-01  Tiếp nhận văn bản đến (den): đã sửa đổi, bổ sung, hiệu lực từ 01/12/2024\n"
        "  01/11/2024  Quyết định số 12/QĐ-SNV: ban hành danh mục\n"
        "  02/11/2024  Quyết định số 13/QĐ-SNV: ban hành nội dung\n"
        "  01/12/2024  Quyết định số 20/QĐ-SNV: sửa đổi, bổ sung nội dung\n"
        "      Bước B1: B1. Vào sổ Thời gian: 1 ngày → B1. Vào sổ Thời gian: 0,5 ngày\n"
        "  đang soạn, chưa có quyết định\n"
        "      Số lượng: 01 bộ → 02 bộ\n"
    )
    assert qtnb("log", "CV-01", cwd=kho / "quy-trinh").out == run.out


def test_an_abolished_procedure_keeps_its_history_without_its_file(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(ABOLISH, "utf-8")
    approve(kho, "bo", 21, "2024-12-05")
    (kho / "quy-trinh/di.yaml").unlink()
    data = json.loads(qtnb("log", "CV-02", "--format", "json", cwd=kho).out)
    assert {key: data[key] for key in ("version", "khoa", "trang_thai", "het_hieu_luc")} == {
        "version": 1,
        "khoa": "di",
        "trang_thai": "bai_bo",
        "het_hieu_luc": "2024-12-05",
    }
    assert [(event["quyet_dinh"], event["viec"], event["thay_doi"]) for event in data["su_kien"]] == [
        ("danh-muc", "ban hành danh mục", []),
        ("noi-dung", "ban hành nội dung", []),
        ("bo", "bãi bỏ", []),
    ]


def test_a_draft_has_no_decision_yet(tmp_path: Path) -> None:
    run = qtnb("log", "LT-01", cwd=numbered_kho(tmp_path))
    assert run.out == "LT-01  Trình văn bản (trinh): dự thảo\n  Chưa có quyết định nào.\n"


def test_what_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path / "co-so")
    unknown = qtnb("log", "CV-77", cwd=kho)
    assert (unknown.code, unknown.err.splitlines()[0]) == (
        2,
        "qtnb: Sổ đăng ký không có quy trình mang khóa hoặc ký hiệu “CV-77”.",
    )
    without = qtnb("log", "a", cwd=make_kho(tmp_path / "khong-so", {"quy-trinh/a.yaml": CV}))
    assert (without.code, without.err.splitlines()[0]) == (1, "qtnb: Kho chưa có sổ đăng ký.")
    nowhere = qtnb("log", "a", cwd=tmp_path)
    assert (nowhere.code, nowhere.err.splitlines()[0]) == (3, f"qtnb: Không có kho quy trình nào tại “{tmp_path}”.")
