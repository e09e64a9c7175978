"""The name that is proposed for a group, made from those of its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from qtnb.collation import alphabet_key
from qtnb.grouping.names import Matter, Name
from qtnb.grouping.syllables import bare, folded, is_syllable, sound

_CAPITALS_ONLY: Final = 0.6


def proposed_name(names: Sequence[Name]) -> str:
    """The name that most members use, without numbers, titles and units.

    Names without fault come first: whole, with marks, in usual spelling, without abbreviation,
    not in capitals. Then counts how many members say the same, how many write it so, how short it is, and the alphabet.
    """
    matters = matters_of(names)
    said = Counter(matters)
    written = Counter(_text(name) for name in names)
    # Equal names of many members are mostly one value: each is judged once.
    different = {id(name): (name, matter) for name, matter in zip(names, matters, strict=True)}
    ranks = {
        _text(name): (_faults(name), -said[matter], -written[_text(name)], len(_text(name)))
        for name, matter in different.values()
    }
    best = min(ranks.values())
    return min((text for text, rank in ranks.items() if rank == best), key=lambda text: (alphabet_key(text), text))


def matters_of(names: Sequence[Name]) -> list[Matter]:
    """What each name says; one without marks says what the marked one with the same letters does."""
    marked = {
        _letters(words): name.matter for name in names for words in (name.spoken, name.words) if not name.unmarked
    }
    return [marked.get(_letters(name.spoken), name.matter) if name.unmarked else name.matter for name in names]


def _letters(words: Iterable[str]) -> str:
    return " ".join(map(bare, words))


def _faults(name: Name) -> int:
    words = name.kept.split()
    return (
        (not name.whole)
        + name.unmarked
        + _is_shouted(name.kept)
        + any(_is_unusual(word) for word in words)
        + _has_mixed_tones(name)
        + any(word.isupper() and _is_abbreviation(word) for word in words)
    )


def _text(name: Name) -> str:
    if not _is_shouted(name.kept):
        return name.kept
    plain = " ".join(word if _is_abbreviation(word) else word.lower() for word in name.kept.split(" "))
    return plain[:1].upper() + plain[1:]


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) > _CAPITALS_ONLY * len(letters)


def _is_unusual(word: str) -> bool:
    """Whether a word is spelt otherwise than most people do: ``lí``, ``hoà``, ``ôtô``."""
    letters = "".join(char for char in word if char.isalpha())
    return (
        bool(letters)
        and not letters.isupper()
        and (folded(letters) != letters.casefold() or not is_syllable(folded(letters)))
    )


def _has_mixed_tones(name: Name) -> bool:
    """Whether a word of the vocabulary is written with hỏi for ngã, or the other way: ``sữa chữa``."""
    known = {syllable for word in name.words for syllable in word.split()}
    sounds = {sound(syllable) for syllable in known}
    return any(word not in known and sound(word) in sounds for word in name.spoken)


def _is_abbreviation(word: str) -> bool:
    letters = "".join(char for char in word if char.isalpha())
    return len(letters) > 1 and not is_syllable(folded(letters))
