"""Which procedures the decisions of a kho name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.lint.views import KhoView
from qtnb.source import Source, khoa_of

_SHOWN: Final = 5
"""How many files a message names."""


def kind_of(decision: Source) -> str:
    """The kind of procedure that a decision approves: ``CV`` or ``LT``."""
    return "LT" if decision.data.get("pham_vi_lien_thong") else "CV"


def approves_list(decision: Source) -> bool:
    """Whether a decision approves the danh mục; one that abolishes only prints what is in it no more."""
    return str(decision.data["phe_duyet"]) != "noi_dung" and not abolishes(decision)


def abolishes(decision: Source) -> bool:
    """Whether a decision abolishes the procedures that it names."""
    return str(decision.data.get("hinh_thuc")) == "bai_bo"


def approves_content(decision: Source) -> bool:
    """Whether a decision approves the contents."""
    return str(decision.data["phe_duyet"]) != "danh_muc"


def paths_of(procedures: Sequence[Source]) -> str:
    """Some files by their paths, and how many more there are."""
    some = ", ".join(procedure.path for procedure in procedures[:_SHOWN])
    return some + (f" và {len(procedures) - _SHOWN} tệp nữa" if len(procedures) > _SHOWN else "")


class NamedProcedures:
    """Procedures by the names that decisions call them: their keys and symbols."""

    def __init__(self, kho: KhoView) -> None:
        self.of_kind: dict[str, list[Source]] = {"CV": [], "LT": []}
        self._by_name: dict[str, Source] = {}
        for source in kho.quy_trinh:
            self.of_kind[source.data["loai"]].append(source)
            if source.data.get("ky_hieu"):
                self._by_name[source.data["ky_hieu"]] = source
        self._by_name |= {khoa_of(source.tep): source for source in kho.quy_trinh}

    def named_by(self, decision: Source) -> Sequence[Source]:
        """The procedures of its kind that a decision names; names that lead nowhere are left out."""
        kind = kind_of(decision)
        if decision.data["quy_trinh"] == "tat_ca":
            return self.of_kind[kind]
        return [source for _, source in self.listed(decision) if source.data["loai"] == kind]

    def listed(self, decision: Source) -> Iterator[tuple[int, Source]]:
        """Each procedure that a list names, with its place there; nothing for ``tat_ca``."""
        names = decision.data["quy_trinh"]
        for number, name in enumerate(() if names == "tat_ca" else names):
            source = self._by_name.get(name)
            if source is not None:
                yield number, source
