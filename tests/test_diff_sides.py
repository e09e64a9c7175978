"""The sides of a comparison, with real git repositories: what a word means, and what strangers may put into one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kit import CV, KHO, QD, Run, make_kho, qtnb
from register_kho import approve, approved_kho, replace_in

LONGER = CV.replace("thoi_gian: 1 ngày\ncac", "thoi_gian: 2 ngày\ncac")
"""Its total is another."""
CHANGED = "~ (chưa có ký hiệu)  Tiếp nhận văn bản đến (a)\n    thời gian 1 ngày → 2 ngày (tăng 1 ngày)\n"


def git(folder: Path, *words: str, **options: str) -> str:
    who = ("-c", "user.name=qtnb", "-c", "user.email=qtnb@example.invalid", "-c", "init.defaultBranch=chinh")
    done = subprocess.run(
        ["git", *who, *words],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **options},
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "Lưu") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A kho in git, changed since: tag ``v1`` and branch ``nhanh`` at its only commit."""
    folder = make_kho(tmp_path / "so-noi-vu", {"quy-trinh/a.yaml": CV})
    git(folder, "init", "-q")
    commit(folder)
    git(folder, "tag", "v1")
    git(folder, "branch", "nhanh")
    (folder / "quy-trinh/a.yaml").write_text(LONGER, encoding="utf-8")
    return folder


def diff(kho: Path, *words: str, env: dict[str, str] | None = None) -> Run:
    return qtnb("diff", "-q", *words, cwd=kho, env=env)


# --- what a word means ----------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["v1", "nhanh", "HEAD", "refs/tags/v1", "HEAD^{tree}", "@", "v1^0"])
def test_a_revision_is_compared_with_the_kho_on_disk(kho: Path, word: str) -> None:
    run = diff(kho, word)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"Từ bản {word}")
    assert CHANGED in run.out


def test_without_words_the_last_revision_is_compared_while_nothing_is_approved(kho: Path) -> None:
    head = git(kho, "rev-parse", "HEAD")[:8]
    assert diff(kho).out.startswith(f"Từ bản HEAD ({head}) đến bản đang soạn:\n")


def test_two_revisions_are_compared_whatever_is_on_disk(kho: Path) -> None:
    commit(kho, "Sửa")
    (kho / "quy-trinh/a.yaml").unlink()
    assert CHANGED in diff(kho, "HEAD~1", "HEAD").out
    assert "Không có gì thay đổi (1 quy trình như nhau)." in diff(kho, "HEAD", "HEAD").out
    commit_number = git(kho, "rev-parse", "HEAD~1")
    assert diff(kho, commit_number, "HEAD").out.startswith(f"Từ bản {commit_number} đến")


def test_an_annotated_tag_is_as_good_as_a_plain_one(kho: Path) -> None:
    git(kho, "tag", "-a", "-m", "Bản một", "v1-ky")
    assert CHANGED in diff(kho, "v1-ky").out


@pytest.mark.parametrize("word", ["../truoc", "../truoc/", "../truoc/quy-trinh/.."])
def test_a_folder_is_compared(kho: Path, word: str) -> None:
    make_kho(kho.parent / "truoc", {"quy-trinh/a.yaml": CV})
    run = diff(kho, word)
    assert run.out.startswith(f"Từ thư mục {word} đến bản đang soạn:\n")
    assert CHANGED in run.out


def test_a_kho_inside_a_repository_is_found_in_its_place_in_each_revision_and_checkout(tmp_path: Path) -> None:
    repository = tmp_path / "kho-chung"
    for name in ("mot", "hai"):
        make_kho(repository / name, {"quy-trinh/a.yaml": CV})
    git(repository, "init", "-q")
    commit(repository)
    git(repository, "worktree", "add", "-q", "../ban-khac")
    (repository / "hai/quy-trinh/a.yaml").write_text(LONGER, encoding="utf-8")
    assert CHANGED in diff(repository / "hai" / "quy-trinh", "HEAD").out
    assert CHANGED in diff(repository / "hai", "../../ban-khac").out
    assert CHANGED in diff(repository / "mot", "HEAD", "../hai").out
    assert CHANGED in diff(repository, "HEAD", "--kho", "hai").out
    assert CHANGED in diff(repository / "hai", "HEAD:mot").out
    run = diff(repository, "HEAD")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "qtnb: Có 2 kho ở đây (hai, mot…); mỗi lần chỉ xét một kho.\n  → Chỉ ra kho bằng --kho, ví dụ: --kho hai\n"
    )


