"""What differs between two parts, value by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from qtnb.diff.parts import Part


class Kind(StrEnum):
    """What became of a row, a procedure or a decision; the values are those of the JSON output."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """In its values; it may have moved as well."""
    MOVED = "moved"
    """In its place alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """The step that a value of a step points at: where it returns to, or what it runs beside."""

    old_label: str
    """``B3``; empty when the old step points nowhere."""
    old_name: str
    """What is done in that step."""
    new_label: str
    new_name: str
    same: bool
    """Whether it is still the same step."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """Another text under one key."""

    key: str
    old: str
    new: str
    """Equal to ``old`` where only the step that a label means is another one."""
    target: Target | None = None
    """None for a value that points at no step."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of one row of a list."""

    old_place: int | None
    """Counted from 0; None for a row that was added."""
    new_place: int | None
    """None for a row that was removed."""
    moved: bool
    """Whether it stands in another order than the rows beside it."""
    old: Part | None
    new: Part | None
    changes: tuple[Change, ...] = ()
    """Empty for a row that was added, removed or only moved."""

    @property
    def kind(self) -> Kind:
        """What became of it."""
        if self.old is None:
            return Kind.ADDED
        if self.new is None:
            return Kind.REMOVED
        return Kind.CHANGED if self.changes else Kind.MOVED

    @property
    def part(self) -> Part:
        """The row as it is now, or as it was."""
        part = self.new or self.old
        assert part is not None  # noqa: S101 - one of the two sides has it
        return part


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of the rows of one list; rows that stay as they are, where they are, are left out."""

    key: str
    rows: tuple[RowChange, ...]
    """In the order of the new list, removed ones where they stood."""
    old_count: int
    new_count: int


Change: TypeAlias = TextChange | ListChange


def change_of(changes: Sequence[Change], key: str) -> Change | None:
    """The change under ``key``; None when there is none."""
    return next((change for change in changes if change.key == key), None)
