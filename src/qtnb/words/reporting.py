"""From a report, its tables and charts to the words of its template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from qtnb.model import CoQuan, Ky
from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Table
from qtnb.words.bao_cao import (
    BaoCaoCoPhuLuc,
    BaoCaoWords,
    MucBaoCao,
    PhuLucRieng,
    PhuLucSoLieu,
)
from qtnb.words.blocks import Bang, Hinh
from qtnb.words.column_widths import is_broad
from qtnb.words.context import issuer_words
from qtnb.words.measure import rule_under
from qtnb.words.titles import subject_lines
from qtnb.words.wording import ky_of
from qtnb.words.writing import (
    capitalised,
    closed,
    ended,
    finished,
    in_words,
    nam_of,
    ngay_of,
    one_line,
    paragraphs,
    roman,
    so_of,
    starts_with,
    thang_of,
    unended,
)

_TITLE, _BROAD_TITLE = (14.0, 460.0), (14.0, 700.0)
"""Size of an appendix's title and width of its lines, in points, on pages that stand and broad ones."""
_TRICH_YEU = (14.0, 433.0)
_TRICH_YEU_SHARE = 0.36
"""Of the longest line, so that the rule stays within 1/3 to 1/2 of a somewhat shorter last line too (TL-02)."""
_COLLECTIVES = ("ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân")
_CHARTS = "Biểu đồ"
_BY_THE_HEAD = Ky((), "", "")


@dataclass(frozen=True, slots=True)
class Muc:
    """A part of a report's body."""

    tieu_de: str
    """Heading without its number; empty: none."""
    doan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaoCao:
    """A report (Nghị định 30, mẫu 1.4)."""

    co_quan: CoQuan
    """Who reports."""
    trich_yeu: str
    kinh_gui: tuple[str, ...]
    noi_dung: tuple[Muc, ...]
    bang: tuple[Table, ...] = ()
    """Each is an appendix."""
    hinh: tuple[Picture, ...] = ()
    """Charts, which together are the last appendix."""
    noi_nhan: tuple[str, ...] = ()
    """Besides "Như trên" and "Lưu"."""
    luu: str = "VT"
    ky: Ky = _BY_THE_HEAD
    """Empty parts are filled from the agency."""
    so: str = ""
    ngay: dt.date | None = None
    """None: not signed yet."""


@dataclass(frozen=True, slots=True)
class PhuLucSo:
    """An appendix on its own, without the text that it belongs to."""

    tieu_de: str
    bang: tuple[Table, ...] = ()
    hinh: tuple[Picture, ...] = ()
    co_quan: str = ""
    """Name of the agency, for the properties of the file."""
    kem_theo: str = ""
    """The line below the title, without its brackets: ``Kèm theo Quyết định số …``; empty: none."""
    nhan: str = "Phụ lục"


def report_words(bao_cao: BaoCao) -> BaoCaoCoPhuLuc:
    """All words of the template ``bao-cao``."""
    labels = appendix_labels(len(bao_cao.bang) + bool(bao_cao.hinh))
    kem_theo = _attached(bao_cao)
    appendices = [
        _appendix(PhuLucSo(table.title, (table,), kem_theo=kem_theo, nhan=label))
        for label, table in zip(labels, bao_cao.bang, strict=False)
    ]
    if bao_cao.hinh:
        appendices.append(_appendix(PhuLucSo(_CHARTS, hinh=bao_cao.hinh, kem_theo=kem_theo, nhan=labels[-1])))
    return {
        "co_quan": issuer_words(bao_cao.co_quan),
        "bao_cao": _report_words(bao_cao, labels),
        "phu_luc": appendices,
    }


def appendix_labels(number: int) -> list[str]:
    """What so many appendices are called: ``Phụ lục I``, ``Phụ lục II`` …; one alone has no number (PL-01)."""
    return [f"Phụ lục {roman(at)}" for at in range(1, number + 1)] if number > 1 else ["Phụ lục"] * number


def appendix_words(phu_luc: PhuLucSo) -> PhuLucRieng:
    """All words of the template ``phu-luc``."""
    return {"phu_luc": [_appendix(phu_luc)]}


