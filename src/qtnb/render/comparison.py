"""Renders the comparison of two states of a kho into a Word file."""

from __future__ import annotations

from pathlib import Path

from qtnb.render.mark import LoaiVanBan
from qtnb.render.mark_writing import with_mark
from qtnb.render.marking import mark_of_other
from qtnb.render.package import write_package
from qtnb.render.properties import with_properties
from qtnb.render.store import TemplateStore
from qtnb.words.so_sanh import SoSanhWords


def render_comparison(goc: Path, words: SoSanhWords, out: Path, templates: TemplateStore) -> None:
    """Write the comparison with ``words`` to ``out``, whole or not at all.

    The template is that of the kho in ``goc`` if it has one of its own. Raises :class:`QtnbError` for a
    broken template or an unwritable file.
    """
    parts = templates.get(goc, "so-sanh", SoSanhWords).render(words)
    title = f"Bảng so sánh: {' '.join(words['tieu_de'].split())}"
    agency = words["co_quan"]["ten"]
    mark = mark_of_other(LoaiVanBan.SO_SANH, agency, f"từ {words['ban_cu']} đến {words['ban_moi']}")
    write_package(out, with_mark(with_properties(parts, title, agency), mark))
