"""Phạm vi tại từng cơ quan của quy trình liên thông phải ghi cho mọi cơ quan, hoặc không ghi cho cơ quan nào.

Mục 2 của Phụ lục II có dòng “- Tại cơ quan …” cho từng cơ quan. Khi cơ quan này có, cơ quan kia không, người đọc
hiểu nhầm là quy trình không áp dụng ở cơ quan bị bỏ trống.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_LT = """\
loai: LT
ten: Trình văn bản
muc_dich: Quy định việc trình văn bản
pham_vi: Áp dụng giữa các cơ quan
thoi_gian: 2 ngày
co_quan:
  - ten: Sở Nội vụ
    pham_vi: Văn phòng Sở
    cac_buoc:
      - {{noi_dung: Soạn thảo, thuc_hien: Văn thư Sở, thoi_gian: 1 ngày}}
  - ten: Văn phòng Ủy ban nhân dân Thành phố
    pham_vi: {scope}
    cac_buoc:
      - {{noi_dung: Tiếp nhận, thuc_hien: Văn thư Văn phòng, thoi_gian: 1 ngày}}
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the agencies of an LT."""
    parts = file.data.get("co_quan") or ()
    if not any((part.get("pham_vi") or "").strip() for part in parts):
        return
    for number, part in enumerate(parts):
        if not (part.get("pham_vi") or "").strip():
            message = f"Chưa ghi phạm vi tại {part['ten']}, trong khi cơ quan khác đã ghi."
            hint = "Thêm pham_vi cho cơ quan này, ví dụ: Các phòng chuyên môn thuộc Sở"
            yield Remark(("co_quan", number, "pham_vi"), RULE.id, message, hint)


def _examples(scope: str) -> dict[str, Any]:
    return {"quy-trinh/a.yaml": _LT.format(scope=scope)}


RULE: Final = Rule(
    id="duty-scope",
    title="Có cơ quan chưa ghi phạm vi",
    severity=Severity.INFO,
    nguon="Phụ lục II của Kế hoạch số 97/KH-UBND, mục 2",
    bad=_examples('""'),
    good=_examples("Văn thư Văn phòng"),
    check_file=check,
    kinds=frozenset({"LT"}),
)
