"""Compares two states of a kho."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from qtnb.collation import catalogue_key
from qtnb.diff.changes import Change, Kind, change_of
from qtnb.diff.comparing import compare_parts
from qtnb.diff.extent import Extent, Totals, extent_of, totals_of
from qtnb.diff.matching import AnyQuyTrinh, Match, Matched, match_procedures
from qtnb.diff.printed import decision_part, procedure_part, settings_part
from qtnb.diff.reasons import Reasons
from qtnb.model import CauHinh, QuyetDinh

_USUAL_HOURS = 8
"""Of a working day, where the settings cannot be read (schema of the kho file)."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of a kho, as far as it can be read."""

    ten: str
    """What a person calls it: ``bản v1 (1a2b3c4d)``."""
    cau_hinh: CauHinh | None
    """None when the kho file cannot be read."""
    quy_trinh: tuple[AnyQuyTrinh, ...]
    """Each with a key of its own."""
    quyet_dinh: tuple[QuyetDinh, ...]
    khong_so_duoc: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Procedures that cannot be compared, by key, with the reason."""
    quyet_dinh_loi: frozenset[str] = frozenset()
    """Keys of the decisions that cannot be read."""
    so_da_cap: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The keys of procedures, those that have lapsed too, by symbol, as far as a register is at hand."""

    @property
    def hours(self) -> Fraction:
        """Of a working day."""
        return Fraction(str(self.cau_hinh.gio_moi_ngay if self.cau_hinh else _USUAL_HOURS))


@dataclass(frozen=True, slots=True)
class ProcedureChange:
    """What became of one procedure."""

    match: Match
    changes: tuple[Change, ...]
    """Empty for one that was added or removed, or only got another key."""
    before: Extent | None
    """None for one that was added."""
    after: Extent | None
    """None for one that was removed."""
    ly_do: str
    """The reason that its file gives, or a decision of the new state; empty when none does."""

    @property
    def kind(self) -> Kind:
        """What became of it."""
        if self.match.old is None:
            return Kind.ADDED
        return Kind.REMOVED if self.match.new is None else Kind.CHANGED

    @property
    def item(self) -> AnyQuyTrinh:
        """The procedure as it is now, or as it was."""
        item = self.match.new or self.match.old
        assert item is not None  # noqa: S101 - a match has a side
        return item

    @property
    def renamed(self) -> bool:
        """Whether its name is another."""
        return change_of(self.changes, "ten") is not None

    @property
    def symbol_changed(self) -> bool:
        """Whether its symbol is another."""
        return change_of(self.changes, "ky_hieu") is not None

    @property
    def key_changed(self) -> bool:
        """Whether its key, the name of its file, is another."""
        return self.match.by not in {None, Matched.KEY}

    @property
    def written_first(self) -> bool:
        """Whether it had a name only, and has content now."""
        old, new = self.match.old, self.match.new
        return old is not None and new is not None and old.chua_co_noi_dung and not new.chua_co_noi_dung


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """What became of one decision."""

    khoa: str
    old: QuyetDinh | None
    new: QuyetDinh | None
    changes: tuple[Change, ...]

    @property
    def kind(self) -> Kind:
        """What became of it."""
        if self.old is None:
            return Kind.ADDED
        return Kind.REMOVED if self.new is None else Kind.CHANGED


@dataclass(frozen=True, slots=True)
class KhoDiff:
    """What differs between two states."""

    old: State
    new: State
    quy_trinh: tuple[ProcedureChange, ...]
    """In catalogue order."""
    unchanged: int
    """How many procedures are the same in both."""
    khong_so_duoc: tuple[tuple[str, str], ...]
    """Key of each procedure that cannot be compared, and why."""
    quyet_dinh: tuple[DecisionChange, ...]
    cau_hinh: tuple[Change, ...]
    names_only: bool
    """Whether there were too many new keys to look for procedures that are alike."""
    before: Totals
    """Over the procedures that can be compared."""
    after: Totals

    @property
    def empty(self) -> bool:
        """Whether nothing differs, as far as it can be compared."""
        return not (self.quy_trinh or self.quyet_dinh or self.cau_hinh)

    def count(self, kind: Kind) -> int:
        """How many procedures have this kind of change."""
        return sum(change.kind is kind for change in self.quy_trinh)


