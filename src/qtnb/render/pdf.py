"""Converts Word files to PDF through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qtnb.errors import QtnbError
from qtnb.files import replacing

_PROGRAMS = (
    "soffice",
    "libreoffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def libreoffice() -> str:
    """The program that makes PDF files. Raises QtnbError when there is none."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise QtnbError(
            "Không tìm thấy LibreOffice để tạo tệp PDF.",
            hint="Cài LibreOffice Writer (Debian, Ubuntu: apt install libreoffice-writer), hoặc bỏ --pdf.",
        )
    return program


def to_pdf(files: Sequence[Path]) -> list[Path]:
    """Write the PDF of every Word file beside it, with one run of LibreOffice for all; return them in order.

    The run has a profile of its own, so that a LibreOffice already open on the desktop neither disturbs
    nor is disturbed, and works on numbered copies, so that no name of a file can trouble it.
    """
    if not files:
        return []
    program = libreoffice()
    with tempfile.TemporaryDirectory(prefix="qtnb-pdf-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        copies = [work / f"{number:06d}.docx" for number in range(len(files))]
        for file, copy in zip(files, copies, strict=True):
            shutil.copyfile(file, copy)
        said = _convert(program, work, copies)
        return [_beside(file, copy.with_suffix(".pdf"), said) for file, copy in zip(files, copies, strict=True)]


def _convert(program: str, work: Path, copies: Sequence[Path]) -> str:
    command = [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(work),
        *map(str, copies),
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, own paths
    except OSError as error:
        raise QtnbError(f"Không chạy được LibreOffice ({program}): {error.strerror or error}.") from error
    return done.stderr.decode(errors="replace").strip()


def _beside(file: Path, made: Path, said: str) -> Path:
    if not made.is_file() or made.stat().st_size == 0:
        last = said.rpartition("\n")[2]
        raise QtnbError(
            f'LibreOffice không tạo được PDF từ tệp "{file}".',
            hint=f"LibreOffice báo: {last}" if last else "Mở thử tệp đó bằng LibreOffice.",
        )
    pdf = file.with_suffix(".pdf")
    with made.open("rb") as source, replacing(pdf) as target:
        shutil.copyfileobj(source, target)
    return pdf
