"""The words of the comparison of two states of a kho: those that its template may use, and how they are made."""

from __future__ import annotations

from typing import TypedDict

from qtnb.model import CoQuan
from qtnb.words.comparison import BangSoSanh, comparison_groups
from qtnb.words.context import issuer_words
from qtnb.words.titles import subject_lines
from qtnb.words.vocabulary import CoQuanBanHanh, Doan, NhomSoSanh
from qtnb.words.writing import one_line

_TITLE = (14.0, 700.0)
"""Size of the title and width of its lines, in points, a little left over (templates/build_so_sanh.py)."""


class SoSanhWords(TypedDict):
    """All words of the template ``so-sanh``."""

    co_quan: CoQuanBanHanh
    tieu_de: str
    """Title below "BẢNG SO SÁNH", in capitals, broken where its sense does."""
    ban_cu: str
    """What the state before is called: ``bản v1 (1a2b3c4d)``."""
    ban_moi: str
    nhom: list[NhomSoSanh]
    """A group for each procedure that changed."""
    ghi_chu: Doan
    """What could not be compared; no paragraph when everything could."""


def so_sanh_words(co_quan: CoQuan, sides: tuple[str, str], bang: BangSoSanh, ghi_chu: list[str]) -> SoSanhWords:
    """The words of the comparison of the states called ``sides`` in the kho of ``co_quan``."""
    title = f"Nội dung sửa đổi, bổ sung quy trình giải quyết công việc nội bộ của {one_line(co_quan.ten)}"
    return {
        "co_quan": issuer_words(co_quan),
        "tieu_de": subject_lines(title.upper(), *_TITLE),
        "ban_cu": sides[0],
        "ban_moi": sides[1],
        "nhom": comparison_groups(bang),
        "ghi_chu": ghi_chu,
    }
