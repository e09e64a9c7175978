"""Part III of a report: what is overdue, missing or broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from qtnb.aggregate.facts import CountedKho
from qtnb.aggregate.reporting.told import (
    Told,
    counted,
    listed,
    most_first,
    name_of,
    number_of,
    numbered,
    out_of,
    with_counts,
)
from qtnb.finding import Severity
from qtnb.words.reporting import Muc
from qtnb.words.writing import day_in_words, one_line

_SUMMARY_RULES = "summary-"
"""Beginning of the rules about files of summaries."""
_NONE = "Số liệu tổng hợp chưa cho thấy tồn tại."
_FILES = 3
"""Broken files of one kho that are named."""


def faults(told: Told) -> Muc:
    """The part."""
    items = (*_overdue(told), *_not_begun(told), *_without_content(told), *_missing(told), *_broken(told))
    return Muc("Tồn tại", numbered((*items, *_found(told))) or (_NONE,))


def has_overdue(told: Told) -> bool:
    """Whether something is past its deadline."""
    return bool(told.count("qua_han_danh_muc") + told.count("qua_han_noi_dung"))


def broken_kho(told: Told) -> list[CountedKho]:
    """The kho that cannot be counted, and those with files that cannot."""
    return [kho for kho in told.kho if kho.facts.hong or kho.facts.co_quan is None]


def without_procedures(told: Told) -> list[str]:
    """The names of the agencies that have no procedure, in order."""
    return [name_of(row) for row in told.rows("tien_do") if not number_of(row, "quy_trinh")]


def unusable_summaries(told: Told) -> list[str]:
    """The files of summaries that cannot be used, in order."""
    found = (item for item in told.findings if item.rule.startswith(_SUMMARY_RULES))
    return list(dict.fromkeys(item.path for item in found if item.severity is Severity.ERROR))


def _overdue(told: Told) -> Iterator[str]:
    for key, what, deadline in (
        ("qua_han_danh_muc", "danh mục", told.when.han_danh_muc),
        ("qua_han_noi_dung", "nội dung", told.when.han_noi_dung),
    ):
        if told.count(key) and deadline is not None:
            yield _late(told, key, what, deadline)


def _late(told: Told, key: str, what: str, deadline: dt.date) -> str:
    late = most_first(told.rows("tien_do"), key)
    text = f"Quá hạn phê duyệt {what} (hạn {day_in_words(deadline)}): {counted(told.count(key))} quy trình của "
    return f"{text}{counted(len(late))} cơ quan{told.see('tien_do')}, {with_counts(late, key)}."


def _not_begun(told: Told) -> Iterator[str]:
    rows = [row for row in told.rows("tien_do") if number_of(row, "quy_trinh")]
    for key, what in (("duyet_danh_muc", "danh mục"), ("duyet_noi_dung", "nội dung")):
        names = [name_of(row) for row in rows if not number_of(row, key)]
        if names:
            yield f"Còn {counted(len(names))} cơ quan chưa phê duyệt {what} của quy trình nào{listed(names)}."
    empty = without_procedures(told)
    if empty:
        yield f"Còn {counted(len(empty))} cơ quan chưa có quy trình nào{listed(empty)}."


def _without_content(told: Told) -> Iterator[str]:
    whole, content = told.count("quy_trinh"), told.count("co_noi_dung")
    if whole > content:
        text = f"Còn {out_of(whole - content, whole, 'quy trình')} chưa xây dựng nội dung"
        yield f"{text}{told.see('so_luong', 'linh_vuc_so_luong')}."
    uncounted = told.count("khong_tinh_duoc")
    if uncounted:
        text = (
            f"Còn {out_of(uncounted, content, 'quy trình đã có nội dung')} để trống thời gian giải quyết, ghi bằng lời"
        )
        yield f"{text} hoặc ghi không rõ đơn vị{told.see('thoi_gian', 'linh_vuc_thoi_gian')}."


def _missing(told: Told) -> Iterator[str]:
    names = [name_of(row) for row in told.rows("chua_gui")]
    if names:
        text = f"Còn {out_of(len(names), told.count('phai_gui'), 'cơ quan phải gửi')} chưa gửi số liệu"
        yield f"{text}{told.see('chua_gui')}{listed(names)}."


def _broken(told: Told) -> Iterator[str]:
    kho = broken_kho(told)
    uncounted = [item for item in kho if item.facts.co_quan is None]
    if uncounted:
        names = [f"“{item.path}”" for item in uncounted]
        yield f"Có {counted(len(names))} kho không tổng hợp được vì tệp thông tin cơ quan hỏng{listed(names)}."
    partly = [item for item in kho if item.facts.co_quan is not None]
    if partly:
        files = counted(sum(len(item.facts.hong) for item in partly))
        text = f"Có {files} tệp của {counted(len(partly))} cơ quan hỏng hoặc sai biểu mẫu, không có trong số liệu"
        yield f"{text}{told.see('phat_hien')}{listed([_with_files(item) for item in partly])}."
    summaries = unusable_summaries(told)
    if summaries:
        names = [f"“{path}”" for path in summaries]
        yield f"Có {counted(len(names))} tệp tổng hợp không dùng được{listed(names)}."


def _with_files(kho: CountedKho) -> str:
    name = one_line(kho.facts.co_quan.ten) if kho.facts.co_quan else kho.path
    return f"{name} ({_shortened(kho.facts.hong)})"


def _shortened(files: Sequence[str]) -> str:
    return ", ".join(files[:_FILES]) + (f" và {counted(len(files) - _FILES)} tệp khác" if len(files) > _FILES else "")


def _found(told: Told) -> Iterator[str]:
    kinds = (("loi", "lỗi"), ("canh_bao", "cảnh báo"), ("luu_y", "lưu ý"))
    parts = [f"{counted(told.count(key))} {what}" for key, what in kinds if told.count(key)]
    if parts:
        yield f"Kết quả kiểm tra các tệp còn {', '.join(parts)}{told.see('phat_hien', 'linh_vuc_phat_hien')}."