def test_a_kho_that_moved_is_found_by_the_path_in_the_revision(kho: Path) -> None:
    git(kho, "stash", "-q")
    (kho / "moi").mkdir()
    git(kho, "mv", "qtnb.yaml", "quy-trinh", "moi")
    commit(kho)
    run = diff(kho / "moi", "v1")
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("qtnb: “v1” không có tệp qtnb.yaml ở chỗ của kho này.\n")
    assert "Không có gì thay đổi" in diff(kho / "moi", "v1:").out


def test_what_is_approved_and_a_decision_are_sides(tmp_path: Path) -> None:
    folder = approved_kho(tmp_path)
    replace_in(folder / "quy-trinh/den.yaml", "thoi_gian: 1 ngày\ncac", "thoi_gian: 2 ngày\ncac")
    run = diff(folder)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Từ bản đã phê duyệt đến bản đang soạn:\n")
    assert "~ CV-01  Tiếp nhận văn bản đến (den)\n    thời gian 1 ngày → 2 ngày (tăng 1 ngày)\n" in run.out
    assert diff(folder, "da-phe-duyet").out == run.out
    # By the first decision alone the procedures have names and nothing else.
    for word in ("danh-muc", "quyet-dinh/danh-muc.yaml"):
        first = diff(folder, word, "da-phe-duyet")
        assert first.out.startswith("Từ bản theo Quyết định số 12/QĐ-SNV ngày 01/11/2024 đến bản đã phê duyệt:\n")
        assert "~ CV-01  Tiếp nhận văn bản đến (den)\n    nay có nội dung: 1 bước, 1 ngày\n" in first.out
    assert "Không có gì thay đổi (2 quy trình như nhau)." in diff(folder, "noi-dung", "da-phe-duyet").out


def test_an_abolished_procedure_is_no_longer_approved(tmp_path: Path) -> None:
    folder = approved_kho(tmp_path)
    end = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\n"
    (folder / "quyet-dinh/bai-bo.yaml").write_text(end, encoding="utf-8")
    approve(folder, "bai-bo", 14, "2024-12-01")
    assert "- CV-02  Phát hành văn bản đi (di)\n    bãi bỏ: 1 bước, 1 ngày\n" in diff(folder, "noi-dung", "bai-bo").out
    assert "Không có gì thay đổi" in diff(folder, "bai-bo", "da-phe-duyet").out


def test_a_decision_that_ended_procedures_is_as_it_was_approved(tmp_path: Path) -> None:
    folder = approved_kho(tmp_path)
    (folder / "quy-trinh/moi.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "Mới"), encoding="utf-8")
    assert qtnb("number", cwd=folder).code == 0
    end = "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\n"
    (folder / "quyet-dinh/bai-bo.yaml").write_text(end, encoding="utf-8")
    instead = (
        "loai: QD\nhinh_thuc: thay_the\nphe_duyet: danh_muc_va_noi_dung\nquy_trinh: [CV-03]\n"
        "bi_thay_the: [{quy_trinh: CV-01, boi: CV-03}]\n"
    )
    (folder / "quyet-dinh/thay.yaml").write_text(instead, encoding="utf-8")
    approve(folder, "bai-bo", 14, "2024-12-01")
    approve(folder, "thay", 15, "2024-12-02")
    last = diff(folder).out.splitlines()[-1]
    assert last == "Quy trình: bổ sung 1, bãi bỏ 0, sửa đổi 0, không đổi 1."  # LT-01 is a draft, no decision differs


# --- a word that means nothing, or two things -----------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["khong-co"], "Không có bản nào trong git, quyết định đã phê duyệt nào hay thư mục nào tên “khong-co”."),
        (["--", "--help"], "Không có bản nào trong git, quyết định đã phê duyệt nào hay thư mục nào tên “--help”."),
        (["v1\nHEAD"], "Không có bản nào trong git, quyết định đã phê duyệt nào hay thư mục nào tên “v1 HEAD”."),
        (["./khong-co"], "Không thấy thư mục “./khong-co”."),
        ([""], "Không thấy thư mục “”."),
        (["v1..nhanh"], "“v1..nhanh” không phải là tên một bản."),
        (["qtnb.yaml"], "“qtnb.yaml” là một tệp; chỉ so sánh được cả kho."),
        (
            ["v1:quy-trinh/a.yaml"],
            "Không có bản nào trong git, quyết định đã phê duyệt nào hay thư mục nào tên “v1:quy-trinh/a.yaml”.",
        ),
        (["v1:quy-trinh"], "“v1:quy-trinh” không có tệp qtnb.yaml ở chỗ của kho này."),
        (["da-phe-duyet"], "Kho này chưa có quyết định nào ghi sổ, nên chưa có bản đã phê duyệt."),
    ],
)
def test_a_word_that_means_nothing_is_one_sentence_and_exit_code_3(kho: Path, words: list[str], message: str) -> None:
    run = diff(kho, *words)
    assert (run.code, run.out) == (3, "")
    assert run.err.splitlines()[0] == f"qtnb: {message}"
    assert run.err.splitlines()[1].startswith("  → ")


