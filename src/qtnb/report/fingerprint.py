"""Names of findings that survive edits elsewhere in their files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from qtnb.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A name of 32 hexadecimal digits for each finding, all different.

    Made of path, rule and place in the data (the message, where there is no place), never of a line:
    what was known stays known when lines are added above it. Equal ones are told apart by their order.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        place = ".".join(map(str, finding.at)) or finding.message
        identity = f"{finding.path}\0{finding.rule}\0{place}"
        seen[identity] += 1
        digest = hashlib.sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "backslashreplace"))
        names.append(digest.hexdigest()[:32])
    return names
