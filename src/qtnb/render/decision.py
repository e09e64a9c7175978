"""Renders one decision with its appendices into a Word file."""

from __future__ import annotations

from pathlib import Path

from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.package import write_package
from qtnb.render.properties import with_properties
from qtnb.render.store import TemplateStore
from qtnb.words.context import decision_words
from qtnb.words.vocabulary import DecisionCV, DecisionLT
from qtnb.words.writing import one_line


def render_decision(kho: Kho, quyet_dinh: QuyetDinh, out: Path, templates: TemplateStore) -> None:
    """Write ``quyet_dinh`` of ``kho``, in which nothing is wrong, to ``out``, whole or not at all.

    Raises :class:`QtnbError` for a broken template or an unwritable file.
    """
    name, vocabulary = ("quyet-dinh-lt", DecisionLT) if quyet_dinh.pham_vi_lien_thong else ("quyet-dinh-cv", DecisionCV)
    words = decision_words(kho, quyet_dinh)
    parts = templates.get(kho.goc, name, vocabulary).render(words)
    write_package(out, with_properties(parts, one_line(words["quyet_dinh"]["trich_yeu"]), words["co_quan"]["ten"]))
