"""What a template prints as a whole: tables with columns of their own, and pictures.

A template repeats rows and cells, but cannot know how many columns a table of figures has, how wide each must be
for its figures, or which heads stand over several. So the template says where a table stands, by ``{{p muc.bang }}``
alone in a paragraph, and how its texts look, by the styles of its cells; the grid is laid out in code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from qtnb.tabular.picture import Picture
from qtnb.tabular.table import Table


@dataclass(frozen=True, slots=True)
class Bang:
    """A table of figures."""

    table: Table
    ngang: bool
    """Whether its page is set broadside."""


@dataclass(frozen=True, slots=True)
class Hinh:
    """A picture of the document."""

    picture: Picture
    so: int
    """Its number in the document, from 1."""


Block: TypeAlias = Bang | Hinh
