"""Where decisions put procedures: lapses that are to come, decisions that are abolished, and forged ones."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import CV, QD, make_kho
from qtnb.aggregate.facts import STANDS, Approval, ViecDuyet
from qtnb.aggregate.standing import NOT_APPROVED, Standing, standings
from test_aggregate import rolled_up

NAMES, CONTENT, LAPSE = ViecDuyet.DANH_MUC, ViecDuyet.NOI_DUNG, ViecDuyet.HET
STATES = ("duyet_danh_muc", "duyet_noi_dung", "hieu_luc", "qua_han_noi_dung", "qt_het")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def decision(number: int, signed: str, **keys: str) -> str:
    """A decision on name and content; ``keys`` replace or add what it says."""
    said = {"phe_duyet": "danh_muc_va_noi_dung", "quy_trinh": "[a]"} | keys
    said |= {"so": f'"{number}"', "ngay": f"2026-{signed}"}
    return "loai: QD\n" + "".join(f"{key}: {value}\n" for key, value in said.items())


ABOLISHED = {"1": decision(1, "03-01"), "2": decision(2, "06-01", quy_trinh="[b]", bai_bo_quyet_dinh='["1"]')}
PARTLY = {
    "1": decision(1, "03-01", phe_duyet="danh_muc"),
    "2": decision(2, "04-01", phe_duyet="noi_dung"),
    "3": decision(3, "06-01", quy_trinh="[b]", bai_bo_quyet_dinh='["2"]'),
}
ANEW = {"1": decision(1, "03-01"), "2": decision(2, "06-01", hieu_luc="2026-08-01", bai_bo_quyet_dinh='["1"]')}
LATER = {
    "1": decision(1, "03-01"),
    "2": decision(2, "06-01", hinh_thuc="bai_bo", phe_duyet="danh_muc", hieu_luc="2026-08-01"),
}
REPLACED = {
    "1": decision(1, "03-01"),
    "2": decision(2, "06-01", hinh_thuc="thay_the", quy_trinh="[b]", bi_thay_the="[a]", hieu_luc="2026-08-01"),
}
BEFORE_IT_BEGAN = {
    "1": decision(1, "03-01", hieu_luc="2026-09-01"),
    "2": decision(2, "06-01", hinh_thuc="bai_bo", phe_duyet="danh_muc"),
}


@pytest.mark.parametrize(
    ("decisions", "ngay", "expected"),
    [
        (LATER, "07-31", (1, 1, 1, 0, 1)),
        (LATER, "08-01", (0, 0, 0, 0, 1)),
        (REPLACED, "07-31", (1, 1, 1, 0, 1)),
        (REPLACED, "08-01", (0, 0, 0, 0, 1)),
        (BEFORE_IT_BEGAN, "05-31", (1, 1, 0, 0, 0)),
        (BEFORE_IT_BEGAN, "09-01", (0, 0, 0, 0, 1)),
        (ABOLISHED, "05-31", (1, 1, 1, 0, 0)),
        (ABOLISHED, "06-01", (0, 0, 0, 0, 1)),
        (PARTLY, "05-31", (1, 1, 1, 0, 0)),
        (PARTLY, "06-01", (1, 0, 0, 1, 0)),
        (ANEW, "07-31", (1, 1, 1, 0, 0)),
        (ANEW, "08-01", (1, 1, 1, 0, 0)),
    ],
)
def test_a_decision_ends_what_it_ends_from_its_own_day_on(
    tmp_path: Path, decisions: dict[str, str], ngay: str, expected: tuple[int, ...]
) -> None:
    files: dict[str, str | bytes] = {f"quyet-dinh/{key}.yaml": text for key, text in decisions.items()}
    files["tong-hop.yaml"] = "phien_ban: 1\nhan_noi_dung: 2026-05-01\n"
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": f"{CV}linh_vuc: Một\n", **files})
    other = CV.replace("văn bản đến", "đơn")
    (kho / "quy-trinh" / "b.yaml").write_text(f"{other}linh_vuc: Hai\n", encoding="utf-8")
    tables = rolled_up("--ngay", f"2026-{ngay}", cwd=kho)["bang"]
    figures: dict[str, int] = {}
    for key in ("linh_vuc_tien_do", "linh_vuc_thay_doi"):
        figures |= next(row for row in tables[key]["dong"] if row["ten"] == "Một")
    assert tuple(figures[key] for key in STATES) == expected


def test_a_name_that_an_abolished_decision_did_not_give_stands(tmp_path: Path) -> None:
    # tat_ca of a later list: the older one is abolished, and every procedure is in the new one.
    again = QD + 'so: "2"\nngay: 2026-06-01\nbai_bo_quyet_dinh: ["1"]\n'
    files: dict[str, str | bytes] = {
        "quy-trinh/a.yaml": CV,
        "quyet-dinh/1.yaml": QD + 'so: "1"\nngay: 2026-03-01\n',
        "quyet-dinh/2.yaml": again,
    }
    tong = rolled_up("--ngay", "2026-11-22", cwd=make_kho(tmp_path, files))["tong"]
    assert (tong["duyet_danh_muc"], tong["qt_ban_hanh"], tong["qt_het"]) == (1, 1, 0)


days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))
approvals = st.builds(
    lambda viec, ngay, hieu_luc, het: Approval("a", "CV", viec, ngay, hieu_luc, "ban_hanh", het),
    st.sampled_from(ViecDuyet),
    days,
    days,
    st.just(STANDS) | days,
)


@given(st.lists(approvals, max_size=6), days)
def test_what_is_in_force_is_approved_and_what_has_lapsed_is_not(events: list[Approval], ngay: dt.date) -> None:
    standing = standings(events, ngay).get("a", NOT_APPROVED)
    assert standing.noi_dung or not standing.hieu_luc
    assert not (standing.da_het and (standing.danh_muc or standing.noi_dung))


@given(st.lists(approvals, max_size=4), days)
def test_what_is_signed_later_changes_nothing(events: list[Approval], ngay: dt.date) -> None:
    known = [event for event in events if event.ngay <= ngay]
    assert standings(events, ngay) == standings(known, ngay)


def test_the_order_of_entries_does_not_matter() -> None:
    events = [
        Approval("a", "CV", NAMES, day("01-01"), day("01-01"), "ban_hanh"),
        Approval("a", "CV", LAPSE, day("02-01"), day("03-01"), "bai_bo"),
        Approval("a", "CV", CONTENT, day("02-15"), day("02-15"), "ban_hanh"),
    ]
    for order in itertools.permutations(events):
        assert standings(order, day("02-20"))["a"] == Standing(danh_muc=True, noi_dung=True, hieu_luc=True)
        # The lapse was signed before the content was approved anew.
        assert standings(order, day("03-01"))["a"] == Standing(noi_dung=True, hieu_luc=True)
