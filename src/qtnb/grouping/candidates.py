"""Which names are worth comparing: about as many pairs as there are names, not the square of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

from qtnb.grouping.comparing import MAYBE_FROM
from qtnb.grouping.names import Matter

_BITS: Final = 24
"""More words, or more names, than so many bits can number are not met in a country."""
_SMALL: Final = 32
"""Names of a block among which those with further words in common need not be looked up."""
_MOST: Final = 128
"""Names that one name is compared with at most in one block: those nearest to it in length."""
_ALONE: Final = 100 - MAYBE_FROM
"""Per cent of likeness that a name may lose by words that the other lacks."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a name as numbers, the rarest first, and what they weigh in syllables."""

    numbers: tuple[int, ...]
    syllables: tuple[int, ...]
    other: int
    """Syllables of the words that must be in both names, and what the light words weigh at most."""

    def spare(self, weight: int) -> int:
        """At most so many syllables may be missing in the other name, which shares ``weight`` of them."""
        return 2 * _ALONE * (weight + self.other) // MAYBE_FROM

    @property
    def missing(self) -> int:
        """At most so many of its words the other name may lack; each has one syllable at least."""
        whole = sum(self.syllables) + self.other
        return 2 * _ALONE * whole // (MAYBE_FROM + 2 * _ALONE)


def candidate_pairs(matters: Sequence[Matter], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``matters`` that may be of one work, each once.

    Names are only ever joined where one has all words of the other (:mod:`.comparing`). So the two rarest
    words of the shorter one stand for it: it is compared with the names that have both, and of these,
    where there are many, with those that have its other words too. ``kinds`` are the kinds of the
    procedures; only equal ones are paired.
    """
    words = _numbered(matters)
    fixed = _fixed(matters, kinds)
    entries: list[int] = []
    for place, own in enumerate(words):
        for first, second in _keys(own):
            key = ((fixed[place] << _BITS) | first) << _BITS | second
            entries.append(key << _BITS | place)
    entries.sort()
    mask = (1 << _BITS) - 1
    numbers = [own.numbers for own in words]
    for key, block in groupby(entries, key=lambda entry: entry >> _BITS):
        places = [entry & mask for entry in block]
        if len(places) > 1:
            yield from _pairs_in(places, (key >> _BITS & mask, key & mask), numbers)


def _numbered(matters: Sequence[Matter]) -> list[_Words]:
    rarity = Counter(word for matter in matters for word in matter.content)
    ordered = sorted(rarity, key=lambda word: (rarity[word], word))
    ranks = {word: rank for rank, word in enumerate(ordered, start=1)}
    syllables = [0, *(word.count(" ") + 1 for word in ordered)]
    return [_words_of(matter, ranks, syllables) for matter in matters]


def _words_of(matter: Matter, ranks: Mapping[str, int], syllables: Sequence[int]) -> _Words:
    numbers = tuple(sorted(ranks[word] for word in matter.content))
    must = sum(word.count(" ") + 1 for word in matter.conditions) + len(matter.numbers)
    light = sum(word.count(" ") + 1 for word in (*matter.light, *matter.kinds))
    return _Words(numbers, tuple(syllables[number] for number in numbers), must + -(-light // 10))


def _fixed(matters: Sequence[Matter], kinds: Sequence[str]) -> list[int]:
    """A number for what must be equal in both names of a pair."""
    numbers: dict[tuple[str, frozenset[str], frozenset[str]], int] = {}
    return [
        numbers.setdefault((kind, matter.conditions, matter.numbers), len(numbers))
        for matter, kind in zip(matters, kinds, strict=True)
    ]


def _keys(words: _Words) -> Iterator[tuple[int, int]]:
    """The blocks of a name, first the one that stands for it: pairs of its rarest words.

    Whatever the shorter name lacks, its own two rarest words are among these. Where a single word
    weighs enough to be all of the shorter name, it is a block too.
    """
    numbers = words.numbers
    if len(numbers) < 2:  # noqa: PLR2004 - no pair
        yield (numbers[0] if numbers else 0), 0
        return
    yield from combinations(numbers[: words.missing + 2], 2)
    whole = sum(words.syllables)
    for number, weight in zip(numbers, words.syllables, strict=True):
        if whole - weight <= words.spare(weight):
            yield number, 0


def _pairs_in(places: list[int], key: tuple[int, int], words: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Each name of a block that the block stands for, with those that may have all its words."""
    owners = [place for place in places if (*words[place], 0, 0)[:2] == key]
    if not owners:
        return
    having = _having(places, words) if len(places) > _SMALL else {}
    for owner in owners:
        own = words[owner]
        shared = min((having[word] for word in own[2:]), key=len, default=places) if having else places
        longer = [place for place in shared if _comes_after(place, owner, words)]
        if len(longer) > _MOST:
            longer = sorted(longer, key=lambda place: (len(words[place]), words[place], place))[:_MOST]
        wanted = frozenset(own)
        for place in longer:
            if wanted.issubset(words[place]):
                yield owner, place


def _having(places: list[int], words: Sequence[tuple[int, ...]]) -> dict[int, list[int]]:
    """The names of a block by each of their words."""
    having: dict[int, list[int]] = defaultdict(list)
    for place in places:
        for word in words[place]:
            having[word].append(place)
    return having


def _comes_after(place: int, owner: int, words: Sequence[tuple[int, ...]]) -> bool:
    """Whether a name is to be compared with the owner: it has more words, or as many and a later place."""
    return (len(words[place]), place) > (len(words[owner]), owner)
