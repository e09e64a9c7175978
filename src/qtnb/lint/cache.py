"""Results of file rules kept between runs, by the content of the file."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from qtnb.finding import Finding, Fix, Related, Severity, Span
from qtnb.lint.engine import FileResult
from qtnb.lint.ignores import Ignore
from qtnb.resources import data_folder

_MOST: Final = 400_000
"""Results kept; the oldest go first."""
_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result TEXT NOT NULL) WITHOUT ROWID"


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The user's cache folder: never inside a kho."""
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "qtnb"
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "qtnb"


def code_stamp() -> bytes:
    """Changes whenever qtnb itself does: its version, and in a checkout every edit."""
    stamp = hashlib.sha256()
    for folder in (Path(__file__).resolve().parent.parent, data_folder("schemas")):
        for place, folders, files in os.walk(folder):
            folders.sort()
            for name in sorted(files):
                if name.endswith((".py", ".json")):
                    state = os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 - 200 files at each start
                    stamp.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return stamp.digest()


def key_of(raw: bytes, setting: bytes) -> bytes:
    """The key of a file's result: its bytes, and all that the result depends on besides."""
    return hashlib.blake2b(raw, key=setting, digest_size=20).digest()


def setting_of(*parts: object) -> bytes:
    """One stamp for everything but the file that a result depends on."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=32).digest()


class ResultCache:
    """A table on disk that several runs may share; damage or contention only makes it slower, never wrong."""

    def __init__(self, folder: Path | None) -> None:
        """Open the cache in ``folder``; None, or a folder that cannot be used: nothing is kept."""
        self._connection: sqlite3.Connection | None = None
        if folder is None:
            return
        for _ in range(2):
            with suppress(OSError, sqlite3.Error):
                folder.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(folder / "lint-1.sqlite", timeout=1, isolation_level=None)
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute(_TABLE)
                self._connection = connection
                return
            # What cannot be opened is thrown away once: a cache holds nothing that cannot be made again.
            with suppress(OSError):
                (folder / "lint-1.sqlite").unlink(missing_ok=True)

    def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """The results kept under ``keys``, as text."""
        if self._connection is None:
            return {}
        found: dict[bytes, str] = {}
        wanted = list(keys)
        with suppress(sqlite3.Error):
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(f"SELECT key, result FROM results WHERE key IN ({marks})", part)  # noqa: S608 - only question marks are put in
                found.update(rows.fetchall())
        return found

    def put(self, results: Mapping[bytes, str]) -> None:
        """Keep results; when the table has grown too large it starts anew."""
        if self._connection is None or not results:
            return
        with suppress(sqlite3.Error), closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            (count,) = cursor.execute("SELECT COUNT(*) FROM results").fetchone()
            if count + len(results) > _MOST:
                cursor.execute("DELETE FROM results")
            cursor.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", results.items())
            cursor.execute("COMMIT")


def to_text(result: FileResult) -> str:
    """A result as JSON; paths are left out, for one content may stand under several names."""
    return json.dumps(
        {
            "findings": [_finding_to(finding) for finding in result.findings],
            "facts": result.facts,
            "head": result.head,
            "ignores": [[_span_to(i.span), i.line, list(i.rules), i.reason] for i in result.ignores],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str, path: str) -> FileResult | None:
    """The result read back for the file shown as ``path``; None when the text is damaged."""
    try:
        data = json.loads(text)
        findings = tuple(_finding_from(item, path) for item in data["findings"])
        ignores = tuple(
            Ignore(path, Span(*span), line, tuple(rules), why) for span, line, rules, why in data["ignores"]
        )
        return FileResult(findings, data["facts"], data["head"], ignores)
    except (ValueError, TypeError, KeyError):
        return None


def findings_to_text(findings: Iterable[Finding]) -> str:
    """Findings between files as JSON, with the paths that they show."""
    kept = [[f.path, _finding_to(f), [related.path for related in f.related]] for f in findings]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def findings_from_text(text: str) -> list[Finding] | None:
    """The findings read back; None when there is no text or it is damaged."""
    try:
        return [
            replace(finding, related=tuple(replace(r, path=p) for r, p in zip(finding.related, paths, strict=True)))
            for path, item, paths in json.loads(text)
            for finding in (_finding_from(item, path),)
        ]
    except (ValueError, TypeError, KeyError):
        return None


def _finding_to(finding: Finding) -> list[Any]:
    fix = finding.fix
    return [
        _span_to(finding.span),
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.hint,
        [[_span_to(related.span), related.message] for related in finding.related],
        [list(fix.at), fix.value, fix.safe, fix.quoted] if fix else None,
        list(finding.at),
    ]


def _finding_from(item: list[Any], path: str) -> Finding:
    span, rule, severity, message, hint, related, fix, at = item
    return Finding(
        path,
        Span(*span),
        rule,
        Severity(severity),
        message,
        hint,
        tuple(Related(path, Span(*place), text) for place, text in related),
        Fix(tuple(fix[0]), fix[1], fix[2], fix[3]) if fix else None,
        tuple(at),
    )


def _span_to(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
