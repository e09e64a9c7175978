"""What was cut, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanhKho
from qtnb.don_gian_hoa.times import unit_name
from qtnb.don_gian_hoa.totals import total_of
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Kind


def summary(kho: Sequence[SoSanhKho]) -> str:
    """The sums of what was cut, then how many procedures are in no such sum and why."""
    return f"{_cut(kho)} {_others(kho)}".strip()


def _cut(kho: Sequence[SoSanhKho]) -> str:
    total = total_of(item for place in kho for item in place.of(KetQua.CAT_GIAM))
    if not total.quy_trinh:
        return "Không có quy trình nào được cắt giảm."
    parts = [_less(Fraction(total.buoc_truoc), Fraction(total.buoc_sau), "bước")]
    parts += [
        _less(total.thoi_gian[unit].truoc, total.thoi_gian[unit].sau, unit_name(unit)) for unit in total.thoi_gian
    ]
    return f"Cắt giảm {printed(Kind.COUNT, total.quy_trinh)} quy trình: {'; '.join(filter(None, parts))}."


def _less(before: Fraction, after: Fraction, unit: str) -> str:
    """``từ 18 bước còn 13 (giảm 27,78%)``; empty where nothing was saved."""
    if before == after:
        return ""
    rate = printed(Kind.RATIO, (before - after) / before)
    return f"từ {printed(Kind.AMOUNT, before)} {unit} còn {printed(Kind.AMOUNT, after)} (giảm {rate})"


def _others(kho: Sequence[SoSanhKho]) -> str:
    counts = [(word, count) for word, count in _counts(kho) if count]
    text = "; ".join(f"{word} {printed(Kind.COUNT, count)}" for word, count in counts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _counts(kho: Sequence[SoSanhKho]) -> Iterator[tuple[str, int]]:
    yield "tăng", sum(len(place.of(KetQua.TANG)) for place in kho)
    yield "không đổi", sum(len(place.of(KetQua.KHONG_DOI)) for place in kho)
    not_computable = sum(len(place.of(KetQua.KHONG_TINH_DUOC)) + len(place.khong_so_duoc) for place in kho)
    yield "không tính được", not_computable
    gone = [group for place in kho for group in place.khong_con]
    yield "bãi bỏ", sum(len(group.truoc) for group in gone if not group.sau)
    yield "được thay thế, gộp", sum(len(group.truoc) for group in gone if group.sau)
    yield "mới", sum(len(place.bo_sung) for place in kho)
