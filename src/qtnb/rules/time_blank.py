"""Có bước chưa ghi thời gian.

Kế hoạch 97 yêu cầu rõ thời gian của từng bước. Ô trống có thể là quên, có thể là làm ngay, có thể là thời gian của
người đề nghị: người đọc không biết là cách nào. Văn bản thật ghi “0” ở bước làm ngay (194 ô) và hầu như không để trống.

qtnb nhắc khi trong cùng một quy trình (hoặc một cơ quan của quy trình liên thông) có bước ghi, có bước không; và nhắc
một lần khi chưa bước nào ghi.

Không nhắc với bước `khong_tinh_thoi_gian`; khi coi ô trống là 0 thì tổng vừa khớp; khi cả quy trình chỉ có một bước và
đã có tổng.

Cần làm: ghi thời gian; làm ngay thì ghi 0; bước chờ bên ngoài thì thêm `khong_tinh_thoi_gian: true`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.amounts import is_blank, is_timed, step_reader, total_of, total_reader, unit_for
from qtnb.lint.rule import Rule
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
thoi_gian: 02 ngày làm việc
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: "0,5 ngày làm việc"}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức{time}}}
bieu_mau: []
"""
_HINT: Final = "Ghi thời gian; làm ngay thì ghi 0; bước chờ bên ngoài thì thêm khong_tinh_thoi_gian: true."


def check(file: FileView) -> Iterator[Remark]:
    """Name the steps without a time."""
    for steps in file.step_lists:
        blank = [step for step in steps.steps if is_blank(step)]
        if not blank:
            continue
        if not is_timed(steps):
            if len(steps.steps) > 1 or not steps.thoi_gian.strip():
                where = f" tại {shown(steps.co_quan)}" if steps.holder else ""
                yield Remark(steps.at, RULE.id, f"Chưa bước nào{where} ghi thời gian.", _HINT)
        elif not _fits_without(file, steps):
            for step in blank:
                message = f"{step.label} chưa ghi thời gian, trong khi bước khác đã ghi."
                yield Remark((*step.at, "thoi_gian"), RULE.id, message, _HINT)


def _fits_without(file: FileView, steps: StepList) -> bool:
    """Whether the declared time comes out exactly when the blank steps take none."""
    hours, unit = file.settings.gio_moi_ngay, unit_for(file, steps)
    added = total_of(steps.steps, step_reader(unit, hours))
    return added is not None and added.low == added.high and added == total_reader(unit, hours)(steps.thoi_gian)


RULE: Final = Rule(
    id="time-blank",
    title="Bước chưa ghi thời gian",
    severity=Severity.INFO,
    nguon=(
        "Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ thời gian xử lý); "
        "trong 2.134 ô của văn bản đã ban hành có 2 ô trống"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(time="")},
    good={"quy-trinh/a.yaml": _CV.format(time=', thoi_gian: "1,5 ngày làm việc"')},
    check_file=check,
)
