"""Hai bước liền nhau không được giống hệt nhau; quy trình liên thông không chuyển cho chính cơ quan vừa xử lý.

Hai bước cùng việc, cùng người làm thường là một dòng chép thừa: người đọc không biết phải làm một hay hai lần, và
tổng thời gian bị cộng hai lần. Cùng một việc do những người khác nhau làm lần lượt (“Trình Lãnh đạo”, “Phê duyệt”)
là bình thường và không bị báo; cơ quan được qua lại nhiều lần, miễn là không hai lần liền.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepView

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 2 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
  - {{trinh_tu: Vào sổ, chu_tri: {second}, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare each step, and each agency of an LT, with the one before it."""
    for steps in file.step_lists:
        for before, step in pairwise(steps.steps):
            if _same(before, step):
                message = f"{step.label} giống hệt {before.label}: “{step.viec}”, {step.nguoi}."
                hint = "Xóa bước chép thừa, hoặc ghi rõ hai bước khác nhau ở chỗ nào."
                other = (RelatedPlace(before.at, f"{before.label} ở đây"),)
                yield Remark(step.at, RULE.id, message, hint, related=other)
    for number, (before_part, part) in enumerate(pairwise(file.data.get("co_quan") or ()), 1):
        if _folded(before_part["ten"]) == _folded(part["ten"]):
            message = f"“{part['ten']}” đứng liền sau chính cơ quan đó."
            hint = "Gộp hai phần thành một, hoặc sửa tên cơ quan."
            other = (RelatedPlace(("co_quan", number - 1, "ten"), "Phần trước ở đây"),)
            yield Remark(("co_quan", number, "ten"), RULE.id, message, hint, related=other)


def _same(one: StepView, two: StepView) -> bool:
    # Most neighbours differ in their first letter; only the others are worth folding.
    if one.viec[:1].lower() != two.viec[:1].lower():
        return False
    return _folded(one.viec) == _folded(two.viec) and _folded(one.nguoi) == _folded(two.nguoi)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _examples(second: str) -> dict[str, Any]:
    return {"quy-trinh/a.yaml": _CV.format(second=second)}


RULE: Final = Rule(
    id="duty-twice",
    title="Hai bước hoặc hai cơ quan liền nhau giống hệt nhau",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục III.1 (rõ trách nhiệm của từng khâu, từng bước)",
    bad=_examples("Văn phòng  sở"),
    good=_examples("Lãnh đạo Sở"),
    check_file=check,
)
