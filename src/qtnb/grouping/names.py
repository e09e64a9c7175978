"""A procedure's name read for what it is about: the words that carry the matter, and those that do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from qtnb.grouping.syllables import is_syllable, sound
from qtnb.grouping.tokens import Tokens
from qtnb.grouping.units import Ignored, Lexeme, ignored_units
from qtnb.grouping.vocabulary import Phrases, Sense, phrases_of, vocabulary

_NO_NAMES: Final = Phrases({})
_PASSED: Final = frozenset({Sense.FILLER, Sense.PREPOSITION, Sense.MODIFIER})
_BLANK_BEFORE_SIGN: Final = re.compile(r"\s+(?=[,.;:)])")
_ROMAN: Final = {
    numeral: str(number)
    for number, numeral in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), start=1)
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a name is about; names are compared by it. All words by their sounds (:func:`~.syllables.sound`)."""

    content: frozenset[str]
    """What the work is about and what is done."""
    actions: frozenset[str]
    """Those of ``content`` that say what is done or made."""
    light: frozenset[str]
    """Words that count for little."""
    conditions: frozenset[str]
    """Words that make another work of it."""
    kinds: frozenset[str]
    """Words of which several exclude each other."""
    numbers: frozenset[str]
    order: tuple[str, ...]
    """The words in order, where order changes the sense (``từ giao sang thuê``); else empty."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is read."""

    text: str
    matter: Matter
    words: tuple[str, ...]
    """The folded words that are neither fillers nor passed over, in order."""
    spoken: tuple[str, ...]
    """All folded syllables as they are written, but for what is passed over."""
    read_as: tuple[tuple[str, str], ...]
    """Abbreviations and words with another of the same meaning, as written, and what they are read as."""
    ignored: tuple[str, ...]
    """Titles, places, units and years that were passed over, as written."""
    units: str
    """The sorts of units among them, by which one agency may tell two works apart."""
    unmarked: bool
    """Whether it is typed without any marks, and not merely made of words that have none, as ``Thanh tra``."""
    kept: str
    """The name without title and number, and without the units at its end, as written."""
    whole: bool
    """Whether ``kept`` is all that the name says: nothing was passed over in its middle."""


@lru_cache(maxsize=1 << 10)
def own_names(names: tuple[str, ...]) -> Phrases:
    """The names of an agency and its place, for :func:`name_of`."""
    return phrases_of(names)


def name_of(tokens: Tokens, own: Phrases = _NO_NAMES) -> Name:
    """Read a name that has been taken apart; names of ``own`` are passed over wherever they stand."""
    lexemes = list(_lexemes(tokens))
    ignored = ignored_units(tokens.all, lexemes, own)
    left = [lexeme for lexeme in lexemes if not _covered(lexeme, ignored)]
    if all(lexeme.sense in _PASSED for lexeme in left):
        ignored, left = [], lexemes
    return _name(tokens, list(_in_context(left)), ignored)


def _lexemes(tokens: Tokens) -> Iterator[Lexeme]:
    words, sounds = [token.word for token in tokens.all], [token.sound for token in tokens.all]
    phrases = vocabulary().phrases
    place = 0
    while place < len(words):
        found = phrases.at(sounds, words, place)
        if found is None:
            yield _plain(tokens, place)
            place += 1
            continue
        length, entries = found
        for entry in entries:
            yield Lexeme(entry.sense, entry.word, place, place + length)
        place += length


def _plain(tokens: Tokens, place: int) -> Lexeme:
    """A word of no phrase: a number, ``I`` as ``1``, or what the work is about."""
    token = tokens.all[place]
    number = _ROMAN.get(tokens.text[token.start : token.end])
    # In capitals, "VI" may be the word of "VI PHẠM".
    if number and not (tokens.shouted and is_syllable(token.word)):
        return Lexeme(Sense.NUMBER, number, place, place + 1)
    return Lexeme(Sense.CONTENT if token.word.isalpha() else Sense.NUMBER, token.word, place, place + 1)


def _covered(lexeme: Lexeme, ignored: Iterable[Ignored]) -> bool:
    return any(part.first <= lexeme.first < part.end for part in ignored)


