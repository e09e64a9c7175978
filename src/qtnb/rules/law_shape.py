"""Căn cứ pháp lý phải dẫn đủ và đúng: tên loại, số và ký hiệu, ngày ban hành, cơ quan ban hành.

Số viết hỏng (“118/2025/NĐCP”, “576/TTr- SNN”) thì không tra được văn bản; thiếu ngày hoặc cơ quan ban hành thì không
biết chắc là văn bản nào. Mỗi kiểu sai có lời nhắc riêng: số viết hỏng, ngày viết hỏng, còn để trống, tên loại trái với
ký hiệu (“Quyết định số 09/KH-UBND”), thiếu tên loại, thiếu số, thiếu năm trong số, thiếu ngày, thiếu cơ quan.

Một mục dẫn nhiều văn bản nối bằng dấu `;` thì xét từng văn bản. Văn bản chỉ được nhắc trong tên của văn bản khác (“sửa
đổi một số điều của Nghị định số …”) không cần đủ ngày và cơ quan, nhưng số vẫn phải viết đúng.

Luật, bộ luật, pháp lệnh được dẫn bằng tên và ngày, không kèm số: dẫn kèm số, hoặc chỉ ghi năm, được nhắc ở mức lưu ý
vì nhiều quyết định đã ban hành vẫn ghi như vậy.

Không bị báo: quy chế, nội quy, tiêu chuẩn không có số; ngày viết “05/3/2020” hay “ngày 05 tháng 3 năm 2020”, ngày có
hay không có số 0 ở đầu; số và ký hiệu của văn bản Đảng (“39-NQ/TW”).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qtnb.finding import Fix, Remark, Severity
from qtnb.lint.citations import TrichDan, citing_items, read_citations
from qtnb.lint.document_numbers import Damage, SoKyHieu
from qtnb.lint.legal_texts import register
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_YEAR_IN_NUMBERS: Final = 1997
"""Since the Law on legal documents of 1996 the numbers of normative texts hold the year."""

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


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with one item, wherever it stands."""

    message: str
    hint: str
    severity: Severity
    repaired: str = ""
    """The item put right; empty when only a person can."""


def check(file: FileView) -> Iterator[Remark]:
    """Look at the spelling of every text named, and at the completeness of those cited."""
    for at, item in citing_items(file.data):
        for fault in _faults(item):
            fix = Fix(at, fault.repaired) if fault.repaired else None
            yield Remark(at, RULE.id, fault.message, fault.hint, fault.severity, fix=fix)


@lru_cache(maxsize=8192)
def _faults(item: str) -> tuple[_Fault, ...]:
    faults: list[_Fault] = []
    for text in read_citations(item):
        faults.extend(_spelling(item, text))
        if text.chinh:
            faults.extend(_completeness(text))
    return tuple(faults)


def _spelling(item: str, text: TrichDan) -> Iterator[_Fault]:
    so, ngay = text.so, text.ngay
    if so is not None and so.hu_hong:
        message = f"Số “{shown(so.viet)}” {_listed(so.hu_hong)}."
        yield _Fault(message, f"Viết: {so.sua}", Severity.ERROR, item.replace(so.viet, so.sua, 1))
    if ngay is not None and ngay.sua:
        message = f"Ngày “{shown(ngay.viet)}” của {_called(text)} viết không đúng dạng."
        # Broken slashes may hide another number; other signs only look unusual.
        severity = Severity.ERROR if "/" in ngay.viet else Severity.WARNING
        yield _Fault(message, f"Viết: {ngay.sua}", severity, item.replace(ngay.viet, ngay.sua, 1))
    meant = so.loai_dung(text.loai) if so is not None else ""
    if so is not None and meant:
        message = f"“{_called(text)}”: ký hiệu {so.nhom_dau} là của {meant}, không phải của {text.loai}."
        yield _Fault(message, "Xem lại văn bản gốc, sửa tên loại hoặc ký hiệu.", Severity.ERROR)


def _listed(damage: tuple[Damage, ...]) -> str:
    return ", ".join(kind.value if kind is not Damage.LETTER else f"có {kind.value}" for kind in damage)


def _completeness(text: TrichDan) -> Iterator[_Fault]:
    so, blanks = text.so, " và ".join(_blanks(text))
    if blanks:
        message = f"Còn để trống {blanks} của văn bản {shown(so.viet if so else text.goi)}."
        yield _Fault(message, "Ghi khi văn bản được dẫn đã có số, ngày.", Severity.WARNING)
    elif text.la_luat:
        yield from _law(text)
    elif so is None:
        message = f"{text.loai} được dẫn không có số, ký hiệu."
        yield _Fault(message, "Ghi đủ số, ký hiệu, ngày và cơ quan ban hành.", Severity.WARNING)
    else:
        yield from _numbered(text, so)


def _blanks(text: TrichDan) -> Iterator[str]:
    if text.so is not None and text.so.trong:
        yield "số"
    if text.ngay is not None and text.ngay.trong:
        yield "ngày"


def _law(text: TrichDan) -> Iterator[_Fault]:
    hint = _full(text) or f"Dẫn tên và ngày, ví dụ: {text.loai} {text.ten or '…'} ngày … tháng … năm …"
    if text.so is not None:
        yield _Fault(f"{_called(text)} được dẫn kèm số.", hint, Severity.INFO)
    elif text.ngay is None and text.nam is not None:
        yield _Fault(f"{_called(text)} được dẫn bằng năm, chưa ghi ngày.", hint, Severity.INFO)
    elif text.ngay is None:
        yield _Fault(f"{_called(text)} được dẫn không có ngày.", hint, Severity.WARNING)


def _numbered(text: TrichDan, so: SoKyHieu) -> Iterator[_Fault]:
    if so.thieu_nam(text.loai) and (text.nam is None or text.nam >= _YEAR_IN_NUMBERS):
        hint = f"Viết: {so.viet.replace('/', f'/{text.nam}/', 1)}" if text.nam else "Ghi năm ban hành sau số."
        yield _Fault(f"“{_called(text)}” thiếu năm trong số.", hint, Severity.WARNING)
    parts = (
        ("tên loại", bool(text.loai)),
        ("ngày ban hành", text.ngay is not None),
        ("cơ quan ban hành", text.co_quan or so.dang),
    )
    missing = [part for part, present in parts if not present]
    if missing:
        hint = _full(text) or "Ghi đủ tên loại, số và ký hiệu, ngày, cơ quan ban hành, trích yếu."
        severity = Severity.INFO if missing == ["cơ quan ban hành"] else Severity.WARNING
        yield _Fault(f"{_called(text)} được dẫn thiếu {', '.join(missing)}.", hint, severity)


def _called(text: TrichDan) -> str:
    return shown(text.goi, 120)


def _full(text: TrichDan) -> str:
    """The citation in full, for a text that the register holds; none is completed that is no longer in force."""
    known = register().find(text)
    return f"Viết: {known.cach_dan}" if known and known.het_hieu_luc_tu is None else ""


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
