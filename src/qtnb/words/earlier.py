"""What was decided before a decision, as far as its words speak of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qtnb.kho import Kho, procedures_of
from qtnb.model import HinhThuc, PheDuyet, QuyetDinh
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.wording import scope_of, tham_quyen_of, trich_yeu_of
from qtnb.words.writing import one_line, so_of

_PARTS = {
    PheDuyet.DANH_MUC: ("danh_muc",),
    PheDuyet.NOI_DUNG: ("noi_dung",),
    PheDuyet.DANH_MUC_VA_NOI_DUNG: ("danh_muc", "noi_dung"),
}
_ALL_PARTS = _PARTS[PheDuyet.DANH_MUC_VA_NOI_DUNG]


@dataclass(frozen=True, slots=True)
class QuyTrinhBiThayThe:
    """A procedure that lapses."""

    ten: str
    """Name and symbol: ``“Tiếp nhận văn bản đến” (CV-02)``."""
    boi: str
    """Its successor, likewise; empty: the procedures of the decision together."""
    quyet_dinh: tuple[QuyetDinhTruoc, ...]
    """The decisions that approved it, oldest first; none when not known."""


@dataclass(frozen=True, slots=True)
class TruocDay:
    """What was decided before: all that a decision's words take from outside it and its procedures."""

    quy_trinh: Mapping[str, tuple[QuyetDinhTruoc, ...]]
    """The decisions in force about a procedure, by its key, oldest first."""
    bi_thay_the: tuple[QuyTrinhBiThayThe, ...]
    bai_bo: tuple[QuyetDinhTruoc | str, ...]
    """The decisions that are abolished; those of which no more is known as their author cited them."""


def truoc_day_of(kho: Kho, quyet_dinh: QuyetDinh) -> TruocDay:
    """What the decisions of ``kho`` that are signed and older than ``quyet_dinh`` have decided.

    A name that the kho does not hold stands as it is written. ``kho`` may be extended by decisions and
    procedures that are known from elsewhere.
    """
    cite = _Citations(kho)
    bai_bo = tuple(cite.named(name) for name in quyet_dinh.bai_bo_quyet_dinh)
    if quyet_dinh.hinh_thuc is HinhThuc.BAN_HANH:
        return TruocDay({}, (), bai_bo)
    before = _History(kho, quyet_dinh)
    parts = _ALL_PARTS if quyet_dinh.hinh_thuc is HinhThuc.BAI_BO else _PARTS[quyet_dinh.phe_duyet]
    keys = [item.khoa for item in procedures_of(kho, quyet_dinh)]
    return TruocDay(
        {key: cite.all(found) for key in keys if (found := before.about(key, parts))},
        tuple(
            QuyTrinhBiThayThe(
                before.called(entry.quy_trinh),
                before.called(entry.boi) if entry.boi else "",
                cite.all(before.about(before.key_of(entry.quy_trinh), _ALL_PARTS)),
            )
            for entry in quyet_dinh.bi_thay_the
        ),
        bai_bo,
    )


