"""Common and particular work on the command line: ``nhom.yaml`` found and followed, proposed, never lost, explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kit import CV, KHO, Run, make_kho, qtnb

AGENCIES = {
    "so": "Sở Nội vụ thành phố Hà Nội",
    "bv": "Ủy ban nhân dân xã Ba Vì",
    "hk": "Ủy ban nhân dân phường Hoàn Kiếm",
}
NAMES = {
    "so": {"den": "Tiếp nhận, xử lý văn bản đến", "doan": "Tiếp đón đoàn khách quốc tế"},
    "bv": {"den": "Quy trình xử lý công văn đến của UBND xã Ba Vì", "doan": "Đón đoàn vào"},
    "hk": {"den": "Xử lý văn bản đến", "rung": "Trồng rừng"},
}
REVIEWED = """\
phien_ban: 1
nhom:
  - ten: Văn bản đến
    thanh_vien: [Xử lý văn bản đến]
gop:
  - thanh_vien: [Đón đoàn vào, Tiếp đón đoàn khách quốc tế]
    ly_do: Một việc
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Three agencies: one work that all have, one that two have under names that only a person knows for one."""
    for key, ten in AGENCIES.items():
        files: dict[str, str | bytes] = {"qtnb.yaml": KHO.replace(AGENCIES["so"], ten)}
        for khoa, name in NAMES[key].items():
            files[f"quy-trinh/{khoa}.yaml"] = CV.replace("Tiếp nhận văn bản đến", f'"{name}"')
        make_kho(tmp_path / key, files)
    return tmp_path


def rolled_up(city: Path, *words: str | Path) -> Run:
    return qtnb("aggregate", ".", "--ngay", "2026-11-20", "--no-cache", *words, cwd=city)


def told(city: Path, *words: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(rolled_up(city, "--format", "json", *words).out)
    return document


def figures(document: dict[str, Any]) -> tuple[int, ...]:
    tong = document["tong"]
    return tuple(tong[key] for key in ("viec_chung", "qt_viec_chung", "qt_viec_rieng", "qt_chua_xep"))


def names(document: dict[str, Any]) -> list[str]:
    return [row["ten"] for row in document["bang"]["viec_chung"]["dong"]]


# --- when there is grouping -------------------------------------------------------------------------


def test_without_being_asked_nothing_is_grouped(city: Path) -> None:
    document = told(city)
    assert not {"viec_chung", "thanh_vien", "viec_rieng"} & set(document["bang"])
    assert "viec_chung" not in document["tong"]


@pytest.mark.parametrize(
    "words", [("--by", "cong-viec"), ("--bang", "viec_chung"), ("--nhom", "khac.yaml"), ("--de-xuat-nhom", "d.yaml")]
)
def test_whatever_needs_groups_makes_them(city: Path, words: tuple[str, str]) -> None:
    (city / "khac.yaml").write_text("phien_ban: 1\n", encoding="utf-8")
    assert figures(told(city, *words)) == (1, 3, 3, 0)


def test_a_summary_carries_what_grouping_compares(city: Path) -> None:
    rolled_up(city, "--summary", "s.json")
    text = (city / "s.json").read_text(encoding="utf-8")
    assert '"dau_buoc":["' in text
    document = json.loads(qtnb("aggregate", "s.json", "--by", "cong-viec", "--format", "json", cwd=city).out)
    assert figures(document) == (1, 3, 3, 0)


# --- nhom.yaml --------------------------------------------------------------------------------------


def test_the_reviewed_file_of_the_folder_is_followed(city: Path) -> None:
    (city / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    document = told(city, "--by", "cong-viec")
    assert figures(document) == (2, 5, 1, 0)
    assert names(document)[-1] == "Văn bản đến"
    assert [row["ra_soat"] for row in document["bang"]["viec_chung"]["dong"]] == ["x", "x"]


def test_a_named_file_comes_before_that_of_the_folder(city: Path) -> None:
    (city / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    (city / "khac.yaml").write_text("phien_ban: 1\n", encoding="utf-8")
    assert figures(told(city, "--nhom", "khac.yaml")) == (1, 3, 3, 0)


def test_the_same_decisions_hold_for_summaries(city: Path) -> None:
    (city / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    from_kho = told(city, "--by", "cong-viec")
    for key in AGENCIES:
        qtnb("aggregate", key, "--summary", f"nhan/{key}.json", cwd=_with_folder(city, "nhan"))
    words = ("--ngay", "2026-11-20", "--nhom", "nhom.yaml", "--format", "json")
    assert json.loads(qtnb("aggregate", "nhan", *words, cwd=city).out) == from_kho


def _with_folder(city: Path, name: str) -> Path:
    (city / name).mkdir(exist_ok=True)
    return city


def test_a_file_with_errors_decides_nothing_and_is_told(city: Path) -> None:
    (city / "nhom.yaml").write_text("phien_ban: 1\nnhom:\n  - thanh_vien: [a]\n", encoding="utf-8")
    run = rolled_up(city, "--by", "cong-viec", "--bang", "viec_chung", "-q")
    assert run.code == 1
    assert run.out.splitlines()[-1].startswith("nhom.yaml:3:5: lỗi: Thiếu khóa “Tên công việc” (ten).")


def test_a_member_that_is_not_there_is_a_warning(city: Path) -> None:
    (city / "nhom.yaml").write_text(REVIEWED.replace("Đón đoàn vào", "Đón đoàn vao"), encoding="utf-8")
    run = rolled_up(city, "--by", "cong-viec", "--bang", "viec_chung", "-q")
    assert (run.code, "[group-unknown]" in run.out) == (0, True)
    assert rolled_up(city, "--by", "cong-viec", "--strict").code == 1


def test_two_reviewed_files_are_not_chosen_between(city: Path) -> None:
    for key in ("so", "bv"):
        (city / key / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    run = qtnb("aggregate", "so", "bv", "--by", "cong-viec", cwd=city)
    assert (run.code, run.out) == (2, "")
    assert run.err == "qtnb: Có nhiều tệp nhom.yaml: so/nhom.yaml, bv/nhom.yaml.\n  → Chọn một tệp bằng --nhom.\n"


# --- the proposal -----------------------------------------------------------------------------------


def test_a_proposal_read_back_gives_the_same_groups(city: Path) -> None:
    run = rolled_up(city, "--de-xuat-nhom", "nhom.yaml")
    assert run.out == "nhom.yaml\nĐã kiểm tra 9 tệp: không có lỗi.\n"
    document = told(city, "--by", "cong-viec")
    assert figures(document) == (1, 3, 3, 0)
    assert rolled_up(city, "--by", "cong-viec", "--strict").code == 0


def test_a_proposal_keeps_what_was_decided(city: Path) -> None:
    (city / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    assert rolled_up(city, "--de-xuat-nhom", "moi.yaml").code == 0
    text = (city / "moi.yaml").read_text(encoding="utf-8")
    assert 'ten: "Văn bản đến"' in text
    assert 'ly_do: "Một việc"' in text
    assert figures(told(city, "--nhom", "moi.yaml")) == (2, 5, 1, 0)


@pytest.mark.parametrize("there", ["nhom.yaml", "lien-ket.yaml"])
def test_a_proposal_never_replaces_a_file(city: Path, there: str) -> None:
    (city / "nhom.yaml").write_text(REVIEWED, encoding="utf-8")
    (city / "lien-ket.yaml").symlink_to("khong-co.yaml")
    run = rolled_up(city, "--de-xuat-nhom", there)
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == f"qtnb: Đã có “{there}”; đề xuất không ghi đè lên tệp đã rà soát."
    assert (city / "nhom.yaml").read_text(encoding="utf-8") == REVIEWED
    assert not (city / "khong-co.yaml").exists()


def test_there_is_no_proposal_while_the_decisions_cannot_be_read(city: Path) -> None:
    (city / "nhom.yaml").write_text("phien_ban: 1\nnhom: 5\n", encoding="utf-8")
    run = rolled_up(city, "--de-xuat-nhom", "moi.yaml")
    assert (run.code, run.out) == (3, "")
    assert run.err.splitlines()[0] == "qtnb: Tệp các nhóm đã rà soát có lỗi, nên chưa ghi đề xuất."
    assert not (city / "moi.yaml").exists()


# --- explanations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xử lý văn bản đến", "Tiếp nhận, xử lý văn bản đến"),
        ("xử lý  VĂN BẢN đến", f"{AGENCIES['so']}/den"),
        (f"{AGENCIES['hk']}/den", "uỷ ban nhân dân xã Ba Vì/den"),
        (f"{AGENCIES['hk']}/rung", "doan"),
        ("Trồng rừng", "rung"),
    ],
)
def test_a_procedure_is_told_by_name_or_key(city: Path, one: str, other: str) -> None:
    run = rolled_up(city, "--giai-thich", one, other)
    if other == "doan":
        assert (run.code, run.out) == (2, "")
        assert run.err == (
            "qtnb: Khóa “doan” là của 2 quy trình có tên khác nhau.\n"
            f"  → Viết rõ cơ quan: {AGENCIES['so']}/doan; {AGENCIES['bv']}/doan\n"
        )
    elif other == "rung":
        assert run.err.splitlines()[0] == "qtnb: “Trồng rừng” và “rung” chỉ cùng một quy trình."
    else:
        assert (run.code, run.err) == (0, "")
        assert run.out.splitlines()[0].startswith("Cùng nhóm “")


def test_an_unknown_procedure_is_told(city: Path) -> None:
    run = rolled_up(city, "--giai-thich", "Trồng rừng", "Không có")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == "qtnb: Không có quy trình nào là “Không có”."


def test_an_unknown_breakdown_is_told(city: Path) -> None:
    run = rolled_up(city, "--by", "thang")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("qtnb: --by không có “thang”.\n  → Các giá trị: cong-viec")
