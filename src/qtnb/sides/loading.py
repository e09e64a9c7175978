"""Loads the two sides of a comparison through the same reading and checking as ``qtnb validate``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from qtnb.diff.kho import State
from qtnb.discovery import KHO_FILE, KhoFiles, find_kho
from qtnb.errors import QtnbError
from qtnb.kho import Kho
from qtnb.reading import Progress, shown_path
from qtnb.sides.checked import Side, checked_side
from qtnb.sides.choosing import (
    HEAD,
    Approved,
    AsOfDecision,
    Chosen,
    Folder,
    Revision,
    Surroundings,
    choose,
    no_kho_in,
)
from qtnb.sides.files import KhoInTree, sources_of_revision, sources_on_disk
from qtnb.sides.git import NoRepository, Repository, repository_around
from qtnb.sides.register import register_at
from qtnb.sides.shared_reading import SharedReading
from qtnb.so_dang_ky.as_of import register_as_of
from qtnb.so_dang_ky.in_force import approved_kho
from qtnb.text import shown

_SHORT: Final = 8
"""Digits of a commit's number that people see."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides."""

    old: Side
    new: Side
    notes: tuple[str, ...]
    """What should be said about how the words for them were understood."""


@dataclass(frozen=True, slots=True)
class SidesAsked:
    """What the command line says of the sides."""

    old: str | None
    """None: what is approved, or the last revision when nothing is."""
    new: str | None
    """None: the kho on disk."""
    kho: Path | None
    """A path in the kho that is compared; None: the working directory."""
    cwd: Path


def load_sides(asked: SidesAsked, progress: Progress) -> Sides:
    """Load both sides. Raises QtnbError when one of them cannot be found."""
    files = kho_at(asked.kho or asked.cwd, asked.cwd)
    around = Surroundings(asked.cwd, files.goc, repository_around(files.goc), register_at(files, asked.cwd))
    load = _Loading(around, files, SharedReading(), progress)
    old = load.default_old() if asked.old is None else choose(asked.old, around)
    new = None if asked.new is None else choose(asked.new, around)
    new_side = load.working() if new is None else load.side(new, asked.new or "")
    notes = (*old.notes, *(new.notes if new else ()))
    trouble = around.found.trouble
    if trouble and new is None:
        notes = (*notes, f"{trouble} Không nhận ra được quy trình đã bãi bỏ, thay thế.")
    return Sides(load.side(old, asked.old or HEAD), new_side, notes)


def kho_at(path: Path, cwd: Path) -> KhoFiles:
    """The files of the kho around ``path``, else of the only one below it. Raises QtnbError for none or several."""
    found = find_kho([path])
    place = found.scope[0]
    around = [kho for kho in found.kho if place == kho.goc or kho.goc in place.parents]
    if around:
        return max(around, key=lambda kho: len(kho.goc.parts))
    if len(found.kho) == 1:
        return found.kho[0]
    if not found.kho:
        raise QtnbError(f"Không tìm thấy kho quy trình nào tại {shown(path)}.", hint="Chỉ ra kho bằng --kho.")
    names = ", ".join(shown_path(kho.goc, cwd) for kho in found.kho[:3])
    message = f"Có {len(found.kho)} kho ở đây ({names}…); mỗi lần chỉ xét một kho."
    raise QtnbError(
        message, hint="Chỉ ra kho bằng --kho, ví dụ: --kho " + shown_path(found.kho[0].goc, cwd), exit_code=2
    )


@dataclass(frozen=True, slots=True)
class _Loading:
    """Loads sides of one kho, each content once."""

    around: Surroundings
    files: KhoFiles
    """Of the kho that is compared."""
    shared: SharedReading
    progress: Progress

    def default_old(self) -> Chosen:
        """What is approved where something is, else the last revision. Raises QtnbError when nobody can know."""
        register = self.around.found.need()
        if register is not None and register.quyet_dinh:
            return Chosen(Approved())
        if isinstance(self.around.repository, NoRepository):
            message = (
                f"Chưa có gì để so với bản đang soạn: chưa có quyết định nào ghi sổ. {self.around.repository.message}"
            )
            raise QtnbError(message, hint=self.around.repository.hint)
        if self.around.repository.look_up(HEAD).found[0] is None:
            message = "Chưa có gì để so với bản đang soạn: chưa có quyết định nào ghi sổ, git chưa lưu lần nào."
            raise QtnbError(message, hint="Lưu vào git: git add . && git commit")
        return choose(HEAD, self.around)

    def working(self) -> Side:
        """The kho on disk."""
        return self._on_disk(self.files, "bản đang soạn")

    def side(self, chosen: Chosen, word: str) -> Side:
        """The side that ``word`` was found to mean."""
        match chosen.choice:
            case Approved():
                return self._approved()
            case AsOfDecision(khoa):
                return self._as_of(khoa)
            case Revision() as revision:
                return self._revision(revision)
            case Folder(place):
                return self._folder(place, word)
            case _:
                assert_never(chosen.choice)

    def _approved(self) -> Side:
        register = self.around.found.register
        kho = approved_kho(self.around.goc, register) if register is not None else None
        if kho is None:
            message = "Kho này chưa có quyết định nào ghi sổ, nên chưa có bản đã phê duyệt."
            raise QtnbError(message, hint="Ghi sổ một quyết định đã ký bằng lệnh: qtnb approve")
        return _side_of(kho, "bản đã phê duyệt")

    def _as_of(self, khoa: str) -> Side:
        register = self.around.found.register
        kho = approved_kho(self.around.goc, register_as_of(register, khoa)) if register is not None else None
        if register is None or kho is None:
            raise QtnbError(f"Quyết định “{shown(khoa)}” chưa ghi sổ.", hint="Xem sổ đăng ký: so-dang-ky.yaml")
        return _side_of(kho, f"bản theo {register.quyet_dinh[khoa].ten}")

    def _revision(self, revision: Revision) -> Side:
        repository = self.around.repository
        assert isinstance(repository, Repository)  # noqa: S101 - the revision was found in it
        (tree,) = repository.look_up(revision.tree).found
        sources = None
        if tree is not None and tree.kind == "tree":
            place = KhoInTree(repository, tree.oid, revision.word, self.around.goc)
            sources = sources_of_revision(place, self.shared, self.progress)
        if sources is None:
            raise no_kho_in(revision.word)
        short = revision.commit[:_SHORT]
        name = f"bản {shown(revision.word)}"
        return checked_side(sources, name if not short or revision.word.startswith(short) else f"{name} ({short})")

    def _folder(self, place: Path, word: str) -> Side:
        inner = place / (self.around.repository.prefix if isinstance(self.around.repository, Repository) else "")
        at_top = (place / KHO_FILE).is_file() or not (inner / KHO_FILE).is_file()
        files = kho_at(place if at_top else inner, self.around.cwd)
        return self._on_disk(files, f"thư mục {shown(word)}")

    def _on_disk(self, files: KhoFiles, name: str) -> Side:
        return checked_side(sources_on_disk(files, self.around.cwd, self.shared, self.progress), name, on_disk=True)


def _side_of(kho: Kho, name: str) -> Side:
    return Side(State(name, kho.cau_hinh, kho.quy_trinh, kho.quyet_dinh), kho.goc)
