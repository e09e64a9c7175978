"""Formats and files as the command line offers them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kit import CV, make_kho, qtnb

BAD = CV.replace("so_luong: 01 bộ", "so_luong: [1]")
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")


@pytest.fixture
def bad_kho(tmp_path: Path) -> Path:
    return make_kho(tmp_path / "kho", {"quy-trinh/Nghỉ phép.yaml": BAD})


@pytest.mark.parametrize("command", [["validate"], ["lint"], ["number", "--check"]])
@pytest.mark.parametrize("output_format", FORMATS)
def test_every_checking_command_has_every_format_in_print_and_in_a_file(
    bad_kho: Path, command: list[str], output_format: str
) -> None:
    run = qtnb(*command, "--format", output_format, "--output-file", f"{output_format}=ket-qua", cwd=bad_kho)
    assert (run.code, run.err) == (1, "")
    assert "bad-type" in run.out
    assert (bad_kho / "ket-qua").read_text(encoding="utf-8") == run.out


def test_several_files_are_written_in_one_run_and_replace_what_they_held(bad_kho: Path) -> None:
    (bad_kho / "a.json").write_text("cũ " * 10_000, encoding="utf-8")
    words = [word for pair in ("sarif=a.sarif", "json=a.json", "text=a.txt") for word in ("--output-file", pair)]
    run = qtnb("validate", "-q", *words, cwd=bad_kho)
    assert run.out.count("\n") == 1
    assert json.loads((bad_kho / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads((bad_kho / "a.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1
    assert (bad_kho / "a.txt").read_text(encoding="utf-8").endswith("Đã kiểm tra 2 tệp: 1 lỗi.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["sarif"], "Giá trị “sarif” của --output-file không dùng được."),
        (["xml=a.xml"], "Giá trị “xml=a.xml” của --output-file không dùng được."),
        (["json="], "Giá trị “json=” của --output-file không dùng được."),
        (["json=a", "sarif=./a"], "Tệp a được nêu hai lần ở --output-file."),
    ],
)
def test_a_file_that_cannot_be_meant_is_wrong_use(bad_kho: Path, words: list[str], message: str) -> None:
    run = qtnb("validate", *(part for word in words for part in ("--output-file", word)), cwd=bad_kho)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"qtnb: {message}\n  → ")


def test_numbering_itself_writes_no_report(bad_kho: Path) -> None:
    run = qtnb("number", "--output-file", "json=a.json", cwd=bad_kho)
    assert (run.code, run.err.split("\n")[0]) == (2, "qtnb: --output-file chỉ dùng cùng --check.")


def test_a_preview_of_repairs_writes_no_report(bad_kho: Path) -> None:
    run = qtnb("lint", "--diff", "--output-file", "json=a.json", cwd=bad_kho)
    assert (run.code, run.err.split("\n")[0]) == (2, "qtnb: --output-file không dùng cùng --diff.")


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left_half_done(bad_kho: Path) -> None:
    (bad_kho / "a.json").mkdir()
    run = qtnb("validate", "--output-file", "json=a.json", cwd=bad_kho)
    assert (run.code, run.out, run.err.split("\n")[0]) == (3, "", "qtnb: Không ghi được tệp “a.json”.")
    assert [path.name for path in bad_kho.rglob(".qtnb-*")] == []


def test_a_folder_that_is_not_there_is_named(bad_kho: Path) -> None:
    run = qtnb("validate", "--output-file", "json=khong/a.json", cwd=bad_kho)
    assert (run.code, run.err.split("\n")[0]) == (3, "qtnb: Không ghi được tệp “khong/a.json”.")


def with_summary(file: Path) -> dict[str, str]:
    return {**os.environ, "GITHUB_STEP_SUMMARY": str(file)}


def test_annotations_come_with_a_job_summary_added_to_what_is_there(bad_kho: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("Bước trước\n", encoding="utf-8")
    run = qtnb("lint", "--format", "github", cwd=bad_kho, env=with_summary(summary))
    assert run.out.startswith("::error file=quy-trinh/Nghỉ phép.yaml,line=7,")
    told = summary.read_text(encoding="utf-8")
    assert told.startswith("Bước trước\n## Kết quả kiểm tra quy trình\n\nĐã kiểm tra 2 tệp: 1 lỗi.\n")
    assert "| lỗi | quy-trinh/Nghỉ phép.yaml:7:11 |" in told


def test_a_summary_comes_with_annotations_only(bad_kho: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    qtnb("lint", cwd=bad_kho, env=with_summary(summary))
    assert not summary.exists()
    qtnb("lint", "--output-file", f"github={tmp_path / 'a.txt'}", cwd=bad_kho, env=with_summary(summary))
    assert summary.exists()


def test_the_list_has_two_formats_only(bad_kho: Path) -> None:
    run = qtnb("list", "--format", "sarif", cwd=bad_kho)
    assert (run.code, run.err.split("\n")[0]) == (
        2,
        "qtnb: Giá trị của --format không dùng được. Chọn một trong: 'text', 'json'.",
    )


@pytest.mark.parametrize("output_format", FORMATS)
def test_the_same_files_give_the_same_bytes(bad_kho: Path, output_format: str) -> None:
    runs = {
        qtnb("lint", "--format", output_format, cwd=bad_kho, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}).out
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    }
    assert len(runs) == 1
