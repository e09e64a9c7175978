"""Trong một quy trình không trộn “ngày” với “ngày làm việc”.

“5 ngày” tính cả ngày nghỉ, “5 ngày làm việc” thì không: qua một kỳ nghỉ hai cách chênh nhau nhiều ngày. Cộng hai loại
với nhau thì tổng không có nghĩa, và không ai biết hạn tính theo loại nào. Tuần và tháng cũng tính cả ngày nghỉ.

qtnb so thời gian của các bước với nhau và với tổng; với quy trình liên thông, so thêm thời gian các cơ quan với tổng.

Không báo với số không có đơn vị (lấy đơn vị của tổng), với giờ, phút, buổi (đi được với cả hai), với số 0, với bước
`khong_tinh_thoi_gian` hay ghi “không tính vào thời gian …”: thời gian chờ có thể tính theo cách khác.

Cần làm: chọn một loại, thường là “ngày làm việc”, và ghi thống nhất.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qtnb.finding import DataPath, RelatedPlace, Remark, Severity
from qtnb.lint.amounts import Calendar, calendar_of, is_counted, whole_time
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A time that counts in days."""

    at: DataPath
    name: str
    """What stands there, in the user's words."""
    text: str
    kind: Calendar


_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 03 ngày làm việc
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 01 ngày làm việc}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: {time}}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Hold every list of steps to one kind of days, and the agencies of an LT to that of its total."""
    lists = file.step_lists
    for steps in lists:
        timed = (
            _cell((*step.at, "thoi_gian"), step.label, step.thoi_gian)
            for step in steps.steps
            if calendar_of(step.thoi_gian) and is_counted(step)
        )
        yield from _compare(_cell((*steps.holder, "thoi_gian"), "tổng", steps.thoi_gian), timed)
    if lists and lists[0].holder:
        agencies = (_cell((*steps.holder, "thoi_gian"), shown(steps.co_quan), steps.thoi_gian) for steps in lists)
        yield from _compare(_cell(("thoi_gian",), "tổng", whole_time(file)), agencies)


def _cell(at: DataPath, name: str, text: str) -> Cell | None:
    kind = calendar_of(text)
    return Cell(at, name, text, kind) if kind else None


def _compare(total: Cell | None, parts: Iterable[Cell | None]) -> Iterator[Remark]:
    cells = [cell for cell in parts if cell]
    kinds = [cell.kind for cell in cells]
    if not kinds or len({*kinds, total.kind if total else kinds[0]}) == 1:
        return
    # What most steps have is held to be meant, where no total says it.
    model = total or max(cells, key=lambda cell: kinds.count(cell.kind))
    first, *others = (cell for cell in cells if cell.kind is not model.kind)
    also = f", {len(others)} chỗ khác cũng vậy" if others else ""
    yield Remark(
        first.at,
        RULE.id,
        f"{first.name} ghi “{shown(first.text)}” ({first.kind}){also}; "
        f"{model.name} ghi “{shown(model.text)}” ({model.kind}).",
        "Ghi thống nhất một loại, thường là “ngày làm việc”, ở tổng và ở mọi bước.",
        related=tuple(RelatedPlace(cell.at, f"{cell.name}: {shown(cell.text)}") for cell in (model, *others)),
    )


RULE: Final = Rule(
    id="time-calendar",
    title="Trộn ngày với ngày làm việc",
    severity=Severity.WARNING,
    nguon=(
        "Bộ luật Dân sự ngày 24 tháng 11 năm 2015, Điều 145 (thời hạn tính theo dương lịch); "
        "văn bản đã ban hành: 1 tổng chỉ đúng khi cộng ngày thường với ngày làm việc"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(time="02 ngày")},
    good={"quy-trinh/a.yaml": _CV.format(time="02 ngày làm việc")},
    check_file=check,
)
