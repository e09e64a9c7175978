"""Finding the kho, and the files of each, below or around the paths of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qtnb.errors import QtnbError

KHO_FILE: Final = "qtnb.yaml"
QUY_TRINH: Final = "quy-trinh"
QUYET_DINH: Final = "quyet-dinh"
KE_HOACH: Final = "ke-hoach"
THONG_KE: Final = "thong-ke"
REGISTER_FILE: Final = "so-dang-ky.yaml"
"""The register, beside the kho file."""
KEPT_FOLDER: Final = "da-phe-duyet"
"""Where the content that a decision approved is kept, a file for each decision."""

_FOLDERS = (QUY_TRINH, QUYET_DINH, KE_HOACH, THONG_KE)
YAML_ENDINGS: Final = (".yaml", ".yml")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of a kho that is not read, with the reason."""

    path: Path
    rule: str
    message: str
    hint: str


@dataclass(slots=True)
class KhoFiles:
    """The files of one kho, by their place; nothing is read yet."""

    goc: Path
    quy_trinh: list[Path] = field(default_factory=list)
    quyet_dinh: list[Path] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    so_dang_ky: Path | None = None
    """The register; None when the kho has none."""
    ke_hoach: list[Path] = field(default_factory=list)
    """Plans."""
    thong_ke: list[Path] = field(default_factory=list)
    """Statistics forms."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths of a command mean."""

    kho: tuple[KhoFiles, ...]
    """Each once, ordered by folder."""
    scope: tuple[Path, ...]
    """The absolute paths asked for; what is said about other files of a kho is left out."""
    outside: tuple[Path, ...]
    """Files asked for that belong to no kho."""

    def covers(self, path: Path) -> bool:
        """Whether the user asked for ``path`` (absolute), or for a folder around it."""
        return any(path == asked or asked in path.parents for asked in self.scope)


def find_kho(paths: Sequence[Path]) -> Found:
    """Find every kho at, below or around ``paths``.

    Raises QtnbError for a path that does not exist or when there is no kho at all.
    """
    roots: dict[Path, None] = {}
    scope: list[Path] = []
    for path in paths:
        asked = _existing(path)
        scope.append(asked)
        around = kho_around(asked)
        if around is not None:
            roots[around] = None
        if asked.is_dir():
            roots.update(dict.fromkeys(_kho_below(asked)))
    kho = tuple(_files_of(root) for root in sorted(roots))
    _settle_claims(kho)
    known = {path for item in kho for path in _all_files(item)}
    outside = tuple(path for path in scope if not path.is_dir() and path not in known)
    if not kho and not outside:
        raise QtnbError(
            f"Không tìm thấy kho quy trình nào (tệp {KHO_FILE}) tại {', '.join(f'“{path}”' for path in paths)}.",
            hint="Tạo kho mới bằng lệnh: qtnb init THƯ_MỤC",
        )
    return Found(kho, tuple(scope), outside)


def _existing(path: Path) -> Path:
    """``path``, absolute; its folder with links resolved, so that one kho has one name."""
    try:
        resolved = path.resolve(strict=True) if path.is_dir() else path.parent.resolve(strict=True) / path.name
        resolved.lstat()
    except (OSError, RuntimeError) as error:
        raise QtnbError(f"Không đọc được đường dẫn {path}.", hint="Kiểm tra tên và quyền truy cập.") from error
    return resolved


def kho_around(path: Path) -> Path | None:
    """The folder of the kho that ``path`` (absolute) is or lies in; None outside any."""
    return next((folder for folder in (path, *path.parents) if (folder / KHO_FILE).is_file()), None)


def is_looked_into(name: str) -> bool:
    """Whether kho are looked for in a folder of this name."""
    return not name.startswith(".") and name not in _SKIPPED_FOLDERS


def _kho_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(filter(is_looked_into, folders))
        if KHO_FILE in files:
            yield Path(place)


def _all_files(kho: KhoFiles) -> Iterator[Path]:
    yield kho.goc / KHO_FILE
    if kho.so_dang_ky is not None:
        yield kho.so_dang_ky
    yield from kho.quy_trinh
    yield from kho.quyet_dinh
    yield from kho.ke_hoach
    yield from kho.thong_ke
    yield from (refused.path for refused in kho.refused)