def test_a_range_is_answered_with_the_two_words(kho: Path) -> None:
    assert diff(kho, "v1...nhanh").err.endswith("  → Viết hai tên cách nhau một dấu cách: qtnb diff v1 nhanh\n")


def test_a_folder_with_the_name_of_a_tag_is_passed_over_and_that_is_said(kho: Path) -> None:
    make_kho(kho / "v1", {"quy-trinh/a.yaml": LONGER})
    run = diff(kho, "v1")
    assert CHANGED in run.out
    assert run.err == (
        "Lưu ý: “v1” là tên một bản trong git, cũng là tên một thư mục; lấy tên một bản trong git. "
        "Muốn lấy thư mục, viết ./v1\n"
    )
    assert "Không có gì thay đổi" in diff(kho, "./v1").out


def test_a_branch_with_the_name_of_a_tag_is_passed_over_and_that_is_said(kho: Path) -> None:
    git(kho, "branch", "v1")
    run = diff(kho, "v1")
    assert (run.code, run.err) == (0, "Lưu ý: “v1” vừa là thẻ vừa là nhánh trong git; lấy thẻ.\n")


def test_outside_git_only_folders_and_what_is_approved_can_be_compared(tmp_path: Path) -> None:
    folder = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": CV})
    run = diff(folder)
    assert (run.code, run.out) == (3, "")
    assert run.err == (
        "qtnb: Chưa có gì để so với bản đang soạn: chưa có quyết định nào ghi sổ. "
        "Kho này không nằm trong một kho git.\n"
        "  → Chạy git init và lưu vào git, hoặc so với thư mục.\n"
    )
    assert "Không có thư mục nào tên “v1”. Kho này không nằm trong một kho git." in diff(folder, "v1").err
    assert diff(folder, ".").code == 0


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    folder = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": CV})
    git(folder, "init", "-q")
    assert "chưa có quyết định nào ghi sổ, git chưa lưu lần nào." in diff(folder).err


def test_without_git_it_is_said_that_git_is_missing(kho: Path) -> None:
    run = diff(kho, "v1", env={**os.environ, "PATH": str(kho)})
    assert run.code == 3
    assert "Không tìm thấy chương trình git." in run.err


# --- a side with mistakes -------------------------------------------------------------------------


