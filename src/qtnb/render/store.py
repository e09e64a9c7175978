"""Finds the Word template of a decision: the office's own, or the built-in one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qtnb.errors import QtnbError
from qtnb.render.engine import WordTemplate, compile_template
from qtnb.render.package import read_package

OWN_FOLDER: Final = "mau"
"""Folder of a kho whose templates replace built-in ones of the same name (format.md)."""


class TemplateStore:
    """Templates compiled so far in this run; each file is compiled once, for however many kho."""

    def __init__(self, builtin: Path) -> None:
        """Take the built-in templates from the folder ``builtin``."""
        self._builtin = builtin
        self._compiled: dict[Path, WordTemplate] = {}
        self._checked: set[Path] = set()

    def get(self, goc: Path, name: str, vocabulary: type) -> WordTemplate:
        """The template ``name`` for the kho in ``goc``: its own in ``mau/`` replaces the built-in one.

        ``vocabulary`` is the TypedDict of the words that the template may use.
        """
        self._check_names(goc / OWN_FOLDER)
        own = goc / OWN_FOLDER / f"{name}.docx"
        path = own if own.exists() else self._builtin / f"{name}.docx"
        if not path.is_file():
            raise QtnbError(f"Không thấy mẫu “{path}”.", hint="Cài lại qtnb, hoặc chép lại mẫu gốc.")
        key = path.resolve()
        if key not in self._compiled:
            shown = path.as_posix()
            self._compiled[key] = compile_template(read_package(path, shown), vocabulary, shown)
        return self._compiled[key]

    def _check_names(self, folder: Path) -> None:
        """Refuse a template that would be passed over in silence, or that leads out of the checkout."""
        if folder in self._checked or not folder.is_dir():
            return
        known = sorted(path.stem for path in self._builtin.glob("*.docx"))
        # Word leaves lock files “~$….docx” beside a document that is open.
        for path in sorted(path for path in folder.iterdir() if _is_template(path)):
            if path.is_symlink() or folder.is_symlink():
                raise QtnbError(f"Mẫu “{path}” là liên kết (symlink).", hint="Thay liên kết bằng chính tệp mẫu đó.")
            if path.name not in {f"{name}.docx" for name in known}:
                names = ", ".join(f"{name}.docx" for name in known)
                raise QtnbError(f"Mẫu “{path}” không thay cho mẫu nào.", hint=f"Đặt tên là một trong: {names}.")
        self._checked.add(folder)


def _is_template(path: Path) -> bool:
    return path.suffix.lower() in {".docx", ".dotx", ".doc", ".dot", ".docm"} and not path.name.startswith("~$")
