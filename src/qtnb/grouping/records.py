"""The procedures that are grouped, as small values that a summary can carry too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from qtnb.grouping.vocabulary import syllables_of

_TERRITORIES: Final = ("phường", "xã", "thị trấn", "đặc khu", "quận", "huyện", "thị xã", "thành phố", "tỉnh")
_BEFORE_UNIT: Final = ("của", "tại", "ở", "thuộc", "do", "trong", "cho", "với", "các")
_BEFORE_FIELD: Final = ("sở", "phòng", "bộ", "ban")


class Time(NamedTuple):
    """A declared time; times of two units are never compared."""

    don_vi: str
    """The unit as tables say it: ``ngày làm việc``, ``ngày``, ``tháng``."""
    so: Fraction


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency of one kho."""

    ten: str
    cap: str
    """``tinh``, ``so``, ``huyen`` or ``xa``."""
    kho: str
    """What tells this kho from all others of the run: its shown path, or any other name."""
    don_vi: tuple[str, ...] = field(default=(), compare=False)
    """Names of its units, from ``qtnb.yaml``."""


class Record(NamedTuple):
    """One procedure; a tuple, for there may be a million."""

    co_quan: Agency
    khoa: str
    """The permanent key, one of its kind in the kho."""
    loai: str
    """``CV`` or ``LT``."""
    ten: str
    linh_vuc: str = ""
    so_buoc: int | None = None
    """None: it has no content yet."""
    thoi_gian: Time | None = None
    """None: none is declared, or none that can be counted."""
    noi_dung: str = ""
    """The signature of its steps (:mod:`.signature`); empty: not known, and then names alone decide."""

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """An order of records that does not depend on the order in which they came."""
        return (self.co_quan.ten, self.co_quan.kho, self.loai, self.khoa)


def own_names_in(text: str, agency: Agency) -> tuple[str, ...]:
    """Those names of an agency and its units that a text has; most texts have none, and mean the same everywhere.

    A unit counts only after a preposition: ``văn thư`` may be the work, ``của Văn thư`` is who does it.
    """
    small = _spoken(text)
    names = [name for name in own_names_of(agency.ten) if name in small]
    units = (unit for unit in _folded_units(agency.don_vi) if unit in small)
    return (*names, *(unit for unit in units if any(f"{word} {unit}" in small for word in _BEFORE_UNIT)))


@lru_cache(maxsize=1 << 16)
def _spoken(text: str) -> str:
    """A text by its syllables: signs, as the dashes in names of units, and the place of tone marks do not matter."""
    return " ".join(syllables_of(text))


@lru_cache(maxsize=1 << 10)
def _folded_units(don_vi: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_spoken, don_vi))))


@lru_cache(maxsize=1 << 14)
def own_names_of(agency: str) -> tuple[str, ...]:
    """What an agency's procedures may call it, in small letters: its name, its place, its field.

    ``Ủy ban nhân dân phường Hoàn Kiếm`` gives that and ``hoàn kiếm``; ``Sở Y tế thành phố Hà Nội`` gives
    that, ``sở y tế``, ``ngành y tế``, ``hà nội``.
    """
    words = syllables_of(agency)
    cut = next((place for place, word in enumerate(words) if _territory(words, place, word)), len(words))
    names = [" ".join(words), *_names(words[:cut])]
    if cut < len(words):
        long = 2 if words[cut : cut + 2] in {("thành", "phố"), ("thị", "trấn"), ("thị", "xã"), ("đặc", "khu")} else 1
        names.append(" ".join(words[cut + long :]))
    return tuple(dict.fromkeys(name for name in names if name.count(" ") > 0 or len(name) > 3))  # noqa: PLR2004 - "xã"


def _territory(words: tuple[str, ...], place: int, word: str) -> bool:
    two = " ".join(words[place : place + 2])
    return two != "xã hội" and (word in _TERRITORIES or two in _TERRITORIES)


def _names(words: tuple[str, ...]) -> Iterable[str]:
    if len(words) > 1:
        yield " ".join(words)
    if len(words) > 1 and words[0] in _BEFORE_FIELD:
        yield " ".join(("ngành", *words[1:]))
