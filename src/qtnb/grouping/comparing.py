"""Whether two names are of one work, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from qtnb.grouping.names import Matter
from qtnb.grouping.vocabulary import vocabulary

SAME_FROM: Final = 77
"""Per cent of likeness from which two names are of one work; chosen on the labelled names that are for choosing."""
WITH_ACTION_FROM: Final = 85
"""The same where one name has a verb that the other lacks: ``kế hoạch kiểm tra …`` is not ``kiểm tra …``."""
MOST_EXTRA: Final = 2
"""Syllables of the matter that one name may have alone: a longer addition tells of a case of its own, as in
``kê khai thuế thu nhập cá nhân từ đầu tư vốn``."""
MAYBE_FROM: Final = 62
"""Per cent from which they are of one work when their steps are nearly the same too."""
_CONTENT: Final = 10
_LIGHT: Final = 1
"""Weight of a syllable."""
_IN_ORDER: Final = 0.85
"""Likeness of two orders of words from which they are one (:mod:`qtnb.lint.procedure_names`)."""


class Outcome(StrEnum):
    """What comes of a comparison."""

    SAME = "same"
    MAYBE = "maybe"
    """The same if their steps say so too."""
    CONDITIONS = "conditions"
    """Different: a word that makes another work of it is in one only."""
    KINDS = "kinds"
    """Different: each is about another of several kinds that exclude each other."""
    NUMBERS = "numbers"
    """Different: the numbers in them are not the same."""
    ORDER = "order"
    """Different: the same words lead the other way."""
    BOTH_SIDES = "both sides"
    """Different: each has words of the matter that the other lacks."""
    TOO_MUCH = "too much"
    """Different: one says too much that the other does not."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of comparing two names."""

    outcome: Outcome
    score: int
    """Per cent of likeness; 0 where it was not counted."""


_KEPT_APART: Final = {outcome: Verdict(outcome, 0) for outcome in Outcome}


def compare(one: Matter, other: Matter) -> Verdict:
    """Compare two names by their matter; the order of the two makes no difference."""
    if one.conditions != other.conditions:
        return _KEPT_APART[Outcome.CONDITIONS]
    if one.numbers != other.numbers:
        return _KEPT_APART[Outcome.NUMBERS]
    mine, its = one.content - other.content, other.content - one.content
    if mine and its:
        return _KEPT_APART[Outcome.BOTH_SIDES]
    if (mine or its) and not (one.content and other.content):
        # "Mua sắm" alone says of everything that is bought too little.
        return _KEPT_APART[Outcome.TOO_MUCH]
    if (one.kinds or other.kinds) and _exclude_each_other(one.kinds, other.kinds):
        return _KEPT_APART[Outcome.KINDS]
    if (one.order or other.order) and not _in_one_order(one.order, other.order):
        return _KEPT_APART[Outcome.ORDER]
    extra_actions = one.actions ^ other.actions
    score = _score(one, other, mine or its, extra_actions)
    enough = score >= (WITH_ACTION_FROM if extra_actions else SAME_FROM)
    if enough and _weight(mine or its) <= _CONTENT * MOST_EXTRA:
        return Verdict(Outcome.SAME, score)
    return Verdict(Outcome.MAYBE if score >= MAYBE_FROM and not extra_actions else Outcome.TOO_MUCH, score)


def _score(one: Matter, other: Matter, extra: Collection[str], extra_actions: Collection[str]) -> int:
    """Twice the weight of what is shared, in per cent of that and of what is in one alone, its verbs twice."""
    smaller = one if len(one.content) <= len(other.content) else other
    shared = _weight(smaller.content) + _weight(one.conditions) + _CONTENT * len(one.numbers)
    if not shared:
        shared = _LIGHT * _CONTENT * len(one.kinds & other.kinds)
    light, its_light = one.light | one.kinds, other.light | other.kinds
    shared = 2 * (shared + _weight(light & its_light, _LIGHT))
    alone = _weight(extra) + _weight(extra_actions) + _weight(light ^ its_light, _LIGHT)
    return 100 * shared // max(1, shared + alone)


def _weight(words: Iterable[str], syllable: int = _CONTENT) -> int:
    return syllable * sum(map(_syllables, words))


@lru_cache(maxsize=1 << 16)
def _syllables(word: str) -> int:
    return word.count(" ") + 1


def _exclude_each_other(mine: Collection[str], its: Collection[str]) -> bool:
    rows = vocabulary().kinds
    for row in {rows[word] for word in mine} & {rows[word] for word in its}:
        if not {word for word in mine if rows[word] == row} & set(its):
            return True
    return False


def _in_one_order(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    from rapidfuzz.distance import Indel  # loaded only where the order of words matters

    return Indel.normalized_similarity(one, other) >= _IN_ORDER
