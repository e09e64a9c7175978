"""Finds the Word template of a decision: the office's own, or the built-in one."""

from __future__ import annotations

from pathlib import Path

from qtnb.errors import QtnbError
from qtnb.render.engine import WordTemplate, compile_template
from qtnb.render.package import read_package


class TemplateStore:
    """Templates compiled so far in this run; each file is compiled once, for however many kho."""

    def __init__(self, builtin: Path) -> None:
        """Take the built-in templates from the folder ``builtin``."""
        self._builtin = builtin
        self._compiled: dict[Path, WordTemplate] = {}

    def get(self, goc: Path, name: str, vocabulary: type) -> WordTemplate:
        """The template ``name`` for the kho in ``goc``: its own in ``mau/`` replaces the built-in one.

        ``vocabulary`` is the TypedDict of the words that the template may use.
        """
        own = goc / "mau" / f"{name}.docx"
        path = own if own.exists() else self._builtin / f"{name}.docx"
        if not path.is_file():
            raise QtnbError(f'Không thấy mẫu "{path}".', hint="Cài lại qtnb, hoặc chép lại mẫu gốc.")
        key = path.resolve()
        if key not in self._compiled:
            shown = path.as_posix()
            self._compiled[key] = compile_template(read_package(path, shown), vocabulary, shown)
        return self._compiled[key]
