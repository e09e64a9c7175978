"""Plans: the tables of the city's own plans word for word, and what a wrong file gets told."""

from __future__ import annotations

from pathlib import Path

import pytest

from form_models import KH, example_plans, examples, plan
from kit import make_kho, qtnb
from qtnb.ke_hoach import Cot, KeHoach, ke_hoach_from
from qtnb.validation import validate
from qtnb.words.ke_hoach import MERGE_LEFT, MERGE_UP, ke_hoach_words
from qtnb.words.phu_luc import KeHoachWords

ORIGINALS = Path(__file__).parent / "ban-goc"

SLIPS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "cai-cach-hanh-chinh-2021": (
        "5743-qd-ubnd.txt",
        "Số 5743/QĐ-UBND ngày 29 tháng 12 năm 2020",
        [
            ("Vãn phòng", "Văn phòng"),
            ("vãn bản", "văn bản"),
            ("- Sở Nội vụ Văn phòng UBND", "- Sở Nội vụ - Văn phòng UBND"),
            ("các cơ quan, vị xây quy chế", "các cơ quan, đơn vị xây dựng quy chế"),
            ("(hàng tháng)..", "(hàng tháng)."),
        ],
    ),
    "kiem-soat-thu-tuc-hanh-chinh-2024": (
        "326-kh-ubnd.txt",
        "Số 326/KH-UBND ngày 29/12/2023",
        [
            # The copy has lost the numbers of three groups; their tasks 8.1, 9.1, 10.1 tell them.
            (" Đánh giá tác động của thủ tục hành chính, thẩm", "8 Đánh giá tác động của thủ tục hành chính, thẩm"),
            (
                " Thực hiện cơ chế một cửa, một cửa liên thông trong giải",
                "9 Thực hiện cơ chế một cửa, một cửa liên thông trong giải",
            ),
            (" Rà soát, đơn giản hóa TTHC nội bộ trong", "10 Rà soát, đơn giản hóa TTHC nội bộ trong"),
        ],
    ),
    "chi-nhanh-trung-tam-phuc-vu-hanh-chinh-cong-2025": (
        "29-kh-ubnd.txt",
        "Số 29/KH-UBND ngày 25/01/2025",
        [("II.", "II")],
    ),
}
"""The copy of each plan's appendix in ``ban-goc``, its number and day there, and where the copy slips."""


def squeezed(text: str) -> str:
    """Without blanks and line ends, which copies set as they like, and the bars of one of them."""
    return "".join(text.split()).replace("|", "")


def words_of(what: KeHoach) -> KeHoachWords:
    return ke_hoach_words(what, examples()[1].cau_hinh.co_quan)


def cells(words: KeHoachWords) -> list[str]:
    """The texts of the table, from left to right and from the top down."""
    table = words["bang"]
    texts = [table["ten_cot_stt"], *(column["ten"] for column in table["cot"])]
    for line in table["dong"]:
        inner = [" ".join(cell["doan"]) for cell in line["o"]]
        if line["la_nhom"]:
            inner.insert(0, line["ten_nhom"])
        if line["la_tiep"]:
            inner = [text for text, column in zip(inner, table["cot"], strict=True) if column["khoa"] != "noi_dung"]
        texts += [line["stt"], *inner]
    return texts


@pytest.mark.parametrize("khoa", SLIPS)
def test_a_plan_of_the_city_is_told_word_for_word(khoa: str) -> None:
    name, _, slips = SLIPS[khoa]
    original = (ORIGINALS / name).read_text(encoding="utf-8")
    for wrong, right in slips:
        assert wrong in original, wrong
        original = original.replace(wrong, right)
    head, _, table = squeezed(original).partition(")")
    words = words_of(example_plans()[khoa])
    assert head.startswith(squeezed(f"PHỤ LỤC {words['phu_luc']['tieu_de']}").upper())
    assert squeezed(" ".join(cells(words))) == table


@pytest.mark.parametrize("khoa", SLIPS)
def test_number_and_day_are_those_of_the_plan(khoa: str) -> None:
    name, number, _ = SLIPS[khoa]
    text = words_of(example_plans()[khoa])["van_ban"]
    long = f"Số {text['so']}/{text['ky_hieu']} ngày {text['ngay']} tháng {text['thang']} năm {text['nam']}"
    short = f"Số {text['so']}/{text['ky_hieu']} ngày {text['ngay']}/{text['thang'].zfill(2)}/{text['nam']}"
    assert number in {long, short}
    assert number.removeprefix("Số ") in (ORIGINALS / name).read_text(encoding="utf-8")


