"""The words of a decision around its Điều: those its author wrote, and the usual ones where he wrote none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qtnb.kho import Kho
from qtnb.model import CoQuan, HinhThuc, PheDuyet, QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.model import Ky as KyTrongTep
from qtnb.words.vocabulary import Dieu, Ky
from qtnb.words.writing import (
    capitalised,
    closed,
    ended,
    finished,
    in_words,
    one_line,
    paragraphs,
    starts_with,
    unended,
)

_MANY_AGENCIES = 5
"""More agencies than this make a title that nobody reads to its end."""

_WORK = "giải quyết công việc nội bộ (ngoài thủ tục hành chính)"
ALSO_INVOLVED = "các cơ quan, đơn vị có liên quan"

APPROVE = "Phê duyệt "
_OPENINGS = {
    HinhThuc.BAN_HANH: APPROVE,
    HinhThuc.SUA_DOI_BO_SUNG: f"{APPROVE}sửa đổi, bổ sung ",
    HinhThuc.THAY_THE: f"{APPROVE}thay thế ",
    HinhThuc.BAI_BO: "Về việc bãi bỏ ",
}
"""How the usual trích yếu begins: who abolishes governs directly (mẫu 1.2), the others approve a text (mẫu 1.3)."""
_SUCH = {
    HinhThuc.BAN_HANH: "",
    HinhThuc.SUA_DOI_BO_SUNG: "được sửa đổi, bổ sung",
    HinhThuc.THAY_THE: "được ban hành thay thế",
    HinhThuc.BAI_BO: "bị bãi bỏ",
}
"""What the title of an appendix says of the procedures in it."""
PARTS = {
    PheDuyet.DANH_MUC: "danh mục",
    PheDuyet.NOI_DUNG: "nội dung",
    PheDuyet.DANH_MUC_VA_NOI_DUNG: "danh mục và nội dung",
}

_APPROVED_PROCEDURES = re.compile(
    r"Phê duyệt (?:danh mục(?: và nội dung)?|nội dung) (?:các |\d+ )?(quy trình .+)", re.IGNORECASE
)
_PROCEDURES_ACTED_ON = re.compile(
    r"(?:(?:về việc|v/v) )?(?:phê duyệt )?(?:sửa đổi, bổ sung|điều chỉnh|thay thế|bãi bỏ) "
    r"(?:danh mục(?: và nội dung)? |(?:một số )?nội dung (?:của )?)?(?:các |một số |\d+ )?(quy trình .+)",
    re.IGNORECASE,
)
_ARTICLE_LABEL = re.compile(r"\A\s*Điều\s+\d+\s*[.:]?\s*", re.IGNORECASE)
_SIGNS_FOR = ("TM.", "TL.", "TUQ.")
_COLLECTIVES = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")


def scope_of(kho: Kho, quyet_dinh: QuyetDinh, items: Sequence[QuyTrinhCV | QuyTrinhLT]) -> str:
    """Whose procedures the decision approves: ``của <cơ quan>`` or ``giữa <cơ quan>, … và <…>``."""
    own = one_line(kho.cau_hinh.co_quan.ten)
    if not quyet_dinh.pham_vi_lien_thong:
        return f"của {own}"
    return f"giữa {_agencies(own, items)}"


def title_scope_of(kho: Kho, quyet_dinh: QuyetDinh, items: Sequence[QuyTrinhCV | QuyTrinhLT]) -> str:
    """The scope in the words of the forms' titles: ``giữa các đơn vị <…>``."""
    scope = scope_of(kho, quyet_dinh, items)
    return f"giữa các đơn vị {scope.removeprefix('giữa ')}" if quyet_dinh.pham_vi_lien_thong else scope


def _agencies(own: str, items: Sequence[QuyTrinhCV | QuyTrinhLT]) -> str:
    agencies = list(
        dict.fromkeys(one_line(part.ten) for item in items if isinstance(item, QuyTrinhLT) for part in item.co_quan)
    )
    if not 1 < len(agencies) <= _MANY_AGENCIES:
        agencies = [own if own in agencies or not agencies else agencies[0], ALSO_INVOLVED]
    return in_words(agencies)


