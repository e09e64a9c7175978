"""Số và ngày của quyết định được ghi cùng lúc.

Văn thư cấp số khi ban hành, và ngày ban hành là ngày ký; văn bản có số mà thiếu ngày (hoặc ngược lại) là văn bản
ghi dở. Bản thảo để trống cả hai.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n"


def check(file: FileView) -> Iterator[Remark]:
    """Compare the two."""
    so, ngay = file.data.get("so") or "", file.data.get("ngay") or ""
    if so and not ngay:
        yield Remark(
            ("so",), RULE.id, f"Quyết định đã có số {so} nhưng chưa có ngày.", "Ghi ngay, dạng năm-tháng-ngày."
        )
    if ngay and not so:
        yield Remark(("ngay",), RULE.id, f"Quyết định đã có ngày {ngay} nhưng chưa có số.", "Ghi so do văn thư cấp.")


RULE: Final = Rule(
    id="authority-date",
    title="Quyết định có số mà không có ngày, hoặc ngược lại",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Điều 15",
    bad={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + 'so: "12"\n'},
    good={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + 'so: "12"\nngay: "2026-11-21"\n'},
    check_file=check,
    kinds=frozenset({"QD"}),
)
