"""Căn cứ pháp lý phải dẫn đủ và đúng: tên loại, số và ký hiệu, ngày ban hành, cơ quan ban hành.

Số viết hỏng (“118/2025/NĐCP”, “576/TTr- SNN”) thì không tra được văn bản; thiếu ngày hoặc cơ quan ban hành thì không
biết chắc là văn bản nào. Mỗi kiểu sai có lời nhắc riêng: số viết hỏng, ngày viết hỏng, còn để trống, tên loại trái với
ký hiệu (“Quyết định số 09/KH-UBND”), thiếu tên loại, thiếu số, thiếu năm trong số, thiếu ngày, thiếu cơ quan.

Một mục dẫn nhiều văn bản nối bằng dấu `;` thì xét từng văn bản. Văn bản chỉ được nhắc trong tên của văn bản khác (“sửa
đổi một số điều của Nghị định số …”) không cần đủ ngày và cơ quan, nhưng số vẫn phải viết đúng.

Luật, bộ luật, pháp lệnh được dẫn bằng tên và ngày, không kèm số: dẫn kèm số, hoặc chỉ ghi năm, được nhắc ở mức lưu ý vì
nhiều quyết định đã ban hành vẫn ghi như vậy.

Không bị báo: quy chế, nội quy, tiêu chuẩn không có số; ngày viết “05/3/2020” hay “ngày 05 tháng 3 năm 2020”, ngày có hay
không có số 0 ở đầu; số và ký hiệu của văn bản Đảng (“39-NQ/TW”).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.citations import TrichDan, cited
from qtnb.lint.document_numbers import Damage
from qtnb.lint.legal_texts import register
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Áp dụng với Văn phòng Sở
can_cu_phap_ly:
  - {basis}
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look at the spelling of every text named, and at the completeness of those cited."""
    for at, item, texts in cited(file.data):
        for text in texts:
            yield from _spelling(at, item, text)
            if text.chinh:
                yield from _completeness(at, text)


def _spelling(at: DataPath, item: str, text: TrichDan) -> Iterator[Remark]:
    so, ngay = text.so, text.ngay
    if so is not None and so.hu_hong:
        message = f"Số “{shown(so.viet)}” {_listed(so.hu_hong)}."
        fix = Fix(at, item.replace(so.viet, so.sua, 1))
        yield Remark(at, RULE.id, message, f"Viết: {so.sua}", fix=fix)
    if ngay is not None and ngay.sua:
        message = f"Ngày “{shown(ngay.viet)}” của {shown(text.goi)} viết không đúng dạng."
        fix = Fix(at, item.replace(ngay.viet, ngay.sua, 1))
        yield Remark(at, RULE.id, message, f"Viết: {ngay.sua}", fix=fix)
    meant = so.loai_dung(text.loai) if so is not None else ""
    if so is not None and meant:
        message = f"“{shown(text.goi)}”: ký hiệu {so.nhom_dau} là của {meant}, không phải của {text.loai}."
        yield Remark(at, RULE.id, message, "Xem lại văn bản gốc, sửa tên loại hoặc ký hiệu.")


def _listed(damage: tuple[Damage, ...]) -> str:
    return ", ".join(kind.value if kind is not Damage.LETTER else f"có {kind.value}" for kind in damage)


def _completeness(at: DataPath, text: TrichDan) -> Iterator[Remark]:
    if text.so is not None and text.so.trong or text.ngay is not None and text.ngay.trong:
        what = " và ".join(_blanks(text))
        message = f"Còn để trống {what} của văn bản {shown(text.so.viet if text.so else text.goi)}."
        yield Remark(at, RULE.id, message, "Ghi khi văn bản được dẫn đã có số, ngày.", Severity.WARNING)
    elif text.la_luat:
        yield from _law(at, text)
    elif text.so is None:
        message = f"{text.loai} được dẫn không có số, ký hiệu."
        yield Remark(at, RULE.id, message, "Ghi đủ số, ký hiệu, ngày và cơ quan ban hành.", Severity.WARNING)
    else:
        yield from _numbered(at, text)


def _blanks(text: TrichDan) -> Iterator[str]:
    if text.so is not None and text.so.trong:
        yield "số"
    if text.ngay is not None and text.ngay.trong:
        yield "ngày"


def _law(at: DataPath, text: TrichDan) -> Iterator[Remark]:
    hint = _full(text) or f"Dẫn tên và ngày, ví dụ: {text.loai} {text.ten or '…'} ngày … tháng … năm …"
    if text.so is not None:
        message = f"{shown(text.loai + ' ' + text.ten)} được dẫn kèm số {text.so.viet}."
        yield Remark(at, RULE.id, message, hint, Severity.INFO)
    elif text.ngay is None and text.nam is not None:
        message = f"{shown(text.goi)} được dẫn bằng năm {text.nam}, chưa ghi ngày."
        yield Remark(at, RULE.id, message, hint, Severity.INFO)
    elif text.ngay is None:
        yield Remark(at, RULE.id, f"{shown(text.goi)} được dẫn không có ngày.", hint, Severity.WARNING)


def _numbered(at: DataPath, text: TrichDan) -> Iterator[Remark]:
    so = text.so
    if so is None:
        return
    if so.thieu_nam(text.loai):
        year = f"Viết: {so.viet.replace('/', f'/{text.nam}/', 1)}" if text.nam else "Ghi năm ban hành sau số."
        yield Remark(at, RULE.id, f"“{shown(text.goi)}” thiếu năm trong số.", year, Severity.WARNING)
    missing = [
        what
        for what, absent in (
            ("tên loại", not text.loai),
            ("ngày ban hành", text.ngay is None),
            ("cơ quan ban hành", not text.co_quan and not so.dang),
        )
        if absent
    ]
    if missing:
        hint = _full(text) or "Ghi đủ tên loại, số và ký hiệu, ngày, cơ quan ban hành, trích yếu."
        severity = Severity.INFO if missing == ["cơ quan ban hành"] else Severity.WARNING
        yield Remark(at, RULE.id, f"{shown(text.goi)} được dẫn thiếu {' và '.join(missing)}.", hint, severity)


def _full(text: TrichDan) -> str:
    """The citation in full, for a text that the register holds."""
    known = register().find(text)
    return f"Viết: {known.cach_dan}" if known else ""


RULE: Final = Rule(
    id="law-shape",
    title="Văn bản được dẫn viết hỏng hoặc thiếu",
    severity=Severity.ERROR,
    nguon=(
        "Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.3 (số, ký hiệu) và II.6 (viện dẫn); "
        "84 trong 102 quyết định đã ban hành dẫn luật bằng ngày, 17 dẫn kèm số"
    ),
    bad={"quy-trinh/a.yaml": _CV.format(basis="Nghị định số 118/2025/NĐCP ngày 09/6/2025 của Chính phủ")},
    good={"quy-trinh/a.yaml": _CV.format(basis="Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ")},
    check_file=check,
    kinds=frozenset({"CV", "QD"}),
)