def test_a_broken_file_of_a_revision_is_told_and_the_others_are_compared(tmp_path: Path) -> None:
    folder = make_kho(
        tmp_path / "kho", {"quy-trinh/a.yaml": CV, "quy-trinh/b.yaml": CV.replace("ten: Tiếp", "tn: Tiếp")}
    )
    git(folder, "init", "-q")
    commit(folder)
    make_kho(folder, {"quy-trinh/a.yaml": LONGER, "quy-trinh/b.yaml": CV})
    run = diff(folder, "HEAD")
    assert run.code == 1
    assert CHANGED in run.out
    assert "Không so sánh được:\n  ! b: bản HEAD (" in run.out
    assert run.err.splitlines()[:4] == [
        f"Có tệp sai ở bản HEAD ({git(folder, 'rev-parse', 'HEAD')[:8]}):",
        "HEAD:quy-trinh/b.yaml:1:1: lỗi: Thiếu khóa “Tên quy trình” (ten). [missing-key]",
        "  1 | loai: CV",
        "    | ^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"quy-trinh/con/a.yaml": CV}, "Khóa “a” (tên tệp) cũng có ở"),
        ({"qtnb.yaml": "phien_ban: 1\n"}, "Thiếu khóa"),
        ({"quyet-dinh/qd.yaml": QD.replace("loai: QD", "loai: XX")}, "quyet-dinh/qd.yaml:1:7: lỗi: "),
        ({"quyet-dinh/con/qd.yaml": QD}, "Quyết định nằm trong thư mục con của quyet-dinh/ nên không được đọc."),
        ({"quy-trinh/b.yaml": b"\xff\xfe"}, "Tệp được lưu bằng bảng mã UTF-16, không phải UTF-8."),
        ({"quy-trinh/b.yaml": b"# " + b"x" * (1 << 20)}, "Tệp lớn hơn 1 MiB, vượt giới hạn của một tệp YAML."),
    ],
)
def test_what_cannot_be_compared_is_said_for_a_revision_as_for_a_folder(
    kho: Path, files: dict[str, str | bytes], told: str
) -> None:
    make_kho(kho, {"qtnb.yaml": KHO, **files})
    commit(kho)
    for words in ((), ("HEAD", "v1")):
        run = diff(kho, *words)
        assert run.code == 1, words
        assert told in run.err, words


def torn(kho: Path) -> str:
    text = (kho / "so-dang-ky.yaml").read_text(encoding="utf-8")
    (kho / "so-dang-ky.yaml").write_text(f"<<<<<<< HEAD\n{text}", encoding="utf-8")
    return "(so-dang-ky.yaml:1): Tệp còn dấu xung đột của git"


def cut_off(kho: Path) -> str:
    replace_in(kho / "so-dang-ky.yaml", "het: true\n", "")
    return "Sổ đăng ký bị cắt cụt: thiếu dòng cuối “het: true”."


def edited(kho: Path) -> str:
    replace_in(kho / "so-dang-ky.yaml", 'so: "13"', 'so: "14"')
    return "Mục quyết định “noi-dung” trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp."


def gone(kho: Path) -> str:
    (kho / "so-dang-ky.yaml").unlink()
    return "Kho có nội dung đã phê duyệt (da-phe-duyet/) nhưng không còn sổ đăng ký so-dang-ky.yaml."


def newer(kho: Path) -> str:
    replace_in(kho / "so-dang-ky.yaml", "phien_ban: 1", "phien_ban: 9")
    return "do một phiên bản qtnb mới hơn ghi."


@pytest.mark.parametrize("broken", [torn, cut_off, edited, gone, newer])
def test_a_register_that_cannot_be_used_is_not_taken_for_none(tmp_path: Path, broken: Callable[[Path], str]) -> None:
    kho = approved_kho(tmp_path / "kho")
    git(kho, "init", "-q")
    commit(kho)
    reason = broken(kho)
    commands = [["diff"], ["diff", "da-phe-duyet"], ["diff", "noi-dung"], ["simplify-report", "--since", "noi-dung"]]
    for words in (*commands, ["diff", "--redline", "-o", "a.docx", "--author", "A", "--date", "2026-11-22"]):
        run = qtnb(*words, cwd=kho)
        assert (run.code, run.out) == (3, ""), words
        assert run.err.startswith("qtnb: Không dùng được sổ đăng ký"), words
        assert reason in run.err, words
        assert run.err.endswith("\n  → Xem lỗi bằng lệnh: qtnb validate\n"), words
    for words in (["diff", "HEAD"], ["simplify-report", "--since", "HEAD"]):
        run = qtnb(*words, cwd=kho)
        assert run.out, words
        assert run.err.startswith("Lưu ý: Không dùng được sổ đăng ký"), words
        assert "Không nhận ra được quy trình đã bãi bỏ, thay thế." in run.err, words


def test_what_holds_between_files_is_no_matter_of_a_comparison(kho: Path) -> None:
    make_kho(kho, {"quyet-dinh/qd.yaml": QD.replace("tat_ca", "[khong-co]")})
    run = diff(kho)
    assert (run.code, run.err) == (0, "")
    assert "  + qd (mới)\n" in run.out


