"""Pictures of charts as values, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from qtnb.files import write_whole


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, laid out."""

    key: str
    """Name of the files: ``so-quy-trinh-1``."""
    title: str
    """What it shows; printed below the picture in documents."""
    drawn: Callable[[str], bytes]
    """Gives its file in the format ``svg`` or ``png``: a document needs one of them, and each takes its time."""
    width: float
    """Millimetres."""
    height: float
    """Millimetres."""

    @property
    def svg(self) -> bytes:
        """The drawing as lines."""
        return self.drawn("svg")

    @property
    def png(self) -> bytes:
        """The drawing as dots."""
        return self.drawn("png")


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
