"""Tên quy trình là tên công việc, viết gọn như trong danh mục của biểu mẫu.

Được xét: tên bắt đầu bằng “Quy trình” (tiêu đề cột của danh mục đã ghi); tên bắt đầu bằng số thứ tự hoặc ký hiệu (“3.
…”, “CV-05: …”), vốn có cột riêng; tên viết hoa toàn bộ; tên không nói công việc gì (“Công việc khác”, “Trường hợp
khác”); tên dài hơn mức đặt ở tùy chọn `dai_nhat` (mặc định 500 ký tự, vì tên theo luật đất đai đã ban hành dài đến hơn
nghìn ký tự).

Dấu câu thừa ở cuối tên do quy tắc `text-stop` xét.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_PREFIX: Final = re.compile(
    r"quy\s+trình(?!\s+ho[áa]|\s+hóa)(?:\s+liên thông)?(?:\s+nội bộ)?(?!\w)[\s:.,-]*(?=\w)", re.IGNORECASE
)
_NUMBERED: Final = re.compile(
    r"(?:(?:CV|LT)\s?-\s?\d+|Quy\s+trình\s+(?:số\s+)?\d[\d.]*|[IVX]+[.)]\s|\d{1,3}(?:\.\d+)+[.)]?\s|\d{1,3}[.)](?!\d)|[a-zđ]\))"
    r"[\s:.–-]*(?=\w)",
    re.IGNORECASE,
)
_SAYS_NOTHING: Final = re.compile(
    r"(?:các |những )?(?:công việc|trường hợp|nhiệm vụ|việc|quy trình|nội dung)?\s*khác", re.IGNORECASE
)
_SHORT: Final = 6
"""Letters up to which capitals may be an abbreviation (``ISO``)."""

_LONGEST: Final = 500

_CV: Final = "loai: CV\nten: {name}\nchua_co_noi_dung: true\n"


def check(file: FileView) -> Iterator[Remark]:
    """Look at the name as the catalogue prints it."""
    name: str = file.data["ten"].strip()
    numbered = _NUMBERED.match(name)
    prefix = _PREFIX.match(name)
    if numbered:
        message = f"Tên bắt đầu bằng “{shown(numbered.group().strip())}”."
        hint = "Bỏ số, ký hiệu ở đầu tên: danh mục có cột STT và cột ký hiệu."
        yield Remark(("ten",), RULE.id, message, hint, fix=_without(name, numbered.end()))
    elif prefix:
        message = f"Tên bắt đầu bằng “{prefix.group().strip(' :.,-')}”; tiêu đề cột của danh mục đã ghi."
        hint = f"Viết: {shown(_rest(name, prefix.end()), 80)}"
        yield Remark(("ten",), RULE.id, message, hint, Severity.INFO, fix=_without(name, prefix.end()))
    if name.isupper() and len(name) > _SHORT:
        yield Remark(("ten",), RULE.id, f"Tên viết hoa toàn bộ: “{shown(name)}”.", "Chỉ viết hoa chữ đầu và tên riêng.")
    if _SAYS_NOTHING.fullmatch(name):
        message = f"Tên “{shown(name)}” không cho biết là công việc gì."
        yield Remark(("ten",), RULE.id, message, "Ghi tên công việc cụ thể.")
    longest = str(file.settings.options.get(RULE.id, RULE.options)["dai_nhat"])
    if len(name) > (int(longest) if longest.isdecimal() else _LONGEST):
        message = f"Tên dài {len(name)} ký tự, chiếm nhiều dòng trong danh mục."
        hint = "Rút gọn tên; điều kiện áp dụng ghi ở phạm vi."
        yield Remark(("ten",), RULE.id, message, hint, Severity.INFO)


def _without(name: str, end: int) -> Fix:
    return Fix(("ten",), _rest(name, end), safe=False)


def _rest(name: str, end: int) -> str:
    return name[end : end + 1].upper() + name[end + 1 :]


RULE: Final = Rule(
    id="catalogue-name",
    title="Tên quy trình không đúng cách ghi trong danh mục",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, Phụ lục I.1, II.1 (các cột của danh mục)",
    bad={"quy-trinh/a.yaml": _CV.format(name='"CV-05: Tiếp nhận văn bản đến"')},
    good={"quy-trinh/a.yaml": _CV.format(name="Tiếp nhận văn bản đến")},
    check_file=check,
    options={"dai_nhat": _LONGEST},
)
