"""Values of strangers' files made fit to show on one line."""

from __future__ import annotations

import unicodedata

_MOST = 60


def visible(text: str) -> str:
    """``text`` with control characters other than tabs, and halves of surrogate pairs, replaced by U+FFFD, which shows.

    Input comes from strangers' branches; raw escape sequences could rewrite a terminal or a CI log.
    """
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if char != "\t" and unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char for char in text
    )


def shown(value: object, most: int = _MOST) -> str:
    """``value`` on one line of at most ``most`` characters, control characters made visible."""
    line = visible(" ".join(str(value).split()))
    return line if len(line) <= most else line[: most - 1] + "…"
