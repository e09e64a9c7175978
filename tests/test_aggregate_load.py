"""Responsibility and load: who leads and supports what, for how long, and who hands over to whom."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import CV, EXAMPLES, KHO, LT, ROOT, make_kho, qtnb
from load_again import Again, Doer, load_again, split
from qtnb.aggregate.assignments import Assignment, are_assignments, assignment_text, assignments_in, joined
from qtnb.aggregate.facts import KhoFacts
from qtnb.aggregate.load.agencies import Bodies
from qtnb.aggregate.load.naming import Roster
from qtnb.aggregate.standing import When
from qtnb.commands.loads import TABLES, is_printed, loads_for
from qtnb.tabular.table import Column, Group, Table
from test_aggregate_summary import counted, many_kho, rolled_up

Files = dict[str, str | bytes]

SNV = "Sở Nội vụ thành phố Hà Nội"
UBND = "Ủy ban nhân dân thành phố Hà Nội"
PHUONG = "Ủy ban nhân dân phường Mẫu"
VPUB = "Văn phòng Ủy ban nhân dân Thành phố"
FIGURES = (
    "quy_trinh_chu_tri", "quy_trinh_phoi_hop", "buoc_chu_tri", "buoc_phoi_hop",
    "ngay_lam_viec", "ngay", "thang", "khong_ghi", "khong_tinh_duoc",
)  # fmt: skip


def bang_of(*words: str | Path, cwd: Path, details: bool = False) -> dict[str, Any]:
    """The tables of load."""
    asked = [word for key in TABLES for word in ("--bang", key)] if details else ["--by", "don-vi"]
    run = qtnb("aggregate", *words, *asked, "--format", "json", "--no-cache", "--ngay", "2026-11-22", cwd=cwd)
    assert run.err == ""
    tables: dict[str, Any] = json.loads(run.out)["bang"]
    return tables


# --- counted again --------------------------------------------------------------------------------

MEANT = {
    "Sở Nội vụ": SNV,
    "Ủy ban nhân dân Thành phố": UBND,
}
"""What the LT examples call agencies that have a kho among them."""
SAME = {
    ("Ủy ban nhân dân phường Mẫu", "Chủ tịch Uỷ ban nhân dân cấp xã"): "Chủ tịch UBND cấp xã",
    (PHUONG, "Cơ quan chuyên môn về Nông nghiệp và môi trường cấp xã"): (
        "Cơ quan chuyên môn về nông nghiệp và môi trường cấp xã"
    ),
    (PHUONG, "cơ quan tài chính"): "Cơ quan tài chính",
    (PHUONG, "cơ quan xây dựng"): "Cơ quan xây dựng",
    (PHUONG, "Văn phòng đăng ký đất đai"): "Văn phòng Đăng ký đất đai",
    (PHUONG, "chi nhánh Văn phòng Đăng ký đất đai"): "Chi nhánh Văn phòng Đăng ký đất đai",
    (SNV, "Lãnh đạo Sở Nội vụ"): "Lãnh đạo Sở",
    (SNV, "Văn thư Sở Nội vụ"): "Văn thư Sở",
}
"""Spellings of the examples that differ from their lists."""
UNIT = {
    "Chánh Văn phòng Sở": "Văn phòng Sở",
    "Lãnh đạo Phòng Kế hoạch - Tài chính": "Phòng Kế hoạch - Tài chính",
    "Lãnh đạo Phòng Công chức, viên chức": "Phòng Công chức, viên chức",
    "Công chức Phòng Công chức, viên chức": "Phòng Công chức, viên chức",
    "Lãnh đạo Phòng Tổ chức, biên chế": "Phòng Tổ chức, biên chế",
    "Công chức Phòng Tổ chức, biên chế": "Phòng Tổ chức, biên chế",
    "Lãnh đạo Phòng Văn hóa - Xã hội": "Phòng Văn hóa - Xã hội",
    "Công chức Phòng Văn hóa - Xã hội": "Phòng Văn hóa - Xã hội",
    "Lãnh đạo Cơ quan chuyên môn về nông nghiệp và môi trường cấp xã": (
        "Cơ quan chuyên môn về nông nghiệp và môi trường cấp xã"
    ),
    "Chủ tịch UBND cấp xã": "Ủy ban nhân dân cấp xã",
    "Lãnh đạo UBND cấp xã": "Ủy ban nhân dân cấp xã",
    "Lãnh đạo Chi nhánh Văn phòng Đăng ký đất đai": "Chi nhánh Văn phòng Đăng ký đất đai",
}
"""The unit of each person of the examples who has one, read by a person."""
IN_OFFICE = {"Chuyên viên", "Lãnh đạo", "Văn thư"}
"""People of the Văn phòng, which is a unit of the Ủy ban nhân dân and an agency by itself."""


def examples_again() -> Again:
    def doers(agency: str, cell: str) -> list[Doer]:
        found = []
        for name in split(cell):
            doer = SAME.get((agency, name), name)
            role, _, office = doer.partition(f" {VPUB}")
            in_office = agency == UBND and role in IN_OFFICE and not office and doer != role
            unit = VPUB if in_office else UNIT.get(doer, doer)
            if agency == VPUB and doer == "Chủ tịch Ủy ban nhân dân Thành phố":
                unit = "Ủy ban nhân dân Thành phố"
            found.append((doer, unit, True))
        return found

    return load_again(khos_at(EXAMPLES), lambda _, name: MEANT.get(name, name), doers)


def khos_at(root: Path) -> list[tuple[Any, list[Any]]]:
    return [
        (load(file), [load(path) for path in sorted((file.parent / "quy-trinh").rglob("*.yaml"))])
        for file in sorted(root.rglob("qtnb.yaml"))
    ]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


PLACE = " thành phố Hà Nội"
ROLE = re.compile(r"(?:Lãnh đạo|Công chức|Chánh|Chuyên viên|Trưởng) ((?:Phòng|Văn phòng) [A-ZĐ].*)")


@pytest.fixture(scope="session")
def load_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of 24 agencies without lists of units."""
    folder = tmp_path_factory.mktemp("load") / "thanh-pho"
    words = [sys.executable, str(ROOT / "bench/city.py"), str(folder), "--agencies", "24", "--count", "20"]
    subprocess.run(words, check=True, capture_output=True)
    return folder


