"""What git's history tells of a number that two branches gave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from qtnb.renumbering import Mention, Move, Witness
from qtnb.schema import number_keys
from qtnb.sides.git import NoRepository, Repository, repository_around
from qtnb.source import Source, read_source

_MERGES_BACK: Final = 20
"""How many commits back a merge may lie."""


def git_witness(goc: Path) -> Witness:
    """A witness for the kho at ``goc``; outside git it never knows."""
    repository = repository_around(goc)
    return (lambda _mention, _move: None) if isinstance(repository, NoRepository) else _History(repository)


class _History:
    """The late merges of a repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._joined = list(_joined_branches(repository))
        self._texts: dict[tuple[str, str], bytes] = {}

    def __call__(self, mention: Mention, move: Move) -> Source | None:
        """The procedure beside which the mention stood on its own branch; None when no merge tells."""
        for branches in self._joined:
            meant = [source for branch in branches if (source := self._on_branch(branch, mention, move))]
            if len({source.tep for source in meant}) == 1:
                return meant[0]
        return None

    def _on_branch(self, branch: str, mention: Mention, move: Move) -> Source | None:
        """The one of the two that had the number on ``branch``, when the mention stood there too."""
        if move.old.encode() not in self._text(branch, mention.source.tep):
            return None
        both = (move.kept, move.source)
        holders = [source for source in both if _symbol_in(self._text(branch, source.tep), source) == move.old]
        return holders[0] if len(holders) == 1 else None

    def _text(self, commit: str, tep: str) -> bytes:
        if (commit, tep) not in self._texts:
            (found,) = self._repository.look_up(f"{commit}:{self._repository.prefix}{tep}").found
            oids = [found.oid] if found is not None and found.kind == "blob" else []
            self._texts[commit, tep] = next(self._repository.contents(oids), None) or b""
        return self._texts[commit, tep]


def _joined_branches(repository: Repository) -> Iterator[tuple[str, str]]:
    """The two sides of every late merge, the one under way first, by their numbers."""
    names = [("HEAD", "MERGE_HEAD"), *((f"HEAD~{back}^1", f"HEAD~{back}^2") for back in range(_MERGES_BACK))]
    found = repository.look_up(*(name for pair in names for name in pair)).found
    for ours, theirs in zip(found[::2], found[1::2], strict=True):
        if ours is not None and theirs is not None:
            yield ours.oid, theirs.oid


def _symbol_in(content: bytes, source: Source) -> str:
    data = read_source(source.name, content, number_keys()).data if content else None
    return str(data.get("ky_hieu") or "") if isinstance(data, dict) else ""
