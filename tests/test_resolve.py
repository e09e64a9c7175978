"""Two branches give one number: both are named, and the draft moves with every mention of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repo import git
from killing import tree
from kit import CV, qtnb
from register_kho import approve, numbered_kho, replace_in

BAN_GIAO = CV.replace("Tiếp nhận văn bản đến", "Bàn giao tài sản")
NGHIEM_THU = CV.replace("Tiếp nhận văn bản đến", "Nghiệm thu đề tài")


def draft(kho: Path, key: str, text: str, decision: str = "") -> None:
    """A new procedure on the branch of its own, numbered, with a decision that names its number."""
    (kho / f"quy-trinh/{key}.yaml").write_text(text, "utf-8")
    assert "CV-03" in qtnb("number", cwd=kho).out
    if decision:
        (kho / f"quyet-dinh/qd-{key}.yaml").write_text(decision, "utf-8")


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A kho in which git has merged two branches that both gave CV-03, without a conflict."""
    kho = numbered_kho(tmp_path)
    git(kho, "init", "-q", "-b", "main")
    git(kho, "add", "-A")
    git(kho, "commit", "-qm", "đầu")
    decision = "loai: QD\nphe_duyet: danh_muc\nquy_trinh:\n  - CV-03  # mới\n"
    for branch, key, text in (("a", "ban-giao", BAN_GIAO), ("b", "nghiem-thu", NGHIEM_THU)):
        git(kho, "switch", "-qc", branch, "main")
        draft(kho, key, text.replace("Vào sổ", "Vào sổ theo CV-03"), decision)
        git(kho, "add", "-A")
        git(kho, "commit", "-qm", branch)
    git(kho, "merge", "-q", "-m", "gộp", "a")
    return kho


def test_both_procedures_are_named(merged: Path) -> None:
    run = qtnb("number", "--check", cwd=merged)
    assert run.code == 1
    for one, other in (("ban-giao", "nghiem-thu"), ("nghiem-thu", "ban-giao")):
        said = f"quy-trinh/{one}.yaml:2:10: lỗi: Ký hiệu CV-03 cũng có ở quy-trinh/{other}.yaml. [duplicate-symbol]"
        assert said in run.out
    assert "qtnb number --resolve" in run.out


def test_the_draft_moves_with_every_mention_of_it(merged: Path) -> None:
    before = tree(merged)
    run = qtnb("number", "--resolve", cwd=merged)
    assert (run.code, run.err) == (0, "")
    assert run.out == "CV-03 → CV-04  quy-trinh/nghiem-thu.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n"
    after = tree(merged)
    changed = {name for name in after if not name.startswith(".git") and after[name] != before.get(name)}
    assert changed == {"quy-trinh/nghiem-thu.yaml", "quyet-dinh/qd-nghiem-thu.yaml", "so-dang-ky.yaml"}
    moved = (merged / "quy-trinh/nghiem-thu.yaml").read_text("utf-8")
    assert "ky_hieu: CV-04\n" in moved
    assert "trinh_tu: Vào sổ theo CV-04\n" in moved
    assert "  - CV-04  # mới\n" in (merged / "quyet-dinh/qd-nghiem-thu.yaml").read_text("utf-8")
    assert "  - CV-03  # mới\n" in (merged / "quyet-dinh/qd-ban-giao.yaml").read_text("utf-8")
    assert qtnb("validate", "--strict", cwd=merged).code == 0
    assert qtnb("number", "--check", cwd=merged).code == 0
    assert qtnb("number", "--resolve", cwd=merged).out == "Không có ký hiệu nào trùng.\n"


