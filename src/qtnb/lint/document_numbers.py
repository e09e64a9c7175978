"""Numbers and symbols of documents (``118/2025/NĐ-CP``): types, damage and repair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

SYMBOLS_OF: Final = {
    "Nghị định": ("NĐ",),
    "Nghị quyết liên tịch": ("NQLT",),
    "Nghị quyết": ("NQ", "QH", "UBTVQH"),
    "Quyết định": ("QĐ",),
    "Chỉ thị": ("CT",),
    "Thông tư liên tịch": ("TTLT",),
    "Thông tư": ("TT", "TTLT"),
    "Kế hoạch": ("KH",),
    "Tờ trình": ("TTr",),
    "Thông báo": ("TB",),
    "Báo cáo": ("BC",),
    "Hướng dẫn": ("HD",),
    "Chương trình": ("CTr",),
    "Kết luận": ("KL",),
    "Văn bản hợp nhất": ("VBHN",),
    "Bộ luật": ("QH",),
    "Luật": ("QH",),
    "Pháp lệnh": ("PL", "UBTVQH"),
    "Quy chế": (),
    "Quy định": (),
    "Công văn": (),
    "Công điện": (),
    "Văn bản": (),
}
"""Each type word with the abbreviations that may open its symbol (Nghị định 30/2020/NĐ-CP, Phụ lục III);
none for types whose symbol opens with the issuer, or that are words for any text."""

_PASSED: Final = re.compile(r"(QH|UBTVQH)\d+")
"""Symbols of the National Assembly and its Standing Committee: ``QH15``."""
_TYPE_OF: Final = {
    symbol: loai
    for loai, symbols in reversed(SYMBOLS_OF.items())
    for symbol in symbols
    if symbol not in {"QH", "UBTVQH"}
}
_CLEAR_IN_LETTERS: Final = frozenset({"NĐ", "QĐ", "TTr", "TTLT", "NQ", "VBHN"})
"""Type abbreviations that no agency is called by: in a Công văn, ``KH`` may be a Phòng Kế hoạch."""
_WITH_YEAR: Final = frozenset({"Nghị định", "Thông tư", "Thông tư liên tịch"})
"""Normative texts: since 1997 the year is a part of their number."""

_LETTER: Final = r"[^\W\d_]"
_GROUP: Final = rf"[A-ZĐƯƠÂĂÊÔ][A-ZĐƯƠÂĂÊÔa-z0-9&.]*(?!{_LETTER})"
_SYMBOL: Final = rf"{_GROUP}(?:\s?[-–]\s?{_GROUP})*"
NUMBER: Final = re.compile(
    rf"(?<![\w/.,-])(?P<so>\d{{1,5}})(?P<s1>\s*/+\s*)(?:(?P<nam>(?:19|20)\d\d)(?P<s2>\s*/+\s*|(?=NĐ|QĐ|TT|NQ)))?(?P<kh>{_SYMBOL})"
    rf"|(?<![\w/.,-])(?P<so_dang>\d{{1,4}})\s?-\s?(?P<dang>[A-ZĐ][A-Za-zĐ]{{0,4}}/[A-ZĐ][A-ZĐa-z.]*)"
    rf"|(?<=số)[\s:.…_]*(?P<trong>/\s*(?:(?:19|20)\d\d/)?{_SYMBOL})"
)
"""A number with its symbol: of the State, of the Party (``39-NQ/TW``), or still to be filled in (``số   /QĐ-UBND``)."""
_LOST: Final = re.compile(r"\s(?:UBND|CTUBND|HĐND|CP|TTg)\b")
_BARLESS: Final = {"ND": "NĐ", "QD": "QĐ", "HDND": "HĐND", "BGDDT": "BGDĐT", "SGDDT": "SGDĐT", "BLDTBXH": "BLĐTBXH"}
"""Abbreviations in which D can only be a Đ that lost its bar."""


class Damage(Enum):
    """What is wrong with the spelling of a number; the values say it to the user."""

    HYPHEN = "thiếu dấu gạch nối"
    SPACE = "thừa dấu cách"
    SLASH = "sai dấu gạch chéo"
    LETTER = "chữ D thay cho chữ Đ"


@dataclass(frozen=True, slots=True)
class SoKyHieu:
    """The number and symbol of a text."""

    viet: str
    """As written."""
    sua: str
    """Repaired; equals ``viet`` when nothing is wrong."""
    chuan: str
    """Repaired and without leading zeros, so that two spellings compare equal."""
    nam: int | None
    """The year in it."""
    hu_hong: tuple[Damage, ...]
    trong: bool = False
    """Whether the number is left blank."""
    dang: bool = False
    """Whether it is of the Party, which numbers differently."""

    @property
    def nhom_dau(self) -> str:
        """The first group of the symbol: ``NĐ`` of ``NĐ-CP``."""
        return self.chuan.rpartition("/")[2].partition("-")[0]

    def loai_dung(self, loai: str) -> str:
        """The type that the symbol stands for, where it contradicts the type word ``loai``; empty otherwise."""
        expected = SYMBOLS_OF.get(loai)
        if expected is None or self.dang:
            return ""
        first = self.nhom_dau
        passed = _PASSED.fullmatch(first)
        if passed:
            return "" if passed[1] in expected or not expected else "văn bản của Quốc hội"
        if first in expected or (not expected and (loai != "Công văn" or first not in _CLEAR_IN_LETTERS)):
            return ""
        return _TYPE_OF.get(first, "")

    def thieu_nam(self, loai: str) -> bool:
        """Whether the year that belongs to the number is missing."""
        return loai in _WITH_YEAR and self.nam is None and not self.trong and self.nhom_dau in SYMBOLS_OF[loai]


def read_number(found: re.Match[str], loai: str, tail: str) -> tuple[SoKyHieu, int]:
    """The number that :data:`NUMBER` found, behind the type word ``loai``; and how much of ``tail`` belongs to it.

    ``tail`` is the text that follows: ``QĐ UBND`` has lost its hyphen to a space.
    """
    if found["trong"]:
        symbol = "".join(found["trong"].split())
        return SoKyHieu(symbol, symbol, symbol, None, (), trong=True), 0
    if found["dang"]:
        plain = f"{int(found['so_dang'])}-{found['dang']}"
        return SoKyHieu(found.group(), found.group(), plain, None, (), dang=True), 0
    lost = _LOST.match(tail) if found["kh"] in _TYPE_OF else None
    rest = lost.group() if lost else ""
    damage, symbol = _repaired(found, loai, rest)
    year = f"{found['nam']}/" if found["nam"] else ""
    written = found.group().rstrip(".") + rest
    number = SoKyHieu(
        written,
        f"{found['so']}/{year}{symbol}",
        f"{int(found['so'])}/{year}{symbol}",
        int(found["nam"]) if found["nam"] else None,
        damage,
    )
    return number, len(rest)


def _repaired(found: re.Match[str], loai: str, lost: str) -> tuple[tuple[Damage, ...], str]:
    damage: dict[Damage, None] = {}
    slashes = [found["s1"], found["s2"] if found["nam"] else "/"]
    if any(slash.strip() != "/" for slash in slashes):
        damage[Damage.SLASH] = None
    symbol = found["kh"].rstrip(".")
    if any(char.isspace() for char in symbol + "".join(slashes)):
        damage[Damage.SPACE] = None
    symbol = re.sub(r"\s*[-–]\s*", "-", symbol)
    joined = _hyphened(symbol, loai) + lost.replace(" ", "-")
    if joined != symbol:
        damage[Damage.HYPHEN] = None
    spelt = _with_bars(joined, loai)
    if spelt != joined:
        damage[Damage.LETTER] = None
    return tuple(damage), spelt


def _hyphened(symbol: str, loai: str) -> str:
    """``NĐCP`` as ``NĐ-CP``: only where the type word says which letters are the type."""
    if "-" in symbol or _PASSED.fullmatch(symbol):
        return symbol
    for kind in SYMBOLS_OF.get(loai, ()):
        rest = symbol.removeprefix(kind)
        if rest != symbol and len(rest) > 1 and rest[0].isupper():
            return f"{kind}-{rest}"
    return symbol


def _with_bars(symbol: str, loai: str) -> str:
    groups = symbol.split("-")
    for number, group in enumerate(groups):
        known = _BARLESS.get(group)
        if known and (number or known in SYMBOLS_OF.get(loai, ())):
            groups[number] = known
    return "-".join(groups)
