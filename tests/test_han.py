"""Deadlines of plans: every one that the plans of the city write, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import ROOT
from qtnb.han import ChuaHieu, ChuKy, DinhKy, KyHan, ThoiHan, ThuongXuyen, TuyThuoc, next_day, period_of
from qtnb.han_days import HanError
from qtnb.han_reading import read_deadline
from qtnb.schema import number_keys
from qtnb.source import FileName, read_source
from qtnb.theo_doi.bang import PERIODS
from test_docs import section, table

PLANS = sorted((ROOT / "examples" / "ubnd-thanh-pho" / "ke-hoach").glob("*.yaml"))


def told(han: ThoiHan) -> str:
    """A reading on one line."""
    match han:
        case KyHan(tu=tu, den=den):
            return f"{tu or ''}..{den or ''}"
        case DinhKy(chu_ky=chu_ky, ngay=ngay, thang=thang):
            return f"mỗi {chu_ky}" + (f", ngày {ngay}" if ngay else "") + (f"/{thang}" if thang else "")
        case ThuongXuyen():
            return "thường xuyên"
        case TuyThuoc():
            return "tùy thuộc"
        case ChuaHieu(thieu_nam=True):
            return "thiếu năm"
        case ChuaHieu():
            return "chưa hiểu"


IN_TABLES = {
    # 5743/QĐ-UBND
    "Quý I/2020": "2020-01-01..2020-03-31",
    "Quý I/2021": "2021-01-01..2021-03-31",
    "Quý II/2021": "2021-04-01..2021-06-30",
    "Quý III/2021": "2021-07-01..2021-09-30",
    "Tháng 10/2021": "2021-10-01..2021-10-31",
    "Hằng tháng": "mỗi thang",
    "Theo hướng dẫn của Chính phủ, Bộ Nội vụ": "tùy thuộc",
    "Theo hướng dẫn của Bộ Nội vụ": "tùy thuộc",
    "Theo hướng dẫn của Bộ, Ngành Trung ương": "tùy thuộc",
    "Theo chỉ đạo của Thành phố": "tùy thuộc",
    "Theo thời gian báo cáo CCHC định kỳ": "tùy thuộc",
    "Theo thời gian quy định tại Báo cáo CCHC chuyên đề": "tùy thuộc",
    "Theo thời gian quy định tại Báo cáo chuyên đề CCHC": "tùy thuộc",
    "Ngay sau khi Chỉ số PAPI, SIPAS, PARINDEX được công bố": "tùy thuộc",
    "Ngay sau khi Chỉ số PCI được công bố": "tùy thuộc",
    # 326/KH-UBND
    "Tháng 12/2023": "2023-12-01..2023-12-31",
    "Tháng 01/2024": "2024-01-01..2024-01-31",
    "Quý I/2024": "2024-01-01..2024-03-31",
    "Năm 2024": "2024-01-01..2024-12-31",
    "Trong năm 2024": "2024-01-01..2024-12-31",
    "Trong năm 2024.": "2024-01-01..2024-12-31",
    "Trước tháng 6/2024": "..2024-05-31",
    "Thường xuyên": "thường xuyên",
    "Thường xuyên.": "thường xuyên",
    "Thường xuyên theo quy định.": "thường xuyên",
    "Thường xuyên, kế hoạch của cấp có thẩm quyền.": "thường xuyên",
    "Theo lộ trình cụ thể tại Kế hoạch": "tùy thuộc",
    # 29/KH-UBND
    "Tháng 01/2025": "2025-01-01..2025-01-31",
    "Tháng 02/2025": "2025-02-01..2025-02-28",
    "Quý I/2025": "2025-01-01..2025-03-31",
    "Trước 25/02/2025": "..2025-02-24",
    "Từ ngày 01/02/2025 đến hết thời gian thí điểm của Đề án "
    "(cụ thể theo lộ trình tổ chức hoạt động của các Chi nhánh)": "2025-02-01..",
    "Từ ngày 01/3/2025 đến hết thời gian thí điểm của Đề án "
    "(cụ thể theo lộ trình tổ chức hoạt động của các Chi nhánh)": "2025-03-01..",
}
"""Every deadline in the task tables of the three plans."""

IN_TEXTS = {
    # 97/KH-UBND
    "Xong trước ngày 15/4/2022;": "..2022-04-14",
    "Hoàn thành trước ngày 30/5/2022;": "..2022-05-29",
    # 106/KH-UBND
    "trước ngày 30/8/2017": "..2017-08-29",
    "trước ngày 15/9/2017": "..2017-09-14",
    "trong tháng 9/2017": "2017-09-01..2017-09-30",
    "dự kiến trong tháng 10/2017": "2017-10-01..2017-10-31",
    # 5743/QĐ-UBND
    "chậm nhất là ngày 15 của tháng cuối kỳ báo cáo": "chưa hiểu",
    "từ ngày 10/12/2020 đến ngày 10 tháng cuối kỳ của báo cáo": "chưa hiểu",
    "ban hành tháng 01/2021": "2021-01-01..2021-01-31",
    "(hoàn thành trong Quý II/2021)": "2021-04-01..2021-06-30",
    "(Quý II/2021)": "2021-04-01..2021-06-30",
    "hoàn thành trong tháng 11/2021": "2021-11-01..2021-11-30",
    "hoàn thành trong Quý I/2021": "2021-01-01..2021-03-31",
    "chậm nhất ngày 15 của tháng cuối quý": "mỗi quy, ngày 15",
    "vào ngày cuối cùng của các tháng": "mỗi thang",
    "theo định kỳ hằng tháng, quý, năm": "mỗi thang",
    "định kỳ hàng tháng": "mỗi thang",
    "hằng quý": "mỗi quy",
    "ít nhất 1 quý/lần": "chưa hiểu",
    "ít nhất 2 lần/năm": "chưa hiểu",
    "ngay sau 05 ngày, kể từ ngày được cấp có thẩm quyền phê duyệt": "tùy thuộc",
    # 29/KH-UBND
    "Từ ngày 01/12/2024 - 01/3/2025": "2024-12-01..2025-03-01",
    "từ ngày 01/4/2025 - 30/6/2025": "2025-04-01..2025-06-30",
    "từ ngày 01/7/2025 trở đi": "2025-07-01..",
    "đến thời điểm ngày 01/4/2025": "chưa hiểu",
    "Đến tháng 10/2025": "..2025-10-31",
    "đến hết tháng 12/2025": "..2025-12-31",
}
"""Every deadline in the running text of the five documents."""

ELSEWHERE = {
    "Trước ngày 15/4/2022": "..2022-04-14",
    "Trước 30/5/2022": "..2022-05-29",
    "Trước ngày 01 tháng 3 năm 2024": "..2024-02-29",
    "Trước năm 2025": "..2024-12-31",
    "Trước Quý II/2024": "..2024-03-31",
    "Năm 2025": "2025-01-01..2025-12-31",
    "Cả năm": "2023-01-01..2023-12-31",
    "Quý I-II/2025": "2025-01-01..2025-06-30",
    "Quý IV/2024 - Quý I/2025": "2024-10-01..2025-03-31",
    "Quí 3/2024": "2024-07-01..2024-09-30",
    "Tháng 3 - 5/2024": "2024-03-01..2024-05-31",
    "Từ tháng 3 đến tháng 5/2024": "2024-03-01..2024-05-31",
    "Tháng 11/2024 - tháng 02/2025": "2024-11-01..2025-02-28",
    "10/2021": "2021-10-01..2021-10-31",
    "Giai đoạn 2021 - 2025": "2021-01-01..2025-12-31",
    "6 tháng đầu năm 2024": "2024-01-01..2024-06-30",
    "06 tháng cuối năm 2024": "2024-07-01..2024-12-31",
    "9 tháng đầu năm": "2023-01-01..2023-09-30",
    "Cuối năm 2024": "..2024-12-31",
    "Cuối tháng 2/2024": "..2024-02-29",
    "Chậm nhất là ngày 31/3/2024": "..2024-03-31",
    "25.02.2025": "..2025-02-25",
    "Sau tháng 6/2024": "2024-07-01..",
    "Quý I": "2023-01-01..2023-03-31",
    "Trước 15/4": "..2023-04-14",
    "Hàng năm": "mỗi nam",
    "Hằng quý": "mỗi quy",
    "Định kỳ quý": "mỗi quy",
    "Mỗi quý 01 lần": "mỗi quy",
    "01 lần/quý": "mỗi quy",
    "Trước ngày 15/12 hằng năm": "mỗi nam, ngày 14/12",
    "Hoàn thành trước 20/11 hàng năm": "mỗi nam, ngày 19/11",
    "Chậm nhất ngày 29/02 hằng năm": "mỗi nam, ngày 29/2",
    "Hằng năm, trước tháng 6": "mỗi nam, ngày 31/5",
    "Hằng năm (Quý I)": "mỗi nam, ngày 31/3",
    "Quý I hằng năm": "mỗi nam, ngày 31/3",
    "Tháng 01 mỗi năm": "mỗi nam, ngày 31/1",
    "Theo kế hoạch hằng năm": "tùy thuộc",
    "Không muộn hơn 30/6/2025": "..2025-06-30",
    "Hằng tuần": "mỗi tuan",
    "Hàng ngày": "mỗi ngay",
    "6 tháng/lần": "mỗi nua_nam",
    "03 tháng một lần": "mỗi quy",
    "Ngày 25 hằng tháng": "mỗi thang, ngày 25",
    "Trước ngày 15 hàng tháng": "mỗi thang, ngày 14",
    "Thường xuyên trong năm 2024": "thường xuyên",
    "Theo kế hoạch": "tùy thuộc",
    "Theo Kế hoạch số 97/KH-UBND ngày 28/3/2022": "tùy thuộc",
    "Chậm nhất 05 ngày làm việc kể từ ngày nhận hồ sơ": "tùy thuộc",
    "Đột xuất": "tùy thuộc",
    # What may mean two things is not guessed.
    "Theo kế hoạch, trước 30/6/2024": "chưa hiểu",
    "Thường xuyên, hằng tháng": "chưa hiểu",
    "10-12/2024": "chưa hiểu",
    "Quý I và Quý III/2024": "chưa hiểu",
    "Tháng 3, 6, 9/2024": "chưa hiểu",
    "Đầu năm 2024": "chưa hiểu",
    "Giữa năm 2024": "chưa hiểu",
    "Trước cuối năm 2024": "chưa hiểu",
    "Tuần 2 tháng 3/2024": "chưa hiểu",
    "Khi nào xong thì báo 1 lần": "chưa hiểu",
    "02 lần/quý": "chưa hiểu",
    "Tháng 01/2025 hằng năm": "chưa hiểu",
    "Thường xuyên hằng năm": "chưa hiểu",
    "Trước ngày 30/6, 31/12 hằng năm": "chưa hiểu",
    "": "chưa hiểu",
    "…": "chưa hiểu",
}


@pytest.mark.parametrize(("text", "reading"), [*IN_TABLES.items(), *IN_TEXTS.items(), *ELSEWHERE.items()])
def test_a_deadline_reads_as_the_days_it_means(text: str, reading: str) -> None:
    assert told(read_deadline(text, 2023)) == reading


def test_every_deadline_of_the_three_plans_is_in_the_table() -> None:
    written = set()
    for path in PLANS:
        source = read_source(FileName(path, path.name, path.name), path.read_bytes(), number_keys())
        for _, value in sorted(source.spans.items(), key=str):
            text = source.text[value.start : value.end]
            key = source.text[value.key_start : value.key_end]
            if key == "thoi_gian" and "khoa" not in text:
                written.add(" ".join(re.sub(r"^>-\s+", "", text).split()))
    assert len(PLANS) == 3
    assert written == {" ".join(text.split()) for text in IN_TABLES}


def on_the_page() -> list[tuple[str, str]]:
    rows = table(section("ke-hoach.md", "## Thời hạn"))
    return [(written, reading) for cell, reading in rows for written in re.findall("`(.*?)`", cell)]


def in_words(han: ThoiHan) -> str:
    """A reading as the page tells it."""
    match han:
        case KyHan(tu=dt.date() as tu, den=dt.date() as den):
            return f"{tu:%d/%m/%Y} đến {den:%d/%m/%Y}"
        case KyHan(den=dt.date() as den):
            return f"đến {den:%d/%m/%Y}"
        case KyHan(tu=dt.date() as tu):
            return f"từ {tu:%d/%m/%Y}, không có ngày cuối"
        case DinhKy(chu_ky=chu_ky, ngay=ngay, thang=thang):
            day = f"{ngay}/{thang}" if thang else ngay
            return f"định kỳ {PERIODS[chu_ky]}" + (f", ngày {day}" if day else "")
        case ThuongXuyen():
            return "thường xuyên"
        case TuyThuoc():
            return "tùy thuộc việc khác"
    return "giữ nguyên chữ, không đoán"


@pytest.mark.parametrize(("written", "reading"), on_the_page())
def test_a_deadline_reads_as_the_page_says(written: str, reading: str) -> None:
    try:
        found = in_words(read_deadline(written, 2025))
    except HanError:
        found = "lỗi: không có trong lịch"
    assert found == reading


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Quý V/2024", "quý V"),
        ("Quý 0/2024", "quý 0"),
        ("Tháng 13/2024", "tháng 13"),
        ("Tháng 0/2024", "tháng 0"),
        ("Trước ngày 31/4/2022", "ngày 31/4/2022"),
        ("29/02/2023", "ngày 29/2/2023"),
        ("Từ tháng 5 đến tháng 3/2024", "khoảng từ 1/5/2024 đến 31/3/2024"),
        ("Tháng 5 - 3/2024", "khoảng từ 1/5/2024 đến 31/3/2024"),
        ("Giai đoạn 2025 - 2021", "khoảng từ 1/1/2025 đến 31/12/2021"),
        ("Năm 9999", "năm 9999"),
        ("Sau năm 0001", "năm 0001"),
        ("Ngày 32 hằng tháng", "ngày 32"),
        ("Trước 31/4 hằng năm", "ngày 31/4"),
    ],
)
def test_a_day_that_does_not_exist_is_named(text: str, part: str) -> None:
    with pytest.raises(HanError) as caught:
        read_deadline(text)
    assert caught.value.part == part


@pytest.mark.parametrize(
    "text", ["Quý I", "Tháng 3", "Trước 15/4", "6 tháng đầu năm", "Trong năm", "Trước ngày 1 tháng 2"]
)
def test_a_text_without_a_year_needs_that_of_the_plan(text: str) -> None:
    assert told(read_deadline(text)) == "thiếu năm"
    assert isinstance(read_deadline(text, 2024), KyHan)


_WORDS = st.sampled_from(
    [
        "trước", "ngày", "tháng", "quý", "năm", "đến", "hết", "từ", "-", "/", "I", "IV", "V", "12", "31", "02", "2024",
        "9999", "0", "hằng", "hàng", "cuối", "đầu", "6", "thường xuyên", "theo", "sau", "khi", "trong", "chậm nhất",
        ",", ".", ";", "(", ")", "15/4/2022", "30/2", "trở đi", "lần", "một", "của các", "²", "٣",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=9).map(" ".join) | st.text(max_size=40), st.none() | st.integers(1900, 2199))
def test_any_text_is_read_or_kept_and_stretches_run_forward(text: str, nam: int | None) -> None:
    try:
        han = read_deadline(text, nam)
    except HanError as error:
        assert error.part  # noqa: PT017 - either is right
        return
    assert told(han)
    if isinstance(han, KyHan):
        assert han.tu or han.den
        assert han.tu is None or han.den is None or han.tu <= han.den


@given(st.dates(dt.date(1900, 1, 2), dt.date(2199, 12, 31)))
def test_before_a_day_ends_on_the_day_before_it(day: dt.date) -> None:
    for text in (f"Trước ngày {day:%d/%m/%Y}", f"trước {day.day}/{day.month}/{day.year}"):
        assert read_deadline(text) == KyHan(None, day - dt.timedelta(days=1))
    assert read_deadline(f"Chậm nhất ngày {day:%d/%m/%Y}") == KyHan(None, day)


@given(st.sampled_from(ChuKy), st.dates(dt.date(1900, 1, 1), dt.date(2199, 1, 1)), st.none() | st.integers(1, 31))
def test_the_next_day_is_the_nearest_that_is_due(chu_ky: ChuKy, day: dt.date, ngay: int | None) -> None:
    han = DinhKy(chu_ky, ngay if chu_ky in {ChuKy.THANG, ChuKy.QUY} else None)
    due = next_day(han, day)
    first, last = period_of(chu_ky, due)
    assert day <= due
    assert first <= due <= last
    assert next_day(han, due) == due
    assert (due - day).days <= 2 * 366
    before = first - dt.timedelta(days=1)
    assert next_day(han, period_of(chu_ky, before)[0]) < first


def test_periods_follow_the_calendar() -> None:
    day = dt.date(2024, 2, 14)
    shown = {chu_ky.value: " ".join(map(str, period_of(chu_ky, day))) for chu_ky in ChuKy}
    assert shown == {
        "ngay": "2024-02-14 2024-02-14",
        "tuan": "2024-02-12 2024-02-18",
        "thang": "2024-02-01 2024-02-29",
        "quy": "2024-01-01 2024-03-31",
        "nua_nam": "2024-01-01 2024-06-30",
        "nam": "2024-01-01 2024-12-31",
    }


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("Trước ngày 15/12 hằng năm", "2025-12-14", "2025-12-14"),
        ("Trước ngày 15/12 hằng năm", "2025-12-15", "2026-12-14"),
        ("Tháng 02 hằng năm", "2025-01-01", "2025-02-28"),
        ("Tháng 02 hằng năm", "2025-03-01", "2026-02-28"),
        ("Tháng 02 hằng năm", "2027-12-31", "2028-02-29"),
    ],
)
def test_yearly_work_is_due_in_its_month(text: str, day: str, due: str) -> None:
    han = read_deadline(text)
    assert isinstance(han, DinhKy)
    assert next_day(han, dt.date.fromisoformat(day)).isoformat() == due
