"""Comparisons, redlines, reports and plans that qtnb makes say what they are, and are not taken for decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from kit import EXAMPLES, qtnb
from libreoffice_writer import ACCEPT, AS_IT_IS, REJECT, Job, needs_writer, resolve_all
from marked_documents import altered, in_text, rendered_kho, told
from register_kho import replace_in

REDLINE = ("--redline", "--author", "Phòng A", "--date", "2026-12-01", "-q")
COMMANDS = {
    "so_sanh": (("diff", "--format", "docx", "-q"), "Bảng so sánh"),
    "danh_dau": (("diff", *REDLINE, "--decision", "noi-dung"), "Bản đánh dấu thay đổi"),
    "don_gian_hoa": (("simplify-report", "--since", "danh-muc"), "Phương án đơn giản hóa"),
}


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A kho with both decisions entered, in which procedures changed since."""
    kho = rendered_kho(tmp_path / "kho")
    (kho / "quyet-dinh/sua-doi.yaml").write_text(
        "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\n", encoding="utf-8"
    )
    replace_in(kho / "quy-trinh/den.yaml", "thoi_gian: 1 ngày\ncac", "thoi_gian: 2 ngày\ncac")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ bản chính")
    return kho


def made(kho: Path, loai: str) -> Path:
    words = [word if word != "noi-dung" else "sua-doi" for word in COMMANDS[loai][0]]
    run = qtnb(*words, "-o", f"{loai}.docx", cwd=kho)
    assert (run.code, run.err) == (0, ""), run
    return kho / f"{loai}.docx"


@pytest.mark.parametrize("loai", COMMANDS)
def test_it_says_what_it_is_and_that_it_is_no_decision(kho: Path, loai: str) -> None:
    answer = told(made(kho, loai), kho)
    assert (answer.code, answer.data["verdict"], answer.data["loai"]) == (0, "nguyen_ven", loai)
    assert answer.data["doi_chieu"] is False
    name = COMMANDS[loai][1]
    assert answer.text.startswith(f"{loai}.docx: {name} do qtnb lập, chưa bị sửa; không phải là quyết định.\n  {name}")
    assert ". Cơ quan: Sở Nội vụ thành phố Hà Nội; lập bằng qtnb 0.1.0.\n" in answer.text


@pytest.mark.parametrize("loai", COMMANDS)
def test_what_was_altered_in_it_is_told(kho: Path, loai: str) -> None:
    document = altered(made(kho, loai), kho / "sua.docx", in_text("Tiếp nhận văn bản đến", "Tiếp nhận đơn"))
    answer = told(document, kho)
    assert (answer.code, answer.data["verdict"]) == (1, "bi_sua")
    assert answer.text.startswith(f"sua.docx: Đã bị sửa sau khi lập: {len(answer.data['changes'])} chỗ.\n")
    assert all("Tiếp nhận đơn" in change["new"] for change in answer.data["changes"])
    assert "Đây không phải là quyết định nên không đối chiếu với sổ đăng ký." in answer.text


@pytest.mark.parametrize("loai", COMMANDS)
def test_a_validator_finds_no_fault_in_it(kho: Path, loai: str) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(str(made(kho, loai))).errors] == []


def test_a_change_of_a_tracked_change_is_told(kho: Path) -> None:
    document = altered(made(kho, "danh_dau"), kho / "sua.docx", in_text("bản chính", "bản sao"))
    (change,) = told(document, kho).data["changes"]
    assert (change["old"], change["new"]) == (
        "[-01 bộ-][+02 bộ bản chính+]",
        "[-01 bộ-][+02 bộ bản sao+]",
    )


@needs_writer
def test_a_redline_resolved_or_saved_by_libreoffice_is_answered_honestly(kho: Path, tmp_path: Path) -> None:
    redline = made(kho, "danh_dau")
    jobs = {
        command: Job(redline, command, tmp_path / f"{n}.docx") for n, command in enumerate((AS_IT_IS, ACCEPT, REJECT))
    }
    resolve_all(list(jobs.values()), tmp_path)
    assert told(jobs[AS_IT_IS].target, kho).code == 0
    for command, said in ((ACCEPT, "chấp nhận; chữ đúng như bản mới"), (REJECT, "từ chối; chữ đúng như bản cũ")):
        answer = told(jobs[command].target, kho)
        assert (answer.code, answer.data["verdict"], answer.data["changes"]) == (1, "bi_sua", [])
        assert f"Mọi thay đổi đánh dấu đã {'được' if command == ACCEPT else 'bị'} {said} lúc lập.\n" in answer.text


def test_plans_and_statistics_say_what_they_are(tmp_path: Path) -> None:
    assert qtnb("render", EXAMPLES / "ubnd-thanh-pho", "-o", tmp_path, cwd=tmp_path).code == 0
    answers = {path.parent.name: told(path, tmp_path) for path in sorted(tmp_path.glob("*/*.docx"))}
    assert {name: (answer.code, answer.data["loai"]) for name, answer in answers.items()} == {
        "ke-hoach": (0, "ke_hoach"),
        "thong-ke": (0, "thong_ke"),
    }
