"""Which procedures a person means who writes a name, a key, or an agency and a key."""

from __future__ import annotations

from collections.abc import Sequence

from qtnb.grouping.records import Record
from qtnb.grouping.vocabulary import syllables_of


def records_meant(text: str, records: Sequence[Record]) -> list[Record]:
    """The procedures, in order: those of the name; else those of the key, ``<agency>/<key>`` that of one agency.

    Case, spaces and marks between words do not matter in names of procedures and agencies.
    """
    words = syllables_of(text)
    named = [record for record in records if syllables_of(record.ten) == words]
    if not named:
        agency, slash, khoa = text.strip().rpartition("/")
        own = syllables_of(agency)
        named = [
            record
            for record in records
            if record.khoa == khoa and (not slash or syllables_of(record.co_quan.ten) == own)
        ]
    return sorted(named, key=lambda record: record.sort_key)
