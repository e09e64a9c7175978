"""A signed decision that is entered after one that was signed later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from killing import tree
from kit import CV, qtnb
from printed_decisions import printed_articles
from qtnb.model import quy_trinh_from, quyet_dinh_from
from qtnb.so_dang_ky.approving import HetHieuLuc, KyQuyetDinh, QuyetDinhBiBaiBo, entered
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy
from qtnb.so_dang_ky.reading import register_from
from qtnb.so_dang_ky.refusing import refusals
from qtnb.so_dang_ky.writing import register_text
from register_kho import approve, approved_kho, numbered_kho, replace_in

AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [{}]\n"


def block(kho: Path, khoa: str) -> dict[str, Any]:
    data = yaml.safe_load((kho / "so-dang-ky.yaml").read_text("utf-8"))["quy_trinh"][khoa]
    assert isinstance(data, dict)
    return data


def late_kho(folder: Path) -> Path:
    """The content entered by decision 13 of 2 November first, then the danh mục by decision 12 of 1 November."""
    kho = numbered_kho(folder)
    approve(kho, "noi-dung", 13, "2024-11-02")
    approve(kho, "danh-muc", 12, "2024-11-01")
    return kho


def git(kho: Path, *words: str) -> str:
    author = ("-c", "user.name=Văn thư", "-c", "user.email=van-thu@vi-du.vn", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *author, *words], cwd=kho, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_another_part_may_be_entered_late_and_stands_in_the_order_of_days(tmp_path: Path) -> None:
    kho = late_kho(tmp_path)
    den = block(kho, "den")
    assert [(lan["quyet_dinh"], lan["ngay"]) for lan in den["lich_su"]] == [
        ("danh-muc", "2024-11-01"),
        ("noi-dung", "2024-11-02"),
    ]
    assert (den["trang_thai"], den["hieu_luc"]) == ("da_phe_duyet", "2024-11-02")
    assert qtnb("validate", "--strict", cwd=kho).code == 0


def test_the_register_is_the_same_whichever_was_entered_first(tmp_path: Path) -> None:
    late, straight = late_kho(tmp_path / "late"), approved_kho(tmp_path / "straight")
    assert (late / "so-dang-ky.yaml").read_text("utf-8") == (straight / "so-dang-ky.yaml").read_text("utf-8")
    for command in (["log", "den"], ["diff", "danh-muc", "noi-dung"], ["simplify-report", "--since", "danh-muc"]):
        told = [qtnb(*command, cwd=kho) for kho in (late, straight)]
        assert told[0] == told[1]
        assert told[0].code == 0


def test_what_was_overtaken_is_refused_once_with_what_to_do(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    approve(kho, "noi-dung", 13, "2024-11-02")
    (kho / "quyet-dinh/hai.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: tat_ca\n", "utf-8")
    before = tree(kho)
    run = qtnb("approve", "hai", "--so", "9", "--ngay", "2024-10-01", cwd=kho)
    assert (run.code, tree(kho)) == (1, before)
    assert run.err.count("lỗi: ") == 1
    assert (
        "quyet-dinh/hai.yaml:1:1: lỗi: Quyết định số 09/QĐ-SNV ngày 01/10/2024 ký trước Quyết định số 13/QĐ-SNV ngày "
        "02/11/2024 (CV-01, CV-02), đã ghi sổ về cùng nội dung. [approve-too-early]\n"
    ) in run.err
    assert "hoàn tác lần ghi sổ sau bằng git revert, ghi sổ quyết định này, rồi ghi sổ lại quyết định sau." in run.err


def test_a_procedure_is_not_ended_before_a_decision_about_it(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/bo.yaml").write_text(
        "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [di, den]\n", "utf-8"
    )
    run = qtnb("approve", "bo", "--so", "9", "--ngay", "2024-10-01", cwd=kho)
    assert run.code == 1
    assert run.err.count("lỗi: ") == 1
    assert (
        "ký trước Quyết định số 12/QĐ-SNV ngày 01/11/2024 (CV-02, CV-01) và Quyết định số 13/QĐ-SNV ngày 02/11/2024 "
        "(CV-02, CV-01), đã ghi sổ về cùng nội dung. [approve-too-early]"
    ) in run.err


def test_a_late_decision_speaks_only_of_what_was_signed_before_it(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    (kho / "quyet-dinh/sau.yaml").write_text(AMEND.format("den"), "utf-8")
    approve(kho, "sau", 30, "2024-12-20")
    text = AMEND.format("den").replace("noi_dung", "danh_muc") + "bang_so_sanh: true\n"
    (kho / "quyet-dinh/truoc.yaml").write_text(text, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "muc_dich:", "ghi_chu: Trừ văn bản mật\nmuc_dich:")
    approve(kho, "truoc", 20, "2024-12-01")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    (first, *_) = printed_articles(kho, "truoc")
    assert "Quyết định số 12/QĐ-SNV" in first
    assert "30/QĐ-SNV" not in first
    kept = yaml.safe_load((kho / "da-phe-duyet/truoc.json").read_text("utf-8"))
    (compared,) = kept["so_sanh"]["quy_trinh"]
    assert [row["nhan"] for row in compared["dong"]] == ["Ghi chú"]


def test_the_way_out_leads_out(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    git(kho, "init", "-q")
    git(kho, "add", "-A")
    git(kho, "commit", "-q", "-m", "Quyết định 12, 13")
    later = (kho / "quyet-dinh/sau.yaml", AMEND.format("den"))
    later[0].write_text(later[1], "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 03 bộ")
    approve(kho, "sau", 30, "2024-12-20")
    git(kho, "add", "-A")
    git(kho, "commit", "-q", "-m", "Quyết định 30")
    (kho / "quyet-dinh/truoc.yaml").write_text(AMEND.format("den"), "utf-8")
    assert "[approve-too-early]" in qtnb("approve", "truoc", "--so", "20", "--ngay", "2024-12-01", cwd=kho).err
    git(kho, "revert", "--no-edit", "HEAD")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    approve(kho, "truoc", 20, "2024-12-01")
    later[0].write_text(later[1], "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 02 bộ", "so_luong: 03 bộ")
    approve(kho, "sau", 30, "2024-12-20")
    assert qtnb("validate", "--strict", cwd=kho).code == 0
    assert [lan["quyet_dinh"] for lan in block(kho, "den")["lich_su"]][-2:] == ["truoc", "sau"]
    assert "được sửa đổi, bổ sung tại Quyết định số 20/QĐ-SNV" in printed_articles(kho, "sau")[0]


# --- what an amending decision cites ------------------------------------------------------------------


def test_a_signed_decision_is_cited_as_it_was_signed(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/sua.yaml").write_text(f"{AMEND.format('den')}bai_bo_quyet_dinh: [danh-muc]\n", "utf-8")
    replace_in(kho / "qtnb.yaml", "viet_tat: SNV", "viet_tat: SNVU")
    replace_in(kho / "qtnb.yaml", "ten: Sở Nội vụ thành phố Hà Nội", "ten: Sở Nội vụ và Lao động")
    replace_in(kho / "qtnb.yaml", "nguoi_dung_dau: Giám đốc", "nguoi_dung_dau: Quyền Giám đốc")
    first, _, abolished, *_ = printed_articles(kho, "sua")
    assert (
        "đã được phê duyệt tại Quyết định số 13/QĐ-SNV ngày 02 tháng 11 năm 2024 của Giám đốc Sở Nội vụ thành phố Hà "
        "Nội (chi tiết"
    ) in first
    assert abolished == (
        "Bãi bỏ Quyết định số 12/QĐ-SNV ngày 01 tháng 11 năm 2024 của Giám đốc Sở Nội vụ thành phố Hà Nội phê duyệt "
        "danh mục quy trình giải quyết công việc nội bộ (ngoài thủ tục hành chính) của Sở Nội vụ thành phố Hà Nội."
    )


def test_decisions_of_one_day_are_cited_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quyet-dinh/noi-dung.yaml", "[CV-01, CV-02]", "[CV-01]")
    (kho / "quyet-dinh/them.yaml").write_text("loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-02]\n", "utf-8")
    approve(kho, "noi-dung", 99, "2024-11-02")
    approve(kho, "them", 100, "2024-11-02")
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND.format("den, di"), "utf-8")
    assert (
        "tại Quyết định số 99/QĐ-SNV ngày 02 tháng 11 năm 2024 và Quyết định số 100/QĐ-SNV ngày 02 tháng 11 năm 2024"
        in printed_articles(kho, "sua")[0]
    )


def test_a_decision_on_all_is_not_cited_for_what_came_after_it(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/moi.yaml").write_text(CV.replace("đến", "mới"), "utf-8")
    assert qtnb("number", cwd=kho).code == 0
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND.format("den, moi").replace("noi_dung", "danh_muc"), "utf-8")
    assert (
        ", trong đó 01 quy trình đã được phê duyệt tại Quyết định số 12/QĐ-SNV ngày 01 tháng 11 năm 2024"
        in printed_articles(kho, "sua")[0]
    )
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND.format("moi").replace("noi_dung", "danh_muc"), "utf-8")
    assert "đã được phê duyệt" not in printed_articles(kho, "sua")[0]


def test_the_first_decision_of_a_register_cites_those_signed_before_there_was_one(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    replace_in(kho / "quyet-dinh/noi-dung.yaml", "quy_trinh:", "so: '3'\nngay: 2024-02-05\nquy_trinh:")
    (kho / "quyet-dinh/sua.yaml").write_text(AMEND.format("den"), "utf-8")
    approve(kho, "sua", 20, "2024-12-01")
    assert "Quyết định số 03/QĐ-SNV ngày 05 tháng 02 năm 2024" in printed_articles(kho, "sua")[0]


# --- any order of entry -------------------------------------------------------------------------------

ITEMS = {
    khoa: quy_trinh_from(f"quy-trinh/{khoa}.yaml", yaml.safe_load(CV) | {"ky_hieu": f"CV-0{number}"})
    for number, khoa in enumerate(("den", "di", "ho-so"), start=1)
}


@st.composite
def decisions(draw: st.DrawFn) -> list[KyQuyetDinh]:
    """Decisions in the order of their days: each approves anew what it names, some abolish or end."""
    signed: list[KyQuyetDinh] = []
    gone: set[int] = set()
    for number in range(1, draw(st.integers(2, 5)) + 1):
        form = draw(st.sampled_from(["ban_hanh", "sua_doi_bo_sung", "bai_bo"]))
        keys = draw(st.lists(st.sampled_from(sorted(ITEMS)), min_size=1, max_size=2, unique=True))
        data = {
            "phe_duyet": draw(st.sampled_from(["danh_muc", "noi_dung", "danh_muc_va_noi_dung"])),
            "hinh_thuc": form,
            "quy_trinh": keys,
        }
        day = dt.date(2025, 1, number)
        # Another purpose makes another seal.
        items = [dataclasses.replace(ITEMS[khoa], muc_dich=f"Mục đích {number}") for khoa in keys]
        still = sorted(set(range(1, number)) - gone)  # validate refuses to abolish a decision twice
        abolished = draw(st.lists(st.sampled_from(still), max_size=1)) if still else []
        gone.update(abolished)
        signed.append(
            KyQuyetDinh(
                quyet_dinh_from(f"quyet-dinh/q{number}.yaml", data),
                form,
                str(number),
                day,
                day,
                "QĐ-SNV",
                () if form == "bai_bo" else tuple(items),
                tuple(HetHieuLuc(khoa, ()) for khoa in keys) if form == "bai_bo" else (),
                tuple(QuyetDinhBiBaiBo(f"q{other}", ()) for other in abolished),
                "",
            )
        )
    return signed


def enter_all(signed: Iterable[KyQuyetDinh]) -> SoDangKy:
    """The register with the decisions, without those that are refused when their turn comes."""
    register = SoDangKy({}, {khoa: MucDangKy(khoa, item.ky_hieu) for khoa, item in ITEMS.items()})
    for ky in signed:
        if not list(refusals(register, ky)):
            register = entered(register, ky, "")
    return register


@given(decisions(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_any_order_that_is_not_refused_leads_to_the_same_register(signed: list[KyQuyetDinh], random: Random) -> None:
    shuffled = random.sample(signed, len(signed))
    late = enter_all(shuffled)
    accepted = [ky for ky in signed if ky.quyet_dinh.khoa in late.quyet_dinh]
    assert enter_all(accepted) == late
    for block in late.quy_trinh.values():
        assert list(block.lich_su) == sorted(block.lich_su, key=lambda lan: lan.thu_tu)
        assert block.trang_thai.con_hieu_luc == (bool(block.phe_duyet) and block.het_hieu_luc is None)
    assert register_from(yaml.safe_load(register_text(late))) == late
