"""Số phải viết bằng chữ số: không dùng chữ O thay số 0, chữ l thay số 1.

“O5 ngày”, “1O/3/2026”, “2O26”, “CV-O1”, “l5 ngày” trông đúng nhưng không phải số: thời gian không cộng được, ngày tháng
và số hiệu không tìm được. Lỗi này thường do gõ nhầm hoặc do máy nhận dạng chữ từ bản quét.

Chỉ báo nơi chắc chắn là số: trước đơn vị (ngày, giờ, bộ, bản…), giữa các chữ số, trong ngày tháng, trong số hiệu văn
bản và trong ký hiệu CV-, LT-. Chữ O trong mã biểu mẫu, công thức hóa học hay từ thường không bị báo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.views import FileView

# One search for each letter, because a search that begins with a fixed letter is ten times as fast.
_SEARCHES: Final = tuple(re.compile(rf"{letter}(?:(?=\d)|(?<=\d{letter}))").search for letter in "Ool")

_UNIT: Final = r"(?=\s+(?:phút|giờ|buổi|ngày|tuần|tháng|năm|bộ|bản|tờ|trang|người|lần)\b)"
_NUMBER: Final = re.compile(
    rf"(?<![\w./-])(?:[oO]\d[\doOl]*|\d[\doOl]*[oO]|\d*l\d[\dl]*|0l){_UNIT}"
    r"|(?<!\w)\d+[oOl]\d[\doOl]*(?!\w)"
    r"|(?<![\w.-])(?:[oO]\d|\d[oO])(?=/[\doO]{1,2}/[\doO]{4})|(?<=[\doO]/)(?:[oO]\d|\d[oO])(?=/[\doO]{4})"
    r"|(?<=số )[oO]\d+(?=/)"
    r"|(?<!\w)(?:19|20)\d[oO](?!\w)"
    r"|(?:(?<=ngày )|(?<=tháng ))[oO]\d(?!\w)"
    r"|(?<=ước )\d[oO](?!\w)"
    r"|(?:(?<=\bCV-)|(?<=\bLT-))(?:[oO]\d|\d[oO])[\doO]*(?!\w)"
)
_DIGIT_OF: Final = str.maketrans({"O": "0", "o": "0", "l": "1"})

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: {number} bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn thư, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell numbers that hold letters."""
    text = file.source.text
    if not any(search(text) for search in _SEARCHES):
        return
    for at, value in file.texts:
        numbers = list(dict.fromkeys(found[0] for found in _NUMBER.finditer(value)))
        if numbers:
            seen = ", ".join(f"“{number}” (nên là “{number.translate(_DIGIT_OF)}”)" for number in numbers)
            repaired = _NUMBER.sub(lambda found: found[0].translate(_DIGIT_OF), value)
            message = f"Số có lẫn chữ O hoặc chữ l: {seen}."
            yield Remark(at, RULE.id, message, "Gõ lại bằng chữ số.", fix=Fix(at, repaired))


RULE: Final = Rule(
    id="text-letter-o",
    title="Chữ O, chữ l viết thay chữ số",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I mục II.3, II.4 (số, ngày tháng ghi bằng chữ số Ả Rập)",
    bad={"quy-trinh/a.yaml": _CV.format(number="O1")},
    good={"quy-trinh/a.yaml": _CV.format(number="01")},
    check_file=check,
    kinds=EVERY_KIND,
)
