"""Trong văn bản không để ký tự không nhìn thấy: dấu cách không ngắt, dấu cách lạ, ký tự rộng 0, phím Tab.

Chép từ Word, trang web hay PDF thường kéo theo dấu cách không ngắt (U+00A0), khoảng trống rộng 0 (U+200B), gạch nối ẩn
(U+00AD), phím Tab, hoặc chấm đầu dòng của phông Symbol, Wingdings. Mắt không thấy, nhưng hai tên trông giống nhau sẽ
khác nhau khi tìm kiếm, so sánh và tổng hợp, và bản in có thể giãn dòng lạ.

Cách sửa được đề nghị: dấu cách lạ và Tab thành một dấu cách, ký tự rộng 0 bị xóa. Ký tự của phông riêng chỉ được nêu
vị trí, vì không biết chắc người viết muốn dấu gì.

Xuống dòng trong đoạn văn là bình thường và không bị báo.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.views import FileView

_NAMES: Final = {
    "\t": "phím Tab",
    "\u00a0": "dấu cách không ngắt",
    "\u00ad": "gạch nối ẩn",
    "\u200b": "khoảng trống rộng 0",
    "\ufeff": "dấu BOM",
}
_KINDS: Final = {
    "Zs": "dấu cách lạ",
    "Zl": "dấu ngắt dòng lạ",
    "Zp": "dấu ngắt đoạn lạ",
    "Cc": "ký tự điều khiển",
    "Cf": "ký tự định dạng ẩn",
    "Co": "ký tự của phông riêng",
}
_USUAL: Final = (
    "\t\u00a0\u00ad\u061c\u180e\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u200b\u200c\u200d\u200e\u200f\u2028\u2029"
    "\u202a\u202b\u202c\u202d\u202e\u202f\u2060\u2066\ufeff\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\\"
)
"""Those that come with copied text, and the mark of escapes, which may spell any: a search for each is fast."""
_RUN_OF_SPACES: Final = re.compile(r" *[\t\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\S\n]*")

_CV = """\
loai: CV
ten: Tiếp nhận{space}văn bản đến
chua_co_noi_dung: true
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell each value that holds characters nobody sees."""
    if not any(map(file.source.text.__contains__, _USUAL)):
        return
    for at, value in file.texts:
        if not _is_plain(value):
            odd = [char for char in value if not char.isprintable() and char != "\n"]
            message = f"Có {len(odd)} ký tự không nhìn thấy: {', '.join(dict.fromkeys(map(_named, odd)))}."
            repaired = _repaired(value)
            fix = Fix(at, repaired) if repaired != value and repaired.strip() else None
            yield Remark(at, RULE.id, message, "Xóa ký tự này, hoặc gõ lại bằng dấu cách thường.", fix=fix)


def _is_plain(text: str) -> bool:
    """Whether every character can be seen, but for spaces and line ends."""
    return text.replace("\n", "").replace("\r", "").isprintable()


def _named(char: str) -> str:
    name = _NAMES.get(char) or _KINDS.get(unicodedata.category(char), "ký tự lạ")
    return f"{name} (U+{ord(char):04X})"


def _repaired(value: str) -> str:
    """The value with odd spaces made plain ones and characters without width taken out."""
    spaced = _RUN_OF_SPACES.sub(" ", value)
    return "".join(char for char in spaced if unicodedata.category(char) != "Cf").strip(" ")


RULE: Final = Rule(
    id="text-invisible",
    title="Ký tự không nhìn thấy trong văn bản",
    severity=Severity.WARNING,
    nguon="Nghị định số 30/2020/NĐ-CP, Phụ lục I mục I.4 (bộ mã ký tự Unicode); lỗi thường gặp khi chép từ Word, PDF",
    bad={"quy-trinh/a.yaml": _CV.format(space="\u00a0")},
    good={"quy-trinh/a.yaml": _CV.format(space=" ")},
    check_file=check,
    kinds=EVERY_KIND,
    requires=("text-legacy",),
)
