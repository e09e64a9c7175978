"""“Như Điều n” ở Nơi nhận phải trỏ tới một điều có trong quyết định.

Dòng đầu của Nơi nhận nêu điều giao trách nhiệm thi hành. Khi sửa số điều mà quên dòng này, người nhận không tìm
được điều giao việc cho mình.

Quyết định không tự viết các điều thì do qtnb soạn, điều cuối giao trách nhiệm thi hành: ba điều; thêm một điều khi
`hinh_thuc` là `sua_doi_bo_sung` hoặc `thay_the`, thêm một điều khi có `bai_bo_quyet_dinh`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.model import HinhThuc
from qtnb.words.articles import usual_count

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\n"
_NHU_DIEU: Final = re.compile(r"^\W*như điều (\d+)", re.IGNORECASE)


def check(file: FileView) -> Iterator[Remark]:
    """Compare the number with the count of Điều; of those that qtnb writes, the last one is meant."""
    own = len(file.data.get("dieu") or ())
    count = own or usual_count(
        HinhThuc(file.data.get("hinh_thuc") or HinhThuc.BAN_HANH), abolishes=bool(file.data.get("bai_bo_quyet_dinh"))
    )
    for number, line in enumerate(file.data.get("noi_nhan") or ()):
        named = _NHU_DIEU.match(line)
        if named is None or (1 if own else count) <= int(named[1]) <= count:
            continue
        message = f"Nơi nhận ghi “{line.strip()}”, nhưng quyết định chỉ có {count} điều."
        if not own and int(named[1]) < count:
            message = f"Nơi nhận ghi “{line.strip()}”, nhưng điều giao trách nhiệm thi hành là Điều {count}."
        yield Remark(("noi_nhan", number), RULE.id, message, f"Sửa thành: Như Điều {count}")


RULE: Final = Rule(
    id="reference-dieu",
    title="Nơi nhận trỏ tới điều không có hoặc không đúng",
    severity=Severity.ERROR,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục III, mẫu 1.3",
    bad={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "noi_nhan: [Như Điều 7]\n"},
    good={"quy-trinh/a.yaml": _QUY_TRINH, "quyet-dinh/q.yaml": _QUYET_DINH + "noi_nhan: [Như Điều 3]\n"},
    check_file=check,
    kinds=frozenset({"QD"}),
)
