"""From the model to the words of a Word template: pure, no layout, no disk."""

from __future__ import annotations

from qtnb.kho import Kho, procedures_of
from qtnb.model import CoQuan, PheDuyet, QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.words.forms import cv_words, danh_muc_rows, in_groups, lt_words
from qtnb.words.measure import rule_under
from qtnb.words.titles import authority_lines, name_lines, subject_lines
from qtnb.words.vocabulary import CoQuanBanHanh, DecisionCommon, DecisionCV, DecisionLT, PhuLuc, QuyetDinhWords
from qtnb.words.wording import (
    appendix_title,
    cac_dieu_of,
    can_cu_of,
    ky_of,
    noi_nhan_of,
    scope_of,
    tham_quyen_of,
    title_scope_of,
    trich_yeu_of,
)
from qtnb.words.writing import nam_of, ngay_of, one_line, so_of, thang_of

_LETTERHEAD = (13.0, 167.0)
"""Size of the agency's name and width of its column, in points (templates/build.py)."""
_SUPERIOR = (13.0, 172.0)
"""The same for the agency above it, which is not bold: 4 % narrower than it is measured."""
_TITLE = (14.0, 460.0)
"""Size of titles over the whole width and width of their lines, in points, a little left over."""
_TRICH_YEU = (14.0, 433.0)
"""Size of the trích yếu and width of its lines, in points, a little left over."""
_LETTERHEAD_SHARE = 0.42
"""Of the name's last line; the decree allows 1/3 to 1/2 (CQ-05)."""
_TRICH_YEU_SHARE = 0.36
"""Of the longest line, so that the rule stays within 1/3 to 1/2 of a somewhat shorter last line too (TL-02)."""


def decision_words(kho: Kho, quyet_dinh: QuyetDinh) -> DecisionCV | DecisionLT:
    """All words for the template of ``quyet_dinh``; every name in it is known to exist."""
    groups = in_groups(procedures_of(kho, quyet_dinh))
    items = [item for members in groups.values() for item in members]
    issuer = quyet_dinh.co_quan_ban_hanh or kho.cau_hinh.co_quan
    scope = scope_of(kho, quyet_dinh, items)
    title_scope = title_scope_of(kho, quyet_dinh, items)
    with_list = quyet_dinh.phe_duyet is not PheDuyet.NOI_DUNG
    with_content = quyet_dinh.phe_duyet is not PheDuyet.DANH_MUC
    both = with_list and with_content
    common: DecisionCommon = {
        "co_quan": _issuer_words(issuer),
        "quyet_dinh": _decision_words(quyet_dinh, issuer, scope, len(items)),
        "co_danh_muc": with_list,
        "co_noi_dung": with_content,
        "danh_muc": {
            "nhan": "Phụ lục I" if both else "Phụ lục",
            "tieu_de": subject_lines(appendix_title(quyet_dinh, "Danh mục", title_scope), *_TITLE),
            "quy_trinh": list(danh_muc_rows(groups)) if with_list else [],
        },
    }
    head: PhuLuc = {
        "nhan": "Phụ lục II" if both else "Phụ lục",
        "tieu_de": subject_lines(appendix_title(quyet_dinh, "Nội dung", title_scope), *_TITLE),
    }
    shown = list(enumerate(items, start=1)) if with_content else []
    if quyet_dinh.pham_vi_lien_thong:
        lt = [lt_words(n, it, last=n == len(items)) for n, it in shown if isinstance(it, QuyTrinhLT)]
        return {**common, "noi_dung": {**head, "quy_trinh": lt}}
    cv = [cv_words(n, it, last=n == len(items)) for n, it in shown if isinstance(it, QuyTrinhCV)]
    return {**common, "noi_dung": {**head, "quy_trinh": cv}}


def _issuer_words(issuer: CoQuan) -> CoQuanBanHanh:
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


def _decision_words(quyet_dinh: QuyetDinh, issuer: CoQuan, scope: str, count: int) -> QuyetDinhWords:
    trich_yeu = subject_lines(trich_yeu_of(quyet_dinh, scope), *_TRICH_YEU)
    tham_quyen = tham_quyen_of(quyet_dinh, issuer)
    cac_dieu = cac_dieu_of(quyet_dinh, issuer, scope, count)
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
        "ky": ky_of(quyet_dinh, issuer, tham_quyen),
    }
