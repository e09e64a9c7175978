"""The seal of a procedure: a SHA-256 over exactly the words that a decision prints of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from qtnb.model import Phan, QuyTrinhCV, QuyTrinhLT
from qtnb.words.forms import cv_words, lt_words
from qtnb.words.vocabulary import QuyTrinhCVWords, QuyTrinhLTWords
from qtnb.words.writing import one_line, paragraphs

_PLACE_IN_DECISION: Final = ("stt", "tieu_de", "la_cuoi")
"""Words that come from where a procedure stands in a decision, and of how wide its page is."""


def seal_of(item: QuyTrinhCV | QuyTrinhLT, phan: Phan) -> str:
    """The seal of one part of ``item``, 64 hexadecimal digits.

    Comments, quoting, layout and the order of keys are not in it, nor is a space that printing drops;
    every letter and digit that a reader of the decision sees is.
    """
    return _seal(printed_words(item, phan))


def seals_of(item: QuyTrinhCV | QuyTrinhLT, parts: Iterable[Phan]) -> dict[Phan, str]:
    """The seals of some parts of ``item``."""
    return {phan: seal_of(item, phan) for phan in parts}


def printed_words(item: QuyTrinhCV | QuyTrinhLT, phan: Phan) -> dict[str, Any]:
    """What the decision prints of ``item``, wherever in the decision it stands."""
    if phan is Phan.DANH_MUC:
        return {
            "loai": item.loai,
            "ten": one_line(item.ten),
            "ky_hieu": item.ky_hieu,
            "linh_vuc": one_line(item.linh_vuc),
            "ghi_chu": paragraphs(item.ghi_chu),
        }
    words = cv_words(0, item, last=False) if isinstance(item, QuyTrinhCV) else lt_words(0, item, last=False)
    return _form(item.loai, words)


def seal_of_form(loai: str, words: QuyTrinhCVWords | QuyTrinhLTWords) -> str:
    """The seal of a form whose words are made already, as :func:`seal_of` gives it."""
    return _seal(_form(loai, words))


def _form(loai: str, words: QuyTrinhCVWords | QuyTrinhLTWords) -> dict[str, Any]:
    return {"loai": loai} | {key: value for key, value in words.items() if key not in _PLACE_IN_DECISION}


def _seal(printed: Mapping[str, Any]) -> str:
    words = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
