"""How a decision cites the decisions before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qtnb.model import HinhThuc, QuyetDinh
from qtnb.text import shown
from qtnb.words.writing import day_in_words, in_words, unended


@dataclass(frozen=True, slots=True)
class QuyetDinhTruoc:
    """A decision signed before the one that is written."""

    so_ky_hieu: str
    """``123/QĐ-SNV``."""
    ngay: dt.date
    tham_quyen: str
    """Who decided, as inside a sentence: ``Giám đốc Sở Nội vụ``."""
    trich_yeu: str = ""
    """Its subject, as printed under its name; empty when not known."""
    hinh_thuc: HinhThuc = HinhThuc.BAN_HANH

    @property
    def thu_tu(self) -> tuple[dt.date, int, str]:
        """Sorts decisions by day, then by number."""
        so = self.so_ky_hieu.partition("/")[0]
        return self.ngay, int(so) if so.isdecimal() else 0, self.so_ky_hieu


def decision_name(decision: QuyetDinh, agency: str) -> str:
    """How a sentence names a decision: ``Quyết định số 12/QĐ-SNV ngày 01/11/2026``, or ``dự thảo quyết định “bo”``.

    ``agency`` is the abbreviation of the kho's own agency, in whose name most are issued.
    """
    if not decision.so or decision.ngay is None:
        return f"dự thảo quyết định “{shown(decision.khoa)}”"
    issuer = decision.co_quan_ban_hanh.viet_tat if decision.co_quan_ban_hanh else agency
    return f"Quyết định số {decision.so.zfill(2)}/QĐ-{issuer} ngày {decision.ngay:%d/%m/%Y}"


def cited_with_subject(earlier: QuyetDinhTruoc) -> str:
    """Cite one decision with all that the first citation of a text needs (ND-06)."""
    subject = unended(earlier.trich_yeu)
    return cited([earlier]) + (f" {subject[:1].lower()}{subject[1:]}" if subject else "")


def cited(decisions: Sequence[QuyetDinhTruoc], before: Collection[QuyetDinhTruoc] = ()) -> str:
    """Cite decisions by number, day and who decided, whom one "của …" names for all if it is the same.

    Those cited ``before`` in the text are cited by kind and number only (ND-06).
    """
    authorities = {earlier.tham_quyen for earlier in decisions}
    if len(authorities) == 1 and not any(earlier in before for earlier in decisions):
        return f"{in_words([_dated(earlier) for earlier in decisions])} của {authorities.pop()}"
    return in_words(
        [
            _numbered(earlier) if earlier in before else f"{_dated(earlier)} của {earlier.tham_quyen}"
            for earlier in decisions
        ]
    )


def approved_at(decisions: Sequence[QuyetDinhTruoc], before: Collection[QuyetDinhTruoc] = ()) -> str:
    """What was approved by ``decisions``: ``đã được phê duyệt tại …, được sửa đổi, bổ sung tại …``."""
    first = [earlier for earlier in decisions if earlier.hinh_thuc is not HinhThuc.SUA_DOI_BO_SUNG]
    later = [earlier for earlier in decisions if earlier.hinh_thuc is HinhThuc.SUA_DOI_BO_SUNG]
    parts = [f"được phê duyệt tại {cited(first, before)}"] if first else []
    parts += [f"được sửa đổi, bổ sung tại {cited(later, before)}"] if later else []
    return f"đã {', '.join(parts)}"


def _dated(earlier: QuyetDinhTruoc) -> str:
    return f"{_numbered(earlier)} {day_in_words(earlier.ngay)}"


def _numbered(earlier: QuyetDinhTruoc) -> str:
    return f"Quyết định số {earlier.so_ky_hieu}"
