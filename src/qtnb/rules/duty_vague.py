"""Mỗi bước phải có người làm cụ thể, không giao cho “các đơn vị” nói chung.

Kế hoạch yêu cầu phân định rõ trách nhiệm đến từng khâu, từng bước, từng phòng ban, từng công chức. Bước giao cho
“Các đơn vị”, “Cơ quan, tổ chức, cá nhân có liên quan”, “Phòng ban/Bộ phận” hay “Cấp có thẩm quyền” thì khi chậm
không biết hỏi ai. Ô chỉ có dấu “…” hoặc “-” cũng được coi là chưa ghi.

Quy tắc chỉ xét người thực hiện chính (`chu_tri`, `thuc_hien`). Ở cột phối hợp, “Cơ quan, tổ chức, cá nhân có liên
quan” là cách ghi thường gặp trong văn bản đã ban hành nên không bị báo.

Không bị báo: tên có từ xác định người làm (“Các đơn vị (Lãnh đạo)”, “Phòng, đơn vị đề nghị”, “Công chức được phân
công”), lớp người mà công việc là của chính họ (“Cá nhân”), và tên đã có trong `don_vi` của `qtnb.yaml`.

Nên ghi tên đơn vị hoặc chức danh. Nếu đơn vị nào có việc thì đơn vị đó làm, ghi theo vai trong công việc, ví dụ
“Đơn vị đề nghị”, “Đơn vị chủ trì soạn thảo”.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.units import cells_where, doer_at, is_nobody, is_registered, labels_of
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Áp dụng với các đơn vị thuộc Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 4 giờ}}
  - {{trinh_tu: Xử lý, chu_tri: "{doer}", phoi_hop: Các đơn vị có liên quan, thoi_gian: 4 giờ}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell each doer that is nobody in particular, once for each list of steps."""
    for steps in file.step_lists:
        for cell, places in cells_where(steps, is_nobody).items():
            if not is_registered(file, cell):
                yield Remark(
                    doer_at(places[0]),
                    RULE.id,
                    f"{labels_of(places)} giao cho “{shown(cell)}”, không rõ là ai.",
                    "Ghi tên đơn vị hoặc chức danh thực hiện, hoặc vai trong công việc như “Đơn vị đề nghị”.",
                )


RULE: Final = Rule(
    id="duty-vague",
    title="Bước giao cho người không xác định",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 và mục III (rõ trách nhiệm từng công chức, khâu, bước, phòng ban)",
    bad={"quy-trinh/a.yaml": _CV.format(doer="Các đơn vị")},
    good={"quy-trinh/a.yaml": _CV.format(doer="Đơn vị được giao chủ trì")},
    check_file=check,
)
