"""What decisions name: procedures and earlier decisions, which must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qtnb.finding import DataPath, Remark
from qtnb.source import Source, Value, khoa_of
from qtnb.text import shown

SYMBOL: Final = re.compile(r"(?:CV|LT)-[0-9]+")

_CITATION = re.compile(r"Quyết định số\s*\d+\s*/\s*QĐ\S*.*\b\d{4}\b", re.IGNORECASE | re.DOTALL)
"""An earlier decision cited by number, symbol and date; its key would be shorter."""
_SEE_LIST: Final = "Xem các khóa và ký hiệu bằng lệnh: qtnb list"


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that mean something although no file at hand carries them, as in a register."""

    quy_trinh: frozenset[str] = frozenset()
    """Keys and symbols of procedures whose file may be gone."""
    quyet_dinh: frozenset[str] = frozenset()
    """Keys of decisions that are signed, or of which only that they exist is known."""


NOTHING_ELSEWHERE: Final = KnownNames()


class Names:
    """What a decision may call a procedure or another decision by."""

    def __init__(
        self,
        quy_trinh: Sequence[Source],
        unfit: Sequence[Source],
        quyet_dinh: Sequence[Source],
        elsewhere: KnownNames,
    ) -> None:
        """Take the files that fit their schema, the procedures that do not, and names known elsewhere."""
        self.known = {khoa_of(source.tep): source for source in quy_trinh}
        self.known |= {source.data["ky_hieu"]: source for source in quy_trinh if source.data.get("ky_hieu")}
        self.unfit = {khoa_of(source.tep) for source in unfit}
        self.unfit |= {
            source.data["ky_hieu"]
            for source in unfit
            if isinstance(source.data, dict) and isinstance(source.data.get("ky_hieu"), str)
        }
        self.symbols_uncertain = any(not isinstance(source.data, dict) for source in unfit)
        self.decisions = {khoa_of(source.tep): source for source in quyet_dinh}
        self.elsewhere = elsewhere

    def may_exist(self, name: str) -> bool:
        """Whether ``name`` may mean a procedure of which there is no file that could be used."""
        return (
            name in self.unfit
            or name in self.elsewhere.quy_trinh
            or (self.symbols_uncertain and name.startswith(("CV-", "LT-")))
        )


def check_decision(source: Source, names: Names) -> Iterator[Remark]:
    """Check everything that one decision names."""
    yield from _approved(source, names)
    yield from _replaced(source, names)
    yield from _abolished(source, names)


# --- procedures -----------------------------------------------------------------------------------


def _approved(source: Source, names: Names) -> Iterator[Remark]:
    data = source.data
    if data["quy_trinh"] == "tat_ca":
        yield from _all_of_kind(data, names)
        return
    first: dict[str, str] = {}
    for row, name in enumerate(data["quy_trinh"]):
        at: DataPath = ("quy_trinh", row)
        fault = _fault(at, name, _loai(data), names, first)
        found = names.known.get(name)
        if fault is not None:
            yield fault
        elif found is not None and _lacks_content(data, found.data):
            message = f"Quyết định phê duyệt nội dung, nhưng quy trình “{name}” chưa có nội dung ({found.path})."
            hint = "Viết nội dung cho quy trình và xóa chua_co_noi_dung, hoặc bỏ quy trình khỏi quyết định."
            yield Remark(at, "procedure-without-content", message, hint)


def _all_of_kind(data: Value, names: Names) -> Iterator[Remark]:
    loai = _loai(data)
    of_kind = {item.tep: item for item in names.known.values() if item.data["loai"] == loai}
    if not of_kind and not names.unfit:
        message = f"Kho chưa có quy trình {loai} nào để phê duyệt."
        hint = f"Tạo quy trình bằng lệnh: qtnb new {loai.lower()} TÊN"
        yield Remark(("quy_trinh",), "unknown-procedure", message, hint)
    empty = [item.path for _, item in sorted(of_kind.items()) if _lacks_content(data, item.data)]
    if empty:
        message = f"Quyết định phê duyệt nội dung của tất cả, nhưng chưa có nội dung: {', '.join(empty)}."
        hint = "Viết nội dung cho các quy trình này, hoặc liệt kê ở quy_trinh những quy trình đã có nội dung."
        yield Remark(("quy_trinh",), "procedure-without-content", message, hint)