def _files_of(root: Path) -> KhoFiles:
    kho = KhoFiles(root)
    _collect(root / QUY_TRINH, kho.quy_trinh, kho)
    _collect(root / QUYET_DINH, kho.quyet_dinh, kho)
    register = root / REGISTER_FILE
    if register.is_symlink():
        kho.refused.append(_link(register))
    elif register.exists():
        kho.so_dang_ky = register
    elif any((root / KEPT_FOLDER).glob("*.json")):
        message = f"Kho có nội dung đã phê duyệt ({KEPT_FOLDER}/) nhưng không còn sổ đăng ký {REGISTER_FILE}."
        hint = f"Lấy lại sổ từ git: git checkout HEAD -- {REGISTER_FILE}"
        kho.refused.append(RefusedFile(register, "register-missing", message, hint))
    _refuse_nested("Quyết định", kho.quyet_dinh, root / QUYET_DINH, kho)
    for what, name, into in (("Kế hoạch", KE_HOACH, kho.ke_hoach), ("Biểu thống kê", THONG_KE, kho.thong_ke)):
        _collect(root / name, into, kho)
        _refuse_nested(what, into, root / name, kho)
        _refuse_same_key(into, kho)
    return kho


def _refuse_nested(what: str, paths: list[Path], folder: Path, kho: KhoFiles) -> None:
    for path in [path for path in paths if path.parent != folder]:
        paths.remove(path)
        message = f"{what} nằm trong thư mục con của {folder.name}/ nên không được đọc."
        kho.refused.append(RefusedFile(path, "misplaced-file", message, f"Chuyển tệp ra thẳng {folder.name}/."))


def _refuse_same_key(paths: list[Path], kho: KhoFiles) -> None:
    """Refuse a second file of one key: their documents would have one name."""
    first: dict[str, Path] = {}
    for path in list(paths):
        other = first.setdefault(path.stem.casefold(), path)
        if other is not path:
            paths.remove(path)
            message = f"Khóa “{path.stem}” (tên tệp) cũng có ở {other.name}."
            kho.refused.append(RefusedFile(path, "duplicate-file-key", message, "Đổi tên một trong hai tệp."))


def _collect(folder: Path, into: list[Path], kho: KhoFiles) -> None:
    """Gather the YAML files below ``folder`` in order, without following links."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        message = "Không mở được thư mục này."
        kho.refused.append(RefusedFile(folder, "unreadable", message, "Kiểm tra quyền truy cập."))
        return
    for entry in entries:
        path = folder / entry.name
        is_yaml = entry.name.lower().endswith(YAML_ENDINGS) and not entry.name.startswith(".")
        if entry.is_symlink():
            if is_yaml or entry.is_dir() or not path.exists():
                kho.refused.append(_link(path))
        elif entry.is_dir():
            if not entry.name.startswith("."):
                _collect(path, into, kho)
        elif is_yaml and entry.name != KHO_FILE:
            into.append(path)  # a pipe or device named .yaml too: reading says what it is


def _link(path: Path) -> RefusedFile:
    # A link could lead out of the checkout and show a stranger's CI log another file's lines.
    message = "Đây là liên kết (symlink); qtnb không đọc qua liên kết."
    return RefusedFile(path, "symlink", message, "Thay liên kết bằng chính tệp hoặc thư mục đó.")


def _settle_claims(found: Sequence[KhoFiles]) -> None:
    """Give a file that two kho claim to the inner one, and say so at its kho file."""
    by_root = {kho.goc: kho for kho in found}
    for inner in found:
        for outer in (by_root[folder] for folder in reversed(inner.goc.parents) if folder in by_root):
            refused = [file.path for file in outer.refused]
            claimed = [path for path in (*outer.quy_trinh, *outer.quyet_dinh, *refused) if inner.goc in path.parents]
            folder = next((name for name in _FOLDERS if outer.goc / name in inner.goc.parents), "")
            if not folder:
                continue
            outer.quy_trinh = [path for path in outer.quy_trinh if inner.goc not in path.parents]
            outer.quyet_dinh = [path for path in outer.quyet_dinh if inner.goc not in path.parents]
            outer.refused = [file for file in outer.refused if inner.goc not in file.path.parents]
            message = (
                f"Kho này nằm trong thư mục {folder}/ của kho “{outer.goc.name}”: "
                f"cả hai kho cùng nhận {len(claimed)} tệp."
            )
            hint = f"Chuyển kho này ra ngoài thư mục {folder}/ của kho kia."
            inner.refused.append(RefusedFile(inner.goc / KHO_FILE, "kho-overlap", message, hint))
