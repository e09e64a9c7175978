"""The charts of a roll-up: how many procedures each agency has, and how far their approval has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qtnb.aggregate.short_names import with_short_names
from qtnb.aggregate.standing import When
from qtnb.aggregate.subjects import vietnamese
from qtnb.aggregate.tables import NAME
from qtnb.tabular.bars import Chart, count_charts, progress_charts
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Table

_NAMES = {
    "cv": "Một cơ quan (CV)",
    "lt": "Liên thông (LT)",
    "duyet_danh_muc": "Đã phê duyệt danh mục",
    "duyet_noi_dung": "Đã phê duyệt nội dung (số ở bên phải)",
}
"""What the parts are called beside a chart, where the heads of the table are not there to help."""


def charts_of(tables: Mapping[str, Table], when: When) -> list[Picture]:
    """The charts, in the order of the report; none where there is no procedure.

    Raises QtnbError when matplotlib is not installed.
    """
    if not any(row["quy_trinh"] for row in tables["so_luong"].rows):
        return []
    until = f"đến {vietnamese(when.ngay)}"
    parts, whole = ("duyet_danh_muc", "duyet_noi_dung"), "quy_trinh"
    counts = Chart("so-quy-trinh", "Số quy trình của từng cơ quan", ("cv", "lt"))
    levels = Chart("tien-do-theo-cap", f"Tiến độ phê duyệt theo cấp {until}", parts, whole)
    agencies = Chart("tien-do-theo-co-quan", f"Tiến độ phê duyệt của từng cơ quan {until}", parts, whole)
    return [
        *count_charts(_named(tables["so_luong"]), counts),
        *progress_charts(_named(tables["cap"]), levels),
        *progress_charts(_named(tables["tien_do"]), agencies),
    ]


def _named(table: Table) -> Table:
    columns = (replace(column, title=_NAMES.get(column.key, column.title)) for column in table.columns)
    return with_short_names(replace(table, columns=tuple(columns)), NAME)
