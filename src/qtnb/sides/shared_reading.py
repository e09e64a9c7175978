"""Reads each content once for both sides: nearly all files of two states are the same."""

from __future__ import annotations

from qtnb.schema import number_keys
from qtnb.source import MAX_BYTES, FileName, Source, read_source


class SharedReading:
    """The contents read so far."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._sources: dict[bytes, Source] = {}

    def source(self, name: FileName, raw: bytes, max_bytes: int = MAX_BYTES) -> Source:
        """Read ``raw``, or take the data of an equal content; nothing changes data once it is read."""
        known = self._sources.get(raw)
        if known is not None:
            return Source(name, known.written, known.data)
        source = read_source(name, raw, number_keys(), max_bytes)
        if not source.findings:  # they name the file
            self._sources[raw] = source
        return source
