"""The work of a plan, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qtnb.finding import DataPath
from qtnb.ke_hoach import Dong, KeHoach, NhiemVu
from qtnb.words.ke_hoach import group_number, task_number


@dataclass(frozen=True, slots=True)
class Viec:
    """One piece of work with a deadline of its own: a task, a part of one, or a further product."""

    at: DataPath
    """Of its mapping in the file."""
    stt: str
    """``III.6``; of a part or a further product that of its task; may be empty."""
    noi_dung: str
    dong: Dong
    """With the units of the task where the line itself names none."""

    @property
    def goi(self) -> str:
        """What it is called in a list: a further product by its task and itself."""
        further = "san_pham_khac" in self.at
        return f"{self.noi_dung} (sản phẩm: {self.dong.san_pham})" if further else self.noi_dung


def viec_of(ke_hoach: KeHoach) -> Iterator[Viec]:
    """Every piece of work of a plan, in order.

    A line without units of its own has those of its task, as in the appendix to 5743/QĐ-UBND (III.3,
    III.6). A part or further product without a time is done with its task, and a task without a time
    with its parts.
    """
    for g, nhom in enumerate(ke_hoach.nhom):
        for t, nhiem_vu in enumerate(nhom.nhiem_vu):
            at: DataPath = ("nhom", g, "nhiem_vu", t)
            stt = _full_number(group_number(ke_hoach, nhom), task_number(ke_hoach, nhom, nhiem_vu))
            parts = list(_parts(at, stt, nhiem_vu))
            if nhiem_vu.dong.thoi_gian.strip() or not parts:
                yield Viec(at, stt, nhiem_vu.noi_dung, nhiem_vu.dong)
            yield from parts


def _parts(at: DataPath, stt: str, nhiem_vu: NhiemVu) -> Iterator[Viec]:
    for number, dong in enumerate(nhiem_vu.san_pham_khac):
        if dong.thoi_gian.strip():
            yield Viec((*at, "san_pham_khac", number), stt, nhiem_vu.noi_dung, _with_units(dong, nhiem_vu.dong))
    for number, con in enumerate(nhiem_vu.nhiem_vu_con):
        if con.dong.thoi_gian.strip():
            yield Viec((*at, "nhiem_vu_con", number), stt, con.noi_dung, _with_units(con.dong, nhiem_vu.dong))


def _with_units(dong: Dong, of_task: Dong) -> Dong:
    if not dong.chu_tri and not dong.phoi_hop:
        return replace(dong, chu_tri=of_task.chu_tri, phoi_hop=of_task.phoi_hop)
    return dong if dong.chu_tri else replace(dong, chu_tri=of_task.chu_tri)


def _full_number(nhom: str, nhiem_vu: str) -> str:
    """``III.6``; ``9.3`` holds its group already."""
    if not nhiem_vu or not nhom or nhiem_vu.startswith(f"{nhom}."):
        return nhiem_vu or nhom
    return f"{nhom}.{nhiem_vu}"
