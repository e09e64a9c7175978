"""``qtnb log``: the decisions on a procedure, what each changed, what is being drafted, and its commits."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kit import CV, make_kho, qtnb
from register_kho import approve, approved_kho, numbered_kho, replace_in
from simplify_kho import cut_approved, cv

AMEND = "loai: QD\nhinh_thuc: sua_doi_bo_sung\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\nhieu_luc: 2024-12-15\n"


def amended_kho(folder: Path) -> Path:
    """CV-01 approved by name, then by content, then amended."""
    kho = approved_kho(folder)
    (kho / "quyet-dinh/sua.yaml").write_text(f"{AMEND}ly_do: Ứng dụng chữ ký số\n", "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "    thoi_gian: 1 ngày", "    thoi_gian: 0,5 ngày")
    replace_in(
        kho / "quy-trinh/den.yaml",
        "  - trinh_tu: Vào sổ",
        "  - {trinh_tu: Đóng dấu, chu_tri: Văn phòng Sở}\n  - trinh_tu: Vào sổ",
    )
    approve(kho, "sua", 20, "2024-12-01")
    return kho


def log(kho: Path, *words: str, code: int = 0) -> str:
    run = qtnb("log", *words, cwd=kho)
    assert (run.code, run.err) == (code, ""), run
    return run.out


def as_json(kho: Path, *words: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(log(kho, *words, "--format", "json"))
    assert data["version"] == 1
    return data


# --- by the register --------------------------------------------------------------------------------


def test_each_decision_tells_what_it_changed_and_the_draft_comes_last(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/nua.yaml").write_text(AMEND, "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    out = log(kho, "den")
    assert out == (
        "CV-01  Tiếp nhận văn bản đến (den): đã sửa đổi, bổ sung, hiệu lực từ 15/12/2024\n"
        "\n"
        "01/11/2024  Quyết định số 12/QĐ-SNV: ban hành danh mục\n"
        "\n"
        "02/11/2024  Quyết định số 13/QĐ-SNV: ban hành nội dung\n"
        "            nay có nội dung: 1 bước, 1 ngày\n"
        "\n"
        "01/12/2024  Quyết định số 20/QĐ-SNV: sửa đổi, bổ sung nội dung, hiệu lực từ 15/12/2024\n"
        "            lý do: Ứng dụng chữ ký số\n"
        "            1 → 2 bước (thêm 1, sửa 1)\n"
        "            ~ Quy trình xử lý công việc (1 → 2):\n"
        "                + B1  Đóng dấu\n"
        "                ~ B1 → B2  Vào sổ\n"
        "                    ~ Thời gian: 1 ngày → 0,5 ngày (giảm 0,5 ngày)\n"
        "\n"
        "Tệp trong kho khác bản đã phê duyệt:\n"
        "    sửa “Số lượng”\n"
        "    ~ Số lượng: 01 bộ → 02 bộ\n"
        "Chưa ghi sổ: dự thảo quyết định “nua”.\n"
    )
    for words in (["CV-01"], ["cv-01"], ["den", "--kho", "quy-trinh"]):
        assert log(kho, *words) == out
    assert log(kho / "quy-trinh", "CV-01") == out


def test_several_versions_come_from_what_was_kept_and_not_from_the_files(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quyet-dinh/nua.yaml").write_text(AMEND.replace("hieu_luc: 2024-12-15\n", ""), "utf-8")
    replace_in(kho / "quy-trinh/den.yaml", "thoi_gian: 1 ngày", "thoi_gian: 3 giờ\nly_do: Rút ngắn")
    approve(kho, "nua", 21, "2024-12-20")
    events = as_json(kho, "den")["quyet_dinh"]
    assert [(event["khoa"], event["phe_duyet"], event["so_buoc"], event["thoi_gian"]) for event in events] == [
        ("danh-muc", ["danh_muc"], None, None),
        ("noi-dung", ["noi_dung"], 1, "1 ngày"),
        ("sua", ["noi_dung"], 2, "1 ngày"),
        ("nua", ["noi_dung"], 2, "3 giờ"),
    ]
    assert [event["thay_doi"] and event["thay_doi"]["tom_tat"] for event in events] == [
        None,
        "nay có nội dung: 1 bước, 1 ngày",
        "1 → 2 bước (thêm 1, sửa 1)",
        "thời gian 1 ngày → 3 giờ (giảm 5 giờ)",
    ]
    assert [event["ly_do"] for event in events] == ["", "", "Ứng dụng chữ ký số", "Rút ngắn"]
    assert [event["hieu_luc"] for event in events] == ["2024-11-01", "2024-11-02", "2024-12-15", "2024-12-20"]
    (change,) = events[3]["thay_doi"]["changes"]
    assert (change["key"], change["old"], change["new"]) == ("thoi_gian", "1 ngày", "3 giờ")


def test_an_abolished_procedure_keeps_its_history_without_its_file(tmp_path: Path) -> None:
    kho = cut_approved(tmp_path)
    assert log(kho, "CV-04") == (
        "CV-04  Đăng ký phòng họp (hop): đã bãi bỏ, hết hiệu lực từ 12/12/2024\n"
        "\n"
        "01/11/2024  Quyết định số 12/QĐ-SNV: ban hành danh mục và nội dung\n"
        "            2 bước, 1 ngày làm việc\n"
        "\n"
        "12/12/2024  Quyết định số 22/QĐ-SNV: bãi bỏ\n"
        "            lý do: Đăng ký trên phần mềm\n"
        "\n"
        "Không còn tệp trong kho.\n"
    )
    data = as_json(kho, "hop")
    assert (data["trang_thai"], data["het_hieu_luc"], data["hien_trang"]) == ("bai_bo", "2024-12-12", "khong_con")
    assert data["tep"] == "quy-trinh/hop.yaml"


def test_a_replaced_procedure_and_its_successor_name_each_other(tmp_path: Path) -> None:
    kho = cut_approved(tmp_path)
    assert as_json(kho, "mua")["quyet_dinh"][-1]["thay_bang"] == ["CV-13 Mua, cấp văn phòng phẩm"]
    assert "11/12/2024  Quyết định số 21/QĐ-SNV: thay bằng CV-13 Mua, cấp văn phòng phẩm\n" in log(kho, "CV-08")
    assert as_json(kho, "vpp")["thay_cho"] == ["CV-01 Cấp phát văn phòng phẩm", "CV-08 Mua văn phòng phẩm"]
    assert "21/QĐ-SNV: ban hành danh mục và nội dung để thay thế\n" in log(kho, "vpp")


def test_a_lapsed_procedure_whose_file_is_still_there_is_told(tmp_path: Path) -> None:
    kho = cut_approved(tmp_path)
    (kho / "quy-trinh/hop.yaml").write_text(cv("Đăng ký phòng họp", "1 ngày", ["A"]), "utf-8")
    assert "Quy trình đã có quyết định làm hết hiệu lực; tệp vẫn còn trong kho.\n" in log(kho, "hop")


def test_a_decision_that_was_abolished_says_by_which(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quyet-dinh/thay.yaml").write_text(
        AMEND.replace("hieu_luc: 2024-12-15", "bai_bo_quyet_dinh: [noi-dung]"),
        "utf-8",
    )
    replace_in(kho / "quy-trinh/den.yaml", "so_luong: 01 bộ", "so_luong: 02 bộ")
    approve(kho, "thay", 30, "2024-12-01")
    assert "            quyết định này bị bãi bỏ bởi Quyết định số 30/QĐ-SNV\n" in log(kho, "den")


def test_a_draft_has_no_decision_yet(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    assert log(kho, "LT-01") == "LT-01  Trình văn bản (trinh): dự thảo\n\nChưa có nội dung nào được phê duyệt.\n"
    assert as_json(kho, "den")["du_thao"] == ["dự thảo quyết định “danh-muc”", "dự thảo quyết định “noi-dung”"]


def test_markdown_shows_what_texts_say(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    replace_in(kho / "quy-trinh/den.yaml", "ten: Tiếp nhận văn bản đến", "ten: 'Tiếp nhận *<b>* đến'")
    out = log(kho, "den", "--format", "markdown")
    assert out.startswith("## CV-01 Tiếp nhận \\*&lt;b&gt;\\* đến (den): ")
    row = (
        "| 01/12/2024 | Quyết định số 20/QĐ-SNV | sửa đổi, bổ sung nội dung, hiệu lực từ 15/12/2024 "
        "| 1 → 2 bước (thêm 1, sửa 1) | lý do: Ứng dụng chữ ký số |\n"
    )
    assert row in out


# --- without a register -----------------------------------------------------------------------------


def test_without_a_register_the_signed_decisions_of_the_files_are_told_and_so_is_what_is_not_known(
    tmp_path: Path,
) -> None:
    kho = make_kho(
        tmp_path,
        {
            "quy-trinh/a.yaml": CV.replace("ten:", "ky_hieu: CV-01\nten:"),
            "quyet-dinh/mot.yaml": "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\nso: '1'\nngay: 2024-01-05\n",
            "quyet-dinh/hai.yaml": "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01]\nso: '7'\nngay: 2024-02-06\n",
            "quyet-dinh/ba.yaml": "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [a]\nhinh_thuc: sua_doi_bo_sung\n",
        },
    )
    assert log(kho, "CV-01") == (
        "CV-01  Tiếp nhận văn bản đến (a)\n"
        "Kho chưa có sổ đăng ký: các quyết định dưới đây lấy theo số, ngày ghi trong tệp; không có bản lưu nên không "
        "biết từng quyết định đã sửa gì.\n"
        "\n"
        "05/01/2024  Quyết định số 01/QĐ-SNV: ban hành danh mục\n"
        "            nêu tất cả quy trình của kho; không rõ lúc đó đã có quy trình này chưa\n"
        "\n"
        "06/02/2024  Quyết định số 07/QĐ-SNV: ban hành nội dung\n"
        "\n"
        "Không rõ tệp trong kho có giống bản đã ký hay không.\n"
        "Chưa ghi sổ: dự thảo quyết định “ba”.\n"
    )


def test_without_a_register_decisions_of_one_day_are_told_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    signed = "loai: QD\nphe_duyet: {}\nquy_trinh: [a]\nso: '{}'\nngay: 2024-01-05\n"
    kho = make_kho(
        tmp_path,
        {
            "quy-trinh/a.yaml": CV.replace("ten:", "ky_hieu: CV-01\nten:"),
            "quyet-dinh/mot.yaml": signed.format("noi_dung", 100),
            "quyet-dinh/tam.yaml": signed.format("danh_muc", 99),
        },
    )
    told = [line for line in log(kho, "CV-01").splitlines() if line.startswith("05/01/2024")]
    assert told == [
        "05/01/2024  Quyết định số 99/QĐ-SNV: ban hành danh mục",
        "05/01/2024  Quyết định số 100/QĐ-SNV: ban hành nội dung",
    ]


def test_a_file_with_a_symbol_of_another_key_is_told(tmp_path: Path) -> None:
    kho = approved_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").rename(kho / "quy-trinh/van-ban-den.yaml")
    out = log(kho, "van-ban-den")
    assert (
        "Quy trình này chưa có trong sổ đăng ký.\nSổ đăng ký ghi CV-01 cho khóa “den”: tên tệp có thể đã bị đổi.\n"
        in out
    )
    assert "Không còn tệp trong kho.\n" in log(kho, "den")


# --- in git -----------------------------------------------------------------------------------------


def git(kho: Path, *words: str, day: int = 1) -> str:
    """Run the real git, as somebody without settings of his own."""
    made = f"2024-03-{day:02d}T10:00:00+07:00"
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "qtnb@vi.du" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        **{f"GIT_{who}_DATE": made for who in ("AUTHOR", "COMMITTER")},
    }
    done = subprocess.run(["git", *words], cwd=kho, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def save(kho: Path, message: str, day: int) -> None:
    git(kho, "add", "-A")
    git(kho, "commit", "-qm", message, day=day)


def commits(kho: Path, name: str) -> list[tuple[str | None, str, str]]:
    return [(it["ngay"], it["tieu_de"], it["viec"]) for it in as_json(kho, name, "--git")["git"]]


def test_the_commits_that_touched_the_file_are_told_through_a_rename_and_a_merge(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "repo/so", {"quy-trinh/a.yaml": CV, "quy-trinh/b.yaml": CV.replace("đến", "đi")})
    path = kho / "quy-trinh/a.yaml"
    git(kho.parent, "init", "-q", "-b", "main")
    save(kho, "Đầu", 1)
    (kho / "quy-trinh/b.yaml").write_text(CV.replace("đến", "nội bộ"), "utf-8")
    save(kho, "Chỉ tệp khác", 2)
    path.write_text(CV.replace("thoi_gian: 1 ngày", "thoi_gian: 2 giờ", 1), "utf-8")
    save(kho, "Rút ngắn\n\nvà nhiều dòng nữa", 3)
    path.write_text("# ghi chú\n" + path.read_text("utf-8"), "utf-8")
    save(kho, "Chú thích", 4)
    git(kho, "switch", "-qc", "nhanh")
    path.write_text(path.read_text("utf-8").replace("so_luong: 01", "so_luong: 02"), "utf-8")
    save(kho, "Trên nhánh", 5)
    git(kho, "switch", "-q", "main")
    (kho / "quy-trinh/c.yaml").write_text(CV.replace("đến", "mật"), "utf-8")
    save(kho, "Trên main", 6)
    git(kho, "merge", "-q", "-m", "Gộp", "nhanh", day=7)
    path.rename(kho / "quy-trinh/van-ban-den.yaml")
    save(kho, "Đổi tên", 8)
    assert commits(kho, "van-ban-den") == [
        ("2024-03-08", "Đổi tên", "đổi khóa (tên tệp) từ “a”"),
        ("2024-03-05", "Trên nhánh", "sửa “Số lượng”"),
        ("2024-03-04", "Chú thích", "không đổi nội dung in ra"),
        ("2024-03-03", "Rút ngắn", "thời gian 1 ngày → 2 giờ (giảm 0,75 ngày)"),
        ("2024-03-01", "Đầu", "thêm tệp: 1 bước, 1 ngày"),
    ]
    shown = log(kho, "van-ban-den", "--git")
    assert f"\nTrong git:\n08/03/2024  {git(kho, 'rev-parse', 'HEAD')[:8]}  Đổi tên\n" in shown


def test_a_file_that_moved_went_away_and_was_broken_is_told_so(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV})
    git(kho, "init", "-q", "-b", "main")
    save(kho, "Đầu", 1)
    (kho / "quy-trinh/van-thu").mkdir()
    (kho / "quy-trinh/a.yaml").rename(kho / "quy-trinh/van-thu/a.yaml")
    save(kho, "Chuyển", 2)
    path = kho / "quy-trinh/van-thu/a.yaml"
    path.write_text("loai: [\n", "utf-8")
    save(kho, "Hỏng", 3)
    path.write_text(CV, "utf-8")
    save(kho, "Sửa", 4)
    path.unlink()
    save(kho, "Xóa", 5)
    path.write_text(CV, "utf-8")
    save(kho, "Lấy lại", 6)
    assert commits(kho, "a") == [
        ("2024-03-06", "Lấy lại", "thêm tệp: 1 bước, 1 ngày"),
        ("2024-03-05", "Xóa", "xóa tệp"),
        ("2024-03-04", "Sửa", "sửa lỗi của tệp: 1 bước, 1 ngày"),
        ("2024-03-03", "Hỏng", "tệp có lỗi ở bản này"),
        ("2024-03-02", "Chuyển", "chuyển tệp từ quy-trinh/a.yaml"),
        ("2024-03-01", "Đầu", "thêm tệp: 1 bước, 1 ngày"),
    ]


def test_a_shallow_clone_says_where_it_ends(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "day-du", {"quy-trinh/a.yaml": CV})
    git(kho, "init", "-q", "-b", "main")
    save(kho, "Đầu", 1)
    replace_in(kho / "quy-trinh/a.yaml", "so_luong: 01", "so_luong: 02")
    save(kho, "Sửa", 2)
    git(tmp_path, "clone", "-q", "--depth", "1", kho.as_uri(), "nong")
    assert commits(tmp_path / "nong", "a") == [("2024-03-02", "Sửa", "bản cũ nhất có ở đây: 1 bước, 1 ngày")]


def test_nothing_saved_and_no_repository_are_told(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": CV})
    run = qtnb("log", "a", "--git", cwd=kho)
    assert (run.code, run.err) == (
        3,
        "qtnb: Kho này không nằm trong một kho git.\n  → Bỏ --git, hoặc lưu kho vào git.\n",
    )
    git(kho, "init", "-q")
    assert log(kho, "a", "--git").endswith("\nTrong git:\n  chưa có lần lưu nào\n")


def test_a_repository_of_a_stranger_runs_nothing_and_its_words_are_harmless(tmp_path: Path) -> None:
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": CV})
    git(kho, "init", "-q")
    save(kho, "Đầu \x1b[31m| *x*", 1)
    trap = kho / "bay.sh"
    trap.write_text(f"#!/bin/sh\ntouch {kho}/da-chay\n", "utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "log.showSignature"):
        git(kho, "config", key, str(trap) if key != "log.showSignature" else "true")
    assert commits(kho, "a")[0][1] == "Đầu \ufffd[31m| *x*"
    assert not (kho / "da-chay").exists()


# --- bad input --------------------------------------------------------------------------------------


def test_what_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path / "co-so")
    for name, hint in (("CV-77", "Có phải là: CV-01, CV-02?"), ("trin", "Có phải là: trinh?")):
        run = qtnb("log", name, cwd=kho)
        assert (run.code, run.err) == (
            2,
            f"qtnb: Không có quy trình nào mang khóa hoặc ký hiệu “{name}”.\n  → {hint}\n",
        )
    (tmp_path / "trong").mkdir()
    nowhere = qtnb("log", "a", cwd=tmp_path / "trong")
    assert nowhere.code == 3
    assert nowhere.err.startswith("qtnb: Không tìm thấy kho quy trình nào")
    assert qtnb("log", cwd=kho).err == "qtnb: Thiếu KEY.\n  → Xem cách dùng: qtnb --help\n"


def test_a_broken_file_is_told_and_the_decisions_all_the_same(tmp_path: Path) -> None:
    kho = amended_kho(tmp_path)
    (kho / "quy-trinh/den.yaml").write_text("loai: CV\nten: [\n", "utf-8")
    out = log(kho, "den", code=1)
    assert "01/12/2024  Quyết định số 20/QĐ-SNV: sửa đổi, bổ sung nội dung" in out
    assert "\nTệp trong kho có lỗi: " in out


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "said"),
    [
        (
            "so-dang-ky.yaml",
            "het: true\n",
            "",
            3,
            "qtnb: Không dùng được sổ đăng ký (so-dang-ky.yaml:",
        ),
        (
            "da-phe-duyet/noi-dung.json",
            "1 ngày",
            "2 ngày",
            1,
            "qtnb: Bản lưu da-phe-duyet/noi-dung.json đã bị sửa sau khi Quyết định số 13/QĐ-SNV",
        ),
    ],
)
def test_what_was_changed_by_hand_is_not_used(  # noqa: PLR0913, PLR0917 - a row of the table
    tmp_path: Path, name: str, old: str, new: str, code: int, said: str
) -> None:
    kho = approved_kho(tmp_path)
    replace_in(kho / name, old, new)
    run = qtnb("log", "den", cwd=kho)
    assert run.code == code
    assert run.err.startswith(said)
