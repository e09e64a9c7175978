"""What must hold between the files of a kho."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from qtnb.abolitions import check_abolished
from qtnb.finding import Remark
from qtnb.references import NOTHING_ELSEWHERE, SYMBOL, KnownNames, Names, check_decision
from qtnb.source import Source, khoa_of

Placed: TypeAlias = tuple[Source, Remark]


def check_integrity(
    quy_trinh: Sequence[Source],
    quyet_dinh: Sequence[Source],
    unfit: Sequence[Source],
    elsewhere: KnownNames = NOTHING_ELSEWHERE,
) -> Iterator[Placed]:
    """Check procedures and decisions that fit their schemas against each other.

    ``unfit`` are the procedures that failed an earlier stage: their keys exist, and no reference to
    them is called missing, for one fault is told once. Nor is one to a name that is known ``elsewhere``.
    """
    yield from _duplicate_keys((*quy_trinh, *unfit))
    yield from _duplicate_keys(quyet_dinh)
    for source in quy_trinh:
        yield from _key_like_symbol(source)
    yield from _duplicate_symbols(quy_trinh)
    names = Names(quy_trinh, unfit, quyet_dinh, elsewhere)
    for source in quyet_dinh:
        yield from ((source, remark) for remark in check_decision(source, names))
        yield from ((source, remark) for remark in check_abolished(source, names))


def _duplicate_keys(sources: Sequence[Source]) -> Iterator[Placed]:
    by_key: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_key[khoa_of(source.tep).casefold()].append(source)
    for same in by_key.values():
        for source in same if len(same) > 1 else ():
            others = ", ".join(other.path for other in same if other is not source)
            message = f"Khóa “{khoa_of(source.tep)}” (tên tệp) cũng có ở {others}."
            hint = "Đổi tên một trong hai tệp: tên tệp là khóa của quy trình, không được trùng trong một kho."
            yield source, Remark((), "duplicate-file-key", message, hint)


def _key_like_symbol(source: Source) -> Iterator[Placed]:
    key = khoa_of(source.tep)
    if SYMBOL.fullmatch(key):
        message = f"Tên tệp “{key}” viết như một ký hiệu; quyết định gọi “{key}” sẽ không rõ là khóa hay ký hiệu."
        hint = "Đổi tên tệp theo tên quy trình, ví dụ: tiep-nhan-van-ban-den.yaml"
        yield source, Remark((), "key-like-symbol", message, hint)


def _duplicate_symbols(sources: Sequence[Source]) -> Iterator[Placed]:
    by_symbol: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.data.get("ky_hieu"):
            by_symbol[source.data["ky_hieu"]].append(source)
    for symbol, same in by_symbol.items():
        for source in same if len(same) > 1 else ():
            others = ", ".join(other.path for other in same if other is not source)
            message = f"Ký hiệu {symbol} cũng có ở {others}."
            hint = "Chạy qtnb number --resolve: quy trình đã phê duyệt giữ số, dự thảo nhận số mới."
            yield source, Remark(("ky_hieu",), "duplicate-symbol", message, hint)
