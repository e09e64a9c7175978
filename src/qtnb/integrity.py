"""What must hold between the files of a kho."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from qtnb.finding import Remark
from qtnb.source import Source, Value, khoa_of
from qtnb.text import shown

_SYMBOL = re.compile(r"(?:CV|LT)-[0-9]+")

Placed: TypeAlias = tuple[Source, Remark]


def check_integrity(
    quy_trinh: Sequence[Source], quyet_dinh: Sequence[Source], unfit: Sequence[Source]
) -> Iterator[Placed]:
    """Check procedures and decisions that fit their schemas against each other.

    ``unfit`` are the procedures that failed an earlier stage: their keys exist, and no reference to
    them is called missing, for one fault is told once.
    """
    yield from _duplicate_keys((*quy_trinh, *unfit))
    yield from _duplicate_keys(quyet_dinh)
    for source in quy_trinh:
        yield from _key_like_symbol(source)
    yield from _duplicate_symbols(quy_trinh)
    names = _Names(quy_trinh, unfit)
    for source in quyet_dinh:
        yield from _named(source, names)


class _Names:
    """What a decision may call a procedure by."""

    def __init__(self, quy_trinh: Sequence[Source], unfit: Sequence[Source]) -> None:
        self.known = {khoa_of(source.tep): source for source in quy_trinh}
        self.known |= {source.data["ky_hieu"]: source for source in quy_trinh if source.data.get("ky_hieu")}
        self.unfit = {khoa_of(source.tep) for source in unfit}
        self.unfit |= {
            source.data["ky_hieu"]
            for source in unfit
            if isinstance(source.data, dict) and isinstance(source.data.get("ky_hieu"), str)
        }
        self.symbols_uncertain = any(not isinstance(source.data, dict) for source in unfit)

    def may_exist(self, name: str) -> bool:
        """Whether a file that could not be read to the end may be meant."""
        return name in self.unfit or (self.symbols_uncertain and name.startswith(("CV-", "LT-")))


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
    if _SYMBOL.fullmatch(key):
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
            hint = "Giữ ký hiệu ở quy trình đã phê duyệt, xóa ở tệp kia rồi chạy qtnb number."
            yield source, Remark(("ky_hieu",), "duplicate-symbol", message, hint)


def _named(source: Source, names: _Names) -> Iterator[Placed]:
    data = source.data
    loai = "LT" if data.get("pham_vi_lien_thong") else "CV"
    if data["quy_trinh"] == "tat_ca":
        yield from _all_named(source, loai, names)
        return
    first: dict[str, str] = {}
    for number, name in enumerate(data["quy_trinh"]):
        at = ("quy_trinh", number)
        found = names.known.get(name)
        if found is not None and found.tep in first:
            message = f"“{name}” chính là quy trình đã nêu bằng “{first[found.tep]}”; quyết định sẽ in hai lần."
            yield source, Remark(at, "procedure-twice", message, "Xóa một trong hai.")
            continue
        if found is not None:
            first[found.tep] = name
        if found is None:
            if not names.may_exist(name):
                message = f"Không có quy trình nào trong kho mang khóa hoặc ký hiệu “{shown(name)}”."
                yield source, Remark(at, "unknown-procedure", message, _nearest(name, names))
        elif found.data["loai"] != loai:
            message = f"“{name}” là quy trình {found.data['loai']}, còn quyết định này phê duyệt quy trình {loai}."
            hint = "Đưa quy trình này sang quyết định khác, hoặc sửa khóa pham_vi_lien_thong."
            yield source, Remark(at, "procedure-kind", message, hint)
        elif _lacks_content(data, found.data):
            message = f"Quyết định phê duyệt nội dung, nhưng quy trình “{name}” chưa có nội dung ({found.path})."
            hint = "Viết nội dung cho quy trình và xóa chua_co_noi_dung, hoặc bỏ quy trình khỏi quyết định."
            yield source, Remark(at, "procedure-without-content", message, hint)


def _all_named(source: Source, loai: str, names: _Names) -> Iterator[Placed]:
    of_kind = {item.tep: item for item in names.known.values() if item.data["loai"] == loai}
    if not of_kind and not names.unfit:
        message = f"Kho chưa có quy trình {loai} nào để phê duyệt."
        hint = f"Tạo quy trình bằng lệnh: qtnb new {loai.lower()} TÊN"
        yield source, Remark(("quy_trinh",), "unknown-procedure", message, hint)
    empty = [item.path for _, item in sorted(of_kind.items()) if _lacks_content(source.data, item.data)]
    if empty:
        message = f"Quyết định phê duyệt nội dung của tất cả, nhưng chưa có nội dung: {', '.join(empty)}."
        hint = "Viết nội dung cho các quy trình này, hoặc liệt kê ở quy_trinh những quy trình đã có nội dung."
        yield source, Remark(("quy_trinh",), "procedure-without-content", message, hint)


def _lacks_content(quyet_dinh: Value, quy_trinh: Value) -> bool:
    return quyet_dinh["phe_duyet"] != "danh_muc" and bool(quy_trinh.get("chua_co_noi_dung"))


def _nearest(name: str, names: _Names) -> str:
    if _SYMBOL.fullmatch(name):
        return "Xem các khóa và ký hiệu bằng lệnh: qtnb list"
    # rapidfuzz is loaded only to help with a mistake.
    from rapidfuzz import process

    near = process.extractOne(name, list(names.known), score_cutoff=60)
    return f"Có phải là “{near[0]}”?" if near else "Xem các khóa và ký hiệu bằng lệnh: qtnb list"
