"""Trong một tệp, dấu thanh đặt theo một kiểu: “hòa, thủy, ủy” hoặc “hoà, thuỷ, uỷ”.

Nghị định số 30/2020/NĐ-CP dùng cả hai kiểu, nên kiểu nào cũng được; lẫn hai kiểu trong một quy trình thì tìm “Ủy ban”
sẽ sót “Uỷ ban”. qtnb báo những giá trị theo kiểu ít dùng hơn trong tệp (bằng nhau thì giữ kiểu “hòa”).

Chỉ các vần oa, oe, uy đứng cuối chữ mới có hai kiểu; “hoàn”, “quý”, “thuyền” không liên quan. Họ tên người ký không
được xét.

Cơ quan muốn thống nhất một kiểu cho cả kho thì đặt tùy chọn `kieu`: `moi` (hoà) hoặc `cu` (hòa); khi đó mọi chữ theo
kiểu kia đều bị báo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.rule import EVERY_KIND, Rule
from qtnb.lint.tones import has_new, has_old, new_words, old_words, to_new, to_old
from qtnb.lint.views import FileView

_ANY: Final = "mot_kieu"
_OLD: Final = "cu"
_NEW: Final = "moi"

_CV = """\
loai: CV
ten: Tiếp nhận văn bản của Ủy ban nhân dân Thành phố
muc_dich: Quy định việc tiếp nhận văn bản của {body} ban nhân dân Thành phố
pham_vi: Văn phòng Ủy ban nhân dân Thành phố
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn thư, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell the values whose words carry their tone marks in the place that the file, or the kho, does not use."""
    style = file.settings.options[RULE.id]["kieu"]
    if not _may_differ(file.source.text, style):
        return
    values = [(at, value) for at, value in file.texts if at[-1] != "ho_ten"]
    expected = "kiểu đã chọn cho kho"
    if style not in {_OLD, _NEW}:
        news = sum(len(new_words(value)) for _, value in values)
        olds = sum(len(old_words(value)) for _, value in values)
        if not (news and olds):
            return
        style = _NEW if news > olds else _OLD
        expected = "phần còn lại của tệp"
    for at, value in values:
        wrong = new_words(value) if style == _OLD else old_words(value)
        if wrong:
            yield _remark(at, value, wrong, style, expected)


def _may_differ(text: str, style: str) -> bool:
    """Whether a file's text gives reason to look at its values."""
    match style:
        case "cu":
            return has_new(text)
        case "moi":
            return has_old(text)
        case _:
            return has_new(text) and has_old(text)


def _remark(at: DataPath, value: str, wrong: list[str], style: str, expected: str) -> Remark:
    turned = to_old if style == _OLD else to_new
    words = ", ".join(f"“{word}” (nên là “{turned(word)}”)" for word in dict.fromkeys(wrong))
    # A capital inside a sentence may begin somebody's name, whose spelling is that person's own.
    safe = all(word[0].islower() or word.lower() in {"uỷ", "ủy"} or value.startswith(word) for word in wrong)
    message = f"Dấu thanh đặt khác {expected}: {words}."
    return Remark(at, RULE.id, message, "Dùng một kiểu đặt dấu.", fix=Fix(at, turned(value), safe=safe))


RULE: Final = Rule(
    id="text-tone",
    title="Lẫn hai kiểu đặt dấu thanh",
    severity=Severity.INFO,
    nguon="Nghị định số 30/2020/NĐ-CP dùng cả “Ủy” và “Uỷ”; một kiểu trong một văn bản là nếp trình bày",
    bad={"quy-trinh/a.yaml": _CV.format(body="Uỷ")},
    good={"quy-trinh/a.yaml": _CV.format(body="Ủy")},
    check_file=check,
    kinds=EVERY_KIND,
    options={"kieu": _ANY},
)
