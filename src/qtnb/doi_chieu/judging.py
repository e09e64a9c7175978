"""What a document is worth: its words held against its mark, and against what the registers say was approved."""

from __future__ import annotations

from collections.abc import Callable

from qtnb.doi_chieu.answer import Answer, Verdict
from qtnb.doi_chieu.asked import Asked
from qtnb.doi_chieu.drafts import judged_draft
from qtnb.doi_chieu.others import judged_other
from qtnb.doi_chieu.registers import every_decision
from qtnb.doi_chieu.signed import judged_signed
from qtnb.errors import QtnbError
from qtnb.render.mark import DauVanBan, LoaiVanBan
from qtnb.render.reading import Reading


def judged(mark: DauVanBan | None, asked: Asked) -> Answer:
    """The answer on a document with ``mark``; None: it carries none."""
    if mark is None:
        return _judged_unmarked(asked)
    if mark.loai is not LoaiVanBan.QUYET_DINH:
        return judged_other(mark, asked)
    return judged_signed(mark, asked) if mark.is_signed else judged_draft(mark, asked)


def _judged_unmarked(asked: Asked) -> Answer:
    """The answer on a document that may have lost its mark, and be known all the same."""
    head = "Tệp không mang dấu của qtnb: không do qtnb in, hoặc dấu đã bị xóa."
    reading = asked.seen.reading
    troubles = list(asked.troubles)
    for item in every_decision(asked.kho, troubles):
        if _says(item.kho.reading, item.signed.khoa, troubles) == reading:
            same = (
                f"Chữ trong tệp trùng với {item.signed.ten} (khóa “{item.signed.khoa}”) trong sổ đăng ký {item.kho.so}."
            )
            return Answer(Verdict.KHONG_CO_DAU, (head, same), kho=item.kho.so)
    return Answer(Verdict.KHONG_CO_DAU, (head, *dict.fromkeys(troubles)))


def _says(reading_of: Callable[[str], Reading], khoa: str, troubles: list[str]) -> Reading | None:
    try:
        return reading_of(khoa)
    except QtnbError as error:
        troubles.append(error.message)
        return None
