"""The registers that a document is held against: what each knows of its decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qtnb.errors import QtnbError
from qtnb.render.decision import decision_reading
from qtnb.render.mark import DauVanBan
from qtnb.render.reading import Reading
from qtnb.render.store import TemplateStore
from qtnb.so_dang_ky.in_force import SnapshotStore
from qtnb.so_dang_ky.model import QuyetDinhDaKy, SoDangKy
from qtnb.so_dang_ky.snapshot import BanPheDuyet
from qtnb.words.writing import one_line


@dataclass(frozen=True, slots=True)
class KhoDoiChieu:
    """A kho with its register."""

    goc: Path
    so: str
    """The file of the register, as the user sees it."""
    register: SoDangKy
    templates: TemplateStore
    ban_luu: SnapshotStore

    def reading(self, khoa: str, *, as_draft: bool = False) -> Reading:
        """What the document of the decision ``khoa`` says; ``as_draft``: before it had a number and a day.

        Raises QtnbError when the kept content or the template cannot be used.
        """
        kept = self.ban_luu(khoa)
        decision = replace(kept.quyet_dinh, so="", ngay=None) if as_draft else kept.quyet_dinh
        return decision_reading(kept.kho(self.goc), decision, self.templates, kept.truoc_day, kept.so_sanh)


@dataclass(frozen=True, slots=True)
class Entered:
    """A decision in a register."""

    kho: KhoDoiChieu
    signed: QuyetDinhDaKy
    kept: BanPheDuyet

    @property
    def co_quan(self) -> str:
        """The agency of the kho, when it was entered."""
        return one_line(self.kept.cau_hinh.co_quan.ten)

    def is_named_in(self, texts: Sequence[str]) -> bool:
        """Whether ``texts`` name that agency."""
        name = self.co_quan.casefold()
        return any(name in text.casefold() for text in texts)


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers know of the decision that a mark names, and of its agency's."""

    fitting: tuple[Entered, ...]
    """With its key, number and day."""
    others: tuple[Entered, ...]
    """With its key or its number, and not the rest: what the mark says cannot be."""
    troubles: tuple[str, ...]
    """Why more cannot be said, a sentence each."""


def known_of(mark: DauVanBan, kho: Sequence[KhoDoiChieu], texts: Sequence[str]) -> Known:
    """What the registers of ``kho`` know of the decision with ``mark``, if they are its agency's.

    Of another agency nothing is known: two wards may have the same number on the same day. But a document whose
    ``texts`` name the agency of the register is of that, whatever the mark says.
    """
    troubles: list[str] = []
    entered = [item for place in kho for item in _entered(place, lambda it: _may_be(it, mark), troubles)]
    own = [item for item in entered if item.co_quan == mark.co_quan]
    fitting = [item for item in own if _fits(item.signed, mark)]
    claimed = [item for item in entered if item not in own and _fits(item.signed, mark) and item.is_named_in(texts)]
    others = [item for item in own if item not in fitting]
    return Known(tuple(fitting), (*others, *claimed), tuple(troubles))


def every_decision(kho: Sequence[KhoDoiChieu], troubles: list[str]) -> Iterator[Entered]:
    """Every decision in the registers; what cannot be read is added to ``troubles``."""
    for place in kho:
        yield from _entered(place, lambda _: True, troubles)


def _entered(kho: KhoDoiChieu, wanted: Callable[[QuyetDinhDaKy], bool], troubles: list[str]) -> Iterator[Entered]:
    for signed in kho.register.quyet_dinh.values():
        if wanted(signed):
            try:
                yield Entered(kho, signed, kho.ban_luu(signed.khoa))
            except QtnbError as error:
                troubles.append(error.message)


def _may_be(signed: QuyetDinhDaKy, mark: DauVanBan) -> bool:
    """Whether only one of two decisions with these names can be."""
    same_number = signed.so_ky_hieu == mark.so_ky_hieu and f"{signed.ngay:%Y}" == mark.ngay[:4]
    return signed.khoa == mark.quyet_dinh or same_number


def _fits(signed: QuyetDinhDaKy, mark: DauVanBan) -> bool:
    return (signed.khoa, signed.so_ky_hieu, signed.ngay.isoformat()) == (mark.quyet_dinh, mark.so_ky_hieu, mark.ngay)
