"""What must hold inside one plan that its schema cannot say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.han import ChuaHieu, KyHan
from qtnb.han_days import HanError
from qtnb.han_reading import read_deadline
from qtnb.ke_hoach import HEADS, Cot, columns_of, year_of
from qtnb.text import shown

_PARTS: Final = ("san_pham_khac", "nhiem_vu_con")


def check_plan(data: Mapping[str, Any]) -> Iterator[Remark]:
    """What is wrong, or cannot be read, in the data of a plan that fits its schema."""
    yield from _columns(data)
    yield from _left_out(data)
    yield from _nameless_groups(data)
    issued = dt.date.fromisoformat(data["ngay"]) if data.get("ngay") else None
    for at, line in _lines(data):
        yield from _deadline((*at, "thoi_gian"), line.get("thoi_gian") or "", year_of(data), issued)


def _lines(data: Mapping[str, Any]) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    """Every line of the table with its place: tasks, their further products and their parts."""
    for g, group in enumerate(data["nhom"]):
        for t, task in enumerate(group["nhiem_vu"]):
            at: DataPath = ("nhom", g, "nhiem_vu", t)
            yield at, task
            for key in _PARTS:
                yield from (((*at, key, number), part) for number, part in enumerate(task.get(key) or ()))


def _columns(data: Mapping[str, Any]) -> Iterator[Remark]:
    asked = data.get("cot") or ()
    seen: set[str] = set()
    for number, column in enumerate(asked):
        khoa = column["khoa"] if isinstance(column, Mapping) else column
        if khoa in seen:
            message = f"Cột “{khoa}” được nêu hai lần."
            yield Remark(("cot", number), "column-twice", message, "Xóa một trong hai.")
        seen.add(khoa)
    if asked and Cot.NOI_DUNG not in seen:
        message = "Bảng không có cột nội dung (noi_dung)."
        yield Remark(("cot",), "column-missing", message, "Thêm noi_dung vào danh sách cot.")


def _left_out(data: Mapping[str, Any]) -> Iterator[Remark]:
    """Texts for which the table has no column, told once for each column."""
    shown_columns = {column.khoa for column in columns_of(data)}
    for cot in Cot:
        if cot in shown_columns or cot in {Cot.STT, Cot.NOI_DUNG}:
            continue
        places = [(*at, cot.value) for at, line in _lines(data) if line.get(cot)]
        if places:
            name = HEADS[cot].lower()
            message = f"Có {len(places)} dòng ghi {name} ({cot}), nhưng bảng không có cột đó nên không in ra."
            hint = f"Thêm {cot} vào danh sách cot, hoặc đổi khóa thành x-{cot}."
            yield Remark(places[0], "column-left-out", message, hint, Severity.WARNING)


def _nameless_groups(data: Mapping[str, Any]) -> Iterator[Remark]:
    if len(data["nhom"]) > 1:
        for number, group in enumerate(data["nhom"]):
            if not (group.get("ten") or "").strip():
                yield Remark(("nhom", number), "missing-key", "Thiếu khóa “Tên nhóm” (ten).", "Thêm dòng: ten: …")


def _deadline(at: DataPath, text: str, nam: int | None, issued: dt.date | None) -> Iterator[Remark]:
    if not text.strip():
        return
    try:
        han = read_deadline(text, nam)
    except HanError as error:
        message = f"Thời hạn “{shown(text)}” nêu {error.part}, không có trong lịch."
        yield Remark(at, "bad-deadline", message, "Sửa lại thời hạn, ví dụ: Quý IV/2025 hoặc Trước ngày 15/4/2025")
        return
    match han:
        case ChuaHieu(thieu_nam=True):
            message = f"Thời hạn “{shown(text)}” không ghi năm, và kế hoạch không có khóa nam."
            hint = "Thêm khóa nam của kế hoạch, ví dụ nam: 2025, hoặc ghi năm vào thời hạn."
            yield Remark(at, "deadline-unread", message, hint, Severity.INFO)
        case ChuaHieu():
            message = f"Thời hạn “{shown(text)}” chưa đọc được thành ngày; in đúng như đã viết."
            hint = "Nếu có ngày cụ thể thì viết như: Quý I/2025, Tháng 3/2025, Trước ngày 15/4/2025, Hằng quý."
            yield Remark(at, "deadline-unread", message, hint, Severity.INFO)
        case KyHan(den=dt.date() as last) if issued is not None and last < issued:
            message = f"Thời hạn “{shown(text)}” hết ngày {_said(last)}, trước ngày ban hành ({_said(issued)})."
            yield Remark(at, "deadline-passed", message, "Kiểm tra lại năm của thời hạn.", Severity.WARNING)


def _said(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
