"""Why a procedure was changed: in its own words, or in those of the decision that changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from qtnb.diff.matching import AnyQuyTrinh
from qtnb.model import QuyetDinh
from qtnb.words.writing import one_line


class Reasons:
    """The reasons that decisions after an earlier state give."""

    def __init__(self, old: Sequence[QuyetDinh], new: Sequence[QuyetDinh], keys: Mapping[str, str]) -> None:
        """Take the decisions of both states; ``keys`` gives the key of a procedure by its symbol."""
        before = {decision.khoa for decision in old if decision.ngay is not None}
        later = [decision for decision in new if decision.khoa not in before and one_line(decision.ly_do)]
        self._named: dict[str, str] = {}
        self._all: dict[str, str] = {}
        """Of decisions on all procedures of a kind."""
        for decision in sorted(later, key=_when):
            if decision.quy_trinh is None:
                self._all[decision.loai_quy_trinh] = one_line(decision.ly_do)
            else:
                self._named |= {keys.get(name, name): one_line(decision.ly_do) for name in decision.quy_trinh}

    def reason_of(self, old: AnyQuyTrinh | None, new: AnyQuyTrinh | None) -> str:
        """The reason why ``old`` became ``new``; None on the side where there is none. Empty when nobody gives one.

        What the procedure itself says goes first, unless it said so before the change already: then it may well be
        the reason of an earlier one, and a decision that covers the procedure knows better.
        """
        own, before = ("" if item is None else one_line(item.ly_do) for item in (new, old))
        decided = next((self._named[item.khoa] for item in (new, old) if item and item.khoa in self._named), "")
        if not decided and old is not None and new is not None:
            decided = self._all.get(new.loai, "")
        return own if own and (own != before or not decided) else decided


def _when(decision: QuyetDinh) -> tuple[dt.date, str]:
    return decision.ngay or dt.date.max, decision.khoa
