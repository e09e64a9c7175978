"""What a decision changes, as the rows of a table that sets old and new side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qtnb.words.vocabulary import DongSoSanhWords, NhomSoSanh
from qtnb.words.writing import one_line, paragraphs, roman

_NOT_BEFORE = "Chưa có"
_NO_LONGER = "Bỏ"


@dataclass(frozen=True, slots=True)
class DongSoSanh:
    """One thing that changed."""

    nhan: str
    """What: ``Bước B3, đơn vị chủ trì``."""
    hien_hanh: str
    """As approved now; empty when it is new."""
    sua_doi: str
    """As it becomes; empty when it goes."""
    ly_do: str = ""


@dataclass(frozen=True, slots=True)
class SoSanhQuyTrinh:
    """What changed in one procedure."""

    ten: str
    ky_hieu: str
    dong: tuple[DongSoSanh, ...]
    so_buoc: tuple[int, int] | None = None
    """How many steps before and after; None when not known."""
    thoi_gian: tuple[str, str] | None = None
    """The total time before and after, as printed; None when not known."""


@dataclass(frozen=True, slots=True)
class BangSoSanh:
    """What a decision changes in all its procedures."""

    quy_trinh: tuple[SoSanhQuyTrinh, ...]
    so_buoc: tuple[int, int] | None = None
    """Steps of all of them together; None when not known, or for one procedure alone."""
    thoi_gian: tuple[str, str] | None = None

    @property
    def thay_doi(self) -> tuple[SoSanhQuyTrinh, ...]:
        """The procedures in which anything changed; only they are printed."""
        return tuple(item for item in self.quy_trinh if item.dong)


def comparison_groups(bang: BangSoSanh) -> list[NhomSoSanh]:
    """The rows, a group for each procedure and one for the totals of all."""
    groups: list[NhomSoSanh] = [
        {"tieu_de": f"{roman(number)}. {_named(item)}", "dong": [*_rows(item.dong), *_totals(item)]}
        for number, item in enumerate(bang.thay_doi, start=1)
    ]
    if totals := list(_totals(bang)):
        groups.append({"tieu_de": "Tổng cộng", "dong": totals})
    for group in groups[-1:]:
        group["dong"][-1]["la_cuoi"] = True
    return groups


def _named(item: SoSanhQuyTrinh) -> str:
    return f"{one_line(item.ten)} ({item.ky_hieu})" if item.ky_hieu else one_line(item.ten)


def _rows(changes: Sequence[DongSoSanh]) -> Iterator[DongSoSanhWords]:
    reason = ""
    for number, change in enumerate(changes, start=1):
        ly_do = change.ly_do.strip()
        yield {
            "stt": str(number),
            "nhan": paragraphs(change.nhan),
            "hien_hanh": paragraphs(change.hien_hanh.strip() or _NOT_BEFORE),
            "sua_doi": paragraphs(change.sua_doi.strip() or _NO_LONGER),
            "ly_do": paragraphs(ly_do),
            "cung_ly_do": bool(ly_do) and ly_do == reason,
            "la_tong": False,
            "la_cuoi": False,
        }
        reason = ly_do


def _totals(of: SoSanhQuyTrinh | BangSoSanh) -> Iterator[DongSoSanhWords]:
    if of.so_buoc is not None:
        before, after = of.so_buoc
        yield _total("Tổng số bước", str(before), str(after))
    if of.thoi_gian is not None:
        yield _total("Tổng thời gian", *of.thoi_gian)


def _total(what: str, before: str, after: str) -> DongSoSanhWords:
    return {
        "stt": "",
        "nhan": [what],
        "hien_hanh": paragraphs(before),
        "sua_doi": paragraphs(after),
        "ly_do": [""],
        "cung_ly_do": False,
        "la_tong": True,
        "la_cuoi": False,
    }
