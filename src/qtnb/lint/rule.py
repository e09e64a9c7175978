"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias

from qtnb.finding import Remark, Severity
from qtnb.lint.views import FileView, KhoView
from qtnb.source import Source

FileCheck: TypeAlias = Callable[[FileView], Iterator[Remark]]
KhoCheck: TypeAlias = Callable[[KhoView], Iterator[tuple[Source, Remark]]]

EVERY_KIND: Final = frozenset({"CV", "LT", "QD", "KH", "TK"})
"""Kinds of file of a rule on how any text is written."""


class Group(StrEnum):
    """Families of rules; a rule's id begins with its group."""

    TIME = "time"
    DUTY = "duty"
    LAW = "law"
    AUTHORITY = "authority"
    PAPERS = "papers"
    REFERENCE = "reference"
    CATALOGUE = "catalogue"
    TEXT = "text"
    YAML = "yaml"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Rule:
    """One quality rule. Its page is the docstring of its module: purpose in Vietnamese, for the user."""

    id: str
    """``<group>-<what>``; never changes once released."""
    title: str
    """What is wrong, in one Vietnamese phrase without a final stop."""
    severity: Severity
    """What it counts as unless the kho says otherwise."""
    nguon: str
    """The text, form or measurement that demands it."""
    bad: Mapping[str, str]
    """Files of a small kho, by path inside it, in which the rule finds something; ``qtnb.yaml`` may be left out."""
    good: Mapping[str, str]
    """The same kho put right."""
    check_file: FileCheck | None = None
    """Looks at one file; its result depends on that file and the settings only, and may be cached."""
    check_kho: KhoCheck | None = None
    """Compares files; sees of procedures only the facts that :mod:`qtnb.lint.facts` keeps."""
    kinds: frozenset[str] = frozenset({"CV", "LT"})
    """Kinds of file that ``check_file`` is given: of :data:`EVERY_KIND`."""
    requires: tuple[str, ...] = ()
    """Rules that must have found nothing at the same place, so that one fault is told once."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options that a kho may set, with their defaults."""

    @property
    def group(self) -> Group:
        """The family, from the id."""
        return Group(self.id.partition("-")[0])
