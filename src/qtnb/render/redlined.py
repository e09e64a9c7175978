"""Renders one decision twice and writes what differs as tracked changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.package import write_package
from qtnb.render.properties import with_properties
from qtnb.render.redline import redline_documents
from qtnb.render.store import TemplateStore
from qtnb.words.comparison import BangSoSanh
from qtnb.words.context import decision_words
from qtnb.words.earlier import TruocDay
from qtnb.words.vocabulary import DecisionCV, DecisionLT
from qtnb.words.writing import one_line


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
    lien_thong = side.quyet_dinh.pham_vi_lien_thong
    name, vocabulary = ("quyet-dinh-lt", DecisionLT) if lien_thong else ("quyet-dinh-cv", DecisionCV)
    words = decision_words(side.kho, side.quyet_dinh, side.truoc_day, side.so_sanh)
    parts = templates.get(side.kho.goc, name, vocabulary).render(words)
    whole = with_properties(parts, one_line(words["quyet_dinh"]["trich_yeu"]), words["co_quan"]["ten"])
    return {part: b"".join(content) for part, content in whole.items()}
