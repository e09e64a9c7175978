"""What part II of a report says of responsibility and load, where these are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qtnb.aggregate.load.tables import AGENCIES, HANDOVERS, MATRIX, UNITS
from qtnb.aggregate.reporting.told import Told, counted, most_first, name_of, number_of
from qtnb.tabular.table import Cells


def loads(told: Told) -> Iterator[str]:
    """A paragraph on the steps that agencies lead, one on what passes between them; none without their tables."""
    agencies = told.rows(AGENCIES)
    leading = _sum(agencies, "buoc_chu_tri")
    if leading:
        text = (
            f"Khối lượng công việc{told.see(AGENCIES, UNITS)}: các cơ quan chủ trì {counted(leading)} bước, phối hợp "
        )
        text += f"{counted(_sum(agencies, 'buoc_phoi_hop'))} bước"
        yield f"{text}{_first(agencies, 'chủ trì', 'buoc_chu_tri', 'bước')}."
    passed = _sum(agencies, "luot_chuyen_di")
    if passed:
        text = f"Luân chuyển liên thông{told.see(HANDOVERS, MATRIX)}: {counted(passed)} lượt chuyển giữa các cơ quan"
        yield f"{text}{_first(agencies, 'nhận đến', 'luot_chuyen_den', 'lượt')}."


def _sum(rows: Sequence[Cells], key: str) -> int:
    return sum(number_of(row, key) for row in rows)


def _first(rows: Sequence[Cells], does: str, key: str, what: str) -> str:
    """``; chủ trì nhiều nhất là Sở A (12 bước)``; empty where nobody has more than all others."""
    first, second = [*most_first(rows, key), {}, {}][:2]
    most = number_of(first, key)
    return f"; {does} nhiều nhất là {name_of(first)} ({counted(most)} {what})" if most > number_of(second, key) else ""
