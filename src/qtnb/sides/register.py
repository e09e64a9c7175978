"""The register of a kho, or why it cannot be used: none, and one that is broken, are not the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.check import usable_register
from qtnb.discovery import REGISTER_FILE, KhoFiles
from qtnb.errors import QtnbError
from qtnb.finding import Finding, Severity
from qtnb.journal import JOURNAL_FILE
from qtnb.reading import read_register, refused_sources
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import Source

_HINT: Final = "Xem lỗi bằng lệnh: qtnb validate"
_ITS_FILES: Final = (REGISTER_FILE, JOURNAL_FILE)


@dataclass(frozen=True, slots=True)
class FoundRegister:
    """What was found of a register."""

    register: SoDangKy | None
    """None when the kho has none, or none that can be used."""
    trouble: str = ""
    """Why it cannot be used, in one sentence; empty when it can, or when there is none."""

    def need(self) -> SoDangKy | None:
        """The register; None when the kho has none. Raises QtnbError for one that cannot be used."""
        if self.trouble:
            raise QtnbError(self.trouble, hint=_HINT)
        return self.register


def register_at(files: KhoFiles, cwd: Path) -> FoundRegister:
    """The register of the kho with ``files``; what is said of it shows paths relative to ``cwd``."""
    return _found(read_register(files, cwd), refused_sources(files, cwd))


def _found(source: Source | None, refused: tuple[Source, ...]) -> FoundRegister:
    # A link in its place, its loss while what it approved is kept, a write that was broken off.
    findings = [finding for it in refused if it.tep in _ITS_FILES for finding in it.findings]
    register = usable_register(source, findings)
    wrong = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if wrong is not None or (source is not None and register is None):
        return FoundRegister(None, _sentence(wrong, source))
    return FoundRegister(register)


def _sentence(wrong: Finding | None, source: Source | None) -> str:
    if wrong is None:
        return f"Không dùng được sổ đăng ký {source.path if source else REGISTER_FILE}."
    return f"Không dùng được sổ đăng ký ({wrong.path}:{wrong.span.line}): {wrong.message}"
