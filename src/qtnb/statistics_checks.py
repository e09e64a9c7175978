"""What must hold inside one statistics form that its schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.tabular.printed import printed
from qtnb.tabular.table import Cell, Column, Kind, ratio_of
from qtnb.text import shown
from qtnb.thong_ke import NAME, RESERVED, columns_of, decimals_of, figure_of, sums_of, thong_ke_from

Data = Mapping[str, Any]
_NUMBERS: Final = (Kind.COUNT, Kind.AMOUNT)


def check_statistics(data: Data) -> Iterator[Remark]:
    """What is wrong in the data of a form that fits its schema; sums are looked at when all figures are sound."""
    columns = columns_of(data)
    wrong = [*_columns(data, columns), *_groups(data), *_figures(data, columns)]
    yield from wrong
    if not any(remark.severity is Severity.ERROR for remark in wrong):
        yield from _stated(data, columns)


def _columns(data: Data, columns: Sequence[Column]) -> Iterator[Remark]:
    seen: set[str] = set()
    numbers = {column.key for column in columns if column.kind in _NUMBERS}
    for number, (item, column) in enumerate(zip(data["cot"], columns[1:], strict=True)):
        if column.key in seen or column.key in RESERVED:
            why = "được dùng hai lần" if column.key in seen else "dành cho cột tên và nhóm"
            message = f"Khóa cột “{column.key}” {why}."
            yield Remark(("cot", number, "khoa"), "column-twice", message, "Đặt cho mỗi cột một khóa riêng.")
        seen.add(column.key)
        yield from _ratio(("cot", number), item, column, numbers)


def _ratio(at: DataPath, item: Data, column: Column, numbers: set[str]) -> Iterator[Remark]:
    for key, words in (("tu_so", "tử số"), ("mau_so", "mẫu số")):
        named = item.get(key) or ""
        if column.kind is not Kind.RATIO:
            if named:
                message = f"Cột “{column.key}” có {words} ({key}) nhưng không phải là cột tỷ lệ."
                yield Remark((*at, key), "bad-ratio", message, f"Thêm kieu: ty_le, hoặc xóa {key}.")
        elif not named:
            message = f"Cột tỷ lệ “{column.key}” thiếu {words} ({key})."
            yield Remark(at, "bad-ratio", message, f"Thêm dòng: {key}: khóa của một cột số")
        elif named not in numbers:
            message = f"Cột tỷ lệ “{column.key}” lấy {words} ở “{shown(named)}”, không phải là một cột số của biểu."
            yield Remark((*at, key), "bad-ratio", message, f"Các cột số: {', '.join(sorted(numbers)) or 'chưa có'}.")


def _groups(data: Data) -> Iterator[Remark]:
    for number, group in enumerate(data["nhom"]):
        at: DataPath = ("nhom", number)
        if group.get("so_lieu") and group.get("don_vi"):
            message = "Nhóm vừa có số liệu của chính nó (so_lieu) vừa có các đơn vị (don_vi)."
            hint = "Số của nhóm có đơn vị do qtnb cộng; chuyển so_lieu thành một đơn vị, hoặc thành tong để đối chiếu."
            yield Remark((*at, "so_lieu"), "bad-group", message, hint)
        named = (group.get("ten") or "").strip()
        if not named and (len(data["nhom"]) > 1 or not group.get("don_vi")):
            yield Remark(at, "missing-key", "Thiếu khóa “Tên nhóm” (ten).", "Thêm dòng: ten: …")


# --- figures --------------------------------------------------------------------------------------


def _lines(data: Data) -> Iterator[tuple[DataPath, str, Data]]:
    """Every line that gives figures: its place, its name, the figures."""
    for g, group in enumerate(data["nhom"]):
        if not group.get("don_vi"):
            yield ("nhom", g), group.get("ten") or "", group.get("so_lieu") or {}
        for u, unit in enumerate(group.get("don_vi") or ()):
            yield ("nhom", g, "don_vi", u), unit["ten"], unit.get("so_lieu") or {}


def _figures(data: Data, columns: Sequence[Column]) -> Iterator[Remark]:
    by_key = {column.key: column for column in columns if column.key != NAME}
    for at, ten, given in _lines(data):
        yield from _cells((*at, "so_lieu"), given, by_key)
        missing = [column.title for key, column in by_key.items() if column.kind in _NUMBERS and _blank(given.get(key))]
        if missing:
            message = f"Dòng “{shown(ten)}” chưa có số liệu: {shown('; '.join(missing), 120)}."
            hint = "Ghi số liệu, số 0 khi không có; để trống thì tổng và tỷ lệ có thể chưa đủ."
            yield Remark((*at, "so_lieu"), "missing-figure", message, hint, Severity.WARNING)
    for at, stated in _stated_sums(data):
        yield from _cells(at, stated, by_key)


def _cells(at: DataPath, given: Data, columns: Mapping[str, Column]) -> Iterator[Remark]:
    for key, written in given.items():
        column = columns.get(key)
        if key.startswith("x-"):
            continue
        if column is None:
            message = f"Biểu không có cột “{shown(key)}”."
            yield Remark((*at, key), "unknown-column", message, f"Các cột: {', '.join(columns)}.", on_key=True)
            continue
        try:
            figure_of(column.kind, written)
        except ValueError:
            yield Remark((*at, key), "bad-figure", *_bad_figure(column, written))


def _bad_figure(column: Column, written: object) -> tuple[str, str]:
    wanted = "số đếm" if column.kind is Kind.COUNT else "số có nhiều nhất hai chữ số thập phân"
    message = f"Số liệu “{shown(written)}” ở cột “{shown(column.title)}” không phải là {wanted}."
    return (
        message,
        "Viết liền, không ngăn hàng nghìn, phần thập phân sau dấu phẩy: 1234 hoặc 25,5; để trống nếu chưa có.",
    )


def _blank(written: object) -> bool:
    return written is None or not str(written).strip()


# --- sums and ratios that the file states itself ----------------------------------------------------


def _stated_sums(data: Data) -> Iterator[tuple[DataPath, Data]]:
    for g, group in enumerate(data["nhom"]):
        yield ("nhom", g, "tong"), group.get("tong") or {}
    yield ("tong_cong",), data.get("tong_cong") or {}


def _stated(data: Data, columns: Sequence[Column]) -> Iterator[Remark]:
    form = thong_ke_from("", data)
    rows = iter(form.dong)
    for at, _, given in _lines(data):
        row = next(rows)
        ratios = {column.key: ratio_of(column, row) for column in columns if column.kind is Kind.RATIO}
        yield from _compared((*at, "so_lieu"), given, columns, ratios)
    for g, group in enumerate(form.nhom):
        stated = data["nhom"][g].get("tong") or {}
        yield from _compared(("nhom", g, "tong"), stated, columns, sums_of(columns, group.dong))
    yield from _compared(("tong_cong",), data.get("tong_cong") or {}, columns, sums_of(columns, form.dong))


def _compared(at: DataPath, stated: Data, columns: Sequence[Column], counted: Mapping[str, Cell]) -> Iterator[Remark]:
    for column in columns:
        written = stated.get(column.key)
        if _blank(written) or column.kind is Kind.TEXT or column.key not in counted:
            continue
        if not _agrees(column, written, counted[column.key]):
            computed = printed(column.kind, counted[column.key])
            said = f"tính từ số liệu là {computed}" if computed else "không tính được từ số liệu"
            message = f"“{shown(column.title)}” ghi {shown(written)}, nhưng {said}."
            yield Remark((*at, column.key), "stated-total", message, "Xóa số đã ghi (qtnb tự tính), hoặc sửa số liệu.")


def _agrees(column: Column, written: object, counted: Cell) -> bool:
    """Whether a stated figure is the counted one; a ratio, to the decimals that it is stated with."""
    stated = figure_of(column.kind, written)
    if not isinstance(stated, int | Fraction) or not isinstance(counted, int | Fraction):
        return False
    if column.kind is not Kind.RATIO:
        return stated == counted
    scale: int = 10 ** decimals_of(written)
    return stated * scale == int(Fraction(counted) * 100 * scale + Fraction(1, 2))
