"""What was cut in sum: by lĩnh vực, by agency, and beside what grew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qtnb.diff.extent import LoaiThoiGian
from qtnb.don_gian_hoa.columns import KEY_OF_UNIT, Placed, change_columns, with_sums
from qtnb.don_gian_hoa.cut_tables import by_field, unit_of
from qtnb.don_gian_hoa.so_sanh import KetQua, SoSanh, SoSanhKho
from qtnb.don_gian_hoa.times import UNITS, unit_name
from qtnb.don_gian_hoa.totals import total_of
from qtnb.tabular.table import Cell, Column, Kind, Table


def sum_tables(kho: Sequence[SoSanhKho], cuts: Sequence[Placed]) -> Iterator[Table]:
    """The cuts by lĩnh vực and by agency, each where there are several; then all changes together."""
    units = _units(cuts)
    columns = (Column("quy_trinh", "Số quy trình", Kind.COUNT), *_sum_columns(units))
    fields = by_field(kho, cuts)
    if len(fields) > 1:
        rows = [{"ten": name, **_sum_cells(item for _, item in placed)} for name, placed in fields.items()]
        yield with_sums("linh_vuc", "Cắt giảm theo lĩnh vực", (Column("ten", "Lĩnh vực"), *columns), rows)
    if len(kho) > 1:
        rows = [{"ten": place.co_quan, **_sum_cells(place.of(KetQua.CAT_GIAM))} for place in kho]
        yield with_sums("co_quan", "Cắt giảm theo cơ quan", (Column("ten", "Cơ quan"), *columns), rows)
    yield _net(kho)


def _net(kho: Sequence[SoSanhKho]) -> Table:
    over = "Số quy trình (1)"
    columns = (
        Column("ten", "Cơ quan"),
        Column("quy_trinh", "So sánh được", Kind.COUNT, over),
        Column("cat_giam", "Cắt giảm", Kind.COUNT, over),
        Column("tang", "Tăng", Kind.COUNT, over),
        Column("khong_doi", "Không đổi", Kind.COUNT, over),
        *_sum_columns(_units([(place, item) for place in kho for item in place.quy_trinh]), "Giảm (2)"),
    )
    notes = "Có nội dung ở cả hai bản và tính được; kể cả quy trình tăng, quy trình không đổi.", "Số âm là tăng."
    rows = [
        {
            "ten": place.co_quan,
            **_sum_cells(place.quy_trinh),
            **{part.value: len(place.of(part)) for part in (KetQua.CAT_GIAM, KetQua.TANG, KetQua.KHONG_DOI)},
        }
        for place in kho
        if total_of(place.quy_trinh).quy_trinh
    ]
    table = with_sums("chung", "Tăng, giảm chung", columns, rows)
    return replace(table, total=table.total if len(rows) > 1 else "", footnotes=notes)


def _units(placed: Sequence[Placed]) -> list[LoaiThoiGian]:
    return [unit for unit in UNITS if any(unit_of(each) is unit for each in placed)]


def _sum_columns(units: Iterable[LoaiThoiGian], less: str = "Giảm") -> Iterator[Column]:
    yield from change_columns("buoc", "Số bước", Kind.COUNT, less)
    for unit in units:
        yield from change_columns(KEY_OF_UNIT[unit], f"Thời gian ({unit_name(unit)})", Kind.AMOUNT, less)


def _sum_cells(items: Iterable[SoSanh]) -> dict[str, Cell]:
    total = total_of(items)
    cells: dict[str, Cell] = {
        "quy_trinh": total.quy_trinh,
        "buoc_truoc": total.buoc_truoc,
        "buoc_sau": total.buoc_sau,
        "buoc_giam": total.giam_buoc,
    }
    for unit, time in total.thoi_gian.items():
        key = KEY_OF_UNIT[unit]
        cells |= {f"{key}_truoc": time.truoc, f"{key}_sau": time.sau, f"{key}_giam": time.giam}
    return cells
