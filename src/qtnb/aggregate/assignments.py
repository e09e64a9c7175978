"""Steps as text: which steps of which procedures somebody leads and supports.

``3:1,2/4 7:/1``: of the procedure at place 3 steps B1 and B2 are led and B4 is supported; of that at
place 7 step B1 is supported. A step of an LT has the place of its agency before it, for each agency
counts from B1: ``2.1`` is B1 of the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

_STEP: Final = r"[1-9][0-9]{0,5}(?:\.[1-9][0-9]{0,5})?"
_STEPS: Final = rf"{_STEP}(?:,{_STEP})*"
_ENTRY: Final = rf"[0-9]{{1,7}}:(?:{_STEPS}(?:/{_STEPS})?|/{_STEPS})"
_ASSIGNMENTS: Final = re.compile(rf"{_ENTRY}(?: {_ENTRY})*")
_PLACE: Final = re.compile(r"(?:^| )([0-9]+):")


class Assignment(NamedTuple):
    """Steps of one procedure."""

    quy_trinh: int
    """Its place among the procedures of the kho, from 0."""
    chu_tri: tuple[str, ...]
    """Steps led: ``1``, or ``2.1`` in an LT."""
    phoi_hop: tuple[str, ...]
    """Steps supported; one may stand twice."""


def assignment_text(number: int, led: str, supported: str) -> str:
    """The text for one procedure; steps are joined by commas, and one side may be empty."""
    return f"{number}:{led}/{supported}" if supported else f"{number}:{led}"


def joined(texts: Iterable[str]) -> str:
    """The text for several procedures, in order."""
    return " ".join(texts)


def assignments_in(text: str) -> Iterator[Assignment]:
    """Read the text; it is one for which :func:`are_assignments` holds."""
    for entry in text.split(" "):
        number, _, steps = entry.partition(":")
        led, _, supported = steps.partition("/")
        yield Assignment(int(number), _steps(led), _steps(supported))


def are_assignments(text: str, procedures: int) -> bool:
    """Whether ``text`` is one for a kho with so many procedures, each named once and in order."""
    if not _ASSIGNMENTS.fullmatch(text):
        return False
    numbers = [int(number) for number in _PLACE.findall(text)]
    return numbers[-1] < procedures and all(one < other for one, other in pairwise(numbers))


def _steps(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
