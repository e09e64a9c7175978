"""Sau ngày 01/7/2025 không còn cơ quan cấp huyện: huyện, quận, thị xã, thị trấn, thành phố thuộc tỉnh.

Quyết định ghi ngày từ 01/7/2025 không thể do cơ quan cấp huyện ban hành, không có cơ quan chủ quản, địa danh, người ký
hay nơi nhận ở cấp huyện. Bước công việc giao cho “UBND huyện”, “Phòng Nội vụ quận” thì nay không ai làm; danh sách
“xã, phường, thị trấn” nay là “xã, phường, đặc khu”.

Ngày để xét: ngày ở tùy chọn `--as-of` nếu có, nếu không thì ngày của quyết định. Quy trình và quyết định chưa ký được
xét theo hiện trạng. Quyết định ghi ngày trước 01/7/2025 không bị báo.

Không bị báo: căn cứ (văn bản cũ vẫn mang tên cơ quan đã ban hành); câu nói rõ “(cũ)”, “trước đây”, “nay là”, “sáp
nhập”; tên bệnh viện, trung tâm y tế, trường học, doanh nghiệp còn mang tên huyện, quận cũ. Ngày và văn bản là dữ liệu
đi kèm qtnb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.decisions import issuer_of, judged_on
from qtnb.lint.named_bodies import NamedBody, any_in_procedure, bodies_of_decision, bodies_of_procedure
from qtnb.lint.rule import Rule
from qtnb.lint.territory import Ended, end_of_districts, ended_districts
from qtnb.lint.views import FileView
from qtnb.text import shown

_LT: Final = """\
loai: LT
ten: Trình thành lập tổ chức phối hợp
muc_dich: Quy định việc trình thành lập tổ chức phối hợp
pham_vi: Áp dụng giữa các cơ quan
thoi_gian: 2 ngày
co_quan:
  - ten: {agency}
    cac_buoc:
      - {{noi_dung: Soạn tờ trình, thuc_hien: Văn thư, thoi_gian: 1 ngày}}
  - ten: Sở Nội vụ
    cac_buoc:
      - {{noi_dung: Thẩm định, thuc_hien: Công chức được phân công, thoi_gian: 1 ngày}}
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look at every body that the file names, if its day is after the end of the districts."""
    end = end_of_districts()
    day = judged_on(file.data, file.settings)
    if day is not None and day < end.het_tu:
        return
    if file.loai == "QD":
        yield from _decision(file, end)
    elif any_in_procedure(file, ended_districts):
        yield from _others(bodies_of_procedure(file))


def _decision(file: FileView, end: Ended) -> Iterator[Remark]:
    issuer = issuer_of(file.data, file.settings)
    bodies = [body for body in bodies_of_decision(file) if ended_districts(body.viet)]
    named = next((body for body in bodies if body.ban_hanh), None)
    if named is not None:
        message = f"{named.vai} “{shown(named.viet)}” là của cấp huyện, đã kết thúc từ ngày {end.het_tu:%d/%m/%Y}."
        yield Remark(named.at, RULE.id, message, f"Sửa theo cơ quan ban hành hiện nay ({end.can_cu}).")
    elif issuer.get("cap") == "huyen":
        at = ("co_quan_ban_hanh", "cap") if file.data.get("co_quan_ban_hanh") else ("ngay",)
        message = f"Cơ quan ban hành ghi cap: huyen; cấp huyện đã kết thúc từ ngày {end.het_tu:%d/%m/%Y}."
        yield Remark(at, RULE.id, message, f"Sửa cấp của cơ quan ban hành ({end.can_cu}).")
    yield from _others(body for body in bodies if not body.ban_hanh)


def _others(bodies: Iterable[NamedBody]) -> Iterator[Remark]:
    """One remark for each text, however often it stands in the file."""
    told: set[str] = set()
    for body in bodies:
        for unit in () if body.viet in told else ended_districts(body.viet)[:1]:
            told.add(body.viet)
            message = f"{body.vai} “{shown(body.viet)}”: {_called(unit)} không còn từ ngày {unit.het_tu:%d/%m/%Y}."
            hint = "Ghi cơ quan cấp xã hoặc cấp tỉnh nay làm việc này."
            yield Remark(body.at, RULE.id, message, hint, Severity.WARNING)


def _called(unit: Ended) -> str:
    return f"“{unit.viet}”" if unit.viet[:1].isupper() else unit.viet


RULE: Final = Rule(
    id="authority-district",
    title="Cơ quan cấp huyện sau ngày cấp huyện kết thúc",
    severity=Severity.ERROR,
    nguon=(
        "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025, Điều 51 (cấp huyện kết thúc hoạt động từ ngày "
        "01/7/2025)"
    ),
    bad={"quy-trinh/a.yaml": _LT.format(agency="Ủy ban nhân dân huyện Gia Lâm")},
    good={"quy-trinh/a.yaml": _LT.format(agency="Ủy ban nhân dân xã Gia Lâm")},
    check_file=check,
    kinds=frozenset({"CV", "LT", "QD"}),
)
