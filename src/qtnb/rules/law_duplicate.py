"""Mỗi văn bản chỉ được dẫn một lần trong phần căn cứ.

Khi ghép căn cứ từ nhiều bản, một văn bản hay xuất hiện hai lần dưới hai dạng: “Nghị định số 30/2020/NĐ-CP” và “Nghị
định số 030/2020/NĐCP”, “Luật Lưu trữ ngày 21 tháng 6 năm 2024” và “Luật Lưu trữ số 33/2024/QH15”. qtnb so theo số và
ký hiệu đã bỏ lỗi gõ; luật thì so theo tên và ngày.

Không bị báo: nghị định sửa đổi đứng cạnh nghị định gốc; hai quyết định cùng số của hai năm; hai luật cùng tên của hai
năm; hai điều, khoản khác nhau của một văn bản.

Cần làm: xóa một chỗ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import DataPath, RelatedPlace, Remark, Severity
from qtnb.lint.citations import TrichDan, citing_items, read_citations
from qtnb.lint.legal_texts import register
from qtnb.lint.rule import Rule
from qtnb.lint.tones import to_old
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Lập hồ sơ công việc
muc_dich: Quy định việc lập hồ sơ công việc
pham_vi: Áp dụng với các phòng thuộc Sở
can_cu_phap_ly:
  - Luật Lưu trữ ngày 21 tháng 6 năm 2024
  - {basis}
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Mở hồ sơ, chu_tri: Phòng Tổ chức, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the texts that the file cites, each with those before it."""
    seen: dict[str, list[tuple[DataPath, TrichDan]]] = defaultdict(list)
    for at, item in citing_items(file.data):
        for key, text in _whole_texts(item):
            earlier = next((place for place, other in seen[key] if _same_day(text, other)), None)
            if earlier is None:
                seen[key].append((at, text))
                continue
            message = f"{shown(text.goi, 120)} đã được dẫn ở trên."
            related = (RelatedPlace(earlier, "Đã dẫn ở đây"),)
            yield Remark(at, RULE.id, message, "Xóa một trong hai chỗ.", related=related)


@lru_cache(maxsize=8192)
def _whole_texts(item: str) -> tuple[tuple[str, TrichDan], ...]:
    """The texts that an item cites as wholes, each with what its spellings have in common."""
    texts = (text for text in read_citations(item) if text.chinh and not text.mot_phan)
    return tuple((key, text) for text in texts if (key := _key(text)))


def _key(text: TrichDan) -> str:
    known = register().find(text)
    if known is not None:
        return known.so.lstrip("0")
    if text.so is not None:
        return "" if text.so.trong else text.so.chuan
    return to_old(f"{text.loai} {text.ten}".casefold()) if text.ten else ""


def _same_day(one: TrichDan, other: TrichDan) -> bool:
    """Whether nothing in their days tells the two apart: a number without a year comes again each year."""
    if one.so is not None and one.so.nam is not None:
        return True
    days = {text.ngay.ngay for text in (one, other) if text.ngay is not None}
    return len(days) < 2 and (one.nam is None or other.nam is None or one.nam == other.nam)  # noqa: PLR2004 - two texts, two days


RULE: Final = Rule(
    id="law-duplicate",
    title="Một văn bản được dẫn hai lần",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.6.a (mỗi căn cứ một dòng, dẫn đầy đủ)",
    bad={"quy-trinh/a.yaml": _CV.format(basis="Luật Lưu trữ số 33/2024/QH15")},
    good={"quy-trinh/a.yaml": _CV.format(basis="Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ")},
    check_file=check,
    kinds=frozenset({"CV", "QD"}),
)
