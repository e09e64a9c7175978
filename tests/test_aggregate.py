"""The roll-up: every figure counted again by other means, in every table and total."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from counted_again import Figures, counted_again
from kit import CV, EXAMPLES, KHO, LT, QD, ROOT, Run, make_kho, qtnb

NGAY, TU_NGAY, HAN = "2026-11-20", "2026-03-01", ("2026-04-15", "2026-05-30")
PLAN = f"phien_ban: 1\nngay: {NGAY}\ntu_ngay: {TU_NGAY}\nhan_danh_muc: {HAN[0]}\nhan_noi_dung: {HAN[1]}\n"
LEVELS = {
    "tinh": "Ủy ban nhân dân cấp tỉnh",
    "so": "Sở, ban, ngành",
    "xa": "Xã, phường, đặc khu",
}
NOT_FIGURES = {"ten", "nhom", "ten_nhom"}
BY_AGENCY = ("so_luong", "tien_do", "thoi_gian", "thay_doi", "phat_hien")


def rolled_up(*words: str | Path, cwd: Path) -> dict[str, Any]:
    run = qtnb("aggregate", *words, "--format", "json", "--no-cache", cwd=cwd)
    assert run.err == ""
    document: dict[str, Any] = json.loads(run.out)
    return document


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of 40 agencies with decisions in every state."""
    folder = tmp_path_factory.mktemp("city") / "thanh-pho"
    words = [sys.executable, str(ROOT / "bench" / "city.py"), str(folder), "--agencies", "40", "--count", "25"]
    subprocess.run(words, check=True, capture_output=True)
    (folder / "tong-hop.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "vi-du"
    shutil.copytree(EXAMPLES, folder)
    (folder / "tong-hop.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.mark.parametrize("root", ["city", "examples"])
def test_every_figure_of_every_table_is_counted_again(root: str, request: pytest.FixtureRequest) -> None:
    assert_counted_again(request.getfixturevalue(root))


def assert_counted_again(folder: Path, ngay: str = NGAY) -> None:
    """Every figure of the kho in ``folder`` is what plain loops over the YAML count."""
    document = rolled_up(folder, "--ngay", ngay, cwd=folder)
    validated = json.loads(qtnb("validate", "--format", "json", cwd=folder).out)["findings"]
    again = counted_again(folder, ngay, TU_NGAY, HAN, validated)
    told = document["bang"]
    for key in BY_AGENCY:
        rows = {row["ten"]: row for row in told[key]["dong"]}
        assert set(rows) == set(again["co_quan"])
        for name, row in rows.items():
            assert_row(told[key], row, again["co_quan"][name], f"{key} {name}")
        for group in told[key]["nhom"]:
            level = next(cap for cap, title in LEVELS.items() if title == group["ten"])
            assert_row(told[key], group["cong"], again["cap"][level], f"{key} {group['ten']}")
        assert_row(told[key], told[key]["tong_cong"], again["tong"][""], f"{key} tổng cộng")
    rows = {row["ten"]: row for row in told["cap"]["dong"]}
    assert list(rows) == [title for cap, title in LEVELS.items() if cap in again["cap"]]
    for cap, figures in again["cap"].items():
        assert_row(told["cap"], rows[LEVELS[cap]], figures, f"cap {cap}")
    assert_row(told["cap"], told["cap"]["tong_cong"], again["tong"][""], "cap tổng cộng")
    for key in (f"linh_vuc_{name}" for name in BY_AGENCY):
        rows = {row["ten"].casefold(): row for row in told[key]["dong"]}
        rows.pop("tệp khác và tệp hỏng", None)
        assert set(rows) == {field or "chưa ghi lĩnh vực" for field in again["linh_vuc"]}
        for field, figures in again["linh_vuc"].items():
            row = rows[field or "chưa ghi lĩnh vực"]
            assert_row(told[key], row, figures | {"co_quan": len(figures["khos"])}, f"{key} {field}")
    for key, value in document["tong"].items():
        assert value == plain(again["tong"][""][key]), key
    places = [[f[key] for key in ("path", "line", "column", "rule", "severity")] for f in document["findings"]]
    assert places == [[f[key] for key in ("path", "line", "column", "rule", "severity")] for f in validated]


def assert_row(table: dict[str, Any], row: dict[str, Any], figures: Figures, where: str) -> None:
    """Every column of ``row`` is what was counted; ratios are counted from their two columns."""
    assert len(row) > 1, where
    for column in table["cot"]:
        key = column["khoa"]
        if key in NOT_FIGURES or key not in row:
            continue
        if column["kieu"] == "ratio":
            above, below = figures[column["tu"]], figures[column["mau"]]
            assert row[key] == (plain(Fraction(above) / Fraction(below)) if below else None), f"{where} {key}"
        else:
            assert row[key] == plain(figures[key]), f"{where} {key}"


def plain(value: int | Fraction) -> int | float:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def test_the_city_has_something_to_count_in_every_figure(city: Path) -> None:
    document = rolled_up(city, cwd=city)
    # Findings and broken files have tests of their own.
    assert [key for key, value in document["tong"].items() if not value] == [
        "kho_hong", "qd_thay_the", "qt_thay_the", "tep_hong", "loi", "canh_bao", "luu_y",
    ]  # fmt: skip


def test_one_process_and_several_and_the_cache_give_the_same_bytes(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    runs = [qtnb("aggregate", city, "--format", "json", cwd=city).out for _ in range(2)]
    without = qtnb("aggregate", city, "--format", "json", "--no-cache", cwd=city).out
    assert runs == [without, without]
    assert list((tmp_path / "cache" / "qtnb").glob("*.sqlite"))


def test_a_damaged_cache_changes_nothing(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = qtnb("aggregate", city, "--format", "json", cwd=city).out
    (database,) = (tmp_path / "cache" / "qtnb").glob("*.sqlite")
    for other in database.parent.glob("*.sqlite-*"):
        other.unlink()
    raw = database.read_bytes()
    database.write_bytes(raw.replace(b'"co_quan":[', b'"co_quan":{', 50))
    assert qtnb("aggregate", city, "--format", "json", cwd=city).out == first
    database.write_bytes(b"no database")
    assert qtnb("aggregate", city, "--format", "json", cwd=city).out == first


def test_a_changed_file_is_counted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kho = make_kho(tmp_path / "kho", {"quy-trinh/a.yaml": CV})
    before = json.loads(qtnb("aggregate", "--format", "json", cwd=kho).out)
    (kho / "quy-trinh" / "a.yaml").write_text(
        CV.replace("    thoi_gian: 1 ngày", "    thoi_gian: 1 ngày\n  - {trinh_tu: Ký, chu_tri: Lãnh đạo}"),
        encoding="utf-8",
    )
    after = json.loads(qtnb("aggregate", "--format", "json", cwd=kho).out)
    assert (before["tong"]["buoc"], after["tong"]["buoc"]) == (1, 2)
    (kho / "qtnb.yaml").write_text(KHO + "gio_moi_ngay: 4\n", encoding="utf-8")
    (kho / "quy-trinh" / "b.yaml").write_text(CV.replace("1 ngày", "4 giờ"), encoding="utf-8")
    assert json.loads(qtnb("aggregate", "--format", "json", cwd=kho).out)["tong"]["ngay_lam_viec"] == 1


@pytest.mark.parametrize(
    ("thoi_gian", "column", "amount"),
    [
        ("5 ngày làm việc", "ngay_lam_viec", 5),
        ("04 giờ", "ngay_lam_viec", 0.5),
        ("không quá 30 phút", "ngay_lam_viec", 0.0625),
        ("1 buổi", "ngay_lam_viec", 0.5),
        ("01 ngày làm việc 04 giờ", "ngay_lam_viec", 1.5),
        ("1/3 ngày làm việc", "ngay_lam_viec", 1 / 3),
        ("5 ngày", "ngay", 5),
        ("01 ngày 04 giờ", "ngay", 1.5),
        ("từ 1-2 ngày", "ngay", 2),
        ("Trong ngày", "ngay", 1),
        ("2 tuần", "ngay", 14),
        ("1 tháng", "thang", 1),
        ('"15 ngày làm việc (vùng khó khăn: 25 ngày làm việc)"', "ngay_lam_viec", 15),
    ],
)
def test_a_declared_time_is_counted_by_its_clock(tmp_path: Path, thoi_gian: str, column: str, amount: float) -> None:
    tong = rolled_up(cwd=of_time(tmp_path, thoi_gian))["tong"]
    others = {"ngay_lam_viec", "ngay", "thang"} - {column}
    assert tong[column] == amount
    assert [tong[other] for other in sorted(others)] == [0, 0]
    assert tong["khong_tinh_duoc"] == 0


@pytest.mark.parametrize(
    "thoi_gian",
    ["Theo quy định", "khoảng 5 ngày", "từ 5 ngày", "ít nhất 2 ngày", '"5"', "1 tháng 5 ngày", "1 tuần 2 ngày",
     "2 ngày và 3 ngày làm việc", "trước 3 ngày", "trước 14h00", "1/999999937 ngày"],
)  # fmt: skip
def test_what_cannot_be_added_is_counted_apart(tmp_path: Path, thoi_gian: str) -> None:
    tong = rolled_up(cwd=of_time(tmp_path, thoi_gian))["tong"]
    assert (tong["khong_tinh_duoc"], tong["ngay_lam_viec"], tong["ngay"], tong["thang"]) == (1, 0, 0, 0)


def of_time(folder: Path, thoi_gian: str) -> Path:
    text = CV.replace("thoi_gian: 1 ngày\ncac_buoc", f"thoi_gian: {thoi_gian}\ncac_buoc")
    return make_kho(folder, {"quy-trinh/a.yaml": text})


def test_a_name_without_content_counts_as_a_name_only(tmp_path: Path) -> None:
    text = CV.replace("loai: CV", "loai: CV\nchua_co_noi_dung: true")
    tong = rolled_up(cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": text}))["tong"]
    assert (tong["cv"], tong["co_noi_dung"], tong["buoc"], tong["ngay"], tong["khong_tinh_duoc"]) == (1, 0, 0, 0, 0)


ABOLISHING = 'loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [a]\nso: "9"\nngay: 2026-06-01\n'
SIGNED = 'so: "5"\nngay: 2026-03-10\n'


@pytest.mark.parametrize(
    ("decisions", "ngay", "expected"),
    [
        ({"a": QD}, "2026-11-22", (0, 0, 0, 0)),
        ({"a": f"{QD}{SIGNED}"}, "2026-03-09", (0, 0, 0, 0)),
        ({"a": f"{QD}{SIGNED}"}, "2026-03-10", (1, 0, 0, 1)),
        ({"a": f'{QD}so: "5"\n'}, "2026-11-22", (0, 0, 0, 0)),
        ({"a": QD.replace("danh_muc", "noi_dung") + SIGNED}, "2026-11-22", (0, 1, 1, 1)),
        ({"a": QD.replace("danh_muc", "noi_dung") + f"{SIGNED}hieu_luc: 2026-05-01\n"}, "2026-04-30", (0, 1, 0, 1)),
        ({"a": QD.replace("danh_muc", "noi_dung") + f"{SIGNED}hieu_luc: 2026-05-01\n"}, "2026-05-01", (0, 1, 1, 1)),
        (
            {
                "a": QD.replace("danh_muc", "danh_muc_va_noi_dung") + SIGNED,
                "b": ABOLISHING,
            },
            "2026-11-22",
            (0, 0, 0, 2),
        ),
    ],
)  # fmt: skip
def test_a_procedure_stands_where_signed_decisions_put_it(
    tmp_path: Path, decisions: dict[str, str], ngay: str, expected: tuple[int, ...]
) -> None:
    files: dict[str, str | bytes] = {f"quyet-dinh/{key}.yaml": text for key, text in decisions.items()}
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV, **files})
    tong = rolled_up("--ngay", ngay, cwd=kho)["tong"]
    decided = sum(tong[key] for key in ("qd_ban_hanh", "qd_sua_doi", "qd_thay_the", "qd_bai_bo"))
    assert (tong["duyet_danh_muc"], tong["duyet_noi_dung"], tong["hieu_luc"], decided) == expected


def test_a_lapsed_procedure_is_not_overdue(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "quy-trinh/a.yaml": CV,
        "quy-trinh/b.yaml": CV.replace("văn bản đến", "đơn"),
        "quyet-dinh/bai-bo.yaml": ABOLISHING,
        "tong-hop.yaml": "phien_ban: 1\nhan_danh_muc: 2026-05-01\n",
    }
    kho = make_kho(tmp_path, files)
    assert rolled_up("--ngay", "2026-07-01", cwd=kho)["tong"]["qua_han_danh_muc"] == 1
    assert rolled_up("--ngay", "2026-05-01", cwd=kho)["tong"]["qua_han_danh_muc"] == 0


def test_lt_agencies_hand_over_and_their_papers_count(tmp_path: Path) -> None:
    tong = rolled_up(cwd=make_kho(tmp_path, {"quy-trinh/a.yaml": LT}))["tong"]
    assert (tong["lt"], tong["buoc"], tong["ngay"]) == (1, 2, 2)


def test_agencies_that_must_send_and_have_not_are_named(tmp_path: Path) -> None:
    names = "[Sở  nội vụ thành phố Hà Nội, Sở Y tế]"
    kho = make_kho(tmp_path, {"tong-hop.yaml": f"phien_ban: 1\nphai_gui: {names}\n"})
    document = rolled_up(cwd=kho)
    assert [row["ten"] for row in document["bang"]["chua_gui"]["dong"]] == ["Sở Y tế"]
    assert (document["tong"]["phai_gui"], document["tong"]["chua_gui"]) == (2, 1)


def test_an_agency_that_is_named_twice_must_send_once(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"tong-hop.yaml": "phien_ban: 1\nphai_gui: [Sở Y tế, Sở  y tế, Uỷ ban A, Ủy ban A]\n"})
    document = rolled_up(cwd=kho)
    assert [row["ten"] for row in document["bang"]["chua_gui"]["dong"]] == ["Sở Y tế", "Uỷ ban A"]
    assert document["bang"]["chua_gui"]["tieu_de"] == "Cơ quan chưa có số liệu: 2 trong 2 cơ quan phải gửi"
    assert (document["tong"]["phai_gui"], document["tong"]["chua_gui"]) == (2, 2)


def test_lint_counts_what_lint_finds(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "quy-trinh/a.yaml": CV.replace("thoi_gian: 1 ngày\ncac_buoc", "thoi_gian: 3 ngày\ncac_buoc")
    }
    kho = make_kho(tmp_path, files)
    summary = json.loads(qtnb("lint", "--format", "json", "--no-cache", cwd=kho).out)["summary"]
    tong = rolled_up("--lint", cwd=kho)["tong"]
    assert (tong["loi"], tong["canh_bao"], tong["luu_y"]) == (summary["errors"], summary["warnings"], summary["infos"])
    assert tong["loi"] > 0


def test_progress_tells_rate_and_time_left() -> None:
    from qtnb.progress import progress_line

    assert progress_line(12_000, 30_000, 4.8) == "Đã xử lý 12.000/30.000 tệp, 2.500 tệp/giây, còn khoảng 7 giây…"
    assert progress_line(3_000, 300_000, 10) == "Đã xử lý 3.000/300.000 tệp, 300 tệp/giây, còn khoảng 16 phút 30 giây…"
    assert progress_line(1_200, 0, 3) == "Đã xử lý 1.200 tệp…"


# --- outputs --------------------------------------------------------------------------------------


def run_in(folder: Path, *words: str | Path) -> Run:
    return qtnb("aggregate", *words, "--ngay", "2026-11-22", "--no-cache", cwd=folder)


def test_outputs_are_written_by_ending_and_named(examples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    run = run_in(
        examples, "-o", out / "b.xlsx", "-o", f"csv={out / 'csv'}", "-o", f"parquet={out / 'pq'}", "-o", out / "b.json"
    )
    tables = json.loads((out / "b.json").read_text(encoding="utf-8"))["bang"]
    files = [out / "b.xlsx", *(out / "csv" / f"{key}.csv" for key in tables)]
    files += [*(out / "pq" / f"{key}.parquet" for key in tables), out / "b.json"]
    assert run.out.splitlines()[: len(files)] == [str(path) for path in files]
    assert all(path.stat().st_size for path in files)


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (["-o", "bang.txt"], "Giá trị “bang.txt” của -o không dùng được.", 2),
        (["-o", "a.xlsx", "-o", "a.xlsx"], "“a.xlsx” được nêu hai lần ở -o.", 2),
        (["--format", "xml"], "Không có dạng in “xml”.", 2),
        (["--format", "csv"], "--format csv in một bảng, ở đây có 11 bảng.", 2),
        (["--bang", "la"], "Không có bảng “la”.", 2),
        (["--ngay", "22/11/2026"], "Ngày “22/11/2026” không đúng dạng.", 2),
        (
            ["--tu-ngay", "2026-11-23", "--ngay", "2026-11-22"],
            "Kỳ thống kê bắt đầu ngày 23/11/2026, sau ngày 22/11/2026 là ngày tính số liệu.",
            2,
        ),
        (["-o", "khong/a.xlsx"], "Không có thư mục “khong” để ghi “a.xlsx”.", 3),
        (["--summary", "khong/a.json"], "Không có thư mục “khong” để ghi “a.json”.", 3),
        (["--summary", "a.yaml"], "Tệp tổng hợp “a.yaml” không có đuôi .json.", 2),
        (["--summary", "a.json", "-o", "a.json"], "“a.json” được nêu cả ở -o và --summary.", 2),
        (["khong-co"], "Không đọc được đường dẫn khong-co.", 3),
        (["khong-co.json"], "Không đọc được đường dẫn khong-co.json.", 3),
        (["--cluster", "tcp://127.0.0.1:9"], "Không kết nối được với cụm Dask tại “tcp://127.0.0.1:9”.", 3),
    ],
)
def test_wrong_use_is_told_in_one_sentence(tmp_path: Path, words: list[str], message: str, code: int) -> None:
    run = qtnb("aggregate", *words, cwd=make_kho(tmp_path))
    assert run.err.splitlines()[0] == f"qtnb: {message}"
    assert (run.code, run.out) == (code, "")


@pytest.mark.parametrize(
    ("ten", "cell"),
    [
        ('\'=HYPERLINK("http://x","y")\'', '\'=HYPERLINK("http://x","y")'),
        ("+1+1", "'+1+1"),
        ('"-2+3"', "'-2+3"),
        ('"@SUM(A1)"', "'@SUM(A1)"),
        ('"\\t=1+1"', "'\t'=1+1"),
        ('"Sở A; =1+1"', "Sở A;' =1+1"),
        ("Sở Bình thường", "Sở Bình thường"),
    ],
)
def test_hostile_cells_are_inert_in_csv(tmp_path: Path, ten: str, cell: str) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": KHO.replace("Sở Nội vụ thành phố Hà Nội", ten)})
    run = qtnb("aggregate", "--format", "csv", "--bang", "so_luong", cwd=kho)
    (row,) = csv.DictReader(io.StringIO(run.out, newline=""))
    assert row["ten"].strip() == cell


def test_markup_in_names_prints_as_it_stands(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"qtnb.yaml": KHO.replace("Sở Nội vụ thành phố Hà Nội", "Sở [bold]Lạ[/]")})
    run = qtnb("aggregate", cwd=kho)
    assert "Sở [bold]Lạ[/]" in run.out


