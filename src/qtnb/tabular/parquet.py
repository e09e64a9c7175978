"""Tables as Parquet files for analysts; needs the extra ``qtnb[parquet]``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qtnb.errors import QtnbError
from qtnb.files import replacing
from qtnb.tabular.flat import Plain, flat_columns, flat_rows
from qtnb.tabular.table import Kind, Table

if TYPE_CHECKING:
    import pyarrow as pa


def write_parquet(folder: Path, tables: Iterable[Table]) -> list[Path]:
    """Write each table to ``<key>.parquet`` in ``folder`` and return the files.

    Counts are int64, amounts and ratios (fractions of one) double, dates date32, the rest text; the title of
    the table and the heads of its columns are metadata. Raises QtnbError when pyarrow is not installed or a
    file cannot be written.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise QtnbError(
            "Chưa cài thư viện pyarrow để ghi tệp Parquet.", hint="Cài thêm bằng lệnh: pip install 'qtnb[parquet]'."
        ) from error

    paths = []
    for table in tables:
        path = folder / f"{table.key}.parquet"
        with replacing(path) as file:
            parquet.write_table(_arrow(table), file, compression="zstd")
        paths.append(path)
    return paths


def _arrow(table: Table) -> pa.Table:
    import pyarrow as pa

    types = {
        Kind.TEXT: pa.string(),
        Kind.COUNT: pa.int64(),
        Kind.AMOUNT: pa.float64(),
        Kind.RATIO: pa.float64(),
        Kind.DATE: pa.date32(),
    }
    columns, rows = flat_columns(table), list(flat_rows(table))
    fields = [pa.field(column.key, types[column.kind], metadata={"tieu_de": column.title}) for column in columns]
    schema = pa.schema(fields, metadata={"tieu_de": table.title})
    arrays = [
        pa.array([_typed(row[column.key], column.kind) for row in rows], types[column.kind]) for column in columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _typed(value: Plain, kind: Kind) -> Plain:
    """A whole amount as a double too: Arrow refuses whole numbers that only nearly are one."""
    return float(value) if kind in {Kind.AMOUNT, Kind.RATIO} and isinstance(value, int) else value
