"""The cells of the kho of a roll-up, understood: whose they are, and whom they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from qtnb.aggregate.facts import DoerFacts, KhoFacts, Passage
from qtnb.aggregate.load.agencies import Bodies, Body, body_key
from qtnb.aggregate.load.naming import Named, Roster


class Duty(NamedTuple):
    """What stands in one cell of one kho."""

    co_quan: Body
    facts: DoerFacts
    named: Sequence[Named]

    @property
    def leading(self) -> list[Named]:
        """Those of the cell who lead the steps that it is to lead."""
        return [item for item in self.named if item.leads]

    @property
    def helping(self) -> list[Named]:
        """Those of the cell who only support these."""
        return [item for item in self.named if not item.leads]


class Duties:
    """Understands the cells of kho after kho."""

    def __init__(self, kho: Sequence[KhoFacts]) -> None:
        """Take the facts of all kho, in report order."""
        self.bodies = Bodies(kho)
        self._units: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._heads: dict[str, str] = {}
        for item in kho:
            if item.co_quan:
                self._units[body_key(item.co_quan)].update(dict.fromkeys(item.co_quan.don_vi))
                self._heads.setdefault(body_key(item.co_quan), item.co_quan.nguoi_dung_dau)
        self._rosters: dict[str, Roster] = {}

    def of(self, kho: KhoFacts) -> Iterator[Duty]:
        """The cells of one kho; none of one without an agency."""
        if kho.co_quan is None:
            return
        own = body_key(kho.co_quan)
        strange: dict[str, Roster] = {}
        for facts in kho.nguoi:
            body = self.bodies.of(own, facts.co_quan)
            # An agency without a kho has no list; that of whoever writes of it knows at least the spellings.
            roster = self._roster(body) or strange.get(facts.co_quan)
            if roster is None:
                roster = strange[facts.co_quan] = Roster(facts.co_quan, "", kho.co_quan.don_vi, judged=False)
            yield Duty(body, facts, roster.named(facts.o))

    def handovers(self, kho: KhoFacts) -> Iterator[list[tuple[Body, Body]]]:
        """Of each LT of one kho who hands over to whom, in order; two parts of one agency are no hand-over."""
        for passage in kho.chuyen:
            yield [pair for pair in pairwise(self.path(kho, passage)) if pair[0] != pair[1]]

    def path(self, kho: KhoFacts, passage: Passage) -> list[Body]:
        """The agencies through which an LT of one kho passes."""
        own = body_key(kho.co_quan) if kho.co_quan else ""
        return [self.bodies.of(own, name) for name in passage.co_quan]

    def _roster(self, body: Body) -> Roster | None:
        if not body.cap:
            return None
        if body.khoa not in self._rosters:
            units = tuple(self._units[body.khoa])
            self._rosters[body.khoa] = Roster(body.ten, self._heads[body.khoa], units, judged=True)
        return self._rosters[body.khoa]
