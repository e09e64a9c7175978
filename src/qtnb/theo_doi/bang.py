"""The work of plans as tables: what is due or late by unit, what recurs, what has no day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qtnb.han import ChuKy, DinhKy
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from qtnb.theo_doi.don_vi import key_of
from qtnb.theo_doi.tinh_trang import Moc, TienDo, TinhTrang
from qtnb.words.writing import one_line, roman

NOBODY: Final = "Chưa ghi đơn vị"
"""In place of the units of work that names none."""

LEADS, SUPPORTS = "chủ trì", "phối hợp"

PERIODS: Final = {
    ChuKy.NGAY: "hằng ngày",
    ChuKy.TUAN: "hằng tuần",
    ChuKy.THANG: "hằng tháng",
    ChuKy.QUY: "hằng quý",
    ChuKy.NUA_NAM: "6 tháng",
    ChuKy.NAM: "hằng năm",
}

_DUE: Final = {TinhTrang.QUA_HAN: "quá hạn", TinhTrang.DEN_HAN: "đến hạn"}
_WITHOUT_DAY: Final = {TinhTrang.TUY_THUOC: "tùy thuộc việc khác", TinhTrang.CHUA_HIEU: "chưa đọc được"}

_WORK: Final = Column("noi_dung", "Nhiệm vụ")
_PLAN: Final = (Column("stt", "Mục"), Column("ke_hoach", "Kế hoạch"))


def tables_of(work: Sequence[TienDo], moc: Moc, don_vi: str = "") -> tuple[Table, ...]:
    """The tables, without those that would be empty but for the first; of one unit when ``don_vi`` names it."""
    mine = [item for item in work if not don_vi or concerns(item, don_vi)]
    others = (_recurring(mine), _without_day(mine))
    return (_due(mine, moc, don_vi), *(table for table in others if table.rows))


def by_unit(work: Iterable[TienDo]) -> dict[str, list[tuple[str, TienDo]]]:
    """The work that each unit leads or supports, by the unit's first spelling, in order of first appearance."""
    names: dict[str, str] = {}
    units: dict[str, list[tuple[str, TienDo]]] = {}
    for item in work:
        for part, named in ((LEADS, item.chu_tri or (NOBODY,)), (SUPPORTS, item.phoi_hop)):
            for unit in named:
                name = names.setdefault(key_of(unit), unit)
                units.setdefault(name, []).append((part, item))
    return units


def concerns(item: TienDo, don_vi: str) -> bool:
    """Whether a unit leads or supports a piece of work."""
    return key_of(don_vi) in {key_of(unit) for unit in (*item.chu_tri, *item.phoi_hop)}


def _due(work: Sequence[TienDo], moc: Moc, don_vi: str) -> Table:
    listed = [item for item in work if item.tinh_trang in _DUE]
    groups = [
        (unit, sorted(items, key=lambda pair: (pair[0] != LEADS, pair[1].ngay or moc.den_ngay)))
        for unit, items in by_unit(listed).items()
        if not don_vi or key_of(unit) == key_of(don_vi)
    ]
    return Table(
        "den_han",
        f"Việc quá hạn, đến hạn tính đến ngày {said(moc.den_ngay)}",
        (
            _WORK,
            Column("vai", "Vai trò"),
            Column("tinh_trang", "Tình trạng"),
            Column("han", "Hạn", Kind.DATE),
            Column("so_ngay_tre", "Số ngày trễ", Kind.COUNT, summed=False),
            *_PLAN,
        ),
        tuple(
            Group(roman(number), unit, tuple(_due_row(part, item, moc) for part, item in items))
            for number, (unit, items) in enumerate(groups, start=1)
        ),
        total="",
        sheet="Quá hạn, đến hạn",
    )


def _due_row(part: str, item: TienDo, moc: Moc) -> Cells:
    late = item.tinh_trang is TinhTrang.QUA_HAN and item.ngay is not None
    return {
        **_head(item),
        "vai": part,
        "tinh_trang": _DUE[item.tinh_trang],
        "han": item.ngay,
        "so_ngay_tre": (moc.qua_han - item.ngay).days if late and item.ngay else None,
    }


def _recurring(work: Sequence[TienDo]) -> Table:
    listed = [item for item in work if item.tinh_trang is TinhTrang.DINH_KY]
    listed.sort(key=lambda item: str(item.ngay))
    rows = tuple({**_head(item), **_units(item), "ky": _period(item), "ky_toi": item.ngay} for item in listed)
    columns = (_WORK, Column("chu_tri", "Chủ trì"), Column("ky", "Kỳ"), Column("ky_toi", "Kỳ tới", Kind.DATE), *_PLAN)
    return Table("dinh_ky", "Việc định kỳ", columns, (Group("", "", rows),), total="", sheet="Định kỳ")


def _without_day(work: Sequence[TienDo]) -> Table:
    rows = tuple(
        {**_head(item), **_units(item), "thoi_gian": one_line(item.viec.dong.thoi_gian), "vi_sao": why}
        for state, why in _WITHOUT_DAY.items()
        for item in work
        if item.tinh_trang is state
    )
    columns = (
        _WORK,
        Column("chu_tri", "Chủ trì"),
        Column("thoi_gian", "Thời gian ghi trong kế hoạch"),
        Column("vi_sao", "Vì sao"),
        *_PLAN,
    )
    title = "Việc không có ngày, hoặc chưa đọc được thời hạn"
    return Table("khong_co_ngay", title, columns, (Group("", "", rows),), total="", sheet="Không có ngày")


def _head(item: TienDo) -> dict[str, str]:
    return {"noi_dung": one_line(item.viec.goi), "stt": item.viec.stt, "ke_hoach": item.goi}


def _units(item: TienDo) -> dict[str, str]:
    return {"chu_tri": "; ".join(item.chu_tri) or NOBODY}


def _period(item: TienDo) -> str:
    return PERIODS[item.han.chu_ky] if isinstance(item.han, DinhKy) else ""


def said(day: object) -> str:
    """``31/12/2025``."""
    return f"{day:%d/%m/%Y}"


def counts_of(work: Iterable[TienDo]) -> Iterator[tuple[TinhTrang, int]]:
    """How many pieces of work stand how, every state named."""
    states = [item.tinh_trang for item in work]
    yield from ((state, states.count(state)) for state in TinhTrang)
