"""Finding the steps and stages that a text names as those of its own procedure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

_UNITS: Final = r"(?:phút|giờ|buổi|ngày|tuần|tháng|năm|bộ|bản|người|lần|đơn vị|hồ sơ|trang|khâu|bước|giai đoạn)\b|%"
_MORE: Final = rf"(?:\s*(?:,|;|-|–|—|và|hoặc|đến|tới)\s*(?:[Bb]ước\s+|B)?\d{{1,2}}(?!\d|[./]\d|\s*(?:{_UNITS})))*"
_WORD: Final = re.compile(rf"\b(?:[Bb]ước|BƯỚC)\s+(?:số\s+|thứ\s+)?(\d{{1,2}})(?!\d|[./]\d|\s*(?:{_UNITS}))({_MORE})")
_LABEL: Final = re.compile(rf"(?<=\s)B(\d{{1,2}})(?![\w/]|[.-]\w)({_MORE})")
_BEFORE_LABEL: Final = re.compile(
    r"(?:\b(?:bước|lại|về|sang|đến|tới|tại|ở|từ|sau|trước|xong|hoàn thành|kết thúc|thực hiện|theo|như|và|của"
    r"|chuyển|trả)|,)\s+$",
    re.IGNORECASE,
)
_STAGE: Final = re.compile(
    r"\b([Gg]iai đoạn\s+(\d{1,2}|[IVX]+))\b(?!\s*[-–/.]\s*\d)(?!\s*(?:của\s+)?(?:dự án|chương trình|đề án))"
)
_BEFORE_STAGE: Final = re.compile(
    r"\b(?:chuyển(?: tiếp)?|sang|tiếp tục|thực hiện(?: lại| tiếp)?|quay (?:lại|về)|trở (?:lại|về)|làm lại"
    r"|hoàn thành|kết thúc|bắt đầu|xong)\s+$",
    re.IGNORECASE,
)
_NEAR: Final = 20
"""Characters before a mention in which the word stands that makes it one."""
_AFTER: Final = 80
"""Characters after a mention that may say that it is of another text."""
_ANY: Final = re.compile(r"(?:ước|ƯỚC)\s+(?:số\s+|thứ\s+)?\d|\sB\d|iai đoạn\s+[\dIVX]")
_BACK: Final = re.compile(
    r"(?:(?:quay|trở)\s+(?:lại|về)|(?:thực hiện|làm|chuyển|trả)\s+lại)(?:\s+(?:từ|về|các))?\s*$", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(
    r"[^.,;:\n]{0,40}?(?:\b(?:CV|LT)-\d|[Qq]uy trình(?! này)|[Tt]hủ tục|Phụ lục|Nghị định|Thông tư|Quyết định"
    r"|Kế hoạch số|Hướng dẫn số|\b[Đđ]iều \d|\b[Kk]hoản \d|\b[Mm]ục \d)"
)
_AT_AGENCY: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:tại|của|ở|do|bên)\s+\S")
_HEADING: Final = re.compile(r"\s*[:.)](?:\s|$)")
_NUMBER: Final = re.compile(r"\d+")
_STAGE_NAME: Final = re.compile(r"giai đoạn\s+(\d{1,2}|[IVX]+)\b", re.IGNORECASE)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


@dataclass(frozen=True, slots=True)
class Mention:
    """Steps that a text names."""

    written: str
    numbers: tuple[int, ...]
    printed_label: bool
    """Written ``B2``, as the form prints it; else ``Bước 2``, which may also count within a stage."""
    back: bool
    """Whether the work is said to go back there."""
    at_agency: bool
    """Whether words after it may name the agency that has the step."""


def may_mention(text: str) -> bool:
    """Whether it is worth looking for mentions in ``text``: most texts name no step."""
    seen = "bước" in text or " B" in text or "iai đoạn" in text or "Bước" in text or "BƯỚC" in text or "\nB" in text
    return seen and _ANY.search(text) is not None


def mentions(text: str) -> Iterator[Mention]:
    """The steps that ``text`` names as those of its own procedure."""
    for pattern, signs in ((_WORD, ("ước", "ƯỚC")), (_LABEL, ("B",))):
        for found in pattern.finditer(text) if any(sign in text for sign in signs) else ():
            following = text[found.end() : found.end() + _AFTER]
            before = text[max(0, found.start() - _NEAR) : found.start()]
            if not found[2] and pattern is _WORD and _HEADING.match(following) and _opens(text, found.start()):
                continue
            if _ELSEWHERE.match(following) or (pattern is _LABEL and not _BEFORE_LABEL.search(before)):
                continue
            yield Mention(
                " ".join(found.group().split()),
                tuple(int(number) for number in (found[1], *_NUMBER.findall(found[2]))),
                printed_label=pattern is _LABEL,
                back=_BACK.search(before) is not None,
                at_agency=_AT_AGENCY.match(following) is not None,
            )


def stage_mentions(text: str) -> Iterator[tuple[str, int | None]]:
    """The stages that ``text`` moves the work to or from, as written, with the number; None for a number past X."""
    for found in _STAGE.finditer(text):
        if _BEFORE_STAGE.search(text, max(0, found.start() - _NEAR), found.start()):
            yield " ".join(found[1].split()), _number(found[2])


def stage_numbers(names: Collection[str]) -> Collection[int | None]:
    """The numbers of stages: those that their ``names`` carry, else counted."""
    return {_number(label) for name in names for label in _STAGE_NAME.findall(name)} or range(1, len(names) + 1)


def _opens(text: str, start: int) -> bool:
    """Whether a line or a sentence begins at ``start``, so that ``Bước 1:`` there is a heading."""
    before = text[:start].rstrip(" \t-+•*")
    return not before or before[-1] in "\n.;:"


def _number(label: str) -> int | None:
    return int(label) if label.isdigit() else _ROMAN.get(label.upper())
