"""What was cut: which times can be compared, what counts as a cut, and that the sums are right."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_models import AnyQuyTrinh, procedure, state
from kit import LT, QD
from qtnb.diff.extent import LoaiThoiGian, declared
from qtnb.diff.kho import State
from qtnb.diff.reasons import Reasons
from qtnb.don_gian_hoa.comparing import compare_extents
from qtnb.don_gian_hoa.content import content_of
from qtnb.don_gian_hoa.keys import keys_of
from qtnb.don_gian_hoa.lapsed import KetThuc, ends_of, successors_of
from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanh, SoSanhKho
from qtnb.don_gian_hoa.tables import tables_of
from qtnb.don_gian_hoa.times import HaiThoiGian, KhongTinhDuoc, compared_times
from qtnb.don_gian_hoa.totals import total_of
from qtnb.model import QuyetDinh, quyet_dinh_from
from qtnb.schema import number_keys
from qtnb.source import FileName, read_source
from qtnb.tabular.table import totals_of
from simplify_kho import cv

EIGHT = Fraction(8)
LAM_VIEC, NGAY, TUAN, THANG = (
    LoaiThoiGian.NGAY_LAM_VIEC,
    LoaiThoiGian.NGAY,
    LoaiThoiGian.TUAN,
    LoaiThoiGian.THANG,
)


def times(before: str, after: str, hours: tuple[Fraction, Fraction] = (EIGHT, EIGHT)) -> object:
    return compared_times(declared(before, hours[0]), declared(after, hours[1]), hours)


@pytest.mark.parametrize(
    ("before", "after", "unit", "saved"),
    [
        ("5 ngày làm việc", "3 ngày làm việc", LAM_VIEC, "2"),
        ("05 (năm) ngày làm việc", "không quá 3,5 ngày làm việc", LAM_VIEC, "3/2"),
        ("01 ngày làm việc 04 giờ", "1 ngày làm việc", LAM_VIEC, "1/2"),
        ("2 ngày làm việc", "4 giờ", LAM_VIEC, "3/2"),
        ("4 giờ", "30 phút", LAM_VIEC, "7/16"),
        ("1 buổi", "2 giờ làm việc", LAM_VIEC, "1/4"),
        ("1/3 ngày làm việc", "1/4 ngày làm việc", LAM_VIEC, "1/12"),
        ("10 ngày", "7 ngày", NGAY, "3"),
        ("1 ngày", "4 giờ", NGAY, "1/2"),
        ("2 tuần", "1 tuần", TUAN, "1"),
        ("3 tháng", "1,5 tháng", THANG, "3/2"),
        ("3 ngày làm việc", "5 ngày làm việc", LAM_VIEC, "-2"),
    ],
)
def test_times_of_one_unit_are_compared_exactly(before: str, after: str, unit: LoaiThoiGian, saved: str) -> None:
    time = times(before, after)
    assert isinstance(time, HaiThoiGian)
    assert (time.don_vi, time.giam) == (unit, Fraction(saved))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("5 ngày", "3 ngày làm việc", "bản trước tính bằng ngày kể cả ngày nghỉ, bản sau tính bằng ngày làm việc"),
        ("3 ngày làm việc", "5 ngày", "bản trước tính bằng ngày làm việc, bản sau tính bằng ngày kể cả ngày nghỉ"),
        ("2 tuần", "5 ngày làm việc", "bản trước tính bằng tuần, bản sau tính bằng ngày làm việc"),
        ("1 tháng", "4 giờ", "bản trước tính bằng tháng, bản sau tính bằng giờ"),
        ("1 - 2 ngày", "1 ngày", "thời gian của bản trước, “1 - 2 ngày”, là một khoảng"),
        ("1 ngày", "Trong ngày", "thời gian của bản sau, “Trong ngày”, là một khoảng"),
        ("Theo quy định", "5 ngày", "thời gian của bản trước, “Theo quy định”, không tính được"),
        ("5 ngày", "khoảng 3 ngày", "thời gian của bản sau, “khoảng 3 ngày”, không tính được"),
        ("5 ngày 3 ngày làm việc", "1 ngày", "thời gian của bản trước, “5 ngày 3 ngày làm việc”, không tính được"),
        ("", "5 ngày", "bản trước chưa khai thời gian"),
    ],
)
def test_other_times_are_not_and_the_reason_is_given(before: str, after: str, why: str) -> None:
    assert times(before, after) == KhongTinhDuoc(why)


@pytest.mark.parametrize("text", ["Theo quy định", "1 - 2 ngày", "Trong ngày", ""])
def test_words_that_stay_are_no_time_and_no_obstacle(text: str) -> None:
    assert times(text, f" {text} ") is None


def test_a_day_stays_a_day_when_the_hours_of_a_day_change() -> None:
    time = times("5 ngày làm việc", "4 ngày làm việc 3,5 giờ", (EIGHT, Fraction(7)))
    assert time == HaiThoiGian(LAM_VIEC, Fraction(5), Fraction(9, 2))


# --- what counts ------------------------------------------------------------------------------------


def compared(
    old: State, new: State, decisions: tuple[QuyetDinh, ...] = (), ends: dict[str, KetThuc] | None = None
) -> SoSanhKho:
    keys = keys_of(old, new, None)
    reasons = Reasons(old.quyet_dinh, decisions, keys)
    lapsed = ends_of(replace(new, quyet_dinh=decisions), None, keys) if ends is None else ends
    return compare_extents(old, new, lapsed, reasons, "Sở Nội vụ")


def one(before: str, after: str, decisions: tuple[QuyetDinh, ...] = ()) -> SoSanh:
    (item,) = compared(state(procedure(before)), state(procedure(after)), decisions).quy_trinh
    return item


def decision(text: str, khoa: str = "sua") -> QuyetDinh:
    name = f"quyet-dinh/{khoa}.yaml"
    return quyet_dinh_from(name, read_source(FileName(Path(name), name, name), text.encode(), number_keys()).data)


@pytest.mark.parametrize(
    ("before", "after", "ket_qua"),
    [
        (("5 ngày", ["A", "B"]), ("3 ngày", ["A", "B"]), KetQua.CAT_GIAM),
        (("5 ngày", ["A", "B"]), ("5 ngày", ["A"]), KetQua.CAT_GIAM),
        (("Theo quy định", ["A", "B"]), ("Theo quy định", ["A"]), KetQua.CAT_GIAM),
        (("5 ngày", ["A", "B"]), ("6 ngày", ["A"]), KetQua.TANG),
        (("5 ngày", ["A"]), ("3 ngày", ["A", "B"]), KetQua.TANG),
        (("5 ngày", ["A"]), ("5 ngày", ["B"]), KetQua.KHONG_DOI),
        (("5 ngày", ["A", "B"]), ("5 ngày làm việc", ["A"]), KetQua.KHONG_TINH_DUOC),
        (("5 ngày", ["A", "B"]), ("Theo quy định", ["A"]), KetQua.KHONG_TINH_DUOC),
    ],
)
def test_a_cut_has_less_of_one_and_more_of_neither(
    before: tuple[str, list[str]], after: tuple[str, list[str]], ket_qua: KetQua
) -> None:
    assert one(cv("Nghỉ phép", *before), cv("Nghỉ phép", *after)).ket_qua is ket_qua


def test_a_procedure_that_had_a_name_only_is_told_apart() -> None:
    item = one("loai: CV\nten: Nghỉ phép\nchua_co_noi_dung: true\n", cv("Nghỉ phép", "1 ngày", ["A"]))
    assert (item.ket_qua, item.vi_sao) == (
        KetQua.KHONG_TINH_DUOC,
        "bản trước mới có tên trong danh mục, chưa có nội dung",
    )
    name = "loai: CV\nten: Nghỉ phép\nchua_co_noi_dung: true\n"
    assert compared(state(procedure(name)), state(procedure(name))).quy_trinh == ()


def test_the_steps_of_all_agencies_count() -> None:
    second = "      - {noi_dung: Tiếp nhận, thuc_hien: Văn thư, thoi_gian: 1 ngày}\n"
    after = LT.replace(second, second.replace("Tiếp nhận", "Trình") + second.replace("Tiếp nhận", "Ký"))
    item = one(LT, after)
    assert (item.before.cac_buoc, item.after.cac_buoc) == (2, 3)
    assert content_of(item) == [
        "Bỏ bước tại Văn phòng UBND Thành phố: B1 Tiếp nhận",
        "Thêm bước tại Văn phòng UBND Thành phố: B1 Trình; B2 Ký",
    ]


@pytest.mark.parametrize(
    ("old", "new", "decided", "reason"),
    [
        ("", "Bỏ khâu trùng", "Chữ ký số", "Bỏ khâu trùng"),
        ("", "", "Chữ ký số", "Chữ ký số"),
        ("Lý do lần trước", "Lý do lần trước", "Chữ ký số", "Chữ ký số"),
        ("Lý do lần trước", "Lý do lần trước", "", "Lý do lần trước"),
        ("Lý do lần trước", "", "", ""),
    ],
)
def test_the_reason_is_the_procedures_own_or_that_of_its_decision(
    old: str, new: str, decided: str, reason: str
) -> None:
    before, after = (cv("Nghỉ phép", "1 ngày", ["A"], ly_do=text) for text in (old, new))
    text = f"loai: QD\nphe_duyet: noi_dung\nhinh_thuc: sua_doi_bo_sung\nquy_trinh: [a]\nly_do: {decided or '~'}\n"
    assert one(before, after, (decision(text.replace("ly_do: ~\n", "")),)).ly_do == reason
    assert one(before, after, (decision(text.replace("[a]", "tat_ca").replace("ly_do: ~\n", "")),)).ly_do == reason


def test_the_reason_of_a_decision_before_the_state_is_not_taken() -> None:
    earlier = decision(f"{QD}so: '1'\nngay: 2024-01-02\nly_do: Lần đầu\n")
    before, after = state(procedure(cv("A", "2 ngày", ["A"]))), state(procedure(cv("A", "1 ngày", ["A"])))
    reasons = Reasons((earlier,), (earlier,), {})
    (item,) = compare_extents(before, after, {}, reasons, "Sở").quy_trinh
    assert item.ly_do == ""


# --- what lapsed ------------------------------------------------------------------------------------


def kho(**times_of: str) -> State:
    """A kho of procedures with one step, their time by their key."""
    return state(
        *(procedure(cv(f"Việc {key}", time, [key]), f"quy-trinh/{key}.yaml") for key, time in times_of.items())
    )


REPLACE = "loai: QD\nphe_duyet: noi_dung\nhinh_thuc: thay_the\n"


def test_one_in_place_of_one_is_compared() -> None:
    result = compared(
        kho(cu="5 ngày"), kho(moi="2 ngày"), (decision(f"{REPLACE}quy_trinh: [moi]\nbi_thay_the: [cu]\n"),)
    )
    (item,) = result.quy_trinh
    assert (item.item.khoa, item.giam_thoi_gian, item.ket_qua) == ("moi", Fraction(3), KetQua.CAT_GIAM)
    assert content_of(item)[0] == "Thay thế quy trình cu"
    assert (result.khong_con, result.bo_sung) == ((), ())


def test_several_in_place_of_several_stand_side_by_side_and_are_not_counted() -> None:
    text = f"{REPLACE}quy_trinh: [x, y]\nbi_thay_the: [{{quy_trinh: a, boi: x}}, {{quy_trinh: b, boi: x}}, c]\n"
    result = compared(
        kho(a="5 ngày", b="4 ngày", c="3 ngày", d="1 ngày"), kho(x="2 ngày", y="1 ngày", d="1 ngày"), (decision(text),)
    )
    (group,) = result.khong_con
    assert [part.item.khoa for part in group.truoc] == ["a", "b", "c"]
    assert [part.item.khoa for part in group.sau] == ["x", "y"]
    assert group.can_cu == ("dự thảo quyết định “sua”",)
    assert [item.ket_qua for item in result.quy_trinh] == [KetQua.KHONG_DOI]
    assert result.bo_sung == ()


def test_one_that_joins_another_leaves_that_one_compared_with_itself() -> None:
    result = compared(
        kho(a="5 ngày", b="4 ngày"), kho(b="6 ngày"), (decision(f"{REPLACE}quy_trinh: [b]\nbi_thay_the: [a]\n"),)
    )
    (group,) = result.khong_con
    assert ([part.item.khoa for part in group.truoc], [part.item.khoa for part in group.sau]) == (["a"], ["b"])
    assert [(item.item.khoa, item.ket_qua) for item in result.quy_trinh] == [("b", KetQua.TANG)]


def test_what_replaced_a_successor_counts_in_its_stead() -> None:
    decisions = (
        decision(f"{REPLACE}quy_trinh: [b]\nbi_thay_the: [a]\nso: '1'\nngay: 2024-01-02\n", "mot"),
        decision(f"{REPLACE}quy_trinh: [c]\nbi_thay_the: [b]\nso: '2'\nngay: 2024-02-03\n", "hai"),
    )
    (item,) = compared(kho(a="5 ngày"), kho(c="2 ngày"), decisions).quy_trinh
    assert (item.change.match.old and item.change.match.old.khoa, item.item.khoa) == ("a", "c")
    assert item.thay_the is not None
    assert item.thay_the.can_cu == "Quyết định số 01/QĐ-SNV ngày 02/01/2024"


def test_an_end_that_leads_back_to_itself_ends_the_search() -> None:
    ends = {key: KetThuc(key, by, "", "") for key, by in (("a", ("b",)), ("b", ("a", "c")))}
    assert successors_of("a", ends) == ("c",)


def test_one_that_a_decision_abolishes_is_gone_whether_its_file_is_there_or_not() -> None:
    abolish = decision("loai: QD\nphe_duyet: danh_muc\nhinh_thuc: bai_bo\nquy_trinh: [a]\nly_do: Trùng\n", "bo")
    for new in (kho(a="5 ngày", b="1 ngày"), kho(b="1 ngày")):
        result = compared(kho(a="5 ngày", b="1 ngày"), new, (abolish,))
        (group,) = result.khong_con
        assert (group.can_cu, group.ly_do, group.sau) == (("dự thảo quyết định “bo”",), "Trùng", ())
    (group,) = compared(kho(a="5 ngày", b="1 ngày"), kho(b="1 ngày")).khong_con
    assert group.can_cu == ("không còn trong kho, chưa có quyết định nào nêu",)


# --- sums -------------------------------------------------------------------------------------------

TIMES = st.sampled_from(
    [
        "5 ngày làm việc",
        "3,5 ngày làm việc",
        "1/3 ngày làm việc",
        "4 giờ",
        "10 ngày",
        "7 ngày",
        "2 tuần",
        "1 tháng",
        "1 - 2 ngày",
        "Trong ngày",
        "Theo quy định",
        "90 phút",
    ]
)
STEPS = st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6)
FIELDS = st.sampled_from(["", "Văn thư", "VĂN THƯ", "Đất đai", "Tổ chức"])


@st.composite
def procedures(draw: st.DrawFn) -> tuple[AnyQuyTrinh, ...]:
    keys = draw(st.sets(st.sampled_from("abcdefgh"), max_size=6))
    return tuple(
        procedure(cv(f"Việc thứ {key}", draw(TIMES), draw(STEPS), draw(FIELDS)), f"quy-trinh/{key}.yaml")
        for key in sorted(keys)
    )


@settings(deadline=None, max_examples=150)
@given(procedures(), procedures(), st.randoms(use_true_random=False))
def test_the_sums_of_what_was_saved_are_before_less_after_whatever_the_order(
    old: tuple[AnyQuyTrinh, ...],
    new: tuple[AnyQuyTrinh, ...],
    random: st.Random,  # type: ignore[name-defined]
) -> None:
    result = compared(state(*old), state(*new))
    before, after = (state(*random.sample(items, len(items))) for items in (old, new))
    assert compared(before, after) == result
    for items in (result.of(KetQua.CAT_GIAM), list(result.quy_trinh)):
        total = total_of(items)
        counted = [item for item in items if item.ket_qua is not KetQua.KHONG_TINH_DUOC]
        assert total.quy_trinh == len(counted)
        assert total.giam_buoc == sum(item.giam_buoc for item in counted)
        for unit, time in total.thoi_gian.items():
            saved = [item.thoi_gian.giam for item in counted if item.thoi_gian and item.thoi_gian.don_vi is unit]
            assert time.giam == time.truoc - time.sau == sum(saved)
    assert all(item.giam_buoc >= 0 and item.giam_thoi_gian >= 0 for item in result.of(KetQua.CAT_GIAM))


@settings(deadline=None, max_examples=100)
@given(procedures(), procedures())
def test_every_procedure_stands_in_one_table_and_the_tables_add_up(
    old: tuple[AnyQuyTrinh, ...], new: tuple[AnyQuyTrinh, ...]
) -> None:
    result = compared(state(*old), state(*new))
    tables = {table.key: table for table in tables_of([result], "")}
    cuts = [table for key, table in tables.items() if key.startswith("cat_giam")]
    listed = [row for table in cuts for row in table.rows]
    assert len(listed) == len(result.of(KetQua.CAT_GIAM))
    for table in cuts:
        sums = totals_of(table.columns, table.rows)
        assert sums["buoc_giam"] == sum(int(str(row["buoc_truoc"])) - int(str(row["buoc_sau"])) for row in table.rows)
        if "thoi_gian_giam" in sums:
            assert sums["thoi_gian_giam"] == Fraction(str(sums["thoi_gian_truoc"])) - Fraction(
                str(sums["thoi_gian_sau"])
            )
        assert [group.title for group in table.groups] == sorted({group.title for group in table.groups}, key=_field)
    for key, ket_qua in (("tang", KetQua.TANG), ("khong_tinh_duoc", KetQua.KHONG_TINH_DUOC)):
        assert len(tables[key].rows if key in tables else ()) == len(result.of(ket_qua))
    if "linh_vuc" in tables:
        by_field = totals_of(tables["linh_vuc"].columns, tables["linh_vuc"].rows)
        assert by_field["buoc_giam"] == sum(int(str(row["buoc_giam"])) for row in listed)


def _field(title: str) -> tuple[bool, str]:
    return title == "Chưa ghi lĩnh vực", {"Đất đai": "d", "Tổ chức": "t"}.get(title, "v")


def test_spellings_that_differ_in_capitals_are_one_field_and_none_comes_last() -> None:
    fields = ("", "Văn thư", "VĂN THƯ", "Đất đai")
    before, after = (
        state(
            *(
                procedure(cv(f"Việc {at}", time, ["A"], field), f"quy-trinh/{at}.yaml")
                for at, field in enumerate(fields)
            )
        )
        for time in ("5 ngày", "3 ngày")
    )
    table = tables_of([compared(before, after)], "Trước: …")[0]
    assert [(group.label, group.title, len(group.rows)) for group in table.groups] == [
        ("I", "Đất đai", 1),
        ("II", "Văn thư", 2),
        ("III", "Chưa ghi lĩnh vực", 1),
    ]
    assert table.footnotes == ("Trước: …",)


def test_without_any_field_there_is_no_head() -> None:
    table = tables_of([compared(kho(a="5 ngày"), kho(a="3 ngày"))], "")[0]
    assert [(group.label, len(group.rows)) for group in table.groups] == [("", 1)]
