"""The names of WordprocessingML that tell what a reader of a document sees."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The second telling of a drawing, for programs that do not know the first."""
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"

OFF: Final = frozenset({"0", "false", "off", "none"})
"""Values of a switch (ST_OnOff) that is off."""


def is_on(switch: object) -> bool:
    """Whether the value of a switch, None when it is not written, means on."""
    return str(switch or "1").lower() not in OFF