def test_an_approved_procedure_never_moves(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    draft(kho, "nghiem-thu", NGHIEM_THU, "loai: QD\nphe_duyet: danh_muc\nquy_trinh: [CV-03]\n")
    approve(kho, "qd-nghiem-thu", 5, "2024-11-01")
    twin = BAN_GIAO.replace("loai: CV\n", "loai: CV\nky_hieu: CV-03\n")
    (kho / "quy-trinh/ban-giao.yaml").write_text(twin, "utf-8")
    (kho / "quyet-dinh/moi.yaml").write_text("loai: QD\nphe_duyet: danh_muc\nquy_trinh: [CV-03]\n", "utf-8")
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.out == "CV-03 → CV-04  quy-trinh/ban-giao.yaml (CV-03 vẫn là của quy-trinh/nghiem-thu.yaml)\n"
    # A decision that issues means what is not approved yet.
    assert "quy_trinh: [CV-04]" in (kho / "quyet-dinh/moi.yaml").read_text("utf-8")
    assert "quy_trinh: [CV-03]" in (kho / "quyet-dinh/qd-nghiem-thu.yaml").read_text("utf-8")
    assert qtnb("validate", cwd=kho).code == 0


@pytest.mark.parametrize("amended", [False, True], ids=["approved", "being amended"])
def test_approved_content_is_not_changed_but_by_a_decision(tmp_path: Path, *, amended: bool) -> None:
    kho = numbered_kho(tmp_path)
    git(kho, "init", "-q", "-b", "main")
    git(kho, "add", "-A")
    git(kho, "commit", "-qm", "đầu")
    for branch, key, text in (("a", "ban-giao", BAN_GIAO), ("b", "nghiem-thu", NGHIEM_THU)):
        git(kho, "switch", "-qc", branch, "main")
        draft(kho, key, text)
        if branch == "b":
            replace_in(kho / "quy-trinh/den.yaml", "Vào sổ", "Vào sổ như CV-03")
            approve(kho, "noi-dung", 5, "2024-11-01")
        git(kho, "add", "-A")
        git(kho, "commit", "-qm", branch)
    git(kho, "merge", "a", conflict=True)
    if amended:
        amend = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [den]\n"
        (kho / "quyet-dinh/sua.yaml").write_text(amend, "utf-8")
    run = qtnb("number", "--resolve", cwd=kho)
    moved = "CV-03 → CV-04  quy-trinh/nghiem-thu.yaml (CV-03 vẫn là của quy-trinh/ban-giao.yaml)\n"
    noted = (
        "Lưu ý: quy-trinh/den.yaml:11 đã phê duyệt nên giữ nguyên CV-03, vốn nói về “nghiem-thu”, nay là CV-04; "
        "sửa bằng quyết định sửa đổi, bổ sung.\n"
    )
    joined = "Đã hợp nhất sổ đăng ký so-dang-ky.yaml của hai nhánh: 1 quyết định, 5 quy trình.\n"
    last = "Lưu các tệp vào git để hoàn tất lần gộp.\n"
    assert (run.code, run.out) == (0, joined + moved + ("" if amended else noted) + last)
    steps = (kho / "quy-trinh/den.yaml").read_text("utf-8")
    assert f"Vào sổ như {'CV-04' if amended else 'CV-03'}" in steps
    assert "lỗi:" not in qtnb("validate", cwd=kho).out


def test_a_mention_that_may_mean_either_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    draft(kho, "ban-giao", BAN_GIAO, "loai: QD\nphe_duyet: danh_muc\nquy_trinh: [CV-03]\n")
    twin = NGHIEM_THU.replace("loai: CV\n", "loai: CV\nky_hieu: CV-03\n")
    (kho / "quy-trinh/nghiem-thu.yaml").write_text(twin, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "Vào sổ", "Vào sổ như CV-03")
    before = tree(kho)
    run = qtnb("number", "--resolve", cwd=kho)
    assert run.code == 1
    said = "CV-03 ở đây có thể là “ban-giao” hoặc “nghiem-thu”. [ambiguous-symbol]"
    assert f"quyet-dinh/qd-ban-giao.yaml:3:13: lỗi: {said}" in run.err
    assert f"quy-trinh/den.yaml:11:15: lỗi: {said}" in run.err
    assert run.err.endswith("Chưa sửa gì trong kho có các chỗ trên.\n")
    assert tree(kho) == before


def test_other_mistakes_come_first(merged: Path) -> None:
    replace_in(merged / "quy-trinh/den.yaml", "muc_dich", "muc_dic")
    before = tree(merged)
    run = qtnb("number", "--resolve", cwd=merged)
    assert run.code == 1
    assert "[unknown-key]" in run.err
    assert "duplicate-symbol" not in run.err
    assert tree(merged) == before
