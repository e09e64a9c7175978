"""What a word of the command line means: a state of the kho, found in a fixed order.

1. ``da-phe-duyet``: what is approved.
2. A word that can only be a path (it begins with ``.`` or ``/``, or ends with ``/``): a folder.
3. A revision in git, ``REV`` or ``REV:path``.
4. A decision that is approved, by its key or its file.
5. A folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.discovery import KHO_FILE, QUYET_DINH
from qtnb.errors import QtnbError
from qtnb.sides.git import NoRepository, Repository
from qtnb.sides.register import FoundRegister
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import khoa_of
from qtnb.text import shown

APPROVED: Final = "da-phe-duyet"
"""The word for what is approved."""
HEAD: Final = "HEAD"


@dataclass(frozen=True, slots=True)
class Approved:
    """What is approved and in force."""


@dataclass(frozen=True, slots=True)
class AsOfDecision:
    """What was in force by the decisions up to one."""

    khoa: str


@dataclass(frozen=True, slots=True)
class Revision:
    """The kho as it stands in a revision."""

    word: str
    commit: str
    """Number of the commit; empty where only a tree is known."""
    tree: str
    """Name of the tree that should hold the kho file."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk that holds a kho, or a checkout of the repository."""

    place: Path


Choice: TypeAlias = Approved | AsOfDecision | Revision | Folder


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a word means."""

    choice: Choice
    notes: tuple[str, ...] = ()
    """What should be said where the word could mean something else, too."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where words are looked up."""

    cwd: Path
    goc: Path
    """The kho that is compared."""
    repository: Repository | NoRepository
    found: FoundRegister
    """The register of the kho."""


def choose(word: str, around: Surroundings) -> Chosen:
    """What ``word`` means. Raises QtnbError when it means nothing."""
    if word == APPROVED:
        around.found.need()
        return Chosen(Approved())
    folder = around.cwd / word if _fit_for_a_path(word) else None
    if _only_a_path(word):
        if folder is None or not folder.is_dir():
            raise QtnbError(f"Không thấy thư mục “{shown(word)}”.", hint="Kiểm tra đường dẫn.")
        return Chosen(Folder(folder))
    meanings = list(_meanings(word, around, folder))
    if not meanings:
        raise _unknown(word, around, folder)
    (first, called, notes), *others = meanings
    also = " và ".join(called for choice, called, _ in others if _may_be_meant(choice))
    if also:
        notes = (*notes, f"“{shown(word)}” là {called}, cũng là {also}; lấy {called}. {_other_way(word)}")
    return Chosen(first, notes)


def _meanings(word: str, around: Surroundings, folder: Path | None) -> Iterator[tuple[Choice, str, tuple[str, ...]]]:
    if isinstance(around.repository, Repository):
        revision, notes = _revision(word, around.repository)
        if revision is not None:
            yield revision, "tên một bản trong git", notes
    khoa = _decision(word, around.found.register)
    if khoa is not None:
        yield AsOfDecision(khoa), "khóa một quyết định đã phê duyệt", ()
    if folder is not None and folder.is_dir():
        yield Folder(folder), "tên một thư mục", ()


def _may_be_meant(choice: Choice) -> bool:
    """Whether a second meaning is worth a word: many a folder without a kho is called like a branch."""
    return not isinstance(choice, Folder) or (choice.place / KHO_FILE).is_file()


def _revision(word: str, repository: Repository) -> tuple[Revision | None, tuple[str, ...]]:
    looked = repository.look_up(word)
    found = looked.found[0]
    notes = (f"“{shown(word)}” vừa là thẻ vừa là nhánh trong git; lấy thẻ.",) if looked.ambiguous else ()
    if found is None or found.kind == "blob":
        return None, ()
    if found.kind == "tree":
        return Revision(word, "", found.oid), notes
    (commit,) = repository.look_up(f"{found.oid}^{{commit}}").found
    if commit is None:
        return None, ()
    tree = f"{commit.oid}:{repository.prefix}" if repository.prefix else f"{commit.oid}^{{tree}}"
    return Revision(word, commit.oid, tree), notes


def _decision(word: str, register: SoDangKy | None) -> str | None:
    """The key of the approved decision that ``word`` names, by its key or as ``quyet-dinh/<key>.yaml``."""
    if register is None:
        return None
    khoa = khoa_of(word) if word.startswith(f"{QUYET_DINH}/") else word
    return khoa if khoa in register.quyet_dinh else None


def _fit_for_a_path(word: str) -> bool:
    return bool(word) and "\0" not in word


def _only_a_path(word: str) -> bool:
    return word.startswith((".", "/", os.sep)) or word.endswith(("/", os.sep)) or not word


def _other_way(word: str) -> str:
    return f"Muốn lấy thư mục, viết ./{shown(word)}"


def _unknown(word: str, around: Surroundings, folder: Path | None) -> QtnbError:
    """The error for a word without a meaning. Raises that of the register, which might have known it."""
    around.found.need()
    said = shown(word)
    if folder is not None and folder.is_file():
        hint = "Ghi thư mục của kho, hoặc tên một bản trong git."
        return QtnbError(f"“{said}” là một tệp; chỉ so sánh được cả kho.", hint=hint)
    if ".." in word:
        hint = f"Viết hai tên cách nhau một dấu cách: qtnb diff {said.replace('...', '..').replace('..', ' ')}"
        return QtnbError(f"“{said}” không phải là tên một bản.", hint=hint)
    if isinstance(around.repository, NoRepository):
        message = f"Không có thư mục nào tên “{said}”. {around.repository.message}"
        return QtnbError(message, hint=around.repository.hint)
    message = f"Không có bản nào trong git, quyết định đã phê duyệt nào hay thư mục nào tên “{said}”."
    return QtnbError(message, hint="Xem tên các bản bằng lệnh: git log --oneline, git tag, git branch")


def no_kho_in(word: str) -> QtnbError:
    """The error for a revision or folder without a kho."""
    message = f"“{shown(word)}” không có tệp {KHO_FILE} ở chỗ của kho này."
    return QtnbError(message, hint="Nếu kho nằm ở thư mục khác trong bản đó, viết BẢN:THƯ_MỤC, ví dụ v1:so-noi-vu")
