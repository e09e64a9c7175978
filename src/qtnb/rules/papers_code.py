r"""Mã biểu mẫu theo đúng cách đặt mã của cơ quan.

Cơ quan có quy ước mã, như `BM.VP.09.01`, thì mọi mã trong kho phải theo quy ước đó; mã gõ thiếu số 0, thiếu dấu chấm
làm tra cứu không ra.

Quy tắc này im lặng cho đến khi cơ quan đặt tùy chọn `mau`, một biểu thức chính quy mà toàn bộ mã phải khớp, trong
`qtnb.yaml`:

```yaml
lint:
  quy_tac:
    papers-code: {mau: 'BM\.[A-Z]{2,4}\.\d\d\.\d\d'}
```

Xét mã “BM…” ở mọi nơi trong tài liệu, các bước, biểu mẫu; và mã đứng đầu một biểu mẫu hay trong ngoặc ở cuối (“Phiếu
trình (CB_06)”). Không xét số của mẫu do Nhà nước ban hành (“Mẫu số 17”, “C37-HĐ”) và số văn bản.

Cần làm: sửa mã, hoặc sửa `mau`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.office import pattern_problem
from qtnb.lint.papers import form_names, paper_lists
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_KHO = """\
phien_ban: 1
co_quan:
  ten: Sở Nội vụ thành phố Hà Nội
  ten_ban_hanh: SỞ NỘI VỤ
  chu_quan: UBND THÀNH PHỐ HÀ NỘI
  viet_tat: SNV
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
lint:
  quy_tac:
    papers-code: {mau: 'BM\\.[A-Z]{2,4}\\.\\d\\d\\.\\d\\d'}
"""
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
  - {{trinh_tu: Lập phiếu đề nghị, chu_tri: Phòng đề nghị, thoi_gian: 01 ngày làm việc}}
bieu_mau:
  - {code} Phiếu đề nghị sử dụng xe
"""
_PATIENCE: Final = 1.0
"""Seconds that the pattern may take on one code: kho files come from strangers' branches too."""
_LISTED: Final = re.compile(
    r"^\s*(?P<head>[A-ZĐ]{2,}[.\-/_]\S*\d\S*?)(?=[\s:;,]|$)|\((?:[Mm]ẫu\s+)?(?P<tail>[A-ZĐ]{2,}[.\-/_]?\d\S*)\)[\s.;]*$"
)


def check(file: FileView) -> Iterator[Remark]:
    """Hold every code to the pattern of the office."""
    pattern = file.settings.options.get(RULE.id, RULE.options)["mau"]
    if not pattern or pattern_problem(pattern):
        return
    for at, text in _texts_of(file):
        codes = [form.code for form in form_names(text) if form.code.startswith("BM")]
        if at[0] in {"bieu_mau", "tai_lieu"}:
            codes += [found["head"] or found["tail"] for found in _LISTED.finditer(text)]
        for code in dict.fromkeys(codes):
            if not _fits(pattern, code):
                message = f"Mã “{shown(code)}” không theo cách đặt mã của cơ quan ({shown(pattern)})."
                yield Remark(at, RULE.id, message, "Sửa mã cho đúng quy ước, hoặc sửa tùy chọn mau trong qtnb.yaml.")


def _texts_of(file: FileView) -> Iterator[tuple[DataPath, str]]:
    for papers in paper_lists(file):
        for number, paper in enumerate(papers.papers):
            yield (*papers.at(number), "ten"), paper["ten"]
    for step in file.steps():
        yield (*step.at, step.viec_key), step.viec
        yield (*step.at, "ket_qua"), step.ket_qua
    for number, form in enumerate(file.data.get("bieu_mau") or ()):
        yield ("bieu_mau", number), form


def _fits(pattern: str, code: str) -> bool:
    # Unlike re, this module can be stopped; it is loaded only for an office that sets a pattern.
    import regex

    return regex.fullmatch(pattern, code, timeout=_PATIENCE) is not None


RULE: Final = Rule(
    id="papers-code",
    title="Mã biểu mẫu không theo quy ước của cơ quan",
    severity=Severity.WARNING,
    nguon="Quy ước mã của từng cơ quan; các kiểu đã gặp: BM.VP.09.01, BM/QT.70/VH-P.ĐT/01/06, CB_06",
    bad={"qtnb.yaml": _KHO, "quy-trinh/a.yaml": _CV.format(code="BM.VP.9.1")},
    good={"qtnb.yaml": _KHO, "quy-trinh/a.yaml": _CV.format(code="BM.VP.09.01")},
    check_file=check,
    options={"mau": ""},
)
