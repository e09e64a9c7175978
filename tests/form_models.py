"""The plans and statistics forms of the examples, and small ones, as values and as Word files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kit import EXAMPLES
from qtnb.building import kho_of
from qtnb.check import Checked
from qtnb.ke_hoach import KeHoach, ke_hoach_from
from qtnb.kho import Kho
from qtnb.render import TemplateStore, render_plan, render_statistics
from qtnb.thong_ke import ThongKe, thong_ke_from
from qtnb.validation import validate
from render_models import TEMPLATES, kho_with

UBND = EXAMPLES / "ubnd-thanh-pho"

KH = """\
loai: KH
so: "12"
ngay: 2025-01-25
nam: 2025
trich_yeu: Công tác năm 2025
tieu_de: Các nhiệm vụ năm 2025
nhom:
  - ten: Công tác chỉ đạo
    nhiem_vu:
      - noi_dung: Xây dựng kế hoạch
        chu_tri: Văn phòng Sở
        phoi_hop: Các phòng có liên quan
        thoi_gian: Quý I/2025
        san_pham: Kế hoạch
"""

TK = """\
loai: TK
tieu_de: Kết quả giải quyết công việc
cot:
  - {khoa: giao, ten: Số được giao}
  - {khoa: dung_han, ten: Số đúng hạn}
  - {khoa: ty_le, ten: Tỷ lệ đúng hạn, kieu: ty_le, tu_so: dung_han, mau_so: giao}
nhom:
  - don_vi:
      - {ten: Phòng A, so_lieu: {giao: 4, dung_han: 3}}
      - {ten: Phòng B, so_lieu: {giao: 8, dung_han: 5}}
"""


@cache
def examples() -> tuple[Checked, Kho]:
    """The kho of the examples, checked and as a model."""
    (checked,) = validate([UBND], UBND).kho
    return checked, kho_of(checked)


def example_plans() -> dict[str, KeHoach]:
    return {plan.khoa: plan for plan in (ke_hoach_from(s.tep, s.data) for s in examples()[0].ke_hoach)}


def example_forms() -> dict[str, ThongKe]:
    return {form.khoa: form for form in (thong_ke_from(s.tep, s.data) for s in examples()[0].thong_ke)}


def plan(*tasks: dict[str, Any], **data: Any) -> KeHoach:
    """A plan of one group with ``tasks``."""
    given = {"trich_yeu": "Kế hoạch", "tieu_de": "Nhiệm vụ", "nhom": [{"ten": "Nhóm", "nhiem_vu": list(tasks)}], **data}
    return ke_hoach_from("ke-hoach/a.yaml", given)


def render_form(what: KeHoach | ThongKe, out: Path, kho: Kho | None = None) -> Path:
    render = render_plan if isinstance(what, KeHoach) else render_statistics
    render(kho or kho_with(), what, out, TemplateStore(TEMPLATES))  # type: ignore[arg-type]
    return out
