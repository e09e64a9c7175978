"""Chưa liệt kê tài liệu nào phục vụ giải quyết công việc.

Mục 3.2 của biểu mẫu cho người làm biết phải nhận đủ những gì mới bắt đầu. Danh sách rỗng đúng với ít công việc;
thường là chưa kịp ghi. Với quy trình liên thông, mỗi cơ quan được xét riêng, và chỉ khi có cơ quan khác đã ghi.

Cần làm: liệt kê tài liệu; công việc thật sự không cần tài liệu nào thì ghi chú bo-qua kèm lý do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: {papers}
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look for empty lists of papers."""
    data = file.data
    if data["loai"] == "CV":
        if not data.get("chua_co_noi_dung") and not data.get("tai_lieu"):
            yield Remark(("tai_lieu",), RULE.id, "Chưa liệt kê tài liệu nào phục vụ giải quyết công việc.", _HINT)
        return
    parts = data.get("co_quan") or ()
    if any(part.get("tai_lieu") for part in parts):
        for number, part in enumerate(parts):
            if not part.get("tai_lieu"):
                message = f"Chưa liệt kê tài liệu, hồ sơ nào tại {part['ten']}."
                yield Remark(("co_quan", number, "tai_lieu"), RULE.id, message, _HINT)


_HINT: Final = "Mỗi tài liệu một dòng, ví dụ: - {ten: Văn bản đến, ban_chinh: true}"


def _examples(papers: str) -> dict[str, Any]:
    return {"quy-trinh/a.yaml": _CV.format(papers=papers)}


RULE: Final = Rule(
    id="papers-none",
    title="Chưa liệt kê tài liệu",
    severity=Severity.INFO,
    nguon="Phụ lục I của Kế hoạch số 97/KH-UBND, mục 3.2; Phụ lục II, mục 4",
    bad=_examples("[]"),
    good=_examples("[{ten: Văn bản đến, ban_chinh: true}]"),
    check_file=check,
)
