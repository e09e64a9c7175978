"""Putting works of one nature together so that every two agree, and no chain drifts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_REPRESENTATIVES: Final = 24
"""Works of a group that a new one is compared with at most; groups in real lists have a handful."""


class Link(NamedTuple):
    """Two works that are of one nature by their names; a tuple, for there are many."""

    one: int
    other: int
    score: int


class Seed(NamedTuple):
    """Works that a person has put together."""

    works: tuple[int, ...]
    named: bool
    """Whether the group has a name of its own; two such groups are never put together."""


@dataclass(slots=True)
class _Cluster:
    """A group while it grows.

    It has one core, in which every two works are of one nature; one that a person has put together may
    have several, and a new work must agree with the whole of one of them.
    """

    cores: list[list[int]]
    owners: set[str]
    """What of two works of one owner may not come together: their kho."""
    parted: dict[int, int]
    """By the number of a decision that parts works: which of its parts stands here."""
    named: bool = False

    @property
    def works(self) -> list[int]:
        """All works."""
        return [work for core in self.cores for work in core]


@dataclass(slots=True)
class Clusters:
    """The groups while they grow; works are numbered."""

    owners: Sequence[Collection[str]]
    """For each work its kho: what one agency lists as two procedures is not put together."""
    parted: Sequence[Mapping[int, int]]
    """For each work, by the number of a decision that parts works, which of its parts the work is."""
    accepts: Callable[[int, int], bool]
    """Whether two works are of one nature, the smaller number first."""
    _of: dict[int, _Cluster] = field(default_factory=dict)
    _core_of: dict[int, list[int]] = field(default_factory=dict)

    def seed(self, seeds: Iterable[Seed]) -> None:
        """Put together what a person has put together; each work stands in one seed at most."""
        for seed in seeds:
            parts = [self._alone(work) for work in sorted(seed.works)]
            whole = parts[0]
            for part in parts[1:]:
                self._unite(whole, part)
            whole.named = seed.named

    def grow(self, links: Iterable[Link]) -> None:
        """Follow links, the strongest first, where all that they would put together agrees."""
        ordered = sorted(links, key=lambda link: (-link.score, -self._size(link), link.one, link.other))
        for link in ordered:
            one, other = self._alone(link.one), self._alone(link.other)
            mine, its = self._core_of[link.one], self._core_of[link.other]
            if mine is its or (one is not other and self._kept_apart(one, other)) or not self._agree(mine, its):
                continue
            if one is not other:
                if len(one.works) < len(other.works):
                    one, other = other, one
                self._unite(one, other)
            self._merge(one, mine, its)

    def groups(self, works: Iterable[int]) -> list[list[int]]:
        """The works of each group, groups in order of their first works."""
        found: dict[int, list[int]] = {}
        for work in sorted(works):
            found.setdefault(id(self._alone(work)), []).append(work)
        return list(found.values())

    def _size(self, link: Link) -> int:
        return len(self.owners[link.one]) + len(self.owners[link.other])

    def _alone(self, work: int) -> _Cluster:
        """The group of a work, for the first time a group of its own."""
        cluster = self._of.get(work)
        if cluster is None:
            core = self._core_of[work] = [work]
            cluster = self._of[work] = _Cluster([core], set(self.owners[work]), dict(self.parted[work]))
        return cluster

    @staticmethod
    def _kept_apart(one: _Cluster, other: _Cluster) -> bool:
        if (one.named and other.named) or not one.owners.isdisjoint(other.owners):
            return True
        return any(other.parted.get(rule, part) != part for rule, part in one.parted.items())

    def _agree(self, mine: Sequence[int], its: Sequence[int]) -> bool:
        return all(self.accepts(min(a, b), max(a, b)) for a in mine[:_REPRESENTATIVES] for b in its[:_REPRESENTATIVES])

    def _unite(self, one: _Cluster, other: _Cluster) -> None:
        """Put a group into another; their cores stay as they are."""
        self._of.update(dict.fromkeys(other.works, one))
        one.cores.extend(other.cores)
        one.owners |= other.owners
        one.parted |= other.parted
        one.named |= other.named

    def _merge(self, cluster: _Cluster, mine: list[int], its: list[int]) -> None:
        """Make one core of two of a group."""
        cluster.cores = [core for core in cluster.cores if core is not its]
        mine.extend(its)
        mine.sort()
        self._core_of.update(dict.fromkeys(its, mine))
