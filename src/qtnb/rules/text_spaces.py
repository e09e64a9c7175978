"""Giữa hai chữ có một dấu cách; trước dấu chấm, dấu phẩy không có dấu cách.

Dấu cách thừa làm bản in giãn không đều, và làm hai tên trông như nhau bị coi là khác nhau khi tìm kiếm.

Bị báo: hai, ba dấu cách liền nhau; dấu cách trước `,` `.` `;` `:` `?` `!` `)` và sau `(`; dấu cách ở đầu, cuối giá trị
hoặc cuối dòng. Mỗi giá trị chỉ báo một lần.

Không bị báo: chỗ chừa để điền (“Số:     /QĐ-SNV”, “ngày    tháng    năm”), số hiệu như “97 /KH-UBND”, dấu ba chấm,
thụt dòng trong đoạn văn nhiều dòng.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.views import FileView

# Searches that begin with one fixed character, because such are ten times as fast over a whole file.
_SEARCHES: Final = tuple(
    re.compile(pattern).search
    for pattern in (
        r" (?=[ ,.;:?!)\n\r])(?<=[^ \n:] )",
        r"\((?= )",
        r"\"(?<= \")(?=[\s,}\]]|$)",
        r"'(?<= ')(?=[\s,}\]]|$)",
    )
)
_DOUBLE: Final = re.compile(r"(?<=[^\s:])(?<!số)(?<!Số)(?<!ngày)(?<!tháng)(?<!năm) {2,3}(?=[^\s/])")
_BEFORE_MARK: Final = re.compile(r"(?<=[\w)”\"]) +(?=[,;?!](?:\s|$)|\.(?:\s|$)|\))|(?<=[^\W\d_]) +(?=:(?:\s|$))")
_AFTER_BRACKET: Final = re.compile(r"(?<=\() +(?=\S)")
_END: Final = re.compile(r"(?<=\S)[ ]+(?=\n|\Z)|\A +(?=\S)")

_KINDS: Final = (
    (_DOUBLE, "nhiều dấu cách liền nhau", " "),
    (_BEFORE_MARK, "dấu cách trước dấu câu", ""),
    (_AFTER_BRACKET, "dấu cách sau dấu mở ngoặc", ""),
    (_END, "dấu cách ở đầu hoặc cuối", ""),
)

_CV = """\
loai: CV
ten: {ten}
chua_co_noi_dung: true
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell each value with spaces too many."""
    text = file.source.text
    if not any(search(text) for search in _SEARCHES):
        return
    for at, value in file.texts:
        if " " not in value:
            continue
        kinds = [(pattern, what, instead) for pattern, what, instead in _KINDS if pattern.search(value)]
        if not kinds:
            continue
        repaired = value
        for pattern, _, instead in kinds:
            repaired = pattern.sub(instead, repaired)
        seen = ", ".join(f"{what} (“{_around(value, pattern)}”)" for pattern, what, _ in kinds)
        yield Remark(at, RULE.id, f"Thừa dấu cách: {seen}.", "Bỏ dấu cách thừa.", fix=Fix(at, repaired))


def _around(value: str, pattern: re.Pattern[str]) -> str:
    """The words about the first place that ``pattern`` finds, so that it can be seen."""
    found = pattern.search(value)
    start, end = found.span() if found else (0, 0)
    before, after = value[:start].rpartition("\n")[2], value[end:].partition("\n")[0]
    return f"{before[-12:]}{value[start:end]}{after[:12]}"


RULE: Final = Rule(
    id="text-spaces",
    title="Thừa dấu cách",
    severity=Severity.INFO,
    nguon="Quy ước trình bày văn bản; gặp trong văn bản đã ban hành (“18  ngày”, “CỦA  ỦY BAN”)",
    bad={"quy-trinh/a.yaml": _CV.format(ten="Tiếp nhận  văn bản đến , đi")},
    good={"quy-trinh/a.yaml": _CV.format(ten="Tiếp nhận văn bản đến, đi")},
    check_file=check,
    kinds=EVERY_KIND,
    requires=("text-invisible",),
)
