"""Lời văn nhắc đến ký hiệu mà không quy trình nào trong kho mang.

“Thực hiện theo CV-07” chỉ có ích khi CV-07 có thật. Ký hiệu sai thường do gõ nhầm, do quy trình kia đã bỏ, hoặc do
viết “CV-7” thay cho “CV-07”.

Không xét ghi chú (nơi hay ghi “thay thế CV-03”), các khóa `x-…` và quyết định. Không báo khi ký hiệu nằm trong số của
văn bản khác (“123/CV-45”), hoặc khi ngay sau đó là “của” một cơ quan.

Cần làm: sửa ký hiệu theo danh mục (lệnh `qtnb list`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.facts import SYMBOLS
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoView
from qtnb.source import Source

_CV = """\
loai: CV
ky_hieu: {symbol}
ten: {name}
muc_dich: Quy định việc giải quyết
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 01 ngày làm việc
cac_buoc:
  - {{trinh_tu: "{step}", chu_tri: Văn phòng Sở, thoi_gian: 01 ngày làm việc}}
bieu_mau: []
"""


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Look up every symbol that a text names."""
    if kho.unfit_symbols is None:  # a file that cannot be read may hold any symbol
        return
    known = {_folded(symbol): symbol for symbol in kho.unfit_symbols if re.fullmatch(r"\w+-\d+", symbol)}
    for source in kho.quy_trinh:
        if source.data.get("ky_hieu"):
            known[_folded(source.data["ky_hieu"])] = source.data["ky_hieu"]
    for source in kho.quy_trinh:
        for at, symbol in dict.fromkeys((tuple(place), symbol) for place, symbol in source.data.get(SYMBOLS) or ()):
            if known.get(_folded(symbol)) != symbol and at[0] != "ghi_chu" and _is_own(source, at, symbol):
                yield source, _remark(at, symbol, known)


def _remark(at: DataPath, symbol: str, known: Mapping[str, str]) -> Remark:
    meant = known.get(_folded(symbol))
    if meant:
        message = f"Lời văn ghi “{symbol}”; ký hiệu trong danh mục là {meant}."
        return Remark(at, RULE.id, message, f"Ghi {meant}.")
    message = f"Lời văn nhắc {symbol}, nhưng không quy trình nào trong kho mang ký hiệu này."
    return Remark(at, RULE.id, message, "Xem các ký hiệu bằng lệnh: qtnb list")


def _folded(symbol: str) -> str:
    """``CV-7`` and ``CV-07`` are one symbol."""
    kind, _, number = symbol.partition("-")
    return f"{kind}-{int(number)}"


def _is_own(source: Source, at: DataPath, symbol: str) -> bool:
    """Whether the text means a procedure of this kho, not a document's number or another agency's procedure."""
    place = source.spans.get(at)
    text: Any = source.text[place.start : place.end] if place else symbol
    return re.search(rf"(?<![\w/.-]){re.escape(symbol)}(?![\w/]|-\w|\s+của\s)", text) is not None


RULE: Final = Rule(
    id="reference-symbol",
    title="Nhắc đến ký hiệu quy trình không có trong kho",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, Phụ lục I, II: mỗi quy trình trong danh mục có một ký hiệu",
    bad={
        "quy-trinh/a.yaml": _CV.format(symbol="CV-01", name="Tiếp nhận văn bản đến", step="Lưu hồ sơ theo CV-07"),
        "quy-trinh/b.yaml": _CV.format(symbol="CV-02", name="Lập hồ sơ công việc", step="Mở hồ sơ"),
    },
    good={
        "quy-trinh/a.yaml": _CV.format(symbol="CV-01", name="Tiếp nhận văn bản đến", step="Lưu hồ sơ theo CV-02"),
        "quy-trinh/b.yaml": _CV.format(symbol="CV-02", name="Lập hồ sơ công việc", step="Mở hồ sơ"),
    },
    check_kho=check,
)
