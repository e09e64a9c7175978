"""Mỗi cơ quan trong quy trình liên thông phải ghi cách chuyển việc cho cơ quan tiếp theo, và chuyển đúng nơi.

Biểu mẫu có dòng “Cách thức luân chuyển đến <cơ quan tiếp theo>” sau mỗi cơ quan, và “Cách thức luân chuyển kết quả giải
quyết cuối cùng” ở cơ quan cuối. Bỏ trống, hoặc nêu một cơ quan không phải cơ quan tiếp theo, thì hồ sơ đi lạc.

qtnb báo khi `luan_chuyen` trống; khi nêu một cơ quan khác mà không nêu cơ quan tiếp theo; khi chuyển đến chính cơ quan
đang ghi. Tên được so không kể chữ hoa, gạch nối, chữ viết tắt thường dùng (UBND), phần địa danh ở cuối; “Văn phòng Ủy
ban nhân dân” nhận thay cho Ủy ban nhân dân và ngược lại. Chỉ nêu cách gửi (“Gửi qua Hệ thống quản lý văn bản và điều
hành”) thì không bị báo, vì biểu mẫu đã in tên cơ quan tiếp theo. Cơ quan cuối gửi kết quả cho ai cũng được.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.units import agency_names, unit_key
from qtnb.lint.views import FileView
from qtnb.text import shown

_TARGET: Final = re.compile(
    r"(?:đến|tới|cho|về|gửi|chuyển)\s+((?:Sở|Bộ|Cục|Chi cục|UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(\w)\w*"
    r"(?:\s+(?!và\b|để\b|theo\b|qua\b|bằng\b|kèm\b|trong\b)\w+)*)"
)

_LT = """\
loai: LT
ten: Trình ban hành kế hoạch
muc_dich: Quy định việc trình ban hành kế hoạch
pham_vi: Áp dụng giữa Sở Nội vụ, Sở Tài chính và Văn phòng UBND Thành phố
thoi_gian: 3 ngày
co_quan:
  - ten: Sở Nội vụ
    cac_buoc:
      - {{noi_dung: Soạn thảo, thuc_hien: Văn thư Sở, thoi_gian: 1 ngày}}
    luan_chuyen: Gửi qua Hệ thống quản lý văn bản và điều hành đến {target}
  - ten: Sở Tài chính
    cac_buoc:
      - {{noi_dung: Thẩm định, thuc_hien: Văn thư Sở Tài chính, thoi_gian: 1 ngày}}
    luan_chuyen: Gửi văn bản thẩm định đến Văn phòng UBND Thành phố
  - ten: Văn phòng Ủy ban nhân dân Thành phố
    cac_buoc:
      - {{noi_dung: Trình ký, thuc_hien: Chuyên viên, thoi_gian: 1 ngày}}
    luan_chuyen: Gửi kế hoạch đã ký cho các sở, ngành
"""


def check(file: FileView) -> Iterator[Remark]:
    """Check the handing over of each agency in turn."""
    agencies: Sequence[Mapping[str, Any]] = file.data.get("co_quan") or ()
    for number, agency in enumerate(agencies):
        at: DataPath = ("co_quan", number, "luan_chuyen")
        text = agency.get("luan_chuyen") or ""
        following = agencies[number + 1]["ten"] if number + 1 < len(agencies) else ""
        if not text.strip():
            yield _missing(at, agency["ten"], following)
            continue
        others = [other["ten"] for other in agencies if unit_key(other["ten"]) != unit_key(agency["ten"])]
        wrong = _wrong_target(text, agency["ten"], following, others)
        if wrong:
            yield _misdirected(at, agency["ten"], following, wrong)


def _missing(at: DataPath, agency: str, following: str) -> Remark:
    what = f"đến “{shown(following)}”" if following else "kết quả giải quyết cuối cùng"
    message = f"“{shown(agency)}” chưa ghi cách thức luân chuyển {what}."
    hint = "Ghi ở luan_chuyen: gửi gì, bằng cách nào; ví dụ: Gửi qua Hệ thống quản lý văn bản và điều hành."
    return Remark(at, RULE.id, message, hint)


def _misdirected(at: DataPath, agency: str, following: str, target: str) -> Remark:
    if not following:
        message = f"Kết quả cuối cùng của “{shown(agency)}” được chuyển đến chính cơ quan đó."
        return Remark(at, RULE.id, message, "Ghi nơi nhận kết quả cuối cùng.")
    message = f"“{shown(agency)}” chuyển đến “{shown(target)}”, nhưng cơ quan tiếp theo là “{shown(following)}”."
    return Remark(at, RULE.id, message, "Sửa nơi nhận ở luan_chuyen, hoặc sửa tên, thứ tự các cơ quan.")


def _wrong_target(text: str, agency: str, following: str, others: Sequence[str]) -> str:
    """The body to which ``text`` hands over instead of the next agency; empty when it may be right."""
    words = _words(unit_key(text))
    if following and any(_words(name) in words for name in agency_names(following)):
        return ""
    own = unit_key(agency)
    if any(_words(f"{word} {own}") in words for word in ("đến", "tới")):
        return agency
    if not following:
        return ""
    named = next((other for other in others if _words(unit_key(other)) in words), "")
    target = _TARGET.search(text)
    if named or target is None or target[2].islower() or own.startswith(unit_key(target[1])):
        return named
    return target[1]


def _words(key: str) -> str:
    """A key without its marks, between spaces, so that a name is found as whole words only."""
    return f" {' '.join(_MARKS.sub(' ', key).split())} "


_MARKS: Final = re.compile(r"[,;.:()“”\"]+")


RULE: Final = Rule(
    id="duty-handover",
    title="Luân chuyển giữa các cơ quan bị bỏ trống hoặc sai nơi nhận",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, Phụ lục II (cách thức luân chuyển đến cơ quan tiếp theo và kết quả cuối cùng)",
    bad={"quy-trinh/a.yaml": _LT.format(target="Văn phòng UBND Thành phố")},
    good={"quy-trinh/a.yaml": _LT.format(target="Sở Tài chính")},
    check_file=check,
    kinds=frozenset({"LT"}),
)
