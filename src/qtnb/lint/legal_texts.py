"""Which legal texts are in force on a day: the register that comes with qtnb, and an office's own beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from qtnb.lint.citations import LAWS, TrichDan
from qtnb.lint.tones import to_old
from qtnb.resources import data_folder

REGISTER: Final = "van-ban.json"
"""In ``schemas/``; ``van-ban.schema.json`` beside it defines both it and an office's ``van-ban.yaml``."""


@dataclass(frozen=True, slots=True)
class VanBan:
    """One legal text and its days."""

    so: str
    loai: str
    ten: str
    co_quan: str
    ngay: dt.date
    hieu_luc_tu: dt.date | None
    het_hieu_luc_tu: dt.date | None
    """The first day without it; None while it is in force."""
    thay_the_boi: tuple[str, ...]
    """Numbers of the texts that replaced it."""
    nguon: str

    def ended_by(self, day: dt.date) -> bool:
        """Whether it is no longer in force on ``day``."""
        return self.het_hieu_luc_tu is not None and self.het_hieu_luc_tu <= day

    @property
    def cach_dan(self) -> str:
        """How Nghị định 30/2020/NĐ-CP cites it: laws by name and date, others in full."""
        day = f"ngày {self.ngay.day:02} tháng {_two_digits(self.ngay.month)} năm {self.ngay.year}"
        if self.loai in LAWS:
            return f"{self.loai} {self.ten} {day}"
        issuer = f" của {self.co_quan}" if self.co_quan else ""
        return f"{self.loai} số {self.so} {day}{issuer} {self.ten}".strip()


def _two_digits(month: int) -> str:
    """Only the first two months take a zero (DD-02)."""
    return f"{month:02}" if month <= 2 else str(month)  # noqa: PLR2004 - January and February


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Legal texts by number, and laws by name."""

    by_number: Mapping[str, VanBan]
    laws: Mapping[str, Sequence[VanBan]]
    doi_chieu: dt.date
    """The register is known to be right on this day: no text in it is newer."""

    def find(self, text: TrichDan) -> VanBan | None:
        """The text that is cited; None when the register does not hold it, or two may be meant."""
        if text.so is not None and not text.so.trong:
            return self.by_number.get(text.so.chuan)
        same = self.laws.get(_law_key(text.loai, text.ten), ()) if text.la_luat else ()
        day = text.ngay.ngay if text.ngay else None
        meant = [law for law in same if law.ngay == day] or [law for law in same if law.ngay.year == text.nam]
        return meant[0] if len(meant) == 1 else None

    def now_in_place_of(self, text: VanBan, day: dt.date) -> Iterator[str]:
        """How to cite what stands in the place of ``text`` on ``day``, later replacements followed."""
        yield from dict.fromkeys(self._successors(text, day, set()))

    def _successors(self, text: VanBan, day: dt.date, seen: set[str]) -> Iterator[str]:
        for number in text.thay_the_boi:
            successor = self.by_number.get(_plain(number))
            if successor is None:
                yield number
            elif successor.ended_by(day) and successor.thay_the_boi and number not in seen:
                yield from self._successors(successor, day, seen | {number})
            else:
                yield successor.cach_dan


@lru_cache(maxsize=64)
def register(own: tuple[VanBan, ...] = ()) -> Register:
    """The register that comes with qtnb, with an office's own texts, which replace entries of the same number."""
    checked, built_in = _built_in()
    by_number = {_plain(text.so): text for text in (*built_in, *own)}
    laws: dict[str, list[VanBan]] = defaultdict(list)
    for text in by_number.values():
        if text.loai in LAWS:
            laws[_law_key(text.loai, text.ten)].append(text)
    return Register(by_number, laws, max(checked, *(text.ngay for text in by_number.values())))


def texts_of(items: Iterable[Any]) -> tuple[VanBan, ...]:
    """The entries of a register; one that does not fit ``van-ban.schema.json`` is passed over."""
    return tuple(text for text in map(_text, items) if text is not None)


@cache
def _built_in() -> tuple[dt.date, tuple[VanBan, ...]]:
    data = json.loads((data_folder("schemas") / REGISTER).read_text(encoding="utf-8"))
    return dt.date.fromisoformat(data["cap_nhat"]), texts_of(data["van_ban"])


def _text(item: Any) -> VanBan | None:  # noqa: ANN401 - any YAML value
    try:
        return VanBan(
            str(item["so"]),
            str(item["loai"]),
            str(item.get("ten") or ""),
            str(item.get("co_quan") or ""),
            dt.date.fromisoformat(item["ngay"]),
            _day(item.get("hieu_luc_tu")),
            _day(item.get("het_hieu_luc_tu")),
            tuple(map(str, item.get("thay_the_boi") or ())),
            str(item.get("nguon") or ""),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _plain(number: str) -> str:
    """Without leading zeros, as :class:`~qtnb.lint.document_numbers.SoKyHieu` compares numbers."""
    return number.lstrip("0")


@lru_cache(maxsize=1024)
def _law_key(loai: str, ten: str) -> str:
    return " ".join(to_old(f"{loai} {ten}".casefold()).split())
