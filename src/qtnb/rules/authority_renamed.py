"""Tên tỉnh, thành phố phải là tên đang dùng vào ngày của văn bản.

Từ ngày 01/7/2025 còn 34 đơn vị hành chính cấp tỉnh; năm 2026 các tỉnh Đồng Nai, Quảng Ninh, Bắc Ninh trở thành thành
phố trực thuộc trung ương. “UBND TỈNH BẮC NINH” trên quyết định ký từ ngày 20/9/2026 là sai tên cơ quan. Danh sách tên
cũ, ngày bắt đầu không còn dùng và nghị quyết là dữ liệu đi kèm qtnb.

Được xét: cơ quan ban hành, cơ quan chủ quản, địa danh, thẩm quyền, người ký, nơi đề nghị, nơi nhận của quyết định; cơ
quan và người thực hiện trong quy trình. Căn cứ không bị xét: văn bản cũ vẫn mang tên nơi đã ban hành. Câu nói rõ
“(cũ)”, “trước đây”, “nay là”, “sáp nhập” không bị báo.

Ngày để xét: ngày ở tùy chọn `--as-of` nếu có, nếu không thì ngày của quyết định; quy trình và quyết định chưa ký được
xét theo hiện trạng. Địa danh là tên một tỉnh đã sáp nhập chỉ bị báo ở cơ quan cấp tỉnh, vì phường, xã mới có thể mang
tên đó.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.decisions import issuer_of, judged_on
from qtnb.lint.named_bodies import NamedBody, any_in_procedure, bodies_of_decision, bodies_of_procedure
from qtnb.lint.rule import Rule
from qtnb.lint.territory import Ended, ended_provinces, merged_province
from qtnb.lint.views import FileView
from qtnb.text import shown

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = """\
loai: QD
phe_duyet: danh_muc
quy_trinh: tat_ca
so: "12"
ngay: "2026-10-05"
co_quan_ban_hanh:
  ten: Sở Nội vụ {place}
  ten_ban_hanh: SỞ NỘI VỤ
  viet_tat: SNV
  cap: so
  dia_danh: Bắc Ninh
  nguoi_dung_dau: Giám đốc
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look at every body that the file names; each text is told once."""
    if file.loai != "QD" and not any_in_procedure(file, ended_provinces):
        return
    day = judged_on(file.data, file.settings)
    told: set[str] = set()
    for body in bodies_of_decision(file) if file.loai == "QD" else bodies_of_procedure(file):
        unit = None if body.viet in told else _ended(body, file, day)
        if unit is None:
            continue
        told.add(body.viet)
        message = f"{body.vai} “{shown(body.viet)}”: không còn “{unit.viet}” từ ngày {unit.het_tu:%d/%m/%Y}."
        severity = Severity.ERROR if body.ban_hanh else Severity.WARNING
        yield Remark(body.at, RULE.id, message, f"Nay là {unit.nay_la} ({unit.can_cu}).", severity)


def _ended(body: NamedBody, file: FileView, day: dt.date | None) -> Ended | None:
    units = list(ended_provinces(body.viet))
    if body.vai.startswith("Địa danh") and issuer_of(file.data, file.settings).get("cap") in {"tinh", "so"}:
        merged = merged_province(body.viet)
        units += [merged] if merged else []
    return next((unit for unit in units if day is None or unit.het_tu <= day), None)


RULE: Final = Rule(
    id="authority-renamed",
    title="Tên tỉnh, thành phố không còn dùng",
    severity=Severity.ERROR,
    nguon=(
        "Nghị quyết số 202/2025/QH15 (34 đơn vị hành chính cấp tỉnh); Nghị quyết số 30/2026/QH16, 36/2026/QH16 và "
        "39/2026/QH16 (thành phố Đồng Nai, Quảng Ninh, Bắc Ninh)"
    ),
    bad={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH.format(place="tỉnh Bắc Ninh")},
    good={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH.format(place="thành phố Bắc Ninh")},
    check_file=check,
    kinds=frozenset({"CV", "LT", "QD"}),
)
