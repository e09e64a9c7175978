"""Writing several files of a kho, all of them or none, whatever ends the run."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtnb.discovery import KHO_FILE
from qtnb.errors import QtnbError
from qtnb.files import preparing, sync_folder
from qtnb.journal import (
    JOURNAL_FILE,
    TEMPORARY,
    Entry,
    Journal,
    UnusableJournalError,
    digest,
    digest_of,
    is_inside,
    journal_bytes,
    read_journal,
    temporary_for,
)
from qtnb.text import shown

_PAUSES: Final = (0.01, 0.02, 0.04)
"""Seconds before a refused move is tried again, as git does it: on Windows a virus scanner holds new files a moment."""
_REASONS: Final = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EFBIG: "tệp vượt cỡ cho phép",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EBUSY: "tệp đang được chương trình khác dùng",
    errno.EEXIST: "tên thư mục cần tạo đã là tên một tệp",
    errno.ENOTDIR: "tên thư mục cần tạo đã là tên một tệp",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one file."""

    path: Path
    """Relative to the kho, or below its folder as that is given."""
    old: bytes | None
    """What the file holds now; None when it is not there."""
    new: bytes | None
    """What it is to hold; None when it is to go."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A write that was interrupted after its commit point, or is under way."""

    message: str
    """One sentence for a person."""
    hint: str
    waiting: tuple[str, ...] = ()
    """The files not yet written, relative to the kho."""
    journal: Journal | None = None
    """What :func:`resume` is to complete; None when it cannot."""


def commit(goc: Path, changes: Sequence[Change], what: str) -> None:
    """Make all ``changes`` in the kho at ``goc``, or none of them. The caller holds its lock and has resumed.

    ``what`` names the write in messages, as a sentence goes on after “việc”. The new contents are on the disk before
    the journal names them; the journal's appearance is the commit point, and from there every way leads to the new
    state, an interrupt too, but for files that cannot be moved: then all are put back. Raises QtnbError, which says
    how the kho was left, when a file no longer holds its old content or cannot be written; ValueError for a path
    outside the kho's folder, or for two changes of one file.
    """
    if os.path.lexists(goc / JOURNAL_FILE):
        raise QtnbError(f"Lần ghi trước vào kho “{goc}” chưa xong.", hint="Chạy lại lệnh.")
    changes = [Change(_inner(goc, change.path), change.old, change.new) for change in changes]
    if len({change.path for change in changes}) != len(changes):
        raise ValueError("one change for each file")
    _expect(goc, changes)
    changes = [change for change in changes if change.old != change.new]
    if not changes:
        return
    journal = _journal_of(goc, changes, what)
    new_folders = _new_folders(goc, changes)
    _reach_commit_point(goc, changes, journal)
    try:
        _carry_out(goc, journal)
    except OSError as error:
        _undo(goc, changes, journal)
        _remove_empty(new_folders)
        message = f"Không ghi được vào kho “{goc}” ({_reason(error)}); kho đã được trả lại như trước khi {what}."
        raise QtnbError(message, hint="Đóng các chương trình đang mở tệp của kho rồi chạy lại.") from error


def unfinished(goc: Path) -> Unfinished | None:
    """What an interrupted write left to do in the kho at ``goc``; None when there is none. Writes nothing."""
    try:
        journal = read_journal(goc)
        if journal is None:
            return None
        waiting = [entry for entry in journal.entries if digest_of(goc / entry.target) != entry.new]
        obstacle = next(filter(None, (_obstacle(goc, entry) for entry in waiting)), "")
    except UnusableJournalError as error:
        return _unusable(str(error))
    except OSError:
        return _unusable("nêu những tệp không đọc được")
    what = _named(journal)
    names = tuple(entry.target.as_posix() for entry in waiting)
    if obstacle:
        message = f"Việc {what} bị dừng giữa chừng và không làm nốt được: {obstacle}."
        hint = f"Khôi phục các tệp của kho bằng git, xóa {JOURNAL_FILE} rồi chạy lại lệnh."
        return Unfinished(message, hint, names)
    rest = f"còn {len(names)} tệp chưa được ghi" if names else "các tệp đã ghi đủ nhưng chưa dọn xong"
    hint = "Chạy lại lệnh đang làm dở, hoặc chạy qtnb number: qtnb làm nốt việc này trước."
    return Unfinished(f"Việc {what} chưa xong: {rest}.", hint, names, journal)


