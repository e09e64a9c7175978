"""Dấu ngoặc kép phải đủ cặp, và trong một tệp chỉ dùng một loại: “ ” hoặc " ".

Thiếu một dấu thì không biết tên, câu trích kết thúc ở đâu; lẫn hai loại làm bản in không đều. qtnb báo giá trị có dấu
mở mà không có dấu đóng (hoặc ngược lại), và những giá trị dùng loại dấu ít gặp hơn trong tệp.

Dấu nháy mà YAML dùng để bao giá trị không phải là chữ của văn bản và không được xét. Dấu `"` sau chữ số (đơn vị inch)
không bị coi là dấu ngoặc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.views import FileView

_CURLY: Final = re.compile("[“”]")
_STRAIGHT: Final = re.compile(r'(?<!\d)"')
_MAY_BE_TEXT: Final = re.compile(r'"(?:(?<=[^:,\-\s] ")|(?<=[\w(\\.]")(?=[ \w.;)]))')
"""A ``"`` that does not look like YAML's own."""
_PAIR: Final = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*[^"\s])"(?!\w)')

_CV = """\
loai: CV
ten: 'Quản lý mục {name} trên Hệ thống'
chua_co_noi_dung: true
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell quotes without a partner, then values in the kind of quotes that the file uses less."""
    text = file.source.text
    if "“" not in text and "”" not in text and not _MAY_BE_TEXT.search(text):
        return
    quoted = [(at, value) for at, value in file.texts if _CURLY.search(value) or _STRAIGHT.search(value)]
    paired = []
    for at, value in quoted:
        fault = _fault(value)
        if fault:
            yield Remark(at, RULE.id, fault, "Thêm dấu còn thiếu, hoặc xóa dấu thừa.")
        else:
            paired.append((at, value))
    yield from _mixed(paired)


def _fault(value: str) -> str:
    """What is wrong with the pairs of quotes; empty when they are whole."""
    depth = 0
    for mark in _CURLY.findall(value):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            break
    if depth:
        return "Thừa dấu đóng ngoặc kép ”." if depth < 0 else "Thiếu dấu đóng ngoặc kép ”."
    # A quote behind a figure closes "số 1", or stands for inches: only if neither explains it is one missing.
    if len(_STRAIGHT.findall(value)) % 2 and value.count('"') % 2:
        return 'Dấu ngoặc kép " không đủ cặp.'
    return ""


def _mixed(values: Sequence[tuple[DataPath, str]]) -> Iterator[Remark]:
    curly = sum(len(_CURLY.findall(value)) for _, value in values)
    straight = sum(len(_STRAIGHT.findall(value)) for _, value in values)
    if not (curly and straight):
        return
    rarer, other = (_STRAIGHT, "“ ”") if straight <= curly else (_CURLY, '" "')
    for at, value in values:
        if rarer.search(value):
            fix = _curled(at, value) if rarer is _STRAIGHT else None
            message = f"Dùng dấu ngoặc kép khác với phần còn lại của tệp ({other})."
            yield Remark(at, RULE.id, message, "Dùng một loại dấu ngoặc kép trong cả tệp.", fix=fix)


def _curled(at: DataPath, value: str) -> Fix | None:
    """A repair where each straight pair plainly stands about words; None where a person must look."""
    curled = _PAIR.sub(r"“\1”", value)
    return None if _STRAIGHT.search(curled) else Fix(at, curled)


RULE: Final = Rule(
    id="text-quotes",
    title="Dấu ngoặc kép không đủ cặp hoặc lẫn hai loại",
    severity=Severity.INFO,
    nguon="Quy tắc chính tả tiếng Việt; lỗi thường gặp khi soạn trên nhiều phần mềm",
    bad={"quy-trinh/a.yaml": _CV.format(name="“Văn bản đến")},
    good={"quy-trinh/a.yaml": _CV.format(name="“Văn bản đến”")},
    check_file=check,
    kinds=EVERY_KIND,
)
