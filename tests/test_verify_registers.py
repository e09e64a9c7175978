"""A document is held against the register of its own agency, or it is said that this was not done, and why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kit import qtnb
from marked_documents import altered, forged, in_text, rendered_kho, told, without_mark
from qtnb.render.package import DOCUMENT as DOCX
from qtnb.render.package import read_package
from register_kho import approve, numbered_kho, replace_in

DOCUMENT = "van-ban/noi-dung.docx"
SIGNED = "Quyết định số 13/QĐ-SNV ngày 02/11/2024"
NOT_COMPARED = "Chưa bị sửa từ khi in, nhưng CHƯA ĐỐI CHIẾU với bản đã phê duyệt."
IMPOSSIBLE = "Chưa bị sửa từ khi in, nhưng KHÔNG ĐỐI CHIẾU ĐƯỢC với bản đã phê duyệt."


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A kho with both decisions entered and rendered."""
    return rendered_kho(tmp_path / "kho")


def other_agency(folder: Path) -> Path:
    """A kho whose agency has the same abbreviation, and entered the same decisions on the same days."""
    kho = numbered_kho(folder)
    replace_in(kho / "qtnb.yaml", "ten: Sở Nội vụ thành phố Hà Nội", "ten: Sở Nội vụ tỉnh Bắc Ninh")
    approve(kho, "danh-muc", 12, "2024-11-01")
    approve(kho, "noi-dung", 13, "2024-11-02")
    return kho


@pytest.mark.parametrize("place", ["a-truoc", "z-sau"])
def test_the_register_of_the_agency_is_taken_whichever_comes_first(tmp_path: Path, kho: Path, place: str) -> None:
    other_agency(tmp_path / place)
    answer = told(kho / DOCUMENT, tmp_path, tmp_path)
    assert (answer.code, answer.data["verdict"], answer.data["doi_chieu"]) == (0, "nguyen_ven", True)
    assert answer.data["so_dang_ky"] == "kho/so-dang-ky.yaml"
    assert "  Đã đối chiếu với sổ đăng ký kho/so-dang-ky.yaml.\n" in answer.text


def test_the_same_number_of_another_agency_is_no_comparison(tmp_path: Path, kho: Path) -> None:
    other = other_agency(tmp_path / "khac")
    document = Path(shutil.copy(kho / DOCUMENT, tmp_path / "van-ban-di.docx"))
    answer = told(document, other)
    assert (answer.code, answer.data["verdict"], answer.data["doi_chieu"]) == (0, "nguyen_ven", False)
    assert answer.data["so_dang_ky"] is None
    assert answer.data["sentences"][0] == NOT_COMPARED


def test_all_copies_of_a_register_are_tried(tmp_path: Path, kho: Path) -> None:
    shutil.copytree(kho, tmp_path / "a-cu")
    (tmp_path / "a-cu/da-phe-duyet/noi-dung.json").unlink()
    answer = told(kho / DOCUMENT, tmp_path, tmp_path)
    assert (answer.code, answer.data["so_dang_ky"]) == (0, "kho/so-dang-ky.yaml")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [('"quyet_dinh":"noi-dung"', '"quyet_dinh":"khac"')],
            "so-dang-ky.yaml ghi số 13/QĐ-SNV là của quyết định “noi-dung”, ngày 02/11/2024.",
        ),
        (
            [('"ngay":"2024-11-02"', '"ngay":"2024-11-03"')],
            "so-dang-ky.yaml ghi quyết định “noi-dung” là Quyết định số 13/QĐ-SNV ngày 02/11/2024.",
        ),
        (
            [("13/QĐ-SNV", "14/QĐ-SNV")],
            "so-dang-ky.yaml ghi quyết định “noi-dung” là Quyết định số 13/QĐ-SNV ngày 02/11/2024.",
        ),
        (
            [('"co_quan":"Sở Nội vụ thành phố Hà Nội"', '"co_quan":"Sở Nội vụ"')],
            f"so-dang-ky.yaml ghi {SIGNED} là của Sở Nội vụ thành phố Hà Nội; dấu trong tệp ghi là của Sở Nội vụ.",
        ),
    ],
    ids=["key", "day", "number", "agency"],
)
def test_what_the_register_knows_otherwise_is_not_vouched_for(
    kho: Path, changes: list[tuple[str, str]], said: str
) -> None:
    document = forged(kho / DOCUMENT, kho / "gia.docx", *changes)
    answer = told(document, kho)
    assert (answer.code, answer.data["verdict"], answer.data["doi_chieu"]) == (1, "trai_so_dang_ky", False)
    assert answer.data["sentences"][0] == "Trái với sổ đăng ký."
    assert answer.data["sentences"][2] == said


