"""Part I of a report: who was counted, and what there is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from qtnb.aggregate.reporting.told import (
    Told,
    amount,
    counted,
    most_first,
    name_of,
    number_of,
    numbered,
    share,
    with_counts,
)
from qtnb.aggregate.tables import NAME, NO_LINH_VUC
from qtnb.words.reporting import Muc

_TITLES: Final = ("Ủy ban nhân dân",)
"""Beginnings of names of levels that keep their capital inside a sentence."""
_FIELDS: Final = 3
"""Lĩnh vực that are named."""
_TIMES: Final = (
    ("qt_lam_viec", "ngay_lam_viec", "ngày làm việc", "bằng ngày, giờ làm việc"),
    ("qt_ngay", "ngay", "ngày", "bằng ngày, tuần"),
    ("qt_thang", "thang", "tháng", "bằng tháng"),
)


def situation(told: Told) -> Muc:
    """The part."""
    return Muc("Tình hình chung", numbered((_scope(told), _counts(told), *_fields(told), *_times(told))))


def _scope(told: Told) -> str:
    levels = [f"{counted(number_of(row, 'kho'))} {_inside(name_of(row))}" for row in told.rows("cap")]
    text = f"Phạm vi tổng hợp: {counted(told.count('kho'))} cơ quan"
    text += f", gồm: {'; '.join(levels)}{told.see('cap')}." if levels else "."
    due, missing = told.count("phai_gui"), told.count("chua_gui")
    if due:
        sent = "tất cả đã gửi" if not missing else f"còn {counted(missing)} cơ quan chưa gửi"
        text += f" Trong {counted(due)} cơ quan phải gửi số liệu, {sent}."
    return text


def _inside(title: str) -> str:
    """The name of a level inside a sentence."""
    return title if title.startswith(_TITLES) else title[:1].lower() + title[1:]


def _counts(told: Told) -> str:
    whole, content = told.count("quy_trinh"), told.count("co_noi_dung")
    text = f"Số lượng quy trình: {counted(whole)} quy trình{told.see('so_luong', 'linh_vuc_so_luong')}"
    if whole:
        text += f", gồm {counted(told.count('cv'))} quy trình giải quyết công việc của một cơ quan (CV) và "
        text += f"{counted(told.count('lt'))} quy trình liên thông (LT)"
    text += "."
    if content:
        text += f" Đã xây dựng nội dung của {counted(content)} quy trình{share(content, whole)}, gồm "
        text += f"{counted(told.count('buoc'))} bước, {counted(told.count('tai_lieu'))} giấy tờ trong thành phần hồ sơ "
        text += f"và {counted(told.count('bieu_mau'))} biểu mẫu."
    return text


def _fields(told: Told) -> Iterator[str]:
    rows = told.rows("linh_vuc_so_luong")
    named = most_first((row for row in rows if row.get(NAME) != NO_LINH_VUC), "quy_trinh")
    if not named:
        return
    which = with_counts(named, "quy_trinh", _FIELDS)
    text = f"Lĩnh vực: các quy trình thuộc {counted(len(named))} lĩnh vực, {which}."
    without = sum(number_of(row, "quy_trinh") for row in rows) - sum(number_of(row, "quy_trinh") for row in named)
    yield text + (f" Còn {counted(without)} quy trình chưa ghi lĩnh vực." if without else "")


def _times(told: Told) -> Iterator[str]:
    parts = [
        f"{counted(told.count(key))} quy trình khai {way}, bình quân "
        f"{amount(Fraction(told.tong.get(total, 0)) / told.count(key))} {unit}"
        for key, total, unit, way in _TIMES
        if told.count(key)
    ]
    if parts:
        yield f"Thời gian giải quyết đã khai: {'; '.join(parts)}{told.see('thoi_gian', 'linh_vuc_thoi_gian')}."