def _in_context(lexemes: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """The lexemes with the senses that they have in this name."""
    known = vocabulary()
    joined = f" {' '.join(lexeme.word for lexeme in lexemes)} "
    at_start = True
    for lexeme in lexemes:
        beside = known.in_context.get(lexeme.word)
        if beside is not None:
            sense = Sense.CONDITION if any(f" {word} " in joined for word in beside) else Sense.LIGHT
            yield lexeme._replace(sense=sense)
            continue
        if at_start and lexeme.word in known.light_at_start:
            yield lexeme._replace(sense=Sense.LIGHT)
            continue
        at_start &= lexeme.sense in {Sense.LIGHT, Sense.FILLER, Sense.ACTION, Sense.PREPOSITION}
        match lexeme.sense:
            case Sense.HEAD | Sense.WEAK_UNIT | Sense.STRONG_UNIT:
                # A unit that is not passed over is what the work is about.
                yield lexeme._replace(sense=Sense.LIGHT if lexeme.sense is Sense.HEAD else Sense.CONTENT)
            case _:
                yield lexeme


def _name(tokens: Tokens, lexemes: Sequence[Lexeme], ignored: Sequence[Ignored]) -> Name:
    words = tuple(lexeme.word for lexeme in lexemes if lexeme.sense not in _PASSED)
    kept, whole = _kept(tokens, ignored)
    return Name(
        tokens.text,
        _matter(lexemes, words),
        words,
        _spoken(tokens, ignored),
        tuple(_read_as(tokens, lexemes)),
        (*tokens.passed, *(_written(tokens, part) for part in ignored)),
        " ".join(sorted(set().union(*(part.units for part in ignored)))),
        tokens.unmarked and any(lexeme.sense is Sense.CONTENT and lexeme.word.isalpha() for lexeme in lexemes),
        kept,
        whole,
    )


def _spoken(tokens: Tokens, ignored: Sequence[Ignored]) -> tuple[str, ...]:
    passed = {place for part in ignored for place in range(part.first, part.end)}
    return tuple(token.word for place, token in enumerate(tokens.all) if place not in passed)


def _read_as(tokens: Tokens, lexemes: Sequence[Lexeme]) -> Iterator[tuple[str, str]]:
    def place(lexeme: Lexeme) -> tuple[int, int]:
        return tokens.all[lexeme.first].start, tokens.all[lexeme.end - 1].end

    for (start, end), same in groupby(lexemes, key=place):
        parts = list(same)
        meant = " ".join(lexeme.word for lexeme in parts)
        said = " ".join(token.word for token in tokens.all[parts[0].first : parts[-1].end])
        written = tokens.text[start:end]
        if sound(meant) != sound(said) or len(written) * 2 < len(meant):
            yield written, meant


def _matter(lexemes: Sequence[Lexeme], words: tuple[str, ...]) -> Matter:
    by_sense: dict[Sense, set[str]] = {sense: set() for sense in Sense}
    for lexeme in lexemes:
        by_sense[lexeme.sense].add(sound(lexeme.word))
    content = by_sense[Sense.CONTENT] | by_sense[Sense.ACTION]
    light = by_sense[Sense.LIGHT]
    if not content and not by_sense[Sense.KIND]:
        # Of a name such as "Tiếp nhận hồ sơ" the light words are all there is.
        content, light = light, content
    return Matter(
        frozenset(content),
        _shared(frozenset(by_sense[Sense.ACTION])),
        _shared(frozenset(light)),
        _shared(frozenset(by_sense[Sense.CONDITION])),
        _shared(frozenset(by_sense[Sense.KIND])),
        _shared(frozenset(by_sense[Sense.NUMBER])),
        words if _has_direction(lexemes) else (),
    )


@lru_cache(maxsize=1 << 16)
def _shared(words: frozenset[str]) -> frozenset[str]:
    """The same set for equal words: many names have few such sets between them."""
    return words


def _written(tokens: Tokens, part: Ignored) -> str:
    return tokens.text[tokens.all[part.first].start : tokens.all[part.end - 1].end]


def _has_direction(lexemes: Sequence[Lexeme]) -> bool:
    """Whether the name leads from something to something else."""
    words = {lexeme.word for lexeme in lexemes}
    return not words.isdisjoint(vocabulary().directions) and ("từ" in words or "sang" in words)


def _kept(tokens: Tokens, ignored: Sequence[Ignored]) -> tuple[str, bool]:
    """The name as the common catalogue may write it, and whether it lost nothing in its middle."""
    if not tokens.all:
        return tokens.text.strip(), True
    last = len(tokens.all)
    at_end = [part for part in ignored if part.end == last and part.first > 0]
    end = tokens.all[at_end[0].first].start if at_end else len(tokens.plain)
    text = " ".join(tokens.plain[tokens.all[0].start : end].split())
    text = _BLANK_BEFORE_SIGN.sub("", text).rstrip(" .,;:–-(")
    if text.count("(") < text.count(")"):
        text = text.rstrip(" )")
    return text[:1].upper() + text[1:], len(ignored) == len(at_end)