def test_a_kho_that_was_named_must_know_the_decision(tmp_path: Path, kho: Path) -> None:
    other = other_agency(tmp_path / "khac")
    answer = told(kho / DOCUMENT, tmp_path, other)
    assert (answer.code, answer.data["verdict"]) == (1, "trai_so_dang_ky")
    assert answer.text.startswith("kho/van-ban/noi-dung.docx: Không có trong sổ đăng ký.\n")
    assert answer.text.endswith("  Quyết định này không có trong khac/so-dang-ky.yaml.\n")


def torn(kho: Path) -> None:
    text = (kho / "so-dang-ky.yaml").read_text(encoding="utf-8")
    (kho / "so-dang-ky.yaml").write_text(f"<<<<<<< HEAD\n{text}", encoding="utf-8")


def cut_off(kho: Path) -> None:
    replace_in(kho / "so-dang-ky.yaml", "het: true\n", "")


def edited(kho: Path) -> None:
    replace_in(kho / "so-dang-ky.yaml", "hinh_thuc: ban_hanh", "hinh_thuc: sua_doi_bo_sung")


def gone(kho: Path) -> None:
    (kho / "so-dang-ky.yaml").unlink()


def unkept(kho: Path) -> None:
    (kho / "da-phe-duyet/noi-dung.json").unlink()


def kept_otherwise(kho: Path) -> None:
    replace_in(kho / "da-phe-duyet/noi-dung.json", "1 ngày", "5 ngày")


def broken_template(kho: Path) -> None:
    (kho / "mau").mkdir()
    (kho / "mau/quyet-dinh-cv.docx").write_bytes(b"PK")


BREAKS = [
    (torn, "Không dùng được sổ đăng ký (so-dang-ky.yaml:1): Tệp còn dấu xung đột của git"),
    (cut_off, "Sổ đăng ký bị cắt cụt: thiếu dòng cuối “het: true”."),
    (edited, "Mục quyết định “danh-muc” trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp."),
    (gone, "Kho có nội dung đã phê duyệt (da-phe-duyet/) nhưng không còn sổ đăng ký so-dang-ky.yaml."),
    (unkept, "Bản lưu da-phe-duyet/noi-dung.json bị thiếu"),
    (kept_otherwise, "Bản lưu da-phe-duyet/noi-dung.json đã bị sửa sau khi"),
    (broken_template, "mau/quyet-dinh-cv.docx” không phải là tệp Word (.docx) hoặc đã bị hỏng."),
]


@pytest.mark.parametrize(("broken", "why"), BREAKS, ids=[broken.__name__ for broken, _ in BREAKS])
def test_an_impossible_comparison_is_exit_3_and_says_why(kho: Path, broken: Callable[[Path], None], why: str) -> None:
    broken(kho)
    answer = told(kho / DOCUMENT, kho)
    assert (answer.code, answer.data["verdict"], answer.data["doi_chieu"]) == (3, "khong_doi_chieu_duoc", False)
    assert answer.data["sentences"][0] == IMPOSSIBLE
    assert any(why in sentence for sentence in answer.data["sentences"]), answer.data["sentences"]
    assert answer.data["sentences"][-1] == "Xem lỗi bằng lệnh: qtnb validate"


