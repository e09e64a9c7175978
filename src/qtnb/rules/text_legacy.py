"""Văn bản phải viết bằng Unicode, không còn chữ của bảng mã cũ TCVN3 (ABC), VNI.

Chép từ tệp soạn bằng phông `.VnTime`, `VNI-Times` thì chữ hiện thành “Quy tr×nh tiÕp nhËn v¨n b¶n”: không đọc, không
tìm, không in được. Nghị định số 30/2020/NĐ-CP yêu cầu bộ mã Unicode. qtnb nêu cách đọc và đề nghị thay; vì người
soạn nên đọc lại từng chỗ, cách sửa chỉ được áp dụng với `--unsafe-fixes`.

Chữ UTF-8 bị đọc nhầm (“vÄƒn báº£n”) và ký tự thay thế “�” (chữ đã mất khi chuyển mã) cũng bị báo.

Chỉ báo khi chắc chắn: có chữ mà tiếng Việt Unicode không dùng, và gần như mọi từ đổi ra đều là âm tiết tiếng Việt. Tên
nước ngoài (“Köln”, “Muñoz”), ký hiệu ®, © và đơn vị đo không bị báo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.legacy_text import may_be_legacy, read_legacy
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_LOST: Final = "\ufffd"

_CV = """\
loai: CV
ten: {ten}
chua_co_noi_dung: true
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell values in an older encoding, with what they say."""
    text = file.source.text
    if not may_be_legacy(text) and "\\" not in text:
        return
    for at, value in file.texts:
        legacy = read_legacy(value)
        if legacy:
            message = f"Chữ {legacy.trouble}, đọc là: “{shown(legacy.reading)}”."
            hint = "Gõ lại hoặc chuyển sang Unicode, rồi đọc lại."
            yield Remark(at, RULE.id, message, hint, fix=Fix(at, legacy.reading, safe=False))
        elif _LOST in value:
            message = f"Có {value.count(_LOST)} chữ đã mất khi chuyển bảng mã (ký tự {_LOST})."
            yield Remark(at, RULE.id, message, "Gõ lại chữ bị mất theo bản gốc.")


RULE: Final = Rule(
    id="text-legacy",
    title="Chữ theo bảng mã cũ, không phải Unicode",
    severity=Severity.ERROR,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I mục I.4 (bộ mã ký tự Unicode theo TCVN 6909:2001)",
    bad={"quy-trinh/a.yaml": _CV.format(ten="Quy tr×nh tiÕp nhËn v¨n b¶n ®Õn")},
    good={"quy-trinh/a.yaml": _CV.format(ten="Quy trình tiếp nhận văn bản đến")},
    check_file=check,
    kinds=EVERY_KIND,
)