class _History:
    """The signed decisions of a kho before one of them, applied in order."""

    def __init__(self, kho: Kho, quyet_dinh: QuyetDinh) -> None:
        self._kho = kho
        self._named = {item.ky_hieu: item for item in kho.quy_trinh} | {item.khoa: item for item in kho.quy_trinh}
        self._about: dict[tuple[str, str], list[QuyetDinh]] = {}
        signed = sorted(_signed_before(kho, quyet_dinh), key=_when)
        abolished = {name for other in signed for name in other.bai_bo_quyet_dinh}
        for other in signed:
            if other.khoa not in abolished:
                self._apply(other)

    def about(self, key: str, parts: Sequence[str]) -> list[QuyetDinh]:
        """The decisions in force about ``parts`` of one procedure, oldest first."""
        found = {other.khoa: other for part in parts for other in self._about.get((key, part), ())}
        return sorted(found.values(), key=_when)

    def key_of(self, name: str) -> str:
        """The key of the procedure with the key or symbol ``name``; the name itself when it is not there."""
        return self._named[name].khoa if name in self._named else name

    def called(self, name: str) -> str:
        """How a sentence names the procedure with the key or symbol ``name``."""
        item = self._named.get(name)
        if item is None:
            return name
        symbol = f" ({item.ky_hieu})" if item.ky_hieu else ""
        return f"“{one_line(item.ten)}”{symbol}"

    def _apply(self, other: QuyetDinh) -> None:
        listed = other.quy_trinh
        keys = _keys_of_kind(self._kho, other) if listed is None else [self.key_of(name) for name in listed]
        ended = [self.key_of(entry.quy_trinh) for entry in other.bi_thay_the]
        if other.hinh_thuc is HinhThuc.BAI_BO:
            keys, ended = [], keys
        for place in itertools.product(ended, _ALL_PARTS):
            self._about.pop(place, None)
        for place in itertools.product(keys, _PARTS[other.phe_duyet]):
            if other.hinh_thuc is HinhThuc.THAY_THE:
                self._about.pop(place, None)
            self._about.setdefault(place, []).append(other)


class _Citations:
    """Decisions of a kho as others cite them; each is looked into once."""

    def __init__(self, kho: Kho) -> None:
        self._kho = kho
        self._by_key = {other.khoa: other for other in kho.quyet_dinh}
        self._made: dict[str, QuyetDinhTruoc] = {}

    def named(self, name: str) -> QuyetDinhTruoc | str:
        """The signed decision with the key ``name``; else the name, which then is its citation."""
        other = self._by_key.get(name)
        return one_line(name) if other is None or not _is_signed(other) else self.one(other)

    def all(self, decisions: Sequence[QuyetDinh]) -> tuple[QuyetDinhTruoc, ...]:
        """Several signed decisions."""
        return tuple(map(self.one, decisions))

    def one(self, other: QuyetDinh) -> QuyetDinhTruoc:
        """A signed decision."""
        if other.khoa not in self._made:
            self._made[other.khoa] = _cited(self._kho, other)
        return self._made[other.khoa]


def _cited(kho: Kho, other: QuyetDinh) -> QuyetDinhTruoc:
    if other.ngay is None:
        raise ValueError(other.khoa)
    issuer = other.co_quan_ban_hanh or kho.cau_hinh.co_quan
    keys = set(_keys_of_kind(kho, other) if other.quy_trinh is None else other.quy_trinh)
    items = [item for item in kho.quy_trinh if item.khoa in keys or item.ky_hieu in keys]
    return QuyetDinhTruoc(
        f"{so_of(other.so)}/QĐ-{issuer.viet_tat}",
        other.ngay,
        tham_quyen_of(other, issuer),
        trich_yeu_of(other, scope_of(kho, other, items)),
        other.hinh_thuc,
    )


def _keys_of_kind(kho: Kho, quyet_dinh: QuyetDinh) -> list[str]:
    return [item.khoa for item in kho.quy_trinh if item.loai == quyet_dinh.loai_quy_trinh]


def _signed_before(kho: Kho, quyet_dinh: QuyetDinh) -> Iterator[QuyetDinh]:
    draft = not _is_signed(quyet_dinh)
    for other in kho.quyet_dinh:
        if other.khoa != quyet_dinh.khoa and _is_signed(other) and (draft or _when(other) < _when(quyet_dinh)):
            yield other


def _is_signed(quyet_dinh: QuyetDinh) -> bool:
    return bool(quyet_dinh.so) and quyet_dinh.ngay is not None


def _when(quyet_dinh: QuyetDinh) -> tuple[str, int, str]:
    """Sorts signed decisions by day, then number."""
    return str(quyet_dinh.ngay), int(quyet_dinh.so), quyet_dinh.khoa
