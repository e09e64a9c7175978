"""Common and particular work: which procedures are put together, which are not, and what is said about them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grouping_names import CHINH, labelled
from kit import ROOT
from qtnb.grouping.candidates import candidate_pairs
from qtnb.grouping.comparing import Outcome, compare
from qtnb.grouping.explaining import explain_pair
from qtnb.grouping.grouping import group_procedures
from qtnb.grouping.names import Name, name_of, own_names
from qtnb.grouping.records import Agency, Record, Time, own_names_in, own_names_of
from qtnb.grouping.result import Grouping
from qtnb.grouping.signature import likeness, signature_of
from qtnb.grouping.spread import steps_of, times_of
from qtnb.grouping.syllables import is_syllable
from qtnb.grouping.tables import (
    common_table,
    members_table,
    open_table,
    particular_table,
    spread_table,
    tables_of,
)
from qtnb.grouping.tokens import tokens_of
from qtnb.tabular.csv import csv_text

HOAN_KIEM = Agency("Ủy ban nhân dân phường Hoàn Kiếm", "xa", "hk")
BA_VI = Agency("Ủy ban nhân dân xã Ba Vì", "xa", "bv")
SNV = Agency("Sở Nội vụ thành phố Hà Nội", "so", "snv")
STC = Agency("Sở Tài chính thành phố Hà Nội", "so", "stc")
AGENCIES = (HOAN_KIEM, BA_VI, SNV, STC)


def records(*names: str) -> list[Record]:
    """Procedures of these names, each of another agency."""
    return [Record(Agency(f"Cơ quan {number}", "xa", str(number)), "a", "CV", ten) for number, ten in enumerate(names)]


def read_name(text: str, own: tuple[str, ...] = ()) -> Name:
    """A name as it is read; ``own`` are names of the agency."""
    return name_of(tokens_of(text), own_names(own))


def together(*names: str) -> bool:
    """Whether all these names are put into one group."""
    grouping = group_procedures(records(*names))
    return len(grouping.chung) == 1 and len(grouping.chung[0].thanh_vien) == len(names)


# --- names ----------------------------------------------------------------------------------------

SAME = (
    ("Tiếp nhận, xử lý văn bản đến", "Quy trình xử lý công văn đến của UBND phường Cầu Giấy"),
    ("Hòa giải tranh chấp đất đai", "Hoà giải tranh chấp đất đai trên địa bàn xã Ba Vì"),
    ("Xử lý kỷ luật công chức", "Xử lí kỉ luật đối với công chức"),
    ("Sửa chữa trang thiết bị, tài sản", "Sữa chữa tài sản, trang thiết bị"),
    ("Mua sắm văn phòng phẩm", "QUY TRÌNH MUA VPP CHO CBCC"),
    ("Xét tốt nghiệp", "Quy trình xét tôt nghiệp"),
    ("Thanh toán công tác phí", "Thanh toán chế độ công tác phí hằng tháng cho cán bộ, công chức"),
    ("Tiếp công dân", "Thủ tục 03. Tiếp công dân tại Sở Nội vụ thành phố Hà Nội"),
    ("Lập kế hoạch kiểm tra năm 2025", "Lập Kế hoạch kiểm tra giai đoạn 2026 - 2030"),
    ("Chuyển từ giao đất sang thuê đất", "Quy trình chuyển từ giao đất sang thuê đất"),
    ("Tiếp nhận hồ sơ", "Tiếp nhận hồ sơ tại UBND phường Bồ Đề"),
    ("Lập báo cáo tài chính quý 1", "Lập báo cáo tài chính quý I"),
)

APART = (
    ("Xử lý văn bản đến", "Xử lý văn bản đi", Outcome.CONDITIONS),
    ("Đầu tư trong nước", "Đầu tư nước ngoài", Outcome.CONDITIONS),
    ("Tăng biên chế", "Giảm biên chế", Outcome.CONDITIONS),
    ("Mở tài khoản", "Đóng tài khoản", Outcome.CONDITIONS),
    ("Cấp giấy phép xây dựng", "Thu hồi giấy phép xây dựng", Outcome.CONDITIONS),
    ("Cấp giấy phép xây dựng", "Cấp lại giấy phép xây dựng", Outcome.BOTH_SIDES),
    ("Bổ nhiệm lãnh đạo", "Miễn nhiệm lãnh đạo", Outcome.CONDITIONS),
    ("Bổ nhiệm lãnh đạo", "Bổ nhiệm lại lãnh đạo", Outcome.CONDITIONS),
    ("Cho thuê nhà công vụ", "Mua sắm nhà công vụ", Outcome.CONDITIONS),
    ("Thuê nhà công vụ", "Cho thuê nhà công vụ", Outcome.CONDITIONS),
    ("Đón đoàn vào", "Tổ chức đoàn ra", Outcome.CONDITIONS),
    ("Bàn giao tài sản", "Ban giao tài sản", Outcome.BOTH_SIDES),
    ("Cấp tài khoản", "Cập tài khoản", Outcome.BOTH_SIDES),
    ("Nhập kho vật tư", "Nhận kho vật tư", Outcome.CONDITIONS),
    ("Tuyển dụng công chức", "Tuyển dụng viên chức", Outcome.KINDS),
    ("Kê khai thuế hằng năm", "Kê khai thuế hằng quý", Outcome.KINDS),
    ("Giải quyết khiếu nại", "Giải quyết tố cáo", Outcome.BOTH_SIDES),
    ("Giải quyết khiếu nại lần đầu", "Giải quyết khiếu nại lần hai", Outcome.CONDITIONS),
    ("Thi nâng hạng II", "Thi nâng hạng III", Outcome.NUMBERS),
    ("Xác định đất ở theo khoản 6 Điều 141", "Xác định đất ở theo khoản 4 Điều 24", Outcome.NUMBERS),
    ("Chuyển từ giao đất sang thuê đất", "Chuyển từ thuê đất sang giao đất", Outcome.ORDER),
    ("Kế hoạch kiểm tra nội bộ", "Kiểm tra nội bộ", Outcome.TOO_MUCH),
    ("Kiểm tra", "Kiểm tra học phí", Outcome.MAYBE),
    ("Mua sắm", "Mua sắm xe", Outcome.TOO_MUCH),
    ("Thành lập phường", "Giải thể phường", Outcome.CONDITIONS),
    ("Cấp phép xả thải", "Cấp phép xã hội", Outcome.BOTH_SIDES),
    ("Hỗ trợ hộ nghèo", "Hỗ trợ hộ cận nghèo", Outcome.BOTH_SIDES),
    ("Trả lương cho người lao động", "Thôi trả lương cho người lao động", Outcome.CONDITIONS),
    ("Cấp điện cho hộ gia đình", "Ngừng cấp điện cho hộ gia đình", Outcome.CONDITIONS),
    ("Thu tiền thuê đất và mặt nước", "Miễn thu tiền thuê đất và mặt nước", Outcome.CONDITIONS),
    ("Trả chứng chỉ hành nghề", "Rút chứng chỉ hành nghề", Outcome.CONDITIONS),
    ("Nộp tiền thuê đất và mặt nước", "Hoàn trả tiền thuê đất và mặt nước", Outcome.CONDITIONS),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_work_are_put_together(one: str, other: str) -> None:
    assert together(one, other)


@pytest.mark.parametrize(("one", "other", "why"), APART)
def test_names_of_different_works_stay_apart(one: str, other: str, why: Outcome) -> None:
    assert not together(one, other)
    verdict = compare(read_name(one).matter, read_name(other).matter)
    assert verdict.outcome is why
    assert compare(read_name(other).matter, read_name(one).matter) == verdict


IGNORED = (
    (
        "Quy trình xử lý văn bản đến của UBND phường Cầu Giấy",
        "Xử lý văn bản đến",
        ("Quy trình", "của UBND phường Cầu Giấy"),
    ),
    ("QT-05. Tiếp công dân tại Sở", "Tiếp công dân", ("QT-05.", "tại Sở")),
    ("4.1. Thanh toán đoàn vào (nếu có)", "Thanh toán đoàn vào", ("(nếu có)",)),
    (
        "Kiểm kê tài sản của các phòng chuyên môn, đơn vị trực thuộc",
        "Kiểm kê tài sản",
        ("của các phòng chuyên môn, đơn vị trực thuộc",),
    ),
    ("Lập dự toán ngân sách xã", "Lập dự toán ngân sách", ("xã",)),
    (
        "Xây dựng Kế hoạch CCHC giai đoạn 2021-2025 của Thành phố",
        "Xây dựng Kế hoạch CCHC",
        ("giai đoạn 2021-2025", "của Thành phố"),
    ),
    (
        "Giải quyết tố cáo thuộc thẩm quyền của Chủ tịch UBND xã",
        "Giải quyết tố cáo",
        ("thuộc thẩm quyền của Chủ tịch UBND xã",),
    ),
    ("Tuyển dụng viên chức ngành y tế tại Hà Nội", "Tuyển dụng viên chức ngành y tế", ("tại Hà Nội",)),
    ("Kế hoạch năm 2026: kiểm tra", "Kế hoạch: kiểm tra", ("năm 2026",)),
    ("Đất cấp trước ngày 01 tháng 8 năm 2024: bị mất", "Đất cấp trước ngày 01 tháng 8 năm 2024: bị mất", ()),
    # What only looks like a unit stays.
    ("Mua sắm văn phòng phẩm", "Mua sắm văn phòng phẩm", ()),
    ("Trợ giúp xã hội", "Trợ giúp xã hội", ()),
    ("Kiểm tra hoạt động của trung tâm ngoại ngữ", "Kiểm tra hoạt động của trung tâm ngoại ngữ", ()),
    ("Thành lập đơn vị sự nghiệp công lập", "Thành lập đơn vị sự nghiệp công lập", ()),
    ("Thành lập phường", "Thành lập phường", ()),
    ("Đăng ký quyền sở hữu nhà ở", "Đăng ký quyền sở hữu nhà ở", ()),
    ("UBND phường", "UBND phường", ()),
)


@pytest.mark.parametrize(("text", "kept", "ignored"), IGNORED)
def test_titles_units_places_and_years_are_passed_over(text: str, kept: str, ignored: tuple[str, ...]) -> None:
    name = read_name(text)
    assert (name.kept, name.ignored) == (kept, ignored)


def test_an_agency_s_own_names_are_passed_over_whatever_they_are() -> None:
    own = own_names_of("Ủy ban nhân dân đặc khu Cô Tô")
    assert own == ("ủy ban nhân dân đặc khu cô tô", "ủy ban nhân dân", "cô tô")
    name = read_name("Quản lý khách du lịch đến Cô Tô", own)
    assert name.ignored == ("Cô Tô",)
    assert own_names_of("Sở Y tế thành phố Hà Nội")[1:] == ("sở y tế", "ngành y tế", "hà nội")


def test_an_agency_s_own_units_are_passed_over_after_a_preposition() -> None:
    units = ("Tổ xe", "Văn thư", "Ban Thi đua")
    own = replace(SNV, don_vi=units)
    pair = [Record(own, "a", "CV", "Bảo dưỡng xe của Tổ xe"), Record(STC, "b", "CV", "Bảo dưỡng xe")]
    (group,) = group_procedures(pair).chung
    assert group.ten == "Bảo dưỡng xe"
    assert own_names_in("Kiểm tra công tác văn thư", own) == ()
    assert own_names_in("Kiểm tra việc của Văn thư", own) == ("văn thư",)


@pytest.mark.parametrize("word", ["tốt", "quyết", "nghiệp", "gì", "giặt", "ưỡn", "khuỷu", "yêu", "ở"])
def test_a_syllable_is_known_as_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tôt", "quôc", "ngàyy", "giâis", "quuyết", "thưc", "edusoft", "vb", "bx"])
def test_what_can_be_no_syllable_is_known_too(word: str) -> None:
    assert not is_syllable(word)


# --- names without marks --------------------------------------------------------------------------


def test_a_name_without_marks_is_taken_for_the_one_with_the_same_letters() -> None:
    assert together("Tiep nhan, xu ly van ban den", "Tiếp nhận và xử lý văn bản đến", "Quản lý văn bản đến")


def test_one_letter_more_and_a_name_without_marks_is_left_alone() -> None:
    grouping = group_procedures(records("Tiep nhan xu ly van ban denn", "Tiếp nhận, xử lý văn bản đến"))
    assert (grouping.chung, grouping.chua_xep) == ((), ())
    assert len(grouping.rieng) == 2


def test_a_name_without_marks_that_could_be_two_works_is_not_placed() -> None:
    grouping = group_procedures(records("Ban giao ho so", "Bàn giao hồ sơ", "Bán giao hồ sơ", "Ban giao ho so"))
    assert [(item.record.ten, item.co_the_la) for item in grouping.chua_xep] == [
        ("Ban giao ho so", ("Bàn giao hồ sơ", "Bán giao hồ sơ"))
    ] * 2
    row = open_table(grouping).rows[0]
    assert row["co_the_la"] == "Bàn giao hồ sơ; Bán giao hồ sơ"


def test_a_name_of_known_words_that_have_no_marks_is_no_name_without_marks() -> None:
    assert together("Thanh tra", "Công tác thanh tra theo quy định")
    assert not read_name("Thanh tra").unmarked


def test_names_without_marks_and_without_a_marked_like_are_one_where_they_are_equal() -> None:
    grouping = group_procedures(records("Giao ban dau tuan", "GIAO BAN DAU TUAN", "Giao ban cuoi tuan"))
    assert [[member.ten for member in group.thanh_vien] for group in grouping.chung] == [
        ["Giao ban dau tuan", "GIAO BAN DAU TUAN"]
    ]


# --- what one agency lists as two procedures ------------------------------------------------------


def test_two_procedures_of_one_agency_are_two_works() -> None:
    grouping = group_procedures(
        [
            Record(SNV, "a", "CV", "Thẩm định dự toán của Văn phòng Sở"),
            Record(SNV, "b", "CV", "Thẩm định dự toán của các đơn vị trực thuộc"),
            Record(STC, "c", "CV", "Thẩm định dự toán của các đơn vị trực thuộc"),
        ]
    )
    assert [[member.khoa for member in group.thanh_vien] for group in grouping.chung] == [["b", "c"]]
    assert [item.record.khoa for item in grouping.rieng] == ["a"]
    told = explain_pair(grouping, *(record for record in members(grouping) if record.co_quan == SNV))
    assert told.endswith("- Cùng một cơ quan liệt kê thành hai quy trình, nên được coi là hai việc.\n")


def members(grouping: Grouping) -> list[Record]:
    found = [member for group in grouping.chung for member in group.thanh_vien]
    return sorted([*found, *(item.record for item in grouping.rieng)], key=lambda record: record.sort_key)


def test_the_same_name_twice_in_one_agency_is_one_work() -> None:
    twice = [Record(SNV, key, "CV", ten) for key, ten in (("a", "Tiếp công dân"), ("b", "Quy trình tiếp công dân."))]
    (group,) = group_procedures([*twice, Record(STC, "c", "CV", "Tiếp công dân")]).chung
    assert [member.khoa for member in group.thanh_vien] == ["a", "b", "c"]
    assert group.co_quan == (SNV.ten, STC.ten)


def test_cv_and_lt_are_never_in_one_group() -> None:
    both = [Record(SNV, "a", "CV", "Tiếp công dân"), Record(STC, "b", "LT", "Tiếp công dân")]
    grouping = group_procedures(both)
    assert grouping.chung == ()
    assert "CV và một quy trình LT không bao giờ" in explain_pair(grouping, *both)


# --- steps ----------------------------------------------------------------------------------------

STEPS = ["Tiếp nhận hồ sơ", "Phân công", "Thẩm định", "Trình ký", "Phát hành"]


def test_nearly_equal_steps_decide_where_names_leave_it_open() -> None:
    one, other = records("Kiểm tra", "Kiểm tra học phí")
    apart = group_procedures([one, other])
    assert apart.chung == ()
    near = apart.rieng[0].gan_giong
    assert near is not None
    assert (near.record, near.score) == (other, 66)
    same = [record._replace(noi_dung=signature_of(STEPS)) for record in (one, other)]
    (group,) = group_procedures(same).chung
    assert group.thanh_vien == tuple(same)
    assert explain_pair(group_procedures(same), *same).endswith(
        "- Bước giống nhau: 100 % số bước của hai quy trình.\n- Điểm 66 % và các bước gần như nhau: cùng một việc.\n"
    )
    differing = [same[0], other._replace(noi_dung=signature_of(["Việc khác", *STEPS[:3]]))]
    assert group_procedures(differing).chung == ()


def test_equal_steps_never_join_names_of_different_works() -> None:
    steps = signature_of(STEPS)
    names = [
        record._replace(noi_dung=steps) for record in records("Xử lý văn bản đến", "Xử lý văn bản đi", "Cấp giấy phép")
    ]
    assert group_procedures(names).chung == ()


@given(st.lists(st.text("ab ", min_size=1, max_size=4), max_size=16), st.lists(st.text("ab ", max_size=4), max_size=16))
def test_signatures_of_sixteen_steps_or_less_compare_exactly(one: list[str], other: list[str]) -> None:
    mine, its = ({frozenset(step.split()) for step in steps if step.strip()} for steps in (one, other))
    expected = Fraction(len(mine & its), len(mine | its)) if mine and its else None
    assert likeness(signature_of(one), signature_of(reversed(other))) == expected


def test_a_signature_is_short_and_knows_no_units_or_order() -> None:
    assert len(signature_of(f"Bước {number}" for number in range(100))) == 96
    assert signature_of(["Tiếp nhận của UBND xã Ba Vì", "Ký"]) == signature_of(["ký", "Tiếp nhận tại UBND phường Láng"])
    assert signature_of(["", " "]) == ""
    assert likeness("", signature_of(["Ký"])) is None


# --- spread ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_the_spread_of_steps_is_that_of_the_standard_library(steps: list[int]) -> None:
    found = steps_of(
        record._replace(so_buoc=count) for record, count in zip(records(*map(str, steps)), steps, strict=True)
    )
    assert found is not None
    assert (found.trung_vi, found.it_nhat, found.nhieu_nhat) == (
        median(map(Fraction, steps)),
        Fraction(min(steps)),
        Fraction(max(steps)),
    )
    least = tuple(f"Cơ quan {number}" for number, count in enumerate(steps) if count == min(steps))
    assert found.it_nhat_o == (least if min(steps) != max(steps) else ())


def test_times_of_other_units_and_uncounted_ones_are_told_apart() -> None:
    def timed(agency: Agency, time: Time | None, steps: int | None = 3) -> Record:
        return Record(agency, agency.kho, "CV", "Tiếp công dân", "", steps, time)

    found = times_of(
        [
            timed(HOAN_KIEM, Time("ngày làm việc", Fraction(1, 3))),
            timed(BA_VI, Time("ngày làm việc", Fraction(5))),
            timed(SNV, Time("tháng", Fraction(1))),
            timed(STC, None),
            timed(STC, None, None),
        ]
    )
    assert found is not None
    assert (found.don_vi, found.don_vi_khac, found.khong_tinh_duoc) == ("ngày làm việc", 1, 1)
    assert (found.spread.trung_vi, found.spread.it_nhat_o, found.spread.nhieu_nhat_o) == (
        Fraction(8, 3),
        (HOAN_KIEM.ten,),
        (BA_VI.ten,),
    )
    assert times_of([timed(STC, None)]) is None


# --- tables ---------------------------------------------------------------------------------------

CITY = (
    Record(HOAN_KIEM, "vb-den", "CV", "Quy trình xử lý công văn đến", "Văn thư", 4, Time("ngày làm việc", Fraction(3))),
    Record(
        BA_VI,
        "van-ban-den",
        "CV",
        "Tiep nhan, xu ly van ban den",
        "Văn thư, lưu trữ",
        6,
        Time("ngày làm việc", Fraction(5)),
    ),
    Record(SNV, "vbd", "CV", "Tiếp nhận, xử lý văn bản đến", "Văn thư, lưu trữ", 7, None),
    Record(SNV, "quy-hoach", "CV", "Quy hoạch cán bộ cấp chiến lược", "", 9, Time("tháng", Fraction(2))),
    Record(STC, "quy-hoach", "CV", "Quy hoạch cán bộ nguồn dài hạn", "", None, None),
    Record(SNV, "lt", "LT", "Cử cán bộ đi bồi dưỡng", "Đào tạo", 2, None),
    Record(STC, "lt", "LT", "Cử cán bộ đi bồi dưỡng", "Đào tạo", 2, None),
)


def test_the_common_catalogue_names_each_work_and_its_agencies() -> None:
    table = common_table(group_procedures(CITY))
    assert [(group.label, group.title) for group in table.groups] == [
        ("A", "Công việc của một cơ quan (CV)"),
        ("B", "Công việc liên thông (LT)"),
    ]
    assert table.rows[0] == {
        "ten": "Tiếp nhận, xử lý văn bản đến",
        "loai": "CV",
        "linh_vuc": "Văn thư, lưu trữ",
        "so_co_quan": 3,
        "so_quy_trinh": 3,
        "co_quan": f"{SNV.ten}; {HOAN_KIEM.ten}; {BA_VI.ten}",
        "buoc_trung_vi": 6,
        "trung_vi": 4,
        "don_vi": "ngày làm việc",
        "ra_soat": "",
    }
    assert (table.rows[1]["trung_vi"], table.rows[1]["don_vi"]) == (None, "")


def test_the_spread_is_shown_with_the_agencies_at_its_ends() -> None:
    row, other = spread_table(group_procedures(CITY)).rows
    assert row == {
        "ten": "Tiếp nhận, xử lý văn bản đến",
        "so_quy_trinh": 3,
        "buoc_trung_vi": 6,
        "buoc_it_nhat": 4,
        "buoc_it_nhat_o": HOAN_KIEM.ten,
        "buoc_nhieu_nhat": 7,
        "buoc_nhieu_nhat_o": SNV.ten,
        "don_vi": "ngày làm việc",
        "trung_vi": 4,
        "ngan_nhat": 3,
        "ngan_nhat_o": HOAN_KIEM.ten,
        "dai_nhat": 5,
        "dai_nhat_o": BA_VI.ten,
        "don_vi_khac": 0,
        "khong_tinh_duoc": 1,
    }
    assert (other["khong_tinh_duoc"], other.get("trung_vi"), other["buoc_it_nhat_o"]) == (2, None, "")


def test_each_table_has_its_columns_filled_and_is_written() -> None:
    grouping = group_procedures(CITY)
    for table in tables_of(grouping):
        keys = {column.key for column in table.columns}
        assert all(row.keys() <= keys for row in table.rows)
        assert csv_text(table).count("\n") == 1 + len(table.rows)
    assert [row["khoa"] for row in members_table(grouping).rows] == ["vbd", "vb-den", "van-ban-den", "lt", "lt"]
    particular = particular_table(grouping)
    assert [(group.title, [row["khoa"] for row in group.rows]) for group in particular.groups] == [
        (SNV.ten, ["quy-hoach"]),
        (STC.ten, ["quy-hoach"]),
    ]


def test_of_many_agencies_a_cell_names_five() -> None:
    many = [Record(Agency(f"Sở {number}", "so", str(number)), "a", "CV", "Tiếp công dân") for number in range(7)]
    (row,) = common_table(group_procedures(many)).rows
    assert row["co_quan"] == "Sở 0; Sở 1; Sở 2; Sở 3; Sở 4 và 2 cơ quan khác"


NAMED = (
    (["Xử lý VB đến", "XỬ LÝ VĂN BẢN ĐẾN", "Xử lý văn bản đến tại Sở"], "Xử lý văn bản đến"),
    (["QUẢN LÝ TSCĐ", "Quy trình quản lý TSCĐ"], "Quản lý TSCĐ"),
    (["Hoà giải tranh chấp", "Hòa giải tranh chấp"], "Hòa giải tranh chấp"),
    (["Sữa chữa tài sản", "Sửa chữa tài sản"], "Sửa chữa tài sản"),
    (["Tiếp công dân", "Công tác tiếp công dân", "Công tác tiếp công dân"], "Công tác tiếp công dân"),
    (["Lập dự toán ngân sách xã hằng năm", "Lập dự toán ngân sách hằng năm"], "Lập dự toán ngân sách hằng năm"),
)


@pytest.mark.parametrize(("names", "proposed"), NAMED)
def test_the_proposed_name_is_the_plainest_that_most_use(names: list[str], proposed: str) -> None:
    (group,) = group_procedures(records(*names)).chung
    assert group.ten == proposed


# --- explanations ---------------------------------------------------------------------------------


def test_an_explanation_tells_what_was_passed_over_what_agrees_and_the_score() -> None:
    one, other = CITY[0], CITY[1]
    assert explain_pair(group_procedures(CITY), one, other) == (
        "Cùng nhóm “Tiếp nhận, xử lý văn bản đến”:\n"
        "  1. Ủy ban nhân dân phường Hoàn Kiếm, vb-den: “Quy trình xử lý công văn đến”\n"
        "  2. Ủy ban nhân dân xã Ba Vì, van-ban-den: “Tiep nhan, xu ly van ban den”\n"
        "- Tên 1: “công văn” được đọc là “văn bản”.\n"
        "- Tên 1, phần được bỏ qua: “Quy trình”.\n"
        "- Tên 2 viết không dấu; chỉ có một tên có dấu cùng các chữ ấy: “Tiếp nhận, xử lý văn bản đến”.\n"
        "- Từ chính giống nhau: văn, bản, đến.\n"
        "- Từ nhẹ giống nhau: xử lý.\n"
        "- Từ nhẹ chỉ có ở tên 2: tiếp nhận.\n"
        "- Điểm 96 %, ngưỡng 77 %: cùng một việc.\n"
    )


WHY_APART = (
    ("Xử lý văn bản đến", "Xử lý văn bản đi", "Từ làm thành việc khác chỉ có ở một tên: “đi”, “đến”."),
    ("Thi hạng II", "Thi hạng III", "Số trong hai tên khác nhau: “2”, “3”."),
    ("Tuyển dụng công chức", "Tuyển dụng viên chức", "Hai tên nói về hai loại khác nhau: “công chức”, “viên chức”."),
    ("Kế hoạch kiểm tra nội bộ", "Kiểm tra nội bộ", "ngưỡng 85 %: một tên nói nhiều điều mà tên kia không có."),
    ("Giải quyết khiếu nại", "Giải quyết tố cáo", "Mỗi tên có từ chính mà tên kia không có: hai việc khác nhau."),
    ("Kiểm tra", "Kiểm tra học phí", "Điểm 66 %, ngưỡng 77 %; các bước không đủ giống nhau: cần người xem."),
    (
        "Kê khai thuế thu nhập cá nhân",
        "Kê khai thuế thu nhập cá nhân từ đầu tư vốn",
        "nhưng phần chỉ có ở một tên dài hơn 2 tiếng; các bước không đủ giống nhau: cần người xem.",
    ),
)


@pytest.mark.parametrize(("one", "other", "why"), WHY_APART)
def test_an_explanation_tells_why_two_works_are_apart(one: str, other: str, why: str) -> None:
    pair = records(one, other)
    told = explain_pair(group_procedures(pair), *pair)
    assert told.startswith("Không cùng nhóm:\n")
    assert told.endswith(f"{why}\n")


def test_slips_are_told() -> None:
    pair = records("Xét tôt nghiệp", "Xét tốt nghiệp")
    assert "- Tên 1: “tôt” được đọc là “tốt”, vì các tên khác viết như vậy.\n" in explain_pair(
        group_procedures(pair), *pair
    )
    pair = records("Sữa chữa nhà", "Sửa chữa nhà")
    assert "- Khác nhau ở dấu hỏi, ngã: “sữa”, “sửa”.\n" in explain_pair(group_procedures(pair), *pair)


def test_a_slip_that_could_mean_two_words_is_no_slip() -> None:
    grouping = group_procedures(records("Cập nhât kho", "Cập nhật kho", "Cập nhất kho"))
    assert grouping.chung == ()


# --- the whole ------------------------------------------------------------------------------------

NAMES = [name.ten for name in labelled("viet-tay", CHINH)]


def shape(grouping: Grouping) -> object:
    return (
        [(group.ten, [member.khoa for member in group.thanh_vien]) for group in grouping.chung],
        [(item.record.khoa, item.gan_giong and item.gan_giong.record.khoa) for item in grouping.rieng],
        [item.record.khoa for item in grouping.chua_xep],
    )


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(NAMES), min_size=2, max_size=40))
@settings(max_examples=60)
def test_the_order_of_the_records_makes_no_difference(random: object, names: list[str]) -> None:
    mixed = [
        Record(AGENCIES[number % 4], f"k{number:02}", "CV" if number % 5 else "LT", ten)
        for number, ten in enumerate(names)
    ]
    expected = shape(group_procedures(mixed))
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert shape(group_procedures(mixed)) == expected


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=40, unique=True))
@settings(max_examples=60)
def test_in_a_group_every_two_are_of_one_work(names: list[str]) -> None:
    grouping = group_procedures(records(*(name for name in names if not name.isascii())))
    for group in grouping.chung:
        read = [grouping.spelling.read(member.ten, member.co_quan)[0].matter for member in group.thanh_vien]
        assert all(compare(one, other).outcome is Outcome.SAME for one, other in combinations(read, 2))


WORDS = [
    "hồ sơ",
    "đất",
    "nhà",
    "thanh toán",
    "kiểm tra",
    "văn phòng phẩm",
    "lưu trữ",
    "của Sở",
    "lại",
    "hằng năm",
    "xe",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=2, max_size=80))
def test_no_pair_that_would_be_joined_is_missed(names: list[list[str]]) -> None:
    matters = [read_name(" ".join(words)).matter for words in names]
    wanted = {
        pair
        for pair in combinations(range(len(matters)), 2)
        if compare(matters[pair[0]], matters[pair[1]]).outcome in {Outcome.SAME, Outcome.MAYBE}
    }
    found = [tuple(sorted(pair)) for pair in candidate_pairs(matters, ["CV"] * len(matters))]
    assert wanted <= set(found)
    assert len(found) == len(set(found))


def test_no_hash_of_the_process_shows_in_the_result() -> None:
    code = (
        "from grouping_names import labelled, PARTS\n"
        "from qtnb.grouping.grouping import group_procedures\n"
        "from qtnb.grouping.proposal import proposal_text\n"
        "from qtnb.grouping.records import Agency, Record\n"
        "files = ('that', 'viet-tay', 'bien-the')\n"
        "names = [name for file in files for part in PARTS for name in labelled(file, part)]\n"
        "records = [Record(Agency(n.co_quan, 'xa', str(i)), f'k{i}', 'CV', n.ten) for i, n in enumerate(names)]\n"
        "print(proposal_text(group_procedures(records)))\n"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(texts) == 1
    assert "xử lý văn bản đến" in texts.pop()


def test_nothing_in_gives_nothing_out() -> None:
    grouping = group_procedures([])
    assert (grouping.chung, grouping.rieng, grouping.chua_xep, grouping.remarks) == ((), (), (), ())
    assert all(not table.rows for table in tables_of(grouping))


@pytest.mark.parametrize("ten", ["", "...", "12", "Quy trình", "QT-01", "của", "( )", "a" * 5000, "x " * 900, "\u200b"])
def test_a_strange_name_is_no_trouble(ten: str) -> None:
    pair = records(ten, ten)
    grouping = group_procedures(pair)
    assert len(grouping.chung) + len(grouping.rieng) + len(grouping.chua_xep) > 0
    assert explain_pair(grouping, *pair)


@pytest.mark.parametrize(
    "co_quan",
    [
        "Ban Quản lý các khu công nghiệp thành phố Hà Nội",
        "Ban Dân vận chính quyền thành phố Hà Nội",
        "Viện Nghiên cứu phát triển kinh tế - xã hội thành phố Hà Nội",
        "Văn phòng Ủy ban nhân dân thành phố Hà Nội",
    ],
)
def test_the_whole_name_of_the_agency_is_passed_over(co_quan: str) -> None:
    ten = "Thẩm định hồ sơ chi hội nghị theo kế hoạch năm"
    own = Record(Agency(co_quan, "so", "a"), "a", "CV", f"{ten} tại {co_quan}")
    assert len(group_procedures([own, Record(BA_VI, "a", "CV", ten)]).chung) == 1


def test_names_of_nothing_but_signs_are_not_one_work() -> None:
    assert not together("!!!", "???")
    assert together("!!!", "!!!")
    pair = records("!!!", "???")
    told = explain_pair(group_procedures(pair), *pair)
    assert told.endswith("- Một tên không có chữ hay số nào, nên không so được.\n")


def test_a_field_is_written_as_most_write_it_whatever_the_case_in_one_work() -> None:
    written = ("Tổ Chức, Cán Bộ", "Tổ Chức, Cán Bộ", "Tổ chức, cán bộ", "Tổ chức, cán bộ", "Tổ chức, cán bộ")
    names = ("Nghỉ phép", "Nghỉ phép", "Tiếp công dân", "Tiếp công dân", "Tiếp công dân")
    found = group_procedures(
        record._replace(linh_vuc=field) for record, field in zip(records(*names), written, strict=True)
    )
    assert [(group.ten, group.linh_vuc) for group in found.chung] == [
        ("Nghỉ phép", "Tổ chức, cán bộ"),
        ("Tiếp công dân", "Tổ chức, cán bộ"),
    ]


@pytest.mark.parametrize(
    ("don_vi", "written"),
    [
        ("Đội Quản lý - Trật tự đô thị", "đội Quản lý – Trật tự đô thị"),
        ("Tổ hoà giải số 5", "Tổ hòa giải số 5"),
        ("Liên đội Trật tự, Đô thị", "Liên đội trật tự đô thị"),
    ],
)
def test_a_unit_is_known_whatever_its_signs_and_tone_marks(don_vi: str, written: str) -> None:
    agency = replace(HOAN_KIEM, don_vi=(don_vi,))
    pair = [
        Record(agency, "a", "CV", f"Kiểm kê tài sản của {written}"),
        Record(BA_VI, "b", "CV", "Kiểm kê tài sản"),
    ]
    assert [group.ten for group in group_procedures(pair).chung] == ["Kiểm kê tài sản"]
