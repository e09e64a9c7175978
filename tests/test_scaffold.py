"""What ``init`` proposes for an agency, from its name."""

from __future__ import annotations

import pytest

from qtnb.scaffold.agency import proposed

KEYS = ("cap", "ten_ban_hanh", "chu_quan", "viet_tat", "dia_danh", "nguoi_dung_dau")


@pytest.mark.parametrize(
    ("ten", "expected"),
    [
        (
            "Sở Nội vụ thành phố Hà Nội",
            ("so", "SỞ NỘI VỤ", "UBND THÀNH PHỐ HÀ NỘI", "SNV", "Hà Nội", "Giám đốc"),
        ),
        (
            "Sở Nông nghiệp và Môi trường tỉnh Lào Cai",
            ("so", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "UBND TỈNH LÀO CAI", "SNNVMT", "Lào Cai", "Giám đốc"),
        ),
        (
            "Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám",
            (
                "xa",
                "ỦY BAN NHÂN DÂN\nPHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM",
                "",
                "UBND",
                "Văn Miếu - Quốc Tử Giám",
                "Chủ tịch",
            ),
        ),
        (
            "Uỷ ban nhân dân phường Hai Bà Trưng",
            ("xa", "ỦY BAN NHÂN DÂN\nPHƯỜNG HAI BÀ TRƯNG", "", "UBND", "Phường Hai Bà Trưng", "Chủ tịch"),
        ),
        (
            "Ủy ban nhân dân thành phố Hà Nội",
            ("tinh", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "", "UBND", "Hà Nội", "Chủ tịch"),
        ),
        (
            "Phòng Văn hóa - Xã hội phường Cầu Giấy",
            ("xa", "PHÒNG VĂN HÓA - XÃ HỘI", "UBND PHƯỜNG CẦU GIẤY", "PVHXH", "Cầu Giấy", "Trưởng phòng"),
        ),
        (
            "Ủy ban nhân dân phường Đống Đa",
            ("xa", "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐỐNG ĐA", "", "UBND", "Đống Đa", "Chủ tịch"),
        ),
        (
            "Trung tâm Thành phố đề án",
            ("so", "TRUNG TÂM THÀNH PHỐ ĐỀ ÁN", "UBND THÀNH PHỐ HÀ NỘI", "TTTPĐÁ", "Hà Nội", "Giám đốc"),
        ),
        (
            "Thanh tra thành phố Hà Nội",
            ("so", "THANH TRA", "UBND THÀNH PHỐ HÀ NỘI", "TT", "Hà Nội", "Giám đốc"),
        ),
    ],
)
def test_an_agency_is_proposed_as_its_kind_writes_itself(ten: str, expected: tuple[str, ...]) -> None:
    assert tuple(proposed(key, {"ten": ten}) for key in KEYS) == expected