def kind_of(quyet_dinh: QuyetDinh) -> str:
    """What the forms call the procedures: ``quy trình`` or ``quy trình liên thông``."""
    return "quy trình liên thông" if quyet_dinh.pham_vi_lien_thong else "quy trình"


def procedures_phrase(quyet_dinh: QuyetDinh, scope: str) -> str:
    """The procedures that a decision is about, in the form's words: ``quy trình … của Sở Nội vụ``."""
    return f"{kind_of(quyet_dinh)} {_WORK} {scope}"


def appendix_title(quyet_dinh: QuyetDinh, opening: str, scope: str) -> str:
    """Title of an appendix: ``DANH MỤC CÁC QUY TRÌNH … CỦA …``, claiming no more than the trích yếu does."""
    return f"{opening} các {_such(_procedures(quyet_dinh, scope), _SUCH[quyet_dinh.hinh_thuc])}".upper()


def comparison_title(quyet_dinh: QuyetDinh, scope: str) -> str:
    """Title of the appendix that compares what changed."""
    return f"Bảng so sánh nội dung {new_column(quyet_dinh)} các {_procedures(quyet_dinh, scope)}".upper()


def new_column(quyet_dinh: QuyetDinh) -> str:
    """What a comparison calls the new text."""
    return "Thay thế" if quyet_dinh.hinh_thuc is HinhThuc.THAY_THE else "Sửa đổi, bổ sung"


def _procedures(quyet_dinh: QuyetDinh, scope: str) -> str:
    """The procedures as the trích yếu calls them; in the form's words when it calls them nothing."""
    written = unended(one_line(quyet_dinh.trich_yeu))
    acted_on = quyet_dinh.hinh_thuc is not HinhThuc.BAN_HANH and _PROCEDURES_ACTED_ON.fullmatch(written)
    own = _APPROVED_PROCEDURES.fullmatch(written) or acted_on
    return own[1] if own else procedures_phrase(quyet_dinh, scope)


def _such(procedures: str, such: str) -> str:
    """Say of ``procedures`` what is done to them: before whose they are, where that can be told."""
    if not such or such in procedures.lower():
        return procedures
    before, work, whose = procedures.partition(_WORK)
    return f"{before}{work} {such}{whose}" if work else f"{procedures} {such}"


def trich_yeu_of(quyet_dinh: QuyetDinh, scope: str) -> str:
    """The trích yếu as written, or the usual one; without a full stop (TL-07)."""
    if written := one_line(quyet_dinh.trich_yeu):
        bare = unended(written)
        return capitalised(bare if written.removesuffix(".").rstrip() == bare else written)
    part = "" if quyet_dinh.hinh_thuc is HinhThuc.BAI_BO else f"{PARTS[quyet_dinh.phe_duyet]} "
    return f"{_OPENINGS[quyet_dinh.hinh_thuc]}{part}{procedures_phrase(quyet_dinh, scope)}"


def can_cu_of(quyet_dinh: QuyetDinh) -> list[str]:
    """Grounds and proposal: each a paragraph, ``;`` after each and ``.`` after the last (ND-04, ND-05)."""
    texts = [_opened(text, "Căn cứ", "căn cứ", "theo đề nghị", "xét ", "thực hiện ") for text in quyet_dinh.can_cu]
    if quyet_dinh.theo_de_nghi.strip():
        texts.append(_opened(quyet_dinh.theo_de_nghi, "Theo đề nghị của", "theo đề nghị", "xét "))
    grounds: list[str] = []
    for number, text in enumerate(texts, start=1):
        *inner, last = paragraphs(capitalised(text))
        grounds += [*inner, ended(last, "." if number == len(texts) else ";")]
    return grounds


