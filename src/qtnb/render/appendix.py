"""Renders the task table of a plan, or a statistics form, into a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qtnb.ke_hoach import KeHoach
from qtnb.kho import Kho
from qtnb.render.grid import fit_tables
from qtnb.render.mark import LoaiVanBan
from qtnb.render.mark_writing import with_mark
from qtnb.render.marking import mark_of_other
from qtnb.render.package import MAIN_PART, write_package
from qtnb.render.properties import with_properties
from qtnb.render.store import TemplateStore
from qtnb.thong_ke import ThongKe
from qtnb.words.ke_hoach import ke_hoach_words
from qtnb.words.phu_luc import KeHoachWords, ThongKeWords
from qtnb.words.thong_ke import thong_ke_words
from qtnb.words.writing import one_line


def render_plan(kho: Kho, ke_hoach: KeHoach, out: Path, templates: TemplateStore) -> None:
    """Write the appendix of ``ke_hoach`` of ``kho``, in which nothing is wrong, to ``out``, whole or not at all.

    Raises :class:`QtnbError` for a broken template or an unwritable file.
    """
    name = "ke-hoach-ngang" if ke_hoach.ngang else "ke-hoach"
    words = ke_hoach_words(ke_hoach, kho.cau_hinh.co_quan)
    parts = templates.get(kho.goc, name, KeHoachWords).render(words)
    agency = (ke_hoach.co_quan_ban_hanh or kho.cau_hinh.co_quan).ten
    _write(out, parts, (LoaiVanBan.KE_HOACH, one_line(ke_hoach.trich_yeu), agency))


def render_statistics(kho: Kho, thong_ke: ThongKe, out: Path, templates: TemplateStore) -> None:
    """Write ``thong_ke`` of ``kho``, in which nothing is wrong, to ``out``; raises as :func:`render_plan` does."""
    words = thong_ke_words(thong_ke, kho.cau_hinh.co_quan)
    parts = templates.get(kho.goc, "thong-ke", ThongKeWords).render(words)
    agency = thong_ke.don_vi_bao_cao or kho.cau_hinh.co_quan.ten
    _write(out, parts, (LoaiVanBan.THONG_KE, one_line(thong_ke.tieu_de), agency))


def _write(out: Path, parts: Mapping[str, Iterable[bytes]], about: tuple[LoaiVanBan, str, str]) -> None:
    """``about`` are kind, title and agency."""
    loai, title, agency = about
    fitted: dict[str, Any] = {**parts, MAIN_PART: [fit_tables(b"".join(parts[MAIN_PART]))]}
    titled = with_properties(fitted, title, agency)
    write_package(out, with_mark(titled, mark_of_other(loai, agency, title)))