@pytest.mark.parametrize(("broken", "why"), BREAKS, ids=[broken.__name__ for broken, _ in BREAKS])
def test_an_altered_document_is_told_whatever_the_register(kho: Path, broken: Callable[[Path], None], why: str) -> None:
    broken(kho)
    document = altered(kho / DOCUMENT, kho / "sua.docx", in_text("1 ngày", "5 ngày"))
    answer = told(document, kho)
    assert (answer.code, answer.data["verdict"], len(answer.data["changes"])) == (1, "bi_sua", 4)
    assert any(why in sentence for sentence in answer.data["sentences"]), answer.data["sentences"]


@pytest.mark.parametrize(("broken", "why"), BREAKS, ids=[broken.__name__ for broken, _ in BREAKS])
def test_a_document_without_a_mark_is_told_whatever_the_register(
    kho: Path, broken: Callable[[Path], None], why: str
) -> None:
    broken(kho)
    document = altered(kho / DOCUMENT, kho / "xoa.docx", without_mark)
    answer = told(document, kho)
    assert (answer.code, answer.data["verdict"]) == (1, "khong_co_dau")
    assert any(why in sentence for sentence in answer.data["sentences"]), answer.data["sentences"]


@pytest.mark.parametrize("content", ["", "phien_ban: [", "co_quan: {}\n"], ids=["empty", "torn", "unfit"])
def test_faults_in_other_files_of_the_kho_do_not_matter(kho: Path, content: str) -> None:
    (kho / "qtnb.yaml").write_text(content, encoding="utf-8")
    (kho / "quy-trinh/den.yaml").write_text(content, encoding="utf-8")
    assert told(kho / DOCUMENT, kho).code == 0


def test_a_mark_with_other_seals_is_not_vouched_for(kho: Path) -> None:
    for old, new in (('"dau":{"noi_dung":"', '"dau":{"noi_dung":"0'), ('"dau":{"noi_dung"', '"dau":{"la"')):
        document = forged(kho / DOCUMENT, kho / "gia.docx", (old, new))
        answer = told(document, kho)
        assert (answer.code, answer.data["verdict"]) == (1, "bi_sua")
        assert answer.data["sentences"][0] == "Chữ đúng bản đã phê duyệt, nhưng dấu trong tệp đã bị sửa."


# --- what became of it since ----------------------------------------------------------------------

END = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\nhieu_luc: 2027-01-01\n"


def test_later_decisions_are_told_with_the_day_from_which_they_count(kho: Path) -> None:
    (kho / "quyet-dinh/bo.yaml").write_text(END, encoding="utf-8")
    approve(kho, "bo", 21, "2024-12-01")
    answer = told(kho / DOCUMENT, kho)
    assert answer.code == 0
    first, second = answer.data["quy_trinh"]
    assert (first["khoa"], first["trang_thai"], first["moi_nhat"], first["hieu_luc"]) == (
        "den",
        "da_phe_duyet",
        True,
        "2024-11-02",
    )
    assert second == {
        "khoa": "di",
        "ky_hieu": "CV-02",
        "trang_thai": "bai_bo",
        "moi_nhat": False,
        "hieu_luc": "2024-11-02",
        "het_hieu_luc": "2027-01-01",
        "thay_the_boi": [],
        "quyet_dinh_sau": [{"khoa": "bo", "so_ky_hieu": "21/QĐ-SNV", "ngay": "2024-12-01", "hinh_thuc": "bai_bo"}],
    }
    assert (
        "  CV-02 (di): bị bãi bỏ theo Quyết định số 21/QĐ-SNV ngày 01/12/2024, hết hiệu lực từ ngày 01/01/2027.\n"
        in answer.text
    )


def test_a_decision_on_another_part_leaves_a_procedure_as_it_was(kho: Path) -> None:
    assert (
        "  CV-01 (den): bản mới nhất, hiệu lực từ ngày 01/11/2024.\n" in told(kho / "van-ban/danh-muc.docx", kho).text
    )


AGAIN = "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\nbai_bo_quyet_dinh: [noi-dung]\nhieu_luc: 2027-01-01\n"


