"""What the decisions that are not entered yet are about to change of what is approved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qtnb.model import Phan, PheDuyet
from qtnb.so_dang_ky.approving import BAI_BO, BAN_HANH
from qtnb.so_dang_ky.beside import RegisterCheck
from qtnb.so_dang_ky.model import MucDangKy

_ALL: Final = "tat_ca"


class Drafts:
    """The decisions being drafted: only what they decide may differ from what is approved.

    One that issues for the first time changes nothing that is approved; one that amends or replaces
    frees the parts that it prints of the procedures that it approves; one that ends a procedure frees
    nothing of its content. Any that abolishes a decision frees what stands as that one approved it.
    """

    def __init__(self, kho: RegisterCheck) -> None:
        """Take the decisions of a kho that its register does not hold."""
        self._names = kho.names()
        self._freed: dict[str, set[Phan]] = defaultdict(set)
        self._ended: set[str] = set()
        self._abolished: set[str] = set()
        for khoa, source in kho.quyet_dinh.items():
            form = source.data.get("hinh_thuc") or BAN_HANH
            if khoa in kho.register.quyet_dinh:
                continue
            self._abolished.update(source.data.get("bai_bo_quyet_dinh") or ())
            if form != BAN_HANH:
                self._take(source.data, form)

    def freed(self, item: MucDangKy) -> set[Phan]:
        """The parts of a procedure that a draft decides anew."""
        approvals = ((phan, item.dau_cua(phan)) for phan in Phan)
        abolished = {phan for phan, known in approvals if known and known[0].quyet_dinh in self._abolished}
        return abolished | self._freed[item.khoa] | self._freed[_all_of(item.ky_hieu[:2])]

    def end(self, item: MucDangKy) -> bool:
        """Whether a draft ends the procedure."""
        return not self._ended.isdisjoint({item.khoa, _all_of(item.ky_hieu[:2])})

    def _take(self, data: Mapping[str, Any], form: str) -> None:
        named = set(self._named(data))
        if form == BAI_BO:
            self._ended |= named
            return
        for khoa in named:
            self._freed[khoa].update(PheDuyet(data["phe_duyet"]).phan)
        for entry in data.get("bi_thay_the") or ():
            name = entry if isinstance(entry, str) else entry["quy_trinh"]
            self._ended.add(self._names.get(name, name))

    def _named(self, data: Mapping[str, Any]) -> Iterator[str]:
        """The keys of the procedures in the decision's own list."""
        if data["quy_trinh"] == _ALL:
            yield _all_of("LT" if data.get("pham_vi_lien_thong") else "CV")
        else:
            yield from (self._names.get(name, name) for name in data["quy_trinh"])


def _all_of(loai: str) -> str:
    """What stands for every procedure of a kind; no key has a colon before its first letter."""
    return f":{loai}"
