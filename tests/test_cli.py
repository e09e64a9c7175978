"""The command line as its users meet it: output, exit codes, help."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kit import CV, EXAMPLES, LT, QD, QTNB, ROOT, make_kho, qtnb

COMMANDS = ("init", "new", "validate", "number", "list", "render", "schema")

BAD = CV.replace("so_luong: 01 bộ", "so_luong: [1]").replace("bieu_mau:", "biu_mau:")


@pytest.fixture
def bad_kho(tmp_path: Path) -> Path:
    return make_kho(tmp_path, {"quy-trinh/a.yaml": BAD})


def test_findings_as_text_show_place_line_mark_and_next_step(bad_kho: Path) -> None:
    run = qtnb("validate", cwd=bad_kho)
    assert (run.code, run.err) == (1, "")
    assert run.out == (
        "quy-trinh/a.yaml:1:1: lỗi: Thiếu khóa “Biểu mẫu/tài liệu” (bieu_mau). [missing-key]\n"
        "  1 | loai: CV\n"
        "    | ^^^^^^^^\n"
        '  → Thêm dòng: bieu_mau: ["Sổ theo dõi văn bản đến"]\n'
        "quy-trinh/a.yaml:7:11: lỗi: “Số lượng” (so_luong) phải là chữ, nhưng ở đây là danh sách. [bad-type]\n"
        "  7 | so_luong: [1]\n"
        "    |           ^^^\n"
        "  → Ví dụ: 01 bộ\n"
        "quy-trinh/a.yaml:13:1: lỗi: Không có khóa “biu_mau” trong biểu mẫu. [unknown-key]\n"
        "  13 | biu_mau: []\n"
        "     | ^^^^^^^\n"
        "  → Có phải là “Biểu mẫu/tài liệu” (bieu_mau)?\n"
        "Đã kiểm tra 2 tệp: 3 lỗi.\n"
    )


def test_quiet_leaves_one_line_a_finding(bad_kho: Path) -> None:
    run = qtnb("validate", "-q", cwd=bad_kho)
    assert [line.split(": ")[0] for line in run.out.splitlines()] == [
        "quy-trinh/a.yaml:1:1",
        "quy-trinh/a.yaml:7:11",
        "quy-trinh/a.yaml:13:1",
    ]


def test_findings_as_json_are_one_document_of_version_1(bad_kho: Path) -> None:
    run = qtnb("validate", "--format", "json", cwd=bad_kho)
    document = json.loads(run.out)
    assert run.code == 1
    assert list(document) == ["version", "findings", "summary"]
    assert document["version"] == 1
    assert document["summary"] == {"files": 2, "errors": 3, "warnings": 0, "infos": 0, "ignored": 0}
    assert document["findings"][1] == {
        "path": "quy-trinh/a.yaml",
        "line": 7,
        "column": 11,
        "end_line": 7,
        "end_column": 14,
        "rule": "bad-type",
        "severity": "error",
        "message": "“Số lượng” (so_luong) phải là chữ, nhưng ở đây là danh sách.",
        "hint": "Ví dụ: 01 bộ",
    }
    assert "phải là chữ" in run.out


def test_paths_are_relative_to_the_working_directory(bad_kho: Path) -> None:
    inner = qtnb("validate", "-q", "..", cwd=bad_kho / "quy-trinh")
    assert inner.out.startswith("a.yaml:1:1: ")
    outer = qtnb("validate", "-q", bad_kho.name, cwd=bad_kho.parent)
    assert outer.out.startswith(f"{bad_kho.name}/quy-trinh/a.yaml:1:1: ")


def test_only_what_was_asked_for_is_reported(bad_kho: Path) -> None:
    (bad_kho / "quy-trinh/b.yaml").write_text(CV, encoding="utf-8")
    run = qtnb("validate", "quy-trinh/b.yaml", cwd=bad_kho)
    assert (run.code, run.out) == (0, "Đã kiểm tra 1 tệp: không có lỗi.\n")


def test_a_warning_fails_only_a_strict_run(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV.replace("ế", "e\u0302\u0301")})
    assert qtnb("validate", cwd=kho).code == 0
    assert qtnb("validate", "--strict", cwd=kho).code == 1


def test_same_input_gives_the_same_bytes_whatever_the_hash_seed(bad_kho: Path) -> None:
    runs = {qtnb("validate", cwd=bad_kho, env={**os.environ, "PYTHONHASHSEED": seed}).out for seed in ("0", "1", "2")}
    assert len(runs) == 1


def test_checking_commands_write_nothing(bad_kho: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in bad_kho.rglob("*")}
    for words in (["validate"], ["number", "--check"], ["list"], ["schema", "cv"]):
        qtnb(*words, cwd=bad_kho)
    assert {path: path.stat().st_mtime_ns for path in bad_kho.rglob("*")} == before


def test_escape_sequences_of_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    evil = CV.replace("so_luong: 01 bộ", "so_luong: [\x9b31m\u202e1]")
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": evil})
    out = qtnb("validate", cwd=kho).out
    assert "\x9b" not in out
    assert "\u202e" not in out


def test_escape_sequences_of_a_file_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a\x1b[31m\n.yaml": BAD})
    out = qtnb("validate", "-q", cwd=kho).out
    assert "\x1b" not in out
    assert out.splitlines()[0].startswith("quy-trinh/a\ufffd[31m\ufffd.yaml:1:1: lỗi: ")


def test_a_long_line_is_shown_around_the_place(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV + "x-dai: {" + "a: b, " * 300 + "a: c}\n"})
    head, line, mark, *_ = qtnb("validate", cwd=kho).out.splitlines()
    assert "duplicate-key" in head
    assert len(line) < 120
    column = mark.index("^")
    assert line[column] == "a"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["validate", "--formt", "json"], "Không có tùy chọn --formt."),
        (
            ["validate", "--format", "xml"],
            (
                "Giá trị của --format không dùng được. "
                "Chọn một trong: 'text', 'json', 'github', 'gitlab', 'sarif', 'junit', 'markdown'."
            ),
        ),
        (["validate", "--format"], "Tùy chọn --format thiếu giá trị hoặc thừa giá trị."),
        (["kiem-tra"], "Không có lệnh kiem-tra."),
        (["schema"], "Thiếu NAME."),
        (["schema", "cv", "lt"], "Thừa tham số: lt."),
        (["new", "cv", "???"], "Tên phải có chữ hoặc số."),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(tmp_path: Path, words: list[str], message: str) -> None:
    run = qtnb(*words, cwd=make_kho(tmp_path))
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == f"qtnb: {message}"


@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)])
def test_help_is_in_vietnamese(tmp_path: Path, words: list[str]) -> None:
    run = qtnb(*words, "--help", cwd=tmp_path)
    assert run.code == 0
    assert run.out.startswith("Cách dùng: qtnb")
    for english in ("Usage", "Options", "Arguments", "Show this", "Commands", "required", "default"):
        assert english not in run.out


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert qtnb("--version", cwd=tmp_path).out == "qtnb 0.1.0\n"


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {f"quy-trinh/{n}.yaml": BAD for n in range(400)})
    done = subprocess.run(
        ["bash", "-c", f"'{QTNB}' validate | head -1; exit ${{PIPESTATUS[0]}}"],
        cwd=kho,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""


def test_an_interrupt_leaves_no_half_file(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {f"quy-trinh/{n}.yaml": CV for n in range(3000)})
    process = subprocess.Popen([QTNB, "number"], cwd=kho, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any("ky_hieu" in path.read_text(encoding="utf-8") for path in kho.glob("quy-trinh/?.yaml")):
        if process.poll() is not None:
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in {0, 130}
    assert b"Traceback" not in err
    assert [path.name for path in kho.rglob(".qtnb-*")] == []
    sizes = {path.read_text(encoding="utf-8").count("\n") for path in kho.glob("quy-trinh/*.yaml")}
    assert sizes <= {CV.count("\n"), CV.count("\n") + 1}


def test_a_new_kho_validates_and_renders_at_once(tmp_path: Path) -> None:
    made = qtnb("init", "Kho của tôi", "--ten", "Ủy ban nhân dân phường Cầu Giấy", cwd=tmp_path)
    kho = tmp_path / "Kho của tôi"
    assert (made.code, made.err) == (0, "")
    assert qtnb("validate", "--strict", cwd=kho).out == "Đã kiểm tra 4 tệp: không có lỗi.\n"
    assert qtnb("number", "--check", cwd=kho).code == 0
    rendered = qtnb("render", cwd=kho)
    assert (rendered.code, rendered.out) == (0, "van-ban/danh-muc.docx\nvan-ban/noi-dung.docx\n")
    agency = (kho / "qtnb.yaml").read_text(encoding="utf-8")
    assert "ten_ban_hanh: [ỦY BAN NHÂN DÂN, PHƯỜNG CẦU GIẤY]" in agency
    assert "chu_quan" not in agency
    assert "dia_danh: Cầu Giấy" in agency
    for name in (".vscode/settings.json", ".github/workflows/qtnb.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        assert (kho / name).is_file()


def test_the_schemas_of_a_new_kho_are_where_its_files_say(tmp_path: Path) -> None:
    qtnb("init", "kho", cwd=tmp_path)
    kho = tmp_path / "kho"
    qtnb("new", "lt", "Trình Ủy ban", "--thu-muc", "a/b", cwd=kho)
    for path in kho.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if path.name != ".pre-commit-config.yaml":
            assert (path.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file(), path
    settings = json.loads((kho / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert all((kho / schema).is_file() for schema in settings["yaml.schemas"])


def test_init_keeps_what_is_there_and_refuses_a_kho(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("của tôi\n", encoding="utf-8")
    assert "Đã có sẵn, giữ nguyên: .gitignore" in qtnb("init", ".", cwd=tmp_path).out
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "của tôi\n"
    again = qtnb("init", ".", cwd=tmp_path)
    assert again.code == 2
    assert again.err.startswith("qtnb: Thư mục . đã là một kho (có qtnb.yaml).")


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("cv", "Tiếp nhận, xử lý văn bản đến", "tiep-nhan-xu-ly-van-ban-den"),
        ("lt", 'Trình: [UBND] {Thành phố} # "một"', "trinh-ubnd-thanh-pho-mot"),
        ("cv", "- Đi công tác & nghỉ phép", "di-cong-tac-nghi-phep"),
        ("cv", "CON", "con-quy-trinh"),
        ("cv", "../../ngoai", "ngoai"),
        ("cv", "yes", "yes"),
        ("cv", "12:30", "12-30"),
    ],
)
def test_a_new_procedure_validates_whatever_its_name(tmp_path: Path, kind: str, name: str, key: str) -> None:
    kho = make_kho(tmp_path)
    run = qtnb("new", kind, "--", name, cwd=kho)
    assert (run.code, run.out) == (0, f"quy-trinh/{key}.yaml\n"), run.err
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    listed = json.loads(qtnb("list", "--format", "json", cwd=kho).out)
    assert [item["ten"] for item in listed["kho"][0]["quy_trinh"]] == [name]
    again = qtnb("new", kind, "--", name, cwd=kho)
    assert again.code == 2
    assert again.err.startswith(f"qtnb: Khóa {key} đã có: quy-trinh/{key}.yaml.")


def test_a_new_procedure_stays_inside_its_kho(tmp_path: Path) -> None:
    run = qtnb("new", "cv", "A", "--thu-muc", "../../x", cwd=make_kho(tmp_path / "kho"))
    assert run.code == 2
    assert not (tmp_path / "x").exists()


def test_the_list_shows_names_as_they_are(tmp_path: Path) -> None:
    name = "Xử lý [bold]đơn[/] {{ x }}"
    kho = make_kho(
        tmp_path, {"quy-trinh/a.yaml": CV.replace("Tiếp nhận văn bản đến", f"'{name}'"), "quy-trinh/b.yaml": LT}
    )
    out = qtnb("list", cwd=kho).out
    assert name in out
    assert "Sở Nội vụ thành phố Hà Nội (2 quy trình)" in out
    broken = make_kho(tmp_path, {"quy-trinh/c.yaml": "\t"})
    run = qtnb("list", cwd=broken)
    assert (run.code, run.err) == (1, "Có tệp sai, danh mục có thể thiếu; xem bằng lệnh: qtnb validate\n")


def test_a_decision_of_a_kho_with_errors_is_not_printed(bad_kho: Path) -> None:
    (bad_kho / "quyet-dinh").mkdir()
    (bad_kho / "quyet-dinh/q.yaml").write_text(QD, encoding="utf-8")
    run = qtnb("render", "quyet-dinh/q.yaml", "-o", "out", cwd=bad_kho)
    assert (run.code, run.out) == (1, "")
    assert "quy-trinh/a.yaml:7:11: lỗi:" in run.err
    assert not (bad_kho / "out").exists()


def test_several_kho_are_printed_into_a_folder_each(tmp_path: Path) -> None:
    for name in ("a/so", "b/so", "c"):
        make_kho(tmp_path / name, {"quy-trinh/x.yaml": CV, "quyet-dinh/q.yaml": QD})
    run = qtnb("render", ".", "-o", "out", cwd=tmp_path)
    assert run.out == "out/so/q.docx\nout/so-2/q.docx\nout/c/q.docx\n"


def test_no_decision_to_print_ends_the_run_in_one_sentence(tmp_path: Path) -> None:
    run = qtnb("render", cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": CV}))
    assert run.code == 2
    assert run.err.startswith("qtnb: Không có quyết định nào để in.\n")


def test_the_demo_leaves_the_checkout_as_it_was(tmp_path: Path) -> None:
    before = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, check=True).stdout
    done = subprocess.run(
        [sys.executable, EXAMPLES / "demo.py", tmp_path / "demo"], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.endswith(f"văn bản Word nằm tại: {tmp_path / 'demo/van-ban'}\n")
    after = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, check=True).stdout
    assert after == before


@pytest.mark.parametrize("path", ["phuong-mau", "so-noi-vu"])
def test_the_examples_have_no_finding_and_nothing_to_number(path: str) -> None:
    assert qtnb("validate", "--strict", path, cwd=EXAMPLES).code == 0
    assert qtnb("number", "--check", path, cwd=EXAMPLES).code == 0
