"""Thời gian chỉ có số, không ở đâu ghi đơn vị.

Nhiều văn bản ghi “0,5”, “01” ở các bước và chỉ ghi đơn vị một lần ở tổng: “25 ngày làm việc”. Cách ghi đó rõ ràng,
qtnb hiểu theo đơn vị của tổng. Nhưng khi tổng cũng chỉ là “25”, hoặc là lời, thì không biết là ngày hay giờ.

Khi tổng là lời (“Theo dự án được phê duyệt”) mà các bước chỉ có số thì là cảnh báo.

Không báo với số 0: bằng 0 thì đơn vị nào cũng vậy. Với quy trình liên thông, thời gian của một cơ quan có thể lấy đơn
vị ở tổng của cả quy trình.

Cần làm: ghi đơn vị vào tổng; các bước để nguyên cũng được.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from qtnb.finding import DataPath, Fix, RelatedPlace, Remark, Severity
from qtnb.lint.amounts import read, unit_for, unit_of, whole_time
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepList, StepView
from qtnb.text import shown
from qtnb.thoi_luong import DonViThoiGian, ThoiLuong

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: "{total}"
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: "0,5"}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: "01"}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Find numbers that have no unit and no total to take one from."""
    lists = file.step_lists
    if lists and lists[0].holder and is_bare(whole_time(file)):
        # With a unit there, the agencies would take it: one fault, told once.
        yield _bare_total(("thoi_gian",), "Tổng thời gian", whole_time(file), [part.thoi_gian for part in lists])
        return
    for steps in lists:
        if unit_for(file, steps) is None:
            yield from _check_list(steps)


def _check_list(steps: StepList) -> Iterator[Remark]:
    if is_bare(steps.thoi_gian):
        name = f"Thời gian tại {shown(steps.co_quan)}" if steps.holder else "Tổng thời gian"
        times = [step.thoi_gian for step in steps.steps]
        yield _bare_total((*steps.holder, "thoi_gian"), name, steps.thoi_gian, times)
        return
    bare = [step for step in steps.steps if is_bare(step.thoi_gian)]
    if bare:
        yield _bare_steps(steps, bare)


def _bare_total(at: DataPath, name: str, text: str, parts: Iterable[str]) -> Remark:
    unit = next(filter(None, map(unit_of, parts)), DonViThoiGian.NGAY_LAM_VIEC)
    meant = f"{text.strip()} {unit}"
    message = f"{name} chỉ ghi “{shown(text)}”, không có đơn vị."
    return Remark(at, RULE.id, message, f"Ghi cả đơn vị, ví dụ: {meant}", fix=Fix(at, meant, safe=False))


def _bare_steps(steps: StepList, bare: Sequence[StepView]) -> Remark:
    total = f"tổng “{shown(steps.thoi_gian)}” cũng" if steps.thoi_gian.strip() else "tổng"
    labels = ", ".join(step.label for step in bare)
    return Remark(
        (*bare[0].at, "thoi_gian"),
        RULE.id,
        f"{labels} chỉ ghi số (“{shown(bare[0].thoi_gian)}”), mà {total} không cho biết đơn vị.",
        "Ghi đơn vị vào từng bước, ví dụ: 0,5 ngày làm việc; hoặc ghi tổng bằng số và đơn vị.",
        # An approved text has such a total; the head of its column said the unit.
        severity=Severity.WARNING,
        related=tuple(
            RelatedPlace((*step.at, "thoi_gian"), f"{step.label}: {shown(step.thoi_gian)}") for step in bare[1:]
        ),
    )


@lru_cache(maxsize=4096)
def is_bare(text: str) -> bool:
    """Whether a time is a number other than 0 without a unit."""
    duration = read(text)
    return isinstance(duration, ThoiLuong) and any(part.don_vi is None and part.high for part in duration.so_luong)


RULE: Final = Rule(
    id="time-unit",
    title="Thời gian không có đơn vị",
    severity=Severity.ERROR,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ thời gian xử lý); văn bản đã ban hành ghi đơn vị ở tổng",
    bad={"quy-trinh/a.yaml": _CV.format(total="1,5")},
    good={"quy-trinh/a.yaml": _CV.format(total="1,5 ngày làm việc")},
    check_file=check,
)
