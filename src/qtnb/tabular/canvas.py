"""A sheet to draw a chart on, the same on every machine; needs the extra ``qtnb[bieu-do]``."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from qtnb.errors import QtnbError
from qtnb.tabular.cell_text import fit_text
from qtnb.tabular.picture import Picture
from qtnb.text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK: Final = "#1f4e79"
LIGHT: Final = "#9dc3e6"
PALE: Final = "#e7e6e6"
"""Apart from each other on a black and white printer too."""

_INCH = 25.4
_POINTS = 72
"""In an inch."""
_DPI = 200
_SETTINGS: Mapping[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, and has every Vietnamese letter
    "font.size": 8,
    "text.parse_math": False,  # a $ in a name is a $
    "svg.hashsalt": "qtnb",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_NO_DATE: Final[Mapping[str, dict[str, str | None]]] = {
    "svg": {"Date": None, "Creator": "qtnb"},
    "png": {"Software": None},
}


class Canvas:
    """A figure measured in millimetres from its lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        """Begin an empty sheet."""
        from matplotlib.figure import Figure

        self._width = width
        self._height = height
        self._figure: Figure = Figure(figsize=(width / _INCH, height / _INCH), dpi=_DPI)

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """A plot at this place."""
        return self._figure.add_axes(
            (left / self._width, bottom / self._height, width / self._width, height / self._height)
        )

    def text(self, left: float, bottom: float, text: str, *, size: float = 8, bold: bool = False) -> None:
        """Write a line."""
        weight = "bold" if bold else "normal"
        self._figure.text(
            left / self._width, bottom / self._height, label(text), fontsize=size, fontweight=weight, va="center"
        )

    def legend(self, names: Sequence[str], colours: Sequence[str], left: float, bottom: float) -> None:
        """What the colours mean, on one line."""
        from matplotlib.patches import Patch

        self._figure.legend(
            handles=[Patch(color=colour, label=label(name)) for name, colour in zip(names, colours, strict=False)],
            loc="center left",
            bbox_to_anchor=(left / self._width, bottom / self._height),
            ncols=len(names),
            frameon=False,
            borderpad=0,
            handlelength=1.2,
        )

    def picture(self, key: str, title: str) -> Picture:
        """What has been drawn."""
        return Picture(key, title, cache(self._file), self._width, self._height)

    def _file(self, suffix: str) -> bytes:
        """The picture's file; without date and versions, so that equal charts are equal bytes."""
        file = io.BytesIO()
        with drawing(), warnings.catch_warnings():
            # A name may hold letters of any script; what the font lacks shows as a box.
            warnings.filterwarnings("ignore", message="Glyph")
            self._figure.savefig(file, format=suffix, metadata=_NO_DATE[suffix])
        return file.getvalue()


@contextmanager
def drawing() -> Iterator[None]:
    """Settings of its own for all charts drawn inside, whatever the user's are.

    Raises QtnbError when matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise QtnbError(
            "Chưa cài thư viện matplotlib để vẽ biểu đồ.", hint="Cài thêm bằng lệnh: pip install 'qtnb[bieu-do]'."
        ) from error
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def width_of(text: str, size: float) -> float:
    """How wide a line is, in millimetres; only inside :func:`drawing`."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), ismath=False)
    return float(width) / _POINTS * _INCH


def label(text: str) -> str:
    """A name as it stands beside a chart: on one line, with the usual abbreviation."""
    return visible(fit_text(" ".join(text.split()))).replace("Ủy ban nhân dân", "UBND")
