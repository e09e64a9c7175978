"""How what differs from the approved version is told: every kind of field, in words, with its place."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qtnb.schema import SchemaName, fits
from qtnb.so_dang_ky.differences import differences
from qtnb.so_dang_ky.telling import told

CV: dict[str, Any] = {
    "loai": "CV",
    "ky_hieu": "CV-01",
    "ten": "Tiếp nhận văn bản",
    "muc_dich": "Quy định về trình tự và cách thức tiếp nhận, đăng ký, phân phối văn bản đến của cơ quan",
    "pham_vi": "Áp dụng với Văn phòng",
    "can_cu_phap_ly": ["Luật A", "Luật B", "Luật C"],
    "tai_lieu": [{"ten": "Đơn", "ban_chinh": True}, {"ten": "Sổ", "ban_sao": True}],
    "so_luong": "01 bộ",
    "thoi_gian": "1 ngày",
    "cac_buoc": [
        {"trinh_tu": "Vào sổ", "chu_tri": "Văn phòng", "phoi_hop": "Phòng A"},
        {
            "trinh_tu": "Xử lý",
            "chu_tri": "Phòng A",
            "phoi_hop": ["Phòng B", "Phòng C"],
            "quay_lai": {"buoc": 1, "khi": "sai"},
            "song_song": True,
            "ket_qua": "Dự thảo",
        },
        {"trinh_tu": "Ký", "chu_tri": "Lãnh đạo"},
    ],
    "bieu_mau": [],
}
LT: dict[str, Any] = {
    "loai": "LT",
    "ky_hieu": "LT-01",
    "ten": "Trình văn bản",
    "muc_dich": "Quy định việc trình",
    "pham_vi": "Áp dụng giữa các cơ quan",
    "thoi_gian": "2 ngày",
    "co_quan": [
        {
            "ten": "Sở Nội vụ",
            "tai_lieu": [{"ten": "Tờ trình", "ban_chinh": True}],
            "thoi_gian": "1 ngày",
            "cac_buoc": [{"noi_dung": "Soạn", "thuc_hien": "Văn thư"}, {"noi_dung": "Ký", "thuc_hien": "Lãnh đạo"}],
        },
        {"ten": "Văn phòng", "cac_buoc": [{"noi_dung": "Nhận", "thuc_hien": "Văn thư"}]},
    ],
}
QD: dict[str, Any] = {
    "loai": "QD",
    "phe_duyet": "danh_muc",
    "hinh_thuc": "thay_the",
    "quy_trinh": ["den", "di"],
    "bi_thay_the": ["hop", {"quy_trinh": "xe", "boi": "den"}],
    "bang_so_sanh": True,
    "co_quan_ban_hanh": {
        "ten": "Ủy ban nhân dân thành phố",
        "ten_ban_hanh": ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ"],
        "viet_tat": "UBND",
        "cap": "tinh",
        "dia_danh": "Hà Nội",
        "nguoi_dung_dau": "Chủ tịch",
    },
    "dieu": ["Điều thứ nhất", "Điều thứ hai"],
    "ky": {"quyen_han": "KT. GIÁM ĐỐC", "chuc_vu": "PHÓ GIÁM ĐỐC"},
}
GONE = object()


def changed(data: dict[str, Any], at: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    new = copy.deepcopy(data)
    holder: Any = new
    for step in at[:-1]:
        holder = holder[step]
    if value is GONE:
        del holder[at[-1]]
    elif isinstance(holder, list) and at[-1] == len(holder):
        holder.append(value)
    else:
        holder[at[-1]] = value
    return new


def all_told(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [told(difference, old, new) for difference in differences(old, new)]


STEPS, PAPERS = CV["cac_buoc"], CV["tai_lieu"]
WORDS = [
    (CV, ("thoi_gian",), "2 ngày", "“Thời gian xử lý công việc” trong bản đã phê duyệt là “1 ngày”, nay là “2 ngày”"),
    (CV, ("so_luong",), GONE, "“Số lượng” trong bản đã phê duyệt là “01 bộ”, nay không còn"),
    (CV, ("linh_vuc",), "Văn thư", "“Lĩnh vực” không có trong bản đã phê duyệt, nay là “Văn thư”"),
    (
        CV,
        ("muc_dich",),
        CV["muc_dich"].replace("của cơ quan", "của Sở"),
        "“Mục đích” trong bản đã phê duyệt là “…phối văn bản đến của cơ quan”, nay là “…phối văn bản đến của Sở”",
    ),
    (CV, ("can_cu_phap_ly", 1), GONE, "mục 2 của “Căn cứ pháp lý” trong bản đã phê duyệt bị xóa: “Luật B”"),
    (CV, ("can_cu_phap_ly", 3), "Luật D", "mục 4 của “Căn cứ pháp lý” được thêm: “Luật D”"),
    (
        CV,
        ("can_cu_phap_ly", 0),
        "Luật E",
        "mục 1 của “Căn cứ pháp lý” trong bản đã phê duyệt là “Luật A”, nay là “Luật E”",
    ),
    (
        CV,
        ("can_cu_phap_ly",),
        ["Luật C", "Luật A", "Luật B"],
        (
            "thứ tự của “Căn cứ pháp lý” trong bản đã phê duyệt là “Luật A; Luật B; Luật C”, "
            "nay là “Luật C; Luật A; Luật B”"
        ),
    ),
    (
        CV,
        ("tai_lieu",),
        [],
        (
            "“Các tài liệu phục vụ giải quyết công việc” trong bản đã phê duyệt là “Đơn (bản chính); Sổ (bản sao)”, "
            "nay không còn"
        ),
    ),
    (
        CV,
        ("tai_lieu", 2),
        {"ten": "Biên bản", "ban_chinh": True, "ban_sao": True},
        "mục 3 của “Các tài liệu phục vụ giải quyết công việc” được thêm: “Biên bản (bản chính, bản sao)”",
    ),
    (
        CV,
        ("tai_lieu", 1),
        {"ten": "Sổ", "ban_chinh": True, "ban_sao": True},
        (
            "“Bản chính” của mục 2 của “Các tài liệu phục vụ giải quyết công việc” trong bản đã phê duyệt là “không”, "
            "nay là “có”"
        ),
    ),
    (CV, ("cac_buoc", 1), GONE, "bước B2 trong bản đã phê duyệt bị xóa: “Xử lý”"),
    (CV, ("cac_buoc", 3), {"trinh_tu": "Gửi", "chu_tri": "Văn thư"}, "bước B4 được thêm: “Gửi”"),
    (
        CV,
        ("cac_buoc",),
        [STEPS[0], STEPS[2], STEPS[1]],
        (
            "thứ tự của “Quy trình xử lý công việc” trong bản đã phê duyệt là “Vào sổ; Xử lý; Ký”, "
            "nay là “Vào sổ; Ký; Xử lý”"
        ),
    ),
    (
        CV,
        ("cac_buoc", 0, "phoi_hop"),
        ["Phòng A", "Phòng B"],
        "“Đơn vị phối hợp” của B1 trong bản đã phê duyệt là “Phòng A”, nay là “Phòng A; Phòng B”",
    ),
    (
        CV,
        ("cac_buoc", 1, "song_song"),
        GONE,
        "“Làm song song” của B2 trong bản đã phê duyệt là “có”, nay là “không”",
    ),
    (
        CV,
        ("cac_buoc", 1, "quay_lai", "buoc"),
        2,
        "“Quay lại bước số” của “Quay lại” của B2 trong bản đã phê duyệt là “1”, nay là “2”",
    ),
    (
        CV,
        ("cac_buoc", 1, "quay_lai"),
        GONE,
        "“Quay lại” của B2 trong bản đã phê duyệt là “quay lại bước số: 1, khi nào: sai”, nay không còn",
    ),
    (
        LT,
        ("co_quan", 0, "thoi_gian"),
        "3 ngày",
        "“Thời gian xử lý công việc” tại cơ quan “Sở Nội vụ” trong bản đã phê duyệt là “1 ngày”, nay là “3 ngày”",
    ),
    (
        LT,
        ("co_quan", 0, "ten"),
        "Sở Tư pháp",
        "“Tên cơ quan” của cơ quan thứ 1 trong bản đã phê duyệt là “Sở Nội vụ”, nay là “Sở Tư pháp”",
    ),
    (
        LT,
        ("co_quan", 0, "cac_buoc", 1, "thuc_hien"),
        "Giám đốc",
        (
            "“Đơn vị/người thực hiện” của B2 tại cơ quan “Sở Nội vụ” trong bản đã phê duyệt là “Lãnh đạo”, "
            "nay là “Giám đốc”"
        ),
    ),
    (LT, ("co_quan", 0, "cac_buoc", 1), GONE, "bước B2 tại cơ quan “Sở Nội vụ” trong bản đã phê duyệt bị xóa: “Ký”"),
    (LT, ("co_quan", 1), GONE, "cơ quan “Văn phòng” trong bản đã phê duyệt bị xóa"),
    (QD, ("quy_trinh",), "tat_ca", "“Các quy trình” trong bản đã phê duyệt là “den; di”, nay là “tat_ca”"),
    (
        QD,
        ("bi_thay_the",),
        ["hop"],
        "mục 2 của “Quy trình bị thay thế” trong bản đã phê duyệt bị xóa: “xe (được thay thế bằng: den)”",
    ),
    (
        QD,
        ("bang_so_sanh",),
        None,
        "“Bảng so sánh” trong bản đã phê duyệt là “có”, nay là “không”",
    ),
    (
        QD,
        ("ky",),
        GONE,
        "“Người ký” trong bản đã phê duyệt là “quyền hạn: KT. GIÁM ĐỐC, chức vụ: PHÓ GIÁM ĐỐC”, nay không còn",
    ),
    (
        QD,
        ("co_quan_ban_hanh", "ten_ban_hanh"),
        "UBND",
        (
            "“Tên ở đầu văn bản” của “Cơ quan ban hành” trong bản đã phê duyệt là “ỦY BAN NHÂN DÂN; THÀNH PHỐ”, "
            "nay là “UBND”"
        ),
    ),
]


@pytest.mark.parametrize(
    ("data", "at", "value", "said"),
    WORDS,
    ids=["-".join(map(str, row[1])) + f"-{number}" for number, row in enumerate(WORDS)],
)
def test_a_difference_is_told_in_the_words_of_the_form(
    data: dict[str, Any], at: tuple[str | int, ...], value: Any, said: str
) -> None:
    assert all_told(data, changed(data, at, value)) == [said]


def test_rows_are_found_again_by_their_names_when_others_come_and_go() -> None:
    steps = [STEPS[0], {"trinh_tu": "Gửi", "chu_tri": "Văn thư"}, {**STEPS[2], "chu_tri": "Giám đốc"}]
    assert all_told(CV, {**CV, "cac_buoc": steps}) == [
        "bước B2 trong bản đã phê duyệt bị xóa: “Xử lý”",
        "bước B2 được thêm: “Gửi”",
        "“Đơn vị chủ trì” của B3 trong bản đã phê duyệt là “Lãnh đạo”, nay là “Giám đốc”",
    ]


@pytest.mark.parametrize(
    "same",
    [
        changed(CV, ("cac_buoc", 0, "phoi_hop"), ["Phòng A"]),
        changed(CV, ("so_luong",), " 01 bộ\n"),
        changed(CV, ("tai_lieu", 0), {"ten": "Đơn", "ban_chinh": True, "ban_sao": False}),
        {**CV, "thu_tu": 3, "ly_do": "Bớt việc", "x-rieng": {"a": 1}},
        dict(reversed(CV.items())),
    ],
    ids=["a list of one", "spaces", "no said aloud", "what is not printed", "order of keys"],
)
def test_what_says_the_same_is_no_difference(same: dict[str, Any]) -> None:
    assert all_told(CV, same) == []


def values(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    entries: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in entries:
        yield from values(part, (*at, key))


SCHEMAS = {"CV": SchemaName.CV, "LT": SchemaName.LT, "QD": SchemaName.QD}
PYTHON = re.compile(r"[{}\[\]]|\bTrue\b|\bFalse\b|\bNone\b|'")


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_value_of_any_field_is_told_as_python_spells_it(given_data: st.DataObject) -> None:
    whole = given_data.draw(st.sampled_from([CV, LT, QD]))
    at = given_data.draw(st.sampled_from(sorted(values(whole), key=str)))
    other = given_data.draw(st.sampled_from(list(values(whole))))
    part: Any = whole
    for step in other:
        part = part[step]
    new = changed(whole, at, given_data.draw(st.sampled_from([GONE, None, "chữ khác", 7, True, "dài " * 40, part])))
    if not fits(SCHEMAS[whole["loai"]], new) or not fits(SCHEMAS[whole["loai"]], whole):
        return
    for old_data, new_data in ((whole, new), (new, whole)):
        for said in all_told(old_data, new_data):
            assert PYTHON.search(said) is None, said
            assert len(said) < 330, said
            assert "\n" not in said
