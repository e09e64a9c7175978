"""Ngày, năm của văn bản được dẫn không được mâu thuẫn với nhau hoặc với quyết định.

Bốn điều được đối chiếu: năm trong số và năm của ngày ban hành (“100/2000/TT-BTC … ngày 16/10/2010”); ngày có trên lịch
(“31/02/2025” thì không); khóa Quốc hội trong ký hiệu và năm (“31/2024/QH13”: khóa XIII kết thúc năm 2016); với quyết
định đã ghi ngày, văn bản làm căn cứ không thể ban hành sau ngày đó.

Số không có năm (“97/KH-UBND”) thì không có gì để đối chiếu. Văn bản cùng ngày với quyết định là bình thường. Ngày nằm
trong trích yếu (“… đến ngày 31/12/2025”) không phải là ngày ban hành.

Cần làm: xem văn bản gốc, sửa chỗ sai.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.citations import TrichDan, citing_items, read_citations
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_KHOA: Final = {
    9: (1992, 1997),
    10: (1997, 2002),
    11: (2002, 2007),
    12: (2007, 2011),
    13: (2011, 2016),
    14: (2016, 2021),
    15: (2021, 2026),
    16: (2026, 2031),
}
"""First and last year of each National Assembly."""
_PASSED: Final = re.compile(r"(?:QH|UBTVQH)(\d+)$")

_CV = """\
loai: CV
ten: Thanh toán công tác phí
muc_dich: Quy định việc thanh toán công tác phí
pham_vi: Áp dụng với Văn phòng Sở
can_cu_phap_ly:
  - Thông tư số {number} ngày 28/4/2017 của Bộ trưởng Bộ Tài chính quy định chế độ công tác phí
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Kiểm tra chứng từ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the years and days of every text named."""
    written = file.data.get("ngay") if file.loai == "QD" else None
    decided = dt.date.fromisoformat(written) if written else None
    for at, item in citing_items(file.data):
        later = _issued_after(item, decided) if decided else ()
        for message in (*_contradictions(item), *later):
            yield Remark(at, RULE.id, message, "Xem lại văn bản gốc, sửa chỗ ghi sai.")


@lru_cache(maxsize=8192)
def _contradictions(item: str) -> tuple[str, ...]:
    return tuple(message for text in read_citations(item) for message in _within(text))


def _within(text: TrichDan) -> Iterator[str]:
    so, ngay, called = text.so, text.ngay, shown(text.goi, 120)
    if ngay is not None and ngay.ngay is None and not ngay.trong:
        yield f"Ngày “{shown(ngay.viet)}” của {called} không có trên lịch."
    if so is not None and so.nam is not None and text.nam is not None and so.nam != text.nam:
        yield f"{called} có năm {so.nam} trong số, nhưng ngày ban hành ghi năm {text.nam}."
    year = so.nam if so is not None and so.nam is not None else text.nam
    passed = _PASSED.search(so.chuan) if so is not None else None
    if passed and year is not None:
        first, last = _KHOA.get(int(passed[1]), (year, year))
        if not first <= year <= last:
            yield f"{called} ghi năm {year}, nhưng Quốc hội khóa {passed[1]} chỉ từ năm {first} đến năm {last}."


def _issued_after(item: str, decided: dt.date) -> Iterator[str]:
    for text in read_citations(item):
        day = text.ngay.ngay if text.ngay is not None else None
        if day is not None and day > decided:
            called = shown(text.goi, 120)
            yield f"{called} ban hành ngày {day:%d/%m/%Y}, sau ngày của quyết định ({decided:%d/%m/%Y})."


RULE: Final = Rule(
    id="law-year",
    title="Ngày, năm của văn bản được dẫn mâu thuẫn",
    severity=Severity.ERROR,
    nguon=(
        "Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.6; "
        "“100/2000/TT-… ban hành 16/10/2010” có trong văn bản đã ban hành"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(number="40/2007/TT-BTC")},
    good={"quy-trinh/a.yaml": _CV.format(number="40/2017/TT-BTC")},
    check_file=check,
    kinds=frozenset({"CV", "QD"}),
)
