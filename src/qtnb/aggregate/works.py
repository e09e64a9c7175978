"""The procedures of a roll-up as grouping compares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

from qtnb.aggregate.facts import CountedKho, ProcedureFacts
from qtnb.aggregate.times import Clock
from qtnb.grouping.records import Agency, Record, Time

_UNITS: Final = {Clock.LAM_VIEC: "ngày làm việc", Clock.LICH: "ngày", Clock.THANG: "tháng"}


def records_of(kho: Iterable[CountedKho]) -> Iterator[Record]:
    """Every procedure of the kho that have a readable ``qtnb.yaml``.

    A kho is told from others by what it holds, so that its files and its summary give equal records.
    """
    for item in kho:
        if item.facts.co_quan is not None:
            body = item.facts.co_quan
            agency = Agency(body.ten, body.cap, item.ma, tuple(ten for ten, _ in body.don_vi))
            signatures = item.facts.dau_buoc or repeat("")
            # A repeated blank has no end, signatures are as many as procedures.
            yield from (
                _record(agency, facts, text) for facts, text in zip(item.facts.quy_trinh, signatures, strict=False)
            )


def _record(agency: Agency, facts: ProcedureFacts, signature: str) -> Record:
    time = facts.thoi_gian
    return Record(
        agency,
        facts.khoa,
        facts.loai,
        facts.ten,
        facts.linh_vuc,
        facts.buoc if facts.co_noi_dung else None,
        Time(_UNITS[time.clock], time.amount) if time else None,
        signature,
    )
