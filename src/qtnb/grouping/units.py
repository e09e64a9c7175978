"""The places and units in a name, which say whose work it is and not what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from qtnb.grouping.tokens import Token
from qtnb.grouping.vocabulary import Phrases, Sense, vocabulary

_UNITS: Final = frozenset({Sense.STRONG_UNIT, Sense.WEAK_UNIT})
_BEGIN: Final = frozenset({*_UNITS, Sense.HEAD, Sense.PREPOSITION})
"""What a stretch that is passed over may begin with."""
_SHORT: Final = 2
"""Syllables of most names of places."""
_JOINS: Final = frozenset({"và", "hoặc", "các", "những"})
_ONE_LEVEL: Final = {"phường": "xã", "thị trấn": "xã", "đặc khu": "xã", "cấp phường": "cấp xã"}
"""Units of one level: what is done in a ward is not another work than what is done in a commune."""


class Lexeme(NamedTuple):
    """A word or phrase of a name, and what it does there; a tuple, for there are millions."""

    sense: Sense
    word: str
    first: int
    """Number of its first token."""
    end: int
    """Number of the token after its last."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A stretch of a name that is passed over."""

    first: int
    """Number of its first token."""
    end: int
    """Number of the token after its last."""
    units: frozenset[str]
    """What sorts of units it names; empty for a place alone."""


@dataclass(slots=True)
class _Reading:
    """A name while its units are looked for."""

    tokens: Sequence[Token]
    starts: dict[int, Lexeme]
    """By their first tokens."""
    own: Phrases
    words: Sequence[str]
    sounds: Sequence[str]

    def lexeme(self, place: int) -> Lexeme | None:
        return self.starts.get(place)

    def sense(self, place: int) -> Sense | None:
        found = self.starts.get(place)
        return None if found is None else found.sense

    def length(self, phrases: Phrases, place: int) -> int:
        """How many tokens a phrase at ``place`` has; 0 where none begins."""
        found = phrases.at(self.sounds, self.words, place) if place < len(self.tokens) else None
        return 0 if found is None else found[0]


def ignored_units(tokens: Sequence[Token], lexemes: Sequence[Lexeme], own: Phrases) -> list[Ignored]:
    """The stretches of a name that only name places and units, prepositions before them included.

    A unit is passed over after a preposition (``tại Sở Nội vụ``, ``của các phòng chuyên môn``); bodies of
    government with their places also elsewhere (``UBND phường …``), but not where they are what is
    dealt with (``thành lập phường``). ``own`` are names that are units wherever they stand.
    """
    words, sounds = [token.word for token in tokens], [token.sound for token in tokens]
    reading = _Reading(tokens, {lexeme.first: lexeme for lexeme in lexemes}, own, words, sounds)
    found: list[Ignored] = []
    end = 0
    for place, token in enumerate(tokens):
        # Most words begin nothing of the kind; looking closer at each would double the time of reading a name.
        if place < end or not (token.capital or reading.sense(place) in _BEGIN or token.sound in own.starts):
            continue
        ignored = _ignored_at(reading, place)
        if ignored is not None:
            found.append(ignored)
            end = ignored.end
    return found


def _ignored_at(reading: _Reading, place: int) -> Ignored | None:
    lexeme = reading.lexeme(place)
    if lexeme is not None and lexeme.sense is Sense.PREPOSITION:
        begin = _past_joins(reading, lexeme.end)
        return _farther(
            _unit(reading, place, begin, prepositioned=True), _place(reading, place, begin, prepositioned=True)
        )
    if _deals_with_units(reading, place):
        return None
    return _farther(
        _unit(reading, place, place, prepositioned=False), _place(reading, place, place, prepositioned=False)
    )


def _farther(unit: Ignored | None, place: Ignored | None) -> Ignored | None:
    """The one that reaches farther: an agency's own name goes on where a sort of unit ends (``Ban Quản lý …``)."""
    if unit is None or place is None:
        return unit or place
    return replace(unit, end=place.end) if place.end > unit.end else unit


