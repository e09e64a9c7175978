"""The two texts that git put into one file, between its conflict markers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MARKER: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?")
"""Git writes seven signs; more of them stand in a base that was itself merged, and belong to its text."""

_AFTER: Final = {
    ("", "<"): "ours",
    ("ours", "|"): "base",
    ("ours", "="): "theirs",
    ("base", "="): "theirs",
    ("theirs", ">"): "",
}
"""Between which markers a line stands, by where the one before stood and the sign of the marker."""


@dataclass(frozen=True, slots=True)
class BothSides:
    """What a file with conflict markers held on both branches."""

    ours: str
    theirs: str
    base: str | None
    """What both started from; None when the markers do not show it."""


def both_sides(text: str) -> BothSides | None:
    """Take ``text`` apart; None when it has no markers, or not every one that git wrote."""
    lines: dict[str, list[str]] = {"ours": [], "theirs": [], "base": []}
    between, seen = "", set[str]()
    for line in text.split("\n"):
        marker = _MARKER.fullmatch(line)
        if marker is None:
            for side in (between,) if between else lines:
                lines[side].append(line)
            continue
        after = _AFTER.get((between, marker[1][0]))
        if after is None:
            return None
        between = after
        seen.add(between)
    if between or not seen:
        return None
    ours, theirs, base = ("\n".join(lines[side]) for side in ("ours", "theirs", "base"))
    return BothSides(ours, theirs, base if "base" in seen else None)
