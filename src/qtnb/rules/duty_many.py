"""Mỗi bước có một người chịu trách nhiệm chính; nhiều người trong một ô thì phải rõ ai chủ trì.

Ô ghi “Phòng A; Phòng B”, “P. TC-HC / Hiệu trưởng”, “1- Ban A; 2- Ban B” hoặc nhiều dòng làm người đọc không biết bước
này ai chủ trì, thời gian của bước thuộc về ai. Biểu mẫu đã có cột phối hợp cho các đơn vị khác.

qtnb tách ô ở dấu `;`, `/`, `+`, chữ “hoặc”, xuống dòng và số thứ tự, nhưng không tách bên trong ngoặc. Dấu phẩy và
chữ “và” thường nằm trong tên (“Phòng Kinh tế, Hạ tầng và Đô thị”), nên chỉ tách khi mọi phần đều có trong `don_vi`.
Cách ghi “A hoặc B” chỉ là lời nhắc: cần nói rõ khi nào A, khi nào B.

Không bị báo: ô đã nói ai chủ trì, ai phối hợp; ô mà cả tên có trong `don_vi` của `qtnb.yaml`; người không xác định
(xem `duty-vague`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.units import (
    Doers,
    cells_where,
    doer_at,
    doers_of,
    is_nobody,
    is_registered,
    known_parts,
    labels_of,
    names_of_kho,
)
from qtnb.lint.views import FileView, StepView
from qtnb.text import shown

_LEAD: Final = ("chủ trì", "phối hợp")

_CV = """\
loai: CV
ten: Thanh toán đoàn vào
muc_dich: Quy định việc thanh toán chi phí đón đoàn vào
pham_vi: Áp dụng với các phòng thuộc Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Lập dự toán, {doers}, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell each cell that names several doers without a lead, once for each list of steps."""
    for steps in file.step_lists:
        for cell, places in cells_where(steps, _may_list).items():
            doers = _doers(file, cell)
            if len(doers.parts) > 1 and not _is_settled(file, cell):
                yield _remark(doers, places)


@lru_cache(maxsize=4096)
def _may_list(cell: str) -> bool:
    """Whether a cell may name several doers; most do not."""
    return len(doers_of(cell).parts) > 1 or "," in cell or " và " in cell


def _doers(file: FileView, cell: str) -> Doers:
    doers = doers_of(cell)
    if len(doers.parts) > 1 or not file.settings.don_vi:
        return doers
    return Doers(known_parts(names_of_kho(file), cell), only_or=False)


def _is_settled(file: FileView, cell: str) -> bool:
    folded = cell.lower()
    return any(word in folded for word in _LEAD) or is_nobody(cell) or is_registered(file, cell)


def _remark(doers: Doers, places: list[StepView]) -> Remark:
    labels, at = labels_of(places), doer_at(places[0])
    names = [f"“{shown(part, 100)}”" for part in doers.parts]
    if doers.only_or:
        message = f"{labels} giao cho {' hoặc '.join(names)}, không nêu khi nào ai làm."
        return Remark(at, RULE.id, message, "Ghi rõ trường hợp nào ai làm, hoặc tách thành hai bước.", Severity.INFO)
    message = f"{labels} giao cho {len(names)} nơi mà không nêu ai chủ trì: {'; '.join(names)}."
    others = (
        "chuyển các đơn vị khác sang phoi_hop" if places[0].nguoi_key == "chu_tri" else "nêu người phối hợp ở nội dung"
    )
    hint = f"Để một nơi chủ trì và {others}, hoặc tách bước; nếu cả ô là tên một nơi, ghi nguyên tên đó vào don_vi."
    return Remark(at, RULE.id, message, hint)


RULE: Final = Rule(
    id="duty-many",
    title="Nhiều người thực hiện trong một ô, không rõ ai chủ trì",
    severity=Severity.WARNING,
    nguon=(
        "Kế hoạch số 97/KH-UBND, mục I.2 (phân định rõ trách nhiệm) và Phụ lục I (cột “Đơn vị chủ trì”, “Đơn vị phối "
        "hợp”); trong văn bản đã ban hành, 142 ô tách bằng “;”, 49 ô bằng “/”"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(doers="chu_tri: Văn phòng Sở; Phòng Tổ chức")},
    good={"quy-trinh/a.yaml": _CV.format(doers="chu_tri: Văn phòng Sở, phoi_hop: Phòng Tổ chức")},
    check_file=check,
)
