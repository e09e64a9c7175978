"""The lĩnh vực of procedures, each in the spelling that most of them write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from qtnb.collation import alphabet_key
from qtnb.grouping.records import Record
from qtnb.grouping.vocabulary import syllables_of


def usual_fields(records: Iterable[Record]) -> Mapping[str, str]:
    """For every lĩnh vực as written the usual spelling; case, marks of punctuation and spaces make no other one."""
    written = Counter(record.linh_vuc for record in records if record.linh_vuc)
    spellings: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in written:
        spellings[syllables_of(text)].append(text)
    return {
        text: min(same, key=lambda name: (-written[name], alphabet_key(name), name))
        for same in spellings.values()
        for text in same
    }


def field_of(members: Iterable[Record], usual: Mapping[str, str]) -> str:
    """The lĩnh vực that most members name; empty when none does."""
    named = Counter(usual[member.linh_vuc] for member in members if member.linh_vuc)
    return min(named, key=lambda name: (-named[name], alphabet_key(name), name), default="")
