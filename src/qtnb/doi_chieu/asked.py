"""A document that is asked about, with all that it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qtnb.doi_chieu.registers import KhoDoiChieu
from qtnb.render.mark import DauVanBan
from qtnb.render.visible import Visible


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, and where to look for what was approved."""

    seen: Visible
    """Its tracked changes accepted; shown in a document that is made of them."""
    settled: Visible
    """Its tracked changes accepted."""
    kho: Sequence[KhoDoiChieu]
    troubles: Sequence[str]
    """Why registers asked for cannot be used, a sentence each."""
    required: bool
    """Whether the user named the kho: a decision that it does not know is none of it."""

    def is_as_marked(self, mark: DauVanBan) -> bool:
        """Whether the document says what it said when ``mark`` was made."""
        return self.seen.reading.seal == mark.dau_van_ban
