"""How rules read words: names of doers and units, tone marks, older encodings, names of former bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from kit import CV, make_kho
from qtnb.finding import Finding
from qtnb.lint.former_units import former_in, may_name_former
from qtnb.lint.legacy_text import read_legacy
from qtnb.lint.run import LintRun, lint
from qtnb.lint.settings import Selection
from qtnb.lint.tones import new_words, old_words, to_new, to_old
from qtnb.lint.units import Likeness, doers_of, is_nobody, match, unit_key, unit_names
from qtnb.rules import RULES


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Văn thư", ("Văn thư",)),
        ("Văn thư;", ("Văn thư",)),
        ("Lãnh đạo Sở; Chuyên viên", ("Lãnh đạo Sở", "Chuyên viên")),
        ("1-Các đơn vị; 2- Ban KHTC; 4-Ban Giám đốc.", ("Các đơn vị", "Ban KHTC", "Ban Giám đốc")),
        ("1. Ban A 2. Ban B", ("Ban A", "Ban B")),
        ("Phòng Nghiệp vụ 1 - Chi cục", ("Phòng Nghiệp vụ 1 - Chi cục",)),
        ("P. TC-HC / Hiệu trưởng", ("P. TC-HC", "Hiệu trưởng")),
        ("Công chức/viên chức", ("Công chức/viên chức",)),
        ("Văn phòng (Tổ xe; lái xe) + Đội xe", ("Văn phòng (Tổ xe; lái xe)", "Đội xe")),
        ("Phòng A và/hoặc Phòng B", ("Phòng A", "Phòng B")),
        ("Văn phòng Bộ\n(P. Hành chính)\n", ("Văn phòng Bộ\n(P. Hành chính)",)),
        ("- Văn thư\n- Đội xe", ("Văn thư", "Đội xe")),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
    ],
)
def test_a_cell_is_parted_where_doers_part(cell: str, parts: tuple[str, ...]) -> None:
    assert doers_of(cell).parts == parts


@pytest.mark.parametrize(
    ("cell", "nobody"),
    [
        ("Các đơn vị", True),
        ("Đơn vị", True),
        ("Phòng ban/ Bộ phận", True),
        ("Cơ quan, tổ chức, cá nhân có liên quan", True),
        ("Các cơ quan, đơn vị liên quan (nếu có)", True),
        ("Người có thẩm quyền", True),
        ("---", True),
        ("Các đơn vị (Lãnh đạo)", False),
        ("Phòng chuyên môn", False),
        ("Phòng, đơn vị đề nghị", False),
        ("Các phòng, đơn vị thuộc Sở", False),
        ("Cán bộ, công chức", False),
        ("Cá nhân", False),
        ("Cơ quan thuế", False),
    ],
)
def test_nobody_in_particular_is_told_from_a_role(cell: str, nobody: bool) -> None:
    assert is_nobody(cell) is nobody


NAMES = unit_names(
    (("Văn phòng Sở", "VP"), ("Phòng Kế hoạch - Tài chính", "KHTC"), ("Chủ tịch UBND cấp xã", ""), ("Đội 1", "")),
    ("Sở Nội vụ thành phố Hà Nội", "Giám đốc"),
)


@pytest.mark.parametrize(
    ("name", "likeness", "ten"),
    [
        ("văn phòng Sở ;", Likeness.KNOWN, ""),
        ("Văn Phòng Sở", Likeness.VARIANT, "Văn phòng Sở"),
        ("KHTC", Likeness.KNOWN, ""),
        ("P. KHTC", Likeness.KNOWN, ""),
        ("Phòng Kế hoạch–Tài chính", Likeness.VARIANT, "Phòng Kế hoạch - Tài chính"),
        ("Chủ tịch Uỷ ban nhân dân cấp xã", Likeness.VARIANT, "Chủ tịch UBND cấp xã"),
        ("Chánh Văn phòng Sở", Likeness.KNOWN, ""),
        ("Lãnh đạo Sở", Likeness.KNOWN, ""),
        ("Trưởng phòng Kế hoạch - Tài chính", Likeness.KNOWN, ""),
        ("Văn phòng Sở (Tổ xe)", Likeness.KNOWN, ""),
        ("Phòng Kế hoạch - Tài chinh", Likeness.NEAR, "Phòng Kế hoạch - Tài chính"),
        ("Đội 2", Likeness.UNKNOWN, ""),
        ("Kho bạc", Likeness.UNKNOWN, ""),
    ],
)
def test_a_name_is_matched_with_the_registered_units(name: str, likeness: Likeness, ten: str) -> None:
    found = match(NAMES, name)
    assert (found.likeness, found.ten) == (likeness, ten)


def test_one_unit_has_one_key() -> None:
    assert unit_key("UBND  Phường A - Đội B;") == unit_key("Uỷ ban nhân dân phường A – đội B")


def test_tone_marks_move_only_where_spelling_is_open() -> None:
    new = "Uỷ ban HOÀ giải, xoá, khoẻ, tuỳ; quý, quỹ, hoàn toàn, thuyền"
    old = "Ủy ban HÒA giải, xóa, khỏe, tùy; quý, quỹ, hoàn toàn, thuyền"
    assert (to_old(new), to_new(old)) == (old, new)
    assert new_words(new) == ["Uỷ", "HOÀ", "xoá", "khoẻ", "tuỳ"]
    assert old_words(old) == ["Ủy", "HÒA", "xóa", "khỏe", "tùy"]
    assert (new_words(old), old_words(new)) == ([], [])


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("C«ng v¨n cña Së Néi vô", "Công văn của Sở Nội vụ"),
        ("UÛy ban nhaân daân thaønh phoá Haø Noäi", "Ủy ban nhân dân thành phố Hà Nội"),
        ("vÄƒn báº£n", "văn bản"),
        ("Quá trình hoá toà", None),
        ("Köln, Zürich, Muñoz", None),
        ("mã µm và quá", None),
        ("Quy trình tiếp nhận ®", None),
    ],
)
def test_older_encodings_are_read_and_nothing_else_is(text: str, reading: str | None) -> None:
    legacy = read_legacy(text)
    assert (legacy.reading if legacy else None) == reading


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gửi sở Kế hoạch & Đầu tư", ["Sở Kế hoạch và Đầu tư"]),
        ("Sở LĐ-TB&XH, Sở\n  Giao thông Vận tải", ["Sở Lao động - Thương binh và Xã hội", "Sở Giao thông vận tải"]),
        ("Sở Nông nghiệp và Môi trường, Cục Thuế, thanh tra sở hữu trí tuệ", []),
    ],
)
def test_former_bodies_are_found_in_any_spelling(text: str, names: list[str]) -> None:
    assert [unit.ten for _, unit in former_in(text)] == names
    assert may_name_former(text) or not names


def _told(kho: Path, rule: str, as_of: dt.date | None = None) -> Sequence[Finding]:
    selection = Selection(select=(rule,), as_of=as_of)
    return lint(LintRun((kho,), kho, selection, dt.date(2026, 11, 21)), RULES).findings


@pytest.mark.parametrize(("day", "count"), [(None, 1), (dt.date(2025, 2, 28), 0), (dt.date(2025, 3, 1), 1)])
def test_a_former_body_is_judged_by_the_day_asked_for(tmp_path: Path, day: dt.date | None, count: int) -> None:
    kho = make_kho(
        tmp_path, {"quy-trinh/a.yaml": CV.replace("Văn phòng Sở\n    thoi", "Sở Kế hoạch và Đầu tư\n    thoi")}
    )
    assert len(_told(kho, "duty-former", day)) == count


@pytest.mark.parametrize(
    ("value", "count"),
    [('Mục "số 1" của sổ', 0), ('Màn hình 24" dùng chung', 0), ('Mục "số 1 của sổ', 1)],
)
def test_a_quote_behind_a_figure_closes_or_stands_for_inches(tmp_path: Path, value: str, count: int) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV.replace("ten: Tiếp nhận văn bản đến", f"ten: '{value}'")})
    assert len(_told(kho, "text-quotes")) == count


SPELLINGS = ("ten: {0}", 'ten: "{0}"', "ten: '{0}'", "ten: >-\n  {0}", "ten: |\n  {0}")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("text-invisible", "Tiếp nhận\u00a0văn bản"),
        ("text-spaces", "Tiếp nhận  văn bản"),
        ("text-spaces", "Văn bản đến , đi"),
        ("text-spaces", "Văn bản đến ."),
        ("text-spaces", "Văn bản (nếu có )"),
        ("text-spaces", "Văn bản ( nếu có)"),
        ("text-tone", "Hoà giải, hòa giải"),
        ("text-quotes", "Đóng dấu “Đến"),
        ("text-legacy", "Quaûn lyù vaên baûn ñeán"),
        ("text-capital", "Tài sản của nhà nước"),
        ("text-stop", "Tiếp nhận văn bản;"),
        ("text-letter-o", "Họp ngày O5 tháng 3"),
        ("duty-former", "Gửi Sở Kế hoạch và Đầu tư"),
    ],
)
def test_the_quick_look_at_a_file_misses_no_spelling(tmp_path: Path, rule: str, value: str, spelling: str) -> None:
    text = f"loai: CV\n{spelling.format(value)}\nchua_co_noi_dung: true\n"
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": text})
    assert [finding.rule for finding in _told(kho, rule)] == [rule]
