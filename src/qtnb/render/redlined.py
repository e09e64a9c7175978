"""Renders one decision twice and writes what differs as tracked changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from qtnb.kho import Kho
from qtnb.model import QuyetDinh
from qtnb.render.decision import rendered_parts
from qtnb.render.mark import LoaiVanBan
from qtnb.render.mark_writing import with_known_mark
from qtnb.render.marking import mark_of_other
from qtnb.render.package import write_package
from qtnb.render.printed import reading_of
from qtnb.render.redline import redline_documents
from qtnb.render.store import TemplateStore
from qtnb.render.visible import visible
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
    ten: str
    """What the state is called."""


def render_redline(old: Rendered, new: Rendered, templates: TemplateStore, by: tuple[str, dt.date], out: Path) -> None:
    """Write ``new`` with every difference from ``old`` as a change tracked ``by`` a person on a day.

    Accepting all changes gives the text of ``new``, rejecting all that of ``old``. Raises
    :class:`QtnbError` for a broken template or an unwritable file.
    """
    author, day = by
    before, after = _package(old, templates), _package(new, templates)
    redline = redline_documents(before, after, author, day)
    mark = replace(
        mark_of_other(LoaiVanBan.DANH_DAU, new.kho.cau_hinh.co_quan.ten, f"từ {old.ten} đến {new.ten}"),
        quyet_dinh=new.quyet_dinh.khoa,
        dau_khac={"chap_nhan": reading_of(after).seal, "tu_choi": reading_of(before).seal},
    )
    parts = {name: [part] for name, part in redline.items()}
    write_package(out, with_known_mark(parts, mark, visible(redline, marked=True).reading))


def _package(side: Rendered, templates: TemplateStore) -> dict[str, bytes]:
    return rendered_parts(side.kho, side.quyet_dinh, templates, side.truoc_day, side.so_sanh)
