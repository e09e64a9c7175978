"""The data of a roll-up: its days, the agencies that must send, and the agency that reports (``tong-hop.yaml``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from qtnb.aggregate.standing import When
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.locate import located
from qtnb.model import CoQuan, Ky, co_quan_from
from qtnb.reading import read_file, shown_path
from qtnb.schema import SchemaName, remarks
from qtnb.source import FileName

PLAN_FILE: Final = "tong-hop.yaml"
"""Looked for in the folders that a command names."""


@dataclass(frozen=True, slots=True)
class BaoCao:
    """What the office itself writes of the report."""

    so: str = ""
    """Empty until signed."""
    ngay: dt.date | None = None
    """None until signed."""
    trich_yeu: str = ""
    """Empty: made from the figures."""
    kinh_gui: tuple[str, ...] = ()
    nhan_xet: tuple[str, ...] = ()
    """Paragraphs after the figures."""
    noi_nhan: tuple[str, ...] = ()
    luu: str = ""
    ky: Ky = field(default_factory=lambda: Ky((), "", ""))


@dataclass(frozen=True, slots=True)
class KeHoachTongHop:
    """What one roll-up is measured by; everything may be missing."""

    ke_hoach: str = ""
    """The text that sets the deadlines."""
    ngay: dt.date | None = None
    tu_ngay: dt.date | None = None
    han_danh_muc: dt.date | None = None
    han_noi_dung: dt.date | None = None
    phai_gui: tuple[str, ...] = ()
    """Names of the agencies that must send."""
    co_quan: CoQuan | None = None
    """The agency that reports."""
    bao_cao: BaoCao = field(default_factory=BaoCao)

    def when(self, ngay: dt.date | None, tu_ngay: dt.date | None, today: dt.date) -> When:
        """The days to count by: those of the command line before those of the file, else ``today``."""
        return When(ngay or self.ngay or today, tu_ngay or self.tu_ngay, self.han_danh_muc, self.han_noi_dung)


def plan_file(paths: Sequence[Path]) -> Path | None:
    """The file of the folders that a command names; None when there is none.

    Raises QtnbError when there are several, so that none is passed over.
    """
    found = list(dict.fromkeys(path / PLAN_FILE for path in paths if (path / PLAN_FILE).is_file()))
    if len(found) > 1:
        message = f"Có nhiều tệp {PLAN_FILE}: {', '.join(map(str, found))}."
        raise QtnbError(message, hint="Chọn một tệp bằng --ke-hoach.", exit_code=2)
    return found[0] if found else None


def read_plan(path: Path, cwd: Path) -> tuple[KeHoachTongHop, tuple[Finding, ...]]:
    """The data in a file, and what is wrong with it; a file with errors gives no data."""
    source = read_file(FileName(path, shown_path(cwd / path, cwd), path.name))
    problems = [] if source.broken else remarks(SchemaName.TONG_HOP, source.data)
    findings = (*source.findings, *(located(source, remark) for remark in problems))
    return (KeHoachTongHop() if source.broken or problems else plan_from(source.data)), findings


def plan_from(data: Mapping[str, Any]) -> KeHoachTongHop:
    """Build the data of a roll-up from data that fit its schema."""
    return KeHoachTongHop(
        data.get("ke_hoach") or "",
        _day(data, "ngay"),
        _day(data, "tu_ngay"),
        _day(data, "han_danh_muc"),
        _day(data, "han_noi_dung"),
        tuple(data.get("phai_gui") or ()),
        co_quan_from(data["co_quan"]) if data.get("co_quan") else None,
        _report(data.get("bao_cao") or {}),
    )


def _report(data: Mapping[str, Any]) -> BaoCao:
    ky = data.get("ky") or {}
    authority = ky.get("quyen_han") or ()
    return BaoCao(
        data.get("so") or "",
        _day(data, "ngay"),
        data.get("trich_yeu") or "",
        tuple(data.get("kinh_gui") or ()),
        tuple(data.get("nhan_xet") or ()),
        tuple(data.get("noi_nhan") or ()),
        data.get("luu") or "",
        Ky(
            (authority,) if isinstance(authority, str) else tuple(authority),
            ky.get("chuc_vu") or "",
            ky.get("ho_ten") or "",
        ),
    )


def _day(data: Mapping[str, Any], key: str) -> dt.date | None:
    return dt.date.fromisoformat(data[key]) if data.get(key) else None
