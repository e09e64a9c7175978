"""Tổng thời gian đã khai phải bằng tổng thời gian các bước.

Người đọc tin con số ở mục “Thời gian xử lý công việc”; cán bộ làm theo thời gian của từng bước. Hai số khác nhau
thì không ai biết hạn nào đúng. qtnb cộng chính xác: giờ và ngày theo `gio_moi_ngay`, số không có đơn vị theo đơn vị
của tổng, bước `song_song` lấy bước dài hơn, bước `khong_tinh_thoi_gian` và ô trống không cộng, khoảng “1-2 ngày”
được hiểu là khoảng. Với quy trình liên thông, mỗi cơ quan được so với các bước của cơ quan đó.

Tổng hay bước ghi bằng lời (“Theo quy định”) thì không cộng được và không bị báo ở đây.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.amounts import Interval, NotComputable, interval_of, read, total_of, unit_of, written
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepList
from qtnb.thoi_luong import ThoiLuong

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
    declared = read(steps.thoi_gian)
    if not isinstance(declared, ThoiLuong):
        return
    hours, unit = file.settings.gio_moi_ngay, unit_of(steps.thoi_gian)
    total = interval_of(declared.so_luong, unit, hours)
    added = total_of(steps.steps, unit, hours)
    if total is None or isinstance(added, NotComputable) or total.covers(added):
        return
    yield Remark(
        (*steps.holder, "thoi_gian"),
        RULE.id,
        f"Khai tổng “{steps.thoi_gian}”, nhưng cộng các bước được {written(added, unit, hours)}.",
        _hint(total, added),
        related=(RelatedPlace(steps.at, f"Các bước cộng lại là {written(added, unit, hours)}"),),
    )


def _hint(total: Interval, added: Interval) -> str:
    direction = "thừa" if added.low > total.high else "thiếu"
    return (
        f"Sửa tổng, hoặc sửa thời gian các bước (các bước đang {direction}); "
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
