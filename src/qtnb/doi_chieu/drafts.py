"""The answer on the draft of a decision, which may have been signed since."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from qtnb.doi_chieu.altered import altered
from qtnb.doi_chieu.answer import Answer, BanHanh, Verdict
from qtnb.doi_chieu.asked import Asked
from qtnb.doi_chieu.registers import Entered, known_of
from qtnb.doi_chieu.sentences import introduced, issued
from qtnb.errors import QtnbError
from qtnb.render.alterations import alterations
from qtnb.render.mark import DauVanBan

_NUMBERED: Final = re.compile(r"Số: *[0-9]")
"""The line of a decision that has its number."""
_NUMBER_IN_TEXT: Final = "Văn bản đã mang số, nhưng dấu trong tệp là của dự thảo."


def judged_draft(mark: DauVanBan, asked: Asked) -> Answer:
    """The answer, with what the register knows of the decision since."""
    if not asked.is_as_marked(mark):
        answer = altered(mark, asked)
    elif any(map(_NUMBERED.match, asked.seen.reading.texts)):
        answer = Answer(Verdict.BI_SUA, (_NUMBER_IN_TEXT, introduced(mark)), dau=mark)
    else:
        intact = "Dự thảo, chưa bị sửa từ khi in; chưa có số và ngày."
        answer = Answer(Verdict.NGUYEN_VEN, (intact, introduced(mark)), dau=mark)
    known = known_of(mark, asked.kho, ())
    signed = next((item for item in known.others if item.signed.khoa == mark.quyet_dinh), None)
    troubles = dict.fromkeys((*asked.troubles, *known.troubles))
    if signed is not None:
        return _with_issue(answer, signed, asked)
    return replace(answer, cau=(*answer.cau, *troubles))


def _with_issue(answer: Answer, item: Entered, asked: Asked) -> Answer:
    try:
        approved = item.kho.reading(item.signed.khoa, as_draft=True)
    except QtnbError as error:
        return replace(answer, cau=(*answer.cau, f"Dự thảo này nay đã ban hành là {item.signed.ten}.", error.message))
    differences = tuple(alterations(approved, asked.seen))
    told = issued(item.signed, len(differences))
    issue = BanHanh(item.signed, differences)
    return replace(answer, cau=(*answer.cau, told), kho=item.kho.so, ban_hanh=issue)