def test_the_plans_have_the_groups_and_tasks_of_the_originals() -> None:
    counts = {khoa: [len(group.nhiem_vu) for group in item.nhom] for khoa, item in example_plans().items()}
    assert counts == {
        "cai-cach-hanh-chinh-2021": [12, 4, 7, 8, 3, 5, 11],
        "kiem-soat-thu-tuc-hanh-chinh-2024": [5, 2, 5, 1, 5, 1, 1, 2, 5, 2],
        "chi-nhanh-trung-tam-phuc-vu-hanh-chinh-cong-2025": [6, 13],
    }


# --- numbers, columns, units ----------------------------------------------------------------------


def stt(what: KeHoach) -> list[str]:
    return [line["stt"] for line in words_of(what)["bang"]["dong"]]


def test_numbers_are_counted_and_a_written_one_counts_for_nothing() -> None:
    tasks = ({"noi_dung": "a"}, {"noi_dung": "b", "stt": "1a"}, {"noi_dung": "c"})
    rest = ({"noi_dung": "d", "khong_danh_so": True}, {"noi_dung": "e", "nhiem_vu_con": [{"noi_dung": "f"}]})
    assert stt(plan(*tasks, *rest)) == ["I", "1", "1a", "2", "", "3", "-"]
    assert stt(plan(*tasks, *rest, danh_so="thap_phan")) == ["1", "1.1", "1a", "1.2", "", "1.3", "-"]


@pytest.mark.parametrize("danh_so", ["la_ma", "thap_phan"])
def test_a_table_without_groups_counts_its_tasks_alone(danh_so: str) -> None:
    groups = [{"nhiem_vu": [{"noi_dung": "a"}, {"noi_dung": "b"}]}]
    assert stt(plan(nhom=groups, danh_so=danh_so)) == ["1", "2"]


def test_further_products_share_number_and_text_with_their_task() -> None:
    task = {"noi_dung": "a", "san_pham": "x", "san_pham_khac": [{"san_pham": "y"}, {"san_pham": "z"}]}
    lines = words_of(plan(task))["bang"]["dong"]
    assert [(line["stt"], line["la_tiep"], line["di_lien"]) for line in lines[1:]] == [
        ("1", False, True),
        ("", True, True),
        ("", True, False),
    ]


def test_columns_stand_as_the_file_orders_them_with_the_number_first() -> None:
    what = plan({"noi_dung": "a"}, cot=["thoi_gian", {"khoa": "noi_dung", "ten": "Việc"}, {"khoa": "stt", "ten": "TT"}])
    assert [(column.khoa, column.ten) for column in what.cot] == [
        (Cot.STT, "TT"),
        (Cot.THOI_GIAN, "Thời gian thực hiện"),
        (Cot.NOI_DUNG, "Việc"),
    ]


@pytest.mark.parametrize(
    ("data", "ngang"),
    [
        ({}, True),
        ({"cot": ["noi_dung", "chu_tri"]}, False),
        ({"trang": "dung"}, False),
        ({"trang": "ngang", "cot": ["noi_dung"]}, True),
    ],
)
def test_a_table_of_six_columns_lies_unless_the_file_says_otherwise(data: dict[str, object], ngang: bool) -> None:
    assert plan({"noi_dung": "a"}, **data).ngang is ngang


def test_units_of_a_list_stand_behind_dashes_and_a_text_as_it_is() -> None:
    what = plan(
        {"noi_dung": "a", "chu_tri": ["Sở A", "- Sở B"], "phoi_hop": "Sở C; Sở D"},
        cot=["noi_dung", "chu_tri", "phoi_hop"],
    )
    assert [cell["doan"] for cell in words_of(what)["bang"]["dong"][1]["o"]] == [
        ["a"],
        ["- Sở A", "- Sở B"],
        ["Sở C; Sở D"],
    ]


def test_a_decision_and_a_plan_of_another_issuer_are_named_so() -> None:
    issuer = {
        "ten": "Sở Nội vụ", "ten_ban_hanh": "SỞ NỘI VỤ", "viet_tat": "SNV", "cap": "so", "dia_danh": "Hà Nội",
        "nguoi_dung_dau": "Giám đốc",
    }  # fmt: skip
    text = words_of(plan({"noi_dung": "a"}, loai_van_ban="quyet_dinh", co_quan_ban_hanh=issuer, so="7"))["van_ban"]
    assert (text["ten_loai"], text["so"], text["ky_hieu"]) == ("Quyết định", "07", "QĐ-SNV")
    assert text["nguoi_ban_hanh"] == "Sở Nội vụ"
    assert text["nam"].strip() == ""


