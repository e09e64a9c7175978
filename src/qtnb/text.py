"""Values of strangers' files made fit to show on one line."""

from __future__ import annotations

import unicodedata

_MOST = 60


def shown(value: object, most: int = _MOST) -> str:
    """``value`` on one line of at most ``most`` characters, control characters made visible.

    Input comes from strangers' branches; raw escape sequences could rewrite a terminal or a CI log.
    """
    line = " ".join(str(value).split())
    line = "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cf"} else char for char in line)
    return line if len(line) <= most else line[: most - 1] + "…"
