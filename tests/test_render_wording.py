"""The words of a decision: what its author wrote, completed and punctuated."""

from __future__ import annotations

from typing import Any

import pytest

from qtnb.model import QuyTrinhCV, QuyTrinhLT
from qtnb.words.context import decision_words
from qtnb.words.vocabulary import QuyetDinhWords
from qtnb.words.writing import BLANK, ended, finished, in_words, roman
from render_models import DAO_TAO, SO, THANH_PHO, VAN_BAN_DEN, decision, full_kho, kho_with, procedure

PHUONG = {
    "ten": "Ủy ban nhân dân phường Mẫu",
    "ten_ban_hanh": ["ỦY BAN NHÂN DÂN", "PHƯỜNG MẪU"],
    "viet_tat": "UBND",
    "cap": "xa",
    "dia_danh": "Mẫu",
    "nguoi_dung_dau": "Chủ tịch",
}


def words(co_quan: dict[str, Any] | None = None, **data: Any) -> QuyetDinhWords:
    kho = kho_with(procedure("a", VAN_BAN_DEN), procedure("b", DAO_TAO), co_quan=co_quan)
    return decision_words(kho, decision(**data))["quyet_dinh"]


@pytest.mark.parametrize(
    ("so", "ngay", "shown"),
    [
        ("", "", (BLANK, BLANK, BLANK, BLANK)),
        ("5", "2026-01-05", ("05", "05", "01", "2026")),
        ("05", "2026-02-28", ("05", "28", "02", "2026")),
        ("10", "2026-03-09", ("10", "09", "3", "2026")),
        ("123", "2026-12-31", ("123", "31", "12", "2026")),
        ("", "2026-10-10", (BLANK, "10", "10", "2026")),
    ],
)
def test_number_and_date_are_padded_as_the_decree_says(so: str, ngay: str, shown: tuple[str, ...]) -> None:
    found = words(so=so, ngay=ngay)
    assert (found["so"], found["ngay"], found["thang"], found["nam"]) == shown


@pytest.mark.parametrize(
    ("can_cu", "theo_de_nghi", "shown"),
    [
        ([], "", []),
        (["Luật Lưu trữ"], "", ["Căn cứ Luật Lưu trữ."]),
        (["căn cứ Luật Lưu trữ;"], "", ["Căn cứ Luật Lưu trữ."]),
        (["Luật A;", "Luật B."], "", ["Căn cứ Luật A;", "Căn cứ Luật B."]),
        (["Luật A"], "Chánh Văn phòng", ["Căn cứ Luật A;", "Theo đề nghị của Chánh Văn phòng."]),
        (["Luật A"], "Theo đề nghị của Chánh Văn phòng;", ["Căn cứ Luật A;", "Theo đề nghị của Chánh Văn phòng."]),
        (["Thực hiện Kế hoạch số 1"], "", ["Thực hiện Kế hoạch số 1."]),
        (["Luật A"], "theo đề nghị của Giám đốc", ["Căn cứ Luật A;", "Theo đề nghị của Giám đốc."]),
        (["Luật A v.v.", "Luật B"], "", ["Căn cứ Luật A v.v.;", "Căn cứ Luật B."]),
        (["Luật A:\n- một", "Luật B"], "", ["Căn cứ Luật A:", "- một;", "Căn cứ Luật B."]),
    ],
)
def test_grounds_begin_and_end_as_the_decree_says(can_cu: list[str], theo_de_nghi: str, shown: list[str]) -> None:
    assert words(can_cu=can_cu, theo_de_nghi=theo_de_nghi)["can_cu"] == shown


WORK = "giải quyết công việc nội bộ (ngoài thủ tục hành chính)"
OF_SO = f"quy trình {WORK} của Sở Nội vụ thành phố Hà Nội"
BETWEEN = f"quy trình liên thông {WORK} giữa Sở Nội vụ và Văn phòng UBND Thành phố"


