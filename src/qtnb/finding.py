"""What a check has to say about one place in one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

DataPath: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a file's data, e.g. ``("cac_buoc", 2, "thoi_gian")``."""


class Severity(StrEnum):
    """How bad a finding is; the values are those of the JSON output (cli.md)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file's text. Lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START_OF_FILE = Span(1, 1, 1, 1)
"""Where a finding about a whole file stands."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding: the second of two duplicates, the sum beside the total."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: the text at ``at`` becomes ``value``."""

    at: DataPath
    value: str
    safe: bool = True
    """False: a person should look before it is applied."""
    quoted: bool = False
    """True: the value stays, and must stand in quotes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about one place, with the next step."""

    path: str
    """The file, relative to the working directory, with ``/``."""
    span: Span
    rule: str
    """Stable id of the check, in kebab case; never translated."""
    severity: Severity
    message: str
    """The fact, with the value seen, in Vietnamese."""
    hint: str = ""
    """The next step, in Vietnamese; empty when the message says it all."""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    at: DataPath = ()
    """The place in the data, where the finding is about one; empty for the file as a whole."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of reports: path, line, column, rule; the message only breaks ties."""
        return (self.path, self.span.line, self.span.column, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """A related place before it has a line."""

    at: DataPath
    message: str
    tep: str = ""
    """The file inside the kho; empty for the file of the remark itself."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding before it has a line: a check names the place in the data, the engine finds the span."""

    at: DataPath
    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    on_key: bool = False
    """True when the key itself is the matter (an unknown key), not its value."""
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None
