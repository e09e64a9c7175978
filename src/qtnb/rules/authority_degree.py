"""Không ghi học hàm, học vị, danh hiệu trước họ tên người ký.

Nghị định số 30/2020/NĐ-CP không cho ghi “TS.”, “ThS.”, “PGS.” … trước họ tên người ký, trừ lực lượng vũ trang và
các tổ chức giáo dục, y tế, khoa học theo quy định riêng của ngành; những nơi đó tắt quy tắc này trong qtnb.yaml.
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
_DEGREE: Final = re.compile(r"^\s*(?:(?:GS|PGS|TS|ThS|BS|DS|KS|CN|NGƯT|NGND|TTƯT|TTND)\b\.?[\s.,]*)+")


def check(file: FileView) -> Iterator[Remark]:
    """Look at the name of the signer."""
    ho_ten = (file.data.get("ky") or {}).get("ho_ten") or ""
    degree = _DEGREE.match(ho_ten)
    if degree is not None:
        message = f"Trước họ tên người ký có “{degree.group().strip()}”."
        yield Remark(("ky", "ho_ten"), RULE.id, message, "Chỉ ghi họ, tên đệm và tên.")


RULE: Final = Rule(
    id="authority-degree",
    title="Học hàm, học vị trước họ tên người ký",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.7.c",
    bad={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "ky: {ho_ten: TS. Họ Và Tên}\n"},
    good={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "ky: {ho_ten: Họ Và Tên}\n"},
    check_file=check,
    kinds=frozenset({"QD"}),
)
