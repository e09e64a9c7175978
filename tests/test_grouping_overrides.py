"""What ``nhom.yaml`` decides about groups: it holds, its mistakes are told, and the proposal says the same again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grouping_names import CHINH, labelled
from qtnb.grouping.explaining import explain_pair
from qtnb.grouping.grouping import group_procedures
from qtnb.grouping.overrides import NHOM_FILE, Overrides, findings_in, read_overrides
from qtnb.grouping.proposal import proposal_text
from qtnb.grouping.records import Agency, Record
from qtnb.grouping.result import Grouping
from qtnb.grouping.tables import common_table
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, read_source

HK = Agency("Ủy ban nhân dân phường Hoàn Kiếm", "xa", "hk")
BV = Agency("Ủy ban nhân dân xã Ba Vì", "xa", "bv")
SNV = Agency("Sở Nội vụ thành phố Hà Nội", "so", "snv")
CITY = (
    Record(HK, "den", "CV", "Xử lý văn bản đến"),
    Record(BV, "den", "CV", "Tiếp nhận công văn đến"),
    Record(SNV, "den", "CV", "Xử lý văn bản đến"),
    Record(HK, "don", "CV", "Đón đoàn vào"),
    Record(BV, "don", "CV", "Tiếp khách quốc tế"),
    Record(SNV, "don", "CV", "Tiếp khách quốc tế đến làm việc"),
    Record(HK, "lt", "LT", "Đón đoàn vào"),
    Record(SNV, "nhom", "CV", "Họp nhóm"),
)


def source_of(text: str) -> Source:
    return read_source(FileName(Path(NHOM_FILE), NHOM_FILE, NHOM_FILE), text.encode(), number_keys())


def decided(text: str) -> tuple[Overrides, Source]:
    """The decisions in a text, under the head that every file has."""
    source = source_of(f"phien_ban: 1\n{text}")
    overrides, findings = read_overrides(source)
    assert findings == ()
    return overrides, source


def grouped(text: str) -> Grouping:
    overrides, _ = decided(text)
    grouping = group_procedures(CITY, overrides)
    assert grouping.remarks == ()
    return grouping


def shape(grouping: Grouping) -> dict[str, list[str]]:
    return {
        f"{group.ten} ({group.loai})": [f"{member.co_quan.kho}/{member.khoa}" for member in group.thanh_vien]
        for group in grouping.chung
    }


DEN = ["snv/den", "hk/den", "bv/den"]
KHACH = ["snv/don", "bv/don"]


def test_without_decisions_names_alone_decide() -> None:
    assert shape(group_procedures(CITY)) == {"Xử lý văn bản đến (CV)": DEN, "Tiếp khách quốc tế (CV)": KHACH}


def test_a_named_group_has_its_name_and_members_and_others_join_it() -> None:
    grouping = grouped(
        "nhom: [{ten: Đón khách, thanh_vien: [Đón đoàn vào, {co_quan: Ủy ban nhân dân xã Ba Vì, khoa: don}]}]"
    )
    assert shape(grouping) == {
        "Xử lý văn bản đến (CV)": DEN,
        "Đón khách (CV)": ["snv/don", "hk/don", "bv/don"],
    }
    assert [row["ra_soat"] for row in common_table(grouping).rows] == ["x", ""]
    told = explain_pair(grouping, CITY[3], CITY[4])
    assert told.endswith("- Hai quy trình ở chung nhóm do tệp nhom.yaml.\n")
    told = explain_pair(grouping, CITY[3], CITY[5])
    assert told.endswith("- Mỗi quy trình cùng một việc với một thành viên mà tệp nhom.yaml đặt vào nhóm này.\n")


def test_gop_joins_and_keeps_the_name_of_a_named_group() -> None:
    joined = "gop: [{thanh_vien: [Đón đoàn vào, Tiếp khách quốc tế], ly_do: Cùng một việc}]\n"
    assert shape(grouped(joined))["Đón đoàn vào (CV)"] == ["snv/don", "hk/don", "bv/don"]
    named = grouped(f"nhom: [{{ten: Đón khách, thanh_vien: [Tiếp khách quốc tế]}}]\n{joined}")
    assert shape(named)["Đón khách (CV)"] == ["snv/don", "hk/don", "bv/don"]


def test_tach_keeps_apart_what_names_would_join() -> None:
    grouping = grouped("tach: [{thanh_vien: [Xử lý văn bản đến, Tiếp nhận công văn đến]}]")
    assert shape(grouping) == {"Xử lý văn bản đến (CV)": ["snv/den", "hk/den"], "Tiếp khách quốc tế (CV)": KHACH}
    assert [item.record.khoa for item in grouping.rieng if item.record.co_quan == BV] == ["den"]
    told = explain_pair(grouping, CITY[0], CITY[1])
    assert told.endswith("hoặc tệp nhom.yaml tách hai quy trình.\n")


def test_tach_parts_one_procedure_of_a_name_from_the_others() -> None:
    one = "{co_quan: Ủy ban nhân dân phường Hoàn Kiếm, khoa: den}"
    other = "{co_quan: Sở Nội vụ thành phố Hà Nội, ten: XỬ LÝ VĂN BẢN ĐẾN}"
    grouping = grouped(f"tach: [{{thanh_vien: [{one}, {other}]}}]")
    (members,) = (found for name, found in shape(grouping).items() if name.endswith("văn bản đến (CV)"))
    assert len(members) == 2
    assert "bv/den" in members


MISTAKES = (
    (
        "nhom:\n  - ten: A\n    thanh_vien: [Đón đoàn khách vào, {co_quan: Sở Nội vụ thành phố Hà Nội, khoa: doan}]\n",
        [
            (
                4,
                18,
                "group-unknown",
                "warning",
                "Không tìm thấy “Đón đoàn khách vào” trong các kho được tổng hợp.",
            ),
            (
                4,
                38,
                "group-unknown",
                "warning",
                "Không tìm thấy quy trình có khóa “doan” của Sở Nội vụ thành phố Hà Nội trong các kho được tổng hợp.",
            ),
        ],
    ),
    (
        "gop:\n  - thanh_vien:\n      - {co_quan: Sở Nội vụ thành phố Hà Nộ, khoa: don}\n      - Tiếp khách quốc tế\n",
        [
            (
                4,
                9,
                "group-unknown",
                "warning",
                "Không tìm thấy quy trình có khóa “don” của Sở Nội vụ thành phố Hà Nộ trong các kho được tổng hợp.",
            )
        ],
    ),
    (
        "nhom:\n  - {ten: A, thanh_vien: [Họp nhóm]}\n  - ten: B\n    thanh_vien:\n      - Họp nhóm\n",
        [(6, 9, "group-twice", "error", "“Họp nhóm” đã ở trong nhóm “A”.")],
    ),
    (
        "nhom: [{ten: A, thanh_vien: [Xử lý văn bản đến, {co_quan: Ủy ban nhân dân phường Hoàn Kiếm, khoa: lt}]}]\n",
        [
            (
                2,
                8,
                "group-kind",
                "error",
                "Mục này gồm cả quy trình CV (một cơ quan) và LT (liên thông); hai loại có danh mục riêng.",
            )
        ],
    ),
    (
        (
            "nhom: [{ten: A, thanh_vien: [Họp nhóm, Tiếp khách quốc tế]}]\n"
            "tach:\n  - thanh_vien: [Tiếp khách quốc tế, Họp nhóm]\n"
        ),
        [
            (
                4,
                38,
                "group-contradiction",
                "error",
                "Mục tach tách “Tiếp khách quốc tế” với “Họp nhóm”, nhưng nhóm “A” gộp cả hai.",
            )
        ],
    ),
    (
        "gop: [{thanh_vien: [Họp nhóm, Tiếp khách quốc tế]}]\ntach: [{thanh_vien: [Họp nhóm, Tiếp khách quốc tế]}]\n",
        [
            (
                3,
                32,
                "group-contradiction",
                "error",
                "Mục tach tách “Họp nhóm” với “Tiếp khách quốc tế”, nhưng một mục gop gộp cả hai.",
            )
        ],
    ),
    (
        (
            "nhom: [{ten: A, thanh_vien: [Họp nhóm]}, {ten: B, thanh_vien: [Tiếp khách quốc tế]}]\n"
            "gop: [{thanh_vien: [Họp nhóm, Tiếp khách quốc tế]}]\n"
        ),
        [
            (
                3,
                7,
                "group-contradiction",
                "error",
                "Mục gop này gộp các quy trình của những nhóm đã tách riêng: “A”, “B”.",
            )
        ],
    ),
    (
        "tach: [{thanh_vien: [Họp nhóm, họp  nhóm]}]\n",
        [
            (
                2,
                32,
                "group-contradiction",
                "error",
                "Hai thành viên của mục tach chỉ cùng một quy trình: “Họp nhóm” và “họp nhóm”.",
            )
        ],
    ),
)


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_is_told_with_its_line(text: str, expected: list[tuple[int, int, str, str, str]]) -> None:
    overrides, source = decided(text)
    findings = findings_in(source, group_procedures(CITY, overrides).remarks)
    assert [
        (item.span.line, item.span.column, item.rule, item.severity.value, item.message) for item in findings
    ] == expected
    assert all(item.hint for item in findings)


HINTS = (
    ("Tiếp khách quốc tê", "Có phải “Tiếp khách quốc tế”?"),
    ("{co_quan: Sở Nội vụ thành phố Hà Nộ, khoa: den}", "Có phải cơ quan “Sở Nội vụ thành phố Hà Nội”?"),
    (
        "{co_quan: Sở Nội vụ thành phố Hà Nội, khoa: dem}",
        "Sửa tên, khóa hoặc cơ quan; xóa mục này nếu quy trình không còn.",
    ),
    ("Việc không đâu có", "Sửa tên, khóa hoặc cơ quan; xóa mục này nếu quy trình không còn."),
)


@pytest.mark.parametrize(("member", "hint"), HINTS)
def test_an_unknown_member_gets_the_nearest_that_there_is(member: str, hint: str) -> None:
    overrides, _ = decided(f"nhom: [{{ten: A, thanh_vien: [{member}]}}]")
    (remark,) = group_procedures(CITY, overrides).remarks
    assert remark.hint == hint


MISFITS = (
    ("phien_ban: 1\nnhoms: []\n", 2, "unknown-key"),
    ("nhom: []\n", 1, "missing-key"),
    ("phien_ban: 1\nnhom: [{thanh_vien: [A]}]\n", 2, "missing-key"),
    ("phien_ban: 1\ntach: [{thanh_vien: [A]}]\n", 2, "too-few"),
    ("phien_ban: 1\nnhom:\n  - ten: A\n    thanh_vien: [{khoa: a}]\n", 4, "missing-key"),
    ("phien_ban: 1\nphien_ban: 1\n", 2, "duplicate-key"),
)


@pytest.mark.parametrize(("text", "line", "rule"), MISFITS)
def test_a_file_that_does_not_fit_its_form_decides_nothing(text: str, line: int, rule: str) -> None:
    overrides, findings = read_overrides(source_of(text))
    assert overrides == Overrides()
    assert (findings[0].span.line, findings[0].rule) == (line, rule)


# --- the proposal ---------------------------------------------------------------------------------


def test_the_proposal_is_a_file_that_says_the_same() -> None:
    text = proposal_text(group_procedures(CITY))
    assert text.endswith(
        "nhom:\n"
        '  - ten: "Tiếp khách quốc tế"\n'
        "    thanh_vien:\n"
        '      - "Tiếp khách quốc tế"  # Ủy ban nhân dân xã Ba Vì\n'
        '      - "Tiếp khách quốc tế đến làm việc"  # Sở Nội vụ thành phố Hà Nội\n'
        '  - ten: "Xử lý văn bản đến"\n'
        "    thanh_vien:\n"
        '      - "Tiếp nhận công văn đến"  # Ủy ban nhân dân xã Ba Vì\n'
        '      - "Xử lý văn bản đến"  # 2 cơ quan\n'
        "tach: []\n"
        "gop: []\n"
    )


def test_what_was_decided_stays_in_the_proposal() -> None:
    text = (
        "nhom: [{ten: Văn bản đến, thanh_vien: [Xử lý văn bản đến], ly_do: Đã thống nhất}]\n"
        "tach: [{ly_do: 'Khác: nhau', "
        "thanh_vien: [Họp nhóm, {co_quan: Ủy ban nhân dân xã Ba Vì, ten: Tiếp khách quốc tế}]}]\n"
        "gop: [{thanh_vien: [{co_quan: Ủy ban nhân dân phường Hoàn Kiếm, khoa: don}, Tiếp khách quốc tế]}]\n"
    )
    overrides, _ = decided(text)
    first = group_procedures(CITY, overrides)
    proposed = proposal_text(first, overrides)
    again, findings = read_overrides(source_of(proposed))
    assert findings == ()
    assert (again.tach[0].ly_do, again.nhom[0].ly_do, len(again.gop)) == ("Khác: nhau", "Đã thống nhất", 1)
    second = group_procedures(CITY, again)
    assert (shape(second), second.remarks) == (shape(first), ())
    assert without_comments(proposal_text(second, again)) == without_comments(proposed)


def without_comments(text: str) -> list[str]:
    return [line.partition("  # ")[0] for line in text.splitlines()]


NAMES = sorted({name.ten for part in (CHINH,) for name in labelled("bien-the", part)})


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=60))
@settings(max_examples=80)
def test_a_proposal_read_back_gives_the_same_groups(names: list[str]) -> None:
    agencies = (HK, BV, SNV, Agency("Sở Y tế", "so", "syt"))
    city = [
        Record(agencies[number % 4], f"k{number}", "CV" if number % 7 else "LT", ten)
        for number, ten in enumerate(names)
    ]
    first = group_procedures(city)
    overrides, findings = read_overrides(source_of(proposal_text(first)))
    assert findings == ()
    second = group_procedures(city, overrides)
    assert second.remarks == ()
    assert sorted(shape(second).items()) == sorted(shape(first).items())


def test_names_of_strangers_stay_text_in_the_proposal() -> None:
    nasty = ['A: "b" # c', "- x\n y", "&neo *b !c {d}", "'", "\u2028", "yes"]
    city = [
        Record(
            Agency(f"Cơ quan: #{number}", "xa", str(number)),
            "a",
            "CV",
            f"Xử lý văn bản đến {ten} {'của' * (number % 2)}",
        )
        for number, ten in enumerate([*nasty, *nasty])
    ]
    overrides, findings = read_overrides(source_of(proposal_text(group_procedures(city))))
    assert findings == ()
    assert group_procedures(city, overrides).remarks == ()
