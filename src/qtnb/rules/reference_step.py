"""Lời văn nhắc đến một bước, một giai đoạn không có, hoặc hiểu được hai cách.

Bản in đánh nhãn B1, B2 … chạy liên tục qua các giai đoạn. Câu “thực hiện lại Bước 12” trong quy trình 9 bước, “chuyển
sang giai đoạn 3” trong quy trình hai giai đoạn là chỗ không ai làm theo được: thường do chép từ quy trình khác, hoặc
do thêm bớt bước mà không sửa câu. “Quay lại Bước 7” viết ở B3 cũng được báo: bước ở sau thì không quay lại được.

Một trường hợp chỉ là lời nhắc: ở giai đoạn thứ hai trở đi, “Bước 2” có thể là B2, cũng có thể là bước thứ hai của
giai đoạn ấy. Viết “B2” theo nhãn in thì không bị nhắc.

Không báo khi câu nói về bước của nơi khác (“Bước 3 của quy trình CV-07”, “Bước 2 tại Sở Nội vụ”, “giai đoạn 1 của dự
án”); khi “Bước 1:” là đề mục trong nội dung; với “bước (i)”, “giai đoạn 2026 - 2030”. Quy trình liên thông đếm lại từ
B1 ở mỗi cơ quan.

Cần làm: ghi đúng nhãn như bản in, hoặc dùng `quay_lai` để qtnb tự in câu và kiểm tra.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import DataPath, RelatedPlace, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.step_mentions import Mention, may_mention, mentions, stage_mentions, stage_numbers
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
  - trinh_tu: "Kiểm tra; dự thảo chưa đạt thì thực hiện lại {step}"
    chu_tri: Lãnh đạo Phòng Tổ chức
    thoi_gian: 01 ngày làm việc
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Follow every mention of a step or a stage."""
    for steps in file.step_lists:
        for step in steps.steps:
            if may_mention(f"{step.viec}\n{step.ket_qua}\n{step.thoi_gian}"):
                yield from _check_text((*step.at, step.viec_key), step.viec, steps, step)
                yield from _check_text((*step.at, "ket_qua"), step.ket_qua, steps, step)
                yield from _check_text((*step.at, "thoi_gian"), step.thoi_gian, steps, step)
    if file.step_lists and file.loai == "CV":
        for key in ("muc_dich", "pham_vi", "ghi_chu"):
            text = file.data.get(key) or ""
            if may_mention(text):
                yield from _check_text((key,), text, file.step_lists[0], None)


def _check_text(at: DataPath, text: str, steps: StepList, step: StepView | None) -> Iterator[Remark]:
    for mention in mentions(text):
        yield from _check_mention(at, mention, steps, step)
    names = {other.giai_doan for other in steps.steps if other.giai_doan}
    for written, number in stage_mentions(text):
        if number not in stage_numbers(names):
            yield _dead_stage(at, written, steps, step)


def _check_mention(at: DataPath, mention: Mention, steps: StepList, step: StepView | None) -> Iterator[Remark]:
    count = len(steps.steps)
    dead = [number for number in mention.numbers if not 1 <= number <= count]
    if dead:
        if not (steps.holder and mention.at_agency):
            yield _dead(at, mention, steps, step)
        return
    if step is None:
        return
    later = [number for number in mention.numbers if number > step.number]
    if mention.back and later:
        yield Remark(
            at,
            RULE.id,
            f"{step.label} ghi quay lại “{mention.written}”, nhưng B{later[0]} là bước ở sau.",
            "Ghi nhãn của bước trước, như bản in.",
            related=(RelatedPlace(steps.steps[later[0] - 1].at, f"B{later[0]}"),),
        )
    elif not mention.printed_label:
        yield from _ambiguous(at, mention, steps, step)


def _dead(at: DataPath, mention: Mention, steps: StepList, step: StepView | None) -> Remark:
    owner = f"quy trình tại {steps.co_quan}" if steps.holder else "quy trình"
    count = len(steps.steps)
    has = f"chỉ có {count} bước (B1 đến B{count})" if count > 1 else "chỉ có B1"
    hint = "Ghi nhãn bước như bản in; nhãn chạy liên tục qua các giai đoạn"
    return Remark(
        at,
        RULE.id,
        f"{_where(step)} nhắc “{mention.written}”, nhưng {owner} {has}.",
        f"{hint}{', đếm lại từ B1 ở mỗi cơ quan' if steps.holder else ''}.",
    )


def _ambiguous(at: DataPath, mention: Mention, steps: StepList, step: StepView) -> Iterator[Remark]:
    """Remark on a number that means one step by the printed labels and another within the stage."""
    stage = _stage_of(steps.steps, step)
    for number in mention.numbers:
        if not stage or number > len(stage) or stage[0].number <= number <= stage[-1].number:
            continue
        printed, counted = steps.steps[number - 1], stage[number - 1]
        if printed is not counted:
            yield Remark(
                at,
                RULE.id,
                f"“{mention.written}” có thể là {printed.label}, cũng có thể là bước thứ {number} "
                f"của “{step.giai_doan}” ({counted.label}).",
                f"Ghi {printed.label} hoặc {counted.label} như nhãn in.",
                severity=Severity.INFO,
                related=(RelatedPlace(printed.at, printed.label), RelatedPlace(counted.at, counted.label)),
            )


def _stage_of(steps: Sequence[StepView], step: StepView) -> Sequence[StepView]:
    """The steps in a row that share the stage of ``step``; none outside stages."""
    if not step.giai_doan:
        return ()
    first = last = step.number - 1
    while first > 0 and steps[first - 1].giai_doan == step.giai_doan:
        first -= 1
    while last + 1 < len(steps) and steps[last + 1].giai_doan == step.giai_doan:
        last += 1
    return steps[first : last + 1]


def _dead_stage(at: DataPath, written: str, steps: StepList, step: StepView | None) -> Remark:
    first = {other.giai_doan: other for other in reversed(steps.steps) if other.giai_doan}
    count = len(stage_numbers(first.keys()))
    has = f"chỉ có {count} giai đoạn" if count else "không chia giai đoạn"
    return Remark(
        at,
        RULE.id,
        f"{_where(step)} nhắc “{written}”, nhưng quy trình {has}.",
        "Sửa số giai đoạn, hoặc ghi nhãn của bước tiếp theo như bản in.",
        related=tuple(RelatedPlace((*other.at, "giai_doan"), name) for name, other in reversed(first.items())),
    )


def _where(step: StepView | None) -> str:
    return step.label if step else "Lời văn"


RULE: Final = Rule(
    id="reference-step",
    title="Lời văn nhắc đến bước, giai đoạn không có",
    severity=Severity.WARNING,
    nguon=(
        "Kế hoạch số 97/KH-UBND, Phụ lục I, II (nhãn B1, B2 … Bn); "
        "một văn bản đã ban hành có 6 quy trình chuyển sang giai đoạn không có"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(step="Bước 11")},
    good={"quy-trinh/a.yaml": _CV.format(step="Bước 1")},
    check_file=check,
)
