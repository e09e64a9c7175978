"""Số và chữ của một thời gian phải cùng một giá trị.

“07 (bảy) ngày làm việc” ghi số hai lần để không ai sửa được. Khi số và chữ khác nhau, như “07 (tám) ngày”, thì không
biết hạn nào đúng.

Xét tổng thời gian, thời gian tại từng cơ quan và thời gian từng bước. Chỉ xét chữ số đứng liền trước dấu ngoặc; chữ
trong ngoặc không phải là số, như “05 ngày (nếu có)”, thì bỏ qua.

Cần làm: sửa số hoặc sửa chữ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.amounts import whole_time
from qtnb.lint.rule import Rule
from qtnb.lint.spelled_numbers import contradiction
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: {time}
cac_buoc:
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: 07 ngày làm việc}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare number and words wherever a time gives both."""
    lists = file.step_lists
    if lists and lists[0].holder:
        yield from _compare(("thoi_gian",), whole_time(file))
    for steps in lists:
        yield from _compare((*steps.holder, "thoi_gian"), steps.thoi_gian)
        for step in steps.steps:
            if "(" in step.thoi_gian:
                yield from _compare((*step.at, "thoi_gian"), step.thoi_gian)


def _compare(at: DataPath, text: str) -> Iterator[Remark]:
    wrong = contradiction(text) if "(" in text else None
    if wrong:
        message = f"Thời gian “{shown(text)}”: số là {wrong[0]}, chữ trong ngoặc là “{wrong[1]}”."
        yield Remark(at, RULE.id, message, "Sửa số hoặc sửa chữ cho cùng một giá trị.")


RULE: Final = Rule(
    id="time-spelled",
    title="Số và chữ của thời gian khác nhau",
    severity=Severity.ERROR,
    nguon="Cách ghi số kèm chữ của văn bản đã ban hành: “02 (hai) ngày làm việc”, khoảng 330 chỗ",
    bad={"quy-trinh/a.yaml": _CV.format(time="07 (tám) ngày làm việc")},
    good={"quy-trinh/a.yaml": _CV.format(time="07 (bảy) ngày làm việc")},
    check_file=check,
)
