"""Tổng thời gian đã khai phải bằng tổng thời gian các bước.

Người đọc tin con số ở mục “Thời gian xử lý công việc”; cán bộ làm theo thời gian của từng bước. Hai số khác nhau
thì không ai biết hạn nào đúng.

qtnb cộng chính xác: phút, giờ, buổi, ngày theo `gio_moi_ngay`; số không có đơn vị theo đơn vị của tổng; trong nhóm
bước `song_song` lấy bước dài nhất; bước `khong_tinh_thoi_gian`, bước ghi “không tính vào thời gian …” và ô trống
không cộng; khoảng “1-2 ngày” được hiểu là khoảng; “Trong ngày” là nhiều nhất 1 ngày; tuần và tháng chỉ cộng với tuần
và tháng. Các giai đoạn được cộng chung. Với quy trình liên thông, mỗi cơ quan được so với các bước của cơ quan đó.

Không báo khi không chắc: chưa bước nào ghi thời gian; tổng hay một bước ghi bằng lời (“Theo quy định”, “tối thiểu 3
ngày”); tổng nêu nhiều mức, như “15 ngày làm việc (vùng khó khăn: 25 ngày làm việc)”, và các bước đúng với một mức.
Tổng khai là giới hạn (“không quá 5 ngày”) mà các bước cộng được ít hơn thì chỉ là cảnh báo.

Cần làm: sửa tổng hoặc sửa thời gian của bước. Bước chờ bên ngoài thì thêm `khong_tinh_thoi_gian: true`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.amounts import (
    Interval,
    contradicted,
    is_blank,
    is_limit,
    is_timed,
    step_reader,
    total_of,
    total_reader,
    unit_for,
)
from qtnb.lint.rule import Rule
from qtnb.lint.time_wording import written
from qtnb.lint.views import FileView, StepList
from qtnb.text import shown

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
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 4 giờ}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: "1,5 ngày"}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare each declared time with the sum of its steps."""
    for steps in file.step_lists:
        yield from _compare(file, steps)


def _compare(file: FileView, steps: StepList) -> Iterator[Remark]:
    if not is_timed(steps):
        return
    hours, unit = file.settings.gio_moi_ngay, unit_for(file, steps)
    added = total_of(steps.steps, step_reader(unit, hours))
    total = added and contradicted(steps.thoi_gian, added, total_reader(unit, hours))
    if added is None or total is None:
        return
    within_limit = added.high < total.low and is_limit(steps.thoi_gian)
    yield Remark(
        (*steps.holder, "thoi_gian"),
        RULE.id,
        f"Khai tổng “{shown(steps.thoi_gian)}”, nhưng cộng các bước được {written(added, unit, hours)}.",
        _hint(total, added, [step.label for step in steps.steps if is_blank(step)]),
        severity=Severity.WARNING if within_limit else Severity.ERROR,
        related=(RelatedPlace(steps.at, f"Các bước cộng lại là {written(added, unit, hours)}"),),
    )


def _hint(total: Interval, added: Interval, blank: Sequence[str]) -> str:
    more = added.low > total.high
    so_far = "thừa" if more else "thiếu"
    if blank and not more:
        so_far += f"; chưa ghi thời gian: {', '.join(blank)}"
    return (
        f"Sửa tổng, hoặc sửa thời gian các bước (các bước đang {so_far}); "
        "bước chờ bên ngoài thì ghi khong_tinh_thoi_gian: true."
    )


RULE: Final = Rule(
    id="time-sum",
    title="Tổng thời gian khác tổng các bước",
    severity=Severity.ERROR,
    nguon=(
        "Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ thời gian xử lý); "
        "đối chiếu 324 tổng trong văn bản đã ban hành, 1 tổng sai"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(total="3 ngày")},
    good={"quy-trinh/a.yaml": _CV.format(total="2 ngày")},
    check_file=check,
)
