"""The commits that touched the file of one procedure, whatever the file was called then."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from qtnb.diff.extent import extent_of
from qtnb.diff.kho import compare_procedures
from qtnb.diff.matching import AnyQuyTrinh, match_procedures
from qtnb.diff.wording import extent_in_words, headline
from qtnb.discovery import QUY_TRINH
from qtnb.lich_su.su_kien import LanLuu
from qtnb.model import quy_trinh_from
from qtnb.schema import SchemaName, fits, number_keys
from qtnb.sides.git import Commit, Entry, GitObject, Repository
from qtnb.source import MAX_BYTES, FileName, khoa_of, read_source
from qtnb.text import visible

MOST_COMMITS: Final = 50_000
"""Commits that are looked at, from the latest on."""

_SHORT: Final = 8
"""Digits of a commit's number that people see."""
_MOST_NAMES: Final = 20
"""Names that a file may have had: a history made up to go in circles ends."""
_SCHEMA_OF: Final = {"CV": SchemaName.CV, "LT": SchemaName.LT}
_BROKEN: Final = "tệp có lỗi ở bản này"


def commits_of(repository: Repository, tep: str, hours: Fraction) -> tuple[LanLuu, ...]:
    """The commits that touched the file ``tep`` of the kho, the latest first; none when nothing was saved yet.

    ``hours`` are those of a working day.
    """
    (head,) = repository.look_up("HEAD^{commit}").found
    if head is None:
        return ()
    return tuple(_History(repository, tuple(repository.commits(head.oid, MOST_COMMITS)), hours).of(tep))


@dataclass(frozen=True, slots=True)
class _Touch:
    """A commit in which the file is another than in those before it."""

    commit: Commit
    now: GitObject | None
    """The file; None where the commit removed it."""
    before: GitObject | None
    """The file in the first commit before; None where there was none."""


