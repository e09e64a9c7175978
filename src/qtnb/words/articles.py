"""The usual Điều of a decision, where its author wrote none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qtnb.model import CoQuan, HinhThuc, QuyetDinh
from qtnb.words.citing import QuyetDinhTruoc, approved_at, cited, cited_with_subject
from qtnb.words.earlier import TruocDay
from qtnb.words.wording import (
    ALSO_INVOLVED,
    APPROVE,
    PARTS,
    kind_of,
    procedures_phrase,
    trich_yeu_of,
)
from qtnb.words.writing import capitalised, day_in_words, one_line, starts_with, two_digits, unended

_SOURCE_OF_PROPOSAL = re.compile(r"\s+tại\s+(?:Tờ trình|Văn bản|Công văn|Báo cáo|Phiếu)\b.*$", re.DOTALL)
_ABOUT = re.compile(r"(?:về việc|v/v)\s+", re.IGNORECASE)
_ACTS = ("phê duyệt ", "sửa đổi", "bổ sung", "điều chỉnh", "thay thế", "bãi bỏ", "hủy bỏ")
_FROM_THEN_ON: Final = "Kể từ ngày Quyết định này có hiệu lực thi hành"
_ACCOMPANYING: Final = "kèm theo Quyết định này"


@dataclass(frozen=True, slots=True)
class SoanDieu:
    """What the usual Điều speak of."""

    quyet_dinh: QuyetDinh
    issuer: CoQuan
    scope: str
    """Whose procedures they are: ``của Sở Nội vụ``."""
    quy_trinh: Sequence[str]
    """Keys of the procedures of the decision."""
    phu_luc: Mapping[str, str]
    """The appendices, what each holds and its label: ``{"danh mục": "Phụ lục I", …}``."""
    truoc_day: TruocDay

    @property
    def part(self) -> str:
        """What of the procedures is decided on: ``nội dung``."""
        return PARTS[self.quyet_dinh.phe_duyet]

    @property
    def earlier(self) -> list[QuyetDinhTruoc]:
        """The earlier decisions about the procedures, each once, oldest first."""
        found = {earlier for key in self.quy_trinh for earlier in self.truoc_day.quy_trinh.get(key, ())}
        return sorted(found, key=lambda earlier: earlier.thu_tu)

    @property
    def count(self) -> str:
        """How many procedures, as decisions write counts."""
        return two_digits(len(self.quy_trinh))

    @property
    def where(self) -> str:
        """Where the appendices are (QD-12)."""
        if len(self.phu_luc) == 1:
            return f"chi tiết tại {next(iter(self.phu_luc.values()))}"
        return ", ".join(f"{what} tại {label}" for what, label in self.phu_luc.items())


def usual_count(hinh_thuc: HinhThuc, *, abolishes: bool) -> int:
    """How many Điều :func:`usual_articles` writes; ``abolishes``: the decision abolishes earlier decisions."""
    return 3 + (hinh_thuc in {HinhThuc.SUA_DOI_BO_SUNG, HinhThuc.THAY_THE}) + abolishes


def usual_articles(about: SoanDieu) -> tuple[str, ...]:
    """The Điều of a decision of its hinh_thuc, each as text without label."""
    hinh_thuc = about.quyet_dinh.hinh_thuc
    return (
        _FIRST[hinh_thuc](about),
        *((_others_stay(about),) if hinh_thuc is HinhThuc.SUA_DOI_BO_SUNG else ()),
        *((_lapse(about),) if hinh_thuc is HinhThuc.THAY_THE else ()),
        *((_abolished(about.truoc_day.bai_bo),) if about.truoc_day.bai_bo else ()),
        _effect(about.quyet_dinh),
        _responsible(about.quyet_dinh, about.issuer),
    )


# --- Điều 1 ---------------------------------------------------------------------------------------


def _enacted(about: SoanDieu) -> str:
    """What is approved, in the words of the trích yếu (QD-08), with the number of procedures."""
    decision = about.quyet_dinh
    trich_yeu = trich_yeu_of(decision, about.scope)
    if decision.trich_yeu.strip() and trich_yeu.startswith(APPROVE):
        what = f"{unended(trich_yeu.removeprefix(APPROVE))}, gồm {about.count} quy trình"
    else:
        what = f"{about.part} {about.count} {procedures_phrase(decision, about.scope)}"
    return f"{APPROVE}{_ACCOMPANYING} {what} ({about.where})."


def _amended(about: SoanDieu) -> str:
    return _acted(about, f"{APPROVE}sửa đổi, bổ sung {about.part}", _history(about))


def _replaced(about: SoanDieu) -> str:
    return _acted(about, f"{APPROVE}{about.part}", f", thay thế {_lapsing(about)}")


def _ended(about: SoanDieu) -> str:
    return _acted(about, "Bãi bỏ", _history(about))


_FIRST = {
    HinhThuc.BAN_HANH: _enacted,
    HinhThuc.SUA_DOI_BO_SUNG: _amended,
    HinhThuc.THAY_THE: _replaced,
    HinhThuc.BAI_BO: _ended,
}


def _acted(about: SoanDieu, act: str, relation: str) -> str:
    """Say what is done, in the words of the trích yếu, and how it relates to what was decided before."""
    trich_yeu = trich_yeu_of(about.quyet_dinh, about.scope)
    governs_itself = _ABOUT.match(trich_yeu) is not None
    own = _ABOUT.sub("", unended(trich_yeu), count=1)
    if about.quyet_dinh.trich_yeu.strip() and starts_with(own, *_ACTS):
        what = f"{capitalised(own)}, gồm {about.count} quy trình"
    else:
        what = f"{act} {about.count} {procedures_phrase(about.quyet_dinh, about.scope)}"
    # Only a decision of mẫu 1.3 approves a text that accompanies it.
    return f"{what}{relation} ({about.where} {'kèm theo' if governs_itself else _ACCOMPANYING})."


def _history(about: SoanDieu) -> str:
    """By which decisions the procedures were approved; of some only, when of the others none is known."""
    known = [key for key in about.quy_trinh if about.truoc_day.quy_trinh.get(key)]
    if not known:
        return ""
    whose = "" if len(known) == len(about.quy_trinh) else f" trong đó {two_digits(len(known))} quy trình"
    return f",{whose} {approved_at(about.earlier)}"


def _lapsing(about: SoanDieu) -> str:
    """What lapses, as Điều 1 says it."""
    replaced = about.truoc_day.bi_thay_the
    if not replaced:
        return f"{about.part} đã được phê duyệt trước đây"
    if about.earlier:
        return "các nội dung nêu tại Điều 2"
    return f"{'các ' if len(replaced) > 1 else ''}{kind_of(about.quyet_dinh)} nêu tại Điều 2"


# --- what becomes of what was decided before ------------------------------------------------------


def _others_stay(about: SoanDieu) -> str:
    stay = [earlier for earlier in about.earlier if earlier not in about.truoc_day.bai_bo]
    if stay:
        return f"Các nội dung khác của {cited(stay, stay)} không thay đổi và tiếp tục có hiệu lực."
    return "Các nội dung không nêu tại Quyết định này thực hiện theo các quyết định đã ban hành, còn hiệu lực."


def _lapse(about: SoanDieu) -> str:
    """Say what lapses: what was approved before of these procedures, and those that have a successor."""
    kind = kind_of(about.quyet_dinh)
    before = set(about.earlier)
    ended: list[tuple[str, str]] = []
    if about.earlier or not about.truoc_day.bi_thay_the:
        several = "các " if len(about.quy_trinh) > 1 else ""
        history = approved_at(about.earlier) if about.earlier else "đã được phê duyệt trước đây"
        ended.append((f"{about.part} của {several}{kind} nêu tại Điều 1 {history}", ""))
    for item in about.truoc_day.bi_thay_the:
        history = f" {approved_at(item.quyet_dinh, before)}" if item.quyet_dinh else ""
        before |= set(item.quyet_dinh)
        ended.append((f"{kind} {item.ten}{history}", f", được thay thế bằng {kind} {item.boi}" if item.boi else ""))
    if len(ended) == 1:
        what, successor = ended[0]
        return f"{_FROM_THEN_ON}, {what} hết hiệu lực{successor}."
    rows = [f"{capitalised(what)}{successor}" for what, successor in ended]
    return f"{_FROM_THEN_ON}, các nội dung sau đây hết hiệu lực:\n{_numbered(rows)}"


def _abolished(decisions: Sequence[QuyetDinhTruoc | str]) -> str:
    texts = [unended(text) if isinstance(text, str) else cited_with_subject(text) for text in decisions]
    return f"Bãi bỏ {texts[0]}." if len(texts) == 1 else f"Bãi bỏ các quyết định sau đây:\n{_numbered(texts)}"


def _numbered(rows: Sequence[str]) -> str:
    """The khoản of an Điều, each a paragraph."""
    return "\n".join(
        f"{number}. {row}{'.' if number == len(rows) else ';'}" for number, row in enumerate(rows, start=1)
    )


# --- the last two ---------------------------------------------------------------------------------


def _effect(quyet_dinh: QuyetDinh) -> str:
    effect = quyet_dinh.hieu_luc
    since = "ngày ký" if effect in (None, quyet_dinh.ngay) else day_in_words(effect)
    return f"Quyết định này có hiệu lực thi hành kể từ {since}."


def _responsible(quyet_dinh: QuyetDinh, issuer: CoQuan) -> str:
    obliged = "; ".join(filter(None, (_proposer(quyet_dinh), _units(quyet_dinh, issuer))))
    return f"{capitalised(obliged)} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."


def _proposer(quyet_dinh: QuyetDinh) -> str:
    proposer = _SOURCE_OF_PROPOSAL.sub("", one_line(quyet_dinh.theo_de_nghi)).rstrip(" ;,.")
    opening = "theo đề nghị của "
    return capitalised(proposer[len(opening) :] if starts_with(proposer, opening) else proposer)


def _units(quyet_dinh: QuyetDinh, issuer: CoQuan) -> str:
    """Who has to carry the decision out, besides its proposer."""
    if quyet_dinh.pham_vi_lien_thong:
        return f"Thủ trưởng {ALSO_INVOLVED}"
    name = one_line(issuer.ten)
    # A phòng has no units below it.
    who = "công chức, người lao động" if starts_with(name, "phòng ") else "Thủ trưởng các phòng, đơn vị"
    return f"{who} thuộc {name}"
