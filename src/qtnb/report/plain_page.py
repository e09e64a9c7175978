"""A Markdown page of the documentation as a terminal shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qtnb.report.text import Paint, plain
from qtnb.text import visible

_HEADING: Final = re.compile(r"#+ (.*)")


def plain_page(markdown: str, paint: Paint = plain) -> str:
    """Headings painted, blocks of code indented, the rest as it stands."""
    return "".join(f"{line}\n" for line in _lines(markdown, paint))


def _lines(markdown: str, paint: Paint) -> Iterator[str]:
    fenced = False
    for line in markdown.splitlines():
        heading = _HEADING.fullmatch(line)
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield visible(f"    {line}".rstrip())
        elif heading:
            yield paint(visible(heading[1]), "bold")
        else:
            yield visible(line)
