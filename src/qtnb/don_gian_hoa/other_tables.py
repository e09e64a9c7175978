"""What does not count as a cut: procedures that grew, that are no more, that cannot be compared, that are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from qtnb.diff.extent import number_in_words
from qtnb.don_gian_hoa.columns import (
    agency_column,
    as_written,
    listed,
    name_cells,
    name_columns,
    side_cells,
    side_columns,
)
from qtnb.don_gian_hoa.so_sanh import DaiNgan, KetQua, KhongCon, SoSanh, SoSanhKho
from qtnb.tabular.table import Cells, Column, Kind, Table
from qtnb.words.writing import one_line

_REASON = Column("ly_do", "Lý do")


def other_tables(kho: Sequence[SoSanhKho]) -> Iterator[Table]:
    """One table for each of them, with rows or without."""
    yield _longer(kho)
    yield _gone(kho)
    yield _not_computable(kho)
    yield _new(kho)


def _longer(kho: Sequence[SoSanhKho]) -> Table:
    columns = (*name_columns(kho), *side_columns(), Column("tang_giam", "Tăng, giảm"), _REASON)
    rows = (
        {**name_cells((place, item)), **side_cells(item), "tang_giam": _up_and_down(item), "ly_do": item.ly_do}
        for place in kho
        for item in place.of(KetQua.TANG)
    )
    return listed("tang", "Quy trình tăng số bước hoặc thời gian, không tính là cắt giảm", columns, rows)


def _up_and_down(item: SoSanh) -> str:
    """``giảm 1 bước; tăng 2 ngày làm việc``."""
    unit = item.thoi_gian.don_vi.value if item.thoi_gian else ""
    changes = ((Fraction(item.giam_buoc), "bước"), (item.giam_thoi_gian, unit))
    return "; ".join(
        f"{'giảm' if less > 0 else 'tăng'} {number_in_words(abs(less))} {what}" for less, what in changes if less
    )


def _gone(kho: Sequence[SoSanhKho]) -> Table:
    columns = (
        Column("ten", "Tên quy trình"),
        *agency_column(kho),
        *side_columns(),
        Column("thay_bang", "Thay bằng"),
        Column("can_cu", "Căn cứ"),
        _REASON,
    )
    rows = ({"co_quan": place.co_quan, **_gone_row(group)} for place in kho for group in place.khong_con)
    title = "Quy trình bãi bỏ, được thay thế hoặc gộp, không tính vào số cắt giảm"
    return replace(listed("khong_con", title, columns, rows), sheet="Bãi bỏ, thay thế")


def _gone_row(group: KhongCon) -> Cells:
    return {
        "ten": _each(group.truoc, _called),
        "buoc_truoc": sum(part.extent.cac_buoc for part in group.truoc),
        "buoc_sau": sum(part.extent.cac_buoc for part in group.sau) if group.sau else None,
        "thoi_gian_truoc": _each(group.truoc, lambda part: as_written(part.extent)),
        "thoi_gian_sau": _each(group.sau, lambda part: as_written(part.extent)),
        "thay_bang": _each(group.sau, _called),
        "can_cu": ";\n".join(group.can_cu),
        "ly_do": group.ly_do,
    }


def _not_computable(kho: Sequence[SoSanhKho]) -> Table:
    columns = (*name_columns(kho), *side_columns(), Column("vi_sao", "Vì sao không tính được"))
    rows: list[Cells] = []
    for place in kho:
        rows += (
            {**name_cells((place, item)), **side_cells(item), "vi_sao": item.vi_sao}
            for item in place.of(KetQua.KHONG_TINH_DUOC)
        )
        rows += ({"ten": khoa, "co_quan": place.co_quan, "vi_sao": why} for khoa, why in place.khong_so_duoc)
    return listed("khong_tinh_duoc", "Quy trình không tính được, không cộng vào số nào", columns, rows)


def _new(kho: Sequence[SoSanhKho]) -> Table:
    columns = (
        *name_columns(kho),
        Column("linh_vuc", "Lĩnh vực"),
        Column("buoc_sau", "Số bước", Kind.COUNT),
        Column("thoi_gian_sau", "Thời gian"),
    )
    rows = ({"co_quan": place.co_quan, **_new_row(part)} for place in kho for part in place.bo_sung)
    return listed("bo_sung", "Quy trình mới", columns, rows)


def _new_row(part: DaiNgan) -> Cells:
    return {
        "ten": one_line(part.item.ten),
        "ky_hieu": part.item.ky_hieu,
        "linh_vuc": one_line(part.item.linh_vuc),
        "buoc_sau": part.extent.cac_buoc,
        "thoi_gian_sau": as_written(part.extent),
    }


def _each(parts: Iterable[DaiNgan], told: Callable[[DaiNgan], str]) -> str:
    return ";\n".join(map(told, parts))


def _called(part: DaiNgan) -> str:
    name = one_line(part.item.ten)
    return f"{name} ({part.item.ky_hieu})" if part.item.ky_hieu else name
