"""Số lượng hồ sơ ghi bằng số và đơn vị: “01 bộ”.

Mục 3.3 của biểu mẫu cho biết nộp mấy bộ. “01” không có đơn vị, “00 bộ”, “01 (hai) bộ” đều làm người nộp phải hỏi lại.

Chấp nhận mọi cách ghi có số và đơn vị đếm: “01 bộ”, “1 bộ”, “01 (một) bộ”, “01 bản gốc”, “02 bộ (01 bộ chính, 01 bộ
sao)”, “một bộ”.

Chỉ nhắc nhẹ khi ghi bằng lời không có số (“Theo quy định”), hoặc khi một cơ quan trong quy trình liên thông có tài
liệu mà chưa ghi số lượng.

Cần làm: ghi số có hai chữ số và đơn vị.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.papers import PaperList, paper_lists
from qtnb.lint.rule import Rule
from qtnb.lint.spelled_numbers import contradiction, spelled
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: "{sets}"
thoi_gian: 01 ngày làm việc
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 01 ngày làm việc}}
bieu_mau: []
"""
_EXAMPLE: Final = "Ghi số và đơn vị, ví dụ: 01 bộ"
_BARE: Final = re.compile(r"\s*\d{1,3}\s*(?:\([^()]*\)\s*)?[.;]?\s*")
_ZERO: Final = re.compile(r"\s*0+\s*(?:\([^()]*\)\s*)?[^\W\d]")
_FIRST_WORD: Final = re.compile(r"[^\W\d]+")


def check(file: FileView) -> Iterator[Remark]:
    """Read each number of sets."""
    for papers in paper_lists(file):
        if papers.so_luong.strip():
            yield from _check(papers)
        elif papers.papers and papers.holder:
            yield Remark(
                (*papers.holder, "so_luong"),
                RULE.id,
                f"Chưa ghi số lượng hồ sơ tại {shown(papers.co_quan)}.",
                f"Thêm so_luong. {_EXAMPLE}",
                severity=Severity.INFO,
            )


def _check(papers: PaperList) -> Iterator[Remark]:
    fault = fault_of(papers.so_luong)
    if not fault:
        return
    at = (*papers.holder, "so_luong")
    words = not any(char.isdigit() for char in papers.so_luong)
    yield Remark(
        at,
        RULE.id,
        f"Số lượng ghi “{shown(papers.so_luong)}”: {fault}.",
        _EXAMPLE,
        severity=Severity.INFO if words else Severity.ERROR,
        fix=Fix(at, f"{papers.so_luong.strip()} bộ", safe=False) if _BARE.fullmatch(papers.so_luong) else None,
    )


@lru_cache(maxsize=1024)
def fault_of(text: str) -> str:
    """What is wrong with a number of sets, in Vietnamese; empty when nothing is."""
    wrong = contradiction(text)
    if wrong:
        return f"số là {wrong[0]}, chữ trong ngoặc là “{wrong[1]}”"
    if _BARE.fullmatch(text):
        return "thiếu đơn vị"
    if _ZERO.match(text):
        return "số lượng là không"
    if any(char.isdigit() for char in text):
        return ""
    first = _FIRST_WORD.search(text)
    return "" if first and spelled(first.group()) else "không có số"


RULE: Final = Rule(
    id="papers-sets",
    title="Số lượng hồ sơ không rõ",
    severity=Severity.WARNING,
    nguon="Phụ lục I Kế hoạch số 97/KH-UBND, mục 3.3 (ví dụ của biểu mẫu: 01 bộ)",
    bad={"quy-trinh/a.yaml": _CV.format(sets="01")},
    good={"quy-trinh/a.yaml": _CV.format(sets="01 bộ")},
    check_file=check,
)
