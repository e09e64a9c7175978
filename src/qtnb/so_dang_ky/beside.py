"""A register beside the files of its kho, as the checks see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from qtnb.finding import Remark
from qtnb.model import Phan, quy_trinh_from
from qtnb.seal import seals_of
from qtnb.so_dang_ky.in_force import SnapshotStore
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
from qtnb.source import Source, khoa_of

Placed: TypeAlias = tuple[Source, Remark]


@dataclass(frozen=True, slots=True)
class HienCo:
    """A procedure that the kho holds now."""

    source: Source
    ky_hieu: str
    seals: Callable[[], Mapping[Phan, str]]
    data: Callable[[], Mapping[str, Any]]
    """The whole data of its file."""

    @property
    def khoa(self) -> str:
        """Its key."""
        return khoa_of(self.source.tep)


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """A register beside its kho."""

    source: Source
    register: SoDangKy
    hien_co: Mapping[str, HienCo]
    """The procedures that fit their schema, by key."""
    quyet_dinh: Mapping[str, Source]
    """The decisions that fit their schema, by key."""
    unfit: frozenset[str]
    """Files that do not fit theirs, relative to the kho: of them nothing more is said."""
    goc: Path
    """The folder of the kho."""
    snapshots: SnapshotStore

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - the parts of a kho, as checked so far
        cls,
        goc: Path,
        source: Source,
        register: SoDangKy,
        hien_co: Mapping[str, HienCo],
        quyet_dinh: Iterable[Source],
        unfit: Iterable[Source],
    ) -> RegisterCheck:
        """The register in ``source`` beside the files of the kho at ``goc``."""
        return cls(
            source,
            register,
            hien_co,
            {khoa_of(item.tep): item for item in quyet_dinh},
            frozenset(item.tep for item in unfit),
            goc,
            SnapshotStore(goc, register.quyet_dinh),
        )

    def unfit_keys(self, folder: str) -> set[str]:
        """The keys of the files below ``folder`` that do not fit their schema."""
        return {khoa_of(tep) for tep in self.unfit if tep.startswith(f"{folder}/")}

    def names(self) -> dict[str, str]:
        """As :func:`names_of`."""
        return names_of(self.register, self.hien_co.values())


def present(sources: Iterable[Source]) -> dict[str, HienCo]:
    """The procedures of ``sources``, which hold their whole data, by key."""
    return {khoa_of(source.tep): _present(source) for source in sources}


def names_of(register: SoDangKy, hien_co: Iterable[HienCo]) -> dict[str, str]:
    """The key of every procedure, present or past, by its symbol.

    Where a draft got the number of an approved procedure on another branch, the approved one is meant.
    """
    names = {item.ky_hieu: item.khoa for item in hien_co if item.ky_hieu}
    blocks = sorted(register.quy_trinh.values(), key=lambda item: item.trang_thai is not TrangThai.DU_THAO)
    return names | {item.ky_hieu: item.khoa for item in blocks}


def _present(source: Source) -> HienCo:
    def seals() -> Mapping[Phan, str]:
        return seals_of(quy_trinh_from(source.tep, source.data), Phan)

    return HienCo(source, source.data.get("ky_hieu") or "", seals, lambda: source.data)
