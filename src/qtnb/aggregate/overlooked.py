"""What lies in the folders of a roll-up beside their kho, and is in no figure."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import KHO_FILE, QUY_TRINH, QUYET_DINH, YAML_ENDINGS, is_looked_into
from qtnb.finding import START_OF_FILE, Finding, Severity
from qtnb.reading import shown_path

SUMMARY_ENDING: Final = ".json"
_HEAD_OF_A_SUMMARY: Final = 400
"""Bytes in which a summary says what it is, even when it was laid out anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a roll-up was asked to count; links are resolved."""

    paths: Sequence[Path]
    summaries: Container[Path]


def overlooked(folder: Path, asked: Asked, cwd: Path) -> Iterator[Finding]:
    """What of ``folder``, itself in no kho, somebody may believe to be counted: no kho is found through it."""
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        here = Path(place)
        folders[:] = sorted(name for name in folders if KHO_FILE not in files and is_looked_into(name))
        yield from (_linked(here / name, cwd) for name in folders if _leads_out(here / name, asked))
        if KHO_FILE not in files:
            yield from _without_kho_file(here, folders, cwd)
            yield from (_uncounted(here / name, cwd) for name in sorted(files) if _is_uncounted(here / name, asked))
    for error in errors:
        message = "Không mở được thư mục này, nên không biết trong đó có kho nào."
        hint = "Kiểm tra quyền truy cập."
        place_shown = shown_path(Path(error.filename), cwd)
        yield Finding(place_shown, START_OF_FILE, "unreadable", Severity.ERROR, message, hint)


def summaries_below(folder: Path) -> list[Path]:
    """Every file below ``folder`` that is a summary by its name, in order."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if is_looked_into(name)]
        found += [Path(place, name) for name in files if _is_named_as_summary(name)]
    return sorted(path for path in found if path.is_file())


def _is_named_as_summary(name: str) -> bool:
    return name.lower().endswith(SUMMARY_ENDING) and not name.startswith(".")


def _leads_out(folder: Path, asked: Asked) -> bool:
    """Whether a folder is a link to a place that is not counted by its own name."""
    if not folder.is_symlink():
        return False
    place = Path(os.path.realpath(folder))
    return not any(place == path or path in place.parents for path in asked.paths)


def _linked(folder: Path, cwd: Path) -> Finding:
    message = "Đây là liên kết (symlink); qtnb không đọc qua liên kết."
    hint = "Nêu chính thư mục mà liên kết này chỉ tới, nếu trong đó có kho cần tính."
    return Finding(shown_path(folder, cwd), START_OF_FILE, "symlink", Severity.ERROR, message, hint)


def _without_kho_file(folder: Path, folders: list[str], cwd: Path) -> Iterator[Finding]:
    """Tell of a kho without ``qtnb.yaml``, and look no further into it."""
    name = next((name for name in (QUY_TRINH, QUYET_DINH) if name in folders and _has_yaml(folder / name)), "")
    if name:
        folders.clear()
        message = f"Thư mục này có {name}/ nhưng không có {KHO_FILE}, nên không được tính."
        hint = f"Lấy lại {KHO_FILE} của kho này; chưa có thì tạo kho bằng lệnh: qtnb init"
        path = shown_path(folder / KHO_FILE, cwd)
        yield Finding(path, START_OF_FILE, "kho-file-missing", Severity.ERROR, message, hint)


def _has_yaml(folder: Path) -> bool:
    return any(name.lower().endswith(YAML_ENDINGS) for _, _, files in os.walk(folder) for name in files)


def _is_uncounted(path: Path, asked: Asked) -> bool:
    """Whether a file is a summary that nobody asked for by its name."""
    if not _is_named_as_summary(path.name) or Path(os.path.realpath(path)) in asked.summaries:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_OF_A_SUMMARY) if path.is_file() else b""
    except OSError:
        return False
    return b'"loai"' in head and b'"tong-hop"' in head


def _uncounted(path: Path, cwd: Path) -> Finding:
    message = "Tệp tổng hợp này nằm cạnh các kho nên không được tính."
    hint = "Cần tính thì nêu thẳng tệp này trong lệnh; không thì chuyển tệp ra thư mục khác."
    return Finding(shown_path(path, cwd), START_OF_FILE, "summary-unused", Severity.WARNING, message, hint)
