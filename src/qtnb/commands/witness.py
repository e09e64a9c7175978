"""What git's history tells of a number that two branches gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from qtnb.renumbering import Mention, Move, Witness
from qtnb.schema import number_keys
from qtnb.sides.git import NoRepository, Repository, repository_around
from qtnb.source import khoa_of, read_source

_COMMITS_BACK: Final = 20
"""How many commits back are looked at."""


def git_witness(goc: Path) -> Witness:
    """A witness for the kho at ``goc``; outside git it never knows."""
    repository = repository_around(goc)
    return (lambda _mention, _moves: None) if isinstance(repository, NoRepository) else _History(repository)


class _History:
    """The branches that were joined in a repository of late."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._joined = list(_joined_branches(repository))
        self._texts: dict[tuple[str, str], bytes] = {}

    def __call__(self, mention: Mention, moves: Sequence[Move]) -> str | None:
        """The key of the procedure beside which the mention stood on its own branch; None when no commit tells."""
        for branches in self._joined:
            meant = {khoa for branch in branches if (khoa := self._on_branch(branch, mention, moves))}
            if len(meant) == 1:
                return meant.pop()
        return None

    def _on_branch(self, branch: str, mention: Mention, moves: Sequence[Move]) -> str | None:
        """The only one that had the number on ``branch``, when the mention stood there too."""
        number = moves[0].old
        if number.encode() not in self._text(branch, mention.source.tep):
            return None
        files = {move.kept.tep for move in moves if move.kept is not None} | {move.source.tep for move in moves}
        holders = [tep for tep in sorted(files) if self._symbol(branch, tep, mention) == number]
        return khoa_of(holders[0]) if len(holders) == 1 else None

    def _symbol(self, commit: str, tep: str, mention: Mention) -> str:
        content = self._text(commit, tep)
        data = read_source(mention.source.name, content, number_keys()).data if content else None
        return str(data.get("ky_hieu") or "") if isinstance(data, dict) else ""

    def _text(self, commit: str, tep: str) -> bytes:
        if (commit, tep) not in self._texts:
            (found,) = self._repository.look_up(f"{commit}:{self._repository.prefix}{tep}").found
            oids = [found.oid] if found is not None and found.kind == "blob" else []
            self._texts[commit, tep] = next(self._repository.contents(oids), None) or b""
        return self._texts[commit, tep]


def _joined_branches(repository: Repository) -> Iterator[list[str]]:
    """The commits on which mentions were written, by their numbers; what is under way comes first.

    Both sides of a merge, a rebase or a late merge together; after a rebase, which leaves one line of commits, the
    branch as it was, then every commit by itself.
    """
    names = [
        *(("HEAD", other) for other in ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD")),
        *((f"HEAD~{back}^1", f"HEAD~{back}^2") for back in range(_COMMITS_BACK)),
        ("ORIG_HEAD", "ORIG_HEAD"),
        *((f"HEAD~{back}", f"HEAD~{back}") for back in range(1, _COMMITS_BACK)),
    ]
    found = repository.look_up(*(name for pair in names for name in pair)).found
    for ours, theirs in zip(found[::2], found[1::2], strict=True):
        if ours is not None and theirs is not None:
            yield [ours.oid, theirs.oid]
