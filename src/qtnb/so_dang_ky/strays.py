"""Files in the folder of approved contents that no decision of the register put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from qtnb.discovery import KEPT_FOLDER
from qtnb.finding import Remark, Severity
from qtnb.so_dang_ky.beside import Placed, RegisterCheck
from qtnb.so_dang_ky.snapshot import snapshot_path
from qtnb.text import shown

_MOST_NAMED: Final = 5
"""Files that the message names."""


def strays(kho: RegisterCheck) -> Iterator[Placed]:
    """Tell the files that the register does not name; hidden ones are left alone."""
    known = {snapshot_path(khoa) for khoa in kho.register.quyet_dinh}
    try:
        names = sorted(path.name for path in (kho.goc / KEPT_FOLDER).iterdir())
    except OSError:  # a folder that is missed is told with each decision
        return
    found = [name for name in names if not name.startswith(".") and f"{KEPT_FOLDER}/{name}" not in known]
    if found:
        named = ", ".join(f"{KEPT_FOLDER}/{_readable(name)}" for name in found[:_MOST_NAMED])
        more = f" và {len(found) - _MOST_NAMED} tệp khác" if len(found) > _MOST_NAMED else ""
        message = f"Không có quyết định nào trong sổ đăng ký lưu nội dung ở {named}{more}."
        hint = "Nếu sổ đã mất mục của quyết định thì lấy lại so-dang-ky.yaml từ git; nếu không thì xóa tệp."
        yield kho.source, Remark(("quyet_dinh",), "kept-stray", message, hint, Severity.WARNING, on_key=True)


def _readable(name: str) -> str:
    return shown(os.fsencode(name).decode("utf-8", "replace"))
