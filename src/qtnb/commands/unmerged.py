"""The registers of two branches that git could not merge: where they are found, and whether they are sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import REGISTER_FILE
from qtnb.errors import QtnbError
from qtnb.finding import Finding, Remark
from qtnb.locate import located
from qtnb.reading import MAX_REGISTER_BYTES
from qtnb.schema import number_keys
from qtnb.sides.git import NoRepository, Repository, repository_around
from qtnb.so_dang_ky.blocks import edited_by_hand, form_remarks
from qtnb.so_dang_ky.joining_text import both_sides
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.reading import register_from
from qtnb.source import FileName, Source, read_source

_OURS: Final = "bản của nhánh đang đứng (git: --ours)"
_THEIRS: Final = "bản của nhánh được gộp (git: --theirs)"
_COMMITS_BACK: Final = 20
"""How many commits back a merge may lie that left a broken register."""


@dataclass(frozen=True, slots=True)
class UnmergedSides:
    """The registers of both branches."""

    ours: SoDangKy
    theirs: SoDangKy
    base: SoDangKy
    """What both started from; an empty one where that is not known."""


class CannotJoinError(Exception):
    """Carries what is said at the register."""

    def __init__(self, *remarks: Remark) -> None:
        """Take what is said."""
        super().__init__()
        self.remarks = remarks


def unmerged_sides(goc: Path, source: Source | None, name: FileName, *, is_sound: bool) -> UnmergedSides | None:
    """The registers of both branches, for the kho at ``goc``; None where nothing is left to merge.

    They come from git's index, which keeps them until the file is added; else from between the conflict markers of
    the file; else, when the register is not sound, from before the merge that left it so. ``source`` is the register's
    file, None where it is gone, ``name`` its name. Raises CannotJoinError for one that is no sound register, QtnbError
    when git cannot be read.
    """
    repository = repository_around(goc)
    if isinstance(repository, NoRepository):
        return _between_markers(source)
    base, ours, theirs = _registers(repository, [f":{stage}" for stage in (1, 2, 3)])
    if ours is not None or theirs is not None:
        return UnmergedSides(_sound(name, ours, _OURS), _sound(name, theirs, _THEIRS), _sound_base(name, base))
    return _between_markers(source) or (None if is_sound else _before_a_merge(repository, name))


def _between_markers(source: Source | None) -> UnmergedSides | None:
    if source is None or all(finding.rule != "conflict-markers" for finding in source.findings):
        return None
    sides = both_sides(source.text)
    if sides is None:
        message = "Sổ đăng ký còn dấu xung đột nhưng các dấu <<<<<<<, =======, >>>>>>> không còn đủ."
        hint = f"Lấy lại tệp như git đã gộp: git checkout --merge -- {REGISTER_FILE}; rồi chạy lại."
        raise CannotJoinError(Remark((), "register-side-broken", message, hint))
    ours, theirs = sides.ours.encode(), sides.theirs.encode()
    base = (sides.base or "").encode()
    name = source.name
    return UnmergedSides(_sound(name, ours, _OURS), _sound(name, theirs, _THEIRS), _sound_base(name, base))


def _before_a_merge(repository: Repository, name: FileName) -> UnmergedSides | None:
    """The registers of both parents of the merge since which no commit has a sound one; None when there is none."""
    for back in range(_COMMITS_BACK):
        here, ours, theirs = _registers(repository, [f"HEAD~{back}", f"HEAD~{back}^1", f"HEAD~{back}^2"])
        if here is not None and _is_sound(name, here):
            return None
        if ours is not None and theirs is not None:
            return UnmergedSides(_sound(name, ours, _OURS), _sound(name, theirs, _THEIRS), SoDangKy())
    return None


def _registers(repository: Repository, states: Sequence[str]) -> Iterator[bytes | None]:
    """The register's file in each of ``states``, as git names them; None where there is none."""
    found = repository.look_up(*(f"{state}:{repository.prefix}{REGISTER_FILE}" for state in states)).found
    for item in found:
        if item is not None and item.size > MAX_REGISTER_BYTES:
            message = f"Sổ đăng ký trong git lớn hơn {MAX_REGISTER_BYTES >> 20} MiB, không do qtnb ghi."
            raise QtnbError(message, hint=f"Xem các bản của tệp bằng lệnh: git log -- {REGISTER_FILE}")
        yield next(repository.contents([item.oid]), None) if item is not None and item.kind == "blob" else None


def _sound(name: FileName, raw: bytes | None, side: str) -> SoDangKy:
    """The register of one branch, an empty one where it has none; each block by itself is as qtnb wrote it."""
    if raw is None:
        return SoDangKy()
    source = read_source(name, raw, number_keys(), MAX_REGISTER_BYTES)
    if source.broken:
        raise CannotJoinError(_broken(side, source.findings[0]))
    wrong = next(iter(form_remarks(source)), None)
    register = SoDangKy() if wrong is not None else register_from(source.data)
    wrong = wrong or next(edited_by_hand(source, register), None)
    if wrong is not None:
        raise CannotJoinError(_broken(side, located(source, wrong)))
    return register


def _is_sound(name: FileName, raw: bytes) -> bool:
    try:
        _sound(name, raw, "")
    except CannotJoinError:
        return False
    return True


def _sound_base(name: FileName, raw: bytes | None) -> SoDangKy:
    """What both branches started from; it only settles numbers of drafts, so one that does not read is none."""
    return _sound(name, raw, "") if raw and _is_sound(name, raw) else SoDangKy()


def _broken(side: str, wrong: Finding) -> Remark:
    hint = "Hủy lần gộp (git merge --abort), khôi phục sổ đăng ký trên nhánh ấy bằng git, rồi gộp lại."
    message = f"Không hợp nhất được sổ đăng ký: {side}, dòng {wrong.span.line}: {wrong.message}"
    return Remark((), "register-side-broken", message, hint)
