"""The names of agencies as charts write them: without the place that all who name one share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from qtnb.tabular.table import Table

_PLACE: Final = re.compile(r"\s(?:thành phố|tỉnh)\s[^()]+?(?=\s\(|$)")
_COLLECTIVE: Final = "Ủy ban nhân dân"


def short_names(names: Iterable[str]) -> Mapping[str, str]:
    """``Sở Nội vụ`` for ``Sở Nội vụ thành phố Hà Nội``, as long as all stay different; a committee keeps its place."""
    whole = {name: name for name in names}
    places = {found[0] for name in whole if (found := _PLACE.search(name))}
    if len(places) != 1:
        return whole
    short = {name: _without(name, next(iter(places))) for name in whole}
    return short if len(set(short.values())) == len(whole) else whole


def with_short_names(table: Table, key: str) -> Table:
    """A table with the names in one column, which are those of agencies, shortened."""
    short = short_names(str(row[key]) for row in table.rows)
    groups = (
        replace(group, rows=tuple({**row, key: short[str(row[key])]} for row in group.rows)) for group in table.groups
    )
    return replace(table, groups=tuple(groups))


def _without(name: str, place: str) -> str:
    short = name.replace(place, "", 1)
    return name if short == _COLLECTIVE else short
