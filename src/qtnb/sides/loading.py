"""Loads the two sides of a comparison through the same reading and checking as ``qtnb validate``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, assert_never

from qtnb.building import procedures_in_order
from qtnb.check import Checked, check_kho, usable_register
from qtnb.diff.kho import State
from qtnb.discovery import KHO_FILE, QUY_TRINH, QUYET_DINH, KhoFiles, find_kho
from qtnb.errors import QtnbError
from qtnb.filecheck import Role, check_file
from qtnb.finding import Finding, Severity
from qtnb.kho import Kho
from qtnb.model import cau_hinh_from, quyet_dinh_from
from qtnb.reading import KhoSources, Progress, read_register, shown_path
from qtnb.sides.approved import approved_state, register_in, state_as_of
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
from qtnb.sides.shared_reading import SharedReading
from qtnb.source import Source, khoa_of
from qtnb.text import shown

_SHORT: Final = 8
"""Digits of a commit's number that people see."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    state: State
    goc: Path
    """The kho's folder, where its templates are."""
    findings: tuple[Finding, ...] = ()
    """Why some of it cannot be compared."""
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    """The files that ``findings`` are about, by the path shown."""
    checked: Checked | None = None
    """Its files, checked each alone and against each other; None for what is approved."""
    on_disk: bool = False


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
    register = register_in(read_register(files, asked.cwd))
    around = Surroundings(asked.cwd, files.goc, repository_around(files.goc), register)
    load = _Loading(around, files, SharedReading(), progress)
    old = load.default_old() if asked.old is None else choose(asked.old, around)
    new = None if asked.new is None else choose(asked.new, around)
    new_side = load.working() if new is None else load.side(new, asked.new or "")
    return Sides(load.side(old, asked.old or HEAD), new_side, (*old.notes, *(new.notes if new else ())))


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
        """What is approved where something is, else the last revision."""
        register = self.around.register
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
        register = self.around.register
        kho = approved_state(self.around.goc, register) if register is not None else None
        if kho is None:
            message = "Kho này chưa có quyết định nào ghi sổ, nên chưa có bản đã phê duyệt."
            raise QtnbError(message, hint="Ghi sổ một quyết định đã ký bằng lệnh: qtnb approve")
        return _side_of(kho, "bản đã phê duyệt")

    def _as_of(self, khoa: str) -> Side:
        register = self.around.register
        kho = state_as_of(self.around.goc, register, khoa) if register is not None else None
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
        return _checked_side(sources, name if not short or revision.word.startswith(short) else f"{name} ({short})")

    def _folder(self, place: Path, word: str) -> Side:
        inner = place / (self.around.repository.prefix if isinstance(self.around.repository, Repository) else "")
        at_top = (place / KHO_FILE).is_file() or not (inner / KHO_FILE).is_file()
        files = kho_at(place if at_top else inner, self.around.cwd)
        return self._on_disk(files, f"thư mục {shown(word)}")

    def _on_disk(self, files: KhoFiles, name: str) -> Side:
        return _checked_side(sources_on_disk(files, self.around.cwd, self.shared, self.progress), name, on_disk=True)


def _side_of(kho: Kho, name: str) -> Side:
    return Side(State(name, kho.cau_hinh, kho.quy_trinh, kho.quyet_dinh), kho.goc)


def _checked_side(sources: KhoSources, name: str, *, on_disk: bool = False) -> Side:
    """A side from its files: what reads well and fits its schema, and why the rest does not.

    What holds between files is no matter here, but for keys, by which procedures are compared.
    """
    noted: list[Finding] = []
    register = usable_register(sources.so_dang_ky, noted)
    checked = replace(check_kho(replace(sources, so_dang_ky=None)), so_dang_ky=register)
    fit = {id(source) for source in (*checked.quy_trinh, *checked.quyet_dinh)}
    unfit = [source for source in (*sources.quy_trinh, *sources.quyet_dinh) if id(source) not in fit]
    settings_fit = check_file(sources.cau_hinh, Role.CAU_HINH).fit
    twice = _twice(sources.quy_trinh)
    broken = [*unfit, *sources.refused, *([] if settings_fit else [sources.cau_hinh])]
    broken += [source for source in sources.quy_trinh if khoa_of(source.tep) in twice]
    paths = {source.path for source in broken}
    findings = [it for it in (*checked.findings, *noted) if it.path in paths and it.severity is Severity.ERROR]
    findings += [it for it in noted if it.path not in paths]
    state = State(
        name,
        cau_hinh_from(sources.cau_hinh.data) if settings_fit else None,
        tuple(item for item in procedures_in_order(checked) if item.khoa not in twice),
        tuple(quyet_dinh_from(source.tep, source.data) for source in checked.quyet_dinh),
        _reasons([source for source in broken if source.tep.startswith(f"{QUY_TRINH}/")], findings, name),
        frozenset(khoa_of(source.tep) for source in unfit if source.tep.startswith(f"{QUYET_DINH}/")),
    )
    ordered = tuple(sorted(set(findings), key=lambda finding: finding.sort_key))
    files = {source.path: source for source in sources.all}
    return Side(state, sources.goc, ordered, files, checked, on_disk)


def _twice(quy_trinh: Sequence[Source]) -> set[str]:
    """Keys that more than one file has."""
    return {khoa for khoa, times in Counter(khoa_of(source.tep) for source in quy_trinh).items() if times > 1}


def _reasons(broken: Sequence[Source], findings: Sequence[Finding], name: str) -> dict[str, str]:
    """For the key of each broken procedure what is wrong with it."""
    first: dict[str, str] = {}
    for finding in findings:
        first.setdefault(finding.path, finding.message)
    return {khoa_of(source.tep): f"{name}: {first.get(source.path, 'tệp có lỗi')}" for source in broken}