def _replaced(source: Source, names: Names) -> Iterator[Remark]:
    data = source.data
    first: dict[str, str] = {}
    for at, name, boi in _replacements(data):
        fault = _fault(at, name, _loai(data), names, first)
        if fault is not None:
            yield fault
        elif _is_approved(name, data, names):
            message = (
                f"Quy trình “{shown(name)}” vừa được phê duyệt (quy_trinh) vừa bị thay thế trong cùng một quyết định."
            )
            hint = "Xóa ở bi_thay_the nếu quy trình chỉ có nội dung mới; bỏ khỏi quy_trinh nếu quy trình hết hiệu lực."
            yield Remark(at, "replaced-and-approved", message, hint)
        if boi and not _is_approved(boi, data, names):
            message = f"Quy trình thay thế “{shown(boi)}” không được phê duyệt trong quyết định này."
            hint = "Thêm vào quy_trinh của quyết định, hoặc sửa khóa boi."
            yield Remark((*at[:2], "boi"), "successor-not-approved", message, hint)


def _replacements(data: Value) -> Iterator[tuple[DataPath, str, str]]:
    """The place, the name and the successor of each procedure that lapses."""
    for row, entry in enumerate(data.get("bi_thay_the") or ()):
        if isinstance(entry, str):
            yield ("bi_thay_the", row), entry, ""
        else:
            yield ("bi_thay_the", row, "quy_trinh"), entry["quy_trinh"], entry.get("boi") or ""


def _is_approved(name: str, data: Value, names: Names) -> bool:
    """Whether the decision approves the procedure ``name``, whatever it calls it."""
    found = names.known.get(name)
    if data["quy_trinh"] == "tat_ca":
        return found is not None and found.data["loai"] == _loai(data)
    listed: list[str] = data["quy_trinh"]
    return name in listed or (found is not None and any(names.known.get(other) is found for other in listed))


def _fault(at: DataPath, name: str, loai: str, names: Names, first: dict[str, str]) -> Remark | None:
    """What is wrong with naming ``name``; ``first`` keeps what the same list called each file before."""
    found = names.known.get(name)
    if found is None:
        if names.may_exist(name):
            return None
        message = f"Không có quy trình nào trong kho mang khóa hoặc ký hiệu “{shown(name)}”."
        hint = _SEE_LIST if SYMBOL.fullmatch(name) else _nearest(name, names.known, _SEE_LIST)
        return Remark(at, "unknown-procedure", message, hint)
    if found.tep in first:
        message = f"“{name}” chính là quy trình đã nêu bằng “{first[found.tep]}”; quyết định sẽ in hai lần."
        return Remark(at, "procedure-twice", message, "Xóa một trong hai.")
    first[found.tep] = name
    if found.data["loai"] != loai:
        message = f"“{name}” là quy trình {found.data['loai']}, còn quyết định này phê duyệt quy trình {loai}."
        hint = "Đưa quy trình này sang quyết định khác, hoặc sửa khóa pham_vi_lien_thong."
        return Remark(at, "procedure-kind", message, hint)
    return None


def _loai(data: Value) -> str:
    return "LT" if data.get("pham_vi_lien_thong") else "CV"


def _lacks_content(quyet_dinh: Value, quy_trinh: Value) -> bool:
    return quyet_dinh["phe_duyet"] != "danh_muc" and bool(quy_trinh.get("chua_co_noi_dung"))


# --- earlier decisions ----------------------------------------------------------------------------


def _abolished(source: Source, names: Names) -> Iterator[Remark]:
    told: set[str] = set()
    for row, name in enumerate(source.data.get("bai_bo_quyet_dinh") or ()):
        at: DataPath = ("bai_bo_quyet_dinh", row)
        if name in told:
            message = f"Quyết định “{shown(name)}” đã nêu ở trên."
            yield Remark(at, "decision-twice", message, "Xóa một trong hai.")
        elif (found := names.decisions.get(name)) is not None:
            yield from _abolishable(at, name, found, source)
        elif name not in names.elsewhere.quyet_dinh and not _CITATION.match(name):
            message = f"Không có quyết định nào trong kho mang khóa “{shown(name)}”."
            cite = "Quyết định ngoài kho thì viết đủ: Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2022 của …"
            yield Remark(at, "unknown-decision", message, _nearest(name, names.decisions, cite))
        told.add(name)


def _abolishable(at: DataPath, name: str, found: Source, source: Source) -> Iterator[Remark]:
    if found is source:
        message = "Quyết định không thể bãi bỏ chính nó."
        yield Remark(at, "abolishes-itself", message, "Ghi khóa của quyết định trước đây, hoặc xóa mục này.")
    elif not (found.data.get("so") and found.data.get("ngay")):
        message = f"Quyết định “{name}” chưa có số, ngày ban hành ({found.path}), nên không có gì để bãi bỏ."
        hint = "Ghi so và ngay vào quyết định đó nếu đã ký; nếu chưa ký thì xóa mục này."
        yield Remark(at, "decision-not-signed", message, hint)


def _nearest(name: str, known: Mapping[str, Source], otherwise: str) -> str:
    # rapidfuzz is loaded only to help with a mistake.
    from rapidfuzz import process

    near = process.extractOne(name, list(known), score_cutoff=60)
    return f"Có phải là “{near[0]}”?" if near else otherwise
