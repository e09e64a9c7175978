"""`quay_lai` phải đưa về một bước trước, và nói rõ khi nào.

`quay_lai: {buoc: 2, khi: hồ sơ không đạt}` in thành câu “Trường hợp hồ sơ không đạt thì quay lại bước B2.” dưới
nội dung bước. Quay lại chính bước đó, hay “quay lại” một bước ở sau, thì câu in ra vô nghĩa: thường là số bước
chưa được sửa sau khi thêm, bớt bước.

Thiếu `khi` thì chỉ là lời nhắc: bản in ghi “Khi cần thực hiện lại”, người làm không biết lúc nào được đi tiếp và
việc có thể quay vòng mãi.

Số bước lớn hơn số bước có thật là lỗi `unknown-step` của lệnh validate.

Cần làm: sửa số ở `buoc`, đếm từ B1 trên toàn bộ các bước, không đếm lại theo giai đoạn; ghi trường hợp ở `khi`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import RelatedPlace, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepList, StepView

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
  - {{trinh_tu: Soạn dự thảo, chu_tri: Phòng Tổ chức, thoi_gian: 01 ngày làm việc}}
  - trinh_tu: Kiểm tra dự thảo
    chu_tri: Lãnh đạo Phòng Tổ chức
    thoi_gian: 01 ngày làm việc
    quay_lai: {{buoc: {buoc}, khi: dự thảo chưa đạt}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Check where each return leads."""
    for steps in file.step_lists:
        for step in steps.steps:
            if step.data.get("quay_lai"):
                yield from _check(steps, step)


def _check(steps: StepList, step: StepView) -> Iterator[Remark]:
    back = step.data["quay_lai"]
    target = back["buoc"]
    at = (*step.at, "quay_lai")
    if target > len(steps.steps):
        return
    if target >= step.number:
        where = "chính bước đó" if target == step.number else f"B{target}, là bước ở sau"
        yield Remark(
            (*at, "buoc"),
            RULE.id,
            f"{step.label} quay lại {where}.",
            _hint(step),
            related=(RelatedPlace(steps.steps[target - 1].at, f"B{target}"),) if target > step.number else (),
        )
    elif not (back.get("khi") or "").strip():
        yield Remark(
            at,
            RULE.id,
            f"{step.label} quay lại B{target} nhưng không ghi trường hợp nào.",
            "Thêm khi, ví dụ: khi: hồ sơ không đạt",
            severity=Severity.INFO,
        )


def _hint(step: StepView) -> str:
    if step.number == 1:
        return "B1 không có bước trước để quay lại: bỏ quay_lai."
    last = step.number - 1
    allowed = f"1 đến {last}" if last > 1 else "1"
    return (
        f"Ghi số của một bước trước ({allowed}), đếm trên toàn bộ các bước; "
        "việc làm lại trong cùng bước thì viết trong nội dung bước."
    )


RULE: Final = Rule(
    id="reference-return",
    title="Quay lại chính bước đó hoặc một bước ở sau",
    severity=Severity.ERROR,
    nguon="Định dạng tệp quy trình, khóa quay_lai: đưa công việc trở lại một bước trước",
    bad={"quy-trinh/a.yaml": _CV.format(buoc=2)},
    good={"quy-trinh/a.yaml": _CV.format(buoc=1)},
    check_file=check,
)