def cac_dieu_of(texts: Sequence[str]) -> list[Dieu]:
    """The Điều of ``texts``, labelled and in paragraphs; the last paragraph ends with ``./.``."""
    body: list[Dieu] = []
    for number, text in enumerate(texts, start=1):
        # A label of the author's own is dropped: it may be that of an article since moved.
        *before, last = paragraphs(_ARTICLE_LABEL.sub("", text, count=1))
        first, *rest = [*before, last if number == len(texts) else closed(last)]
        body.append({"nhan": f"Điều {number}. ", "noi_dung": first})
        body.extend({"nhan": "", "noi_dung": line} for line in rest)
    body[-1]["noi_dung"] = finished(body[-1]["noi_dung"])
    return body


def noi_nhan_of(quyet_dinh: QuyetDinh, cac_dieu: Sequence[Dieu]) -> list[str]:
    """Recipients, "Như Điều n" first (NN-04), "Lưu" last; ``;`` after each, ``.`` after the last."""
    items = [capitalised(one_line(item).removeprefix("-").strip()) for item in quyet_dinh.noi_nhan]
    kept = [item for item in items if starts_with(item, "lưu:")]
    sent = [item for item in items if item not in kept]
    if not any(starts_with(item, "như điều") for item in sent):
        labels = [dieu["nhan"] for dieu in cac_dieu if dieu["nhan"]]
        sent.insert(0, f"Như {labels[-1].strip(' .')}")
    if quyet_dinh.luu.strip() or not kept:
        kept.append(_opened(one_line(quyet_dinh.luu) or "VT", "Lưu:", "lưu:"))
    *before, last = [*sent, *kept]
    return [*(ended(item, ";") for item in before), ended(last, ".")]


def tham_quyen_of(quyet_dinh: QuyetDinh, issuer: CoQuan) -> str:
    """Who decides, as inside a sentence; by default the head of the issuing agency."""
    head = _head_of(issuer)
    written = one_line(quyet_dinh.tham_quyen)
    if not written:
        return head
    # An author may write the line in capitals, as it is printed; inside a sentence it needs small letters.
    return next((name for name in (head, one_line(issuer.ten)) if name.upper() == written), written)


def ky_of(ky: KyTrongTep, issuer: CoQuan, tham_quyen: str) -> Ky:
    """The signature block, coherent with who decides (CK-08): ``TM.`` exactly where a collective does."""
    head = one_line(issuer.nguoi_dung_dau).upper()
    titles = [one_line(line).upper() for line in (*ky.quyen_han, ky.chuc_vu) if line.strip()] or [head]
    if not ky.quyen_han and titles[0].startswith(f"PHÓ {head}"):
        titles.insert(0, f"KT. {head}")
    if _is_collective(tham_quyen.upper(), issuer) and not titles[0].startswith(_SIGNS_FOR):
        titles.insert(0, f"TM. {_collective_name(issuer)}")
    return {"chuc_vu": titles, "ho_ten": one_line(ky.ho_ten)}


def _head_of(issuer: CoQuan) -> str:
    """Title and agency: ``Giám đốc Sở Nội vụ``; ``Trưởng phòng Kinh tế``, not "Trưởng phòng Phòng Kinh tế"."""
    title, name = one_line(issuer.nguoi_dung_dau).split(" "), one_line(issuer.ten).split(" ")
    lower_title, lower_name = [word.lower() for word in title], [word.lower() for word in name]
    shared = next((n for n in range(len(title), 0, -1) if lower_title[-n:] == lower_name[:n]), 0)
    return " ".join((*title, *name[shared:]))


def _is_collective(tham_quyen: str, issuer: CoQuan) -> bool:
    names = (one_line(issuer.ten).upper(), one_line(" ".join(issuer.ten_ban_hanh)).upper())
    return tham_quyen in names or tham_quyen.startswith(_COLLECTIVES)


def _collective_name(issuer: CoQuan) -> str:
    name = one_line(issuer.ten).upper()
    return next((body for body in _COLLECTIVES if name.startswith(body)), name)


def _opened(text: str, opening: str, *present: str) -> str:
    text = text.strip()
    return text if starts_with(text, *present) else f"{opening} {text}"
