"""What is due or late in the task plans as a Word appendix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qtnb.check import Checked
from qtnb.model import co_quan_from
from qtnb.resources import data_folder
from qtnb.schema import SchemaName, fits
from qtnb.tabular.table import Table


def write_plan_report(path: Path, title: str, tables: Sequence[Table], kho: Sequence[Checked], cwd: Path) -> None:
    """Write ``tables`` to the .docx file ``path``, those without rows left out but for the first.

    A template of its own is looked for in the kho, where there is one, else in ``cwd``. Raises QtnbError for a
    broken template, or when ``path`` cannot be written.
    """
    # Jinja and docxtpl are loaded only by the commands that render.
    from qtnb.render import TemplateStore
    from qtnb.render.report import write_appendix
    from qtnb.words.reporting import PhuLucSo

    printed = tuple(table for number, table in enumerate(tables) if table.rows or not number)
    goc, agency = (kho[0].sources.goc, _agency(kho[0])) if len(kho) == 1 else (cwd, "")
    appendix = PhuLucSo(title, printed, co_quan=agency)
    write_appendix(path, appendix, TemplateStore(data_folder("templates")), goc)


def _agency(kho: Checked) -> str:
    """The name of a kho's agency; empty when it cannot be read."""
    data = kho.sources.cau_hinh.data
    return co_quan_from(data["co_quan"]).ten if fits(SchemaName.KHO, data) else ""
