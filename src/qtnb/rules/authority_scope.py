"""Quy trình phải đúng loại: CV của một cơ quan, LT đi qua nhiều cơ quan.

Quy trình LT mà mọi chặng đều ở một cơ quan, giữa các phòng của cơ quan mình, hoặc giữa các đơn vị của một xã, phường
thì là quy trình CV, do người đứng đầu cơ quan phê duyệt. Ngược lại, quy trình CV có bước do Sở khác, Bộ hoặc UBND khác
chủ trì thì công việc đã đi qua cơ quan khác: đó là quy trình LT, do Chủ tịch UBND Thành phố phê duyệt.

Ở quy trình CV chỉ xét người chủ trì, và chỉ khi bước nêu đích danh một Sở, Bộ, UBND khác. Không bị báo: đơn vị phối
hợp; bước `khong_tinh_thoi_gian` (chờ cơ quan khác trả lời); “Cơ quan thuế”, “Văn phòng đăng ký đất đai”, “Trung tâm
Phục vụ hành chính công” như trong quy trình đất đai đã ban hành của cấp xã; “UBND cấp xã” trong kho của xã, phường.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.agencies import finder_of_others, is_inside
from qtnb.lint.rule import Rule
from qtnb.lint.units import unit_key
from qtnb.lint.views import FileView
from qtnb.text import shown

_LT: Final = """\
loai: LT
ten: Trình văn bản
muc_dich: Quy định việc trình văn bản
pham_vi: Áp dụng giữa các cơ quan
thoi_gian: 2 ngày
co_quan:
  - ten: Sở Nội vụ
    cac_buoc:
      - {{noi_dung: Soạn thảo, thuc_hien: Văn thư, thoi_gian: 1 ngày}}
  - ten: {other}
    cac_buoc:
      - {{noi_dung: Thẩm định, thuc_hien: Công chức được phân công, thoi_gian: 1 ngày}}
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the kind with the agencies that do the work."""
    if file.loai == "LT":
        yield from _within_one(file)
    else:
        yield from _through_another(file)


def _within_one(file: FileView) -> Iterator[Remark]:
    names = [str(agency["ten"]) for agency in file.data.get("co_quan") or ()]
    if not names:
        return
    if len({unit_key(name) for name in names}) == 1:
        message = f"Mọi chặng của quy trình liên thông đều ở {shown(names[0])}."
    elif all(is_inside(name, file.settings.co_quan) for name in names):
        message = f"Quy trình liên thông chỉ đi qua {shown(', '.join(dict.fromkeys(names)), 120)}: trong một cơ quan."
    else:
        return
    hint = "Quy trình trong một cơ quan thì viết loai: CV; nếu còn cơ quan khác tham gia thì thêm vào co_quan."
    yield Remark(("co_quan",), RULE.id, message, hint)


def _through_another(file: FileView) -> Iterator[Remark]:
    named = finder_of_others(file.settings.co_quan)
    steps = [
        (step, named(step.nguoi))
        for steps in file.step_lists
        for step in steps.steps
        if named(step.nguoi) and not step.khong_tinh_thoi_gian
    ]
    if not steps:
        return
    (first, other), *more = steps
    yield Remark(
        (*first.at, first.nguoi_key),
        RULE.id,
        f"Quy trình CV có bước {', '.join(step.label for step, _ in steps)} do cơ quan khác chủ trì: {shown(other)}.",
        "Công việc đi qua cơ quan khác thì viết loai: LT; nếu chỉ chờ trả lời thì ghi khong_tinh_thoi_gian: true.",
        related=tuple(RelatedPlace((*step.at, step.nguoi_key), f"{step.label}: {shown(name)}") for step, name in more),
    )


RULE: Final = Rule(
    id="authority-scope",
    title="Loại quy trình không hợp với các cơ quan tham gia",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục II.2 và Phụ lục I, II (CV của một cơ quan; LT giữa các cơ quan)",
    bad={"quy-trinh/a.yaml": _LT.format(other="Phòng Tổ chức, biên chế")},
    good={"quy-trinh/a.yaml": _LT.format(other="Văn phòng Ủy ban nhân dân Thành phố")},
    check_file=check,
)
