"""What was decided before a decision, as far as its words speak of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qtnb.kho import Kho, procedures_of
from qtnb.model import HinhThuc, Phan, QuyetDinh
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.signed import QuyetDinhDaBiet, signed_in
from qtnb.words.writing import one_line


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


def truoc_day_of(kho: Kho, quyet_dinh: QuyetDinh, entered: Sequence[QuyetDinhDaBiet] = ()) -> TruocDay:
    """What the decisions that are signed and older than ``quyet_dinh`` have decided.

    ``entered`` are those of which it is known what they did and said on their day; of the other decisions of ``kho``,
    their files tell. A name that nothing holds stands as it is written. ``kho`` may be extended by procedures that
    are known from elsewhere.
    """
    known = {other.khoa: other for other in signed_in(kho)} | {other.khoa: other for other in entered}
    cite = _Citations(known)
    bai_bo = tuple(cite.named(name) for name in quyet_dinh.bai_bo_quyet_dinh)
    if quyet_dinh.hinh_thuc is HinhThuc.BAN_HANH:
        return TruocDay({}, (), bai_bo)
    before = _History(kho, _signed_before(known.values(), quyet_dinh))
    parts = tuple(Phan) if quyet_dinh.hinh_thuc is HinhThuc.BAI_BO else quyet_dinh.phe_duyet.phan
    keys = [item.khoa for item in procedures_of(kho, quyet_dinh)]
    return TruocDay(
        {key: cite.all(found) for key in keys if (found := before.about(key, parts))},
        tuple(
            QuyTrinhBiThayThe(
                before.called(entry.quy_trinh),
                before.called(entry.boi) if entry.boi else "",
                cite.all(before.about(before.key_of(entry.quy_trinh), tuple(Phan))),
            )
            for entry in quyet_dinh.bi_thay_the
        ),
        bai_bo,
    )


class _History:
    """Signed decisions, applied in order."""

    def __init__(self, kho: Kho, decisions: Iterable[QuyetDinhDaBiet]) -> None:
        self._named = {item.ky_hieu: item for item in kho.quy_trinh} | {item.khoa: item for item in kho.quy_trinh}
        self._about: dict[tuple[str, Phan], list[QuyetDinhDaBiet]] = {}
        signed = sorted(decisions, key=lambda other: other.thu_tu)
        abolished = {khoa for other in signed for khoa in other.bai_bo}
        for other in signed:
            if other.khoa not in abolished:
                self._apply(other)

    def about(self, key: str, parts: Sequence[Phan]) -> list[QuyetDinhDaBiet]:
        """The decisions in force about ``parts`` of one procedure, oldest first."""
        found = {other.khoa: other for part in parts for other in self._about.get((key, part), ())}
        return sorted(found.values(), key=lambda other: other.thu_tu)

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

    def _apply(self, other: QuyetDinhDaBiet) -> None:
        for place in itertools.product(other.het_hieu_luc, Phan):
            self._about.pop(place, None)
        for key, parts in other.phe_duyet.items():
            for part in parts:
                if other.hinh_thuc is HinhThuc.THAY_THE:
                    self._about.pop((key, part), None)
                self._about.setdefault((key, part), []).append(other)


class _Citations:
    """Signed decisions as others cite them; each is looked into once."""

    def __init__(self, known: Mapping[str, QuyetDinhDaBiet]) -> None:
        self._known = known
        self._made: dict[str, QuyetDinhTruoc] = {}

    def named(self, name: str) -> QuyetDinhTruoc | str:
        """The signed decision with the key ``name``; else the name, which then is its citation."""
        other = self._known.get(name)
        return one_line(name) if other is None else self._one(other)

    def all(self, decisions: Sequence[QuyetDinhDaBiet]) -> tuple[QuyetDinhTruoc, ...]:
        """Several signed decisions."""
        return tuple(map(self._one, decisions))

    def _one(self, other: QuyetDinhDaBiet) -> QuyetDinhTruoc:
        if other.khoa not in self._made:
            self._made[other.khoa] = other.trich_dan()
        return self._made[other.khoa]


def _signed_before(decisions: Iterable[QuyetDinhDaBiet], quyet_dinh: QuyetDinh) -> Iterator[QuyetDinhDaBiet]:
    """Those older than ``quyet_dinh``; all others when that is a draft."""
    ngay, so = quyet_dinh.ngay, quyet_dinh.so
    place = (ngay, int(so), quyet_dinh.khoa) if so and ngay is not None else None
    for other in decisions:
        if other.khoa != quyet_dinh.khoa and (place is None or other.thu_tu < place):
            yield other
