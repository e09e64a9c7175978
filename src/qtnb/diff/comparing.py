"""Compares two parts of one kind, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from qtnb.diff.alignment import Pair, align
from qtnb.diff.changes import Change, ListChange, RowChange, Target, TextChange
from qtnb.diff.parts import Part
from qtnb.diff.printed import CAC_BUOC, QUAY_LAI, SONG_SONG, YES


def compare_parts(old: Part, new: Part) -> tuple[Change, ...]:
    """What differs, in the order of the form; nothing exactly when the parts are equal."""
    return tuple(_changes(old, new))


def _changes(old: Part, new: Part) -> Iterator[Change]:
    for (key, before), (_, after) in zip(old.fields, new.fields, strict=True):
        if before == after:
            continue
        if isinstance(before, str) or isinstance(after, str):
            yield TextChange(key, str(before), str(after))
        else:
            yield _list_change(key, before, after)


def _list_change(key: str, old: Sequence[Part], new: Sequence[Part]) -> ListChange:
    pairs = align(old, new)
    pointing = _Pointing(old, new, frozenset((it.old, it.new) for it in pairs)) if key == CAC_BUOC else None
    rows = (_row_change(pair, old, new, pointing) for pair in pairs)
    return ListChange(key, tuple(row for row in rows if row is not None), len(old), len(new))


def _row_change(pair: Pair, old: Sequence[Part], new: Sequence[Part], pointing: _Pointing | None) -> RowChange | None:
    """What became of one row; None when it is as and where it was."""
    before = None if pair.old is None else old[pair.old]
    after = None if pair.new is None else new[pair.new]
    changes: tuple[Change, ...] = ()
    if before is not None and after is not None:
        changes = compare_parts(before, after)
        if pointing is not None:
            changes = pointing.followed(changes, before, after, pair)
        if not changes and not pair.moved:
            return None
    return RowChange(pair.old, pair.new, pair.moved, before, after, changes)


@dataclass(frozen=True, slots=True)
class _Pointing:
    """The steps of a list, for values of a step that mean another step by its label."""

    old: Sequence[Part]
    new: Sequence[Part]
    same: AbstractSet[tuple[int | None, int | None]]
    """Places of each step in both lists."""

    def followed(self, changes: tuple[Change, ...], before: Part, after: Part, pair: Pair) -> tuple[Change, ...]:
        """``changes`` with the steps that are meant; a label that now means another step is a change, too."""
        targets = {key: self._target(key, before, after, pair) for key in (SONG_SONG, QUAY_LAI)}
        told = {
            change.key: replace(change, target=targets[change.key])
            if isinstance(change, TextChange) and change.key in targets
            else change
            for change in changes
        }
        for key, target in targets.items():
            if key not in told and target is not None and not target.same and target.old_label and target.new_label:
                told[key] = TextChange(key, before.text(key), after.text(key), target)
        return tuple(told[key] for key, _ in after.fields if key in told)

    def _target(self, key: str, before: Part, after: Part, pair: Pair) -> Target | None:
        assert pair.old is not None  # noqa: S101 - the step is in both lists
        assert pair.new is not None  # noqa: S101 - as above
        here, there = _pointed(key, before, pair.old, len(self.old)), _pointed(key, after, pair.new, len(self.new))
        if here is None and there is None:
            return None
        return Target(
            "" if here is None else f"B{here + 1}",
            "" if here is None else self.old[here].name,
            "" if there is None else f"B{there + 1}",
            "" if there is None else self.new[there].name,
            (here, there) in self.same,
        )


def _pointed(key: str, step: Part, place: int, count: int) -> int | None:
    """The place of the step that a value means; None when it means none."""
    text = step.text(key)
    if key == SONG_SONG:
        return place - 1 if text == YES and place else None
    number = int(text[1:]) if text else 0
    return number - 1 if 0 < number <= count else None
