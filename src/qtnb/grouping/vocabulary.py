"""What the words of a procedure's name do in it, as data: ``tu_vung.json``, ``dia_danh.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from qtnb.grouping.syllables import folded, sound

_HERE: Final = Path(__file__).parent


class Sense(StrEnum):
    """What a word does in a name."""

    CONTENT = "content"
    """Says what the work is about."""
    ACTION = "action"
    """A verb that says what is done."""
    CONDITION = "condition"
    """Makes another work of it: ``lại``, ``thu hồi``, ``không``."""
    KIND = "kind"
    """One of several that exclude each other: ``công chức``, ``viên chức``."""
    NUMBER = "number"
    LIGHT = "light"
    """Counts for little: how it is done, papers, people in general."""
    FILLER = "filler"
    """May be there or not."""
    PREPOSITION = "preposition"
    """A filler that a place or a unit may follow."""
    STRONG_UNIT = "strong unit"
    """Begins the name of a body of government: ``ủy ban nhân dân``, ``phường``, ``sở``."""
    WEAK_UNIT = "weak unit"
    """Begins the name of a body, or says something else: ``trung tâm``, ``phòng``."""
    HEAD = "head"
    """Who leads a unit: ``chủ tịch``, ``lãnh đạo``."""
    MODIFIER = "modifier"
    """Follows a unit that is meant in general: ``chuyên môn``, ``trực thuộc``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the vocabulary."""

    sense: Sense
    word: str
    """In its one spelling, folded, syllables parted by spaces."""


Entries: TypeAlias = tuple[Entry, ...]

_LISTS: Final = (
    # Of a phrase that stands in two lists, the earlier one counts.
    ("dieu_kien", Sense.CONDITION),
    ("loai_don_vi_manh", Sense.STRONG_UNIT),
    ("loai_don_vi_yeu", Sense.WEAK_UNIT),
    ("vai", Sense.HEAD),
    ("viec", Sense.ACTION),
    ("giu_nguyen", Sense.CONTENT),
    ("gioi_tu", Sense.PREPOSITION),
    ("tu_nhe", Sense.LIGHT),
    ("nhe_o_dau", Sense.CONTENT),
    ("tu_dem", Sense.FILLER),
    ("bo_nghia", Sense.MODIFIER),
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that are found in a row of syllables, the longest first."""

    starts: Mapping[str, tuple[tuple[tuple[str, ...], Entries], ...]]
    """By the sound of the first syllable: the sounds of the whole phrase and what it stands for, longest first."""

    def at(self, sounds: Sequence[str], words: Sequence[str], place: int) -> tuple[int, Entries] | None:
        """The phrase that begins at ``place``: how many syllables it has, and what it stands for."""
        for phrase, entries in self.starts.get(sounds[place], ()):
            length = len(phrase)
            if length == 1:
                # A lone syllable is too short to be read by its sound: "xả" is not "xã".
                if phrase[0] == words[place]:
                    return 1, entries
            elif tuple(sounds[place : place + length]) == phrase:
                return length, entries
        return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole vocabulary."""

    phrases: Phrases
    abbreviations: Mapping[str, tuple[str, ...]]
    light_at_start: frozenset[str]
    in_context: Mapping[str, tuple[str, ...]]
    """Words that are a condition only beside one of these."""
    kinds: Mapping[str, int]
    """Words that exclude each other, by the number of their row."""
    makes_object: frozenset[str]
    """Verbs whose object a unit may be: ``thành lập``."""
    directions: frozenset[str]
    places: Phrases
    fields: Phrases
    """What follows ``Sở``, ``Phòng``, ``Bộ``."""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = _read("tu_vung.json")
    plain: dict[tuple[str, ...], Entries] = {}
    for key, sense in _LISTS:
        for text in data[key]:
            plain.setdefault(_words(text), (Entry(sense, _spelt(text)),))
    kinds = {_spelt(text): row for row, texts in enumerate(data["chia_loai"]) for text in texts}
    plain |= {tuple(word.split()): (Entry(Sense.KIND, word),) for word in kinds}
    spoken = _phrases(plain.items())
    alike = {_words(text): _stand_for(spoken, target) for text, target in data["cung_nghia"].items()}
    return Vocabulary(
        _phrases((plain | alike).items()),
        {folded(short): _words(full) for short, full in data["viet_tat"].items()},
        frozenset(map(_spelt, data["nhe_o_dau"])),
        {_spelt(word): tuple(map(_spelt, beside)) for word, beside in data["theo_ngu_canh"].items()},
        kinds,
        frozenset(map(_spelt, data["doi_tuong_cua"])),
        frozenset(map(_spelt, data["chieu"])),
        _phrases((_words(name), ()) for name in _place_names()),
        _phrases((_words(name), ()) for name in data["ten_nganh"]),
    )


def phrases_of(texts: Iterable[str]) -> Phrases:
    """Phrases that stand for nothing but themselves."""
    return _phrases((_words(text), ()) for text in texts)


def syllables_of(text: str) -> tuple[str, ...]:
    """The folded syllables of a text of letters, spaces and signs."""
    return tuple(folded(word) for word in "".join(char if char.isalnum() else " " for char in text).split())


def _stand_for(phrases: Phrases, text: str) -> Entries:
    words = _words(text)
    sounds = tuple(map(sound, words))
    found: list[Entry] = []
    place = 0
    while place < len(words):
        length, entries = phrases.at(sounds, words, place) or (1, (Entry(Sense.CONTENT, words[place]),))
        found.extend(entries)
        place += length
    return tuple(found)


def _phrases(items: Iterable[tuple[tuple[str, ...], Entries]]) -> Phrases:
    starts: dict[str, dict[tuple[str, ...], Entries]] = {}
    for words, entries in items:
        phrase = words if len(words) == 1 else tuple(map(sound, words))
        starts.setdefault(sound(words[0]), {}).setdefault(phrase, entries)
    return Phrases(
        {
            first: tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
            for first, found in starts.items()
        }
    )


def _place_names() -> Iterable[str]:
    data = _read("dia_danh.json")
    return [*data["phuong"], *data["xa"], *data["cap_huyen_cu"], *data["tinh"]]


def _words(text: str) -> tuple[str, ...]:
    return syllables_of(text)


def _spelt(text: str) -> str:
    return " ".join(syllables_of(text))


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_HERE / name).read_text(encoding="utf-8"))
    return data
