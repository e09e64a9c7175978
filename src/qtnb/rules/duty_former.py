"""Không giao việc, gửi văn bản cho cơ quan không còn sau các đợt sắp xếp năm 2025.

Quy trình soạn từ bản cũ hay còn “Sở Tài nguyên và Môi trường”, “Sở Kế hoạch và Đầu tư”, “Thanh tra Sở”… Việc giao cho
cơ quan không còn thì không ai làm. qtnb nêu tên nơi nay nhận việc và văn bản đã sắp xếp.

Quy tắc xét tên, mục đích, phạm vi, các bước, kết quả, cách thức luân chuyển; ở quyết định là nơi nhận, người đề nghị và
các điều. Danh sách tên cũ là dữ liệu đi kèm qtnb, mỗi tên có ngày bắt đầu không còn dùng. Ngày để xét: ngày của quyết
định nếu tệp là quyết định đã ghi ngày, ngày ở tùy chọn `--as-of` nếu có, còn lại là hiện nay.

Không bị báo: căn cứ pháp lý, tên giấy tờ và biểu mẫu (văn bản cũ vẫn mang tên cơ quan đã ban hành); câu trích dẫn một
văn bản có số; câu nói rõ “trước đây”, “(cũ)”, “nay là”, “hợp nhất”, “sáp nhập”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.decisions import judged_on
from qtnb.lint.former_units import FormerUnit, former_in, may_name_former
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_HISTORY: Final = frozenset({"can_cu_phap_ly", "can_cu", "tai_lieu", "bieu_mau"})
"""Keys whose texts rightly carry the names of their time."""
_OF_ITS_TIME: Final = re.compile(
    r"\d+/\d{4}/|số\s+\d+[^\s/]*/|trước đây|\(cũ\)|nay là|hợp nhất|sáp nhập", re.IGNORECASE
)

_CV = """\
loai: CV
ten: Cho ý kiến về dự án đầu tư công
muc_dich: Quy định việc cho ý kiến về dự án đầu tư công
pham_vi: Áp dụng với các phòng thuộc Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 2 ngày
cac_buoc:
  - {{trinh_tu: Soạn văn bản xin ý kiến, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
  - {{trinh_tu: Cho ý kiến, chu_tri: {unit}, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell each place that names a body which no longer is on the day that counts."""
    if not may_name_former(file.source.text):
        return
    day = judged_on(file.data, file.settings)  # None: today, when every body of the list has gone
    for at, text in file.texts:
        if _HISTORY.isdisjoint(map(str, at)) and not _OF_ITS_TIME.search(text):
            told = {written: unit for written, unit in former_in(text) if day is None or unit.het_tu <= day}
            for written, unit in told.items():
                hint = f"Nay là: {unit.nay_la}. Căn cứ: {unit.can_cu}."
                yield Remark(at, RULE.id, _message(written, unit), hint)


def _message(written: str, unit: FormerUnit) -> str:
    return f"“{shown(written)}” không còn từ ngày {unit.het_tu:%d/%m/%Y}."


RULE: Final = Rule(
    id="duty-former",
    title="Tên cơ quan không còn sau sắp xếp tổ chức bộ máy",
    severity=Severity.WARNING,
    nguon=(
        "Nghị quyết số 176/2025/QH15 (cơ cấu Chính phủ, từ 01/3/2025); Nghị định số 45/2025/NĐ-CP và Nghị định số "
        "150/2025/NĐ-CP (cơ quan chuyên môn thuộc UBND); Luật Thanh tra ngày 25 tháng 6 năm 2025"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(unit="Sở Kế hoạch và Đầu tư")},
    good={"quy-trinh/a.yaml": _CV.format(unit="Sở Tài chính")},
    check_file=check,
    kinds=frozenset({"CV", "LT", "QD"}),
)
