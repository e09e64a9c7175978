"""Mỗi bước nên ghi kết quả khi các bước khác đã ghi.

Cột “Kết quả” cho biết bước xong khi nào và giao gì cho bước sau. Khi phần lớn các bước đã ghi mà một bước để
trống, thường là sót. Quy trình không ghi kết quả ở bước nào thì không bị báo: nhiều văn bản đã ban hành trình bày
như vậy.

Với quy trình liên thông, mỗi cơ quan còn phải ghi “Kết quả thực hiện tại cơ quan”.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepList

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
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày, ket_qua: Văn bản đã đăng ký}}
  - {{trinh_tu: Xử lý, chu_tri: Phòng Tổ chức, thoi_gian: 1 ngày, ket_qua: {second}}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look for steps that are silent among steps that speak."""
    for steps in file.step_lists:
        yield from _silent_steps(steps)
    for number, part in enumerate(file.data.get("co_quan") or ()):
        if not (part.get("ket_qua") or "").strip():
            message = f"Chưa ghi kết quả thực hiện tại {part['ten']}."
            yield Remark(("co_quan", number, "ket_qua"), RULE.id, message, "Thêm ket_qua cho cơ quan này.")


def _silent_steps(steps: StepList) -> Iterator[Remark]:
    silent = [step for step in steps.steps if not step.ket_qua.strip()]
    if len(silent) * 2 > len(steps.steps):
        return
    for step in silent:
        message = f"{step.label} chưa ghi kết quả, trong khi các bước khác đã ghi."
        yield Remark((*step.at, "ket_qua"), RULE.id, message, "Ghi sản phẩm của bước, ví dụ: Văn bản đã ký")


def _examples(second: str) -> dict[str, Any]:
    return {"quy-trinh/a.yaml": _CV.format(second=second)}


RULE: Final = Rule(
    id="duty-result",
    title="Bước hoặc cơ quan không ghi kết quả",
    severity=Severity.INFO,
    nguon="Phụ lục I và II của Kế hoạch số 97/KH-UBND, cột Kết quả",
    bad=_examples('""'),
    good=_examples("Dự thảo văn bản"),
    check_file=check,
)
