"""Where the lines of centred titles break.

Left to itself Word fills every line but the last, and tears names apart: a clerk breaks a title
where its sense does, and makes the lines about equally long. A break is a line end in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from qtnb.words.measure import lines_of, width_of

_SUBJECT = re.compile(
    r" (?=giải quyết công việc |\(ngoài |của |giữa |và các cơ quan|phường |xã |thành phố )", re.IGNORECASE
)
_PLACE = re.compile(r" (?=(?:PHƯỜNG|XÃ|ĐẶC KHU|QUẬN|HUYỆN|THỊ XÃ|THÀNH PHỐ|TỈNH) )")
_NOWHERE = re.compile(r"(?!)")
_MOST_BREAKS = 6
"""Places that are tried in all combinations."""
_TORN = 0.5
"""What counts against a title that breaks anywhere but at its places, in lines."""
_DOUBT = 4.0
"""Points by which a program may set a line shorter or longer than it is measured here."""
_HAIR = 0.01
"""Points by which a column is made too narrow for the line that just filled it."""


def subject_lines(title: str, size: float, room: float) -> str:
    """Break a trích yếu or the title of an appendix: before "(ngoài …)", "của …", "giữa …" or a place."""
    return _broken(title, size, room, _SUBJECT)


def authority_lines(name: str, size: float, room: float) -> str:
    """Break the line of who decides before the name of the place."""
    return _broken(name, size, room, _PLACE)


def name_lines(name: str, size: float, room: float) -> str:
    """Break the name of an agency into lines of about equal length."""
    return _broken(name, size, room, _NOWHERE)


def heading_lines(heading: str, symbol: str, size: float, room: float) -> str:
    """Put ``symbol`` at the end of ``heading`` on a line of its own where it would break at its hyphen."""
    if not symbol:
        return heading
    whole = f"{heading} ({symbol})"
    if width_of(whole, size) <= room - _DOUBT:
        return whole
    last = lines_of(heading, size, room)[-1]
    fits = width_of(f"{last} ({symbol})", size) <= room - _DOUBT
    moves = width_of(f"{last} ({symbol.partition('-')[0]}-", size) > room + _DOUBT
    return whole if fits or moves else f"{heading}\n({symbol})"


def _broken(text: str, size: float, room: float, places: re.Pattern[str]) -> str:
    """Break ``text`` into few lines, at ``places`` rather than elsewhere."""
    if width_of(text, size) <= room:
        return text
    parts = places.split(text, maxsplit=_MOST_BREAKS)
    candidates = [
        [_balanced(piece, size, room) for piece in _joined(parts, breaks)]
        for breaks in product((True, False), repeat=len(parts) - 1)
    ]
    best = min(candidates, key=lambda pieces: _badness(pieces, size))
    return "\n".join(line for piece in best for line in piece)


def _badness(pieces: Sequence[Sequence[str]], size: float) -> tuple[float, float, float]:
    """What counts against ``pieces`` of lines: lines, breaks inside a piece, uneven lines."""
    lines = [line for piece in pieces for line in piece]
    inside = len(lines) - len(pieces)
    return len(lines) + inside + (_TORN if inside else 0), len(lines), _longest(lines, size)


def _joined(parts: Sequence[str], breaks: Sequence[bool]) -> list[str]:
    """Join ``parts`` where there is no break between them."""
    pieces = [parts[0]]
    for part, breaks_here in zip(parts[1:], breaks, strict=True):
        if breaks_here:
            pieces.append(part)
        else:
            pieces[-1] += f" {part}"
    return pieces


def _balanced(text: str, size: float, room: float) -> list[str]:
    """Break ``text`` into as few lines as :func:`lines_of` does, narrowing them while that can be done."""
    lines = lines_of(text, size, room)
    while len(narrower := lines_of(text, size, _longest(lines, size) - _HAIR)) == len(lines):
        if _longest(narrower, size) >= _longest(lines, size):
            break
        lines = narrower
    return lines


def _longest(lines: Sequence[str], size: float) -> float:
    return max(width_of(line, size) for line in lines)