class _History:
    """The commits of a repository, and what the file of a procedure was in them."""

    def __init__(self, repository: Repository, commits: Sequence[Commit], hours: Fraction) -> None:
        self._repository = repository
        self._commits = commits
        self._known = {commit.oid for commit in commits}
        self._hours = hours
        self._contents: dict[str, bytes | None] = {}

    def of(self, tep: str) -> Iterator[LanLuu]:
        """What became of the file, and of the one that it was before it got its name."""
        commits = self._commits
        for _ in range(_MOST_NAMES):
            touches = list(self._touches(tep, commits))
            self._load(file for touch in touches for file in (touch.now, touch.before))
            earlier = self._earlier(tep, touches[-1]) if touches else None
            for touch in touches:
                before = earlier if touch is touches[-1] else None
                yield _saved(touch.commit, self._told(touch, tep, before.tep if before else ""))
            if earlier is None:
                return
            tep, commits = earlier.tep, self._since(earlier.commit)

    def _touches(self, tep: str, commits: Sequence[Commit]) -> Iterator[_Touch]:
        names = (f"{commit.oid}:{self._repository.prefix}{tep}" for commit in commits)
        found = self._repository.look_up(*names).found
        files = {commit.oid: file for commit, file in zip(commits, map(_blob, found), strict=True)}
        for commit in commits:
            now = files[commit.oid]
            before = [files[oid] for oid in commit.parents if oid in files]
            if all(now != file for file in before) and (before or now is not None):
                yield _Touch(commit, now, before[0] if before else None)

    def _since(self, oid: str) -> list[Commit]:
        """The commit ``oid`` and those before it; a commit is known before those before it."""
        wanted = {oid}
        for commit in self._commits:
            if commit.oid in wanted:
                wanted.update(commit.parents)
        return [commit for commit in self._commits if commit.oid in wanted]

    def _earlier(self, tep: str, touch: _Touch) -> _Earlier | None:
        """What the file was called in the commit before ``touch``; None when the procedure was new then."""
        item = self._item(tep, touch.now)
        parent = next((oid for oid in touch.commit.parents if oid in self._known), None)
        if item is None or touch.before is not None or parent is None:
            return None
        there = {file.path for file in self._files(touch.commit.oid)}
        gone = {file.path: file for file in self._files(parent) if file.path not in there}
        self._load(gone.values())
        items = [old for path, file in gone.items() if (old := self._item(path, file)) is not None]
        match = next(it for it in match_procedures(items, [item]).matches if it.new is item)
        return None if match.old is None else _Earlier(match.old.tep, parent)

    def _files(self, commit: str) -> list[Entry]:
        """The files of procedures in a commit, their paths relative to the kho."""
        prefix = self._repository.prefix
        entries = self._repository.files(commit, [f"{prefix}{QUY_TRINH}"])
        return [replace(entry, path=entry.path.removeprefix(prefix)) for entry in entries if not entry.is_link]

    def _told(self, touch: _Touch, tep: str, renamed: str) -> str:
        if touch.now is None:
            return "xóa tệp"
        now = self._item(tep, touch.now)
        before = self._item(renamed or tep, self._blob_at(renamed, touch) if renamed else touch.before)
        if now is None:
            return _BROKEN
        moved = f"{_moved(renamed, tep)}; " if renamed else ""
        if before is None:
            return f"{self._first(touch)}: {self._extent(now)}"
        change = compare_procedures(before, now, self._hours)
        told = "" if change is None else headline(change, self._hours)
        return f"{moved}{told}".removesuffix("; ") or "không đổi nội dung in ra"

    def _first(self, touch: _Touch) -> str:
        """What a commit did before which nothing of the procedure can be read."""
        if touch.before is not None:
            return "sửa lỗi của tệp"
        is_known = not touch.commit.parents or not self._known.isdisjoint(touch.commit.parents)
        return "thêm tệp" if is_known else "bản cũ nhất có ở đây"

    def _blob_at(self, tep: str, touch: _Touch) -> GitObject | None:
        names = (f"{oid}:{self._repository.prefix}{tep}" for oid in touch.commit.parents)
        file = next(filter(None, map(_blob, self._repository.look_up(*names).found)), None)
        self._load([file])
        return file

    def _extent(self, item: AnyQuyTrinh) -> str:
        return "chưa có nội dung" if item.chua_co_noi_dung else extent_in_words(extent_of(item, self._hours))

    def _load(self, files: Iterable[GitObject | Entry | None]) -> None:
        wanted = [file.oid for file in files if file and file.size <= MAX_BYTES and file.oid not in self._contents]
        oids = list(dict.fromkeys(wanted))
        self._contents |= dict(zip(oids, self._repository.contents(oids), strict=True))

    def _item(self, tep: str, file: GitObject | Entry | None) -> AnyQuyTrinh | None:
        """What a file says; None when there is none, or none that fits its form."""
        raw = None if file is None else self._contents.get(file.oid)
        if raw is None:
            return None
        source = read_source(FileName(Path(tep), tep, unicodedata.normalize("NFC", tep)), raw, number_keys())
        schema = None if source.broken else _SCHEMA_OF.get(str(source.data.get("loai")))
        return quy_trinh_from(source.tep, source.data) if schema and fits(schema, source.data) else None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A file before it got another name."""

    tep: str
    commit: str
    """The last commit that had it."""


def _blob(found: GitObject | None) -> GitObject | None:
    return found if found is not None and found.kind == "blob" else None


def _moved(old: str, new: str) -> str:
    if khoa_of(old) == khoa_of(new):
        return f"chuyển tệp từ {visible(old)}"
    return f"đổi khóa (tên tệp) từ “{visible(khoa_of(old))}”"


def _saved(commit: Commit, told: str) -> LanLuu:
    return LanLuu(commit.oid[:_SHORT], commit.ngay, visible(" ".join(commit.tieu_de.split())), visible(told))
