"""Whether a draft's file was given another name, as git's history tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from qtnb.discovery import QUY_TRINH
from qtnb.schema import number_keys
from qtnb.sides.git import NoRepository, Repository, repository_around
from qtnb.so_dang_ky.holders import newcomers
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
from qtnb.source import MAX_BYTES, Source, khoa_of, read_source

_COMMITS_BACK: Final = 50
"""How many commits back the old file may lie."""
_OF_A_NAME: Final = ("ten", "ky_hieu", "thu_tu", "linh_vuc")
"""What a draft whose name was changed together with its file may say otherwise."""


def renamed_drafts(goc: Path, register: SoDangKy, quy_trinh: tuple[Source, ...]) -> dict[str, str]:
    """The new key of every draft of the register whose file in ``quy_trinh`` got another name; by the old one.

    A file that bears the number of a draft without one is the draft when git knows the draft's file with the same
    name, or with the same content under another name. Outside git that is never known.
    """
    files = {khoa_of(source.tep): source for source in quy_trinh}
    symbols = {khoa: source.data.get("ky_hieu") or "" for khoa, source in files.items()}
    candidates = [
        (khoa, holder.khoa)
        for khoa, holder in newcomers(register, symbols)
        if holder.trang_thai is TrangThai.DU_THAO and holder.khoa not in files
    ]
    if not candidates:
        return {}
    repository = repository_around(goc)
    if isinstance(repository, NoRepository):
        return {}
    return {
        old: new
        for new, old in candidates
        if any(_is_same(before, files[new].data) for before in _before(repository, old, files[new]))
    }


def _before(repository: Repository, khoa: str, source: Source) -> Iterator[Mapping[str, Any]]:
    """What the latest file of the key ``khoa`` in git's history said."""
    (head,) = repository.look_up("HEAD^{commit}").found
    for commit in repository.commits(head.oid, _COMMITS_BACK) if head is not None else ():
        for entry in repository.files(commit.oid, [f"{repository.prefix}{QUY_TRINH}"]):
            if khoa_of(entry.path) == khoa and not entry.is_link and entry.size <= MAX_BYTES:
                data = read_source(source.name, next(repository.contents([entry.oid]), None) or b"", number_keys()).data
                if isinstance(data, dict):
                    yield data
                return


def _is_same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    if before.get("loai") != now.get("loai"):
        return False
    return _name(before) == _name(now) or _content(before) == _content(now)


def _name(data: Mapping[str, Any]) -> str:
    return " ".join(str(data.get("ten") or "").casefold().split())


def _content(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in _OF_A_NAME and not key.startswith("x-")}