def test_a_decision_that_was_abolished_says_by_which_and_from_when(kho: Path) -> None:
    (kho / "quyet-dinh/lai.yaml").write_text(AGAIN, encoding="utf-8")
    approve(kho, "lai", 30, "2025-01-01")
    answer = told(kho / DOCUMENT, kho)
    assert (answer.code, answer.data["quyet_dinh"]["bai_bo_boi"]) == (0, "lai")
    assert answer.data["sentences"][3:] == [
        "Quyết định này bị bãi bỏ bởi Quyết định số 30/QĐ-SNV ngày 01/01/2025, từ ngày 01/01/2027.",
        "CV-01 (den): sau đó có Quyết định số 30/QĐ-SNV ngày 01/01/2025, hiệu lực từ ngày 01/01/2027.",
        "CV-02 (di): không còn quyết định nào phê duyệt như trong văn bản này.",
    ]
    assert [item["moi_nhat"] for item in answer.data["quy_trinh"]] == [False, False]


def test_the_answer_of_a_document_as_approved_in_fields(kho: Path) -> None:
    data = told(kho / DOCUMENT, kho).data
    del data["quy_trinh"], data["sentences"]
    assert data == {
        "version": 1,
        "file": DOCUMENT,
        "verdict": "nguyen_ven",
        "loai": "quyet_dinh",
        "doi_chieu": True,
        "so_dang_ky": "so-dang-ky.yaml",
        "quyet_dinh": {
            "khoa": "noi-dung",
            "so_ky_hieu": "13/QĐ-SNV",
            "ngay": "2024-11-02",
            "co_quan": "Sở Nội vụ thành phố Hà Nội",
            "hieu_luc": "2024-11-02",
            "bai_bo_boi": None,
        },
        "ban": None,
        "qtnb": "0.1.0",
        "tracked_changes": False,
        "ban_hanh": None,
        "changes": [],
    }


# --- a draft that was signed since ----------------------------------------------------------------


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The document of a draft whose decision was signed afterwards."""
    kho = numbered_kho(tmp_path / "kho")
    assert qtnb("render", cwd=kho).code == 0
    return kho / DOCUMENT


def test_a_draft_that_was_signed_as_it_is_says_so(draft: Path) -> None:
    kho = draft.parent.parent
    approve(kho, "danh-muc", 12, "2024-11-01")
    approve(kho, "noi-dung", 13, "2024-11-02")
    answer = told(draft, kho)
    assert (answer.code, answer.data["verdict"], answer.data["doi_chieu"]) == (0, "nguyen_ven", False)
    assert answer.data["ban_hanh"] == {"so_ky_hieu": "13/QĐ-SNV", "ngay": "2024-11-02", "trung": True, "changes": []}
    assert answer.text.splitlines()[2] == (
        "  Dự thảo này nay đã ban hành là Quyết định số 13/QĐ-SNV ngày 02/11/2024; nội dung trùng với bản đã ký, trừ "
        "số và ngày."
    )


def test_a_draft_that_was_signed_otherwise_says_where(draft: Path) -> None:
    kho = draft.parent.parent
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    approve(kho, "danh-muc", 12, "2024-11-01")
    approve(kho, "noi-dung", 13, "2024-11-02")
    answer = told(draft, kho)
    assert (answer.code, answer.data["ban_hanh"]["trung"]) == (0, False)
    assert "nội dung khác bản đã ký ở 1 chỗ.\n" in answer.text
    assert "  - 1. Tiếp nhận văn bản đến (CV-01), 3.3 Số lượng: dự thảo “01 bộ”, bản đã ký “02 bộ”\n" in answer.text


def test_a_draft_with_a_number_written_in_is_no_decision(draft: Path) -> None:
    blank = re.search("Số:[^/<]*/QĐ-SNV", read_package(draft, "x", DOCX)["word/document.xml"].decode())
    assert blank is not None
    document = forged(draft, draft.parent / "so.docx", (blank[0], "Số: 13/QĐ-SNV"))
    answer = told(document, draft.parent.parent)
    assert (answer.code, answer.data["verdict"]) == (1, "bi_sua")
    assert answer.data["sentences"][0] == "Văn bản đã mang số, nhưng dấu trong tệp là của dự thảo."
