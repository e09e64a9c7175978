"""From the model to the words of a Word template: pure, no layout, no disk."""

from __future__ import annotations

from collections.abc import Mapping

from qtnb.kho import Kho, procedures_of
from qtnb.model import CoQuan, PheDuyet, QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.words.articles import SoanDieu, usual_articles
from qtnb.words.comparison import BangSoSanh, comparison_groups
from qtnb.words.earlier import TruocDay, truoc_day_of
from qtnb.words.forms import cv_words, danh_muc_rows, in_groups, lt_words
from qtnb.words.measure import rule_under
from qtnb.words.titles import authority_lines, name_lines, subject_lines
from qtnb.words.vocabulary import CoQuanBanHanh, DecisionCommon, DecisionCV, DecisionLT, PhuLuc, QuyetDinhWords
from qtnb.words.wording import (
    appendix_title,
    cac_dieu_of,
    can_cu_of,
    comparison_title,
    ky_of,
    new_column,
    noi_nhan_of,
    scope_of,
    tham_quyen_of,
    title_scope_of,
    trich_yeu_of,
)
from qtnb.words.writing import nam_of, ngay_of, one_line, roman, so_of, thang_of

_LETTERHEAD = (13.0, 167.0)
"""Size of the agency's name and width of its column, in points (templates/build.py)."""
_SUPERIOR = (13.0, 172.0)
"""The same for the agency above it, which is not bold: 4 % narrower than it is measured."""
_TITLE = (14.0, 460.0)
"""Size of titles over the whole width and width of their lines, in points, a little left over."""
_WIDE_TITLE = (14.0, 700.0)
"""The same on a page set broadside."""
_TRICH_YEU = (14.0, 433.0)
"""Size of the trích yếu and width of its lines, in points, a little left over."""
_LETTERHEAD_SHARE = 0.42
"""Of the name's last line; the decree allows 1/3 to 1/2 (CQ-05)."""
_TRICH_YEU_SHARE = 0.36
"""Of the longest line, so that the rule stays within 1/3 to 1/2 of a somewhat shorter last line too (TL-02)."""


def decision_words(
    kho: Kho, quyet_dinh: QuyetDinh, truoc_day: TruocDay | None = None, so_sanh: BangSoSanh | None = None
) -> DecisionCV | DecisionLT:
    """All words for the template of ``quyet_dinh``; every name in it is known to exist.

    ``truoc_day`` is what was decided before; None: as far as the signed decisions of ``kho`` tell.
    ``so_sanh`` is what the decision changes, printed when it asks for a comparison; None: not known.
    """
    groups = in_groups(procedures_of(kho, quyet_dinh))
    items = [item for members in groups.values() for item in members]
    issuer = quyet_dinh.co_quan_ban_hanh or kho.cau_hinh.co_quan
    scope = scope_of(kho, quyet_dinh, items)
    title_scope = title_scope_of(kho, quyet_dinh, items)
    with_list = quyet_dinh.phe_duyet is not PheDuyet.NOI_DUNG
    with_content = quyet_dinh.phe_duyet is not PheDuyet.DANH_MUC
    changed = so_sanh if quyet_dinh.bang_so_sanh and so_sanh is not None and so_sanh.thay_doi else None
    labels = _labels({"danh mục": with_list, "nội dung": with_content, "bảng so sánh": changed is not None})
    about = SoanDieu(
        quyet_dinh,
        issuer,
        scope,
        [item.khoa for item in items],
        labels,
        truoc_day_of(kho, quyet_dinh) if truoc_day is None else truoc_day,
    )
    common: DecisionCommon = {
        "co_quan": issuer_words(issuer),
        "quyet_dinh": _decision_words(about),
        "co_danh_muc": with_list,
        "co_noi_dung": with_content,
        "co_so_sanh": changed is not None,
        "danh_muc": {
            "nhan": labels.get("danh mục", ""),
            "tieu_de": subject_lines(appendix_title(quyet_dinh, "Danh mục", title_scope), *_TITLE),
            "quy_trinh": list(danh_muc_rows(groups)) if with_list else [],
        },
        "so_sanh": {
            "nhan": labels.get("bảng so sánh", ""),
            "tieu_de": subject_lines(comparison_title(quyet_dinh, title_scope), *_WIDE_TITLE),
            "cot_moi": new_column(quyet_dinh),
            "nhom": [] if changed is None else comparison_groups(changed),
        },
    }
    head: PhuLuc = {
        "nhan": labels.get("nội dung", ""),
        "tieu_de": subject_lines(appendix_title(quyet_dinh, "Nội dung", title_scope), *_TITLE),
    }
    shown = list(enumerate(items, start=1)) if with_content else []
    if quyet_dinh.pham_vi_lien_thong:
        lt = [lt_words(n, it, last=n == len(items)) for n, it in shown if isinstance(it, QuyTrinhLT)]
        return {**common, "noi_dung": {**head, "quy_trinh": lt}}
    cv = [cv_words(n, it, last=n == len(items)) for n, it in shown if isinstance(it, QuyTrinhCV)]
    return {**common, "noi_dung": {**head, "quy_trinh": cv}}


def _labels(present: Mapping[str, bool]) -> dict[str, str]:
    """Labels of the appendices that are present: Roman numbers, none for a single one (PL-01)."""
    parts = [part for part, is_present in present.items() if is_present]
    if len(parts) == 1:
        return {parts[0]: "Phụ lục"}
    return {part: f"Phụ lục {roman(number)}" for number, part in enumerate(parts, start=1)}


def issuer_words(issuer: CoQuan) -> CoQuanBanHanh:
    """The words of a letterhead."""
    lines = [name_lines(one_line(line).upper(), *_LETTERHEAD) for line in issuer.ten_ban_hanh]
    last_line = lines[-1].split("\n")[-1:]
    return {
        "ten": one_line(issuer.ten),
        "chu_quan": name_lines(one_line(issuer.chu_quan).upper(), *_SUPERIOR),
        "ten_ban_hanh": lines,
        "gach_ngang": rule_under(last_line, _LETTERHEAD[0], _LETTERHEAD_SHARE),
        "viet_tat": issuer.viet_tat,
        "dia_danh": one_line(issuer.dia_danh),
    }


def _decision_words(about: SoanDieu) -> QuyetDinhWords:
    quyet_dinh, issuer = about.quyet_dinh, about.issuer
    trich_yeu = subject_lines(trich_yeu_of(quyet_dinh, about.scope), *_TRICH_YEU)
    tham_quyen = tham_quyen_of(quyet_dinh, issuer)
    cac_dieu = cac_dieu_of(quyet_dinh.dieu or usual_articles(about))
    return {
        "so": so_of(quyet_dinh.so),
        "ky_hieu": f"QĐ-{issuer.viet_tat}",
        "ngay": ngay_of(quyet_dinh.ngay),
        "thang": thang_of(quyet_dinh.ngay),
        "nam": nam_of(quyet_dinh.ngay),
        "trich_yeu": trich_yeu,
        "gach_ngang": rule_under(trich_yeu.split("\n"), _TRICH_YEU[0], _TRICH_YEU_SHARE),
        "tham_quyen": authority_lines(tham_quyen.upper(), *_TITLE),
        "nguoi_ban_hanh": tham_quyen,
        "can_cu": can_cu_of(quyet_dinh),
        "cac_dieu": cac_dieu,
        "noi_nhan": noi_nhan_of(quyet_dinh, cac_dieu),
        "ky": ky_of(quyet_dinh.ky, issuer, tham_quyen),
    }
