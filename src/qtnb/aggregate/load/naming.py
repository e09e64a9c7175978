"""Whom the cells of steps mean: the doers of one agency, and the units to which they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from qtnb.lint.units import (
    LISTING,
    Likeness,
    doers_of,
    home_of,
    is_nobody,
    known_parts,
    match,
    registered_as,
    unit_key,
    unit_names,
)

_SUPPORTS: Final = r"phối hợp"
_IN_BRACKETS: Final = re.compile(rf"\s*\(\s*(chủ trì|{_SUPPORTS})[^()]*\)\s*$", re.IGNORECASE)
_BARE: Final = re.compile(
    rf"(?:(?:đơn vị\s+)?(?P<before>chủ trì|{_SUPPORTS})(?:\s+với)?\s*:?\s+)?(?P<name>.+?)"
    rf"(?:\s+(?P<after>chủ trì|{_SUPPORTS}))?",
    re.IGNORECASE | re.DOTALL,
)
_ITSELF: Final = "@"
"""Stands for the agency in the keys of its own doers: ``Văn thư Sở`` and ``Văn thư Sở Nội vụ`` are one."""


class Listing(StrEnum):
    """How a name stands to the units that the agency has registered; the values say it to the user."""

    LISTED = ""
    """Registered or made of a registered name; or there is no list to hold it against."""
    UNLISTED = "Ngoài danh sách"
    NOBODY = "Ghi chung"
    """It names nobody in particular (lint/units.py)."""


class Name(NamedTuple):
    """The name of a doer or a unit."""

    khoa: str
    """What its spellings have in common."""
    ten: str
    """As registered, else as written."""
    listing: Listing
    is_registered: bool


class Named(NamedTuple):
    """One doer whom a cell names."""

    nguoi: Name
    don_vi: Name
    """The unit to which the doer belongs; a doer of no unit is one."""
    leads: bool
    """False: the cell itself says that this one supports."""


class Roster:
    """The doers of one agency."""

    def __init__(self, agency: str, head: str, don_vi: Sequence[tuple[str, str]], *, judged: bool) -> None:
        """Take the agency, its head, and units with their abbreviations.

        ``judged``: the list is that of the agency itself, so that who is not in it is told.
        """
        self._names = unit_names(tuple(don_vi), (agency, head))
        self._own = sorted(unit_names((), (agency,)).agencies, key=lambda name: (-len(name), name))
        self._judged = judged
        self._listed = bool(don_vi)
        self._registered = {
            self._list_key(name): ten for ten, viet_tat in reversed(don_vi) for name in (viet_tat, ten) if name
        }
        self._cache: dict[str, tuple[Named, ...]] = {}

    def named(self, cell: str) -> tuple[Named, ...]:
        """The doers of a cell, each once; split as ``qtnb lint`` does."""
        if cell not in self._cache:
            found: dict[str, Named] = {}
            for named in (self._resolved(*piece) for piece in self._pieces(cell)):
                if named.leads or named.nguoi.khoa not in found:
                    found[named.nguoi.khoa] = named
            self._cache[cell] = tuple(found.values())
        return self._cache[cell]

    def _pieces(self, cell: str) -> Iterator[tuple[str, bool]]:
        """Each name of a cell, and whether it leads."""
        if self._is_registered(cell):
            yield cell, True
            return
        for part in doers_of(cell).parts or (cell,):
            pieces = [self._bare(piece) for piece in LISTING.split(part) if piece]
            listed = known_parts(self._names, ", ".join(name for name, _ in pieces))
            if not self._is_registered(part) and len(listed) == len(pieces):
                yield from pieces
            else:
                yield self._bare(part)

    def _bare(self, text: str) -> tuple[str, bool]:
        """A name without ``(chủ trì)`` or ``(phối hợp)``, and whether it leads.

        Without brackets such words go only where a registered name is left: ``đơn vị chủ trì`` is whoever leads.
        """
        if self._is_registered(text):
            return text, True
        if found := _IN_BRACKETS.search(text):
            return text[: found.start()], found[1].casefold() != _SUPPORTS
        bare = _BARE.fullmatch(text)
        word = (bare["before"] or bare["after"]) if bare else None
        if bare and word and self._is_registered(bare["name"]):
            return bare["name"], word.casefold() != _SUPPORTS
        return text, True

    def _resolved(self, text: str, leads: bool) -> Named:
        nguoi = self._name(text, None)
        home = home_of(self._names, text)
        # Who belongs to the whole agency, such as its head, is a unit alone.
        in_unit = home and self._key(home) != _ITSELF
        return Named(nguoi, self._name(home, nguoi.listing) if in_unit else nguoi, leads)

    def _name(self, text: str, listing: Listing | None) -> Name:
        """``listing`` is that of the doer whose unit this is; None for a doer."""
        ten = self._registered.get(self._list_key(text)) or registered_as(self._names, text)
        if ten:
            return Name(self._key(ten), ten, Listing.LISTED, is_registered=True)
        return Name(self._key(text), text, self._listing(text) if listing is None else listing, is_registered=False)

    def _listing(self, text: str) -> Listing:
        if is_nobody(text):
            return Listing.NOBODY
        if not (self._judged and self._listed) or match(self._names, text).likeness in {
            Likeness.KNOWN,
            Likeness.VARIANT,
        }:
            return Listing.LISTED
        return Listing.UNLISTED

    def _is_registered(self, text: str) -> bool:
        return self._list_key(text) in self._registered

    def _list_key(self, text: str) -> str:
        """In the list of another agency ``Văn thư Sở`` is that agency's own."""
        return self._key(text) if self._judged else unit_key(text)

    def _key(self, text: str) -> str:
        key = unit_key(text)
        for own in self._own:
            if key == own:
                return _ITSELF
            if key.endswith(f" {own}"):
                return f"{key[: -len(own)]}{_ITSELF}"
        return key
