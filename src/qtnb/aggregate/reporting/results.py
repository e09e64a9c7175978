"""Part II of a report: how far approval has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qtnb.aggregate.reporting.loads import loads
from qtnb.aggregate.reporting.told import CHARTS, Told, counted, name_of, number_of, numbered, out_of, share
from qtnb.grouping.result import Group, Grouping
from qtnb.tabular.table import Cells
from qtnb.words.reporting import Muc
from qtnb.words.writing import day_in_words, one_line

_DECISIONS = (
    ("qd_ban_hanh", "quyết định ban hành"),
    ("qd_sua_doi", "quyết định sửa đổi, bổ sung"),
    ("qd_thay_the", "quyết định thay thế"),
    ("qd_bai_bo", "quyết định bãi bỏ"),
)
_PROCEDURES = (
    ("qt_ban_hanh", "quy trình được phê duyệt"),
    ("qt_sua_doi", "quy trình được sửa đổi, bổ sung"),
    ("qt_thay_the", "quy trình được phê duyệt để thay thế"),
    ("qt_het", "quy trình hết hiệu lực"),
)
_NONE = "Chưa có quy trình nào."
_OF_WORKS = ("viec_chung", "viec_chung_chenh_lech", "viec_rieng", "chua_xep")
"""The tables of common and particular work that are printed."""


def results(told: Told) -> Muc:
    """The part."""
    items = (*_approved(told), *_by_level(told), *_changes(told), *_works(told), *loads(told))
    return Muc("Kết quả phê duyệt", numbered(items) if told.count("quy_trinh") else (_NONE,))


def _approved(told: Told) -> Iterator[str]:
    whole = told.count("quy_trinh")
    for key, complete, what, tables in (
        ("duyet_danh_muc", "kho_danh_muc", "danh mục", ("tien_do", "linh_vuc_tien_do", CHARTS)),
        ("duyet_noi_dung", "kho_noi_dung", "nội dung", ()),
    ):
        text = f"Phê duyệt {what}: {out_of(told.count(key), whole, 'quy trình')}"
        agencies = sum(number_of(row, complete) for row in told.rows("cap"))
        complete_in = out_of(agencies, told.count("kho"), "cơ quan") if agencies else "chưa có cơ quan nào"
        yield f"{text}; {complete_in} đã phê duyệt đủ{told.see(*tables)}."
    yield f"Đang có hiệu lực: {out_of(told.count('hieu_luc'), whole, 'quy trình')}."


def _by_level(told: Told) -> Iterator[str]:
    levels = told.rows("cap")
    if len(levels) > 1:
        yield "\n".join((f"Theo cấp{told.see('cap')}:", *map(_level, levels)))


def _level(row: Cells) -> str:
    whole = number_of(row, "quy_trinh")
    if not whole:
        return f"- {name_of(row)}: chưa có quy trình nào."
    parts = (
        f"{what} {counted(number_of(row, key))}{share(number_of(row, key), whole)}"
        for key, what in (
            ("duyet_danh_muc", "đã phê duyệt danh mục"),
            ("duyet_noi_dung", "đã phê duyệt nội dung"),
            ("hieu_luc", "đang có hiệu lực"),
        )
    )
    return f"- {name_of(row)}: {counted(whole)} quy trình, trong đó {', '.join(parts)}."


def _changes(told: Told) -> Iterator[str]:
    decisions, procedures = _named(told, _DECISIONS), _named(told, _PROCEDURES)
    when = told.when
    since = f"từ {day_in_words(when.tu_ngay)} " if when.tu_ngay else ""
    text = f"Thay đổi {since}đến {day_in_words(when.ngay)}{told.see('thay_doi', 'linh_vuc_thay_doi')}"
    if decisions:
        yield f"{text}: {'; '.join(filter(None, (decisions, procedures)))}."
    elif since:
        yield f"{text}: không có."


def _named(told: Told, keys: Sequence[tuple[str, str]]) -> str:
    """``12 quyết định ban hành, 01 quyết định bãi bỏ``; without what did not happen."""
    return ", ".join(f"{counted(told.count(key))} {what}" for key, what in keys if told.count(key))


def _works(told: Told) -> Iterator[str]:
    if told.works is not None:
        head = f"Công việc chung và công việc đặc thù{told.see(*_OF_WORKS)}: "
        yield head + " ".join(_of_works(told.works))


def _of_works(works: Grouping) -> Iterator[str]:
    """The sentences about common and particular work."""
    members = sum(len(group.thanh_vien) for group in works.chung)
    particular = f"{counted(len(works.rieng))} quy trình" if works.rieng else "không có quy trình nào"
    common = f"{counted(len(works.chung))} công việc có ở từ hai cơ quan trở lên, với {counted(members)} quy trình; "
    yield f"{common if members else ''}{particular} chỉ có ở một cơ quan."
    yield from _most_common(works.chung)
    reviewed = sum(group.da_ra_soat for group in works.chung)
    if reviewed:
        yield f"Đã rà soát {out_of(reviewed, len(works.chung), 'công việc chung')}."
    if works.chua_xep:
        yield f"Còn {counted(len(works.chua_xep))} quy trình chưa xếp được vì tên viết không dấu."


def _most_common(works: Sequence[Group]) -> Iterator[str]:
    """What most agencies have; of several such works, as many there are, and one of them."""
    most = max((len(work.co_quan) for work in works), default=0)
    first = [work for work in works if len(work.co_quan) == most]
    agencies = f"{counted(most)} cơ quan"
    if len(first) == 1:
        yield f"Công việc có ở nhiều cơ quan nhất là “{one_line(first[0].ten)}” ({agencies})."
    elif 1 < len(first) < len(works):
        named = f"trong đó có “{one_line(first[0].ten)}”"
        yield f"Có {counted(len(first))} công việc cùng có ở nhiều cơ quan nhất ({agencies}), {named}."
