"""Citations as people write them, the register of legal texts, and the names of administrative units."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kit import ROOT
from qtnb.lint.citations import read_citations
from qtnb.lint.legal_texts import register, texts_of
from qtnb.lint.territory import ended_districts, ended_provinces

SCHEMA = json.loads((ROOT / "schemas" / "van-ban.schema.json").read_text(encoding="utf-8"))
REGISTER = json.loads((ROOT / "schemas" / "van-ban.json").read_text(encoding="utf-8"))
TEXTS = texts_of(REGISTER["van_ban"])


@pytest.mark.parametrize(
    ("item", "cited"),
    [
        ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", ["30/2020/NĐ-CP 2020-03-05"]),
        ("Nghị định số 030/2020/NĐCP ngày 05 tháng 3 năm 2020 của Chính phủ", ["30/2020/NĐ-CP 2020-03-05"]),
        ("Kế hoạch số 97 /KH-UBND ngày 28/3/2022 của Ủy ban nhân dân Thành phố", ["97/KH-UBND 2022-03-28"]),
        ("Tờ trình số 576/TTr- SNN&MT-VP ngày 9/7/2026", ["576/TTr-SNN&MT-VP 2026-07-09"]),
        ("Quyết định số 13/2023/QĐ UBND ngày 10/11//2023", ["13/2023/QĐ-UBND 2023-11-10"]),
        ("Kế hoạch số 171-KH/TU ngày 31/12/2019 của Thành ủy", ["171-KH/TU 2019-12-31"]),
        ("Luật Cán bộ, công chức 2008", ["Luật Cán bộ, công chức năm 2008 None"]),
        ("Luật Lưu trữ số 33/2024/QH15", ["33/2024/QH15 None"]),
        (
            "Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ",
            ["48/2013/NĐ-CP 2013-05-14", "92/2017/NĐ-CP 2017-08-07"],
        ),
        (
            "Nghị định số 367/2025/NĐ-CP ngày 31/12/2025 của Chính phủ sửa Nghị định số 118/2025/NĐCP ngày 09/6/2025",
            ["367/2025/NĐ-CP 2025-12-31"],
        ),
        (
            "Nghị quyết số 18/NQ-CP ngày 05/3/2024 của Chính phủ về nhiệm vụ đến ngày 31/12/2025",
            ["18/NQ-CP 2024-03-05"],
        ),
        ("Quy chế làm việc của Sở Nội vụ", []),
        ("TCVN ISO 9001:2015", []),
        ("Luật pháp hiện hành", []),
        ("Kế hoạch tháng 01/2026 UBND Thành phố giao", []),
    ],
)
def test_a_citation_is_read_as_a_person_reads_it(item: str, cited: list[str]) -> None:
    texts = [text for text in read_citations(item) if text.chinh]
    assert [f"{text.so.chuan if text.so else text.goi} {text.ngay and text.ngay.ngay}" for text in texts] == cited


_PIECES = st.sampled_from(
    [
        *("Nghị định", "Luật", "Căn cứ", "số", "ngày", "tháng", "năm", "của", "Chính phủ", "khoản 2 Điều 24"),
        *("118/2025/NĐ-CP", "97 /KH", "QĐ UBND", "39-NQ/TW", "31/02/2025", "10/11//2025", "5.3.20", "0", "Đ"),
        *(";", ",", "(", ")", "/", " ", "…"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_no_text_breaks_the_reading_of_citations(item: str) -> None:
    for text in read_citations(item):
        assert text.goi
        if text.so is not None and text.so.hu_hong:
            assert text.so.viet in item


def test_the_register_fits_its_schema_and_names_a_source_for_every_end() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(REGISTER)
    assert len(TEXTS) == len(REGISTER["van_ban"])
    ended = [text for text in TEXTS if text.het_hieu_luc_tu]
    assert [text.so for text in ended if not text.nguon or not text.thay_the_boi] == []
    assert [text.so for text in ended if text.het_hieu_luc_tu and text.het_hieu_luc_tu <= text.ngay] == []


def test_every_replacement_leads_to_a_text_in_force() -> None:
    known = register()
    for text in TEXTS:
        for citation in known.now_in_place_of(text, known.doi_chieu):
            (named, *_) = read_citations(citation)
            successor = known.find(named)
            assert successor is not None, citation
            assert successor.het_hieu_luc_tu is None


def test_the_citations_that_the_register_offers_are_complete() -> None:
    for text in TEXTS:
        (named, *_) = read_citations(text.cach_dan)
        assert named.chinh
        assert named.ngay is not None
        assert named.ngay.ngay == text.ngay
        assert named.la_luat or (named.so is not None and named.so.viet == text.so and named.co_quan)


def test_an_entry_that_does_not_fit_is_passed_over() -> None:
    good = {"so": "1/QĐ-A", "loai": "Quyết định", "ngay": "2026-01-05"}
    assert texts_of([good | {"ngay": "hôm qua"}, {"so": "1"}, "x", None]) == ()
    assert [text.ngay for text in texts_of([good])] == [dt.date(2026, 1, 5)]


@pytest.mark.parametrize(
    ("name", "ended"),
    [
        ("UBND huyện Gia Lâm", ["huyện Gia Lâm"]),
        ("ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH", ["QUẬN BA ĐÌNH"]),
        ("UBND các xã, phường, thị trấn", ["thị trấn"]),
        ("UBND thành phố Hạ Long", ["thành phố Hạ Long"]),
        ("UBND thành phố Hà Nội", []),
        ("UBND TP. Hồ Chí Minh", []),
        ("Chuyên viên luân chuyển", []),
        ("UBND thành phố đề nghị", []),
        ("Phòng Tài nguyên và Môi trường huyện", ["huyện"]),
        ("UBND huyện Ba Vì (cũ)", []),
        ("Bệnh viện đa khoa huyện Đông Anh", []),
    ],
)
def test_a_district_is_found_in_the_name_of_a_body(name: str, ended: list[str]) -> None:
    assert [unit.viet for unit in ended_districts(name)] == ended


def test_the_34_provinces_of_today_are_not_called_former() -> None:
    names = "Bắc Ninh, Cà Mau, Cao Bằng, Đắk Lắk, Điện Biên, Đồng Tháp, Gia Lai, Hà Tĩnh, Hưng Yên, Khánh Hòa, Lai Châu"
    names += ", Lạng Sơn, Lào Cai, Lâm Đồng, Nghệ An, Ninh Bình, Phú Thọ, Quảng Ngãi, Quảng Trị, Sơn La, Tây Ninh"
    names += ", Thái Nguyên, Thanh Hóa, Tuyên Quang, Vĩnh Long, An Giang, Đồng Nai, Quảng Ninh"
    day = dt.date(2026, 1, 1)
    former = [name for name in names.split(", ") for unit in ended_provinces(f"tỉnh {name}") if unit.het_tu <= day]
    assert former == []
