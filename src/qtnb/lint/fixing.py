"""Repairing values in the text of a file, and nothing else."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from qtnb.finding import DataPath, Finding, Fix
from qtnb.positions import Offsets
from qtnb.source import FileName, Source

Reread: TypeAlias = Callable[[FileName, str], Source]
"""Reads a text as the file of that name would be read."""

NOT_NFC = "not-nfc"


def fixes_of(findings: Iterable[Finding], *, unsafe: bool) -> list[Fix]:
    """The repairs that findings offer; the unsafe ones only when asked for."""
    return [finding.fix for finding in findings if finding.fix and (unsafe or finding.fix.safe)]


def apply_fixes(source: Source, fixes: Sequence[Fix], reread: Reread) -> str:
    """The text of ``source`` with as many of ``fixes`` as can be made safely, at most one at each place.

    Each repair is read back: the data must be the old data with that one value changed, else the
    repair is left out. Every character outside the repaired values stays.
    """
    taken: set[DataPath] = set()
    current = source
    for fix in fixes:
        if fix.at in taken:
            continue
        taken.add(fix.at)
        current = _repaired(current, fix, reread) or current
    return current.text


def to_nfc(source: Source, reread: Reread) -> str:
    """The text of ``source`` with every key and value in NFC; comments stay as they are."""
    text = source.text
    places = {(place.start, place.end) for place in source.spans.values() if not place.is_block}
    places |= {(place.key_start, place.key_end) for place in source.spans.values()}
    for start, end in sorted(places, reverse=True):
        text = text[:start] + unicodedata.normalize("NFC", text[start:end]) + text[end:]
    again = reread(source.name, text)
    return text if not again.broken and again.data == source.data else source.text


def _repaired(source: Source, fix: Fix, reread: Reread) -> Source | None:
    place = source.spans.get(fix.at)
    if place is None or place.is_block:
        return None
    old = _value_at(source.data, fix.at)
    wanted = _with_value(source.data, fix.at, fix.value)
    for raw in _spellings(source.text[place.start : place.end], old, fix):
        text = source.text[: place.start] + raw + source.text[place.end :]
        again = reread(source.name, text)
        if not again.broken and again.data == wanted and _same_elsewhere(source, again, place, raw):
            return again
    return None


def _same_elsewhere(source: Source, again: Source, place: Offsets, raw: str) -> bool:
    """Whether every other value stands where it stood, moved by the growth of this one only."""
    growth = len(raw) - (place.end - place.start)
    return all(
        path in again.spans and again.spans[path].start == other.start + (growth if other.start >= place.end else 0)
        for path, other in source.spans.items()
    )


def _spellings(raw: str, old: str, fix: Fix) -> Iterator[str]:
    """Ways to write the new value in place of ``raw``, the one closest to the author's first."""
    if fix.quoted:
        yield from _quoted(fix.value)
        return
    offsets = _offsets_of(raw, old)
    if offsets is not None:
        yield _edited(raw, old, fix.value, offsets)
    if "\n" not in raw and "\n" not in fix.value:
        if raw[:1] not in {"'", '"'}:
            yield fix.value
        yield from _quoted(fix.value)


def _quoted(value: str) -> Iterator[str]:
    if "\n" in value:
        return
    if '"' not in value and "\\" not in value:
        yield f'"{value}"'
    yield "'" + value.replace("'", "''") + "'"


def _edited(raw: str, old: str, new: str, offsets: Sequence[int]) -> str:
    """``raw`` with the differences between ``old`` and ``new`` made at the characters that spell them."""
    ends = [*offsets, offsets[-1] + 1 if offsets else len(raw)]
    parts = []
    done = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        start = ends[i1]
        end = offsets[i2 - 1] + 1 if i2 > i1 else start
        parts.append(raw[done:start] + new[j1:j2])
        done = end
    return "".join(parts) + raw[done:]


def _offsets_of(raw: str, value: str) -> list[int] | None:
    """Where each character of ``value`` stands in its spelling ``raw``; None when escapes or folding hide it.

    A space or line end of the value may stand for a line end and indentation of the spelling.
    """
    offsets: list[int] = []
    at = _first(raw)
    for char in value:
        while at < len(raw) and raw[at] != char and raw[at] in " \t\r\n":
            if char not in " \n" and not (offsets and value[len(offsets) - 1] in " \n"):
                return None
            at += 1
        if at >= len(raw):
            return None
        if raw[at] != char:
            return None
        offsets.append(at)
        at += 1
    return offsets


def _first(raw: str) -> int:
    """Where the characters of a value begin: after its quote, or on the line below a block's mark."""
    if raw[:1] in {"'", '"'}:
        return 1
    if raw[:1] in {"|", ">"} and "\n" in raw:
        below = raw.index("\n") + 1
        return below + len(raw[below:]) - len(raw[below:].lstrip(" "))
    return 0


def _value_at(data: Any, at: DataPath) -> str:  # noqa: ANN401 - any YAML value
    for step in at:
        data = data[step]
    return str(data)


def _with_value(data: Any, at: DataPath, value: str) -> Any:  # noqa: ANN401 - any YAML value
    changed = copy.deepcopy(data)
    holder = changed
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = value
    return changed
