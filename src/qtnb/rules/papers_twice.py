"""Một tài liệu, biểu mẫu không được liệt kê hai lần.

Danh sách tài liệu là danh sách người làm phải chuẩn bị; dòng lặp lại khiến người đọc đi tìm một tài liệu thứ hai
không có thật. qtnb so tên sau khi bỏ khác biệt về hoa thường và khoảng trắng.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qtnb.finding import DataPath, RelatedPlace, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu:
  - {{ten: Văn bản đến, ban_chinh: true}}
  - {{ten: {second}, ban_chinh: true}}
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the names within each list of papers and forms."""
    data = file.data
    yield from _twice([(("tai_lieu", n), paper["ten"]) for n, paper in enumerate(data.get("tai_lieu") or ())])
    yield from _twice([(("bieu_mau", n), name) for n, name in enumerate(data.get("bieu_mau") or ())])
    for number, part in enumerate(data.get("co_quan") or ()):
        at = ("co_quan", number, "tai_lieu")
        yield from _twice([((*at, n), paper["ten"]) for n, paper in enumerate(part.get("tai_lieu") or ())])


def _twice(named: list[tuple[DataPath, str]]) -> Iterator[Remark]:
    first: dict[str, DataPath] = {}
    for at, name in named:
        folded = " ".join(name.lower().split())
        if folded in first:
            message = f"“{name}” đã được liệt kê ở dòng khác của danh sách."
            other = (RelatedPlace(first[folded], "Lần đầu ở đây"),)
            yield Remark(
                at, RULE.id, message, "Xóa một dòng, hoặc ghi rõ hai tài liệu khác nhau ở chỗ nào.", related=other
            )
        first.setdefault(folded, at)


def _examples(second: str) -> dict[str, Any]:
    return {"quy-trinh/a.yaml": _CV.format(second=second)}


RULE: Final = Rule(
    id="papers-twice",
    title="Tài liệu hoặc biểu mẫu liệt kê hai lần",
    severity=Severity.WARNING,
    nguon="Phụ lục I của Kế hoạch số 97/KH-UBND, mục 3.2 và mục 4: mỗi tài liệu một dòng",
    bad=_examples("văn bản  đến"),
    good=_examples("Tài liệu kèm theo"),
    check_file=check,
)
