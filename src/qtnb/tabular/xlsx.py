"""Tables as an Excel workbook: a sheet for each.

Formulas carry the values that were counted exactly here, so a program that does not calculate shows the same.
No text is ever taken for a formula, a link or a number, whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qtnb.errors import QtnbError
from qtnb.files import replacing
from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.printed import printed
from qtnb.tabular.sheet import FURTHER_ROWS, SheetWriter
from qtnb.tabular.sheet_formats import Formats
from qtnb.tabular.sheet_names import sheet_names
from qtnb.tabular.table import Kind, Table

_EPOCH = dt.date(1980, 1, 1)
"""Where no day is given: never the clock's."""

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
"""Excel's limits."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""In memory, since XlsxWriter stamps files on the disk with the time zone's hour."""


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself."""

    title: str
    agency: str = ""
    note: str = ""
    """Stands below the title of every sheet: ``Số liệu đến ngày 22/11/2026``."""
    day: dt.date | None = None
    """When it was made, as its properties tell."""


def write_workbook(path: Path, tables: Sequence[Table], about: About) -> None:
    """Write ``tables`` to the .xlsx file ``path``, whole or not at all; equal input gives equal bytes.

    Raises QtnbError for a table larger than a sheet, or when ``path`` cannot be written.
    """
    for table in tables:
        _refuse_what_is_too_large(table)
    import xlsxwriter

    with replacing(path) as file:
        book = xlsxwriter.Workbook(file, _OPTIONS)
        created = dt.datetime.combine(about.day or _EPOCH, dt.time(), dt.UTC)
        book.set_properties({"title": fit_text(about.title), "author": fit_text(about.agency), "created": created})
        formats = Formats(book)
        names = sheet_names(table.sheet or table.key for table in tables)
        for name, table in zip(names, tables, strict=True):
            SheetWriter(book.add_worksheet(name), formats, table, about.note).write()
        book.close()


def _refuse_what_is_too_large(table: Table) -> None:
    rows = len(table.rows) + len(table.groups) + len(table.footnotes) + FURTHER_ROWS
    if rows > _MOST_ROWS or len(table.columns) >= _MOST_COLUMNS:
        raise QtnbError(
            f"Bảng “{table.title}” có {printed(Kind.COUNT, len(table.rows))} dòng, {len(table.columns)} cột, "
            "nhiều hơn một trang tính của Excel chứa được.",
            hint="Ghi bảng này ra CSV hoặc Parquet.",
        )