def _past_joins(reading: _Reading, place: int) -> int:
    """The place behind words such as ``các``, which may stand before units."""
    while (lexeme := reading.lexeme(place)) is not None and lexeme.word in _JOINS:
        place = lexeme.end
    return place


def _deals_with_units(reading: _Reading, place: int) -> bool:
    """Whether the word before is a verb whose object a unit is."""
    before = [lexeme for lexeme in reading.starts.values() if lexeme.end == place]
    return any(lexeme.word in vocabulary().makes_object for lexeme in before)


def _place(reading: _Reading, first: int, begin: int, *, prepositioned: bool) -> Ignored | None:
    """A place or an own name without a word such as ``phường`` before it."""
    if begin >= len(reading.tokens):
        return None
    capital = reading.tokens[begin].capital
    length = reading.length(reading.own, begin)
    if length <= _SHORT and not (capital or prepositioned):
        # A place may be called like a common word: what is done at xã Liên Minh need not be its own "liên minh".
        length = 0
    if not length and capital and (prepositioned or _is_last(reading, begin)):
        length = reading.length(vocabulary().places, begin)
    return Ignored(first, begin + length, frozenset()) if length else None


def _is_last(reading: _Reading, begin: int) -> bool:
    return begin + reading.length(vocabulary().places, begin) == len(reading.tokens)


def _unit(reading: _Reading, first: int, begin: int, *, prepositioned: bool) -> Ignored | None:
    """Units from ``begin`` on, with their places, as far as they reach."""
    place = begin
    units: set[str] = set()
    strong = named = False
    while True:
        while reading.sense(place) is Sense.HEAD:
            place = reading.starts[place].end
        lexeme = reading.lexeme(place)
        if lexeme is None or lexeme.sense not in _UNITS:
            break
        units.add(_ONE_LEVEL.get(lexeme.word, lexeme.word))
        strong |= lexeme.sense is Sense.STRONG_UNIT
        place, has_name = _tail(reading, lexeme.end)
        named |= has_name
        further = _past_joins(reading, place)
        if reading.sense(further) in _UNITS or reading.sense(further) is Sense.HEAD:
            place = further
    if not units or place == begin:
        return None
    ends = place == len(reading.tokens) or reading.tokens[place].apart or reading.sense(place) is not Sense.CONTENT
    if strong or (prepositioned and (named or ends)):
        return Ignored(first, place, frozenset(units))
    return None


def _tail(reading: _Reading, place: int) -> tuple[int, bool]:
    """The end of a unit's name that began before ``place``, and whether the unit has a name of its own."""
    named = False
    while place < len(reading.tokens):
        length = max(
            reading.length(vocabulary().fields, place),
            reading.length(vocabulary().places, place),
            reading.length(reading.own, place),
        )
        lexeme = reading.lexeme(place)
        if length:
            place, named = place + length, True
        elif lexeme is not None and lexeme.sense is Sense.MODIFIER:
            place = lexeme.end
        elif _is_name(reading, place):
            place, named = place + 1 + _second(reading, place + 1), True
        else:
            break
    return place, named


def _is_name(reading: _Reading, place: int) -> bool:
    """Whether the token goes on with a unit's name, by its capital."""
    token = reading.tokens[place]
    return token.capital and not token.apart and reading.sense(place) not in {*_UNITS, Sense.HEAD}


def _second(reading: _Reading, place: int) -> int:
    """1 where the token is the second syllable of a word of a name (``Kiến trúc``), else 0."""
    if place >= len(reading.tokens) or reading.tokens[place].capital or reading.tokens[place].apart:
        return 0
    if reading.sense(place) is not Sense.CONTENT:
        return 0
    after = place + 1
    ends = after == len(reading.tokens) or reading.tokens[after].apart or reading.tokens[after].capital
    return int(ends or reading.sense(after) in {Sense.FILLER, Sense.PREPOSITION, Sense.LIGHT})
