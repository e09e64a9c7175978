"""The report as a whole: what the office has written itself, and the parts made from the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qtnb.aggregate.reporting.faults import faults
from qtnb.aggregate.reporting.proposals import proposals
from qtnb.aggregate.reporting.results import results
from qtnb.aggregate.reporting.situation import situation
from qtnb.aggregate.reporting.told import Told
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Table
from qtnb.words.reporting import BaoCao, Muc
from qtnb.words.writing import capitalised, day_in_words, one_line, starts_with, unended

_WORK = "giải quyết công việc nội bộ (ngoài thủ tục hành chính)"
_RESULT = f"kết quả rà soát, xây dựng, phê duyệt quy trình {_WORK}"


def report_of(told: Told, tables: Sequence[Table], pictures: Sequence[Picture]) -> BaoCao:
    """The report with ``tables`` and ``pictures`` as its appendices."""
    own = told.plan.bao_cao
    parts = [_opening(told), situation(told), results(told), faults(told), proposals(told)]
    return BaoCao(
        told.co_quan,
        own.trich_yeu or f"{_RESULT[:1].upper()}{_RESULT[1:]} đến {day_in_words(told.when.ngay)}",
        own.kinh_gui,
        (*parts[:-1], replace(parts[-1], doan=(*parts[-1].doan, _end(told)))),
        tuple(tables),
        tuple(pictures),
        own.noi_nhan,
        own.luu or "VT",
        own.ky,
        own.so,
        own.ngay,
    )


def _opening(told: Told) -> Muc:
    plan = unended(one_line(told.plan.ke_hoach))
    text = f"{one_line(told.co_quan.ten)} báo cáo {_RESULT} của các cơ quan, đơn vị đến {day_in_words(told.when.ngay)} "
    if plan:
        text = f"{plan if starts_with(plan, 'thực hiện') else f'Thực hiện {plan}'}, {text}"
    return Muc("", (capitalised(f"{text}như sau:"),))


def _end(told: Told) -> str:
    """The last sentence names whom the report goes to where that is one."""
    to = told.plan.bao_cao.kinh_gui
    whom = f" {unended(one_line(to[0]))}" if len(to) == 1 else ""
    text = f"Trên đây là kết quả rà soát, xây dựng, phê duyệt quy trình {_WORK}"
    return f"{text}, {one_line(told.co_quan.ten)} kính báo cáo{whom}."
