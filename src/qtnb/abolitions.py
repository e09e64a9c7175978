"""What decisions say of the decisions that they abolish, which must be there, be signed and be in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtnb.finding import DataPath, Remark
from qtnb.references import KnownDecision, Names, nearest
from qtnb.source import Source, khoa_of
from qtnb.text import shown

_CITATION = re.compile(r"Quyết định số\s*\d+\s*/\s*QĐ\S*.*\b\d{4}\b", re.IGNORECASE | re.DOTALL)
"""An earlier decision cited by number, symbol and date; its key would be shorter."""
_PARTS_CITED = re.compile(
    r"Quyết định số\s*(\d{1,6})\s*/\s*(QĐ[^\s,;.]*),?\s+"
    r"ngày\s+(\d\d?)(?:\s*/\s*|\s+tháng\s+)(\d\d?)(?:\s*/\s*|\s+năm\s+)(\d{4})\b",
    re.IGNORECASE,
)
"""The same with its parts: number, symbol, day, month and year. Another agency may have one of the same number."""


def check_abolished(source: Source, names: Names) -> Iterator[Remark]:
    """Check the earlier decisions that one decision abolishes."""
    told: set[str] = set()
    for row, name in enumerate(source.data.get("bai_bo_quyet_dinh") or ()):
        at: DataPath = ("bai_bo_quyet_dinh", row)
        found, known = names.decisions.get(name), names.elsewhere.da_ky.get(name)
        if name in told:
            message = f"Quyết định “{shown(name)}” đã nêu ở trên."
            yield Remark(at, "decision-twice", message, "Xóa một trong hai.")
        elif found is not None:
            yield from _abolishable(at, name, found, source)
            yield from _in_force(at, name, _of_file(found, name, source, names), source)
        elif known is not None:
            yield from _in_force(at, name, known, source)
        elif _CITATION.match(name):
            yield from _cited_by_text(at, name, names)
        elif name not in names.elsewhere.quyet_dinh:
            message = f"Không có quyết định nào trong kho mang khóa “{shown(name)}”."
            cite = "Quyết định ngoài kho thì viết đủ: Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022 của …"
            yield Remark(at, "unknown-decision", message, nearest(name, names.decisions, cite))
        told.add(name)


def _abolishable(at: DataPath, name: str, found: Source, source: Source) -> Iterator[Remark]:
    if found is source:
        message = "Quyết định không thể bãi bỏ chính nó."
        yield Remark(at, "abolishes-itself", message, "Ghi khóa của quyết định trước đây, hoặc xóa mục này.")
    elif not _is_signed(found):
        message = f"Quyết định “{name}” chưa có số, ngày ban hành ({found.path}), nên không có gì để bãi bỏ."
        hint = "Ghi so và ngay vào quyết định đó nếu đã ký; nếu chưa ký thì xóa mục này."
        yield Remark(at, "decision-not-signed", message, hint)


def _in_force(at: DataPath, name: str, known: KnownDecision | None, source: Source) -> Iterator[Remark]:
    """A decision is abolished once, and by one that was signed after it."""
    if known is None:
        return
    if _is_signed(source) and (known.ngay, known.so) > _place(source):
        message = f"Quyết định “{shown(name)}” ký sau quyết định này, nên không thể bị quyết định này bãi bỏ."
        yield Remark(at, "decision-later", message, "Kiểm tra lại số, ngày và quyết định bị bãi bỏ.")
    elif known.bai_bo_boi:
        message = f"Quyết định “{shown(name)}” đã bị bãi bỏ tại {known.bai_bo_boi}."
        yield Remark(at, "decision-abolished", message, "Xóa mục này.")


def _of_file(found: Source, name: str, source: Source, names: Names) -> KnownDecision | None:
    """What is known of a decision by its own file and those of the others; None for a draft."""
    if found is source or not _is_signed(found):
        return None
    earlier = (
        f"quyết định “{khoa_of(other.tep)}”"
        for other in names.decisions.values()
        if other is not source and _is_signed(other) and name in (other.data.get("bai_bo_quyet_dinh") or ())
        if not _is_signed(source) or _place(other) < _place(source)
    )
    ngay, so = _place(found)
    return KnownDecision(so, "", ngay, next(earlier, ""))


def _cited_by_text(at: DataPath, text: str, names: Names) -> Iterator[Remark]:
    """A decision of this kho must be named by its key: of a text nobody knows what it approved."""
    cited = _PARTS_CITED.match(text)
    if cited is None:
        return
    so, ky_hieu, day, month, year = cited.groups()
    place = (int(so), ky_hieu.upper(), f"{year}-{int(month):02d}-{int(day):02d}")
    for khoa, known in names.elsewhere.da_ky.items():
        if place == (known.so, known.ky_hieu.upper(), known.ngay):
            message = f"“{shown(text)}” là quyết định đã ghi sổ của kho này, khóa “{khoa}”."
            hint = f"Ghi khóa thay cho câu viện dẫn, văn bản vẫn in đủ số, ngày, trích yếu: {khoa}"
            yield Remark(at, "decision-has-key", message, hint)


def _is_signed(source: Source) -> bool:
    return bool(source.data.get("so") and source.data.get("ngay"))


def _place(source: Source) -> tuple[str, int]:
    """The place of a signed decision among others."""
    return source.data["ngay"], int(source.data["so"])
