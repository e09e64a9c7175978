"""The papers and forms that a procedure names, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.lint.views import FileView

_CODE: Final = r"[A-ZĐ]{0,5}[-_.]?\d{1,3}(?:[a-zđ](?!\w))?(?:[-/._]\w+)*"
_NUMBERED: Final = re.compile(
    r"\b(?:(?:[Bb]iểu\s+)?[Mm]ẫu|[Bb]iểu|MẪU|BIỂU)\s+(?:biểu\s+)?(?:số|SỐ|ký hiệu)\s*:?\s*"
    rf"(?P<numbered>{_CODE})"
    # Without "số", only a code that is more than a number: "mẫu 2 bản" and "lấy mẫu 5 lần" name no form.
    r"|\b(?:Mẫu|theo mẫu|Biểu mẫu|theo biểu(?: mẫu)?)\s+"
    r"(?P<named>[A-ZĐ]{1,5}[-_.]?\d(?:[\w\-/.]*\w)?|\d{1,3}(?:[a-zđ](?!\w)|/[A-ZĐ][\w\-]+))"
)
_OFFICE_CODE: Final = re.compile(r"(?<![\w/.-])BM(?:[.\-/_]|\s?(?=\d))[\w\[\].\-/_]*[\w\]]")
_QUOTED: Final = re.compile(r"\b(?:[Mm]ẫu|[Bb]iểu mẫu)\s+[“\"«]([^”\"»\n]{3,120})[”\"»]")
_HINT: Final = re.compile(r"BM[.\-/_\s\d]|(?:ẫu|iểu|MẪU|BIỂU)\s+(?:số|SỐ|ký hiệu|[A-ZĐ\d“\"«]|biểu|mẫu)")
_SEPARATORS: Final = re.compile(r"[\s\-–—_./]+")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers of a CV, or of one agency of an LT."""

    holder: DataPath
    """Of the mapping that holds ``tai_lieu`` and ``so_luong``."""
    co_quan: str
    """The agency of an LT; empty for a CV."""
    so_luong: str
    """Empty when blank or absent."""
    papers: Sequence[Mapping[str, Any]]
    """The items of ``tai_lieu``."""

    def at(self, number: int) -> DataPath:
        """The place of a paper, counted from 0."""
        return (*self.holder, "tai_lieu", number)


@dataclass(frozen=True, slots=True)
class FormName:
    """A form that a text names by a code or in quotes."""

    written: str
    key: str
    """The same for every way to write one name: ``mẫu số 1`` and ``Mẫu 01``."""
    code: str
    """The code alone; empty for a name in quotes."""
    start: int
    """Where in the text it begins."""


def paper_lists(file: FileView) -> Iterator[PaperList]:
    """The lists of papers of a procedure with content."""
    data = file.data
    if file.loai == "CV" and "tai_lieu" in data:
        yield PaperList((), "", data.get("so_luong") or "", data["tai_lieu"])
    elif file.loai == "LT":
        for number, part in enumerate(data.get("co_quan") or ()):
            papers = part.get("tai_lieu") or ()
            yield PaperList(("co_quan", number), part["ten"], part.get("so_luong") or "", papers)


def may_name_forms(text: str) -> bool:
    """Whether it is worth looking for forms in ``text``."""
    seen = "BM" in text or "ẫu" in text or "iểu" in text or "MẪU" in text or "BIỂU" in text
    return seen and _HINT.search(text) is not None


def form_names(text: str) -> Iterator[FormName]:
    """The forms that ``text`` names: ``Mẫu số 17``, ``BM.VP.09.01``, ``biểu mẫu “Phiếu trình”``."""
    for found in _OFFICE_CODE.finditer(text):
        yield FormName(found.group(), _folded(found.group()), found.group(), found.start())
    for found in _NUMBERED.finditer(text):
        code = found["numbered"] or found["named"]
        if not code.startswith("BM"):
            yield FormName(" ".join(found.group().split()), _folded(code), code, found.start())
    for found in _QUOTED.finditer(text):
        yield FormName(found.group(), found[1].strip().casefold(), "", found.start())


def _folded(code: str) -> str:
    """A code without what writers vary: case, dashes, spaces, leading zeros."""
    return _DIGITS.sub(lambda digits: str(int(digits.group())), _SEPARATORS.sub(".", code.casefold()).strip("."))
