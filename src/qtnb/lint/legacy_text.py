"""Text in the encodings before Unicode (TCVN3, VNI), or in UTF-8 that was once read as Latin letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_TCVN3: Final = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS: Final = dict(
    zip(
        "âáàåãäêéèúüë",
        (hat + tone for hat in "\u0302\u0306" for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")),
        strict=True,
    )
)
_VNI_SINGLE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_PLACE: Final = re.compile(
    r"([aeoAEO])([âáàåãäêéèúüëÂÁÀÅÃÄÊÉÈÚÜË])|([aeouyôöAEOUYÔÖ])([ùøûõïÙØÛÕÏ])|([ñôöæóòîíìÑÔÖÆÓÒÎÍÌ])"
)

_STRONG: Final = {"TCVN3": frozenset("®¸µ¶·¹¨¾»¼½Æ©ª«¬\u00ad§"), "VNI": frozenset("ñøûïöåäüëæîÑØÛÏÖÅÄÜËÆÎ")}
"""Letters that Vietnamese in Unicode never uses and nearly every phrase in the encoding does."""
_GATE: Final = "\u00ad®¸µ¶·¹¨©ñøûïöÑÖØº»\ufffd"
"""One of these stands in nearly every phrase; the last three in UTF-8 read as Latin letters and in lost text."""

_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_TONE_MARKS: Final = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_CERTAIN: Final = 2
"""Words with strong letters that make a text legacy."""
_LONG: Final = 4
"""Words that change from which one with a strong letter will do."""


@dataclass(frozen=True, slots=True)
class Legacy:
    """A text in an older encoding."""

    trouble: str
    """What happened to it, in Vietnamese, behind the word “Chữ”."""
    reading: str
    """What it says."""


def may_be_legacy(text: str) -> bool:
    """Whether a file's text may hold legacy or damaged text; fast."""
    return any(map(text.__contains__, _GATE))


def read_legacy(text: str) -> Legacy | None:
    """The reading of a text that is certainly in an older encoding; None for every other text."""
    if any(char > "\u00ff" and unicodedata.category(char)[0] == "L" for char in text):
        return _read_doubled(text)
    for encoding, decode in (("TCVN3", _decode_tcvn3), ("VNI", _decode_vni)):
        strong = _STRONG[encoding]
        if not strong.isdisjoint(text) and _turns_vietnamese(text, reading := decode(text), strong):
            return Legacy(f"theo bảng mã cũ {encoding}", reading)
    return _read_doubled(text)


def _read_doubled(text: str) -> Legacy | None:
    """UTF-8 whose bytes were taken for letters of Windows-1252: ``vÄƒn báº£n``."""
    try:
        reading = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return Legacy("bị đọc nhầm bảng mã", unicodedata.normalize("NFC", reading)) if reading != text else None


def _turns_vietnamese(text: str, reading: str, strong: frozenset[str]) -> bool:
    """Whether the words that change in reading become syllables of Vietnamese, nearly all of them.

    A short phrase must hold two words with letters that only the encoding uses: ``mã µm`` is none.
    """
    good = bad = certain = 0
    for before, after in zip(text.split(), reading.split(), strict=False):
        if before != after:
            fits = all(_is_syllable(word) for word in _LETTERS.findall(after))
            good, bad = good + fits, bad + (not fits)
            certain += not strong.isdisjoint(before)
    return (certain >= _CERTAIN or good >= _LONG) and good >= _CERTAIN and bad * 5 <= good


def _is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONE_MARKS))
    return _SYLLABLE.fullmatch(plain) is not None


def _decode_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(char, char) for char in text)


def _decode_vni(text: str) -> str:
    return _VNI_PLACE.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    hatted, hat, toned, tone, single = found.groups()
    if single:
        return _like(single, _VNI_SINGLE[single.lower()])
    letter, mark = (hatted, _VNI_HATS[hat.lower()]) if hatted else (toned, _VNI_TONES[tone.lower()])
    base = _like(letter, _VNI_SINGLE.get(letter.lower(), letter.lower()))
    return unicodedata.normalize("NFC", base + mark)


def _like(model: str, letter: str) -> str:
    return letter.upper() if model.isupper() else letter
