"""The roll-up of kho with registers: every figure counted again from the register as a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit import ROOT, qtnb
from register_kho import approve, replace_in
from test_aggregate import PLAN, assert_counted_again, rolled_up


def decision(keys: dict[str, str]) -> str:
    return "loai: QD\n" + "".join(f"{key}: {value}\n" for key, value in keys.items())


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three agencies: two with registers, the third without; approvals, amendments, lapses now and to come."""
    folder = tmp_path_factory.mktemp("registered") / "thanh-pho"
    words = [sys.executable, str(ROOT / "bench" / "city.py"), str(folder), "--agencies", "3", "--count", "12"]
    subprocess.run(words, check=True, capture_output=True)
    (folder / "tong-hop.yaml").write_text(PLAN, encoding="utf-8")
    for number, kho_file in enumerate(sorted(folder.rglob("qtnb.yaml"))):
        enter_decisions(kho_file.parent, number)
    return folder


def enter_decisions(kho: Path, number: int) -> None:
    """Decisions of every form, entered in the first two kho and only written in the third."""
    for path in (kho / "quyet-dinh").iterdir():
        path.unlink()
    paths = [
        path for path in sorted((kho / "quy-trinh").rglob("*.yaml"))
        if "loai: CV" in (text := path.read_text(encoding="utf-8")) and "chua_co_noi_dung" not in text
    ]  # fmt: skip
    keys = [path.stem for path in paths]
    name, content, both = ({"phe_duyet": what} for what in ("danh_muc", "noi_dung", "danh_muc_va_noi_dung"))
    amending, replacing, abolishing = ({"hinh_thuc": form} for form in ("sua_doi_bo_sung", "thay_the", "bai_bo"))
    later = {"hieu_luc": f"2026-{12 if number else '07'}-01"}
    told = [
        ("danh-muc", "2026-02-01", name | {"quy_trinh": "tat_ca"}),
        ("lien-thong", "2026-02-10", both | {"quy_trinh": "tat_ca", "pham_vi_lien_thong": "true"}),
        ("noi-dung", "2026-03-15", content | {"quy_trinh": listed(keys[:5]), "hieu_luc": "2026-04-01"}),
        ("sua-doi", "2026-05-10", amending | content | {"quy_trinh": listed(keys[:1])}),
        ("thay-the", "2026-06-01", replacing | both | later
         | {"quy_trinh": listed(keys[5:6]), "bi_thay_the": listed(keys[1:2])}),
        ("bai-bo", "2026-08-01", abolishing | name | {"quy_trinh": listed(keys[2:3])}),
        ("bo-noi-dung", "2026-09-01", name
         | {"quy_trinh": listed(keys[3:4]), "bai_bo_quyet_dinh": "[noi-dung]", "hieu_luc": "2026-10-01"}),
    ]  # fmt: skip
    entered = number < 2
    assert not entered or qtnb("number", cwd=kho).code == 0
    for so, (key, ngay, said) in enumerate(told, start=1):
        signed = {} if entered else {"so": f'"{so}"', "ngay": ngay}
        (kho / "quyet-dinh" / f"{key}.yaml").write_text(decision(said | signed), encoding="utf-8")
        if key == "sua-doi":
            replace_in(paths[0], "muc_dich: ", "muc_dich: Thống nhất cách làm. ")
        if entered:
            approve(kho, key, so, ngay)
    if not entered:
        again = name | {"quy_trinh": listed(keys[:4]), "bai_bo_quyet_dinh": "[danh-muc]"}
        signed = {"so": '"9"', "ngay": "2026-10-10"}
        (kho / "quyet-dinh" / "lai.yaml").write_text(decision(again | signed), encoding="utf-8")
    if number == 1:
        paths[2].unlink()
    # After all that is signed comes what nobody has approved: a decision and a procedure.
    draft = content | {"quy_trinh": listed(keys[4:5])}
    (kho / "quyet-dinh" / "du-thao.yaml").write_text(decision(draft), encoding="utf-8")
    text = paths[3].read_text(encoding="utf-8")
    new = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("ky_hieu:"))
    paths[3].with_name("moi.yaml").write_text(new.replace("ten: ", "ten: Rà soát việc ", 1), encoding="utf-8")


def listed(keys: list[str]) -> str:
    return f"[{', '.join(keys)}]"


def test_every_figure_is_counted_again_from_the_registers(registered: Path) -> None:
    assert_counted_again(registered)


def test_the_kho_have_something_to_count_in_every_figure_of_approval(registered: Path) -> None:
    tong = rolled_up(registered, cwd=registered)["tong"]
    forms = ("ban_hanh", "sua_doi", "thay_the")
    figures = ["duyet_danh_muc", "duyet_noi_dung", "hieu_luc", "qua_han_danh_muc", "qua_han_noi_dung", "qd_bai_bo"]
    figures += [f"{what}_{form}" for what in ("qd", "qt") for form in forms]
    assert [key for key in (*figures, "qt_het") if not tong[key]] == []


@pytest.mark.parametrize("ngay", ["2026-03-20", "2026-06-15", "2026-07-01", "2026-08-31", "2027-01-01"])
def test_every_figure_is_counted_again_on_other_days(registered: Path, ngay: str) -> None:
    assert_counted_again(registered, ngay)


def test_their_summaries_add_up_to_the_same(registered: Path) -> None:
    whole = rolled_up(registered, cwd=registered.parent)
    for name in ("mot", "hai"):
        again = [str(registered)] if name == "mot" else ["mot.json"]
        run = qtnb("aggregate", *again, "--summary", f"{name}.json", "-q", cwd=registered.parent)
        assert run.out.splitlines()[0] == f"{name}.json"
        plan = ("--ke-hoach", str(registered / "tong-hop.yaml"))
        assert rolled_up(f"{name}.json", *plan, cwd=registered.parent) == whole
