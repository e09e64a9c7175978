"""The answer on what qtnb made and is no decision: a comparison, a redline, a report."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qtnb.doi_chieu.altered import altered
from qtnb.doi_chieu.answer import Answer, Verdict
from qtnb.doi_chieu.asked import Asked
from qtnb.doi_chieu.sentences import NAMES, introduced
from qtnb.render.mark import DauVanBan

_NO_DECISION: Final = "Đây không phải là quyết định nên không đối chiếu với sổ đăng ký."
_SETTLED: Final = {
    "chap_nhan": "Mọi thay đổi đánh dấu đã được chấp nhận; chữ đúng như bản mới lúc lập.",
    "tu_choi": "Mọi thay đổi đánh dấu đã bị từ chối; chữ đúng như bản cũ lúc lập.",
}


def judged_other(mark: DauVanBan, asked: Asked) -> Answer:
    """The answer; a redline is unaltered while its words and its tracked changes are those that it was made with."""
    if asked.is_as_marked(mark):
        intact = f"{NAMES[mark.loai]} do qtnb lập, chưa bị sửa; không phải là quyết định."
        return Answer(Verdict.NGUYEN_VEN, (intact, introduced(mark)), dau=mark)
    settled = asked.settled.reading.seal
    how = next((name for name, seal in mark.dau_khac.items() if seal == settled), "")
    if how in _SETTLED and not asked.settled.has_changes:
        return Answer(Verdict.BI_SUA, (_SETTLED[how], introduced(mark), _NO_DECISION), dau=mark)
    answer = altered(mark, asked)
    return replace(answer, cau=(*answer.cau, _NO_DECISION))
