"""Two branches that both approved: their registers become one, or it is said why not; nothing is ever lost."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from git_repo import branch, git, put_under_git, save
from killing import kill_at_every_write, tree
from kit import CV, qtnb
from qtnb.model import Phan
from qtnb.so_dang_ky.contradictions import contradictions
from qtnb.so_dang_ky.joining import join
from qtnb.so_dang_ky.joining_text import BothSides, both_sides
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy, TrangThai
from qtnb.so_dang_ky.reading import register_from
from qtnb.so_dang_ky.writing import register_text
from register_histories import any_register, branches, continued, with_decision, with_draft
from register_kho import approve, approved_kho, numbered_kho, place, replace_in

SAID = "Đã hợp nhất sổ đăng ký so-dang-ky.yaml của hai nhánh: {} quyết định, {} quy trình.\n"
NEXT = "Lưu các tệp vào git để hoàn tất lần gộp.\n"


# --- as values ------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(branches())
def test_which_branch_comes_first_makes_no_difference(work: tuple[SoDangKy, SoDangKy, SoDangKy]) -> None:
    base, one, other = work
    assert join(one, other, base) == join(other, one, base)
    assert join(one, other) == join(other, one)


@given(st.data())
def test_what_only_one_branch_did_is_taken_as_it_is(data: st.DataObject) -> None:
    base = data.draw(continued(SoDangKy(), "c", 1))
    work = data.draw(continued(base, "a", 30))
    assert join(base, work, base).register == work
    assert join(work, work).register == work


@settings(max_examples=300, deadline=None)
@given(branches())
def test_nothing_is_lost_and_the_whole_holds_together(work: tuple[SoDangKy, SoDangKy, SoDangKy]) -> None:
    base, one, other = work
    joined = join(one, other, base)
    if joined.clashes:
        assert {remark.rule for remark in joined.clashes} == {"register-join"}
        return
    register = joined.register
    for side in (one, other):
        assert set(side.quyet_dinh.items()) <= set(register.quyet_dinh.items())
        for khoa, block in side.quy_trinh.items():
            assert set(map(repr, block.lich_su)) <= set(map(repr, register.quy_trinh[khoa].lich_su))
            assert block.ky_hieu == register.quy_trinh[khoa].ky_hieu or not block.lich_su
            assert block.trang_thai.con_hieu_luc or not block.lich_su or block == register.quy_trinh[khoa]
    for khoa, signed in register.quyet_dinh.items():
        naming = [item for item in register.quy_trinh.values() if khoa in {lan.quyet_dinh for lan in item.lich_su}]
        assert len(naming) == signed.tong_quy_trinh
    assert list(contradictions(register)) == []
    assert register_from(yaml.safe_load(register_text(register))) == register


@settings(max_examples=500, deadline=None)
@given(any_register(), any_register(), any_register())
def test_whatever_two_registers_say_they_are_joined_or_it_is_said_why_not(
    one: SoDangKy, other: SoDangKy, base: SoDangKy
) -> None:
    joined = join(one, other, base)
    if not joined.clashes:
        assert set(joined.register.quy_trinh) == {*one.quy_trinh, *other.quy_trinh}
        assert set(joined.register.quyet_dinh) == {*one.quyet_dinh, *other.quyet_dinh}


@settings(max_examples=100, deadline=None)
@given(branches(), st.data())
def test_three_branches_join_in_any_order(work: tuple[SoDangKy, SoDangKy, SoDangKy], data: st.DataObject) -> None:
    base, one, other = work
    third = data.draw(continued(base, "d", 90))
    first = join(one, other, base)
    last = join(other, third, base)
    if first.clashes or last.clashes:
        return
    assert join(first.register, third, base) == join(one, last.register, base)


@settings(max_examples=60, deadline=None)
@given(work=branches(), style=st.sampled_from([[], ["--diff3"], ["--zdiff3"]]), ending=st.sampled_from(["\n", "\r\n"]))
def test_what_git_writes_between_its_markers_gives_the_same_register(
    tmp_path_factory: pytest.TempPathFactory, work: tuple[SoDangKy, SoDangKy, SoDangKy], style: list[str], ending: str
) -> None:
    folder = tmp_path_factory.mktemp("sides")
    base, one, other = work
    for name, side in (("base", base), ("ours", one), ("theirs", other)):
        (folder / name).write_bytes(register_text(side).replace("\n", ending).encode())
    words = ["git", "merge-file", "-p", *style, "ours", "base", "theirs"]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    joined = join(one, other, base)
    if done.returncode == 0:
        assert done.stdout.replace("\r\n", "\n") == register_text(joined.register)
        return
    sides = both_sides(done.stdout)
    assert sides is not None
    ours, theirs = (register_from(yaml.safe_load(text)) for text in (sides.ours, sides.theirs))
    assert join(ours, theirs, base) == joined


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("a\n", None),
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n", BothSides("a\nb\nd\n", "a\nc\nd\n", None)),
        ("<<<<<<< HEAD\r\nb\r\n=======\r\n>>>>>>> x\r\n", BothSides("b\r\n", "", None)),
        (
            "<<<<<<< HEAD\nb\n||||||| 1234\n<<<<<<<<< Temporary merge branch 1\no\n=========\n=======\nc\n>>>>>>> x\n",
            BothSides("b\n", "c\n", "<<<<<<<<< Temporary merge branch 1\no\n=========\n"),
        ),
        ("<<<<<<< HEAD\nb\n=======\nc\n", None),
        ("<<<<<<< HEAD\nb\n>>>>>>> x\n", None),
        ("=======\n", None),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> x\n", None),
    ],
)
def test_a_text_with_markers_is_taken_apart_or_not_at_all(text: str, sides: BothSides | None) -> None:
    assert both_sides(text) == sides


BASE = with_draft(with_draft(SoDangKy(), "den"), "di")
CONTENT, LINE = (Phan.NOI_DUNG,), (Phan.DANH_MUC,)

CLASHES: dict[str, tuple[SoDangKy, SoDangKy, str]] = {
    "one part by two decisions": (
        with_decision(BASE, "a-12", 1, {"den": CONTENT}),
        with_decision(BASE, "b-13", 5, {"den": CONTENT}),
        (
            "Hai nhánh cùng quyết định về quy trình CV-01 (den): Quyết định số 12/QĐ-SNV ngày 02/01/2025 và "
            "Quyết định số 13/QĐ-SNV ngày 06/01/2025."
        ),
    ),
    "amended here, abolished there": (
        with_decision(with_decision(BASE, "c-9", 0, {"den": CONTENT}), "a-12", 1, {"den": LINE}),
        with_decision(with_decision(BASE, "c-9", 0, {"den": CONTENT}), "b-13", 5, {}, ("den",)),
        (
            "Hai nhánh cùng quyết định về quy trình CV-01 (den): Quyết định số 12/QĐ-SNV ngày 02/01/2025 và "
            "Quyết định số 13/QĐ-SNV ngày 06/01/2025."
        ),
    ),
    "one decision, two days": (
        with_decision(BASE, "a-12", 1, {"den": CONTENT}),
        with_decision(BASE, "a-12", 2, {"den": CONTENT}),
        (
            "Quyết định “a-12” đã ghi sổ khác nhau trên hai nhánh: Quyết định số 12/QĐ-SNV ngày 02/01/2025 và "
            "Quyết định số 12/QĐ-SNV ngày 03/01/2025."
        ),
    ),
    "one decision, other procedures": (
        with_decision(BASE, "a-12", 1, {"den": CONTENT}),
        with_decision(BASE, "a-12", 1, {"di": CONTENT}),
        (
            "Quyết định “a-12” đã ghi sổ khác nhau trên hai nhánh: cùng là Quyết định số 12/QĐ-SNV ngày 02/01/2025 "
            "nhưng nội dung khác nhau."
        ),
    ),
    "one number for two decisions": (
        with_decision(BASE, "a-12", 1, {"den": CONTENT}),
        with_decision(BASE, "b-12", 2, {"di": CONTENT}),
        "Số 12/QĐ-SNV năm 2025 đã cấp cho hai quyết định: “a-12” ngày 02/01/2025 và “b-12” ngày 03/01/2025.",
    ),
    "one procedure, two numbers": (
        with_decision(BASE, "a-12", 1, {"den": CONTENT}),
        with_decision(BASE.with_items([MucDangKy("den", "CV-07")]), "b-13", 5, {"den": LINE}),
        (
            "Quy trình “den” đã phê duyệt trên hai nhánh với hai ký hiệu: CV-01 tại Quyết định số 12/QĐ-SNV ngày "
            "02/01/2025 và CV-07 tại Quyết định số 13/QĐ-SNV ngày 06/01/2025."
        ),
    ),
}


@pytest.mark.parametrize(("one", "other", "said"), CLASHES.values(), ids=CLASHES)
def test_what_both_decided_is_named_with_both_decisions(one: SoDangKy, other: SoDangKy, said: str) -> None:
    assert [remark.message for remark in join(one, other, BASE).clashes] == [said]


def test_different_parts_approved_on_two_branches_go_together_by_their_days() -> None:
    one = with_decision(BASE, "a-12", 8, {"den": CONTENT})
    other = with_decision(BASE, "b-13", 2, {"den": LINE})
    den = join(one, other, BASE).register.quy_trinh["den"]
    assert [lan.quyet_dinh for lan in den.lich_su] == ["b-13", "a-12"]
    assert (den.trang_thai, str(den.hieu_luc)) == ("da_phe_duyet", "2025-01-09")


@pytest.mark.parametrize(
    ("here", "there", "written", "joined"),
    [
        ("CV-02", "CV-05", "", "CV-05"),
        ("CV-04", "CV-05", "", "CV-04"),
        ("CV-04", "CV-05", "CV-05", "CV-05"),
        ("CV-02", "CV-05", "CV-02", "CV-02"),
        ("CV-04", "CV-05", "CV-09", "CV-04"),
        ("CV-100", "CV-99", "", "CV-99"),
    ],
    ids=["changed on one", "on both", "on both, and in the file", "changed on one, not in the file", "none", "lower"],
)
def test_a_draft_with_two_numbers_gets_that_of_its_file_or_of_the_branch_that_changed_it(
    here: str, there: str, written: str, joined: str
) -> None:
    one, other = (BASE.with_items([MucDangKy("di", number)]) for number in (here, there))
    for first, second in ((one, other), (other, one)):
        assert join(first, second, BASE, {"di": written}).register.quy_trinh["di"].ky_hieu == joined


def test_what_one_branch_approved_is_approved_whatever_number_the_other_gave_the_draft() -> None:
    approved = with_decision(BASE, "a-12", 1, {"den": CONTENT})
    moved = BASE.with_items([MucDangKy("den", "CV-07")])
    for first, second in ((approved, moved), (moved, approved)):
        assert join(first, second, BASE, {"den": "CV-07"}).register == approved


def without(register: SoDangKy, decision: str, by: str, day: int) -> SoDangKy:
    """The register after the decision ``by``, about nothing else, abolished ``decision``."""
    register = with_decision(register, by, day, {})
    return register.with_decisions([replace(register.quyet_dinh[decision], bai_bo_boi=by)])


def test_a_decision_abolished_on_one_branch_counts_for_what_the_other_decided() -> None:
    start = with_decision(with_decision(BASE, "c-1", 0, {"den": CONTENT}), "c-2", 1, {"den": LINE})
    start = with_decision(start, "c-3", 2, {"den": CONTENT})
    assert start.quy_trinh["den"].trang_thai is TrangThai.SUA_DOI
    one = without(start, "c-3", "a-4", 5)
    one = one.with_items([replace(one.quy_trinh["den"], trang_thai=TrangThai.SUA_DOI, hieu_luc=dt.date(2025, 1, 6))])
    other = with_decision(start, "b-5", 9, {"den": LINE})
    joined = join(one, other, start)
    assert joined == join(other, one, start)
    den = joined.register.quy_trinh["den"]
    assert [(lan.quyet_dinh, lan.bai_bo) for lan in den.lich_su] == [
        ("c-1", False),
        ("c-2", False),
        ("c-3", True),
        ("b-5", False),
    ]
    assert (den.trang_thai, str(den.hieu_luc)) == ("sua_doi", "2025-01-10")
    # What only one branch knows stays as it wrote it.
    assert join(one, start, start).register == one


def test_a_procedure_that_no_decision_approves_any_longer_is_told() -> None:
    start = with_decision(with_decision(BASE, "c-1", 0, {"den": CONTENT}), "c-2", 1, {"den": LINE})
    joined = join(without(start, "c-1", "a-4", 5), without(start, "c-2", "b-5", 6), start)
    assert [remark.message for remark in joined.clashes] == [
        (
            "Hai nhánh cùng bãi bỏ quyết định đã phê duyệt quy trình CV-01 (den), bởi “a-4” và “b-5”; gộp lại thì "
            "không còn quyết định nào phê duyệt quy trình này."
        )
    ]


def test_a_decision_abolished_by_two_others_is_told() -> None:
    start = with_decision(BASE, "c-1", 0, {"den": CONTENT, "di": CONTENT})
    joined = join(without(start, "c-1", "a-4", 5), without(start, "c-1", "b-5", 6), start)
    assert [remark.message for remark in joined.clashes] == [
        "Quyết định số 01/QĐ-SNV ngày 01/01/2025 bị bãi bỏ trên hai nhánh, bởi hai quyết định “a-4” và “b-5”."
    ]


# --- with git -------------------------------------------------------------------------------------

BAN_GIAO = CV.replace("Tiếp nhận văn bản đến", "Bàn giao tài sản")
LIEN_THONG = "loai: QD\nphe_duyet: noi_dung\npham_vi_lien_thong: true\nquy_trinh: [LT-01]\n"
NGHIEM_THU = CV.replace("Tiếp nhận văn bản đến", "Nghiệm thu đề tài")


def two_branches(folder: Path) -> Path:
    """Branch ``a`` approved CV-01 by decision 12 and drafted CV-03, ``b``, where we are, CV-02 by 13 and CV-03 too."""
    return shutil.copytree(_two_branches(), folder, dirs_exist_ok=True)


@cache
def _two_branches() -> Path:
    kho = numbered_kho(place("two-branches"))
    for name in ("danh-muc", "noi-dung"):
        (kho / f"quyet-dinh/{name}.yaml").unlink()
    for name, symbol in (("mot", "CV-01"), ("hai", "CV-02")):
        (kho / f"quyet-dinh/{name}.yaml").write_text(f"loai: QD\nphe_duyet: noi_dung\nquy_trinh: [{symbol}]\n", "utf-8")
    put_under_git(kho)
    for name, decision, so, new, text in (
        ("a", "mot", 12, "ban-giao", BAN_GIAO),
        ("b", "hai", 13, "nghiem-thu", NGHIEM_THU),
    ):
        branch(kho, name)
        approve(kho, decision, so, f"2025-01-{so}")
        save(kho, f"ghi sổ {decision}")
        (kho / f"quy-trinh/{new}.yaml").write_text(text, "utf-8")
        assert "CV-03" in qtnb("number", cwd=kho).out
        save(kho, f"quy trình {new}")
    return kho


def merged(kho: Path) -> None:
    git(kho, "merge", "a", conflict=True)


def merged_showing_the_base(kho: Path) -> None:
    git(kho, "-c", "merge.conflictStyle=diff3", "merge", "a", conflict=True)


def merged_and_saved_with_its_markers(kho: Path) -> None:
    merged(kho)
    save(kho, "lỡ tay")


def merged_with_both_sides_kept_by_hand(kho: Path) -> None:
    merged(kho)
    path = kho / "so-dang-ky.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))), "utf-8")


def merged_with_both_sides_kept_by_hand_and_saved(kho: Path) -> None:
    merged_with_both_sides_kept_by_hand(kho)
    save(kho, "gộp tay")
    (kho / "ghi-chu.txt").write_text("xem lại sổ", "utf-8")
    save(kho, "ghi chú")


def merged_with_one_side_taken(kho: Path) -> None:
    merged(kho)
    git(kho, "checkout", "-q", "--ours", "--", "so-dang-ky.yaml")


def merged_without_the_file(kho: Path) -> None:
    merged(kho)
    (kho / "so-dang-ky.yaml").unlink()


def merged_without_the_file_and_saved(kho: Path) -> None:
    merged_without_the_file(kho)
    save(kho, "gộp, lỡ xóa sổ")


def merged_with_windows_line_ends(kho: Path) -> None:
    git(kho, "config", "core.autocrlf", "true")
    git(kho, "rm", "-rq", "--cached", ".")
    git(kho, "reset", "-q", "--hard")
    assert b"\r\n" in (kho / "so-dang-ky.yaml").read_bytes()
    merged(kho)
    assert b"=======\r\n" in (kho / "so-dang-ky.yaml").read_bytes()


@pytest.mark.parametrize(
    "work",
    [
        merged,
        merged_showing_the_base,
        merged_and_saved_with_its_markers,
        merged_with_both_sides_kept_by_hand,
        merged_with_both_sides_kept_by_hand_and_saved,
        merged_with_one_side_taken,
        merged_without_the_file,
        merged_without_the_file_and_saved,
        merged_with_windows_line_ends,
    ],
    ids=lambda work: work.__name__,
)
def test_two_branches_that_both_approved_and_numbered_become_one(tmp_path: Path, work: Callable[[Path], None]) -> None:
    kho = two_branches(tmp_path)
    work(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert (run.code, run.err) == (0, "")
    moved = "CV-03 → CV-04  quy-trinh/nghiem-thu.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n"
    assert run.out == SAID.format(2, 5) + moved + NEXT
    check = qtnb("validate", "--strict", cwd=kho)
    assert (check.code, check.out) == (0, "Đã kiểm tra 9 tệp: không có lỗi.\n")
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    assert {khoa: (item.ky_hieu, str(item.trang_thai)) for khoa, item in register.quy_trinh.items()} == {
        "ban-giao": ("CV-03", "du_thao"),
        "den": ("CV-01", "da_phe_duyet"),
        "di": ("CV-02", "da_phe_duyet"),
        "nghiem-thu": ("CV-04", "du_thao"),
        "trinh": ("LT-01", "du_thao"),
    }
    assert {khoa: item.so for khoa, item in register.quyet_dinh.items()} == {"hai": "13", "mot": "12"}
    ledger = (kho / "so-dang-ky.yaml").read_bytes()
    assert ledger.count(b"\r\n") == (ledger.count(b"\n") if work is merged_with_windows_line_ends else 0)
    state = tree(kho)
    assert qtnb("number", "--resolve", cwd=kho).out == "Không có ký hiệu nào trùng.\n"
    assert qtnb("number", cwd=kho).out == "Không có quy trình nào cần cấp ký hiệu.\n"
    assert {name: content for name, content in tree(kho).items() if not name.startswith(".git")} == {
        name: content for name, content in state.items() if not name.startswith(".git")
    }


def without_kept_seals(kho: Path) -> SoDangKy:
    """The register but for the seals of kept contents: those tell what was decided before on the same branch."""
    register = register_from(yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8")))
    return register.with_decisions(replace(signed, ban_luu="") for signed in register.quyet_dinh.values())


def test_the_joined_register_is_that_of_one_branch_on_which_all_was_entered(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    git(kho, "switch", "-qc", "mot-nhanh", "a~1")
    approve(kho, "hai", 13, "2025-01-13")
    wanted = without_kept_seals(kho)
    git(kho, "checkout", "-qf", "b~1")
    git(kho, "merge", "a~1", conflict=True)
    assert qtnb("number", "--resolve", cwd=kho).out == SAID.format(2, 3) + NEXT
    assert without_kept_seals(kho) == wanted


def test_a_rebase_joins_at_each_commit_that_stops(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    (kho / "quyet-dinh/moi.yaml").write_text("loai: QD\nphe_duyet: danh_muc\nquy_trinh: [CV-03]\n", "utf-8")
    save(kho, "quyết định về nghiem-thu")
    git(kho, "rebase", "a", conflict=True)
    assert qtnb("number", "--resolve", cwd=kho).out == SAID.format(2, 4) + NEXT
    git(kho, "add", "-A")
    git(kho, "rebase", "--continue")
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.out == "CV-03 → CV-04  quy-trinh/nghiem-thu.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n"
    # After a rebase the branches are one line; the branch as it was still tells what its decision means.
    assert "quy_trinh: [CV-04]" in (kho / "quyet-dinh/moi.yaml").read_text("utf-8")
    assert qtnb("validate", cwd=kho).code == 0


def test_three_branches_join_one_after_the_other(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    branch(kho, "c")
    (kho / "quyet-dinh/ba.yaml").write_text(LIEN_THONG, "utf-8")
    approve(kho, "ba", 14, "2025-01-14")
    (kho / "quy-trinh/xe.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "Điều xe"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    save(kho, "ba")
    merged(kho)
    first = qtnb("number", "--resolve", cwd=kho).out
    assert first == (
        SAID.format(2, 5) + "CV-03 → CV-04  quy-trinh/xe.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n" + NEXT
    )
    save(kho, "gộp a")
    git(kho, "merge", "b", conflict=True)
    second = qtnb("number", "--resolve", cwd=kho).out
    assert second == (
        SAID.format(3, 6)
        + "CV-03 → CV-05  quy-trinh/nghiem-thu.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n"
        + NEXT
    )
    save(kho, "gộp b")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_a_procedure_on_which_both_decided_is_refused_and_the_way_out_works(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    (kho / "quyet-dinh/cung.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: [den]\n", "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 1 ngày", "    thoi_gian: 0,5 ngày")
    save(kho, "dự thảo")
    approve(kho, "cung", 15, "2025-01-15")
    save(kho, "ghi sổ cung")
    merged(kho)
    before = tree(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert (
        "so-dang-ky.yaml:5:1: lỗi: Hai nhánh cùng quyết định về quy trình CV-01 (den): Quyết định số 12/QĐ-SNV ngày "
        "12/01/2025 và Quyết định số 15/QĐ-SNV ngày 15/01/2025. [register-join]" in run.err
    )
    assert "hủy lần ghi sổ ấy (git revert)" in run.err
    assert run.err.endswith("Chưa sửa gì trong kho có các chỗ trên.\n")
    assert tree(kho) == before
    git(kho, "merge", "--abort")
    git(kho, "revert", "--no-edit", "HEAD")
    merged(kho)
    assert qtnb("number", "--resolve", cwd=kho).code == 0
    save(kho, "gộp")
    replace_in(kho / "quyet-dinh/cung.yaml", "loai: QD", "loai: QD\nhinh_thuc: sua_doi_bo_sung")
    approve(kho, "cung", 15, "2025-01-15")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_one_decision_entered_alike_on_both_branches_is_one(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    approve(kho, "mot", 12, "2025-01-12")
    save(kho, "cũng ghi sổ mot")
    merged(kho)
    assert qtnb("number", "--resolve", cwd=kho).out.startswith(SAID.format(2, 5))
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_one_decision_entered_with_another_number_is_refused(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    approve(kho, "mot", 17, "2025-01-12")
    save(kho, "ghi sổ mot với số khác")
    merged(kho)
    for name in ("quyet-dinh/mot.yaml", "da-phe-duyet/mot.json"):
        git(kho, "checkout", "-q", "--ours", "--", name)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert (
        "lỗi: Quyết định “mot” đã ghi sổ khác nhau trên hai nhánh: Quyết định số 12/QĐ-SNV ngày 12/01/2025 và Quyết "
        "định số 17/QĐ-SNV ngày 12/01/2025. [register-join]" in run.err
    )


def test_files_that_still_show_a_conflict_come_first(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    replace_in(kho / "quyet-dinh/mot.yaml", "[CV-01]", "[CV-01]\ncan_cu: [Luật A]")
    save(kho, "căn cứ")
    merged(kho)
    before = tree(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert "quyet-dinh/mot.yaml:4:1: lỗi: Tệp còn dấu xung đột của git" in run.err
    assert "so-dang-ky.yaml" not in run.err
    assert tree(kho) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('so: "13"', 'so: "14"'),
            (
                "Không hợp nhất được sổ đăng ký: bản của nhánh đang đứng (git: --ours), dòng 5: Mục quyết định “hai” "
                "trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp. [register-side-broken]"
            ),
        ),
        (
            ("het: true\n", ""),
            (
                "Không hợp nhất được sổ đăng ký: bản của nhánh đang đứng (git: --ours), dòng 2: Sổ đăng ký bị cắt cụt: "
                "thiếu dòng cuối “het: true”. [register-side-broken]"
            ),
        ),
        (
            ("quy_trinh:\n", "quy_trinh: [\n"),
            "Không hợp nhất được sổ đăng ký: bản của nhánh đang đứng (git: --ours), dòng ",
        ),
    ],
    ids=["edited by hand", "cut off", "no YAML"],
)
def test_a_side_that_is_no_sound_register_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    kho = two_branches(tmp_path)
    replace_in(kho / "so-dang-ky.yaml", *change)
    save(kho, "sửa tay")
    merged(kho)
    before = tree(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert f"so-dang-ky.yaml:5:1: lỗi: {said}" in run.err
    assert "khôi phục sổ đăng ký trên nhánh ấy bằng git" in run.err
    assert tree(kho) == before


def test_markers_that_are_not_all_there_are_told(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    merged_and_saved_with_its_markers(kho)
    text = (kho / "so-dang-ky.yaml").read_text("utf-8")
    (kho / "so-dang-ky.yaml").write_text(text.replace("=======\n", "", 1), "utf-8")
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert "các dấu <<<<<<<, =======, >>>>>>> không còn đủ. [register-side-broken]" in run.err


def test_an_approved_number_that_the_other_branch_gave_away_comes_back(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    # Branch b merges a draft of the same number from elsewhere and moves its own.
    branch(kho, "d")
    (kho / "quy-trinh/an-toan.yaml").write_text(CV.replace("Tiếp nhận văn bản đến", "An toàn"), "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    save(kho, "an-toan")
    git(kho, "switch", "-q", "b")
    (kho / "quyet-dinh/moi.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-03]\n", "utf-8")
    save(kho, "dự thảo quyết định")
    branch(kho, "e", "b")
    approve(kho, "moi", 20, "2025-01-20")
    save(kho, "phê duyệt nghiem-thu là CV-03")
    git(kho, "switch", "-q", "b")
    git(kho, "merge", "-q", "d", "-m", "gộp d")
    assert "CV-03 → CV-04  quy-trinh/nghiem-thu.yaml" in qtnb("number", "--resolve", cwd=kho).out
    save(kho, "cấp lại số")
    git(kho, "merge", "e", conflict=True)
    git(kho, "checkout", "-q", "--theirs", "--", "quyet-dinh/moi.yaml")
    run = qtnb("number", "--resolve", cwd=kho)
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        SAID.format(2, 5)
        + "CV-03 → CV-05  quy-trinh/an-toan.yaml (CV-03 vẫn là của quy-trinh/nghiem-thu.yaml)\n"
        + "CV-04 → CV-03  quy-trinh/nghiem-thu.yaml (CV-03 là số đã phê duyệt)\n"
        + NEXT
    )
    assert qtnb("validate", cwd=kho).code == 0


def test_a_kill_at_any_write_leaves_the_conflict_or_the_whole(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    merged(kho)
    shutil.rmtree(kho / ".git")  # the markers tell; git's own files are not what is watched here
    before, seen = tree(kho), set()
    for end in kill_at_every_write(["number", "--resolve"], kho):
        after = {name: content for name, content in tree(kho).items() if not name.startswith(".qtnb")}
        again = qtnb("number", "--resolve", cwd=kho)
        assert again.code == 0, end
        assert qtnb("validate", "--strict", cwd=kho).code == 0, end
        seen.add(after == before)
    assert seen == {True, False}


@pytest.mark.parametrize("cleanly", [True, False], ids=["git merges cleanly", "git finds a conflict"])
def test_two_branches_that_give_two_decisions_one_number_are_told(tmp_path: Path, *, cleanly: bool) -> None:
    kho = approved_kho(tmp_path)
    # Blocks stand in the order of keys: with others between them git sees nothing that two branches changed.
    late = "z-moi" if cleanly else "b-moi"
    (kho / "quyet-dinh/a-moi.yaml").write_text(LIEN_THONG, "utf-8")
    (kho / f"quyet-dinh/{late}.yaml").write_text("loai: QD\nphe_duyet: danh_muc\nquy_trinh: [CV-01]\n", "utf-8")
    put_under_git(kho)
    branch(kho, "a")
    approve(kho, "a-moi", 20, "2025-01-12")
    save(kho, "a-moi")
    branch(kho, "b")
    approve(kho, late, 20, "2025-01-13")
    save(kho, late)
    git(kho, "merge", "a", "-m", "gộp", conflict=not cleanly)
    said = (
        f"Số 20/QĐ-SNV năm 2025 đã cấp cho hai quyết định: “a-moi” ngày 12/01/2025 và “{late}” ngày 13/01/2025. "
        "[register-decision-number-twice]"
    )
    run = qtnb("validate", cwd=kho) if cleanly else qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert f"so-dang-ky.yaml:{38 if cleanly else 5}:{3 if cleanly else 1}: lỗi: {said}" in run.out + run.err


def test_two_procedures_approved_under_one_number_stop_the_merge_until_one_is_replaced(tmp_path: Path) -> None:
    kho = two_branches(tmp_path)
    for name, key, so in (("a", "ban-giao", 21), ("b", "nghiem-thu", 22)):
        git(kho, "switch", "-q", name)
        text = "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-03]\n"
        (kho / f"quyet-dinh/qd-{key}.yaml").write_text(text, "utf-8")
        approve(kho, f"qd-{key}", so, f"2025-01-{so}")
        save(kho, f"ghi sổ {key}")
    merged(kho)
    before = tree(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    assert (
        "quy-trinh/nghiem-thu.yaml:2:10: lỗi: Ký hiệu CV-03 đã được phê duyệt cho cả quy-trinh/ban-giao.yaml và "
        "quy-trinh/nghiem-thu.yaml. [duplicate-approved-symbol]" in run.err
    )
    assert tree(kho) == before
    git(kho, "merge", "--abort")
    (kho / "quy-trinh/nghiem-thu-moi.yaml").write_text(NGHIEM_THU.replace("đề tài", "đề án"), "utf-8")
    assert "CV-04" in qtnb("number", cwd=kho).out
    replace = (
        "loai: QD\nhinh_thuc: thay_the\nphe_duyet: noi_dung\nquy_trinh: [nghiem-thu-moi]\nbi_thay_the: [nghiem-thu]\n"
    )
    (kho / "quyet-dinh/thay-the.yaml").write_text(replace, "utf-8")
    approve(kho, "thay-the", 25, "2025-01-25")
    (kho / "quy-trinh/nghiem-thu.yaml").unlink()
    save(kho, "thay thế")
    merged(kho)
    assert qtnb("number", "--resolve", cwd=kho).out == SAID.format(5, 6) + NEXT
    save(kho, "gộp")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    assert qtnb("number", cwd=kho).out == "Không có quy trình nào cần cấp ký hiệu.\n"


def test_a_kho_in_a_folder_of_a_repository_is_joined_by_any_path_to_it(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path / "repo" / "nội vụ")
    put_under_git(tmp_path / "repo")
    for name, decision, so in (("a", "danh-muc", 12), ("b", "noi-dung", 13)):
        branch(kho, name)
        approve(kho, decision, so, f"2025-01-{so}")
        save(kho, name)
    git(kho, "merge", "a", conflict=True)
    (kho / "so-dang-ky.yaml").write_bytes(b"")  # git knows all the same
    link = tmp_path / "lien-ket"
    link.symlink_to(kho)
    run = qtnb("number", "--resolve", "lien-ket", cwd=tmp_path)
    said = SAID.replace("so-dang-ky.yaml", "repo/nội vụ/so-dang-ky.yaml")
    assert (run.code, run.out, run.err) == (0, said.format(2, 3) + NEXT, "")
    assert qtnb("validate", "--strict", cwd=tmp_path / "repo").code == 0
