"""Tables in every format and file that a command is asked for: one registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.errors import QtnbError
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Table
from qtnb.text import shown


@dataclass(frozen=True, slots=True)
class Printable:
    """What there is to write."""

    tables: tuple[Table, ...]
    title: str
    agency: str
    """Who reports; may be empty."""
    note: str
    """``Số liệu đến ngày 22/11/2026``."""
    document: Callable[[], str]
    """The whole as JSON."""
    report: Callable[[Path], None] | None = None
    """Writes the report as a Word document; None where the command has none."""
    pictures: Callable[[], Sequence[Picture]] | None = None
    """The charts of the report; None where it has none."""
    day: dt.date | None = None
    """The day of the figures, as files tell it in their properties; None: they tell none."""


Write: TypeAlias = Callable[[Path, Printable], Sequence[Path]]
"""Writes to a file or folder and gives back what it wrote. Raises QtnbError when it cannot."""


@dataclass(frozen=True, slots=True)
class TableOutput:
    """One thing to be written."""

    write: Write
    path: Path


def table_outputs_of(written: Iterable[str], *, word: bool = False, charts: bool = False) -> tuple[TableOutput, ...]:
    """The outputs from options: ``FILE.xlsx``, or ``csv=FOLDER`` for formats of a file for each table.

    ``word`` says that the command has a report for ``FILE.docx``, ``charts`` that it has some for ``bieu-do=FOLDER``.
    Raises QtnbError for an option that is not so, that names a place twice, or a folder that is not there.
    """
    files = {**_FILES, ".docx": _word} if word else _FILES
    folders = {**_FOLDERS, "bieu-do": _charts} if charts else _FOLDERS
    outputs: dict[Path, TableOutput] = {}
    for text in written:
        output = _output(text, files, folders)
        if output.path in outputs:
            message = f"“{shown(output.path)}” được nêu hai lần ở -o."
            raise QtnbError(message, hint="Ghi mỗi dạng vào một nơi riêng.", exit_code=2)
        outputs[output.path] = output
    return tuple(outputs.values())


def need_folder(path: Path) -> None:
    """Raise QtnbError when the folder of a file to be written is not there, before anything is counted for it."""
    if not path.parent.is_dir():
        message = f"Không có thư mục “{shown(path.parent)}” để ghi “{shown(path.name)}”."
        raise QtnbError(message, hint="Tạo thư mục này trước, hoặc ghi vào nơi khác.")


def chosen(tables: Sequence[Table], keys: Sequence[str]) -> tuple[Table, ...]:
    """The tables with ``keys``, in their own order; all when none are named. Raises QtnbError for an unknown key."""
    known = {table.key: table for table in tables}
    for key in keys:
        if key not in known:
            hint = f"Các bảng: {', '.join(known)}."
            raise QtnbError(f"Không có bảng “{shown(key)}”.", hint=hint, exit_code=2)
    return tuple(table for table in tables if not keys or table.key in keys)


def _output(text: str, files: Mapping[str, Write], folders: Mapping[str, Write]) -> TableOutput:
    name, equals, path = text.partition("=")
    if equals and name in folders and path:
        return TableOutput(folders[name], Path(path))
    write = files.get(Path(text).suffix.lower())
    if write is None:
        places = " hoặc ".join(f"{key}=THƯ_MỤC" for key in folders)
        hint = f"Viết tệp có đuôi {', '.join(files)}, hoặc {places}."
        raise QtnbError(f"Giá trị “{shown(text)}” của -o không dùng được.", hint=hint, exit_code=2)
    need_folder(Path(text))
    return TableOutput(write, Path(text))


def _workbook(path: Path, what: Printable) -> Sequence[Path]:
    from qtnb.tabular.xlsx import About, write_workbook

    write_workbook(path, what.tables, About(what.title, what.agency, what.note, what.day))
    return [path]


def _json(path: Path, what: Printable) -> Sequence[Path]:
    from qtnb.files import write_whole

    write_whole(path, what.document().encode())
    return [path]


def _word(path: Path, what: Printable) -> Sequence[Path]:
    if what.report is None:
        raise AssertionError("a command that takes .docx has a report")
    pictures = _beside(path, what.pictures()) if what.pictures else []
    what.report(path)
    return [path, *pictures]


def _beside(path: Path, pictures: Sequence[Picture]) -> Sequence[Path]:
    """Write the charts of ``bao-cao.docx`` into ``bao-cao-bieu-do/``."""
    from qtnb.tabular.picture import write_pictures

    return write_pictures(_made(path.with_name(f"{path.stem}-bieu-do")), pictures)


def _charts(folder: Path, what: Printable) -> Sequence[Path]:
    if what.pictures is None:
        raise AssertionError("a command that takes bieu-do= has charts")
    from qtnb.tabular.picture import write_pictures

    return write_pictures(_made(folder), what.pictures())


def _csv(folder: Path, what: Printable) -> Sequence[Path]:
    from qtnb.tabular.csv import write_csv

    return write_csv(_made(folder), what.tables)


def _parquet(folder: Path, what: Printable) -> Sequence[Path]:
    from qtnb.tabular.parquet import write_parquet

    return write_parquet(_made(folder), what.tables)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QtnbError(f"Không tạo được thư mục “{folder}”.", hint="Kiểm tra tên và quyền ghi.") from error
    return folder


_FILES: Final[Mapping[str, Write]] = {".xlsx": _workbook, ".json": _json}
"""Formats of one file, by its ending."""
_FOLDERS: Final[Mapping[str, Write]] = {"csv": _csv, "parquet": _parquet}
"""Formats of a file for each table."""
