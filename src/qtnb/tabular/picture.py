"""Pictures of charts as values, and as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qtnb.files import write_whole


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn."""

    key: str
    """Name of the files: ``so-quy-trinh-1``."""
    title: str
    """What it shows; printed below the picture in documents."""
    svg: bytes
    png: bytes
    width: float
    """Millimetres."""
    height: float
    """Millimetres."""


def write_pictures(folder: Path, pictures: Iterable[Picture]) -> list[Path]:
    """Write ``<key>.svg`` and ``<key>.png`` of each into ``folder`` and return the files.

    Raises QtnbError when one cannot be written.
    """
    paths = []
    for picture in pictures:
        for suffix, content in ((".svg", picture.svg), (".png", picture.png)):
            path = folder / f"{picture.key}{suffix}"
            write_whole(path, content)
            paths.append(path)
    return paths
