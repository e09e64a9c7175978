"""What decisions name: procedures, which must be there, and what is known of names without a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from qtnb.finding import DataPath, Remark
from qtnb.source import Source, Value, khoa_of
from qtnb.text import shown

SYMBOL: Final = re.compile(r"(?:CV|LT)-[0-9]+")

_SEE_LIST: Final = "Xem các khóa và ký hiệu bằng lệnh: qtnb list"


@dataclass(frozen=True, slots=True)
class KnownDecision:
    """A signed decision of which no file is looked at."""

    so: int
    ky_hieu: str
    """``QĐ-SNV``."""
    ngay: str
    """Year-month-day."""
    bai_bo_boi: str = ""
    """How a sentence names the decision that abolished it; empty while it is in force."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that mean something although no file at hand carries them, as in a register."""

    quy_trinh: frozenset[str] = frozenset()
    """Keys and symbols of procedures whose file may be gone."""
    quyet_dinh: frozenset[str] = frozenset()
    """Keys of decisions that are signed, or of which only that they exist is known."""
    khong_dung_duoc: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """Names of procedures that no decision can use any longer: why, and what to do."""
    da_ky: Mapping[str, KnownDecision] = field(default_factory=dict)
    """Those of the decisions of which more is known, by key."""


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
    """Check the procedures that one decision names; of decisions see :mod:`qtnb.abolitions`."""
    yield from _approved(source, names)
    yield from _replaced(source, names)


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
        ended = any(name.startswith(f"{loai}-") for name in names.elsewhere.khong_dung_duoc)
        still = "không còn" if ended else "chưa có"
        message = f"Kho {still} quy trình {loai} nào để phê duyệt."
        hint = f"Tạo quy trình bằng lệnh: qtnb new {loai.lower()} TÊN" + (
            "; hoặc xóa quyết định này nếu không ban hành nữa." if ended else ""
        )
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
        if name in names.elsewhere.khong_dung_duoc:
            return Remark(at, "unknown-procedure", *names.elsewhere.khong_dung_duoc[name])
        message = f"Không có quy trình nào trong kho mang khóa hoặc ký hiệu “{shown(name)}”."
        hint = _SEE_LIST if SYMBOL.fullmatch(name) else nearest(name, names.known, _SEE_LIST)
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


def nearest(name: str, known: Mapping[str, Source], otherwise: str) -> str:
    """The hint for a name that is not among ``known``: the one that it may stand for, else ``otherwise``."""
    # rapidfuzz is loaded only to help with a mistake.
    from rapidfuzz import process

    near = process.extractOne(name, list(known), score_cutoff=60)
    return f"Có phải là “{near[0]}”?" if near else otherwise
