"""Compares how long the procedures of a kho were and are."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qtnb.collation import catalogue_key
from qtnb.diff.comparing import compare_parts
from qtnb.diff.extent import extent_of
from qtnb.diff.kho import ProcedureChange, State
from qtnb.diff.matching import AnyQuyTrinh, Match, match_procedures
from qtnb.diff.printed import procedure_part
from qtnb.diff.reasons import Reasons
from qtnb.don_gian_hoa.lapsed import KetThuc, successors_of
from qtnb.don_gian_hoa.so_sanh import DaiNgan, KhongCon, SoSanh, SoSanhKho
from qtnb.don_gian_hoa.times import KhongTinhDuoc, compared_times
from qtnb.words.writing import one_line

_NO_DECISION = "không còn trong kho, chưa có quyết định nào nêu"
_NO_CONTENT = "mới có tên trong danh mục, chưa có nội dung"


def compare_extents(old: State, new: State, ends: Mapping[str, KetThuc], reasons: Reasons, co_quan: str) -> SoSanhKho:
    """What became of the procedures of ``old``; ``ends`` are those that decisions end, by key.

    One procedure that takes the place of one other is compared with it. Where several become one, or one becomes
    several, the sums do not tell what was saved: they are set side by side and not counted.
    """
    unknown = {
        khoa: "; ".join(filter(None, (old.khong_so_duoc.get(khoa), new.khong_so_duoc.get(khoa))))
        for khoa in {*old.khong_so_duoc, *new.khong_so_duoc}
    }
    before = [item for item in old.quy_trinh if item.khoa not in unknown]
    after = [item for item in new.quy_trinh if item.khoa not in unknown and item.khoa not in ends]
    kho = _Kho(old, new, ends, reasons)
    groups = _groups([item for item in before if item.khoa in ends], after, ends)
    known = {item.khoa for item in before}
    replaced = [group for group in groups if group.is_one_for_one(known)]
    pairs = [Match(group.truoc[0], group.sau[0]) for group in replaced]
    others = [group for group in groups if not group.is_one_for_one(known)]
    placed = {item.khoa for group in groups for item in group.sau} - known
    rest = match_procedures(
        [item for item in before if item.khoa not in ends], [item for item in after if item.khoa not in placed]
    ).matches
    both = [kho.compared(match) for match in (*pairs, *rest) if match.old is not None and match.new is not None]
    gone = [_Group((match.old,), ()) for match in rest if match.old is not None and match.new is None]
    added = [match.new for match in rest if match.old is None and match.new is not None]
    return SoSanhKho(
        co_quan,
        old.ten,
        new.ten,
        tuple(sorted(filter(None, both), key=lambda it: _place(it.item))),
        tuple(kho.gone(group) for group in sorted((*others, *gone), key=lambda group: _place(group.truoc[0]))),
        tuple(kho.told(item, new) for item in sorted(added, key=_place) if not item.chua_co_noi_dung),
        tuple(sorted(unknown.items())),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Procedures that lapse, and those that take their place."""

    truoc: tuple[AnyQuyTrinh, ...]
    sau: tuple[AnyQuyTrinh, ...]

    def is_one_for_one(self, known: Container[str]) -> bool:
        """Whether one new procedure takes the place of one; ``known`` are the keys of those that are not new."""
        if not len(self.truoc) == len(self.sau) == 1:
            return False
        return self.truoc[0].loai == self.sau[0].loai and self.sau[0].khoa not in known


@dataclass(frozen=True, slots=True)
class _Kho:
    """What the procedures of one kho are compared by."""

    old: State
    new: State
    ends: Mapping[str, KetThuc]
    reasons: Reasons

    def told(self, item: AnyQuyTrinh, state: State) -> DaiNgan:
        return DaiNgan(item, extent_of(item, state.hours))

    def compared(self, match: Match) -> SoSanh | None:
        """One procedure on both sides; None for one without content on either."""
        old, new = match.old, match.new
        assert old is not None  # noqa: S101 - asked for procedures on both sides only
        assert new is not None  # noqa: S101 - as above
        if old.chua_co_noi_dung and new.chua_co_noi_dung:
            return None
        before, after = extent_of(old, self.old.hours), extent_of(new, self.new.hours)
        changes = () if old == new else compare_parts(procedure_part(old), procedure_part(new))
        end = self.ends.get(old.khoa)
        reason = self.reasons.reason_of(old, new) or (end.ly_do if end else "")
        change = ProcedureChange(match, changes, before, after, reason)
        missing = "trước" if old.chua_co_noi_dung else "sau" if new.chua_co_noi_dung else ""
        if missing:
            return SoSanh(change, before, after, None, f"bản {missing} {_NO_CONTENT}", reason, end)
        time = compared_times(before.thoi_gian, after.thoi_gian, (self.old.hours, self.new.hours))
        if isinstance(time, KhongTinhDuoc):
            return SoSanh(change, before, after, None, time.vi_sao, reason, end)
        return SoSanh(change, before, after, time, "", reason, end)

    def gone(self, group: _Group) -> KhongCon:
        ends = [self.ends[item.khoa] for item in group.truoc if item.khoa in self.ends]
        return KhongCon(
            tuple(self.told(item, self.old) for item in group.truoc),
            tuple(self.told(item, self.new) for item in group.sau),
            tuple(dict.fromkeys(end.can_cu for end in ends)) or (_NO_DECISION,),
            "; ".join(dict.fromkeys(end.ly_do for end in ends if end.ly_do)),
        )


def _groups(lapsed: Iterable[AnyQuyTrinh], after: Sequence[AnyQuyTrinh], ends: Mapping[str, KetThuc]) -> list[_Group]:
    """The procedures that lapse, each with those that take its place; together where these are the same ones."""
    there = {item.khoa: item for item in after}
    groups: dict[str, tuple[list[AnyQuyTrinh], set[str]]] = {}
    """By the key of the first procedure that lapses."""
    group_of: dict[str, str] = {}
    """The group of each procedure that takes a place."""
    for item in lapsed:
        by = [khoa for khoa in successors_of(item.khoa, ends) if khoa in there]
        items, keys = [item], set(by)
        for name in dict.fromkeys(group_of[khoa] for khoa in by if khoa in group_of):
            joined = groups.pop(name)
            items += joined[0]
            keys |= joined[1]
        groups[item.khoa] = (items, keys)
        group_of |= dict.fromkeys(keys, item.khoa)
    return [_Group(_sorted(items), _sorted(there[key] for key in keys)) for items, keys in groups.values()]


def _sorted(items: Iterable[AnyQuyTrinh]) -> tuple[AnyQuyTrinh, ...]:
    return tuple(sorted(items, key=_place))


def _place(item: AnyQuyTrinh) -> tuple[object, ...]:
    return item.loai, catalogue_key(item.thu_tu, item.ky_hieu, item.tep), one_line(item.ten)
