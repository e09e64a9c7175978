"""Giving another number to drafts that got one number on two branches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from qtnb.collation import catalogue_key
from qtnb.finding import DataPath, Remark
from qtnb.lint.views import texts
from qtnb.numbering import highest_number
from qtnb.so_dang_ky.approving import BAN_HANH
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy, TrangThai
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Holder:
    """A procedure that has a number."""

    khoa: str
    source: Source | None
    """Its file; None for one that only the register knows."""
    trang_thai: TrangThai

    @property
    def is_decided(self) -> bool:
        """Whether a decision was taken on it: its number stays."""
        return self.trang_thai is not TrangThai.DU_THAO

    @property
    def tep(self) -> str:
        """Its file, relative to the kho; where it would be when there is none."""
        return self.source.tep if self.source is not None else f"quy-trinh/{self.khoa}.yaml"

    @property
    def ten(self) -> str:
        """How a sentence names it."""
        return self.source.path if self.source is not None else f"“{self.khoa}” ({self.trang_thai.nhan}, không còn tệp)"


@dataclass(frozen=True, slots=True)
class Move:
    """A procedure whose file gets another number."""

    source: Source
    old: str
    new: str
    kept: Holder | None
    """Who keeps the number; None for an approved procedure that gets its own number back."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a number which two procedures had."""

    source: Source
    at: DataPath


@dataclass(slots=True)
class Moves:
    """What is to be done about numbers."""

    made: list[Move] = field(default_factory=list)
    """In an order in which no number is given to one procedure before another has left it."""
    refused: list[tuple[Source, Remark]] = field(default_factory=list)
    """What forbids it: two approved procedures with one number."""


Witness: TypeAlias = Callable[[Mention, Sequence[Move]], str | None]
"""The key of the one procedure beside which a mention stood before the branches were joined.

It is one of those that the moves, all of one number, are about; None when nobody knows.
"""


def moves_of(quy_trinh: Sequence[Source], register: SoDangKy) -> Moves:
    """The procedures to move. A block of ``register`` holds its number, with a file or without."""
    files = {khoa_of(source.tep): source for source in quy_trinh}
    holders = _holders(files, register)
    taken = {source.data["ky_hieu"] for source in quy_trinh if source.data.get("ky_hieu")} | register.ky_hieu_da_cap
    moves = Moves()
    for symbol, same in sorted(holders.items()):
        kept, *others = sorted(same, key=_rank)
        for holder in others:
            if not holder.is_decided and holder.source is not None:
                new = f"{symbol[:3]}{highest_number(symbol[:2], taken) + 1:02d}"
                taken.add(new)
                moves.made.append(Move(holder.source, symbol, new, kept))
            elif holder.trang_thai.con_hieu_luc and kept.trang_thai.con_hieu_luc:
                source = holder.source or kept.source
                if source is not None:
                    moves.refused.append((source, _twice_approved(symbol, kept, holder)))
    for khoa, source in files.items():
        block, borne = register.quy_trinh.get(khoa), source.data.get("ky_hieu") or ""
        if borne and block is not None and block.trang_thai.con_hieu_luc and borne not in {block.ky_hieu, *holders}:
            moves.made.append(Move(source, borne, block.ky_hieu, None))
    return moves


def _holders(files: Mapping[str, Source], register: SoDangKy) -> Mapping[str, list[Holder]]:
    """Who holds each number: a draft that of its file, any other procedure that of its block."""
    holders: dict[str, list[Holder]] = defaultdict(list)
    for khoa in {**files, **register.quy_trinh}:
        source, block = files.get(khoa), register.quy_trinh.get(khoa) or MucDangKy(khoa, "")
        own = source.data.get("ky_hieu") if source is not None else None
        symbol = own or block.ky_hieu if block.trang_thai is TrangThai.DU_THAO else block.ky_hieu
        if symbol:
            holders[symbol].append(Holder(khoa, source, block.trang_thai))
    return holders


def _rank(holder: Holder) -> tuple[bool, bool, bool, object]:
    """Who keeps a number comes first: whom a decision names, then the one whose file is gone."""
    where = catalogue_key(None, "", holder.tep)
    return not holder.trang_thai.con_hieu_luc, not holder.is_decided, holder.source is not None, where


def _twice_approved(symbol: str, kept: Holder, other: Holder) -> Remark:
    message = f"Ký hiệu {symbol} đã được phê duyệt cho cả {kept.ten} và {other.ten}."
    hint = (
        "Quyết định đã ký không sửa được ở đây: hủy lần gộp (git merge --abort), trên một nhánh ghi sổ quyết định "
        "thay thế quy trình bằng quy trình mang số mới, xóa tệp cũ, rồi gộp lại."
    )
    return Remark(("ky_hieu",), "duplicate-approved-symbol", message, hint)


def mentions_of(sources: Sequence[Source], symbol: str) -> Iterator[Mention]:
    """Every text that names ``symbol``, but for the key that holds it."""
    word = re.compile(rf"(?<![\w/.-]){re.escape(symbol)}(?![\w/]|-\w)")
    for source in sources:
        if symbol in source.text:
            for at, text in texts(source.data):
                if at != ("ky_hieu",) and word.search(text):
                    yield Mention(source, at)


def meaning_of(mention: Mention, moves: Sequence[Move], witness: Witness) -> str | None:
    """The key of the procedure that is meant by the number which those of ``moves`` bear; None when nobody can tell.

    A procedure that names the number in its own text means itself. A decision that is being drafted
    issues what is not approved yet, and amends, replaces or abolishes what is. Otherwise the branch
    on which the mention was written tells.
    """
    first = moves[0]
    if first.kept is None:
        return khoa_of(first.source.tep)
    if mention.source.data.get("ky_hieu") == first.old:
        return khoa_of(mention.source.tep)
    data = mention.source.data
    if len(moves) == 1 and data["loai"] == "QD" and first.kept.is_decided:
        return khoa_of(first.source.tep) if (data.get("hinh_thuc") or BAN_HANH) == BAN_HANH else first.kept.khoa
    return witness(mention, moves)


def unclear(mention: Mention, move: Move) -> Remark:
    """What is said of a mention that may mean either procedure."""
    mine = khoa_of(move.source.tep)
    keys = " hoặc ".join(f"“{khoa}”" for khoa in (*([move.kept.khoa] if move.kept else []), mine))
    message = f"{move.old} ở đây có thể là {keys}."
    hint = (
        "Viết khóa thay cho ký hiệu rồi chạy lại."
        if mention.source.data["loai"] == "QD"
        else f"Quy trình “{mine}” sẽ nhận số {move.new}: ghi {move.new} nếu nói về nó; "
        "nếu không, tạm ghi tên quy trình, rồi chạy lại."
    )
    return Remark(mention.at, "ambiguous-symbol", message, hint)
