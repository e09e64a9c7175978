"""Mỗi tài liệu phải đánh dấu bản chính, bản sao hoặc cả hai.

Mục 3.2 của biểu mẫu có hai cột Bản chính, Bản sao. Tài liệu không đánh dấu cột nào thì người nộp không biết phải nộp
bản gì, người nhận không biết nhận thế nào là đủ.

Đánh dấu cả hai cột là bình thường (“bản sao kèm bản chính để đối chiếu”), không bị báo. Bản quét, bản PDF, bản điện tử
thì đánh dấu bản sao, trừ khi là bản điện tử được ký số.

Cũng báo khi tên tài liệu nói một đằng, dấu đánh một nẻo: “Bản sao căn cước” mà chỉ đánh dấu bản chính. Tên có cả hai
chữ “bản chính”, “bản sao” thì bỏ qua.

Cần làm: thêm `ban_chinh: true`, `ban_sao: true` hoặc cả hai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.papers import paper_lists
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu:
  - {{ten: Văn bản đến{copy}}}
so_luong: 01 bộ
thoi_gian: 01 ngày làm việc
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 01 ngày làm việc}}
bieu_mau: []
"""
_ORIGINAL: Final = re.compile(r"\bbản (?:chính|gốc)\b", re.IGNORECASE)
_COPY: Final = re.compile(r"\bbản (?:sao|chụp|phô tô|photo)\b", re.IGNORECASE)


def check(file: FileView) -> Iterator[Remark]:
    """Look at the marks of every paper."""
    for papers in paper_lists(file):
        for number, paper in enumerate(papers.papers):
            original, copy = paper.get("ban_chinh"), paper.get("ban_sao")
            if not (original or copy):
                message = f"Tài liệu “{shown(paper['ten'])}” chưa đánh dấu bản chính hay bản sao."
                hint = "Thêm ban_chinh: true, ban_sao: true hoặc cả hai."
                yield Remark(papers.at(number), RULE.id, message, hint)
            elif not (original and copy):
                yield from _compare(papers.at(number), paper["ten"], "bản chính" if original else "bản sao")


def _compare(at: DataPath, ten: str, marked: str) -> Iterator[Remark]:
    said = said_of(ten)
    if said and said != marked:
        message = f"Tên tài liệu “{shown(ten)}” nói {said}, nhưng chỉ đánh dấu {marked}."
        yield Remark((*at, "ten"), RULE.id, message, "Sửa dấu ở ban_chinh, ban_sao, hoặc sửa tên tài liệu.")


@lru_cache(maxsize=2048)
def said_of(ten: str) -> str:
    """What the name itself says at its beginning or in brackets at its end; empty when nothing, or both."""
    head, _, tail = ten.strip().rstrip(" .;").rpartition("(")
    ends = (ten.strip()[:12], tail if head and ten.rstrip(" .;").endswith(")") else "")
    if _ORIGINAL.search(ten) and _COPY.search(ten):
        return ""
    if any(_COPY.match(end) for end in ends):
        return "bản sao"
    return "bản chính" if any(_ORIGINAL.match(end) for end in ends) else ""


RULE: Final = Rule(
    id="papers-copy",
    title="Tài liệu chưa đánh dấu bản chính, bản sao",
    severity=Severity.WARNING,
    nguon="Phụ lục I Kế hoạch số 97/KH-UBND, mục 3.2: cột Bản chính, Bản sao; Phụ lục II, mục 4",
    bad={"quy-trinh/a.yaml": _CV.format(copy="")},
    good={"quy-trinh/a.yaml": _CV.format(copy=", ban_chinh: true")},
    check_file=check,
)
