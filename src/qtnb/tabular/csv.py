"""Tables as CSV for programs: RFC 4180, in UTF-8 with the mark by which Excel knows it.

Heads are the keys of the columns, numbers have a dot, dates are written 2026-11-22, and there are no totals;
who wants to read or print takes the workbook. What a spreadsheet would run as a formula gets an apostrophe
in front, also after a character at which a spreadsheet set to another separator begins a new cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from qtnb.files import write_whole
from qtnb.tabular.flat import Plain, flat_columns, flat_rows
from qtnb.tabular.table import Table

_BEGINS_FORMULA = re.compile("(^|[;\t\n])(?=[ \u00a0]*[=+\\-@\t＝＋－＠])")
"""The list is OWASP's (CSV Injection); line ends within a value are ``\\n`` only."""


def write_csv(folder: Path, tables: Iterable[Table]) -> list[Path]:
    """Write each table to ``<key>.csv`` in ``folder`` and return the files. Raises QtnbError when one cannot be."""
    paths = []
    for table in tables:
        path = folder / f"{table.key}.csv"
        write_whole(path, csv_text(table).encode("utf-8-sig"))
        paths.append(path)
    return paths


def csv_text(table: Table) -> str:
    """One table, its lines ended with CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.key for column in flat_columns(table))
    writer.writerows([_inert(value) for value in row.values()] for row in flat_rows(table))
    return out.getvalue()


def _inert(value: Plain) -> Plain:
    return _BEGINS_FORMULA.sub(r"\1'", value) if isinstance(value, str) else value
