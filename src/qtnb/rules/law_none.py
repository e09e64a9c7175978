"""Quy trình và quyết định phải có ít nhất một căn cứ.

Ô 3.1 của biểu mẫu ghi căn cứ pháp lý của công việc; phần mở đầu của quyết định ghi văn bản cho người ký thẩm quyền và
văn bản điều chỉnh công việc. Để trống thì người kiểm soát không biết việc làm theo quy định nào.

Công việc không có luật riêng vẫn có căn cứ: quyết định về chức năng, nhiệm vụ của cơ quan, quy chế làm việc, quy chế
văn thư. Quy trình mới có tên (`chua_co_noi_dung: true`) và quy trình liên thông (biểu mẫu không có ô căn cứ) không bị
xét.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Áp dụng với Văn phòng Sở
can_cu_phap_ly: {bases}
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look for any basis at all."""
    data = file.data
    if data["loai"] == "QD":
        if not data.get("can_cu"):
            hint = "Ghi văn bản cho thẩm quyền ban hành và văn bản điều chỉnh công việc vào can_cu."
            yield Remark(("can_cu",), RULE.id, "Quyết định không có căn cứ ban hành.", hint)
    elif not data.get("can_cu_phap_ly") and not data.get("chua_co_noi_dung"):
        hint = (
            "Ghi văn bản quy định công việc; không có luật riêng thì ghi quy định về chức năng, nhiệm vụ của cơ quan."
        )
        yield Remark(("can_cu_phap_ly",), RULE.id, "Quy trình không có căn cứ pháp lý.", hint)


RULE: Final = Rule(
    id="law-none",
    title="Không có căn cứ pháp lý",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, Phụ lục I, ô 3.1; Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.6.a",
    bad={"quy-trinh/a.yaml": _CV.format(bases="[]")},
    good={"quy-trinh/a.yaml": _CV.format(bases="[Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ]")},
    check_file=check,
    kinds=frozenset({"CV", "QD"}),
)
