"""Numbering beside a register: whose a number is, files that were renamed, registers that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repo import branch, git, put_under_git, save
from killing import tree
from kit import CV, qtnb
from register_kho import CV_TWO, approve, approved_kho, numbered_kho, replace_in

MOI = CV.replace("Tiếp nhận văn bản đến", "Bàn giao tài sản").replace("loai: CV\n", "loai: CV\nky_hieu: CV-03\n")
TAKEN = "[symbol-taken]"


def with_lost_draft(folder: Path) -> Path:
    """A kho under git whose draft ``ban-giao``, CV-03, is deleted."""
    kho = numbered_kho(folder)
    (kho / "quy-trinh/ban-giao.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "Bàn giao tài sản"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    put_under_git(kho)
    (kho / "quy-trinh/ban-giao.yaml").unlink()
    return kho


@pytest.mark.parametrize("saved", [False, True], ids=["before it is saved", "saved in git since"])
@pytest.mark.parametrize(
    "text",
    [MOI, MOI.replace("Vào sổ", "Lập biên bản"), MOI.replace("Bàn giao tài sản", "Bàn giao, kiểm kê tài sản")],
    ids=["only the file's name", "the same name, other steps", "another name, the same steps"],
)
def test_a_draft_keeps_its_number_under_another_file_name(tmp_path: Path, text: str, *, saved: bool) -> None:
    kho = with_lost_draft(tmp_path)
    (kho / "quy-trinh/van-thu").mkdir()
    (kho / "quy-trinh/van-thu/tai-san.yaml").write_text(text, "utf-8")
    if saved:
        save(kho, "đổi tên")
    run = qtnb("number", cwd=kho)
    assert (run.code, run.err) == (0, "")
    ledger = (kho / "so-dang-ky.yaml").read_text("utf-8")
    assert "  tai-san: {ky_hieu: CV-03," in ledger
    assert "ban-giao" not in ledger
    assert qtnb("validate", "--strict", cwd=kho).code == 0


@pytest.mark.parametrize("command", [["number"], ["number", "--check"]], ids=" ".join)
def test_another_procedure_does_not_get_the_number_of_a_lost_draft(tmp_path: Path, command: list[str]) -> None:
    kho = with_lost_draft(tmp_path)
    other = MOI.replace("Bàn giao tài sản", "Điều xe").replace("Vào sổ", "Đề nghị")
    (kho / "quy-trinh/xe.yaml").write_text(other, "utf-8")
    before = tree(kho)
    run = qtnb(*command, cwd=kho)
    assert run.code == 1
    assert (
        "quy-trinh/xe.yaml:2:10: lỗi: Ký hiệu CV-03 đã cấp cho quy trình “ban-giao” (dự thảo, không còn tệp). "
        "[symbol-taken]\n"
        "  2 | ky_hieu: CV-03\n"
        "    |          ^^^^^\n"
        "  → Nếu đây là quy trình ấy thì trả lại tên tệp cũ: git mv quy-trinh/xe.yaml quy-trinh/ban-giao.yaml; nếu là "
        "quy trình khác thì xóa dòng ky_hieu rồi chạy qtnb number để nhận số mới.\n" in run.out + run.err
    )
    assert tree(kho) == before
    replace_in(kho / "quy-trinh/xe.yaml", "ky_hieu: CV-03\n", "")
    assert "CV-04  quy-trinh/xe.yaml\n" in qtnb("number", cwd=kho).out
    assert "  ban-giao: {ky_hieu: CV-03," in (kho / "so-dang-ky.yaml").read_text("utf-8")


def test_resolving_moves_what_bears_the_number_of_a_lost_draft(tmp_path: Path) -> None:
    kho = with_lost_draft(tmp_path)
    other = MOI.replace("Bàn giao tài sản", "Điều xe").replace("Vào sổ", "Đề nghị")
    (kho / "quy-trinh/xe.yaml").write_text(other, "utf-8")
    run = qtnb("number", "--resolve", cwd=kho)
    said = "CV-03 → CV-04  quy-trinh/xe.yaml (CV-03 vẫn là của “ban-giao” (dự thảo, không còn tệp))\n"
    assert (run.code, run.out, run.err) == (0, said, "")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_without_git_nobody_knows_that_a_file_was_renamed(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/van-ban-den.yaml")
    run = qtnb("number", cwd=kho)
    assert run.code == 1
    assert "git mv quy-trinh/van-ban-den.yaml quy-trinh/den.yaml" in run.err


ABOLISH = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-01]\n"


def test_a_renamed_file_of_an_abolished_procedure_does_not_take_its_number_along(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bai-bo.yaml").write_text(ABOLISH, "utf-8")
    approve(kho, "bai-bo", 20, "2024-12-01")
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/van-ban-den.yaml")
    before = tree(kho)
    run = qtnb("number", cwd=kho)
    assert run.code == 1
    assert (
        "quy-trinh/van-ban-den.yaml:2:10: lỗi: Ký hiệu CV-01 đã cấp cho quy trình “den” (đã bãi bỏ, không còn tệp). "
        "[symbol-taken]" in run.err
    )
    assert "→ Số đã cấp không cấp lại: xóa dòng ky_hieu rồi chạy qtnb number để nhận số mới." in run.err
    assert tree(kho) == before
    run = qtnb("number", "--resolve", cwd=kho)
    said = "CV-01 → CV-03  quy-trinh/van-ban-den.yaml (CV-01 vẫn là của “den” (đã bãi bỏ, không còn tệp))\n"
    assert (run.code, run.out, run.err) == (0, said, "")
    assert qtnb("number", "--resolve", cwd=kho).out == "Không có ký hiệu nào trùng.\n"
    assert qtnb("validate", "--strict", cwd=kho).code == 0


@pytest.mark.parametrize("words", [["number"], ["number", "--check"], ["number", "--resolve"]], ids=" ".join)
def test_a_renamed_file_of_an_approved_procedure_is_to_get_its_name_back(tmp_path: Path, words: list[str]) -> None:
    kho = approved_kho(tmp_path)
    # A decision that amends it does not make it another procedure.
    amend = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [den]\n"
    (kho / "quyet-dinh/sua.yaml").write_text(amend, "utf-8")
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/van-ban-den.yaml")
    before = tree(kho)
    run = qtnb(*words, cwd=kho)
    assert run.code == 1
    assert "git mv quy-trinh/van-ban-den.yaml quy-trinh/den.yaml" in run.out + run.err
    assert tree(kho) == before


def test_a_draft_that_has_the_number_of_an_approved_procedure_without_a_file_moves(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    put_under_git(kho)
    branch(kho, "a")
    (kho / "quy-trinh/ban-giao.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "Bàn giao"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    (kho / "quyet-dinh/moi.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-03]\n", "utf-8")
    approve(kho, "moi", 5, "2024-10-01")
    save(kho, "a")
    (kho / "quyet-dinh/bai-bo.yaml").write_text(ABOLISH.replace("CV-01", "CV-03"), "utf-8")
    approve(kho, "bai-bo", 6, "2024-10-05")
    (kho / "quy-trinh/ban-giao.yaml").unlink()
    save(kho, "bãi bỏ")
    branch(kho, "b")
    (kho / "quy-trinh/ong-ba.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "Thăm hỏi"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    save(kho, "b")
    git(kho, "merge", "-q", "a", "-m", "gộp")
    assert "[register-number-twice]" in qtnb("validate", cwd=kho).out
    run = qtnb("number", "--resolve", cwd=kho)
    said = "CV-03 → CV-04  quy-trinh/ong-ba.yaml (CV-03 vẫn là của “ban-giao” (đã bãi bỏ, không còn tệp))\n"
    assert (run.code, run.out, run.err) == (0, said, "")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_a_number_given_twice_is_held_by_the_draft_that_has_a_file(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    put_under_git(kho)
    for name, key in (("a", "ban-giao"), ("b", "ong-ba")):
        branch(kho, name)
        (kho / f"quy-trinh/{key}.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", key), "utf-8")
        assert "CV-03" in qtnb("number", cwd=kho).out
        save(kho, name)
    git(kho, "merge", "-q", "a", "-m", "gộp")
    (kho / "quy-trinh/ban-giao.yaml").unlink()
    assert "[register-number-twice]" in qtnb("validate", cwd=kho).out
    run = qtnb("number", "--resolve", cwd=kho)
    said = "CV-03  so-dang-ky.yaml: bỏ mục “ban-giao”, dự thảo không còn tệp; số ấy của quy trình khác\n"
    assert (run.code, run.out, run.err) == (0, said, "")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_a_register_keeps_its_line_ends(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    ledger = kho / "so-dang-ky.yaml"
    windows = ledger.read_bytes().replace(b"\n", b"\r\n")
    ledger.write_bytes(windows)
    assert qtnb("number", cwd=kho).out == "Không có quy trình nào cần cấp ký hiệu.\n"
    assert ledger.read_bytes() == windows
    (kho / "quy-trinh/moi.yaml").write_text(CV_TWO.replace("đi", "mới"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    lines = ledger.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert qtnb("validate", "--strict", cwd=kho).code == 0


# --- registers that cannot be used ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "so-dang-ky.yaml:1:1: lỗi: Tệp trống: chưa có nội dung nào. [empty-file]"),
        ("# Sổ đăng ký\n".encode(), "so-dang-ky.yaml:1:1: lỗi: Tệp trống: chưa có nội dung nào. [empty-file]"),
        (b"loai: SDK\nphien_ban: 1\n", "thiếu dòng cuối “het: true”. [register-truncated]"),
        (b"quy_trinh: [\n", "[yaml-syntax]"),
        (b"a: 1\na: 2\n", "[duplicate-key]"),
        (b"\xff\xfe", "[encoding]"),
    ],
    ids=["no byte", "a comment", "cut off", "no YAML", "a key twice", "another encoding"],
)
@pytest.mark.parametrize(
    "words", [["validate"], ["number"], ["number", "--check"], ["number", "--resolve"]], ids=" ".join
)
def test_a_register_that_cannot_be_used_is_told_once_with_what_to_do(
    tmp_path: Path, words: list[str], content: bytes, said: str
) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "quy-trinh/moi.yaml").write_text(CV_TWO.replace("đi", "mới"), "utf-8")
    (kho / "so-dang-ky.yaml").write_bytes(content)
    before = tree(kho)
    run = qtnb(*words, cwd=kho)
    assert run.code == 1
    assert (run.out + run.err).count("lỗi: ") == 1
    assert said in run.out + run.err
    assert "git checkout HEAD -- so-dang-ky.yaml" in run.out + run.err
    assert tree(kho) == before


def test_a_file_asked_for_by_itself_is_not_numbered_beside_a_broken_register(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "so-dang-ky.yaml").write_bytes(b"")
    for words in (["number", "quy-trinh/den.yaml"], ["number", "--check", "quy-trinh/den.yaml"]):
        run = qtnb(*words, cwd=kho)
        assert run.code == 1
        assert "so-dang-ky.yaml:1:1: lỗi: Tệp trống" in run.out + run.err


def test_checking_and_resolving_exclude_each_other(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    run = qtnb("number", "--check", "--resolve", cwd=kho)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "qtnb: --check chỉ báo, --resolve ghi: không dùng cùng nhau.\n"
        "  → Xem trước bằng qtnb number --check, rồi chạy qtnb number --resolve.\n"
    )
    run = qtnb("number", "--resolve", "--output-file", "json=a.json", cwd=kho)
    assert (run.code, run.out) == (2, "")
    assert "--output-file chỉ dùng cùng --check." in run.err
