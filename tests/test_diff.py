"""Comparing two states of a kho by meaning: what is a change, and which."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_models import AnyQuyTrinh, applied, cv, procedure, state, states, versions
from kit import CV, LT
from qtnb.diff.alignment import align
from qtnb.diff.changes import Change, Kind, ListChange, TextChange
from qtnb.diff.extent import change_in_words, declared, totals_of
from qtnb.diff.kho import KhoDiff, State, compare, compare_procedures
from qtnb.diff.matching import Matched, match_procedures
from qtnb.diff.parts import Part, item
from qtnb.diff.printed import procedure_part
from qtnb.diff.rows import comparison_table
from qtnb.diff.word_changes import word_changes
from qtnb.model import Phan, quyet_dinh_from
from qtnb.report.diff_json import diff_to_json
from qtnb.report.diff_text import diff_to_text
from qtnb.seal import seal_of
from qtnb.words.comparison import DongSoSanh

EIGHT = Fraction(8)


def changes(old: AnyQuyTrinh, new: AnyQuyTrinh) -> tuple[Change, ...]:
    change = compare_procedures(old, new, EIGHT)
    return () if change is None else change.changes


def told(old: AnyQuyTrinh, new: AnyQuyTrinh, width: int = 100) -> list[str]:
    """What the terminal shows of the one procedure that differs, without its head."""
    lines = diff_to_text(compare(state(old, ten="cũ"), state(new, ten="mới")), width).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("~"))
    return [line.strip() for line in lines[start + 2 : lines.index("", start)]]


def comparison_rows(old: AnyQuyTrinh | None, new: AnyQuyTrinh | None) -> tuple[DongSoSanh, ...]:
    """The rows of the comparison of one procedure; None: there was none, or is none any more."""
    sides = (state(*([] if item_ is None else [item_])) for item_ in (old, new))
    return tuple(row for group in comparison_table(compare(*sides)).quy_trinh for row in group.dong)


def rows_of(list_change: Change | None) -> list[tuple[Kind, int | None, int | None, bool]]:
    assert isinstance(list_change, ListChange)
    return [(row.kind, row.old_place, row.new_place, row.moved) for row in list_change.rows]


# --- what is no change ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        CV + "# ghi chú\n",
        CV.replace("ten: Tiếp nhận văn bản đến", 'ten: "Tiếp nhận văn bản đến"'),
        CV.replace("muc_dich: Quy định việc tiếp nhận", "muc_dich: >-\n  Quy định\n  việc tiếp nhận"),
        CV.replace("muc_dich: Quy định việc tiếp nhận", "muc_dich: |\n\n  Quy định việc tiếp nhận  \n\n"),
        CV.replace("loai: CV\nten: Tiếp nhận văn bản đến\n", "ten: Tiếp nhận văn bản đến\nloai: CV\n"),
        CV.replace("ế", "e\u0302\u0301"),
        CV.replace("\n", "\r\n"),
        CV.replace("bieu_mau: []", "bieu_mau: [Không có]"),
        CV + 'ghi_chu: ""\nx-rieng: gì đó\nly_do: Giảm thời gian\n',
        CV.replace("    thoi_gian: 1 ngày\n", "    thoi_gian: 1 ngày\n    song_song: false\n"),
    ],
)
def test_what_prints_the_same_is_no_change(text: str) -> None:
    assert changes(procedure(CV), procedure(text)) == ()


@settings(deadline=None)
@given(states("một"), st.randoms(use_true_random=False))
def test_a_state_differs_from_itself_in_nothing_whatever_the_order_of_its_files(one: State, random: st.Random) -> None:  # type: ignore[name-defined]
    shuffled = list(one.quy_trinh)
    random.shuffle(shuffled)
    diff = compare(one, replace(one, quy_trinh=tuple(shuffled)))
    assert diff.empty
    assert diff.before == diff.after


@settings(deadline=None)
@given(versions())
def test_without_a_change_the_seals_are_equal(pair: tuple[AnyQuyTrinh, AnyQuyTrinh]) -> None:
    old, new = pair
    if not changes(old, new):
        assert [seal_of(old, phan) for phan in Phan] == [seal_of(new, phan) for phan in Phan]


# --- what is told of any two versions -------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(versions())
def test_the_changes_applied_to_the_old_version_give_the_new_one(pair: tuple[AnyQuyTrinh, AnyQuyTrinh]) -> None:
    old, new = pair
    assert applied(procedure_part(old), changes(old, new)) == procedure_part(new)


@settings(deadline=None)
@given(versions())
def test_the_other_way_round_every_change_is_its_mirror(pair: tuple[AnyQuyTrinh, AnyQuyTrinh]) -> None:
    old, new = pair
    assert _mirrored(changes(old, new)) == _plain(changes(new, old))


def _plain(told: tuple[Change, ...]) -> list[object]:
    return [
        (it.key, it.old, it.new)
        if isinstance(it, TextChange)
        else (it.key, {(row.old_place, row.new_place, row.moved): _plain(row.changes) for row in it.rows})
        for it in told
    ]


def _mirrored(told: tuple[Change, ...]) -> list[object]:
    return [
        (it.key, it.new, it.old)
        if isinstance(it, TextChange)
        else (it.key, {(row.new_place, row.old_place, row.moved): _mirrored(row.changes) for row in it.rows})
        for it in told
    ]


@settings(deadline=None)
@given(states("cũ"), states("mới"))
def test_two_states_are_compared_alike_from_either_side(old: State, new: State) -> None:
    there, back = compare(old, new), compare(new, old)
    mirror = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    assert sorted(mirror[it.kind] for it in there.quy_trinh) == sorted(it.kind for it in back.quy_trinh)
    assert (there.unchanged, there.before, there.after) == (back.unchanged, back.after, back.before)


@settings(deadline=None)
@given(states("cũ"), states("mới"), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(old: State, new: State, random: st.Random) -> None:  # type: ignore[name-defined]
    shuffled = [list(side.quy_trinh) for side in (old, new)]
    for items in shuffled:
        random.shuffle(items)
    again = compare(replace(old, quy_trinh=tuple(shuffled[0])), replace(new, quy_trinh=tuple(shuffled[1])))
    assert diff_to_json(compare(old, new)) == diff_to_json(again)


# --- steps ----------------------------------------------------------------------------------------

DISTINCT = ("Tiếp nhận", "Phân loại", "Thẩm định hồ sơ", "Thẩm định dự thảo", "Trình ký", "Phát hành", "Lưu hồ sơ")


@given(st.permutations(range(len(DISTINCT))))
def test_steps_in_another_order_are_told_as_the_fewest_moves(order: list[int]) -> None:
    found = changes(cv(*DISTINCT), cv(*(DISTINCT[place] for place in order)))
    rows = rows_of(found[0]) if found else []
    assert all(kind is Kind.MOVED for kind, *_ in rows)
    assert len(rows) == len(order) - _longest_rise(order)


def _longest_rise(order: list[int]) -> int:
    return max(
        count
        for count in range(len(order) + 1)
        if any(list(run) == sorted(run) for run in itertools.combinations(order, count))
    )


A, B, C, D = "Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Trình Lãnh đạo ký", "Phát hành văn bản"


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ((A, B, C), (A, C), [(Kind.REMOVED, 1, None, False)]),
        ((A, C), (A, B, C), [(Kind.ADDED, None, 1, False)]),
        ((A, B, C, D), (D, A, B, C), [(Kind.MOVED, 3, 0, True)]),
        ((A, B, C), (A, f"{B}; thoi_gian: 2 ngày", C), [(Kind.CHANGED, 1, 1, False)]),
        # Edited and moved, it is still one step.
        ((A, B, C, D), (A, C, D, f"{B}; thoi_gian: 2 ngày"), [(Kind.CHANGED, 1, 3, True)]),
        ((A, B, C, D), (A, C, D, "Thẩm định kỹ hồ sơ"), [(Kind.CHANGED, 1, 3, True)]),
        # Nothing in common: one step goes, another comes.
        ((A, B), (A, "Đóng dấu"), [(Kind.REMOVED, 1, None, False), (Kind.ADDED, None, 1, False)]),
    ],
)
def test_steps_are_found_again(old: tuple[str, ...], new: tuple[str, ...], rows: list[object]) -> None:
    (change,) = changes(cv(*old), cv(*new))
    assert sorted(rows_of(change), key=str) == sorted(rows, key=str)


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        # Two edited steps that changed places are each other's versions, not two new texts in the old places.
        ((A, B, C), (A, "Trình Lãnh đạo Sở ký", "Thẩm định kỹ hồ sơ"), [(Kind.CHANGED, False), (Kind.CHANGED, True)]),
        # Of several equal steps those that keep their order are the same ones; which one is new nobody can tell.
        ((A, B, A), (A, A, B, A), [(Kind.ADDED, False)]),
        ((A, A, B), (A, B), [(Kind.REMOVED, False)]),
        ((A, B), (B, A), [(Kind.MOVED, True)]),
    ],
)
def test_steps_that_could_be_told_in_two_ways_are_told_in_one(
    old: tuple[str, ...], new: tuple[str, ...], rows: list[object]
) -> None:
    (change,) = changes(cv(*old), cv(*new))
    assert sorted((kind, moved) for kind, *_, moved in rows_of(change)) == rows


def test_values_of_a_step_are_told_by_the_titles_of_the_form() -> None:
    old = cv(A, f"{B}; thoi_gian: 2 ngày; phoi_hop: [Phòng A, Phòng B]; ket_qua: Báo cáo; giai_doan: Một")
    new = cv(A, f"{B}; thoi_gian: 1 ngày; phoi_hop: [Phòng B]; song_song: true; khong_tinh_thoi_gian: true")
    assert told(old, new) == [
        "~ Quy trình xử lý công việc:",
        "~ B2  Thẩm định hồ sơ",
        "~ Đơn vị phối hợp (2 → 1):",
        "- mục 1  Phòng A",
        "~ Thời gian: 2 ngày → 1 ngày (giảm 1 ngày)",
        "~ Kết quả: Báo cáo → (trống)",
        "~ Giai đoạn: Một → (trống)",
        f"~ Làm song song: không → có (bước “{A}”)",
        "~ Không tính thời gian: không → có",
    ]


BACK = "quay_lai: {{buoc: {}, khi: chưa đạt}}"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # The label follows the step that moved on.
        ((A, B, f"{C}; {BACK.format(2)}"), (A, D, B, f"{C}; {BACK.format(3)}"), f"B2 → B3 (vẫn là bước “{B}”)"),
        # The number stays, and means another step now.
        (
            (A, B, f"{C}; {BACK.format(2)}"),
            (A, D, B, f"{C}; {BACK.format(2)}"),
            f"B2 (trước là bước “{B}”, nay là bước “{D}”)",
        ),
        (
            (A, B, f"{C}; {BACK.format(2)}"),
            (A, B, f"{C}; {BACK.format(1)}"),
            f"B2 → B1 (trước là bước “{B}”, nay là bước “{A}”)",
        ),
        ((A, B, C), (A, B, f"{C}; quay_lai: {{buoc: 1}}"), f"(trống) → B1 (bước “{A}”)"),
    ],
)
def test_a_return_is_told_with_the_step_that_it_means(old: tuple[str, ...], new: tuple[str, ...], line: str) -> None:
    assert f"~ Quay lại bước: {line}" in told(cv(*old), cv(*new), 160)


def test_a_step_beside_another_one_than_before_is_told() -> None:
    old, new = cv(A, f"{B}; song_song: true"), cv(A, C, f"{B}; song_song: true")
    assert f"~ Làm song song với: B1 → B2 (trước là bước “{A}”, nay là bước “{C}”)" in told(old, new, 160)


def test_very_long_lists_are_aligned_within_bounds() -> None:
    old = [Part((("trinh_tu", f"Việc thứ {n} của quy trình"), ("chu_tri", "a"))) for n in range(3000)]
    new = [Part((("trinh_tu", f"Công việc thứ {n} của quy trình"), ("chu_tri", "a"))) for n in range(3000)]
    pairs = align(old, new)
    assert sum(pair.old is not None and pair.new is not None for pair in pairs) > 2900


def test_equal_texts_in_another_order_move() -> None:
    pairs = align([item("a"), item("b"), item("c")], [item("c"), item("a"), item("b")])
    assert [(pair.old, pair.new, pair.moved) for pair in pairs] == [(2, 0, True), (0, 1, False), (1, 2, False)]


# --- the other values of a form -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            "ten: Tiếp nhận văn bản đến",
            "ten: Tiếp nhận, xử lý văn bản đến",
            ["~ Tên quy trình:", "- Tiếp nhận văn bản đến", "+ Tiếp nhận, xử lý văn bản đến"],
        ),
        ("loai: CV\n", "loai: CV\nky_hieu: CV-05\n", ["~ Ký hiệu: (trống) → CV-05"]),
        (
            "thoi_gian: 1 ngày\ncac",
            "thoi_gian: Theo quy định\ncac",
            ["~ Thời gian xử lý công việc: 1 ngày → Theo quy định"],
        ),
        (
            "can_cu_phap_ly: []",
            "can_cu_phap_ly: [Luật Lưu trữ ngày 21 tháng 6 năm 2024]",
            ["~ Căn cứ pháp lý (0 → 1):", "+ mục 1  Luật Lưu trữ ngày 21 tháng 6 năm 2024"],
        ),
        (
            "tai_lieu: []",
            "tai_lieu: [{ten: Văn bản đến, ban_chinh: true}]",
            ["~ Các tài liệu phục vụ giải quyết công việc (0 → 1):", "+ mục 1  Văn bản đến (bản chính)"],
        ),
        ("so_luong: 01 bộ", "so_luong: 01  bộ", ["~ Số lượng: 01 bộ → 01  bộ (chỉ khác khoảng trắng)"]),
        ("bieu_mau: []\n", "bieu_mau: []\nthu_tu: 3\n", ["~ Thứ tự: (trống) → 3"]),
        ("bieu_mau: []\n", "bieu_mau: []\nghi_chu: Trừ văn bản mật\n", ["~ Ghi chú: (trống) → Trừ văn bản mật"]),
    ],
)
def test_a_value_is_told_by_its_title(old: str, new: str, lines: list[str]) -> None:
    assert CV.replace(old, new) != CV
    assert told(procedure(CV), procedure(CV.replace(old, new)))[-len(lines) :] == lines


def test_agencies_of_a_joint_procedure_are_added_removed_and_moved_with_their_steps() -> None:
    third = (
        "  - ten: Sở Tài chính\n    cac_buoc:\n      - {noi_dung: Thẩm định, thuc_hien: Phòng A, thoi_gian: 2 ngày}\n"
    )
    first, second = LT.split("co_quan:\n")[1].split("  - ten: Văn phòng")
    office = f"  - ten: Văn phòng{second}"
    head = LT.split("co_quan:\n")[0] + "co_quan:\n"
    old = procedure(head + first + office)
    assert told(old, procedure(head + first + third + office)) == [
        "~ Các cơ quan (2 → 3):",
        "+ 4.2  Sở Tài chính",
        "+ Quy trình xử lý công việc tại cơ quan: 1 bước",
    ]
    assert told(procedure(head + first + third + office), procedure(head + third + first + office)) == [
        "~ Các cơ quan:",
        "~ 4.1 → 4.2  Sở Nội vụ (chuyển xuống)",
    ]
    assert told(old, procedure(head + first + office.replace("Tiếp nhận", "Tiếp nhận rồi vào sổ"))) == [
        "~ Các cơ quan:",
        "~ 4.2  Văn phòng UBND Thành phố",
        "~ Quy trình xử lý công việc tại cơ quan:",
        "~ B1  Tiếp nhận rồi vào sổ",
        "~ Nội dung công việc cụ thể: Tiếp nhận → Tiếp nhận rồi vào sổ",
    ]


def test_a_procedure_that_had_only_a_name_is_told_by_its_extent() -> None:
    named = procedure("loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n")
    text = diff_to_text(compare(state(named), state(procedure(CV))), 80)
    assert "    nay có nội dung: 1 bước, 1 ngày\n\n" in text


# --- which procedure is which ---------------------------------------------------------------------

LONG = CV.replace("muc_dich: Quy định việc tiếp nhận", "muc_dich: Quy định việc tiếp nhận, đăng ký và chuyển giao")


@pytest.mark.parametrize(
    ("old", "new", "by"),
    [
        (("a", LONG), ("a", CV.replace("Tiếp nhận văn bản đến", "Tên hoàn toàn khác")), Matched.KEY),
        (
            ("a", LONG + "ky_hieu: CV-01\n"),
            ("b", CV.replace("Tiếp nhận", "Xử lý") + "ky_hieu: CV-01\n"),
            Matched.SYMBOL,
        ),
        (("a", LONG), ("b", CV.replace("văn bản đến", "các văn bản đến")), Matched.LIKENESS),
        (
            ("a", LONG),
            ("b", CV.replace("Tiếp nhận văn bản đến", "Quản lý con dấu").replace("Vào sổ", "Đóng dấu")),
            None,
        ),
        # Each has a number of its own: they are two, however much alike.
        (("a", LONG + "ky_hieu: CV-01\n"), ("b", LONG + "ky_hieu: CV-02\n"), None),
        # One kind is never the other.
        (("a", "loai: CV\nten: A\nky_hieu: CV-01\nchua_co_noi_dung: true\n"), ("a", LT), None),
    ],
)
def test_a_procedure_is_found_again(old: tuple[str, str], new: tuple[str, str], by: Matched | None) -> None:
    items = [procedure(text, f"quy-trinh/{key}.yaml") for key, text in (old, new)]
    matching = match_procedures(items[:1], items[1:])
    assert [match.by for match in matching.matches] == ([by] if by else [None, None])


def test_a_symbol_that_two_procedures_have_finds_nothing_again() -> None:
    twice = [procedure(CV + "ky_hieu: CV-01\n", f"quy-trinh/{key}.yaml") for key in "ab"]
    other = procedure("loai: CV\nten: Khác hẳn\nky_hieu: CV-01\nchua_co_noi_dung: true\n", "quy-trinh/c.yaml")
    assert {match.by for match in match_procedures(twice, [other]).matches} == {None}


def test_with_too_many_new_keys_only_equal_names_or_contents_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qtnb.diff.matching.MOST_PAIRS", 0)
    old, new = procedure(LONG, "quy-trinh/a.yaml"), procedure(LONG, "quy-trinh/b.yaml")
    diff = compare(state(old), state(new))
    assert diff.names_only
    assert [change.match.by for change in diff.quy_trinh] == [Matched.LIKENESS]
    assert "Quá nhiều quy trình đổi khóa" in diff_to_text(diff, 200)


def test_the_output_says_how_alike_two_procedures_must_be() -> None:
    text = diff_to_text(
        compare(state(procedure(LONG, "quy-trinh/a.yaml")), state(procedure(CV, "quy-trinh/b.yaml"))), 200
    )
    assert "~ Khóa (tên tệp): a → b (được coi là một vì tên và nội dung giống nhau 9" in text
    assert "được coi là một khi tên và nội dung giống nhau từ 85%." in text


# --- totals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("5 ngày làm việc", "4 ngày làm việc", "giảm 1 ngày làm việc"),
        ("5 ngày làm việc", "5,5 ngày làm việc", "tăng 0,5 ngày làm việc"),
        ("1 ngày", "4 giờ", "giảm 0,5 ngày"),
        ("30 phút", "1/3 giờ", "giảm 10 phút"),
        # Days of the calendar and working days are not set against each other.
        ("5 ngày làm việc", "4 ngày", ""),
        ("1 tuần", "5 ngày", ""),
        ("5 ngày", "Theo quy định", ""),
        ("1 - 2 ngày", "1 ngày", ""),
        ("08 giờ", "1 ngày", ""),
    ],
)
def test_a_time_is_compared_where_that_can_be_done(old: str, new: str, words: str) -> None:
    assert change_in_words(declared(old, EIGHT), declared(new, EIGHT), EIGHT) == words


def test_totals_keep_kinds_of_time_apart_and_count_what_has_none() -> None:
    times = [
        "5 ngày làm việc",
        "1,5 ngày làm việc",
        "2 ngày",
        "4 giờ",
        "Theo quy định",
        "1 ngày và 1 ngày làm việc",
        "1/3 ngày",
    ]
    items = [procedure(CV.replace("thoi_gian: 1 ngày\ncac", f"thoi_gian: {time}\ncac")) for time in times]
    diff = compare(state(), state(*(replace(item, khoa=str(n)) for n, item in enumerate(items))))
    text = diff_to_text(diff, 80)
    shown = {line[:32].strip(): line[32:].split() for line in text.splitlines() if line.startswith(("Thời", "Không"))}
    assert shown == {
        "Thời gian khai (ngày làm việc)": ["0", "6,5"],
        "Thời gian khai (ngày)": ["0", "7/3"],
        "Thời gian khai (giờ)": ["0", "4"],
        "Không tính được thời gian": ["0", "2"],
    }
    assert totals_of(items, EIGHT).cac_buoc == len(items)


# --- rows for a table -----------------------------------------------------------------------------


def test_the_rows_of_a_comparison_set_old_and_new_side_by_side() -> None:
    old = cv(A, B, f"{C}; thoi_gian: 2 ngày; ket_qua: Văn bản đã ký")
    new = cv(A, f"{C}; thoi_gian: 1 ngày; ket_qua: Văn bản đã ký", head=CV + "ly_do: Bỏ khâu trung gian\n")
    assert [(row.nhan, row.hien_hanh, row.sua_doi, row.ly_do) for row in comparison_rows(old, new)] == [
        ("Bước B2", f"B2. {B}\nĐơn vị chủ trì: Văn phòng Sở", "", "Bỏ khâu trung gian"),
        ("Bước B3 (nay là B2)", f"B3. {C}\nThời gian: 2 ngày", f"B2. {C}\nThời gian: 1 ngày", "Bỏ khâu trung gian"),
    ]
    assert comparison_rows(old, old) == ()


def test_the_reason_is_that_of_the_new_decision_where_the_procedure_gives_none() -> None:
    old, new = (cv(f"{A}; thoi_gian: {time}") for time in ("2 ngày", "1 ngày"))
    signed, draft = (
        quyet_dinh_from(
            f"quyet-dinh/{khoa}.yaml",
            {"loai": "QD", "phe_duyet": "noi_dung", "quy_trinh": [named], "ly_do": khoa, "ngay": ngay, "so": "1"},
        )
        for khoa, named, ngay in (("cu", old.khoa, "2025-01-02"), ("moi", old.khoa, ""))
    )
    before = replace(state(old), quyet_dinh=(signed,))
    for after, reason in (
        (replace(state(new), quyet_dinh=(signed, draft)), "moi"),
        (replace(state(new), quyet_dinh=(signed,)), ""),
        (replace(state(replace(new, ly_do="Bỏ chờ")), quyet_dinh=(signed, draft)), "Bỏ chờ"),
        (replace(state(), quyet_dinh=(draft,)), "moi"),
    ):
        (change,) = compare(before, after).quy_trinh
        assert change.ly_do == reason


def test_a_procedure_that_comes_or_goes_is_one_row() -> None:
    item_ = cv(f"{A}; thoi_gian: 1 ngày")
    brief = f"Thời gian xử lý công việc: 1 ngày\nB1. {A} (Văn phòng Sở; 1 ngày)"
    (added,), (gone,) = comparison_rows(None, item_), comparison_rows(item_, None)
    assert (added.nhan, added.hien_hanh, added.sua_doi) == ("Bổ sung quy trình", "", brief)
    assert (gone.nhan, gone.hien_hanh, gone.sua_doi) == ("Bãi bỏ quy trình", brief, "Bãi bỏ")


@settings(deadline=None)
@given(versions())
def test_there_are_rows_exactly_when_something_changed(pair: tuple[AnyQuyTrinh, AnyQuyTrinh]) -> None:
    assert bool(comparison_rows(*pair)) is bool(changes(*pair))


# --- words ----------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_the_changed_words_give_both_texts_back(old: list[str], new: list[str]) -> None:
    stretches = word_changes(" ".join(old), " ".join(new))
    for side, gone in ((old, Kind.ADDED), (new, Kind.REMOVED)):
        kept = " ".join(it.text for it in stretches if it.kind is not gone).split()
        assert kept == side or not stretches


def test_only_states_that_can_be_compared_are() -> None:
    one, other = procedure(CV, "quy-trinh/a.yaml"), procedure(LONG, "quy-trinh/b.yaml")
    broken = replace(state(one, ten="cũ"), khong_so_duoc={"b": "bản cũ: sai"})
    diff: KhoDiff = compare(broken, state(one, other))
    assert diff.khong_so_duoc == (("b", "bản cũ: sai"),)
    assert diff.empty
