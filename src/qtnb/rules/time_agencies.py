"""Tổng thời gian của quy trình liên thông phải bằng tổng thời gian các cơ quan.

Biểu mẫu của Phụ lục II ghi thời gian ở hai nơi: mục 3 “Tổng thời gian giải quyết công việc” và dòng “Thời gian xử lý
công việc tại” từng cơ quan. Công việc đi lần lượt qua các cơ quan, nên hai nơi phải khớp nhau.

qtnb cộng thời gian đã khai của từng cơ quan; cơ quan chưa khai thì lấy tổng các bước của cơ quan đó. Giờ và ngày quy
đổi theo `gio_moi_ngay`; số không có đơn vị theo đơn vị của tổng.

Không báo khi một nơi ghi bằng lời, khi một cơ quan chưa có thời gian nào, hoặc khi tổng nêu nhiều mức và các cơ quan
đúng với một mức. Các bước trong một cơ quan được so riêng ở quy tắc `time-sum`.

Cần làm: sửa tổng, hoặc sửa thời gian của cơ quan bị sai.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.amounts import contradicted, is_limit, total_of_agencies, total_reader, unit_of, whole_time
from qtnb.lint.rule import Rule
from qtnb.lint.time_wording import written
from qtnb.lint.views import FileView, StepList
from qtnb.text import shown

_LT = """\
loai: LT
ten: Trình ban hành kế hoạch đào tạo
muc_dich: Quy định việc trình kế hoạch
pham_vi: Sở Nội vụ và Văn phòng UBND Thành phố
thoi_gian: {total}
co_quan:
  - ten: Sở Nội vụ
    thoi_gian: 03 ngày làm việc
    cac_buoc:
      - {{noi_dung: Soạn tờ trình, thuc_hien: Văn thư Sở, thoi_gian: 03 ngày làm việc}}
  - ten: Văn phòng UBND Thành phố
    thoi_gian: 02 ngày làm việc
    cac_buoc:
      - {{noi_dung: Thẩm tra, thuc_hien: Chuyên viên, thoi_gian: 02 ngày làm việc}}
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the total with what the agencies declare."""
    lists = file.step_lists
    if not lists:
        return
    declared = whole_time(file)
    hours, unit = file.settings.gio_moi_ngay, unit_of(declared)
    added = total_of_agencies(file)
    total = added and contradicted(declared, added, total_reader(unit, hours))
    if added is None or total is None:
        return
    sum_text = written(added, unit, hours)
    yield Remark(
        ("thoi_gian",),
        RULE.id,
        f"Khai tổng “{shown(declared)}”, nhưng cộng thời gian các cơ quan được {sum_text}.",
        "Sửa tổng, hoặc sửa thời gian của cơ quan bị sai.",
        severity=Severity.WARNING if added.high < total.low and is_limit(declared) else Severity.ERROR,
        related=tuple(_related(steps) for steps in lists),
    )


def _related(steps: StepList) -> RelatedPlace:
    if steps.thoi_gian.strip():
        return RelatedPlace((*steps.holder, "thoi_gian"), f"{shown(steps.co_quan)}: {shown(steps.thoi_gian)}")
    return RelatedPlace(steps.at, f"{shown(steps.co_quan)}: cộng từ các bước")


RULE: Final = Rule(
    id="time-agencies",
    title="Tổng thời gian khác tổng thời gian các cơ quan",
    severity=Severity.ERROR,
    nguon="Kế hoạch số 97/KH-UBND, Phụ lục II, mục 3 và mục 4 (thời gian xử lý công việc tại từng cơ quan)",
    bad={"quy-trinh/a.yaml": _LT.format(total="10 ngày làm việc")},
    good={"quy-trinh/a.yaml": _LT.format(total="05 ngày làm việc")},
    check_file=check,
    kinds=frozenset({"LT"}),
)
