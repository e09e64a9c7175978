"""Hạn phải gửi trước, hay mốc giờ, đứng ở chỗ của thời gian xử lý.

“Trước 3 ngày” là hạn người nộp phải gửi; “trước 14h00” là mốc trong ngày. Cả hai không cho biết bước đó làm trong bao
lâu, nên tổng không cộng được và không ai bị coi là chậm.

Không báo khi bước có `khong_tinh_thoi_gian: true` hay ghi “không tính vào thời gian …”: hạn ấy được giữ nguyên lời,
không lẫn vào tổng. Không báo khi đã có thời gian và mốc chỉ nói thêm, như “Trong ngày (trước 14h00)” hay “01 ngày làm
việc (sau 15 giờ thì tính sang ngày sau)”.

Khi tổng cũng ghi bằng lời thì đây chỉ là lời nhắc.

Cần làm: ghi thời gian xử lý của bước và chuyển hạn gửi sang nội dung công việc; hoặc thêm `khong_tinh_thoi_gian: true`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.amounts import is_counted, is_words, whole_time
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView, StepList
from qtnb.text import shown

_CV = """\
loai: CV
ten: Đăng ký xe ô tô
muc_dich: Quy định việc đăng ký xe
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 04 giờ
cac_buoc:
  - {{trinh_tu: Gửi phiếu, chu_tri: Phòng đề nghị, thoi_gian: trước 3 ngày{more}}}
  - {{trinh_tu: Bố trí xe, chu_tri: Tổ xe, thoi_gian: 04 giờ}}
bieu_mau: []
"""


class NotATime(StrEnum):
    """What stands in place of a processing time; the values say it to the user."""

    LEAD = "hạn phải gửi trước"
    CLOCK = "mốc giờ trong ngày"


_CLOCK: Final = re.compile(
    r"(?<!\d)\d{1,2}\s?(?:h|g|:)\s?\d{2}(?!\d)|(?:trước|sau|lúc|đến|vào)\s+\d{1,2}\s?(?:h\b|giờ)", re.IGNORECASE
)
_LEAD: Final = re.compile(
    r"trước\s+(?:ít nhất\s+|tối thiểu\s+|chậm nhất\s+(?:là\s+)?|khoảng\s+)?\d[\d.,/]*\s*(?:\([^()]*\)\s*)?"
    r"(?:phút|giờ|buổi|ngày|tuần|tháng)"
    r"|\d\s*(?:\([^()]*\)\s*)?(?:phút|giờ|buổi|ngày|tuần|tháng)(?:\s+làm việc)?\s+trước(?!\s+đó)",
    re.IGNORECASE,
)


def check(file: FileView) -> Iterator[Remark]:
    """Look at every declared time and every counted step."""
    for steps in file.step_lists:
        yield from _check_list(steps)
    if file.step_lists and file.step_lists[0].holder:
        yield from _remark(("thoi_gian",), "Tổng thời gian", whole_time(file), Severity.ERROR)


def _check_list(steps: StepList) -> Iterator[Remark]:
    name = f"Thời gian tại {shown(steps.co_quan)}" if steps.holder else "Tổng thời gian"
    yield from _remark((*steps.holder, "thoi_gian"), name, steps.thoi_gian, Severity.ERROR)
    # Without a total in numbers nothing is added up, and the words do no harm to a sum.
    severity = Severity.INFO if is_words(steps.thoi_gian) else Severity.ERROR
    for step in steps.steps:
        if step.thoi_gian and kind_of(step.thoi_gian) and is_counted(step):
            yield from _remark((*step.at, "thoi_gian"), step.label, step.thoi_gian, severity)


def _remark(at: DataPath, name: str, text: str, severity: Severity) -> Iterator[Remark]:
    kind = kind_of(text)
    if kind is None:
        return
    yield Remark(
        at,
        RULE.id,
        f"{name} ghi “{shown(text)}” là {kind}, không phải thời gian xử lý.",
        "Ghi thời gian xử lý (số và đơn vị, hoặc “Trong ngày”); bước không tính vào tổng thì thêm "
        "khong_tinh_thoi_gian: true và giữ nguyên lời.",
        severity=severity,
    )


@lru_cache(maxsize=4096)
def kind_of(text: str) -> NotATime | None:
    """What a time is that is no processing time; None for amounts and for other words."""
    if not is_words(text):
        return None
    if _CLOCK.search(text):
        return NotATime.CLOCK
    return NotATime.LEAD if _LEAD.search(text) else None


RULE: Final = Rule(
    id="time-lead",
    title="Hạn gửi trước hoặc mốc giờ ở chỗ của thời gian xử lý",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ thời gian xử lý); gặp trong quy trình đã công bố về điều xe",
    bad={"quy-trinh/a.yaml": _CV.format(more="")},
    good={"quy-trinh/a.yaml": _CV.format(more=", khong_tinh_thoi_gian: true")},
    check_file=check,
)
