"""Durations, as approved texts write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qtnb.thoi_luong import DonViThoiGian, LoiLe, ThoiLuong, ThoiLuongError, read_duration

NGAY, LAM_VIEC, GIO = DonViThoiGian.NGAY, DonViThoiGian.NGAY_LAM_VIEC, DonViThoiGian.GIO


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("0,5 ngày", [("1/2", "1/2", NGAY)]),
        ("0.25", [("1/4", "1/4", None)]),
        ("0, 25", [("1/4", "1/4", None)]),
        ("00", [("0", "0", None)]),
        ("1/2 ngày làm việc", [("1/2", "1/2", LAM_VIEC)]),
        ("½ ngày", [("1/2", "1/2", NGAY)]),
        ("05 NGÀY  làm việc", [("5", "5", LAM_VIEC)]),
        ("01 ngày 04 giờ", [("1", "1", NGAY), ("4", "4", GIO)]),
        ("01 ngày và 04 giờ", [("1", "1", NGAY), ("4", "4", GIO)]),
        ("không quá 30 phút", [("30", "30", DonViThoiGian.PHUT)]),
        ("chậm nhất 02 ngày làm việc", [("2", "2", LAM_VIEC)]),
        ("trong thời hạn 03 ngày", [("3", "3", NGAY)]),
        ("Từ 1-2 ngày", [("1", "2", NGAY)]),
        ("từ 1 ngày đến 2 ngày", [("1", "2", NGAY)]),
        ("07 (bảy) ngày làm việc", [("7", "7", LAM_VIEC)]),
        ("2 ngày sau khi nhận được đơn", [("2", "2", NGAY)]),
        ("15 ngày làm việc (vùng núi: 25 ngày làm việc)", [("15", "15", LAM_VIEC)]),
        ("01 buổi", [("1", "1", DonViThoiGian.BUOI)]),
        ("2 tuần", [("2", "2", DonViThoiGian.TUAN)]),
    ],
)
def test_amounts_are_exact(text: str, amounts: list[tuple[str, str, DonViThoiGian | None]]) -> None:
    read = read_duration(text)
    assert isinstance(read, ThoiLuong)
    assert [(a.low, a.high, a.don_vi) for a in read.so_luong] == [(Fraction(x), Fraction(y), z) for x, y, z in amounts]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ngay sau khi ký",
        "Theo quy định",
        "Thường xuyên",
        "trước 3 ngày",
        "trước 14h00",
        "14h00",
        "30 ngày trước khi xuất cảnh",
        "Vào giờ hành chính các ngày làm việc trong tuần",
        "08 ngày làm (",
        "15/4/2022",
        "Tùy theo chỉ đạo của Lãnh đạo",
        "Gửi hồ sơ tối thiểu 3 ngày trước khi đoàn đến",
    ],
)
def test_words_lead_times_and_clock_limits_are_kept_as_written(text: str) -> None:
    assert read_duration(text) == LoiLe()


def test_within_the_day_counts_at_most_one_day() -> None:
    read = read_duration("Trong ngày (trước 14h00)")
    assert isinstance(read, LoiLe)
    assert read.toi_da is not None
    assert (read.toi_da.low, read.toi_da.high, read.toi_da.don_vi) == (Fraction(0), Fraction(1), NGAY)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12 ngàyy", "ngàyy"),
        ("5 ngay", "ngay"),
        ("3h", "h"),
        ("2 tiếng", "tiếng"),
        ("01 ngày 4 gờ", "gờ"),
        ("1/0", "1/0"),
    ],
)
def test_an_amount_with_an_unknown_unit_is_an_error(text: str, unit: str) -> None:
    with pytest.raises(ThoiLuongError) as caught:
        read_duration(text)
    assert caught.value.unit == unit
