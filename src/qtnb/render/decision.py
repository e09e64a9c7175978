"""Renders one decision with its appendices into a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.mark_writing import with_mark
from qtnb.render.marking import mark_of
from qtnb.render.package import write_package
from qtnb.render.printed import reading_of
from qtnb.render.properties import with_properties
from qtnb.render.reading import Reading
from qtnb.render.store import TemplateStore
from qtnb.words.comparison import BangSoSanh
from qtnb.words.context import decision_words
from qtnb.words.earlier import TruocDay
from qtnb.words.vocabulary import DecisionCV, DecisionLT
from qtnb.words.writing import one_line


def render_decision(  # noqa: PLR0913 - the last two are known to few callers
    kho: Kho,
    quyet_dinh: QuyetDinh,
    out: Path,
    templates: TemplateStore,
    *,
    truoc_day: TruocDay | None = None,
    so_sanh: BangSoSanh | None = None,
    ban: str = "",
) -> None:
    """Write ``quyet_dinh`` of ``kho``, in which nothing is wrong, to ``out``, whole or not at all.

    ``truoc_day`` and ``so_sanh`` are those of :func:`qtnb.words.context.decision_words`; ``ban`` is the
    revision of the kho that the document's mark names. Raises :class:`QtnbError` for a broken template
    or an unwritable file.
    """
    words, parts = _rendered(kho, quyet_dinh, templates, truoc_day, so_sanh)
    write_package(out, with_mark(_titled(words, parts), mark_of(kho, quyet_dinh, words, ban)))


def rendered_parts(
    kho: Kho,
    quyet_dinh: QuyetDinh,
    templates: TemplateStore,
    truoc_day: TruocDay | None = None,
    so_sanh: BangSoSanh | None = None,
) -> dict[str, bytes]:
    """The package of a decision in memory, its parts by name and without a mark: it is not the decision itself.

    Raises as :func:`render_decision` does.
    """
    words, parts = _rendered(kho, quyet_dinh, templates, truoc_day, so_sanh)
    return {name: b"".join(content) for name, content in _titled(words, parts).items()}


def decision_reading(
    kho: Kho,
    quyet_dinh: QuyetDinh,
    templates: TemplateStore,
    truoc_day: TruocDay | None = None,
    so_sanh: BangSoSanh | None = None,
) -> Reading:
    """What the document of a decision says. Raises as :func:`render_decision` does."""
    return reading_of(rendered_parts(kho, quyet_dinh, templates, truoc_day, so_sanh))


def _titled(words: DecisionCV | DecisionLT, parts: Mapping[str, Iterable[bytes]]) -> dict[str, Iterable[bytes]]:
    return with_properties(parts, one_line(words["quyet_dinh"]["trich_yeu"]), words["co_quan"]["ten"])


def _rendered(
    kho: Kho,
    quyet_dinh: QuyetDinh,
    templates: TemplateStore,
    truoc_day: TruocDay | None,
    so_sanh: BangSoSanh | None,
) -> tuple[DecisionCV | DecisionLT, dict[str, Iterator[bytes]]]:
    name, vocabulary = ("quyet-dinh-lt", DecisionLT) if quyet_dinh.pham_vi_lien_thong else ("quyet-dinh-cv", DecisionCV)
    words = decision_words(kho, quyet_dinh, truoc_day, so_sanh)
    return words, templates.get(kho.goc, name, vocabulary).render(words)