def _appendix(phu_luc: PhuLucSo) -> PhuLucSoLieu:
    ngang = any(map(is_broad, phu_luc.bang))
    title = one_line(fit_text(phu_luc.tieu_de)).upper()
    alone = len(phu_luc.bang) == 1
    return {
        "nhan": phu_luc.nhan,
        "tieu_de": subject_lines(title, *(_BROAD_TITLE if ngang else _TITLE)),
        "kem_theo": one_line(phu_luc.kem_theo) if ngang else phu_luc.kem_theo,
        "ngang": ngang,
        "cac_bang": [
            {
                "tieu_de": "" if alone else fit_text(table.title),
                "bang": Bang(table, ngang),
                "ghi_chu": [f"({note}) {fit_text(text)}" for note, text in enumerate(table.footnotes, start=1)],
                "la_cuoi": number == len(phu_luc.bang),
            }
            for number, table in enumerate(phu_luc.bang, start=1)
        ],
        "cac_hinh": [
            {"tieu_de": fit_text(picture.title), "hinh": Hinh(picture, number)}
            for number, picture in enumerate(phu_luc.hinh, start=1)
        ],
    }


def _attached(bao_cao: BaoCao) -> str:
    """What the appendices of a report say they go with (PL-04); on two lines."""
    ngay = bao_cao.ngay
    return (
        f"Kèm theo Báo cáo số {so_of(bao_cao.so)}/{_symbol(bao_cao)} ngày {ngay_of(ngay)} tháng {thang_of(ngay)} "
        f"năm {nam_of(ngay).strip()}\ncủa {one_line(bao_cao.co_quan.ten)}"
    )


def _symbol(bao_cao: BaoCao) -> str:
    return f"BC-{bao_cao.co_quan.viet_tat}"


def _report_words(bao_cao: BaoCao, labels: Sequence[str]) -> BaoCaoWords:
    trich_yeu = subject_lines(capitalised(unended(one_line(bao_cao.trich_yeu))), *_TRICH_YEU)
    issuer = bao_cao.co_quan
    collective = one_line(issuer.ten) if starts_with(issuer.ten, *_COLLECTIVES) else ""
    return {
        "so": so_of(bao_cao.so),
        "ky_hieu": _symbol(bao_cao),
        "ngay": ngay_of(bao_cao.ngay),
        "thang": thang_of(bao_cao.ngay),
        "nam": nam_of(bao_cao.ngay),
        "trich_yeu": trich_yeu,
        "gach_ngang": rule_under(trich_yeu.split("\n"), _TRICH_YEU[0], _TRICH_YEU_SHARE),
        "kinh_gui": _kinh_gui(bao_cao.kinh_gui),
        "noi_dung": _body(bao_cao.noi_dung, labels),
        "noi_nhan": _noi_nhan(bao_cao),
        "ky": ky_of(bao_cao.ky, issuer, collective),
    }


def _kinh_gui(recipients: Sequence[str]) -> list[str]:
    """One stands on the line of "Kính gửi:" as it is; several are a list (NN-06)."""
    names = [unended(one_line(name)) for name in recipients]
    if len(names) == 1:
        return names
    return [f"- {name}{'.' if at == len(names) else ';'}" for at, name in enumerate(names, start=1)]


def _body(parts: Sequence[Muc], labels: Sequence[str]) -> list[MucBaoCao]:
    """The body, its headings numbered, its end ``./.`` (ND-13), every appendix pointed to (QD-12)."""
    texts = [[line for text in part.doan for line in paragraphs(text)] for part in parts] or [[]]
    if pointer := _pointer("\n".join(line for part in texts for line in part), labels):
        texts[-1].insert(max(len(texts[-1]) - 1, 0), pointer)
    if texts[-1]:
        texts[-1][-1] = finished(texts[-1][-1])
    numbers = count(1)
    headings = [
        f"{roman(next(numbers))}. {one_line(part.tieu_de).upper()}" if part.tieu_de.strip() else "" for part in parts
    ] or [""]
    return [
        {
            "tieu_de": heading,
            "doan": lines,
            "cau_dan": [line for line in lines if line.endswith(":")],
            "la_cuoi": at == len(texts),
        }
        for at, (heading, lines) in enumerate(zip(headings, texts, strict=True), start=1)
    ]


def _pointer(body: str, labels: Sequence[str]) -> str:
    """The sentence that points to the appendices of which the body says nothing."""
    missing = [label for label in labels if not re.search(rf"{label}(?![IVXLC])", body)]
    return closed(f"Số liệu chi tiết tại {in_words(missing)} kèm theo Báo cáo này") if missing else ""


def _noi_nhan(bao_cao: BaoCao) -> list[str]:
    """Recipients: "Như trên" first (NN-05), "Lưu" last; ``;`` after each, ``.`` after the last."""
    sent = [capitalised(one_line(item).removeprefix("-").strip()) for item in bao_cao.noi_nhan]
    first = ["Như trên"] if bao_cao.kinh_gui and not any(starts_with(item, "như trên") for item in sent) else []
    kept = one_line(bao_cao.luu)
    last = kept if starts_with(kept, "lưu:") else f"Lưu: {kept}"
    return [*(ended(item, ";") for item in (*first, *sent)), ended(last, ".")]
