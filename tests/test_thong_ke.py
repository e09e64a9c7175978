"""Statistics forms: the forms of 2017, sums and ratios counted a second time, and what a wrong file gets told."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from form_models import TK, UBND, example_forms, examples
from kit import make_kho
from qtnb.tabular.table import Column, Kind
from qtnb.thong_ke import ThongKe, columns_of, decimals_of, figure_of, sums_of, thong_ke_from
from qtnb.validation import validate
from qtnb.words.phu_luc import ThongKeWords
from qtnb.words.thong_ke import thong_ke_words

ORIGINAL = Path(__file__).parent / "ban-goc" / "106-kh-ubnd.txt"
FORMS = {"phu-luc-1-so": "Phụ lục I", "phu-luc-2-nganh-doc": "Phụ lục II", "phu-luc-3-huyen-xa": "Phụ lục III"}

LOST_IN_III = "Tổng số hồ sơ TTHC được giải quyết đúng hạn"
"""A head that the copy of form III has lost: its common head spans four columns and three are named."""


def words_of(form: ThongKe) -> ThongKeWords:
    return thong_ke_words(form, examples()[1].cau_hinh.co_quan)


def original_form(label: str) -> str:
    """The copy of one form: from its label to the next one."""
    parts = re.split(r"^(Phụ lục I+)$", ORIGINAL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[label]


def squeezed(text: str) -> str:
    return "".join(text.replace("m2", "m²").replace("*", "").split())


# --- the forms of 2017 ----------------------------------------------------------------------------


@pytest.mark.parametrize(("khoa", "label"), FORMS.items())
def test_a_form_of_2017_has_the_words_of_the_original(khoa: str, label: str) -> None:
    words = words_of(example_forms()[khoa])
    original = squeezed(original_form(label))
    assert words["phu_luc"]["nhan"] == label
    assert original.upper().startswith(squeezed(words["phu_luc"]["tieu_de"]))
    top = [column["cot_chung"] or column["ten"] for column in words["bang"]["cot"]]
    heads = ["STT", words["bang"]["ten_cot_ten"], *dict.fromkeys(top)]
    assert squeezed("".join(heads)) in original
    below = [column["ten"] for column in words["bang"]["cot"] if column["cot_chung"]]
    assert squeezed("".join(head for head in below if label != "Phụ lục III" or head != LOST_IN_III)) in original
    for note in words["chu_thich"]:
        assert squeezed(f"- {note['so']} {note['noi_dung'].rstrip('.;')}") in original
    for text in ("Tổng cộng", words["lap_bieu"]["chuc_vu"], words["ky"]["chuc_vu"]):
        assert squeezed(text) in original


def test_the_four_columns_of_the_lost_head_are_in_the_copy() -> None:
    heads = next(line for line in original_form("Phụ lục III").splitlines() if line.startswith("STT"))
    common = "Kết quả giải quyết TTHC"
    cells = heads.split("\t")
    start = next(number for number, cell in enumerate(cells) if cell.startswith(common))
    assert [bool(cell) for cell in cells[start : start + 5]] == [True, False, False, False, True]


def test_the_groups_are_those_of_the_originals() -> None:
    named = {
        khoa: " | ".join(f"{line['stt']} {line['ten']}".strip() for line in words_of(form)["bang"]["dong"])
        for khoa, form in example_forms().items()
    }
    assert named == {
        "phu-luc-1-so": "A Sở | B Đơn vị cấp 2 trực thuộc | 1 Chi cục A | 2 Chi cục B | Tổng cộng",
        "phu-luc-2-nganh-doc": (
            "A Đặt tại Thành phố | B Đặt tại cấp Huyện | 1 Đơn vị A | 2 Đơn vị B (mới thành lập) | Tổng cộng"
        ),
        "phu-luc-3-huyen-xa": "A Cấp huyện | B Cấp xã (tổng số xã: 2) | 1 Xã A | 2 Xã B | Tổng cộng",
    }


# --- counted a second time ------------------------------------------------------------------------


def number(text: Any) -> float:
    return float(str(text).replace(",", "."))


def shown(value: float, *, percent: bool = False) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    return f"{text}%" if percent else text


@pytest.mark.parametrize("khoa", FORMS)
def test_sums_and_ratios_are_those_of_plain_loops_over_the_file(khoa: str) -> None:
    data = yaml.safe_load((UBND / "thong-ke" / f"{khoa}.yaml").read_text(encoding="utf-8"))
    figures = [column["khoa"] for column in data["cot"] if column.get("kieu") in {None, "so_do"}]
    ratios = {c["khoa"]: (c["tu_so"], c["mau_so"]) for c in data["cot"] if c.get("kieu") == "ty_le"}
    expected: list[list[str]] = []
    total = dict.fromkeys(figures, 0.0)
    for group in data["nhom"]:
        rows = [unit["so_lieu"] for unit in group.get("don_vi", [])] or [group["so_lieu"]]
        sums = {key: sum(number(row[key]) for row in rows) for key in figures}
        for key in figures:
            total[key] += sums[key]
        lines = [sums, *({key: number(row[key]) for key in figures} for row in rows if "don_vi" in group)]
        expected += [printed(line, data, ratios) for line in lines]
    expected.append(printed(total, data, ratios))
    got = [
        [cell["doan"][0] for cell in line["o"] if not cell["la_chu"]]
        for line in words_of(example_forms()[khoa])["bang"]["dong"]
    ]
    assert got == expected


def printed(line: dict[str, float], data: dict[str, Any], ratios: dict[str, tuple[str, str]]) -> list[str]:
    cells = []
    for column in data["cot"]:
        key = column["khoa"]
        if key in line:
            cells.append(shown(line[key]))
        elif key in ratios:
            above, below = (line[part] for part in ratios[key])
            cells.append(shown(100 * above / below, percent=True) if below else "")
    return cells


def test_there_is_no_ratio_of_zero() -> None:
    form = words_of(example_forms()["phu-luc-2-nganh-doc"])
    new = next(line for line in form["bang"]["dong"] if "mới thành lập" in line["ten"])
    heads = [column["ten"] for column in form["bang"]["cot"]]
    at = heads.index("Tỷ lệ hồ sơ TTHC được giải quyết đúng hạn")
    assert (new["o"][at - 3]["doan"], new["o"][at]["doan"]) == (["0"], [""])


_RATIO = Column("t", "Tỷ lệ", Kind.RATIO, numerator="a", denominator="b")
_COUNTS = (Column("a", "A", Kind.COUNT), Column("b", "B", Kind.COUNT), _RATIO)
_CELLS = st.none() | st.integers(0, 10**9)


@given(st.lists(st.fixed_dictionaries({"a": _CELLS, "b": _CELLS}), max_size=6))
def test_the_ratio_of_the_sums_is_exact_or_left_out(rows: list[dict[str, int | None]]) -> None:
    sums = sums_of(_COUNTS, rows)
    above = [row["a"] for row in rows if row["a"] is not None]
    below = [row["b"] for row in rows if row["b"] is not None]
    for key, figures in (("a", above), ("b", below)):
        assert sums[key] == Fraction(sum(figures))
    whole = all((row["a"] is None) == (row["b"] is None) for row in rows)
    assert sums["t"] == (Fraction(sum(above), sum(below)) if whole and sum(below) > 0 else None)


@given(st.integers(0, 10**12 - 1), st.sampled_from(["", ",5", ".5", ",25", ".07"]))
def test_a_figure_is_read_exactly(whole: int, part: str) -> None:
    value = figure_of(Kind.AMOUNT, f" {whole}{part} ")
    assert value == Fraction(f"{whole}{part.replace(',', '.')}")
    assert decimals_of(f"{whole}{part}") == max(len(part) - 1, 0)
    if not part:
        assert figure_of(Kind.COUNT, whole) == whole


@pytest.mark.parametrize(
    "text", ["1.234", "1,234", "1 234", "-5", "+5", "1e3", "٣", "khoảng 5", "5 hồ sơ", "0x10", "1.", "٫", "00", "=1+1"]
)
def test_what_may_be_read_two_ways_is_no_figure(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        figure_of(Kind.AMOUNT, text)


def test_a_figure_stays_exact_whatever_key_it_stands_under() -> None:
    data = {
        "loai": "TK",
        "tieu_de": "A",
        "cot": [{"khoa": "buoc", "ten": "Bước"}],
        "nhom": [{"ten": "N", "so_lieu": {"buoc": 7}}],
    }
    assert thong_ke_from("thong-ke/a.yaml", data).dong[0]["buoc"] == 7


def test_footnotes_are_counted_from_left_to_right() -> None:
    columns = columns_of(
        {
            "cot": [
                {"khoa": "a", "ten": "A", "chu_thich": "là a"},
                {"khoa": "b", "ten": "B"},
                {"khoa": "c", "ten": "C", "chu_thich": "là c"},
            ]
        }
    )
    assert [column.title for column in columns] == ["Tên đơn vị", "A (1)", "B", "C (2)"]


def test_a_form_without_groups_numbers_its_units_and_adds_them_up() -> None:
    words = words_of(thong_ke_from("thong-ke/a.yaml", yaml.safe_load(TK)))
    assert [(line["stt"], line["ten"], [cell["doan"][0] for cell in line["o"]]) for line in words["bang"]["dong"]] == [
        ("1", "Phòng A", ["4", "3", "75%"]),
        ("2", "Phòng B", ["8", "5", "62,5%"]),
        ("", "Tổng cộng", ["12", "8", "66,67%"]),
    ]


def test_the_agency_of_the_kho_reports_where_the_file_names_nobody() -> None:
    words = words_of(thong_ke_from("thong-ke/a.yaml", yaml.safe_load(TK)))
    assert words["don_vi"] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"]
    assert (words["dia_danh"], words["ngay"].strip(), words["kem_theo"]) == ("Hà Nội", "", "")


# --- wrong files ----------------------------------------------------------------------------------

MISTAKES: list[tuple[str, str, str, list[tuple[int, int, str, str]]]] = [
    (
        "a total that the file states otherwise",
        "nhom:\n",
        'tong_cong: {giao: 13, dung_han: 8, ty_le: "66,67%"}\nnhom:\n',
        [(7, 19, "stated-total", "“Số được giao” ghi 13, nhưng tính từ số liệu là 12.")],
    ),
    ("totals that agree", "nhom:\n", 'tong_cong: {giao: 12, dung_han: 8, ty_le: "66,7"}\nnhom:\n', []),
    (
        "a ratio rounded the wrong way",
        "nhom:\n",
        'tong_cong: {ty_le: "66,66"}\nnhom:\n',
        [(7, 20, "stated-total", "“Tỷ lệ đúng hạn” ghi 66,66, nhưng tính từ số liệu là 66,67%.")],
    ),
    (
        "a ratio of a row that the file states otherwise",
        "{giao: 4, dung_han: 3}",
        "{giao: 4, dung_han: 3, ty_le: 80%}",
        [(9, 63, "stated-total", "“Tỷ lệ đúng hạn” ghi 80%, nhưng tính từ số liệu là 75%.")],
    ),
    (
        "a ratio of zero that the file states",
        "{giao: 4, dung_han: 3}",
        "{giao: 0, dung_han: 0, ty_le: 100%}",
        [(9, 63, "stated-total", "“Tỷ lệ đúng hạn” ghi 100%, nhưng không tính được từ số liệu.")],
    ),
    (
        "a total of a group that the file states otherwise",
        "  - don_vi:\n",
        "  - tong: {dung_han: 9}\n    don_vi:\n",
        [(8, 22, "stated-total", "“Số đúng hạn” ghi 9, nhưng tính từ số liệu là 8.")],
    ),
    (
        "a thousand with a dot",
        "giao: 4,",
        "giao: 1.234,",
        [(9, 40, "bad-figure", "Số liệu “1.234” ở cột “Số được giao” không phải là số đếm.")],
    ),
    (
        "half a piece",
        "giao: 4,",
        "giao: 4.5,",
        [(9, 40, "bad-figure", "Số liệu “4.5” ở cột “Số được giao” không phải là số đếm.")],
    ),
    (
        "a figure that is missing",
        "giao: 4, ",
        "",
        [(9, 33, "missing-figure", "Dòng “Phòng A” chưa có số liệu: Số được giao.")],
    ),
    (
        "a column that is not there",
        "giao: 4,",
        "giao: 4, tre: 1,",
        [(9, 43, "unknown-column", "Biểu không có cột “tre”.")],
    ),
    (
        "a note of one's own",
        "giao: 4,",
        "giao: 4, x-nguon: sổ theo dõi,",
        [],
    ),
    (
        "a column twice",
        "  - {khoa: dung_han,",
        "  - {khoa: giao,",
        [
            (5, 12, "column-twice", "Khóa cột “giao” được dùng hai lần."),
            (6, 60, "bad-ratio", "Cột tỷ lệ “ty_le” lấy tử số ở “dung_han”, không phải là một cột số của biểu."),
            (9, 43, "unknown-column", "Biểu không có cột “dung_han”."),
            (10, 43, "unknown-column", "Biểu không có cột “dung_han”."),
        ],
    ),
    (
        "a key that is taken",
        "khoa: ty_le",
        "khoa: ten",
        [(6, 12, "column-twice", "Khóa cột “ten” dành cho cột tên và nhóm.")],
    ),
    (
        "a ratio without its denominator",
        ", mau_so: giao",
        "",
        [(6, 5, "bad-ratio", "Cột tỷ lệ “ty_le” thiếu mẫu số (mau_so).")],
    ),
    (
        "a ratio of a ratio",
        "tu_so: dung_han",
        "tu_so: ty_le",
        [(6, 60, "bad-ratio", "Cột tỷ lệ “ty_le” lấy tử số ở “ty_le”, không phải là một cột số của biểu.")],
    ),
    (
        "parts of a ratio on a column that is none",
        ", kieu: ty_le",
        "",
        [
            (6, 47, "bad-ratio", "Cột “ty_le” có tử số (tu_so) nhưng không phải là cột tỷ lệ."),
            (6, 65, "bad-ratio", "Cột “ty_le” có mẫu số (mau_so) nhưng không phải là cột tỷ lệ."),
            (9, 33, "missing-figure", "Dòng “Phòng A” chưa có số liệu: Tỷ lệ đúng hạn."),
            (10, 33, "missing-figure", "Dòng “Phòng B” chưa có số liệu: Tỷ lệ đúng hạn."),
        ],
    ),
    (
        "a group with figures of its own beside its units",
        "  - don_vi:\n",
        "  - ten: A\n    so_lieu: {giao: 12, dung_han: 8}\n    don_vi:\n",
        [(9, 14, "bad-group", "Nhóm vừa có số liệu của chính nó (so_lieu) vừa có các đơn vị (don_vi).")],
    ),
    (
        "a group that is a unit without a name",
        "  - don_vi:\n",
        "  - so_lieu: {giao: 1, dung_han: 1}\n  - ten: B\n    don_vi:\n",
        [(8, 5, "missing-key", "Thiếu khóa “Tên nhóm” (ten).")],
    ),
    (
        "a decision among the forms",
        "loai: TK",
        "loai: QD",
        [(1, 7, "misplaced-file", "Tệp có loai: QD phải nằm trong thư mục quyet-dinh/ của kho.")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_wrong_form_is_told_where_and_what(
    old: str, new: str, expected: list[tuple[int, int, str, str]], tmp_path: Path
) -> None:
    assert old in TK
    kho = make_kho(tmp_path, {"thong-ke/a.yaml": TK.replace(old, new, 1)})
    found = [(f.span.line, f.span.column, f.rule, f.message) for f in validate([kho], kho).findings]
    assert found == expected


def test_the_forms_of_the_examples_say_that_their_figures_are_invented() -> None:
    for path in sorted((UBND / "thong-ke").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert "SỐ LIỆU VÍ DỤ" in text
        words = words_of(example_forms()[path.stem])
        assert words["don_vi"][0].endswith("(SỐ LIỆU VÍ DỤ)")
        figures = [line for line in words["bang"]["dong"] if line["ten"] != "Tổng cộng"]
        assert sum(line["o"][-1]["doan"] == ["Số liệu ví dụ"] for line in figures) == text.count("so_lieu:")
