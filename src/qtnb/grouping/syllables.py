"""Vietnamese words in the forms in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from qtnb.lint.tones import to_old

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
"""Huyền, sắc, ngã, hỏi, nặng."""
_STOP_TONES: Final = frozenset("\u0301\u0323")
"""The only tones of a syllable that ends in a stop."""
_HOI_OF_NGA: Final = str.maketrans({"\u0303": "\u0309"})

_ONSETS_TEXT: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RIMES_TEXT: Final = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyt uyu
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_ONSETS: Final = frozenset(["", *_ONSETS_TEXT.split()])
_RIMES: Final = frozenset(_RIMES_TEXT.split())
_STOPS: Final = ("c", "ch", "p", "t")
_OPEN_I: Final = re.compile(r"(?<=^[hklmst])[iìíỉĩị]$|(?<=^qu)[iìíỉĩị]$")
"""``lí`` and ``lý``, ``quí`` and ``quý`` are one word; ``di`` and ``dy`` are not one."""
_Y_OF_I: Final = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word in small letters, its tone mark in the older place, ``i`` as ``y`` where both are written.

    No mark is taken away: ``cấp`` is not ``cập``, ``bàn`` is not ``ban``.
    """
    return _OPEN_I.sub(lambda found: _Y_OF_I[found[0]], to_old(unicodedata.normalize("NFC", word).casefold()))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """A folded word with ngã as hỏi, the two tones that half the country does not tell apart: ``sữa chữa``."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_HOI_OF_NGA))


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """A folded word without any marks, as it is typed on a keyboard without Vietnamese."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether a folded word can be a syllable of Vietnamese: ``tốt`` can, ``tôt``, ``quôc`` and ``ngàyy`` cannot."""
    marks = unicodedata.normalize("NFD", word)
    tones = [char for char in marks if char in _TONES]
    plain = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES))
    if len(tones) > 1:
        return False
    return any(
        plain[:cut] in _ONSETS
        and plain[cut:] in _RIMES
        and plain[cut - 1 : cut + 1] != "uu"
        and _fits(plain[cut:], tones)
        for cut in range(min(3, len(plain)) + 1)
    )


def _fits(rime: str, tones: list[str]) -> bool:
    return not rime.endswith(_STOPS) or bool(tones and tones[0] in _STOP_TONES)