def city_again(folder: Path) -> Again:
    khos = khos_at(folder)
    names = {kho["co_quan"]["ten"] for kho, _ in khos}

    def agency(_: str, name: str) -> str:
        candidates = (name, name + PLACE, name.removesuffix(" Thành phố") + PLACE)
        return next((found for found in candidates if found in names), name)

    def doers(_: str, cell: str) -> list[Doer]:
        found = []
        for name in split(cell):
            role = ROLE.fullmatch(name)
            found.append((name, role[1] if role else name, True))
        return found

    return load_again(khos, agency, doers)


OFFICE, FINANCE = "Văn phòng Sở", "Phòng Kế hoạch - Tài chính"
CELLS: dict[str, list[Doer]] = {
    OFFICE: [(OFFICE, OFFICE, True)],
    "VP": [(OFFICE, OFFICE, True)],
    "Chánh Văn phòng Sở": [("Chánh Văn phòng Sở", OFFICE, True)],
    "phòng Kế hoạch–Tài chính": [(FINANCE, FINANCE, True)],
    "Lãnh đạo Phòng KHTC": [("Lãnh đạo Phòng KHTC", FINANCE, True)],
    "VP; KHTC (phối hợp)": [(OFFICE, OFFICE, True), (FINANCE, FINANCE, False)],
    "VP chủ trì, KHTC phối hợp": [(OFFICE, OFFICE, True), (FINANCE, FINANCE, False)],
    "KHTC và Chánh Văn phòng Sở": [(FINANCE, FINANCE, True), ("Chánh Văn phòng Sở", OFFICE, True)],
    "Kho bạc hoặc VP": [("Kho bạc", "Kho bạc", True), (OFFICE, OFFICE, True)],
    "Các phòng có liên quan": [("Các phòng có liên quan", "Các phòng có liên quan", True)],
}
"""What cells say, and whom they mean."""
TIMES = (
    "1 ngày", "2 ngày làm việc", "04 giờ", "1 tháng", "2 tuần", "1/2 ngày làm việc", "Theo quy định", "khoảng 3 ngày",
    "", "15 ngày (không tính vào thời gian giải quyết)", "0,5", "Trong ngày",
)  # fmt: skip
SOS = ("Sở Y tế", "Sở Tài chính", "Sở Xây dựng", "Sở Tư pháp")


def made_city(folder: Path) -> tuple[Path, Again]:
    """Four departments with lists of units, every kind of cell and of time, and LT that return; and their load."""
    chance = random.Random(97)  # noqa: S311 - the same city in every run
    unit = f"don_vi:\n  - {{ten: {OFFICE}, viet_tat: VP}}\n  - {{ten: {FINANCE}, viet_tat: KHTC}}\n"
    for at, name in enumerate(SOS):
        kho = KHO.replace("Sở Nội vụ thành phố Hà Nội", name + PLACE) + f"gio_moi_ngay: {8 - at % 2}\n{unit}"
        files: Files = {"qtnb.yaml": kho}
        for number in range(12):
            steps = [some_step(chance, "trinh_tu", "chu_tri") for _ in range(chance.randint(1, 6))]
            data = yaml.safe_load(CV) | {"ten": f"Việc {number}", "cac_buoc": steps}
            files[f"quy-trinh/{number}.yaml"] = dumped(data | {"thoi_gian": chance.choice(TIMES[:6])})
        for number in range(4):
            path = [name, *(chance.choice((*SOS, "Kho bạc Nhà nước")) for _ in range(3))]
            steps_of = [[some_step(chance, "noi_dung", "thuc_hien") for _ in range(2)] for _ in path]
            parts = [{"ten": ten, "cac_buoc": steps} for ten, steps in zip(path, steps_of, strict=True)]
            data = yaml.safe_load(LT) | {"ten": f"Liên thông {number}", "co_quan": parts}
            files[f"quy-trinh/lt-{number}.yaml"] = dumped(data)
        make_kho(folder / str(at), files)
    again = load_again(khos_at(folder), lambda _, ten: ten + PLACE if ten in SOS else ten, lambda _, cell: CELLS[cell])
    return folder, again


def some_step(chance: random.Random, what: str, who: str) -> dict[str, Any]:
    step: dict[str, Any] = {what: "Làm", who: chance.choice(list(CELLS)), "thoi_gian": chance.choice(TIMES)}
    if who == "chu_tri" and chance.random() < 0.4:
        step["phoi_hop"] = chance.sample(list(CELLS), chance.randint(1, 3))
    return step