def test_links_dotted_names_and_files_of_a_kho_inside_are_left_alone_as_on_disk(kho: Path) -> None:
    make_kho(kho, {"quy-trinh/.an/b.yaml": CV, "quy-trinh/.c.yaml": CV, "quy-trinh/d.txt": "x"})
    make_kho(kho / "quy-trinh/trong", {"quy-trinh/e.yaml": CV})
    commit(kho)
    assert "1 quy trình như nhau" in diff(kho, "HEAD", "HEAD").out
    (kho / "quy-trinh/f.yaml").symlink_to("/etc/passwd")
    commit(kho)
    run = diff(kho, "HEAD", "HEAD")
    assert run.code == 1
    assert (
        "HEAD:quy-trinh/f.yaml:1:1: lỗi: Đây là liên kết (symlink); qtnb không đọc qua liên kết. [symlink]" in run.err
    )
    assert "root" not in run.err


# --- strangers' repositories ----------------------------------------------------------------------

EVIL = """\
[core]
	fsmonitor = "touch {0}/fsmonitor"
	hooksPath = {0}/hooks
	pager = "touch {0}/pager"
	sshCommand = "touch {0}/ssh"
	alternateRefsCommand = "touch {0}/refs"
[extensions]
	partialClone = origin
[remote "origin"]
	url = "ext::sh -c touch% {0}/ext"
	promisor = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[diff "x"]
	textconv = touch {0}/textconv
[filter "x"]
	smudge = touch {0}/smudge
	clean = touch {0}/clean
[pager]
	cat-file = "touch {0}/pager"
	ls-tree = "touch {0}/pager"
"""


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "trap"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


def test_nothing_that_a_repository_brings_along_is_run(kho: Path, trap: Path) -> None:
    oid = git(kho, "rev-parse", "v1:quy-trinh/a.yaml")
    (kho / ".git/objects" / oid[:2] / oid[2:]).unlink()  # git would fetch it
    (kho / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    with (kho / ".git/config").open("a", encoding="utf-8") as config:
        config.write(EVIL.format(trap))
    run = diff(kho, "v1")
    assert run.code == 1
    assert "v1:quy-trinh/a.yaml:1:1: lỗi: Không đọc được tệp này trong kho git. [unreadable]" in run.err


def test_options_and_variables_lead_nowhere_else(kho: Path, trap: Path) -> None:
    elsewhere = make_kho(kho.parent / "khac", {"quy-trinh/z.yaml": CV})
    git(elsewhere, "init", "-q")
    commit(elsewhere)
    env = {
        **os.environ,
        "GIT_DIR": str(elsewhere / ".git"),
        "GIT_WORK_TREE": str(elsewhere),
        "GIT_OBJECT_DIRECTORY": str(elsewhere / ".git/objects"),
        "GIT_TRACE": str(trap / "trace"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {trap}/fsmonitor",
    }
    assert CHANGED in diff(kho, "v1", env=env).out
    for word in (f"--output={trap}/x", f"--exec=touch {trap}/x", "--all"):
        assert diff(kho, "--", word).code == 3


def test_a_replaced_object_does_not_stand_for_what_was_committed(kho: Path) -> None:
    old = git(kho, "rev-parse", "v1:quy-trinh/a.yaml")
    new = git(kho, "hash-object", "-w", "quy-trinh/a.yaml")
    git(kho, "replace", old, new)
    assert CHANGED in diff(kho, "v1").out


def test_names_of_files_cannot_write_to_the_terminal(kho: Path) -> None:
    (kho / "quy-trinh/x\x1b[31m\n.yaml").write_text("loai: CV\n", encoding="utf-8")
    commit(kho)
    run = diff(kho, "HEAD", "HEAD")
    assert "HEAD:quy-trinh/x\ufffd[31m\ufffd.yaml:1:1: lỗi:" in run.err
    assert "\x1b" not in run.out + run.err


def test_comparing_writes_nothing(kho: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in kho.rglob("*")}
    assert diff(kho, "v1").code == 0
    assert {path: path.stat().st_mtime_ns for path in kho.rglob("*")} == before
