"""Biểu mẫu được nhắc trong các bước phải có ở mục 4 “Biểu mẫu/tài liệu”.

Bước ghi “theo Mẫu số 17”, “BM.VP.09.01” mà mục 4 không có thì người làm không biết tìm mẫu ở đâu.

Xét nội dung và kết quả của từng bước trong quy trình CV (biểu mẫu LT không có mục này): mã “BM…”, “Mẫu số …”, “Biểu
số …”, “Mẫu CB_06”, và tên trong ngoặc kép sau chữ “mẫu”, “biểu mẫu”. Không phân biệt cách viết: “Mẫu 1” là “Mẫu số 01”.

Không báo khi mẫu có ở mục tài liệu, hoặc khi cùng câu nêu tên một biểu mẫu đã có ở mục 4 (“Đơn đăng ký theo Mẫu số 04”
và mục 4 có “Đơn đăng ký”).

Cần làm: thêm biểu mẫu vào `bieu_mau`, ghi cả mã và tên.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.papers import FormName, form_names, may_name_forms, paper_lists
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Đăng ký xe ô tô
muc_dich: Quy định việc đăng ký xe
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 01 ngày làm việc
cac_buoc:
  - {{trinh_tu: Lập phiếu theo BM.VP.09.01, chu_tri: Phòng đề nghị, thoi_gian: 01 ngày làm việc}}
bieu_mau:
  - {form}
"""
_CLAUSE_END: Final = re.compile(r"[;\n]|[.,](?=\s)")


@dataclass(frozen=True, slots=True)
class Listed:
    """What sections 3.2 and 4 list."""

    keys: frozenset[str]
    text: str
    """All of it, case folded."""
    forms: Sequence[str]
    """The names of section 4, case folded, without what stands in brackets."""


def check(file: FileView) -> Iterator[Remark]:
    """Look for the forms that steps name."""
    listed: Listed | None = None
    told: set[str] = set()
    for at, label, text in _texts_with_forms(file):
        listed = listed or _listed(file)
        for form in form_names(text):
            if form.key not in told and not _has(listed, form, text):
                told.add(form.key)
                message = f"{label} nhắc “{shown(form.written)}”, nhưng mục Biểu mẫu/tài liệu không có."
                yield Remark(at, RULE.id, message, "Thêm vào bieu_mau, ghi cả mã và tên biểu mẫu.")


def _texts_with_forms(file: FileView) -> Iterator[tuple[DataPath, str, str]]:
    for step in file.steps() if "bieu_mau" in file.data else ():
        if may_name_forms(step.viec):
            yield (*step.at, step.viec_key), step.label, step.viec
        if may_name_forms(step.ket_qua):
            yield (*step.at, "ket_qua"), step.label, step.ket_qua


def _listed(file: FileView) -> Listed:
    forms = list(file.data.get("bieu_mau") or ())
    papers = [paper["ten"] for part in paper_lists(file) for paper in part.papers]
    keys = frozenset(form.key for text in (*forms, *papers) for form in form_names(text))
    names = [name.partition("(")[0].strip(" .;:-").casefold() for name in forms]
    return Listed(keys, "\n".join((*forms, *papers)).casefold(), [name for name in names if name])


def _has(listed: Listed, form: FormName, text: str) -> bool:
    if form.key in listed.keys or (not form.code and form.key in listed.text):
        return True
    # A code with letters is recognisable without the word "mẫu" before it.
    if form.code.casefold() in listed.text and any(char.isalpha() for char in form.code):
        return True
    clause = _clause_at(text, form.start).casefold()
    return any(re.search(rf"\b{re.escape(name)}\b", clause) for name in listed.forms)


def _clause_at(text: str, start: int) -> str:
    """The part of a sentence around ``start``."""
    before = [end.end() for end in _CLAUSE_END.finditer(text, 0, start)]
    after = _CLAUSE_END.search(text, start)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


RULE: Final = Rule(
    id="papers-form",
    title="Biểu mẫu nhắc trong bước không có ở mục Biểu mẫu/tài liệu",
    severity=Severity.WARNING,
    nguon="Phụ lục I Kế hoạch số 97/KH-UBND, mục 4 (Biểu mẫu/tài liệu)",
    bad={"quy-trinh/a.yaml": _CV.format(form="Lệnh điều xe")},
    good={"quy-trinh/a.yaml": _CV.format(form="BM.VP.09.01 Phiếu đề nghị sử dụng xe")},
    check_file=check,
    kinds=frozenset({"CV"}),
)