@pytest.mark.parametrize(
    ("data", "trich_yeu", "first_article"),
    [
        (
            {"phe_duyet": "danh_muc"},
            f"Phê duyệt danh mục {OF_SO}",
            f"danh mục 01 {OF_SO} (chi tiết tại Phụ lục).",
        ),
        (
            {"phe_duyet": "noi_dung"},
            f"Phê duyệt nội dung {OF_SO}",
            f"nội dung 01 {OF_SO} (chi tiết tại Phụ lục).",
        ),
        (
            {"phe_duyet": "danh_muc_va_noi_dung", "pham_vi_lien_thong": True},
            f"Phê duyệt danh mục và nội dung {BETWEEN}",
            f"danh mục và nội dung 01 {BETWEEN} (danh mục tại Phụ lục I, nội dung tại Phụ lục II).",
        ),
        (
            {"phe_duyet": "danh_muc", "trich_yeu": "Phê duyệt danh mục quy trình văn thư."},
            "Phê duyệt danh mục quy trình văn thư",
            "danh mục quy trình văn thư, gồm 01 quy trình (chi tiết tại Phụ lục).",
        ),
        (
            {"phe_duyet": "danh_muc_va_noi_dung", "trich_yeu": "phê duyệt quy trình văn thư"},
            "Phê duyệt quy trình văn thư",
            "quy trình văn thư, gồm 01 quy trình (danh mục tại Phụ lục I, nội dung tại Phụ lục II).",
        ),
    ],
)
def test_the_usual_sentences_say_what_is_approved_and_where(
    data: dict[str, Any], trich_yeu: str, first_article: str
) -> None:
    found = words(**data)
    assert found["trich_yeu"].replace("\n", " ") == trich_yeu
    assert [dieu["nhan"] for dieu in found["cac_dieu"]] == ["Điều 1. ", "Điều 2. ", "Điều 3. "]
    assert found["cac_dieu"][0]["noi_dung"] == f"Phê duyệt kèm theo Quyết định này {first_article}"


@pytest.mark.parametrize(
    ("theo_de_nghi", "obliged"),
    [
        ("", "Thủ trưởng các phòng, đơn vị thuộc Sở Nội vụ thành phố Hà Nội"),
        ("Chánh Văn phòng Sở", "Chánh Văn phòng Sở; Thủ trưởng các phòng, đơn vị thuộc Sở Nội vụ thành phố Hà Nội"),
        (
            "Theo đề nghị của Chánh Văn phòng Sở tại Tờ trình số 12/TTr-VP ngày 05/01/2026.",
            "Chánh Văn phòng Sở; Thủ trưởng các phòng, đơn vị thuộc Sở Nội vụ thành phố Hà Nội",
        ),
    ],
)
def test_who_proposed_carries_it_out(theo_de_nghi: str, obliged: str) -> None:
    assert words(theo_de_nghi=theo_de_nghi)["cac_dieu"][-1]["noi_dung"] == (
        f"{obliged} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
    )


def test_own_articles_are_labelled_once_and_end_once() -> None:
    assert words(dieu=["Một:\n- hai", "Điều 2. Ba;", "Năm Điều 7", "điều 3: Bốn./."])["cac_dieu"] == [
        {"nhan": "Điều 1. ", "noi_dung": "Một:"},
        {"nhan": "", "noi_dung": "- hai."},
        {"nhan": "Điều 2. ", "noi_dung": "Ba;"},
        {"nhan": "Điều 3. ", "noi_dung": "Năm Điều 7."},
        {"nhan": "Điều 4. ", "noi_dung": "Bốn./."},
    ]


def test_articles_are_counted_whatever_their_author_called_them() -> None:
    found = words(dieu=["Điều 1: một", "Điều 3. hai", "ba"])
    assert [dieu["nhan"] for dieu in found["cac_dieu"]] == ["Điều 1. ", "Điều 2. ", "Điều 3. "]
    assert found["noi_nhan"][0] == "Như Điều 3;"


PHONG = {
    **SO,
    "ten": "Phòng Kinh tế phường Mẫu",
    "ten_ban_hanh": "PHÒNG KINH TẾ",
    "nguoi_dung_dau": "Trưởng phòng",
}


def test_a_phong_is_not_named_twice_and_has_no_units_below_it() -> None:
    found = words(PHONG, theo_de_nghi="công chức văn phòng")
    assert (found["tham_quyen"], found["nguoi_ban_hanh"]) == (
        "TRƯỞNG PHÒNG KINH TẾ PHƯỜNG MẪU",
        "Trưởng phòng Kinh tế phường Mẫu",
    )
    assert found["ky"]["chuc_vu"] == ["TRƯỞNG PHÒNG"]
    assert found["cac_dieu"][-1]["noi_dung"].startswith(
        "Công chức văn phòng; công chức, người lao động thuộc Phòng Kinh tế phường Mẫu và các tổ chức"
    )
    assert words({**SO, "nguoi_dung_dau": "Giám đốc Sở"})["nguoi_ban_hanh"] == "Giám đốc Sở Nội vụ thành phố Hà Nội"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({}, ["Như Điều 3;", "Lưu: VT."]),
        ({"luu": "VT, VP."}, ["Như Điều 3;", "Lưu: VT, VP."]),
        ({"noi_nhan": ["như Điều 3;", "- Các phòng;"]}, ["Như Điều 3;", "Các phòng;", "Lưu: VT."]),
        ({"noi_nhan": ["UBND Thành phố"], "dieu": ["a", "b"]}, ["Như Điều 2;", "UBND Thành phố;", "Lưu: VT."]),
        ({"noi_nhan": ["Lưu: VT, TC"]}, ["Như Điều 3;", "Lưu: VT, TC."]),
        ({"noi_nhan": ["Lưu: VT, TC"], "luu": "Lưu: VT"}, ["Như Điều 3;", "Lưu: VT, TC;", "Lưu: VT."]),
    ],
)
def test_recipients_begin_with_the_article_and_end_with_the_file(data: dict[str, Any], shown: list[str]) -> None:
    assert words(**data)["noi_nhan"] == shown


