"""Tổng thời gian ghi bằng lời, hoặc để trống, trong khi các bước cộng được.

“Theo quy định”, “Thường xuyên” không cho biết hạn. Khi mọi bước đã có thời gian bằng số thì tổng cũng tính được, và
người nộp việc cần chính con số đó. qtnb cộng giúp và nêu ra; đây là lời nhắc, không phải lỗi.

Không nhắc khi tổng là “Trong ngày”, khi có bước không tính được bằng số, hoặc khi các bước vừa ghi “ngày”, vừa ghi
“ngày làm việc” (xem `time-calendar`). Với quy trình liên thông, xét cả tổng (so với các cơ quan) lẫn thời gian tại từng
cơ quan (so với các bước).

Cần làm: nếu tổng tính được thì ghi số vào tổng. Nếu tổng thật sự tùy công việc thì để nguyên.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.amounts import (
    Interval,
    calendar_of,
    is_counted,
    is_words,
    step_reader,
    total_of,
    total_of_agencies,
    unit_for,
    unit_of,
    whole_time,
)
from qtnb.lint.rule import Rule
from qtnb.lint.time_wording import written
from qtnb.lint.views import FileView, StepList
from qtnb.text import shown
from qtnb.thoi_luong import DonViThoiGian

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: {total}
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 04 giờ làm việc}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: "1,5 ngày làm việc"}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Offer the sum where a total is no number."""
    lists = file.step_lists
    if lists and lists[0].holder and is_words(whole_time(file)):
        yield from _offer_for_agencies(file)
    for steps in lists:
        if not steps.thoi_gian.strip() or is_words(steps.thoi_gian):
            yield from _offer_for_steps(file, steps)


def _offer_for_agencies(file: FileView) -> Iterator[Remark]:
    declared = [steps.thoi_gian for steps in file.step_lists if steps.thoi_gian.strip()]
    total = _sum_text(file, declared, total_of_agencies(file), None)
    if total:
        yield _remark(("thoi_gian",), f"Tổng thời gian ghi “{shown(whole_time(file))}”; các cơ quan cộng", total)


def _offer_for_steps(file: FileView, steps: StepList) -> Iterator[Remark]:
    counted = [step.thoi_gian for step in steps.steps if is_counted(step)]
    unit = unit_for(file, steps)
    added = total_of(steps.steps, step_reader(unit, file.settings.gio_moi_ngay))
    total = _sum_text(file, counted, added, unit)
    if not total:
        return
    name = f"Thời gian tại {shown(steps.co_quan)}" if steps.holder else "Tổng thời gian"
    seen = f"ghi “{shown(steps.thoi_gian)}”" if steps.thoi_gian.strip() else "để trống"
    yield _remark((*steps.holder, "thoi_gian"), f"{name} {seen}; các bước cộng", total)


def _sum_text(file: FileView, texts: Sequence[str], added: Interval | None, unit: DonViThoiGian | None) -> str:
    """The sum in the unit that the parts are written in; empty when there is none to offer."""
    if added is None or not added.high or len({calendar_of(text) for text in texts} - {None}) > 1:
        return ""
    return written(added, _usual_unit(texts) or unit, file.settings.gio_moi_ngay)


def _remark(at: DataPath, what: str, total: str) -> Remark:
    return Remark(
        at, RULE.id, f"{what} được {total}.", f"Ghi {total} nếu đó là tổng; tổng tùy từng việc thì để nguyên."
    )


def _usual_unit(texts: Sequence[str]) -> DonViThoiGian | None:
    """The unit to add up in: days where there are any."""
    units = [unit for text in texts if (unit := unit_of(text))]
    days = [unit for unit in (DonViThoiGian.NGAY_LAM_VIEC, DonViThoiGian.NGAY) if unit in units]
    return next(iter(days or units), None)


RULE: Final = Rule(
    id="time-words",
    title="Tổng thời gian ghi bằng lời trong khi các bước cộng được",
    severity=Severity.INFO,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ thời gian xử lý)",
    bad={"quy-trinh/a.yaml": _CV.format(total="Theo quy định")},
    good={"quy-trinh/a.yaml": _CV.format(total="02 ngày làm việc")},
    check_file=check,
    requires=("time-lead",),
)