def _unusable(reason: str) -> Unfinished:
    hint = f"Xem git status, khôi phục các tệp bị ghi dở (nếu có), rồi xóa {JOURNAL_FILE}."
    return Unfinished(f"Tệp {JOURNAL_FILE} của kho {reason}.", hint)


def _named(journal: Journal) -> str:
    return shown(journal.what, most=200)


def resume(goc: Path) -> str | None:
    """Complete a write that was interrupted in the kho at ``goc``; the caller holds its lock.

    Returns the sentence that says what was completed, None when there was nothing. What a run left that was
    killed before its commit point is swept. Raises QtnbError, and changes nothing, when a file was changed since
    or when the journal is not one to follow.
    """
    left = unfinished(goc)
    said = None if left is None else _resumed(goc, left)
    for path in _orphans(goc):
        with contextlib.suppress(OSError):
            path.unlink()
    return said


def _resumed(goc: Path, left: Unfinished) -> str:
    if left.journal is None:
        raise QtnbError(left.message, hint=left.hint)
    try:
        _carry_out(goc, left.journal)
    except OSError as error:
        raise _stuck(left.journal, error) from error
    return f"Đã hoàn tất việc bị dừng giữa chừng: {_named(left.journal)}."


def _inner(goc: Path, path: Path) -> Path:
    """``path`` relative to the kho. Raises QtnbError for a place that is not one of the kho's own."""
    inner = (goc / path).relative_to(goc)
    if not is_inside(goc, inner):
        message = f"qtnb không ghi vào “{shown(inner)}”: đó là tệp ẩn hoặc nằm sau một liên kết (symlink) ra ngoài kho."
        raise QtnbError(message, hint="Thay liên kết bằng chính thư mục đó.")
    return inner


def _expect(goc: Path, changes: Iterable[Change]) -> None:
    """Raise QtnbError for a file that does not hold its old content."""
    for change in changes:
        name = shown(goc / change.path, most=200)
        try:
            found = digest_of(goc / change.path)
        except OSError as error:
            raise QtnbError(f"Không đọc được tệp “{name}”.", hint="Kiểm tra quyền truy cập.") from error
        if found == "":
            message = f"qtnb không ghi vào “{name}”: đó không phải là tệp thường."
            raise QtnbError(message, hint="Thay liên kết, thư mục hoặc thiết bị đó bằng tệp thường.")
        if found != digest(change.old):
            raise QtnbError(f"Tệp “{name}” vừa bị chương trình khác sửa.", hint="Chạy lại lệnh.")


def _journal_of(goc: Path, changes: Iterable[Change], what: str) -> Journal:
    entries = (
        Entry(
            change.path,
            None if change.new is None else temporary_for(goc, change.path),
            digest(change.old),
            digest(change.new),
        )
        for change in changes
    )
    return Journal(what, tuple(entries))


def _reach_commit_point(goc: Path, changes: Sequence[Change], journal: Journal) -> None:
    """Prepare the write and record it. Whatever is raised, nothing has happened then."""
    try:
        _prepare(goc, changes, journal)
        _expect(goc, changes)  # again: preparing many files takes a while
        _write_journal(goc, journal)
    except BaseException as error:
        if os.path.lexists(goc / JOURNAL_FILE):
            return  # it came after the commit point
        _drop(goc, journal)
        if isinstance(error, OSError):
            message = f"Không ghi được vào kho “{goc}” ({_reason(error)}); kho vẫn như trước khi {journal.what}."
            raise QtnbError(message, hint="Kiểm tra quyền ghi và chỗ trống trên đĩa.") from error
        raise


def _prepare(goc: Path, changes: Sequence[Change], journal: Journal) -> None:
    """Put every new content on the disk, beside its place."""
    for change, entry in zip(changes, journal.entries, strict=True):
        if entry.temporary is not None and change.new is not None:
            with preparing(goc / entry.temporary, goc / entry.target) as file:
                file.write(change.new)
    _sync(goc, journal)


def _write_journal(goc: Path, journal: Journal) -> None:
    """The commit point."""
    temporary = goc / temporary_for(goc, Path(JOURNAL_FILE))
    try:
        with preparing(temporary, goc / JOURNAL_FILE) as file:
            file.write(journal_bytes(journal))
        temporary.replace(goc / JOURNAL_FILE)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(goc)


