"""Tên đơn vị ở các bước phải là tên trong danh sách `don_vi` của kho.

Một đơn vị viết nhiều cách (“Uỷ ban” và “Ủy ban”, “UBND”, gạch ngắn và gạch dài, chữ hoa khác nhau) làm việc của
đơn vị đó bị sót khi tổng hợp. Bản đã ban hành của một tỉnh có 60 cách viết cho khoảng 30 đơn vị.

Quy tắc chỉ chạy khi `qtnb.yaml` có danh sách `don_vi`, và xét người thực hiện, đơn vị phối hợp:

- cách viết khác của một tên đã có: lời nhắc, kèm cách sửa theo tên đã đăng ký;
- tên gần giống một tên đã có: cảnh báo, kèm tên gần nhất;
- tên không có trong danh sách: lời nhắc, mỗi tên một lần trong một tệp.

Được coi là đã có: chữ viết tắt ghi ở `viet_tat`; chức danh của một đơn vị đã có (“Lãnh đạo Phòng Tổ chức”, “Văn thư
Sở”); đơn vị kèm ngoặc (“Văn phòng Sở (Tổ xe)”) hoặc kèm “thuộc …”; chính cơ quan của kho và người đứng đầu; ô ghi nhiều
đơn vị mà đơn vị nào cũng đã có. Chữ cái đầu viết thường, dấu cách thừa và dấu cuối tên không tính là viết khác. Cơ quan
khác trong quy trình liên thông có đơn vị riêng, nên tên lạ ở đó không bị báo.

Cách ghi chung như “Các phòng có liên quan” không bị báo ở đây (xem `duty-vague`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.units import (
    Likeness,
    UnitNames,
    doer_at,
    doers_of,
    is_nobody,
    is_own_agency,
    known_parts,
    match,
    names_of_kho,
    unit_key,
)
from qtnb.lint.views import FileView, StepList
from qtnb.text import shown

_KHO = """\
phien_ban: 1
co_quan:
  ten: Sở Nội vụ thành phố Hà Nội
  ten_ban_hanh: SỞ NỘI VỤ
  chu_quan: UBND THÀNH PHỐ HÀ NỘI
  viet_tat: SNV
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
don_vi:
  - {ten: Phòng Kế hoạch - Tài chính, viet_tat: KHTC}
"""

_CV = """\
loai: CV
ten: Thanh toán công tác phí
muc_dich: Quy định việc thanh toán công tác phí
pham_vi: Áp dụng với các phòng thuộc Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Kiểm tra chứng từ, chu_tri: {first}, thoi_gian: 4 giờ}}
  - {{trinh_tu: Chi trả, chu_tri: Lãnh đạo Phòng KHTC, thoi_gian: 4 giờ}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Compare the doers and supporting units of each step with the list of the kho."""
    if not file.settings.don_vi:
        return
    names = names_of_kho(file, (part["ten"] for part in file.data.get("co_quan") or ()))
    told: set[str] = set()
    for steps in file.step_lists:
        own = is_own_agency(file, steps.co_quan)
        strange = [(at, cell) for at, cell in _cells(steps) if match(names, cell).likeness is not Likeness.KNOWN]
        for at, cell in strange:
            for part in _strange_parts(names, cell):
                remark = _remark(names, at, cell, part, own=own)
                key = unit_key(part)
                if remark and (remark.fix or key not in told):
                    told.add(key)
                    yield remark


def _cells(steps: StepList) -> Iterator[tuple[DataPath, str]]:
    for step in steps.steps:
        yield doer_at(step), step.nguoi
        yield from step.phoi_hop


def _strange_parts(names: UnitNames, cell: str) -> tuple[str, ...]:
    """The doers of a cell that are not plainly known; a cell that is a unit as a whole is one."""
    parts = (cell,) if unit_key(cell) in names.by_key else doers_of(cell).parts
    listed = (known_parts(names, part) or (part,) for part in parts)
    return tuple(
        part
        for some in listed
        for part in some
        if not (is_nobody(part) or match(names, part).likeness is Likeness.KNOWN)
    )


def _remark(names: UnitNames, at: DataPath, cell: str, part: str, *, own: bool) -> Remark | None:
    found = match(names, part)
    if found.likeness is Likeness.VARIANT:
        return Remark(
            at,
            RULE.id,
            f"“{shown(part)}” viết khác tên đã đăng ký “{shown(found.ten)}”.",
            "Dùng một cách viết cho một đơn vị.",
            Severity.INFO,
            fix=Fix(at, _respelt(names, cell)),
        )
    if found.likeness is Likeness.NEAR:
        return Remark(
            at,
            RULE.id,
            f"“{shown(part)}” không có trong danh sách don_vi; tên gần nhất là “{shown(found.ten)}”.",
            "Sửa theo tên đã đăng ký; nếu là một đơn vị khác, thêm vào don_vi trong qtnb.yaml.",
            fix=Fix(at, cell.replace(part, found.ten), safe=False),
        )
    if not own:
        return None
    message = f"“{shown(part)}” không có trong danh sách don_vi."
    return Remark(
        at, RULE.id, message, "Thêm tên này vào don_vi trong qtnb.yaml, hoặc sửa theo tên đã có.", Severity.INFO
    )


def _respelt(names: UnitNames, cell: str) -> str:
    """The cell with every variant in it spelt as registered."""
    for part in _strange_parts(names, cell):
        found = match(names, part)
        if found.likeness is Likeness.VARIANT:
            cell = cell.replace(part, found.ten)
    return cell


def _examples(first: str) -> dict[str, str]:
    return {"qtnb.yaml": _KHO, "quy-trinh/a.yaml": _CV.format(first=first)}


RULE: Final = Rule(
    id="duty-unit",
    title="Tên đơn vị không có trong danh sách hoặc viết khác danh sách",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2; 60 cách viết cho khoảng 30 đơn vị trong một văn bản đã ban hành",
    bad=_examples("Phòng Kế hoạch – Tài Chính"),
    good=_examples("Phòng Kế hoạch - Tài chính"),
    check_file=check,
    requires=("duty-former",),
)
