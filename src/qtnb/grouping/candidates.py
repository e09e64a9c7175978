"""Which names are worth comparing: about as many pairs as there are names, not the square of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import Final

from qtnb.grouping.names import Matter

_BITS: Final = 24
"""More words, or more names, than so many bits can number are not met in a country."""
_SMALL: Final = 32
"""Names of a block among which those with further words in common need not be looked up."""
_MOST: Final = 128
"""Names that one name is compared with at most in one block: those nearest to it in length."""
_SMALLEST: Final = 2
_FEW: Final = 5
"""Words of the longest name that one of a single word, a phrase of several syllables, may be joined with."""


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
    for key, block in groupby(entries, key=lambda entry: entry >> _BITS):
        places = [entry & mask for entry in block]
        if len(places) > 1:
            yield from _pairs_in(places, (key >> _BITS & mask, key & mask), words)


def _numbered(matters: Sequence[Matter]) -> list[tuple[int, ...]]:
    """The words of each name as numbers from 1, the rarest first."""
    rarity = Counter(word for matter in matters for word in matter.content)
    ranks = {word: rank for rank, word in enumerate(sorted(rarity, key=lambda word: (rarity[word], word)), start=1)}
    return [tuple(sorted(ranks[word] for word in matter.content)) for matter in matters]


def _fixed(matters: Sequence[Matter], kinds: Sequence[str]) -> list[int]:
    """A number for what must be equal in both names of a pair."""
    numbers: dict[tuple[str, frozenset[str], frozenset[str]], int] = {}
    return [
        numbers.setdefault((kind, matter.conditions, matter.numbers), len(numbers))
        for matter, kind in zip(matters, kinds, strict=True)
    ]


def _keys(words: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The blocks of a name, first the one that stands for it: pairs of its rarest words.

    Half of the words of the longer name may be missing in the shorter one, so that the two rarest of
    that are among the rarest half and two more. Of a short name each word alone is a block too.
    """
    if not words:
        yield 0, 0
    elif len(words) == 1:
        yield words[0], 0
    else:
        yield from combinations(words[: _SMALLEST + (len(words) + 1) // 2], 2)
    if _SMALLEST <= len(words) <= _FEW:
        yield from ((word, 0) for word in words)


def _pairs_in(places: list[int], key: tuple[int, int], words: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Each name of a block that the block stands for, with those that may have all its words."""
    owners = [place for place in places if _stands_for(key, words[place])]
    if not owners:
        return
    having = _having(places, words) if len(places) > _SMALL else {}
    for owner in owners:
        own = words[owner]
        shared = min((having[word] for word in own[_SMALLEST:]), key=len, default=places) if having else places
        longer = [place for place in shared if _comes_after(place, owner, words)]
        if len(longer) > _MOST:
            longer = sorted(longer, key=lambda place: (len(words[place]), words[place], place))[:_MOST]
        wanted = frozenset(own)
        for place in longer:
            if wanted.issubset(words[place]):
                yield owner, place


def _stands_for(key: tuple[int, int], words: tuple[int, ...]) -> bool:
    return next(_keys(words)) == key


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