def _carry_out(goc: Path, journal: Journal) -> None:
    """Complete a write past its commit point, with some patience; an interrupt comes too late. Raises OSError."""
    pauses = list(_PAUSES)
    pause = 0.0
    while True:
        try:
            time.sleep(pause)
            _complete(goc, journal)
        except KeyboardInterrupt:
            pause = 0.0
        except OSError:
            if not pauses:
                raise
            pause = pauses.pop(0)
        else:
            return


def _complete(goc: Path, journal: Journal) -> None:
    """Bring every file that is not yet there into its new state, then remove the journal."""
    waiting = [entry for entry in journal.entries if digest_of(goc / entry.target) != entry.new]
    for folder in sorted({goc / entry.target.parent for entry in waiting}):
        folder.mkdir(parents=True, exist_ok=True)  # before anything is moved: only this can still need space
    for entry in waiting:
        if entry.temporary is None:
            (goc / entry.target).unlink()
        else:
            (goc / entry.temporary).replace(goc / entry.target)
    _sync(goc, journal)
    # Should a loss of power bring the journal back, it finds everything done.
    (goc / JOURNAL_FILE).unlink(missing_ok=True)


def _undo(goc: Path, changes: Sequence[Change], journal: Journal) -> None:
    """Put back what :func:`_complete` could not complete, as a write of its own. Raises QtnbError when that fails."""
    what = f"trả kho lại như trước khi {journal.what}"
    try:
        done = [
            Change(change.path, change.new, change.old)
            for change, entry in zip(changes, journal.entries, strict=True)
            if digest_of(goc / entry.target) == entry.new
        ]
        if done:
            back = _journal_of(goc, done, what)
            _prepare(goc, done, back)
            _write_journal(goc, back)  # in place of the first one: from here the way leads back
            _carry_out(goc, back)
        (goc / JOURNAL_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise _stuck(journal, error) from error
    _drop(goc, journal)


def _stuck(journal: Journal, error: OSError) -> QtnbError:
    message = f"Việc {_named(journal)} đang dở dang: chưa ghi được hết các tệp ({_reason(error)})."
    hint = "Kiểm tra quyền ghi, chỗ trống trên đĩa rồi chạy lại lệnh: qtnb làm nốt trước. Đừng xóa các tệp .qtnb-…"
    return QtnbError(message, hint=hint)


def _obstacle(goc: Path, entry: Entry) -> str:
    """Why a file that waits cannot be brought into its new state; empty when it can. Raises OSError."""
    if digest_of(goc / entry.target) != entry.old:
        return f"tệp “{shown(entry.target)}” đã bị sửa từ lúc đó"
    if entry.temporary is not None and digest_of(goc / entry.temporary) != entry.new:
        return f"tệp tạm giữ nội dung mới của “{shown(entry.target)}” đã mất hoặc đã bị sửa"
    return ""


def _orphans(goc: Path) -> Iterator[Path]:
    """What runs left that were killed before their commit point, in the folders where a kho has files."""
    for place, folders, files in os.walk(goc):
        if place != str(goc) and KHO_FILE in files:
            folders.clear()  # another kho, under a lock of its own
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(place, name)
            if TEMPORARY.fullmatch(name) and not path.is_symlink() and path.is_file():
                yield path


def _drop(goc: Path, journal: Journal) -> None:
    for entry in journal.entries:
        if entry.temporary is not None:
            with contextlib.suppress(OSError):
                (goc / entry.temporary).unlink(missing_ok=True)


def _new_folders(goc: Path, changes: Iterable[Change]) -> list[Path]:
    """The folders that the changes need and that are not there, the innermost first."""
    needed = {goc / folder for change in changes for folder in change.path.parents}
    return sorted((folder for folder in needed if not folder.exists()), reverse=True)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _sync(goc: Path, journal: Journal) -> None:
    """Make what happened in the folders of the journal's files outlast a loss of power. Raises OSError."""
    folders = {goc / folder for entry in journal.entries for folder in entry.target.parents}
    for folder in sorted(folders):
        if folder.is_dir():
            sync_folder(folder)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"hệ thống báo: {error.strerror}")