def test_the_marks_that_join_cells_are_no_letters_of_any_text() -> None:
    for what in example_plans().values():
        assert not {MERGE_LEFT, MERGE_UP} & set("".join(cells(words_of(what))))


# --- wrong files ----------------------------------------------------------------------------------

MISTAKES: list[tuple[str, str, str, list[tuple[int, int, str, str]]]] = [
    (
        "a group without tasks",
        "    nhiem_vu:\n",
        "    nhiem-vu:\n",
        [
            (8, 5, "missing-key", "Thiếu khóa “Các nhiệm vụ” (nhiem_vu)."),
            (9, 5, "unknown-key", "Không có khóa “nhiem-vu” trong biểu mẫu."),
        ],
    ),
    (
        "a quarter that does not exist",
        "Quý I/2025",
        "Quý V/2025",
        [(13, 20, "bad-deadline", "Thời hạn “Quý V/2025” nêu quý V, không có trong lịch.")],
    ),
    (
        "a day that does not exist",
        "Quý I/2025",
        "Trước ngày 31/4/2025",
        [(13, 20, "bad-deadline", "Thời hạn “Trước ngày 31/4/2025” nêu ngày 31/4/2025, không có trong lịch.")],
    ),
    (
        "a deadline that cannot be read",
        "Quý I/2025",
        "Đầu năm 2025",
        [(13, 20, "deadline-unread", "Thời hạn “Đầu năm 2025” chưa đọc được thành ngày; in đúng như đã viết.")],
    ),
    (
        "a deadline before the plan",
        "Quý I/2025",
        "Quý I/2024",
        [(13, 20, "deadline-passed", "Thời hạn “Quý I/2024” hết ngày 31/03/2024, trước ngày ban hành (25/01/2025).")],
    ),
    (
        "a deadline on the plan's own day",
        "Quý I/2025",
        "25/01/2025",
        [],
    ),
    (
        "no year anywhere",
        "nam: 2025\n",
        "",
        [],
    ),
    (
        "a column twice",
        "nhom:\n",
        "cot: [noi_dung, chu_tri, phoi_hop, thoi_gian, {khoa: chu_tri, ten: Ai}, san_pham]\nnhom:\n",
        [(7, 47, "column-twice", "Cột “chu_tri” được nêu hai lần.")],
    ),
    (
        "no column for the tasks",
        "nhom:\n",
        "cot: [chu_tri, phoi_hop, thoi_gian, san_pham]\nnhom:\n",
        [(7, 6, "column-missing", "Bảng không có cột nội dung (noi_dung).")],
    ),
    (
        "a text without its column",
        "nhom:\n",
        "cot: [noi_dung, chu_tri, phoi_hop, thoi_gian]\nnhom:\n",
        [
            (
                15,
                19,
                "column-left-out",
                "Có 1 dòng ghi sản phẩm (san_pham), nhưng bảng không có cột đó nên không in ra.",
            )
        ],
    ),
    (
        "a group without a name beside another",
        "nhom:\n",
        "nhom:\n  - nhiem_vu: [{noi_dung: A}]\n",
        [(8, 5, "missing-key", "Thiếu khóa “Tên nhóm” (ten).")],
    ),
    (
        "an unknown column",
        "nhom:\n",
        "cot: [noi_dung, chutri]\nnhom:\n",
        [
            (
                7,
                17,
                "bad-choice",
                f"“Các cột” (cot), mục 2 là “chutri”; chỉ nhận: {', '.join(Cot)}.",
            ),
        ],
    ),
    (
        "a day of completion that is none",
        "        san_pham: Kế hoạch\n",
        "        san_pham: Kế hoạch\n        hoan_thanh: 2025-02-30\n",
        [(15, 21, "bad-date", "“Ngày hoàn thành” (hoan_thanh) là “2025-02-30”, không phải một ngày có trong lịch.")],
    ),
    (
        "a procedure among the plans",
        "loai: KH\n",
        "loai: CV\n",
        [(1, 7, "misplaced-file", "Tệp có loai: CV phải nằm trong thư mục quy-trinh/ của kho.")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_wrong_plan_is_told_where_and_what(
    old: str, new: str, expected: list[tuple[int, int, str, str]], tmp_path: Path
) -> None:
    assert old in KH
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": KH.replace(old, new, 1)})
    found = [(f.path, f.span.line, f.span.column, f.rule, f.message) for f in validate([kho], kho).findings]
    assert found == [("ke-hoach/a.yaml", *place) for place in expected]


def test_a_deadline_without_any_year_asks_for_that_of_the_plan(tmp_path: Path) -> None:
    text = KH.replace("nam: 2025\n", "").replace("Quý I/2025", "Quý I")
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": text})
    (finding,) = validate([kho], kho).findings
    assert (finding.rule, finding.severity) == ("deadline-unread", "info")
    assert finding.message == "Thời hạn “Quý I” không ghi năm, và kế hoạch không có khóa nam."


PLACES = [
    ("ke-hoach/2025/a.yaml", KH, "misplaced-file", "Kế hoạch nằm trong thư mục con của ke-hoach/ nên không được đọc."),
    ("quy-trinh/a.yaml", KH, "misplaced-file", "Tệp có loai: KH phải nằm trong thư mục ke-hoach/ của kho."),
    ("quyet-dinh/a.yaml", KH, "misplaced-file", "Tệp có loai: KH phải nằm trong thư mục ke-hoach/ của kho."),
    ("thong-ke/a.yaml", KH, "misplaced-file", "Tệp có loai: KH phải nằm trong thư mục ke-hoach/ của kho."),
]


@pytest.mark.parametrize(("place", "text", "rule", "message"), PLACES)
def test_a_plan_elsewhere_is_sent_to_its_folder(place: str, text: str, rule: str, message: str, tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {place: text})
    assert [(f.path, f.rule, f.message) for f in validate([kho], kho).findings] == [(place, rule, message)]


def test_two_plans_of_one_key_are_one_too_many(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"ke-hoach/a.yaml": KH, "ke-hoach/a.yml": KH})
    assert [(f.path, f.rule, f.message) for f in validate([kho], kho).findings] == [
        ("ke-hoach/a.yml", "duplicate-file-key", "Khóa “a” (tên tệp) cũng có ở a.yaml.")
    ]


def test_a_kho_among_the_plans_of_another_is_told(tmp_path: Path) -> None:
    make_kho(tmp_path / "ke-hoach" / "b", {"ke-hoach/a.yaml": KH})
    kho = make_kho(tmp_path, {})
    assert [(f.path, f.rule) for f in validate([kho], kho).findings] == [("ke-hoach/b/qtnb.yaml", "kho-overlap")]


def test_lint_tells_of_plans_and_forms_what_validate_does(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ke-hoach/a.yaml": KH.replace("Quý I/2025", "Quý V/2025"),
        "thong-ke/a.yaml": "loai: TK\n",
    }
    kho = make_kho(tmp_path, files)
    said = qtnb("validate", "--format", "json", cwd=kho)
    linted = qtnb("lint", "--no-cache", "--format", "json", cwd=kho)
    assert (said.code, linted.code) == (1, 1)
    assert linted.out == said.out


def test_a_new_plan_validates_and_a_second_of_its_name_is_refused(tmp_path: Path) -> None:
    kho = make_kho(tmp_path)
    assert qtnb("new", "kh", "Công tác: năm 2027", cwd=kho).out == "ke-hoach/cong-tac-nam-2027.yaml\n"
    assert qtnb("new", "tk", "Kết quả", cwd=kho).out == "thong-ke/ket-qua.yaml\n"
    assert qtnb("validate", "--strict", cwd=kho).out == "Đã kiểm tra 3 tệp: không có lỗi.\n"
    again = qtnb("new", "kh", "Công tác năm 2027", cwd=kho)
    assert (again.code, again.err.splitlines()[0]) == (
        2,
        "qtnb: Khóa cong-tac-nam-2027 đã có: ke-hoach/cong-tac-nam-2027.yaml.",
    )
    assert qtnb("new", "tk", "Khác", "--thu-muc", "a", cwd=kho).err.startswith(
        "qtnb: thong-ke/ không chia thư mục con."
    )


def test_the_plans_of_the_examples_have_only_the_original_s_own_slip() -> None:
    findings = examples()[0].findings
    assert [(f.path, f.rule) for f in findings] == [("ke-hoach/cai-cach-hanh-chinh-2021.yaml", "deadline-passed")]
    assert "Quý I/2020" in findings[0].message


def test_a_plan_is_built_from_the_least_that_its_schema_asks() -> None:
    least = {"trich_yeu": "A", "tieu_de": "B", "nhom": [{"nhiem_vu": [{"noi_dung": "C"}]}]}
    what = ke_hoach_from("ke-hoach/a.yaml", least)
    assert (what.nhan, what.nam, what.ngay, what.la_quyet_dinh) == ("Phụ lục", None, None, False)
