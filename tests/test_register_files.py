"""Files beside a register that were renamed, deleted, emptied or put where they do not belong."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kit import qtnb
from register_kho import approved_kho, numbered_kho, replace_in


def test_a_renamed_file_is_told_with_the_command_that_gives_its_name_back(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=kho, check=True)
    (kho / "quy-trinh/van thu").mkdir()
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/van thu/nhan van ban.yaml")
    run = qtnb("validate", cwd=kho)
    assert run.code == 1
    assert (
        "so-dang-ky.yaml:28:3: lỗi: Quy trình CV-01 (den) phê duyệt tại Quyết định số 13/QĐ-SNV ngày 02/11/2024 nay "
        "không còn tệp. Tệp quy-trinh/van thu/nhan van ban.yaml mang ký hiệu ấy. [approved-deleted]" in run.out
    )
    assert (
        "→ Tên tệp là khóa, không đổi được sau khi phê duyệt. Trả lại tên cũ: "
        "git mv 'quy-trinh/van thu/nhan van ban.yaml' quy-trinh/den.yaml\n" in run.out
    )
    assert "[not-registered]" not in run.out
    command = run.out.partition("Trả lại tên cũ: ")[2].partition("\n")[0]
    subprocess.run(["git", "add", "-A"], cwd=kho, check=True)
    subprocess.run(command, cwd=kho, shell=True, check=True)  # noqa: S602 - as a reader would
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_the_command_is_right_from_another_folder_too(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path / "kho")
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/nhan.yaml")
    assert "git mv kho/quy-trinh/nhan.yaml kho/quy-trinh/den.yaml\n" in qtnb("validate", "kho", cwd=tmp_path).out
    out = qtnb("validate", "..", cwd=kho / "quy-trinh").out
    assert "git mv ../quy-trinh/nhan.yaml ../quy-trinh/den.yaml\n" in out


def test_a_renamed_file_whose_kept_content_is_lost_gets_its_name_back_where_it_is(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/nhan.yaml")
    (kho / "da-phe-duyet/noi-dung.json").unlink()
    assert "git mv quy-trinh/nhan.yaml quy-trinh/den.yaml\n" in qtnb("validate", cwd=kho).out


def test_a_deleted_file_is_to_be_brought_back(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").unlink()
    assert (
        "→ Lấy lại tệp từ git (tên tệp là khóa, không đổi); muốn bỏ quy trình thì lập quyết định bãi bỏ, ghi sổ xong "
        "mới xóa tệp." in qtnb("validate", cwd=kho).out
    )


@pytest.mark.parametrize("text", ["", "# ghi chú\n", "\n\n"], ids=["empty", "a comment", "blank lines"])
@pytest.mark.parametrize("command", ["validate", "number", "lint"])
def test_an_empty_register_is_to_be_brought_back_or_made_again(tmp_path: Path, text: str, command: str) -> None:
    kho = approved_kho(tmp_path)
    (kho / "so-dang-ky.yaml").write_text(text, "utf-8")
    run = qtnb(command, cwd=kho)
    assert run.code == 1
    said = run.out + run.err
    assert "so-dang-ky.yaml:1:1: lỗi: Tệp trống: chưa có nội dung nào. [empty-file]" in said
    assert (
        "→ Lấy lại so-dang-ky.yaml từ git: git checkout HEAD -- so-dang-ky.yaml; nếu kho chưa ghi sổ quyết định nào "
        "thì xóa tệp rồi chạy qtnb number." in said
    )
    assert (kho / "so-dang-ky.yaml").read_text("utf-8") == text


STRAY = "Không có quyết định nào trong sổ đăng ký lưu nội dung ở"


def test_a_file_among_the_kept_contents_that_no_decision_put_there_is_told(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "da-phe-duyet/la.json").write_text("{}", "utf-8")
    (kho / "da-phe-duyet/.gitkeep").write_text("", "utf-8")
    run = qtnb("validate", cwd=kho)
    assert run.code == 0
    assert f"so-dang-ky.yaml:4:1: cảnh báo: {STRAY} da-phe-duyet/la.json. [kept-stray]" in run.out
    assert "→ Nếu sổ đã mất mục của quyết định thì lấy lại so-dang-ky.yaml từ git; nếu không thì xóa tệp." in run.out
    assert ".gitkeep" not in run.out


def test_of_many_such_files_a_few_are_named(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "da-phe-duyet").mkdir()
    for number in range(8):
        (kho / f"da-phe-duyet/{number}\x1b[31m.json").write_text("{}", "utf-8")
    out = qtnb("validate", cwd=kho).out
    assert f"{STRAY} da-phe-duyet/0\ufffd[31m.json, " in out
    assert "da-phe-duyet/4\ufffd[31m.json và 3 tệp khác. [kept-stray]" in out


def test_a_decision_whose_kept_content_is_there_before_it_is_entered_is_refused(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    (kho / "da-phe-duyet").mkdir()
    (kho / "da-phe-duyet/danh-muc.json").write_text("{}", "utf-8")
    before = {path: path.read_bytes() for path in kho.rglob("*") if path.is_file()}
    run = qtnb("approve", "danh-muc", "--so", "12", "--ngay", "2024-11-01", cwd=kho)
    assert run.code != 0
    assert "da-phe-duyet/danh-muc.json" in run.err
    assert "chương trình khác" not in run.err
    assert {path: path.read_bytes() for path in kho.rglob("*") if path.is_file()} == before


def test_a_gap_of_many_numbers_is_told_in_few_words(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quy-trinh/di.yaml", "ky_hieu: CV-02", "ky_hieu: CV-02\nlinh_vuc: Văn thư")
    text = (kho / "quy-trinh/di.yaml").read_text("utf-8")
    for number in (4, 7, 9, 999999):
        (kho / f"quy-trinh/them-{number}.yaml").write_text(text.replace("CV-02", f"CV-{number:02d}"), "utf-8")
    assert (
        "Ký hiệu CV không liên tục: chưa từng cấp CV-03, CV-05, CV-06, CV-08, CV-10 đến CV-999998. [register-gap]"
        in qtnb("validate", cwd=kho).out
    )
