"""Renders a report with its appendices of tables and charts, or such an appendix alone, into a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qtnb.render.mark import LoaiVanBan
from qtnb.render.mark_writing import with_mark
from qtnb.render.marking import mark_of_other
from qtnb.render.package import write_package
from qtnb.render.pictures import with_pictures
from qtnb.render.properties import with_properties
from qtnb.render.store import TemplateStore
from qtnb.words.bao_cao import BaoCaoCoPhuLuc, PhuLucRieng, PhuLucSoLieu
from qtnb.words.reporting import BaoCao, PhuLucSo, appendix_words, report_words
from qtnb.words.writing import one_line


def write_report(path: Path, bao_cao: BaoCao, templates: TemplateStore, goc: Path) -> None:
    """Write ``bao_cao`` with its tables and charts to the .docx file ``path``, whole or not at all.

    An office's own template ``mau/bao-cao.docx`` in the folder ``goc`` replaces the built-in one. Raises QtnbError
    for a broken template, or when ``path`` cannot be written.
    """
    words = report_words(bao_cao)
    parts = templates.get(goc, "bao-cao", BaoCaoCoPhuLuc).render(words)
    _write(path, parts, words["phu_luc"], (LoaiVanBan.BAO_CAO, one_line(bao_cao.trich_yeu), words["co_quan"]["ten"]))


def write_appendix(
    path: Path, phu_luc: PhuLucSo, templates: TemplateStore, goc: Path, loai: LoaiVanBan = LoaiVanBan.BAO_CAO
) -> None:
    """Write one appendix with tables and charts; as :func:`write_report`, with ``mau/phu-luc.docx``.

    ``loai`` is what its mark says that it is.
    """
    words = appendix_words(phu_luc)
    parts = templates.get(goc, "phu-luc", PhuLucRieng).render(words)
    _write(path, parts, words["phu_luc"], (loai, one_line(phu_luc.tieu_de), phu_luc.co_quan))


def _write(
    path: Path,
    parts: Mapping[str, Iterable[bytes]],
    appendices: Sequence[PhuLucSoLieu],
    about: tuple[LoaiVanBan, str, str],
) -> None:
    """``about`` are kind, title and agency."""
    loai, title, agency = about
    pictures = [entry["hinh"] for appendix in appendices for entry in appendix["cac_hinh"]]
    titled = with_properties(with_pictures(parts, pictures), title, agency)
    write_package(path, with_mark(titled, mark_of_other(loai, agency, title)))
