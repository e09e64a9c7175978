"""The procedures of a linted kho as its register is held against them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from qtnb.lint.facts import SEALS
from qtnb.model import Phan
from qtnb.reading import read_file
from qtnb.so_dang_ky.beside import HienCo
from qtnb.source import Source, khoa_of


def present_by_facts(sources: Iterable[Source]) -> dict[str, HienCo]:
    """The procedures of ``sources``, which hold the facts of their files, by key."""
    return {khoa_of(source.tep): _present(source) for source in sources}


def _present(source: Source) -> HienCo:
    seals = {Phan(name): seal for name, seal in source.data[SEALS].items()}
    return HienCo(source, source.data.get("ky_hieu") or "", lambda: seals, _reader(source))


def _reader(source: Source) -> Callable[[], Mapping[str, Any]]:
    return lambda: read_file(source.name).data or {}
