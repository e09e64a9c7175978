"""Giving a remark its place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qtnb.finding import START_OF_FILE, DataPath, Finding, Related, Remark, Span
from qtnb.positions import Offsets, nearest
from qtnb.source import Source


def located(source: Source, remark: Remark, others: Mapping[str, Source] = MappingProxyType({})) -> Finding:
    """Give a remark its span: that of its value or key, or of the nearest ancestor that exists.

    ``others`` are the files, by their names in the kho, in which related places may stand.
    """
    related = tuple(
        Related(other.path, span_of(other, place.at), place.message)
        for place in remark.related
        for other in (others.get(place.tep, source),)
    )
    span = span_of(source, remark.at, on_key=remark.on_key)
    return Finding(
        source.path,
        span,
        remark.rule,
        remark.severity,
        remark.message,
        remark.hint,
        related,
        remark.fix,
        remark.at,
    )


def span_of(source: Source, at: DataPath, *, on_key: bool = False) -> Span:
    """The span of the value at ``at``, or of the nearest ancestor that exists."""
    offsets, exact = nearest(source.spans, at)
    return _span(source, offsets, on_key=on_key and exact) if offsets else START_OF_FILE


def _span(source: Source, offsets: Offsets, *, on_key: bool) -> Span:
    blank = offsets.start == offsets.end
    if (on_key or blank) and offsets.key_end > offsets.key_start:
        return source.lines.span(offsets.key_start, offsets.key_end)
    if offsets.is_block:
        # The end of a mapping or list may lie pages below: its first line is the place to show.
        first = source.text[offsets.start :].split("\n", 1)[0].rstrip()
        return source.lines.span(offsets.start, offsets.start + len(first))
    return source.lines.span(offsets.start, offsets.end)
