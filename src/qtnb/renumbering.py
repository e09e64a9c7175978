"""Giving another number to drafts that got one number on two branches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qtnb.collation import catalogue_key
from qtnb.finding import DataPath, Remark
from qtnb.lint.views import texts
from qtnb.numbering import highest_number
from qtnb.so_dang_ky.approving import BAN_HANH
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Move:
    """A draft that gets another number."""

    source: Source
    old: str
    new: str
    kept: Source
    """The procedure that keeps the number."""
    kept_is_approved: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a number which two procedures had."""

    source: Source
    at: DataPath


Witness: TypeAlias = Callable[[Mention, Move], Source | None]
"""Which of the two procedures a mention stood beside before the branches were joined; None when nobody knows."""


def moves_of(quy_trinh: Sequence[Source], register: SoDangKy) -> tuple[list[Move], list[tuple[Source, Remark]]]:
    """The drafts to move, and what forbids it: two approved procedures with one number."""
    holders: dict[str, list[Source]] = defaultdict(list)
    for source in quy_trinh:
        if source.data.get("ky_hieu"):
            holders[source.data["ky_hieu"]].append(source)
    taken = set(holders) | register.ky_hieu_da_cap
    moves: list[Move] = []
    refused: list[tuple[Source, Remark]] = []
    for symbol, same in sorted(holders.items()):
        if len(same) == 1:
            continue
        same.sort(key=lambda source: (not _decided(source, register), catalogue_key(None, "", source.tep)))
        kept, *others = same
        for source in others:
            if _decided(source, register):
                message = f"Ký hiệu {symbol} đã được phê duyệt cho cả {kept.path} và {source.path}."
                hint = "Hai quyết định đã ký không sửa được ở đây: lập quyết định thay thế một quy trình."
                refused.append((source, Remark(("ky_hieu",), "duplicate-approved-symbol", message, hint)))
                continue
            new = f"{symbol[:3]}{highest_number(symbol[:2], taken) + 1:02d}"
            taken.add(new)
            moves.append(Move(source, symbol, new, kept, _decided(kept, register)))
    return moves, refused


def mentions_of(sources: Sequence[Source], symbol: str) -> Iterator[Mention]:
    """Every text that names ``symbol``, but for the key that holds it."""
    word = re.compile(rf"(?<![\w/.-]){re.escape(symbol)}(?![\w/]|-\w)")
    for source in sources:
        if symbol in source.text:
            for at, text in texts(source.data):
                if at != ("ky_hieu",) and word.search(text):
                    yield Mention(source, at)


def meaning_of(mention: Mention, move: Move, witness: Witness) -> Source | None:
    """Which of the two procedures is meant; None when that cannot be told.

    A procedure that names the number in its own text means itself. A decision that is being drafted
    issues what is not approved yet, and amends, replaces or abolishes what is. Otherwise the branch
    on which the mention was written tells.
    """
    if mention.source.tep in {move.source.tep, move.kept.tep}:
        return mention.source
    data = mention.source.data
    if data["loai"] == "QD" and move.kept_is_approved:
        return move.source if (data.get("hinh_thuc") or BAN_HANH) == BAN_HANH else move.kept
    return witness(mention, move)


def unclear(mention: Mention, move: Move) -> Remark:
    """What is said of a mention that may mean either procedure."""
    keys = f"“{khoa_of(move.kept.tep)}” hoặc “{khoa_of(move.source.tep)}”"
    message = f"{move.old} ở đây có thể là {keys}."
    hint = (
        "Viết khóa thay cho ký hiệu rồi chạy lại."
        if mention.source.data["loai"] == "QD"
        else f"Quy trình “{khoa_of(move.source.tep)}” sẽ nhận số {move.new}: ghi {move.new} nếu nói về nó; "
        "nếu không, tạm ghi tên quy trình, rồi chạy lại."
    )
    return Remark(mention.at, "ambiguous-symbol", message, hint)


def _decided(source: Source, register: SoDangKy) -> bool:
    block = register.quy_trinh.get(khoa_of(source.tep))
    return block is not None and block.trang_thai is not TrangThai.DU_THAO
