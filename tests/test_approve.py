"""Approval: what is entered, what is refused, and what is left when the program is killed."""

from __future__ import annotations

import json
import threading
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from killing import Fault, fault_at_every_write, kill_at_every_write, tree
from kit import CV, KHO, qtnb
from qtnb.commands.printing import printable_decisions
from qtnb.locking import locked
from qtnb.transaction import resume, unfinished
from qtnb.validation import validate
from qtnb.words.context import decision_words
from register_kho import LIST, approve, approved_kho, numbered_kho, replace_in

AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n"


def register(kho: Path) -> dict[str, dict[str, dict[str, Any]]]:
    data: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8"))
    return data


def test_a_decision_gets_its_number_and_date_and_the_register_its_seals(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    out = approve(kho, "danh-muc", 12, "2024-11-01")
    assert out == (
        "Đã ghi sổ Quyết định số 12/QĐ-SNV ngày 01/11/2024:\n"
        "  CV-01  Tiếp nhận văn bản đến\n"
        "  CV-02  Phát hành văn bản đi\n"
        "Các tệp đã ghi:\n"
        "  da-phe-duyet/danh-muc.json\n"
        "  quyet-dinh/danh-muc.yaml\n"
        "  so-dang-ky.yaml\n"
        "Lưu các tệp này vào git cùng một lần.\n"
    )
    signed = LIST.replace('so: ""', 'so: "12"').replace('ngay: ""', 'ngay: "2024-11-01"')
    assert (kho / "quyet-dinh/danh-muc.yaml").read_text("utf-8") == signed
    den = register(kho)["quy_trinh"]["den"]
    assert (den["ky_hieu"], den["trang_thai"], den["hieu_luc"]) == ("CV-01", "da_phe_duyet", "2024-11-01")
    (event,) = den["lich_su"]
    assert (event["quyet_dinh"], event["so_ky_hieu"], event["ngay"]) == ("danh-muc", "12/QĐ-SNV", "2024-11-01")
    assert register(kho)["quy_trinh"]["trinh"]["trang_thai"] == "du_thao"
    kept = json.loads((kho / "da-phe-duyet/danh-muc.json").read_text("utf-8"))
    assert [item["tep"] for item in kept["quy_trinh"]] == ["quy-trinh/den.yaml", "quy-trinh/di.yaml"]
    assert kept["quyet_dinh"]["data"]["so"] == "12"
    assert qtnb("validate", cwd=kho).out == "Đã kiểm tra 7 tệp: không có lỗi.\n"


def test_a_dry_run_shows_the_changes_and_makes_none(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    before = tree(kho)
    run = qtnb("approve", "quyet-dinh/danh-muc.yaml", "--so", "12", "--ngay", "2024-11-01", "--dry-run", cwd=kho)
    assert run.code == 0
    assert run.out.startswith("Sẽ ghi sổ Quyết định số 12/QĐ-SNV ngày 01/11/2024:\n")
    assert '-so: ""\n-ngay: ""\n+so: "12"\n+ngay: "2024-11-01"\n' in run.out
    assert run.out.endswith("Chưa ghi gì (--dry-run).\n")
    assert tree(kho) == before


def test_an_effect_before_the_signature_is_told_before_it_is_entered(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    with (kho / "quyet-dinh/danh-muc.yaml").open("a", encoding="utf-8") as file:
        file.write("hieu_luc: 2024-01-01\n")
    run = qtnb("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", "--dry-run", cwd=kho)
    assert (run.code, run.err) == (0, "Lưu ý: ngày có hiệu lực 01/01/2024 trước ngày ký 01/11/2024.\n")


def test_a_decision_without_the_keys_gets_them_below_what_it_approves(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    approve(kho, "noi-dung", 3, "2024-02-05")
    text = (kho / "quyet-dinh/noi-dung.yaml").read_text("utf-8")
    assert text == 'loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01, CV-02]\nso: "3"\nngay: "2024-02-05"\n'
    assert "03/QĐ-SNV" in (kho / "so-dang-ky.yaml").read_text("utf-8")


def test_the_same_approval_again_changes_nothing(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    before = tree(kho)
    assert (
        approve(kho, "danh-muc", 12, "2024-11-01")
        == "Quyết định số 12/QĐ-SNV ngày 01/11/2024 đã ghi sổ từ trước; không có gì thay đổi.\n"
    )
    assert tree(kho) == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--so", "0", "--ngay", "2024-11-01"], 2, "qtnb: “0” không phải là số của một quyết định.\n"),
        (["--so", "12/QĐ", "--ngay", "2024-11-01"], 2, "qtnb: “12/QĐ” không phải là số của một quyết định.\n"),
        (["--so", "12", "--ngay", "2024-02-30"], 2, "qtnb: “2024-02-30” không phải là một ngày trong lịch.\n"),
        (["--so", "12", "--ngay", "21/11/2024"], 2, "qtnb: “21/11/2024” không phải là một ngày trong lịch.\n"),
        (["--so", "12", "--ngay", "2206-11-01"], 2, "qtnb: Ngày 01/11/2206 không thể là ngày ký.\n"),
        (["--ngay", "2024-11-01"], 2, "qtnb: Thiếu --so.\n"),
    ],
)
def test_an_impossible_number_or_day_is_refused(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    kho = numbered_kho(tmp_path)
    before = tree(kho)
    run = qtnb("approve", "danh-muc", *words, cwd=kho)
    assert run.code == code
    assert run.err.startswith(said)
    assert tree(kho) == before


def test_an_unknown_decision_is_refused(tmp_path: Path) -> None:
    run = qtnb("approve", "khong-co", "--so", "1", "--ngay", "2024-11-01", cwd=numbered_kho(tmp_path))
    assert run.code == 2
    assert run.err.startswith("qtnb: Không thấy quyết định “khong-co”.\n")


def test_a_kho_with_errors_approves_nothing(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quy-trinh/di.yaml", "muc_dich", "muc_dic")
    before = tree(kho)
    run = qtnb("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", cwd=kho)
    assert run.code == 1
    assert "quy-trinh/di.yaml:4:1: lỗi: " in run.err
    assert run.err.endswith("Chưa ghi sổ quyết định nào: sửa các lỗi trên rồi chạy lại.\n")
    assert tree(kho) == before


def test_an_entered_decision_takes_no_other_number(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    run = qtnb("approve", "danh-muc", "--so", "14", "--ngay", "2024-11-01", cwd=kho)
    assert run.code == 1
    assert run.err.startswith("qtnb: Quyết định “danh-muc” đã ghi sổ là Quyết định số 12/QĐ-SNV ngày 01/11/2024.\n")
    assert "Ghi nhầm thì hủy lần ghi sổ ấy trong git (git revert; chưa lưu thì lấy lại các tệp" in run.err


def test_a_file_that_says_another_number_is_refused(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quyet-dinh/danh-muc.yaml", 'so: ""', 'so: "7"')
    run = qtnb("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", cwd=kho)
    assert run.code == 1
    assert run.err.startswith("qtnb: Tệp quyet-dinh/danh-muc.yaml đã ghi so: 7, khác với 12.\n")


REFUSED = [
    (
        "hai.yaml",
        "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n",
        ["--so", "12", "--ngay", "2024-12-01"],
        "quyet-dinh/hai.yaml:1:1: lỗi: Số 12/QĐ-SNV năm 2024 đã cấp cho quyết định “danh-muc”. [approve-number-taken]",
    ),
    (
        "hai.yaml",
        "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n",
        ["--so", "5", "--ngay", "2024-10-01"],
        (
            "quyet-dinh/hai.yaml:1:1: lỗi: Quyết định số 05/QĐ-SNV ngày 01/10/2024 ký trước Quyết định số 13/QĐ-SNV "
            "ngày 02/11/2024 (CV-01), đã ghi sổ về cùng nội dung. [approve-too-early]"
        ),
    ),
    (
        "hai.yaml",
        "loai: QD\nphe_duyet: danh_muc\nquy_trinh: [moi]\n",
        ["--so", "15", "--ngay", "2024-12-01"],
        "quyet-dinh/hai.yaml:3:13: lỗi: Quy trình “moi” chưa có ký hiệu. [approve-no-symbol]",
    ),
    (
        "hai.yaml",
        "loai: QD\nphe_duyet: danh_muc\nhinh_thuc: bai_bo\nquy_trinh: [moi]\n",
        ["--so", "15", "--ngay", "2024-12-01"],
        (
            "quyet-dinh/hai.yaml:4:13: lỗi: Quy trình “moi” chưa được phê duyệt hoặc không còn hiệu lực, "
            "nên không thể bãi bỏ. [approve-not-in-force]"
        ),
    ),
]


@pytest.mark.parametrize(("name", "text", "words", "said"), REFUSED)
def test_what_cannot_be_entered_is_said_at_its_place(
    tmp_path: Path, name: str, text: str, words: list[str], said: str
) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh" / name).write_text(text, "utf-8")
    (kho / "quy-trinh/moi.yaml").write_text(CV.replace("đến", "mới"), "utf-8")
    before = tree(kho)
    run = qtnb("approve", name.removesuffix(".yaml"), *words, cwd=kho)
    assert run.code == 1
    assert said in run.err
    assert tree(kho) == before


BY_OTHERS = """\
loai: QD
phe_duyet: danh_muc
quy_trinh: tat_ca
pham_vi_lien_thong: true
co_quan_ban_hanh:
  ten: Sở Nông nghiệp vùng
  ten_ban_hanh: [SỞ NÔNG NGHIỆP VÙNG]
  viet_tat: SNV
  cap: tinh
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
"""


def test_two_agencies_may_have_the_same_number(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/lien-thong.yaml").write_text(BY_OTHERS, encoding="utf-8")
    approve(kho, "lien-thong", 12, "2024-12-02")
    assert register(kho)["quyet_dinh"]["lien-thong"]["co_quan"] == "Sở Nông nghiệp vùng"
    assert "co_quan" not in register(kho)["quyet_dinh"]["danh-muc"]
    assert qtnb("validate", cwd=kho).out == "Đã kiểm tra 8 tệp: không có lỗi.\n"
    (kho / "quyet-dinh/nua.yaml").write_text(BY_OTHERS, encoding="utf-8")
    run = qtnb("approve", "nua", "--so", "12", "--ngay", "2024-12-03", cwd=kho)
    assert run.code == 1
    said = "quyet-dinh/nua.yaml:1:1: lỗi: Số 12/QĐ-SNV năm 2024 đã cấp cho quyết định “lien-thong”. "
    assert said in run.err


def test_content_approved_otherwise_must_be_amended_not_issued_again(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(
        "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n", "utf-8"
    )
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 1 ngày", "    thoi_gian: 0,5 ngày")
    assert qtnb("validate", cwd=kho).code == 0
    replace_in(kho / "quyet-dinh/sua.yaml", "hinh_thuc: sua_doi_bo_sung", "hinh_thuc: ban_hanh")
    run = qtnb("approve", "sua", "--so", "20", "--ngay", "2024-12-01", cwd=kho)
    assert run.code == 1
    assert "[approved-changed]" in run.err
    replace_in(kho / "quyet-dinh/sua.yaml", "hinh_thuc: ban_hanh", "hinh_thuc: sua_doi_bo_sung")
    approve(kho, "sua", 20, "2024-12-01")
    den = register(kho)["quy_trinh"]["den"]
    assert (den["trang_thai"], den["hieu_luc"], len(den["lich_su"])) == ("sua_doi", "2024-12-01", 3)
    assert qtnb("validate", cwd=kho).code == 0


def test_an_abolished_number_is_never_given_again(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(
        "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\nhieu_luc: 2024-12-15\n", "utf-8"
    )
    out = approve(kho, "bo", 21, "2024-12-01")
    assert "  CV-02  Phát hành văn bản đi: bị bãi bỏ từ ngày 15/12/2024\n" in out
    di = register(kho)["quy_trinh"]["di"]
    assert (di["trang_thai"], di["het_hieu_luc"]) == ("bai_bo", "2024-12-15")
    assert "quy-trinh/di.yaml:1:1: lưu ý: Quy trình CV-02 bị bãi bỏ theo" in qtnb("validate", cwd=kho).out
    assert "CV-02" not in qtnb("list", cwd=kho).out
    (kho / "quy-trinh/di.yaml").unlink()
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    (kho / "quy-trinh/moi.yaml").write_text(CV.replace("đến", "mới"), "utf-8")
    assert qtnb("number", cwd=kho).out.startswith("CV-03  quy-trinh/moi.yaml\n")


def test_a_replaced_procedure_names_its_successor(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/moi.yaml").write_text(CV.replace("đến", "đến, đi"), "utf-8")
    assert qtnb("number", cwd=kho).code == 0
    (kho / "quyet-dinh/thay.yaml").write_text(
        "loai: QD\nhinh_thuc: thay_the\nphe_duyet: danh_muc_va_noi_dung\nquy_trinh: [moi]\n"
        "bi_thay_the: [{quy_trinh: CV-01, boi: moi}, di]\n"
        "bai_bo_quyet_dinh: [danh-muc]\n",
        "utf-8",
    )
    approve(kho, "thay", 30, "2024-12-01")
    blocks = register(kho)["quy_trinh"]
    assert [(blocks[khoa]["trang_thai"], blocks[khoa]["thay_the_boi"]) for khoa in ("den", "di")] == [
        ("thay_the", ["CV-03"]),
        ("thay_the", ["CV-03"]),
    ]
    assert blocks["moi"]["trang_thai"] == "da_phe_duyet"
    assert register(kho)["quyet_dinh"]["danh-muc"]["bai_bo_boi"] == "thay"


def test_a_signed_decision_prints_as_it_was_signed(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    assert qtnb("render", "quyet-dinh/noi-dung.yaml", "-o", "truoc", cwd=kho).code == 0
    (kho / "quyet-dinh/sua.yaml").write_text(
        "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n", "utf-8"
    )
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 1 ngày", "    thoi_gian: 0,5 ngày")
    replace_in(kho / "qtnb.yaml", "Sở Nội vụ thành phố Hà Nội", "Sở Nội vụ")
    assert qtnb("render", "quyet-dinh/noi-dung.yaml", "-o", "sau", cwd=kho).code == 0
    assert (kho / "truoc/noi-dung.docx").read_bytes() == (kho / "sau/noi-dung.docx").read_bytes()
    (kho / "qtnb.yaml").write_text(KHO, "utf-8")


# --- killed, interrupted, refused by the disk -------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01"], ["number"]], ids=["approve", "number"]
)
def test_a_kill_at_any_write_leaves_the_kho_as_before_or_wholly_changed(tmp_path: Path, words: list[str]) -> None:
    kho = numbered_kho(tmp_path / "kho")
    if words == ["number"]:
        (kho / "so-dang-ky.yaml").unlink()
        for name in ("den", "di"):
            path = kho / f"quy-trinh/{name}.yaml"
            replace_in(path, f"ky_hieu: CV-0{'1' if name == 'den' else '2'}\n", "")
    before = tree(kho)
    after: dict[str, bytes | None] = {}
    left: list[dict[str, bytes | None]] = []
    for end in kill_at_every_write(words, kho):
        if not end.event:
            assert end.code == 0, end
            after = tree(kho)
            continue
        half_done = unfinished(kho) is not None
        checked = qtnb("validate", cwd=kho)
        assert ("[unfinished-write]" in checked.out) == half_done, end
        with locked(kho):
            said = resume(kho)
        assert (said is not None) == half_done, end
        left.append(tree(kho))
    assert before != after
    assert all(state in (before, after) for state in left)
    assert before in left
    assert after in left


def test_two_approvals_at_once_do_not_mix(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    runs = {}

    def start(so: str) -> None:
        runs[so] = qtnb("approve", "danh-muc", "--so", so, "--ngay", "2024-11-01", cwd=kho)

    threads = [threading.Thread(target=start, args=(so,)) for so in ("12", "13")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(run.code for run in runs.values()) == [0, 1]
    (won,) = [so for so, run in runs.items() if run.code == 0]
    assert f'so: "{won}"' in (kho / "quyet-dinh/danh-muc.yaml").read_text("utf-8")
    assert register(kho)["quyet_dinh"]["danh-muc"]["so"] == won
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_a_full_disk_leaves_the_kho_as_it_was(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path / "kho")
    before = tree(kho)
    words = ["approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01"]
    for end in fault_at_every_write(Fault.REFUSE, words, kho):
        if end.event and end.code != 0:
            assert end.code == 3, end
            assert end.err.startswith("qtnb: "), end
            assert "Traceback" not in end.err
            assert tree(kho) == before, end


# --- what a decision does not decide ----------------------------------------------------------------


def test_an_approved_symbol_stays(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(
        "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [di]\n", "utf-8"
    )
    replace_in(kho / "quy-trinh/di.yaml", "ky_hieu: CV-02", "ky_hieu: CV-03")
    before = tree(kho)
    run = qtnb("approve", "sua", "--so", "20", "--ngay", "2024-12-01", cwd=kho)
    assert run.code == 1
    assert "quy-trinh/di.yaml:2:10: lỗi: Ký hiệu CV-03 khác ký hiệu CV-02 đã cấp" in run.err
    assert tree(kho) == before


def test_a_decision_on_content_does_not_change_the_line_of_the_catalogue(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(
        "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [di]\n", "utf-8"
    )
    replace_in(kho / "quy-trinh/di.yaml", "muc_dich:", "linh_vuc: Văn thư\nmuc_dich:")
    run = qtnb("approve", "sua", "--so", "20", "--ngay", "2024-12-01", cwd=kho)
    assert run.code == 1
    assert "“Lĩnh vực” không có trong bản đã phê duyệt, nay là “Văn thư”. [approved-changed]" in run.err


def test_an_abolished_procedure_is_not_there_for_a_new_decision(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(
        "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\n", "utf-8"
    )
    approve(kho, "bo", 21, "2024-12-01")
    (kho / "quyet-dinh/lai.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-02]\n", "utf-8")
    for words in (["validate"], ["approve", "lai", "--so", "30", "--ngay", "2024-12-02"], ["render", "-o", "in"]):
        run = qtnb(*words, cwd=kho)
        assert run.code == 1
        assert "quyet-dinh/lai.yaml:3:13: lỗi: " in run.out + run.err
        assert "Traceback" not in run.err


# --- which decision is meant ------------------------------------------------------------------------


def test_a_key_that_several_kho_have_is_refused_with_their_paths(tmp_path: Path) -> None:
    for name in ("a", "b"):
        numbered_kho(tmp_path / name)
    before = tree(tmp_path)
    run = qtnb("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", cwd=tmp_path)
    assert (run.code, tree(tmp_path)) == (2, before)
    assert run.err == (
        "qtnb: Có 2 tệp quyết định mang khóa “danh-muc”.\n"
        "  → Ghi đường dẫn của tệp, là một trong: a/quyet-dinh/danh-muc.yaml, b/quyet-dinh/danh-muc.yaml\n"
    )


def test_a_key_of_one_kho_below_names_the_kho(tmp_path: Path) -> None:
    for name in ("a", "b"):
        numbered_kho(tmp_path / name)
    (tmp_path / "a/quyet-dinh/danh-muc.yaml").unlink()
    said = " sổ Quyết định số 12/QĐ-SNV ngày 01/11/2024 (kho b):\n"
    words = ("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01")
    assert qtnb(*words, "--dry-run", cwd=tmp_path).out.startswith(f"Sẽ ghi{said}")
    assert qtnb(*words, cwd=tmp_path).out.startswith(f"Đã ghi{said}")
    assert "danh-muc" in register(tmp_path / "b")["quyet_dinh"]


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["nội-dung", "quyet-dinh/nội-dung.yaml"])
def test_a_key_is_the_same_in_whatever_code_points(tmp_path: Path, on_disk: str, typed: str, word: str) -> None:
    kho = numbered_kho(tmp_path)
    name = unicodedata.normalize(on_disk, "nội-dung.yaml")  # type: ignore[arg-type]
    (kho / "quyet-dinh/noi-dung.yaml").rename(kho / "quyet-dinh" / name)
    approve(kho, unicodedata.normalize(typed, word), 13, "2024-11-02")  # type: ignore[arg-type]
    assert list(register(kho)["quyet_dinh"]) == ["nội-dung"]
    assert qtnb("validate", cwd=kho).code == 0


def test_a_quiet_dry_run_answers_by_its_exit_code(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    before = tree(kho)
    words = ("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", "--dry-run", "-q")
    run = qtnb(*words, cwd=kho)
    assert (run.code, run.out, run.err, tree(kho)) == (0, "", "", before)
    replace_in(kho / "quy-trinh/di.yaml", "ky_hieu: CV-02\n", "")
    run = qtnb(*words, cwd=kho)
    assert (run.code, run.out) == (1, "")
    assert "lỗi: " in run.err
    assert "với -q" in qtnb("approve", "--help", cwd=kho).out


# --- what stands in the way -------------------------------------------------------------------------


def test_a_kept_file_that_the_register_does_not_know_is_not_overwritten(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    (kho / "da-phe-duyet/sua.json").write_text("{}", "utf-8")
    before = tree(kho)
    run = qtnb("approve", "sua", "--so", "20", "--ngay", "2024-12-01", cwd=kho)
    assert (run.code, tree(kho)) == (1, before)
    assert run.err.startswith(
        "qtnb: Đã có tệp da-phe-duyet/sua.json nhưng sổ đăng ký không có quyết định “sua”; qtnb không ghi đè tệp này.\n"
        "  → Nếu quyết định đã từng ghi sổ thì lấy lại so-dang-ky.yaml từ git; "
    )
    (kho / "da-phe-duyet/sua.json").unlink()
    approve(kho, "sua", 20, "2024-12-01")


def test_the_kept_file_of_the_same_approval_does_not_stand_in_the_way(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    ledger = (kho / "so-dang-ky.yaml").read_bytes()
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    approve(kho, "sua", 20, "2024-12-01")
    after = tree(kho)
    (kho / "so-dang-ky.yaml").write_bytes(ledger)
    approve(kho, "sua", 20, "2024-12-01")
    assert tree(kho) == after


def test_an_amendment_that_amends_nothing_is_refused_and_told_of_a_draft(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND, "utf-8")
    said = (
        "Quyết định sửa đổi, bổ sung nhưng CV-01 vẫn đúng như đã phê duyệt: không có gì thay đổi. [amendment-empty]\n"
    )
    run = qtnb("validate", cwd=kho)
    assert run.code == 0
    assert f"quyet-dinh/sua.yaml:4:1: cảnh báo: {said}" in run.out
    before = tree(kho)
    run = qtnb("approve", "sua", "--so", "20", "--ngay", "2024-12-01", cwd=kho)
    assert (run.code, tree(kho)) == (1, before)
    assert f"quyet-dinh/sua.yaml:4:1: lỗi: {said}" in run.err
    # A note in the file is not printed, and nothing is amended by it.
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 01 bộ\nly_do: Rút ngắn")
    assert "[amendment-empty]" in qtnb("validate", cwd=kho).out
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    assert "[amendment-empty]" not in qtnb("validate", cwd=kho).out


def test_an_entered_decision_prints_as_kept_though_its_file_was_changed(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "quyet-dinh/noi-dung.yaml", "quy_trinh: [CV-01, CV-02]", "quy_trinh: [CV-01]\ntrich_yeu: Khác")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    assert qtnb("render", "-o", "in", cwd=kho).code == 1
    assert not (kho / "in").exists()
    (checked,) = validate([kho], kho).kho
    assert {finding.rule for finding in checked.findings} == {"approved-changed", "approved-decision-changed"}
    for printable in printable_decisions(checked):
        words = decision_words(printable.kho, printable.quyet_dinh, printable.truoc_day, printable.so_sanh)
        assert "Khác" not in words["quyet_dinh"]["trich_yeu"]
        assert "Phát hành văn bản đi" in str(words)
        assert "02 bộ" not in str(words)
