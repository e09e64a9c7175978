"""Slips of typing in names, put right where the other names leave no doubt what was meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qtnb.grouping.syllables import bare, folded, is_syllable
from qtnb.grouping.vocabulary import vocabulary

_WORD: Final = re.compile(r"[^\W_]+")
_VOWEL: Final = re.compile("[aeiouy]")
_SHORTEST: Final = 3
"""Letters of a word that may be a slip; shorter ones are abbreviations."""

Repairs = Mapping[tuple[str, str, str], str]
"""The word that is meant, by the word before, the word itself and the word after; an empty word at the ends."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A name with its slips put right."""

    text: str
    slips: tuple[tuple[str, str], ...]
    """Each word as written and as read."""


def words_of(text: str) -> list[str]:
    """The folded words of a name."""
    return [folded(word) for word in _WORD.findall(text)]


def slips_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of all names that cannot be Vietnamese, so that they may be slips: ``tôt``, ``ngàyy``."""
    words = {word for text in texts for word in _WORD.findall(text)}
    abbreviations = vocabulary().abbreviations
    return frozenset(
        word
        for word in map(folded, words)
        if len(word) >= _SHORTEST
        and not is_syllable(word)
        and word.isalpha()
        and word not in abbreviations
        and _VOWEL.search(bare(word))
    )


def repairs_for(texts: Collection[str], slips: Collection[str]) -> Repairs:
    """What each slip means beside the words around it.

    A slip is read as a word that differs by one letter or mark and that some name has beside the same
    neighbour; where two such words are as likely, it stays what it is. Names without any marks have no part in it.
    """
    marked = [text for text in texts if not is_unmarked(text)]
    near = _near(slips, {word for text in marked for word in words_of(text)} - set(slips))
    wanted = {word for words in near.values() for word in words}
    known: set[tuple[str, str]] = set()
    for text in marked:
        known.update(pair for pair in pairwise(words_of(text)) if not wanted.isdisjoint(pair))
    found: dict[tuple[str, str, str], str] = {}
    for text in marked:
        for before, word, after in _in_context(words_of(text), near):
            likely = [right for right in near[word] if (before, right) in known or (right, after) in known]
            if len(likely) == 1:
                found[before, word, after] = likely[0]
    return found


def repaired(text: str, slips: Collection[str], repairs: Repairs) -> Repaired:
    """A name with its slips put right."""
    places = list(_WORD.finditer(text))
    words = [folded(place[0]) for place in places]
    if not repairs or set(slips).isdisjoint(words):
        return Repaired(text, ())
    made: list[tuple[str, str]] = []
    parts, end = [], 0
    for place, (before, word, after) in zip(places, _triples(words), strict=True):
        right = repairs.get((before, word, after))
        if right is not None:
            made.append((place[0], right))
            parts += [text[end : place.start()], right]
            end = place.end()
    return Repaired("".join(parts) + text[end:], tuple(made))


def is_unmarked(text: str) -> bool:
    """Whether a name is typed without any marks on its letters."""
    return text.isascii() or all(char.isascii() for char in text if char.isalpha())


def _near(slips: Collection[str], words: Collection[str]) -> dict[str, list[str]]:
    """The possible words that differ from each slip by one letter, one mark or one doubled letter."""
    from rapidfuzz.distance import OSA  # loaded only for names with a slip

    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        if is_syllable(word):
            by_length[len(word)].append(word)
    return {
        slip: [
            word
            for length in (len(slip) - 1, len(slip), len(slip) + 1)
            for word in by_length[length]
            if OSA.distance(slip, word, score_cutoff=1) <= 1
        ]
        for slip in sorted(slips)
    }


def _in_context(words: list[str], slips: Collection[str]) -> Iterator[tuple[str, str, str]]:
    return (triple for triple in _triples(words) if triple[1] in slips)


def _triples(words: list[str]) -> Iterator[tuple[str, str, str]]:
    return zip(["", *words[:-1]], words, [*words[1:], ""], strict=True)
