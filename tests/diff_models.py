"""Procedures for the tests of comparing: from YAML, and any at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kit import CV, KHO
from qtnb.diff.changes import Change, ListChange
from qtnb.diff.kho import State
from qtnb.diff.parts import Part, Value
from qtnb.model import QuyTrinhCV, QuyTrinhLT, cau_hinh_from, quy_trinh_from
from qtnb.schema import number_keys
from qtnb.source import FileName, read_source

AnyQuyTrinh = QuyTrinhCV | QuyTrinhLT
SETTINGS = cau_hinh_from(read_source(FileName(Path("q"), "q", "q"), KHO.encode(), number_keys()).data)


def procedure(text: str = CV, tep: str = "quy-trinh/a.yaml") -> AnyQuyTrinh:
    """The procedure in a YAML text."""
    source = read_source(FileName(Path(tep), tep, tep), text.encode(), number_keys())
    assert not source.broken, source.findings
    return quy_trinh_from(tep, source.data)


def cv(*steps: str, head: str = CV, tep: str = "quy-trinh/a.yaml") -> AnyQuyTrinh:
    """A CV with ``steps``, each ``task`` or ``task; key: value; …``."""
    lines = []
    for step in steps:
        task, *values = step.split("; ")
        lines += [f"  - trinh_tu: {task}", *(f"    {value}" for value in ["chu_tri: Văn phòng Sở", *values])]
    before, rest = head.split("cac_buoc:\n")
    return procedure(f"{before}cac_buoc:\n" + "\n".join(lines) + f"\nbieu_mau:{rest.split('bieu_mau:')[1]}", tep)


def state(*items: AnyQuyTrinh, ten: str = "bản") -> State:
    """A state with these procedures and nothing else."""
    return State(ten, SETTINGS, items, ())


# --- any procedure --------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["ký", "trình", "vào sổ", "kiểm tra hồ sơ", "thẩm định dự thảo", "Lãnh đạo Sở", "- mục", "a  b"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.lists(WORDS, min_size=2, max_size=3).map("\n".join)
MAYBE = st.just("") | TEXTS
TIMES = st.sampled_from(["", "1 ngày", "2 ngày làm việc", "0,5", "1 - 2 ngày", "Trong ngày", "2 giờ", "1 tuần"])
PAPERS = st.lists(
    st.fixed_dictionaries({"ten": TEXTS}, optional={"ban_chinh": st.booleans(), "ban_sao": st.booleans()}), max_size=3
)


def _step(task: str, doer: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {task: TEXTS, doer: TEXTS},
        optional={
            "thoi_gian": TIMES,
            "ket_qua": MAYBE,
            "giai_doan": st.sampled_from(["", "Một", "Hai"]),
            "song_song": st.booleans(),
            "quay_lai": st.fixed_dictionaries({"buoc": st.integers(1, 5)}, optional={"khi": TEXTS}),
            "khong_tinh_thoi_gian": st.booleans(),
            **({"phoi_hop": st.lists(TEXTS, max_size=2) | TEXTS} if task == "trinh_tu" else {}),
        },
    )


_COMMON: dict[str, st.SearchStrategy[Any]] = {
    "ten": TEXTS,
    "muc_dich": TEXTS,
    "pham_vi": TEXTS,
    "thoi_gian": TIMES,
}
_OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    "ky_hieu": st.just(""),
    "linh_vuc": st.sampled_from(["", "Văn thư", "Đất đai"]),
    "ghi_chu": MAYBE,
    "thu_tu": st.integers(0, 9),
}
CV_DATA = st.fixed_dictionaries(
    {
        "loai": st.just("CV"),
        **_COMMON,
        "can_cu_phap_ly": st.lists(TEXTS, max_size=4),
        "tai_lieu": PAPERS,
        "so_luong": TEXTS,
        "cac_buoc": st.lists(_step("trinh_tu", "chu_tri"), min_size=1, max_size=6),
        "bieu_mau": st.lists(TEXTS, max_size=3),
    },
    optional=_OPTIONAL,
)
_AGENCY = st.fixed_dictionaries(
    {"ten": TEXTS, "cac_buoc": st.lists(_step("noi_dung", "thuc_hien"), min_size=1, max_size=4)},
    optional={"pham_vi": TEXTS, "tai_lieu": PAPERS, "thoi_gian": TIMES, "ket_qua": TEXTS, "luan_chuyen": TEXTS},
)
LT_DATA = st.fixed_dictionaries(
    {"loai": st.just("LT"), **_COMMON, "co_quan": st.lists(_AGENCY, min_size=2, max_size=4)}, optional=_OPTIONAL
)
DATA = CV_DATA | LT_DATA


@st.composite
def versions(draw: st.DrawFn) -> tuple[AnyQuyTrinh, AnyQuyTrinh]:
    """Two versions of one procedure: two of one kind, whose lists often have rows in common."""
    data = draw(DATA)
    other = draw(CV_DATA if data["loai"] == "CV" else LT_DATA)
    for key in data.keys() & other.keys():
        if draw(st.booleans()):
            other[key] = _mixed(draw, data[key], other[key]) if isinstance(data[key], list) else data[key]
    return quy_trinh_from("quy-trinh/a.yaml", data), quy_trinh_from("quy-trinh/a.yaml", other)


def _mixed(draw: st.DrawFn, old: list[Any], new: list[Any]) -> list[Any]:
    kept = draw(st.lists(st.sampled_from([*old, *new]), min_size=1, max_size=6)) if old or new else []
    return kept if draw(st.booleans()) else draw(st.permutations(old or kept))


KEYS = st.sampled_from("abcdefgh")


@st.composite
def states(draw: st.DrawFn, ten: str) -> State:
    """A state of few procedures, each with a key of its own."""
    items = {
        key: quy_trinh_from(f"quy-trinh/{key}.yaml", draw(DATA) | {"ky_hieu": draw(st.sampled_from(["", f"CV-0{n}"]))})
        for n, key in enumerate(draw(st.sets(KEYS, max_size=4)))
    }
    return State(ten, SETTINGS, tuple(items.values()), ())


# --- changes applied ------------------------------------------------------------------------------


def applied(part: Part, changes: Sequence[Change]) -> Part:
    """``part`` with the changes made, from what they tell alone."""
    by_key = {change.key: change for change in changes}
    return Part(tuple((key, _value(value, by_key.get(key))) for key, value in part.fields))


def _value(value: Value, change: Change | None) -> Value:
    if change is None:
        return value
    if isinstance(change, ListChange):
        assert not isinstance(value, str)
        return tuple(_rows(value, change))
    assert value == change.old
    return change.new


def _rows(old: Sequence[Part], change: ListChange) -> Iterable[Part]:
    new: dict[int, Part] = {}
    for row in change.rows:
        if row.new_place is None:
            continue
        if row.old_place is None:
            assert row.new is not None
            new[row.new_place] = row.new
        else:
            new[row.new_place] = applied(old[row.old_place], row.changes)
    touched = {row.old_place for row in change.rows}
    rest = iter([row for place, row in enumerate(old) if place not in touched])
    assert len(old) == change.old_count
    return [new[place] if place in new else next(rest) for place in range(change.new_count)]
