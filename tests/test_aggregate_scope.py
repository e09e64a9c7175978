"""What a folder of a roll-up means: kho and summaries at any depth, and nothing in it is passed over in silence."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from kit import CV, KHO, make_kho, qtnb

FILES: dict[str, str | bytes] = {"quy-trinh/a.yaml": CV}


def kho(folder: Path, ten: str) -> Path:
    return make_kho(folder, {"qtnb.yaml": KHO.replace("Sở Nội vụ thành phố Hà Nội", ten), **FILES})


def told(*words: str, cwd: Path) -> dict[str, Any]:
    run = qtnb("aggregate", *words, "--format", "json", "--ngay", "2026-11-22", "--no-cache", cwd=cwd)
    assert run.err == ""
    document: dict[str, Any] = json.loads(run.out)
    return document


def places(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(item["path"], item["rule"], item["severity"]) for item in document["findings"]]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A folder with two kho at different depths, and beside it the summary of a third."""
    kho(tmp_path / "tp" / "so" / "noi-vu", "Sở Nội vụ")
    kho(tmp_path / "tp" / "xa" / "bac" / "mau", "Ủy ban nhân dân xã Mẫu")
    kho(tmp_path / "rieng", "Sở Y tế")
    run = qtnb("aggregate", "rieng", "--summary", "rieng.json", "-q", "--ngay", "2026-11-22", cwd=tmp_path)
    assert (run.code, run.out) == (0, "rieng.json\n")
    return tmp_path


def test_nothing_is_told_of_a_folder_of_whole_kho(city: Path) -> None:
    document = told("tp", cwd=city)
    assert (document["tong"]["kho"], document["findings"]) == (2, [])


def test_a_summary_beside_kho_is_told_and_not_counted(city: Path) -> None:
    shutil.copy(city / "rieng.json", city / "tp" / "xa" / "y-te.json")
    run = qtnb("aggregate", "tp", "-q", "--bang", "cap", cwd=city)
    assert run.out.splitlines()[-1] == (
        "tp/xa/y-te.json:1:1: cảnh báo: Tệp tổng hợp này nằm cạnh các kho nên không được tính. [summary-unused]"
    )
    assert told("tp", cwd=city)["tong"]["kho"] == 2


def test_a_summary_beside_kho_is_counted_where_it_is_named(city: Path) -> None:
    shutil.copy(city / "rieng.json", city / "tp" / "xa" / "y-te.json")
    document = told("tp", "tp/xa/y-te.json", cwd=city)
    assert (document["tong"]["kho"], document["findings"]) == (3, [])


def test_a_summary_that_was_laid_out_anew_is_told_too(city: Path) -> None:
    data = json.loads((city / "rieng.json").read_text(encoding="utf-8"))
    (city / "tp" / "in-lai.json").write_text(json.dumps(data, indent=2), encoding="utf-8")
    assert places(told("tp", cwd=city)) == [("tp/in-lai.json", "summary-unused", "warning")]


def test_other_json_beside_kho_and_summaries_in_a_kho_are_nobodys_business(city: Path) -> None:
    (city / "tp" / "khac.json").write_text('{"loai": "khac"}\n', encoding="utf-8")
    shutil.copy(city / "rieng.json", city / "tp" / "so" / "noi-vu" / "cu.json")
    (city / "tp" / ".git").mkdir()
    shutil.copy(city / "rieng.json", city / "tp" / ".git" / "an.json")
    assert told("tp", cwd=city)["findings"] == []


def test_summaries_are_found_at_any_depth(city: Path) -> None:
    for folder in ("nhan", "nhan/so", "nhan/xa/bac"):
        (city / folder).mkdir(parents=True)
    shutil.copy(city / "rieng.json", city / "nhan" / "y-te.json")
    for name, place in (("tp/so", "nhan/so/so.json"), ("tp/xa", "nhan/xa/bac/xa.json")):
        qtnb("aggregate", name, "--summary", place, "-q", cwd=city)
    assert told("nhan", cwd=city) == told("tp", "rieng", cwd=city)


@pytest.mark.parametrize("folder", ["quy-trinh", "quyet-dinh"])
def test_a_kho_that_lost_its_settings_is_told(city: Path, folder: str) -> None:
    place = city / "tp" / "xa" / "mat"
    (place / folder / "sau").mkdir(parents=True)
    (place / folder / "sau" / "a.yaml").write_text(CV, encoding="utf-8")
    run = qtnb("aggregate", "tp", "-q", "--bang", "cap", cwd=city)
    assert run.out.splitlines()[-1] == (
        f"tp/xa/mat/qtnb.yaml:1:1: lỗi: Thư mục này có {folder}/ nhưng không có qtnb.yaml, nên không được tính. "
        "[kho-file-missing]"
    )
    assert run.code == 1
    (place / folder / "sau" / "a.yaml").unlink()
    assert told("tp", cwd=city)["findings"] == []


def test_a_link_to_a_kho_elsewhere_is_told(city: Path) -> None:
    (city / "tp" / "y-te").symlink_to(city / "rieng")
    document = told("tp", cwd=city)
    assert (document["tong"]["kho"], places(document)) == (2, [("tp/y-te", "symlink", "error")])
    assert told("tp", "rieng", cwd=city)["findings"] == []


def test_a_link_to_what_is_counted_anyway_is_not(city: Path) -> None:
    (city / "tp" / "moi-nhat").symlink_to(city / "tp" / "so")
    (city / "tp" / "xa" / "vong").symlink_to(city / "tp")
    assert told("tp", cwd=city)["findings"] == []


def test_a_folder_that_cannot_be_opened_is_told(city: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may open every folder")
    shut = city / "tp" / "xa" / "kin"
    shut.mkdir(mode=0o000)
    run = qtnb("aggregate", "tp", "-q", "--bang", "cap", "--no-cache", cwd=city)
    shut.chmod(0o755)
    assert run.out.splitlines()[-1] == (
        "tp/xa/kin:1:1: lỗi: Không mở được thư mục này, nên không biết trong đó có kho nào. [unreadable]"
    )
    assert run.code == 1


def test_what_two_paths_lead_to_is_told_once(city: Path) -> None:
    shutil.copy(city / "rieng.json", city / "tp" / "xa" / "y-te.json")
    rules = [rule for _, rule, _ in places(told("tp", "tp/xa", cwd=city))]
    assert sorted(rules) == ["kho-twice", "summary-unused"]