@pytest.mark.parametrize(
    ("co_quan", "data", "authority", "inside", "titles"),
    [
        (SO, {}, "GIÁM ĐỐC SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI", "Giám đốc Sở Nội vụ thành phố Hà Nội", ["GIÁM ĐỐC"]),
        (
            SO,
            {"tham_quyen": "GIÁM ĐỐC SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI"},
            "GIÁM ĐỐC SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI",
            "Giám đốc Sở Nội vụ thành phố Hà Nội",
            ["GIÁM ĐỐC"],
        ),
        (
            SO,
            {"ky": {"chuc_vu": "Phó Giám đốc"}},
            "GIÁM ĐỐC SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI",
            "Giám đốc Sở Nội vụ thành phố Hà Nội",
            ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        ),
        (
            PHUONG,
            {},
            "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
            "Chủ tịch Ủy ban nhân dân phường Mẫu",
            ["CHỦ TỊCH"],
        ),
        (
            PHUONG,
            {"tham_quyen": "Ủy ban nhân dân phường Mẫu"},
            "ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
            "Ủy ban nhân dân phường Mẫu",
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        (
            PHUONG,
            {
                "tham_quyen": "ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
                "ky": {"quyen_han": "KT. CHỦ TỊCH", "chuc_vu": "PHÓ CHỦ TỊCH"},
            },
            "ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
            "Ủy ban nhân dân phường Mẫu",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (
            SO,
            {"co_quan_ban_hanh": THANH_PHO},
            "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
            "Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
            ["CHỦ TỊCH"],
        ),
    ],
)
def test_authority_and_signature_agree(
    co_quan: dict[str, Any], data: dict[str, Any], authority: str, inside: str, titles: list[str]
) -> None:
    found = words(co_quan, **data)
    assert (found["tham_quyen"], found["nguoi_ban_hanh"], found["ky"]["chuc_vu"]) == (authority, inside, titles)


def test_another_issuer_gives_letterhead_symbol_and_place_but_not_the_scope() -> None:
    found = decision_words(full_kho(), decision(co_quan_ban_hanh={**THANH_PHO, "dia_danh": "Thành phố Mẫu"}))
    assert found["co_quan"]["ten_ban_hanh"] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"]
    assert found["co_quan"]["dia_danh"] == "Thành phố Mẫu"
    assert found["quyet_dinh"]["ky_hieu"] == "QĐ-UBND"
    assert found["danh_muc"]["tieu_de"].endswith("CỦA SỞ NỘI VỤ THÀNH PHỐ HÀ NỘI")


def test_many_agencies_are_not_all_named_in_a_title() -> None:
    parts = [{**DAO_TAO["co_quan"][0], "ten": name} for name in ["Sở A", "Sở B", "Sở A", "Sở C", "Sở D", "Sở E"]]
    kho = kho_with(procedure("a", {**DAO_TAO, "co_quan": parts}))
    five = decision_words(kho, decision(pham_vi_lien_thong=True))
    assert five["danh_muc"]["tieu_de"].endswith("\nGIỮA CÁC ĐƠN VỊ SỞ A, SỞ B, SỞ C, SỞ D VÀ SỞ E")
    assert five["quyet_dinh"]["trich_yeu"].endswith(" giữa Sở A, Sở B, Sở C, Sở D và Sở E")
    kho = kho_with(procedure("a", {**DAO_TAO, "co_quan": [*parts, {**parts[0], "ten": "Sở G"}]}))
    six = decision_words(kho, decision(pham_vi_lien_thong=True))
    assert six["danh_muc"]["tieu_de"].endswith("\nGIỮA CÁC ĐƠN VỊ SỞ A VÀ CÁC CƠ QUAN, ĐƠN VỊ CÓ LIÊN QUAN")
    assert six["quyet_dinh"]["trich_yeu"].endswith("\ngiữa Sở A và các cơ quan, đơn vị có liên quan")
    assert six["quyet_dinh"]["cac_dieu"][-1]["noi_dung"].startswith("Thủ trưởng các cơ quan, đơn vị có liên quan và")


@pytest.mark.parametrize(
    ("trich_yeu", "title"),
    [
        ("", f"nội dung các {OF_SO}"),
        ("phê duyệt danh mục và nội dung quy trình lĩnh vực văn thư.", "nội dung các quy trình lĩnh vực văn thư"),
        ("Phê duyệt nội dung các quy trình lĩnh vực văn thư", "nội dung các quy trình lĩnh vực văn thư"),
        ("Phê duyệt nội dung 12 quy trình văn thư", "nội dung các quy trình văn thư"),
        ("Phê duyệt quy trình văn thư", f"nội dung các {OF_SO}"),
        ("Ban hành quy trình", f"nội dung các {OF_SO}"),
    ],
)
def test_the_title_of_an_appendix_claims_no_more_than_the_trich_yeu(trich_yeu: str, title: str) -> None:
    kho = kho_with(procedure("a", VAN_BAN_DEN))
    found = decision_words(kho, decision(phe_duyet="noi_dung", trich_yeu=trich_yeu))["noi_dung"]["tieu_de"]
    assert found.replace("\n", " ") == title.upper()


def test_an_agency_alone_is_not_between() -> None:
    kho = kho_with(procedure("a", {**DAO_TAO, "co_quan": DAO_TAO["co_quan"][:1]}))
    found = decision_words(kho, decision(pham_vi_lien_thong=True))["quyet_dinh"]["trich_yeu"]
    assert found.endswith("giữa Sở Nội vụ và các cơ quan, đơn vị có liên quan")


@pytest.mark.parametrize(
    ("khi", "sentence"),
    [
        ("", "Trường hợp phải làm lại thì quay lại bước B2."),
        (" . ", "Trường hợp phải làm lại thì quay lại bước B2."),
        ("nội dung chưa đạt", "Trường hợp nội dung chưa đạt thì quay lại bước B2."),
        ("Hồ sơ chưa đạt.", "Trường hợp hồ sơ chưa đạt thì quay lại bước B2."),
        ("khi hồ sơ thiếu", "Khi hồ sơ thiếu thì quay lại bước B2."),
        ("nếu sai;", "Nếu sai thì quay lại bước B2."),
        ("Trong trường hợp sai thể thức", "Trong trường hợp sai thể thức thì quay lại bước B2."),
        ("trường hợp\nthiếu bản dịch v.v.", "Trường hợp thiếu bản dịch v.v. thì quay lại bước B2."),
        ("Lãnh đạo Sở không duyệt:", "Trường hợp Lãnh đạo Sở không duyệt thì quay lại bước B2."),
        ("UBND phường trả lại", "Trường hợp UBND phường trả lại thì quay lại bước B2."),
        ("Hà Nội chưa có ý kiến", "Trường hợp Hà Nội chưa có ý kiến thì quay lại bước B2."),
        ("nếu sai thì", "Nếu sai thì quay lại bước B2."),
        ("nếu sai thì lập lại hồ sơ", "Nếu sai thì lập lại hồ sơ, quay lại bước B2."),
    ],
)
def test_a_return_reads_as_a_sentence(khi: str, sentence: str) -> None:
    steps = [{"trinh_tu": "Việc", "chu_tri": "Phòng"}] * 2 + [
        {"trinh_tu": "Việc", "chu_tri": "Phòng", "quay_lai": {"buoc": 2, "khi": khi}}
    ]
    kho = kho_with(procedure("a", {**VAN_BAN_DEN, "cac_buoc": steps}))
    (item,) = decision_words(kho, decision(phe_duyet="noi_dung"))["noi_dung"]["quy_trinh"]
    assert item["cac_buoc"][-1]["trinh_tu"] == ["Việc", sentence]  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("ten", "heading"),
    [
        ("Cấp phép (thí điểm).", "1. Cấp phép (thí điểm). (CV-01)"),
        ("Mua sách, báo v.v.", "1. Mua sách, báo v.v. (CV-01)"),
        ("Tên" + " quy trình" * 6, "1. Tên" + " quy trình" * 6 + " (CV-01)"),
        ("Tên" + " quy trình" * 6 + " một", "1. Tên" + " quy trình" * 6 + " một\n(CV-01)"),
        ("Tên" + " quy trình" * 7, "1. Tên" + " quy trình" * 7 + " (CV-01)"),
    ],
)
def test_a_heading_ends_with_its_symbol_in_one_piece(ten: str, heading: str) -> None:
    kho = kho_with(procedure("a", {**VAN_BAN_DEN, "ten": ten}))
    (item,) = decision_words(kho, decision(phe_duyet="noi_dung"))["noi_dung"]["quy_trinh"]
    assert item["tieu_de"] == heading


def test_a_procedure_without_a_symbol_has_its_name_for_a_heading() -> None:
    kho = kho_with(procedure("a", {**VAN_BAN_DEN, "ky_hieu": ""}))
    (item,) = decision_words(kho, decision(phe_duyet="noi_dung"))["noi_dung"]["quy_trinh"]
    assert item["tieu_de"] == "1. Tiếp nhận, xử lý văn bản đến"


def test_titles_break_where_their_sense_does() -> None:
    long = {**PHUONG, "ten": "Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám"}
    long["ten_ban_hanh"] = ["Ủy ban nhân dân", "phường Văn Miếu - Quốc Tử Giám"]
    found = decision_words(kho_with(procedure("a", VAN_BAN_DEN), co_quan=long), decision())
    assert found["danh_muc"]["tieu_de"].split("\n") == [
        "DANH MỤC CÁC QUY TRÌNH GIẢI QUYẾT CÔNG VIỆC NỘI BỘ",
        "(NGOÀI THỦ TỤC HÀNH CHÍNH) CỦA ỦY BAN NHÂN DÂN",
        "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM",
    ]
    assert found["quyet_dinh"]["tham_quyen"].split("\n") == [
        "CHỦ TỊCH ỦY BAN NHÂN DÂN",
        "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM",
    ]
    assert found["quyet_dinh"]["trich_yeu"].split("\n") == [
        "Phê duyệt danh mục quy trình",
        "giải quyết công việc nội bộ (ngoài thủ tục hành chính)",
        "của Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám",
    ]
    assert found["co_quan"]["ten_ban_hanh"] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG VĂN MIẾU -\nQUỐC TỬ GIÁM"]


def test_groups_stand_in_order_of_appearance_and_content_follows_the_list() -> None:
    fields = ["Tài chính", "", "Văn thư", "Tài chính"]
    items: list[QuyTrinhCV | QuyTrinhLT] = [
        procedure(f"q{number}", {**VAN_BAN_DEN, "ten": f"Việc {number}", "linh_vuc": linh_vuc})
        for number, linh_vuc in enumerate(fields, start=1)
    ]
    found = decision_words(kho_with(*items), decision(phe_duyet="danh_muc_va_noi_dung"))
    assert [(row["so_nhom"], row["nhom"], row["stt"], row["ten"]) for row in found["danh_muc"]["quy_trinh"]] == [
        ("I", "Tài chính", "1", "Việc 1"),
        ("", "", "2", "Việc 4"),
        ("II", "Văn thư", "3", "Việc 3"),
        ("III", "Lĩnh vực khác", "4", "Việc 2"),
    ]
    assert [(item["stt"], item["ten"]) for item in found["noi_dung"]["quy_trinh"]] == [
        ("1", "Việc 1"),
        ("2", "Việc 4"),
        ("3", "Việc 3"),
        ("4", "Việc 2"),
    ]


def test_without_any_linh_vuc_the_list_has_no_groups() -> None:
    kho = kho_with(*(procedure(f"q{number}", {**VAN_BAN_DEN, "linh_vuc": ""}) for number in range(2)))
    assert {row["nhom"] for row in decision_words(kho, decision())["danh_muc"]["quy_trinh"]} == {""}


@pytest.mark.parametrize(
    ("text", "mark", "shown"),
    [
        ("a", ";", "a;"),
        ("a;", ";", "a;"),
        ("a.", ";", "a;"),
        ("a,", ".", "a."),
        ("a;", ".", "a."),
        ("a v.v.", ";", "a v.v.;"),
        ("a ...", ";", "a ...;"),
        ("a…", ".", "a…."),
        ("(để b/c)", ";", "(để b/c);"),
    ],
)
def test_a_mark_already_there_is_not_doubled(text: str, mark: str, shown: str) -> None:
    assert ended(text, mark) == shown


@pytest.mark.parametrize("text", ["a", "a.", "a;", "a./."])
def test_the_last_sentence_ends_once(text: str) -> None:
    assert finished(text) == "a./."


def test_small_forms() -> None:
    assert BLANK.isspace()
    assert " " not in BLANK, "plain blanks vanish at the end of a line"
    assert [roman(number) for number in (1, 2, 4, 9, 14, 40, 99)] == ["I", "II", "IV", "IX", "XIV", "XL", "XCIX"]
    assert in_words(["A"]) == "A"
    assert in_words(["A", "B", "C"]) == "A, B và C"