def compare(old: State, new: State) -> KhoDiff:
    """What became of each procedure and decision and of the settings from ``old`` to ``new``."""
    unknown = {
        khoa: "; ".join(filter(None, (old.khong_so_duoc.get(khoa), new.khong_so_duoc.get(khoa))))
        for khoa in {*old.khong_so_duoc, *new.khong_so_duoc}
    }
    here, there = ([item for item in state.quy_trinh if item.khoa not in unknown] for state in (old, new))
    matching = match_procedures(here, there)
    reasons = Reasons(old.quyet_dinh, new.quyet_dinh, _keys(old) | _keys(new))
    changes = [_procedure(match, old.hours, new.hours, reasons) for match in matching.matches if _differs(match)]
    told = sorted((change for change in changes if change is not None), key=_place)
    settings: tuple[Change, ...] = ()
    if old.cau_hinh is not None and new.cau_hinh is not None and old.cau_hinh != new.cau_hinh:
        settings = compare_parts(settings_part(old.cau_hinh), settings_part(new.cau_hinh))
    return KhoDiff(
        old,
        new,
        tuple(told),
        len(matching.matches) - len(told),
        tuple(sorted(unknown.items())),
        tuple(_decisions(old, new)),
        settings,
        matching.names_only,
        totals_of(here, old.hours),
        totals_of(there, new.hours),
    )


def compare_procedures(old: AnyQuyTrinh | None, new: AnyQuyTrinh | None, hours: Fraction) -> ProcedureChange | None:
    """What became of one procedure; None when nothing that is printed or counted differs."""
    return _procedure(
        Match(old, new, None if old is None or new is None else Matched.KEY), hours, hours, Reasons((), (), {})
    )


def _differs(match: Match) -> bool:
    # Nearly all procedures are the same in both states: equal values need no closer look.
    return match.old is None or match.new is None or match.by is not Matched.KEY or match.old != match.new


def _procedure(match: Match, old_hours: Fraction, new_hours: Fraction, reasons: Reasons) -> ProcedureChange | None:
    old, new = match.old, match.new
    changes: tuple[Change, ...] = ()
    if old is not None and new is not None:
        changes = compare_parts(procedure_part(old), procedure_part(new))
        if not changes and match.by is Matched.KEY:
            return None
    return ProcedureChange(
        match,
        changes,
        None if old is None else extent_of(old, old_hours),
        None if new is None else extent_of(new, new_hours),
        reasons.reason_of(old, new),
    )


def _place(change: ProcedureChange) -> tuple[object, ...]:
    item = change.item
    return item.loai, catalogue_key(item.thu_tu, item.ky_hieu, item.tep), change.kind


def _decisions(old: State, new: State) -> Iterable[DecisionChange]:
    here = {item.khoa: item for item in old.quyet_dinh}
    there = {item.khoa: item for item in new.quyet_dinh}
    old_names, new_names = _keys(old), _keys(new)
    # A symbol that one side cannot tell the key of, because that file is broken, means what it means on the other.
    old_names, new_names = new_names | old_names, old_names | new_names
    for khoa in sorted({*here, *there} - old.quyet_dinh_loi - new.quyet_dinh_loi):
        before, after = here.get(khoa), there.get(khoa)
        changes: tuple[Change, ...] = ()
        if before is not None and after is not None:
            changes = compare_parts(decision_part(before, old_names), decision_part(after, new_names))
            if not changes:
                continue
        yield DecisionChange(khoa, before, after, changes)


def _keys(state: State) -> dict[str, str]:
    return {**state.so_da_cap, **{item.ky_hieu: item.khoa for item in state.quy_trinh if item.ky_hieu}}
