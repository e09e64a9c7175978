"""Workbooks calculated anew by the real LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest

from qtnb.render import libreoffice

_FORMULA = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


def has_calc() -> bool:
    """Whether LibreOffice is installed with its spreadsheet, a package of its own in Debian."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return program is not None and any(Path(program).resolve().parent.glob("*sclo.*"))


needs_calc = pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")


def recalculated(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it, after the values that we put beside the formulas were taken away."""
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _FORMULA.sub(rb"\1", content) if "worksheets/" in name else content)
    return converted(bare, "xlsx", folder / "recalculated")


def shown_as_csv(workbook: Path, folder: Path) -> list[Path]:
    """What LibreOffice shows in each sheet."""
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    converted(workbook, every_sheet, folder)
    return sorted(folder.glob("*.csv"))


def converted(workbook: Path, kind: str, folder: Path) -> Path:
    """The workbook in another format, as LibreOffice reads it."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                libreoffice(),
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                str(workbook),
            ],
            check=True,
            capture_output=True,
        )
    return folder / f"{workbook.stem}.{kind.partition(':')[0]}"