def dumped(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def plain(value: int | Fraction) -> int | float:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def without_mark(title: str) -> str:
    return title.removesuffix(" (không có kho)")


def assert_same(bang: dict[str, Any], again: Again) -> None:
    for key, figures in (("don_vi", again.don_vi), ("nguoi_thuc_hien", again.nguoi)):
        rows = {(without_mark(row["ten_nhom"]), row["ten"]): row for row in bang[key]["dong"]}
        assert len(rows) == len(bang[key]["dong"]), key
        assert set(rows) == set(figures), key
        for at, row in rows.items():
            assert {name: row[name] for name in FIGURES} == {n: plain(figures[at][n]) for n in FIGURES}, f"{key} {at}"
        for group in bang[key]["nhom"]:
            of_group = [item for at, item in figures.items() if at[0] == without_mark(group["ten"])]
            assert group["cong"] == {n: plain(sum(item[n] for item in of_group)) for n in FIGURES[2:]}, group["ten"]
    agencies = {row["ten"]: row for row in bang["khoi_luong"]["dong"]}
    assert set(agencies) == set(again.co_quan) | {name for pair in again.luot for name in pair}
    for name, row in agencies.items():
        own = again.co_quan.get(name) or {}
        assert {n: row[n] for n in FIGURES} == {n: plain(own.get(n, 0)) for n in FIGURES}, name
        assert row["so_don_vi"] == len([at for at in again.don_vi if at[0] == name]), name
        assert row["luot_chuyen_di"] == sum(n for pair, n in again.luot.items() if pair[0] == name), name
        assert row["luot_chuyen_den"] == sum(n for pair, n in again.luot.items() if pair[1] == name), name
    pairs = {(row["tu"], row["den"]): (row["so_quy_trinh"], row["so_luot"]) for row in bang["luan_chuyen"]["dong"]}
    assert pairs == {pair: (again.quy_trinh[pair], luot) for pair, luot in again.luot.items()}
    assert bang["luan_chuyen"]["tong_cong"] == {"so_luot": sum(again.luot.values())}
    assert matrix_of(bang) == again.luot


def matrix_of(bang: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The hand-overs that the matrix shows; it has columns for all takers, or this is no use."""
    table = bang["ma_tran_luan_chuyen"]
    heads = {column["khoa"]: column["tieu_de"] for column in table["cot"]}
    assert not [title for title in heads.values() if title.startswith("Khác")]
    cells = {(row["tu"], heads[key]): row[key] for row in table["dong"] for key in heads if key.startswith("den_")}
    for row in table["dong"]:
        assert row["tong"] == sum(row[key] or 0 for key in heads if key.startswith("den_")), row["tu"]
    return {pair: luot for pair, luot in cells.items() if luot}


def test_every_figure_of_the_examples_is_counted_again() -> None:
    assert_same(bang_of(cwd=EXAMPLES), examples_again())


def test_every_figure_of_a_city_is_counted_again(load_city: Path) -> None:
    assert_same(bang_of(cwd=load_city), city_again(load_city))


def test_every_figure_of_a_made_city_is_counted_again(tmp_path: Path) -> None:
    folder, again = made_city(tmp_path)
    bang = bang_of(cwd=folder)
    assert_same(bang, again)
    assert {row["ghi_chu"] for row in bang["nguoi_thuc_hien"]["dong"]} == {"", OUT, NOBODY}
    assert all(sum(row[key] for row in bang["khoi_luong"]["dong"]) for key in FIGURES)


@pytest.mark.parametrize("root", ["examples", "city", "made"])
def test_every_assignment_is_found_again(root: str, load_city: Path, tmp_path: Path) -> None:
    match root:
        case "examples":
            folder, again = EXAMPLES, examples_again()
        case "city":
            folder, again = load_city, city_again(load_city)
        case _:
            folder, again = made_city(tmp_path)
    told = {}
    for row in bang_of(cwd=folder, details=True)["phan_cong"]["dong"]:
        at = without_mark(row["ten_nhom"]), row["ten"], row["kho"], " ".join(row["quy_trinh"].split())
        assert at not in told
        told[at] = [labels_in(row["chu_tri"]), labels_in(row["phoi_hop"])]
    assert told == {(*at[:3], " ".join(at[3].split())): steps for at, steps in again.phan_cong.items()}


def labels_in(text: str) -> set[str]:
    """``B1, B4 (lượt 1); B1 (lượt 2)`` as the labels of single steps."""
    found = set()
    for part in filter(None, text.split("; ")):
        steps, bracket, turn = part.partition(" (")
        found |= {f"{step}{bracket}{turn}" for step in steps.split(", ")}
    return found


# --- hand-overs -----------------------------------------------------------------------------------


def test_the_hand_overs_of_the_examples_are_those_that_a_reader_counts() -> None:
    """so-noi-vu LT-01: Sở Nội vụ, Sở Tài chính, Sở Nội vụ, Văn phòng UBND Thành phố; LT-02: Sở Nội vụ, UBND Thành
    phố, Sở Nội vụ; phuong-mau LT-01: UBND phường Mẫu, Sở Nội vụ, UBND phường Mẫu."""
    rows = bang_of(cwd=EXAMPLES)["luan_chuyen"]["dong"]
    assert [(row["tu"], row["den"], row["so_quy_trinh"], row["so_luot"]) for row in rows] == [
        (UBND, SNV, 1, 1),
        (SNV, UBND, 1, 1),
        (SNV, PHUONG, 1, 1),
        (SNV, "Sở Tài chính", 1, 1),
        (SNV, VPUB, 1, 1),
        (PHUONG, SNV, 1, 1),
        ("Sở Tài chính", SNV, 1, 1),
    ]


def lt_through(*names: str) -> str:
    step = "cac_buoc: [{noi_dung: Làm, thuc_hien: Văn thư, thoi_gian: 1 ngày}]"
    parts = "".join(f"  - {{ten: {name}, {step}}}\n" for name in names)
    return LT[: LT.index("co_quan:")] + f"co_quan:\n{parts}"


@pytest.mark.parametrize(
    ("paths", "rows"),
    [
        ([["Sở Nội vụ", "Sở Y tế"]], [(SNV, "Sở Y tế", 1, 1)]),
        ([["Sở Nội vụ", "Sở Y tế", "Sở Nội vụ", "Sở Y tế"]], [(SNV, "Sở Y tế", 1, 2), ("Sở Y tế", SNV, 1, 1)]),
        ([["Sở Nội vụ", "Sở Y tế"], ["Sở nội vụ thành phố Hà Nội", "SỞ Y TẾ"]], [(SNV, "SỞ Y TẾ", 2, 2)]),
        ([["Sở Nội vụ", "Sở Nội vụ"]], []),
        ([["Sở", "Sở Nội vụ TP Hà Nội", "Sở Y tế"]], [(SNV, "Sở Y tế", 1, 1)]),
        ([["Sở Y tế", "UBND các xã"]], [("Sở Y tế", "UBND các xã", 1, 1)]),
    ],
)  # fmt: skip
def test_a_path_is_a_chain_of_hand_overs(
    tmp_path: Path, paths: list[list[str]], rows: list[tuple[str, str, int, int]]
) -> None:
    files: Files = {f"quy-trinh/{number}.yaml": lt_through(*path) for number, path in enumerate(paths)}
    told = bang_of(cwd=make_kho(tmp_path, files))["luan_chuyen"]["dong"]
    assert [(row["tu"], row["den"], row["so_quy_trinh"], row["so_luot"]) for row in told] == rows


def facts_of(*names: str, naming: tuple[str, ...] = ()) -> list[KhoFacts]:
    """The facts of kho of these agencies; the first has an LT through ``naming``."""
    with tempfile.TemporaryDirectory() as folder:
        from qtnb.aggregate.summary import read_summary

        for number, name in enumerate(names):
            cap = "xa" if re.search("phường|xã", name) else "so"
            text = KHO.replace(SNV, name).replace("cap: so", f"cap: {cap}")
            files: Files = {"qtnb.yaml": text}
            if naming and not number:
                files["quy-trinh/a.yaml"] = lt_through(*naming)
            make_kho(Path(folder) / str(number), files)
        assert qtnb("aggregate", "--summary", "s.json", "-q", cwd=Path(folder)).code == 0
        return [item.facts for item in read_summary(Path(folder) / "s.json", "s.json")]


HN, NB = " thành phố Hà Nội", " tỉnh Ninh Bình"


@pytest.mark.parametrize(
    ("khos", "name", "meant", "has_kho"),
    [
        (("Sở Y tế" + HN, "Sở Tài chính" + HN), "Sở Tài chính", "Sở Tài chính" + HN, True),
        (("Sở Y tế" + HN, "Sở Tài chính" + HN, "Sở Tài chính" + NB), "Sở Tài chính", "Sở Tài chính" + HN, True),
        (("Sở Y tế" + NB, "Sở Tài chính" + HN, "Sở Tài chính" + NB), "Sở Tài chính", "Sở Tài chính" + NB, True),
        (("UBND phường Láng", "Sở Tài chính" + HN), "Sở tài chính", "Sở Tài chính" + HN, True),
        (("UBND phường Láng", "Sở Tài chính" + HN, "Sở Tài chính" + NB), "Sở Tài chính", "Sở Tài chính", False),
        (("Sở Y tế" + HN, "Văn phòng UBND" + HN), "Văn phòng Ủy ban nhân dân Thành phố", "Văn phòng UBND" + HN, True),
        (("Sở Y tế" + HN, "UBND" + HN), "UBND Thành phố", "UBND" + HN, True),
        (("Sở Y tế" + HN, "Sở Tài chính"), "Sở Tài chính thành phố Hà Nội", "Sở Tài chính", True),
        (("Sở Y tế" + HN, "UBND phường Láng"), "UBND phường", "UBND phường", False),
        (("Sở Y tế" + HN, "UBND phường Láng"), "Uỷ ban nhân dân phường Láng", "UBND phường Láng", True),
        (("UBND phường Láng", "UBND phường Láng Hạ"), "UBND phường Láng Hạ", "UBND phường Láng Hạ", True),
        (("UBND phường Láng", "UBND phường Mễ Trì"), "UBND phường", "UBND phường Láng", True),
    ],
)  # fmt: skip
def test_a_name_in_an_lt_means_the_agency_that_a_reader_would_take(
    khos: tuple[str, ...], name: str, meant: str, *, has_kho: bool
) -> None:
    facts = facts_of(*khos, naming=("Sở", name))
    own = next(item for item in facts if item.co_quan and item.co_quan.ten == khos[0])
    bodies = Bodies(facts)
    body = bodies.of(next(body.khoa for body in bodies.own if body.ten == khos[0]), own.chuyen[0].co_quan[1])
    assert (body.ten, bool(body.cap)) == (meant, has_kho)


# --- names ----------------------------------------------------------------------------------------

ROSTER = Roster(
    SNV,
    "Giám đốc",
    (
        ("Văn phòng Sở", "VP"),
        ("Phòng Kế hoạch - Tài chính", "KHTC"),
        ("Phòng Công chức, viên chức", ""),
        ("Lãnh đạo Phòng Công chức, viên chức", ""),
        ("Bộ phận Tiếp nhận/Trả kết quả", ""),
        ("Văn thư Sở", ""),
    ),
    judged=True,
)
OUT, NOBODY = "Ngoài danh sách", "Ghi chung"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Văn phòng Sở", [("Văn phòng Sở", "Văn phòng Sở", True, "")]),
        ("VP", [("Văn phòng Sở", "Văn phòng Sở", True, "")]),
        ("Phòng KHTC", [("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("phòng Kế hoạch–Tài Chính ;", [("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("Phòng Kế hoạch - Tài chính thuộc Sở",
         [("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("Văn thư Sở Nội vụ", [("Văn thư Sở", "Văn thư Sở", True, "")]),
        ("Văn phòng Sở Nội vụ thành phố Hà Nội", [("Văn phòng Sở", "Văn phòng Sở", True, "")]),
        ("Chánh Văn phòng Sở", [("Chánh Văn phòng Sở", "Văn phòng Sở", True, "")]),
        ("Lãnh đạo Phòng KHTC", [("Lãnh đạo Phòng KHTC", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("Lãnh đạo Phòng Công chức, viên chức",
         [("Lãnh đạo Phòng Công chức, viên chức", "Phòng Công chức, viên chức", True, "")]),
        ("Văn phòng Sở (Tổ xe)", [("Văn phòng Sở (Tổ xe)", "Văn phòng Sở", True, "")]),
        ("Công chức thuộc Phòng Lạ", [("Công chức thuộc Phòng Lạ", "Phòng Lạ", True, OUT)]),
        ("Lãnh đạo Sở", [("Lãnh đạo Sở", "Lãnh đạo Sở", True, "")]),
        ("Kho bạc Nhà nước", [("Kho bạc Nhà nước", "Kho bạc Nhà nước", True, OUT)]),
        ("Phòng Kế hoạch - Tài chinh", [("Phòng Kế hoạch - Tài chinh", "Phòng Kế hoạch - Tài chinh", True, OUT)]),
        ("Các phòng có liên quan", [("Các phòng có liên quan", "Các phòng có liên quan", True, NOBODY)]),
        ("Lãnh đạo phòng chuyên môn", [("Lãnh đạo phòng chuyên môn", "Lãnh đạo phòng chuyên môn", True, OUT)]),
        ("VP; KHTC", [("Văn phòng Sở", "Văn phòng Sở", True, ""),
                      ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("1. VP\n2. Văn thư Sở", [("Văn phòng Sở", "Văn phòng Sở", True, ""), ("Văn thư Sở", "Văn thư Sở", True, "")]),
        ("VP và Văn thư Sở", [("Văn phòng Sở", "Văn phòng Sở", True, ""), ("Văn thư Sở", "Văn thư Sở", True, "")]),
        ("VP (chủ trì), KHTC", [("Văn phòng Sở", "Văn phòng Sở", True, ""),
                                ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", True, "")]),
        ("VP chủ trì, KHTC phối hợp", [("Văn phòng Sở", "Văn phòng Sở", True, ""),
                                       ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", False, "")]),
        ("VP; KHTC (phối hợp)", [("Văn phòng Sở", "Văn phòng Sở", True, ""),
                                 ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính", False, "")]),
        ("Phòng, đơn vị chủ trì", [("Phòng, đơn vị chủ trì", "Phòng, đơn vị chủ trì", True, OUT)]),
        ("Phòng Công chức, viên chức", [("Phòng Công chức, viên chức", "Phòng Công chức, viên chức", True, "")]),
        ("Bộ phận Tiếp nhận/Trả kết quả",
         [("Bộ phận Tiếp nhận/Trả kết quả", "Bộ phận Tiếp nhận/Trả kết quả", True, "")]),
        ("VP; Văn phòng Sở", [("Văn phòng Sở", "Văn phòng Sở", True, "")]),
        ("…", [("…", "…", True, NOBODY)]),
    ],
)  # fmt: skip
def test_a_cell_names_doers_and_their_units(cell: str, expected: list[tuple[str, str, bool, str]]) -> None:
    named = [(item.nguoi.ten, item.don_vi.ten, item.leads, item.nguoi.listing.value) for item in ROSTER.named(cell)]
    assert named == expected


def test_without_a_list_nobody_is_outside_of_it() -> None:
    named = Roster(SNV, "Giám đốc", (), judged=True).named("Kho bạc; Lãnh đạo Phòng Tổng hợp; Các đơn vị")
    told = [(item.nguoi.ten, item.don_vi.ten, item.nguoi.listing.value) for item in named]
    assert told == [
        ("Kho bạc", "Kho bạc", ""),
        ("Lãnh đạo Phòng Tổng hợp", "Phòng Tổng hợp", ""),
        ("Các đơn vị", "Các đơn vị", NOBODY),
    ]


def test_one_name_in_two_agencies_is_two_units(tmp_path: Path) -> None:
    xa = KHO.replace(SNV, "Ủy ban nhân dân xã Mẫu").replace("cap: so", "cap: xa")
    text = CV.replace("Văn phòng Sở", "Văn phòng")
    make_kho(tmp_path / "a", {"quy-trinh/a.yaml": text})
    make_kho(tmp_path / "b", {"qtnb.yaml": xa, "quy-trinh/a.yaml": text})
    rows = bang_of(cwd=tmp_path)["don_vi"]["dong"]
    assert [(row["nhom"], row["ten_nhom"], row["ten"]) for row in rows] == [
        ("I", SNV, "Văn phòng"),
        ("II", "Ủy ban nhân dân xã Mẫu", "Văn phòng"),
    ]


def test_what_another_agency_writes_counts_to_the_unit_under_its_own_name(tmp_path: Path) -> None:
    """Two kho write of the Văn phòng of Sở Nội vụ, one by its abbreviation, one by the name that it has outside."""
    xa = KHO.replace(SNV, "Ủy ban nhân dân xã Mẫu").replace("cap: so", "cap: xa")
    lt = lt_through("UBND xã Mẫu", "Sở Nội vụ").replace("thuc_hien: Văn thư", "thuc_hien: Văn phòng Sở Nội vụ")
    own = CV.replace("chu_tri: Văn phòng Sở", "chu_tri: VP")
    make_kho(
        tmp_path / "a", {"qtnb.yaml": KHO + "don_vi:\n  - {ten: Văn phòng Sở, viet_tat: VP}\n", "quy-trinh/a.yaml": own}
    )
    make_kho(tmp_path / "b", {"qtnb.yaml": xa, "quy-trinh/a.yaml": lt})
    rows = {(row["ten_nhom"], row["ten"]): row for row in bang_of(cwd=tmp_path)["don_vi"]["dong"]}
    assert set(rows) == {(SNV, "Văn phòng Sở"), ("Ủy ban nhân dân xã Mẫu", "Văn phòng Sở Nội vụ")}
    assert [rows[SNV, "Văn phòng Sở"][key] for key in ("quy_trinh_chu_tri", "buoc_chu_tri", "ngay")] == [2, 2, 2]


# --- steps and times ------------------------------------------------------------------------------

STEP = "  - trinh_tu: Vào sổ\n    chu_tri: Văn phòng Sở\n    thoi_gian: 1 ngày\n"


@pytest.mark.parametrize(
    ("whole", "step", "column", "amount"),
    [
        ("5 ngày", "thoi_gian: 2 ngày", "ngay", 2),
        ("5 ngày", 'thoi_gian: "2"', "ngay", 2),
        ("5 ngày làm việc", 'thoi_gian: "0,5"', "ngay_lam_viec", 0.5),
        ("8 giờ", 'thoi_gian: "2"', "ngay_lam_viec", 0.25),
        ("Theo quy định", 'thoi_gian: "2"', "khong_tinh_duoc", 1),
        ("5 ngày", "thoi_gian: 1 ngày làm việc", "ngay_lam_viec", 1),
        ("5 ngày", "thoi_gian: 04 giờ", "ngay_lam_viec", 0.5),
        ("5 ngày", "thoi_gian: 1 tháng", "thang", 1),
        ("5 ngày", "thoi_gian: 2 tuần", "ngay", 14),
        ("5 ngày", "thoi_gian: Trong ngày", "ngay", 1),
        ("1 tháng", "thoi_gian: Trong ngày", "ngay", 1),
        ("1 tháng", "thoi_gian: 1 ngày làm việc", "ngay_lam_viec", 1),
        ("5 ngày", "thoi_gian: từ 1-2 ngày", "ngay", 2),
        ("5 ngày", "thoi_gian: Ngay sau khi nhận", "khong_tinh_duoc", 1),
        ("5 ngày", "thoi_gian: khoảng 2 ngày", "khong_tinh_duoc", 1),
        ("5 ngày", "thoi_gian: 1 tháng 5 ngày", "khong_tinh_duoc", 1),
        ("5 ngày", 'thoi_gian: ""', "khong_ghi", 1),
        ("5 ngày", "ket_qua: Sổ", "khong_ghi", 1),
        ("5 ngày", "thoi_gian: 2 ngày\n    khong_tinh_thoi_gian: true", "", 0),
        ("5 ngày", "thoi_gian: 15 ngày (không tính vào thời gian giải quyết)", "", 0),
        ("5 ngày", "thoi_gian: 15 ngày (không tính thời gian lấy ý kiến)", "khong_tinh_duoc", 1),
    ],
)  # fmt: skip
def test_the_time_of_a_step_is_counted_by_its_clock(
    tmp_path: Path, whole: str, step: str, column: str, amount: float
) -> None:
    text = CV.replace("thoi_gian: 1 ngày\ncac_buoc", f"thoi_gian: {whole}\ncac_buoc").replace(
        STEP, STEP.replace("thoi_gian: 1 ngày", step)
    )
    (row,) = bang_of(cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": text}))["don_vi"]["dong"]
    assert {key: row[key] for key in FIGURES[4:]} == dict.fromkeys(FIGURES[4:], 0) | (
        {column: amount} if column else {}
    )
    assert row["buoc_chu_tri"] == 1


def test_a_step_counts_once_to_a_unit_and_to_each_of_its_people(tmp_path: Path) -> None:
    steps = (
        "  - {trinh_tu: A, chu_tri: Chánh Văn phòng Sở; Văn phòng Sở, thoi_gian: 1 ngày}\n"
        "  - {trinh_tu: B, chu_tri: Văn thư, phoi_hop: [VP Sở, Văn phòng Sở; Chánh Văn phòng Sở], thoi_gian: 1 ngày}\n"
        "  - {trinh_tu: C, chu_tri: Văn thư, phoi_hop: Văn phòng Sở}\n"
    )
    bang = bang_of(cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": CV.replace(STEP, steps)}))
    figures = ("quy_trinh_chu_tri", "quy_trinh_phoi_hop", "buoc_chu_tri", "buoc_phoi_hop", "ngay", "khong_ghi")
    told = {row["ten"]: tuple(row[key] for key in figures) for row in bang["nguoi_thuc_hien"]["dong"]}
    assert told == {
        "Chánh Văn phòng Sở": (1, 1, 1, 1, 1, 0),
        "Văn phòng Sở": (1, 1, 1, 2, 1, 0),
        "Văn thư": (1, 0, 2, 0, 1, 1),
    }
    units = {row["ten"]: tuple(row[key] for key in figures) for row in bang["don_vi"]["dong"]}
    assert units == {"Văn phòng Sở": (1, 1, 1, 2, 1, 0), "Văn thư": (1, 0, 2, 0, 1, 1)}
    (row,) = bang["khoi_luong"]["dong"]
    assert tuple(row[key] for key in figures) == (1, 1, 3, 2, 2, 1)


def test_a_name_without_content_gives_nobody_anything(tmp_path: Path) -> None:
    text = CV.replace("loai: CV", "loai: CV\nchua_co_noi_dung: true")
    bang = bang_of(cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": text}), details=True)
    assert [bang[key]["dong"] for key in TABLES[1:]] == [[], [], [], [], []]
    assert bang["khoi_luong"]["tong_cong"]["buoc_chu_tri"] == 0


def test_turns_of_an_lt_are_told_apart_where_the_work_returns(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": lt_through("Sở Nội vụ", "Sở Y tế", "Sở Nội vụ")})
    rows = bang_of(cwd=kho, details=True)["phan_cong"]["dong"]
    assert [(row["ten_nhom"], row["ten"], row["chu_tri"], row["kho"]) for row in rows] == [
        (SNV, "Văn thư", "B1 (lượt 1); B1 (lượt 2)", SNV),
        ("Sở Y tế (không có kho)", "Văn thư", "B1", SNV),
    ]


# --- assignments as text --------------------------------------------------------------------------

labels = st.lists(st.sampled_from(["1", "12", "2.1", "3.40"]), max_size=3)
assignments = st.lists(st.tuples(labels, labels).filter(any), min_size=1, max_size=4)


@given(assignments)
def test_assignments_read_back_as_they_were_written(parts: list[tuple[list[str], list[str]]]) -> None:
    text = joined(assignment_text(at, ",".join(led), ",".join(supported)) for at, (led, supported) in enumerate(parts))
    assert are_assignments(text, len(parts))
    assert not are_assignments(text, len(parts) - 1)
    assert list(assignments_in(text)) == [
        Assignment(at, tuple(led), tuple(supported)) for at, (led, supported) in enumerate(parts)
    ]


@pytest.mark.parametrize(
    "text",
    ["", "0", "0:", "0:/", "0:1,", "0:,1", "0:0", "0:01", "0:1/", "0:1//2", "0:1  1:1", "1:1 0:1", "0:1 0:2", "-1:1",
     "0:1.0", "0:1.1.1", "9:1", "0:1 ", "٣:1", "0:1\n", "99999999:1"],
)  # fmt: skip
def test_any_other_text_is_no_assignment(text: str) -> None:
    assert not are_assignments(text, 9)


# --- summaries ------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(many_kho, st.randoms(use_true_random=False))
def test_the_tables_of_summaries_do_not_depend_on_how_they_were_cut(
    all_facts: list[KhoFacts], chance: random.Random
) -> None:
    kho = counted(all_facts)
    when = When(dt.date(2026, 6, 1))
    with tempfile.TemporaryDirectory() as name:
        whole = rolled_up(Path(name), kho, [list(range(len(kho)))], 0)
        order = chance.sample(range(len(kho)), len(kho))
        again = rolled_up(Path(name), kho, [[at] for at in order], 1)
    assert loads_for(again.kho, when, TABLES) == loads_for(whole.kho, when, TABLES)


def test_summaries_give_the_same_tables_as_the_kho(load_city: Path, tmp_path: Path) -> None:
    folder = tmp_path / "vi-du"
    shutil.copytree(EXAMPLES, folder / "vi-du")
    shutil.copytree(load_city, folder / "thanh-pho")
    whole = bang_of(cwd=folder, details=True)
    for name in ("vi-du", "thanh-pho/so", "thanh-pho/xa"):
        assert qtnb("aggregate", name, "--summary", f"{name.replace('/', '-')}.json", "-q", cwd=folder).code == 0
    files = ["vi-du.json", "thanh-pho-so.json", "thanh-pho-xa.json"]
    assert bang_of(*files, cwd=folder, details=True) == whole
    assert qtnb("aggregate", *files[1:], "--summary", "ca-thanh-pho.json", "-q", cwd=folder).code == 0
    assert bang_of("ca-thanh-pho.json", files[0], cwd=folder, details=True) == whole
    assert bang_of("thanh-pho", files[0], cwd=folder, details=True) == whole


# --- the command ----------------------------------------------------------------------------------


def test_by_don_vi_adds_its_tables_after_the_usual_ones() -> None:
    usual = json.loads(qtnb("aggregate", "--format", "json", "--no-cache", cwd=EXAMPLES).out)
    added = json.loads(qtnb("aggregate", "--format", "json", "--no-cache", "--by", "don-vi", cwd=EXAMPLES).out)
    assert list(added["bang"]) == [*usual["bang"], *TABLES[:-1]]
    assert {key: added["bang"][key] for key in usual["bang"]} == usual["bang"]
    assert added["tong"] == usual["tong"]


def test_a_table_that_is_named_need_not_be_asked_for_twice() -> None:
    run = qtnb("aggregate", "--bang", "luan_chuyen", "--format", "csv", "--no-cache", cwd=EXAMPLES)
    assert run.code == 0
    assert run.out.splitlines()[:2] == ["tu,den,so_quy_trinh,so_luot", f"{UBND},{SNV},1,1"]


def test_what_else_by_may_say_is_told() -> None:
    run = qtnb("aggregate", "--by", "phong", cwd=EXAMPLES)
    assert (run.code, run.err) == (2, "qtnb: --by không có “phong”.\n  → Các giá trị: cong-viec, don-vi.\n")


def test_a_broken_kho_is_told_and_the_others_are_counted(tmp_path: Path) -> None:
    make_kho(tmp_path / "a", {"quy-trinh/a.yaml": CV, "quy-trinh/b.yaml": "loai: [\n"})
    make_kho(tmp_path / "b", {"qtnb.yaml": "phien_ban: 1\n", "quy-trinh/a.yaml": CV})
    run = qtnb("aggregate", "--bang", "don_vi", "--format", "json", "--no-cache", cwd=tmp_path)
    document = json.loads(run.out)
    assert run.code == 1
    assert document["hong"] == ["a/quy-trinh/b.yaml", "b/qtnb.yaml"]
    assert [(row["ten_nhom"], row["ten"], row["buoc_chu_tri"]) for row in document["bang"]["don_vi"]["dong"]] == [
        (SNV, "Văn phòng Sở", 1)
    ]


def test_on_a_terminal_many_groups_wait_until_they_are_asked_for(load_city: Path) -> None:
    few = qtnb("aggregate", "--by", "don-vi", "--no-cache", "-q", cwd=EXAMPLES).out
    many = qtnb("aggregate", "--by", "don-vi", "--no-cache", "-q", cwd=load_city).out
    assert "Trách nhiệm và khối lượng công việc theo đơn vị\n" in few
    assert "Trách nhiệm và khối lượng công việc theo đơn vị\n" not in many
    assert "Khối lượng công việc theo cơ quan\n" in many
    (others,) = (line for line in many.splitlines() if line.startswith("Còn các bảng:"))
    assert "don_vi, nguoi_thuc_hien, ma_tran_luan_chuyen." in others


def test_of_many_takers_the_matrix_names_the_largest_and_adds_up_the_others(tmp_path: Path) -> None:
    files: Files = {}
    for number in range(20):
        path = lt_through("Sở Nội vụ", *[f"Ban Số {number:02}", "Sở Nội vụ"] * (2 if number == 19 else 1))
        files[f"quy-trinh/{number:02}.yaml"] = path
    table = bang_of(cwd=make_kho(tmp_path, files))["ma_tran_luan_chuyen"]
    titles = [column["tieu_de"] for column in table["cot"]]
    assert len(titles) == 1 + 14 + 2
    assert titles[1] == SNV
    assert titles[-3:] == ["Ban Số 19", "Khác (7)", "Tổng số"]
    own = next(row for row in table["dong"] if row["tu"] == SNV)
    assert (own["den_1"], own["den_14"], own["den_khac"], own["tong"]) == (None, 2, 7, 21)
    assert table["tong_cong"]["tong"] == 42


@pytest.mark.parametrize(
    ("key", "rows", "printed"),
    [("don_vi", 300, True), ("don_vi", 301, False), ("nguoi_thuc_hien", 1, False), ("phan_cong", 1, False),
     ("khoi_luong", 999, True), ("luan_chuyen", 999, True)],
)  # fmt: skip
def test_a_report_prints_no_table_of_a_hundred_pages(key: str, rows: int, *, printed: bool) -> None:
    cells = ({"ten": "Văn phòng"},) * rows
    assert is_printed(Table(key, "", (Column("ten", "Tên"),), (Group("", "", cells),))) is printed


# --- files ----------------------------------------------------------------------------------------


def test_charts_are_written_to_a_folder(load_city: Path, tmp_path: Path) -> None:
    words = ("--by", "don-vi", "-o", f"bieu-do={tmp_path / 'hinh'}", "--no-cache", "-q")
    run = qtnb("aggregate", *words, cwd=load_city)
    names = [Path(line).name for line in run.out.splitlines() if line.endswith(".svg")]
    assert [name for name in names if not name.startswith(("so-quy-trinh", "tien-do"))] == [
        "khoi-luong-co-quan.svg",
        "khoi-luong-don-vi.svg",
        "thoi-gian-lam-viec.svg",
        "luan-chuyen.svg",
    ]
    assert {path.name for path in (tmp_path / "hinh").iterdir()} == {
        f"{name[:-4]}{ending}" for name in names for ending in (".svg", ".png")
    }
    assert "<!-- 20 đơn vị có nhiều bước nhất -->" in (tmp_path / "hinh" / "khoi-luong-don-vi.svg").read_text("utf-8")


def test_charts_are_the_same_bytes_from_the_kho_and_from_their_summary(tmp_path: Path) -> None:
    qtnb("aggregate", EXAMPLES, "--summary", "s.json", "-q", cwd=tmp_path)
    for path, folder in ((str(EXAMPLES), "a"), ("s.json", "b")):
        qtnb("aggregate", path, "--by", "don-vi", "-o", f"bieu-do={folder}", "--no-cache", cwd=tmp_path)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert "luan-chuyen.png" in files
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_charts_are_of_no_use_to_a_command_that_has_none() -> None:
    run = qtnb("plan", "-o", "bieu-do=x", cwd=EXAMPLES)
    assert (run.code, run.err.splitlines()[0]) == (2, "qtnb: Giá trị “bieu-do=x” của -o không dùng được.")


def test_hostile_names_are_inert_in_workbook_and_csv(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|'/C calc'!A0"]
    steps = "".join(f"  - trinh_tu: A\n    chu_tri: {json.dumps(name)}\n" for name in names)
    lt = lt_through("Sở Nội vụ", '"=1+1"', '"@x"')
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV.replace(STEP, steps), "quy-trinh/b.yaml": lt})
    bang = [word for key in TABLES for word in ("--bang", key)]
    assert qtnb("aggregate", *bang, "-o", "a.xlsx", "-o", "csv=bang", "--no-cache", cwd=kho).code == 0
    for sheet in openpyxl.load_workbook(kho / "a.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith(("=SUBTOTAL(", "=IF(COUNT(")), cell
    for path in (kho / "bang").iterdir():
        for line in path.read_text("utf-8-sig").splitlines():
            assert not re.search(r'(?:^|,)"?[=+@-]', line), line
