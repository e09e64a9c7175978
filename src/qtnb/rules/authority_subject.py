"""Trích yếu của quyết định phê duyệt văn bản khác bắt đầu bằng “Phê duyệt” hoặc “Ban hành”, không bằng “Về việc”.

Mẫu 1.3 của Nghị định số 30/2020/NĐ-CP dành cho quyết định ban hành, phê duyệt một văn bản khác; “Về việc” là của
quyết định quy định trực tiếp (mẫu 1.2) và “V/v” là của công văn.

Quyết định bãi bỏ (`hinh_thuc: bai_bo`) quy định trực tiếp nên không bị báo khi viết “Về việc bãi bỏ …”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n"
_ABOUT: Final = re.compile(r"^\W*(?:về việc|v/v)\s*", re.IGNORECASE)


def check(file: FileView) -> Iterator[Remark]:
    """Look at how the subject begins."""
    trich_yeu = file.data.get("trich_yeu") or ""
    about = _ABOUT.match(trich_yeu)
    if about is not None and file.data.get("hinh_thuc") != "bai_bo":
        rest = trich_yeu[about.end() :]
        message = f"Trích yếu bắt đầu bằng “{about.group().strip()}”."
        yield Remark(("trich_yeu",), RULE.id, message, f"Bỏ cụm từ đó: {rest[:1].upper()}{rest[1:40]}…")


RULE: Final = Rule(
    id="authority-subject",
    title="Trích yếu bắt đầu bằng “Về việc”",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục III, mẫu 1.3",
    bad={
        "quy-trinh/a.yaml": _QUY_TRINH,
        "quyet-dinh/q.yaml": _QUYET_DINH + "trich_yeu: Về việc phê duyệt danh mục quy trình\n",
    },
    good={
        "quy-trinh/a.yaml": _QUY_TRINH,
        "quyet-dinh/q.yaml": _QUYET_DINH + "trich_yeu: Phê duyệt danh mục quy trình\n",
    },
    check_file=check,
    kinds=frozenset({"QD"}),
)
