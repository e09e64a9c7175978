"""Tên quy trình, tên đơn vị, tên giấy tờ không kết thúc bằng dấu chấm, dấu phẩy hay dấu chấm phẩy.

Tên được in trong danh mục, tiêu đề và ô bảng; dấu cuối câu chép theo từ văn bản cũ làm hai tên giống nhau thành khác
nhau. Văn bản đã ban hành có 27 ô đơn vị còn dấu `;` ở cuối.

Được xét: tên quy trình, lĩnh vực, tên cơ quan, giấy tờ, biểu mẫu, đơn vị chủ trì, phối hợp, người thực hiện; ở quyết
định là trích yếu, thẩm quyền, chức vụ. Không bị báo: dấu chấm của chữ viết tắt (“v.v.”, “TP.”) và dấu ba chấm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_LAST: Final = frozenset(".;,\n")
"""Letters that a name with a mark too many may end in; the line end is that of a block of text."""
_BELONGS: Final = re.compile(r"(?:\bv\.v|\b[A-ZĐ]{1,4}|\.)\.$")

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến{stop}
chua_co_noi_dung: true
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell names that end like sentences."""
    for at, name in (*_names(file.data, ()), *_doers(file)):
        text = name.rstrip()
        bare = text if _BELONGS.search(text) else text.rstrip(" .;,")
        if bare and bare != text:
            message = f"“{shown(bare)}” còn dấu “{text[len(bare) :].strip()}” ở cuối."
            yield Remark(at, RULE.id, message, "Bỏ dấu ở cuối tên.", fix=Fix(at, bare + name[len(text) :]))


def _names(data: Mapping[str, Any], at: DataPath) -> Iterator[tuple[DataPath, str]]:
    """The names of a file, or of one agency of an LT, that may end like sentences."""
    for key in ("ten", "linh_vuc", "trich_yeu", "tham_quyen"):
        if (data.get(key) or " ")[-1] in _LAST:
            yield (*at, key), data[key]
    for number, form in enumerate(data.get("bieu_mau") or ()):
        if form[-1] in _LAST:
            yield (*at, "bieu_mau", number), form
    for number, paper in enumerate(data.get("tai_lieu") or ()):
        if paper["ten"][-1] in _LAST:
            yield (*at, "tai_lieu", number, "ten"), paper["ten"]
    for number, agency in enumerate(data.get("co_quan") or ()):
        yield from _names(agency, (*at, "co_quan", number))
    title = (data.get("ky") or {}).get("chuc_vu") or " "
    if title[-1] in _LAST:
        yield (*at, "ky", "chuc_vu"), title


def _doers(file: FileView) -> Iterator[tuple[DataPath, str]]:
    for step in file.steps():
        if step.nguoi[-1] in _LAST:
            yield (*step.at, step.nguoi_key), step.nguoi
        for place, name in step.phoi_hop:
            if name[-1] in _LAST:
                yield place, name


RULE: Final = Rule(
    id="text-stop",
    title="Dấu câu thừa ở cuối tên",
    severity=Severity.INFO,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I mục V (trích yếu không có dấu chấm); 27 ô trong văn bản đã ban hành",
    bad={"quy-trinh/a.yaml": _CV.format(stop=".")},
    good={"quy-trinh/a.yaml": _CV.format(stop="")},
    check_file=check,
    kinds=frozenset({"CV", "LT", "QD"}),
)
