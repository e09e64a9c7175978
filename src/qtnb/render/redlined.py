"""Renders one decision twice and writes what differs as tracked changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.decision import rendered_parts
from qtnb.render.package import write_package
from qtnb.render.redline import redline_documents
from qtnb.render.store import TemplateStore
from qtnb.words.comparison import BangSoSanh
from qtnb.words.earlier import TruocDay


@dataclass(frozen=True, slots=True)
class Rendered:
    """A decision on the procedures of a state of its kho."""

    kho: Kho
    quyet_dinh: QuyetDinh
    truoc_day: TruocDay
    """What was decided before; as ``so_sanh`` the same for both states, so that nothing of it is marked."""
    so_sanh: BangSoSanh | None


def render_redline(old: Rendered, new: Rendered, templates: TemplateStore, by: tuple[str, dt.date], out: Path) -> None:
    """Write ``new`` with every difference from ``old`` as a change tracked ``by`` a person on a day.

    Accepting all changes gives the text of ``new``, rejecting all that of ``old``. Raises
    :class:`QtnbError` for a broken template or an unwritable file.
    """
    author, day = by
    marked = redline_documents(_package(old, templates), _package(new, templates), author, day)
    write_package(out, {name: [part] for name, part in marked.items()})


def _package(side: Rendered, templates: TemplateStore) -> dict[str, bytes]:
    return rendered_parts(side.kho, side.quyet_dinh, templates, side.truoc_day, side.so_sanh)
