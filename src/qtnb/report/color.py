"""Colours for reports on a terminal."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.style import Style


def paint(text: str, style: str) -> str:
    """``text`` in a rich style, such as ``bold red``, as terminals understand it."""
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