# --- the register ---------------------------------------------------------------------------------


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    """A kho whose one procedure was approved by name and content on 10/3/2026."""
    decision = QD.replace("danh_muc", "danh_muc_va_noi_dung") + "hieu_luc: 2026-04-01\n"
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV, "quyet-dinh/duyet.yaml": decision})
    assert qtnb("number", cwd=kho).code == 0
    run = qtnb("approve", "duyet", "--so", "5", "--ngay", "2026-03-10", cwd=kho)
    assert run.code == 0, run.out + run.err
    return kho


def test_the_register_tells_what_each_decision_approved(approved: Path) -> None:
    # A procedure written after the decision on all of them is not approved by it.
    (approved / "quy-trinh" / "b.yaml").write_text(CV.replace("văn bản đến", "đơn thư"), encoding="utf-8")
    keys = ("quy_trinh", "duyet_danh_muc", "duyet_noi_dung", "hieu_luc", "qd_ban_hanh", "qt_ban_hanh")
    for ngay, expected in {
        "2026-03-09": (2, 0, 0, 0, 0, 0),
        "2026-03-10": (2, 1, 1, 0, 1, 1),
        "2026-04-01": (2, 1, 1, 1, 1, 1),
    }.items():
        tong = rolled_up("--ngay", ngay, cwd=approved)["tong"]
        assert tuple(tong[key] for key in keys) == expected, ngay


def test_findings_about_the_register_are_those_of_validate(approved: Path) -> None:
    path = approved / "quy-trinh" / "a.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("so_luong: 01 bộ", "so_luong: 02 bộ"), encoding="utf-8")
    validated = json.loads(qtnb("validate", "--format", "json", cwd=approved).out)
    told = rolled_up(cwd=approved)
    assert told["findings"] == validated["findings"] != []
    assert told["summary"] == validated["summary"]


def test_a_change_of_the_register_is_seen_through_the_cache(
    approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert qtnb("aggregate", "-q", cwd=approved).code == 0
    register = approved / "so-dang-ky.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("2026-04-01", "2026-05-01"), encoding="utf-8")
    assert qtnb("aggregate", "-q", cwd=approved).code == 1
    register.write_text(register.read_text(encoding="utf-8").replace("2026-05-01", "2026-04-01"), encoding="utf-8")
    assert qtnb("aggregate", "-q", cwd=approved).code == 0
    (snapshot,) = (approved / "da-phe-duyet").iterdir()
    snapshot.write_bytes(snapshot.read_bytes().replace("01 bộ".encode(), "03 bộ".encode()))
    assert qtnb("aggregate", "-q", cwd=approved).code == qtnb("validate", cwd=approved).code
