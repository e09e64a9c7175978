"""Which agency the name in an LT means: the kho's own, another of the roll-up, or one without a kho."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from qtnb.aggregate.facts import Agency, KhoFacts
from qtnb.lint.units import unit_key

_PLACE: Final = re.compile(r"\s(thành phố|tỉnh)(?:\s(.+))?$")
"""A commune's is left out: ``Ủy ban nhân dân phường`` without more is any of them."""


class Body(NamedTuple):
    """One agency."""

    khoa: str
    """What its spellings have in common (lint/units.py)."""
    ten: str
    """As its kho names it; as most LT write it where it has no kho."""
    cap: str
    """``tinh``, ``so``, ``huyen`` or ``xa``; empty: it has no kho in the roll-up."""


class Bodies:
    """The agencies of a roll-up, and those that its LT name besides."""

    def __init__(self, kho: Iterable[KhoFacts]) -> None:
        """Take the facts of all kho, in report order; those without an agency are passed over."""
        facts = [item for item in kho if item.co_quan]
        self._own: dict[str, Body] = {}
        for item in facts:
            body = _body(item.co_quan)
            self._own.setdefault(body.khoa, body)
        self._short = _short_names(self._own)
        self._cache: dict[tuple[str, str], str] = {}
        self._others = self._other_bodies(facts)

    @property
    def own(self) -> Sequence[Body]:
        """Those that have a kho, in order."""
        return tuple(self._own.values())

    def of(self, own: str, name: str) -> Body:
        """The agency that ``name`` means in an LT of the agency with the key ``own``; itself for an empty one."""
        key = self._key(own, name)
        return self._own.get(key) or self._others[key]

    def _other_bodies(self, facts: Iterable[KhoFacts]) -> dict[str, Body]:
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for item in facts:
            own = _body(item.co_quan).khoa
            for passage in item.chuyen:
                for name in passage.co_quan:
                    spellings[self._key(own, name)][name] += 1
            # Only in a forged summary are there doers of an agency that no LT passes through.
            for row in item.nguoi:
                spellings[self._key(own, row.co_quan)][row.co_quan] += 0
        best = {key: min(found.items(), key=lambda item: (-item[1], item[0]))[0] for key, found in spellings.items()}
        return {key: Body(key, ten, "") for key, ten in best.items() if key not in self._own}

    def _key(self, own: str, name: str) -> str:
        at = own, name
        if at not in self._cache:
            self._cache[at] = self._found(own, unit_key(name))
        return self._cache[at]

    def _found(self, own: str, key: str) -> str:
        if not key or key in self._own:
            return key or own
        if f"{own} ".startswith(f"{key} ") or f"{key} ".startswith(f"{own} "):
            return own
        candidates = [*_with_place_of(own, key), self._short.get(key, ""), _without_place(key)]
        return next((found for found in candidates if found in self._own), key)


def body_key(agency: Agency) -> str:
    """What the spellings of the agency of a kho have in common."""
    return unit_key(agency.ten)


def _body(agency: Agency | None) -> Body:
    assert agency is not None  # noqa: S101 - for mypy: kho without one are left out
    return Body(body_key(agency), agency.ten, agency.cap)


def _with_place_of(own: str, key: str) -> list[str]:
    """``Sở Tài chính`` and ``Văn phòng UBND Thành phố``, as an agency of thành phố Hà Nội means them."""
    place = _PLACE.search(own)
    if place is None or not place[2]:
        return []
    return [f"{key}{place[0]}", *([f"{key} {place[2]}"] if key.endswith(f" {place[1]}") else [])]


def _without_place(key: str) -> str:
    place = _PLACE.search(key)
    return key[: place.start()] if place else key


def _short_names(keys: Iterable[str]) -> dict[str, str]:
    """The key that each short name means, where it can mean one only: ``Sở Nội vụ``, ``UBND Thành phố``."""
    meant: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        place = _PLACE.search(key)
        if place:
            for short in (key[: place.start()], f"{key[: place.start()]} {place[1]}"):
                meant[short].add(key)
    return {short: next(iter(found)) for short, found in meant.items() if len(found) == 1}
