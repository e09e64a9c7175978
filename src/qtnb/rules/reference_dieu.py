"""“Như Điều n” ở Nơi nhận phải trỏ tới một điều có trong quyết định.

Dòng đầu của Nơi nhận nêu điều giao trách nhiệm thi hành. Khi sửa số điều mà quên dòng này, người nhận không tìm
được điều giao việc cho mình. Quyết định không tự viết các điều thì có ba điều do qtnb soạn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n"
_DEFAULT_DIEU: Final = 3
"""How many Điều qtnb itself writes (format.md, ``dieu``)."""
_NHU_DIEU: Final = re.compile(r"^\W*như điều (\d+)", re.IGNORECASE)


def check(file: FileView) -> Iterator[Remark]:
    """Compare the number with the count of Điều."""
    count = len(file.data.get("dieu") or ()) or _DEFAULT_DIEU
    for number, line in enumerate(file.data.get("noi_nhan") or ()):
        named = _NHU_DIEU.match(line)
        if named is not None and not 1 <= int(named[1]) <= count:
            message = f"Nơi nhận ghi “{line.strip()}”, nhưng quyết định chỉ có {count} điều."
            yield Remark(("noi_nhan", number), RULE.id, message, f"Sửa thành: Như Điều {count}")


RULE: Final = Rule(
    id="reference-dieu",
    title="Nơi nhận trỏ tới điều không có",
    severity=Severity.ERROR,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục III, mẫu 1.3",
    bad={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "noi_nhan: [Như Điều 7]\n"},
    good={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "noi_nhan: [Như Điều 3]\n"},
    check_file=check,
    kinds=frozenset({"QD"}),
)
