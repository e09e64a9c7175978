"""The answer for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.doi_chieu.answer import Answer
from qtnb.render.alterations import Alteration
from qtnb.text import shown

_MOST_SHOWN: Final = 100
"""Characters of an old or new text in the terminal."""
_OUTSIDE: Final = "Đoạn ngoài bảng"


def answer_to_text(name: str, answer: Answer) -> str:
    """The answer on the document ``name``: what it comes to in the first line."""
    return "".join(f"{line}\n" for line in _lines(name, answer))


def _lines(name: str, answer: Answer) -> Iterator[str]:
    yield f"{name}: {answer.cau[0]}"
    yield from (f"  {sentence}" for sentence in answer.cau[1:])
    yield from (f"  - {change.where or _OUTSIDE}: {_change(change)}" for change in answer.thay_doi)
    if answer.ban_hanh is not None and not answer.thay_doi:
        yield from (f"  - {it.where or _OUTSIDE}: {_difference(it)}" for it in answer.ban_hanh.khac)


def _change(change: Alteration) -> str:
    old, new = shown(change.old, _MOST_SHOWN), shown(change.new, _MOST_SHOWN)
    if not change.old:
        return f"thêm “{new}”"
    return f"“{old}” thành “{new}”" if change.new else f"bỏ “{old}”"


def _difference(change: Alteration) -> str:
    old, new = shown(change.old, _MOST_SHOWN), shown(change.new, _MOST_SHOWN)
    if not change.old:
        return f"bản đã ký không có “{new}”"
    return f"dự thảo “{new}”, bản đã ký “{old}”" if change.new else f"dự thảo không có “{old}”"
