"""Names of units and people in the cells of steps: which spellings mean one unit, and who is nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from qtnb.finding import DataPath
from qtnb.lint.letters import CAPITALS
from qtnb.lint.tones import to_old
from qtnb.lint.views import FileView, StepList, StepView

_DASH: Final = re.compile(r"\s*[-‐‑‒–—−]\s*")
_SPELT_OUT: Final = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
    "vp": "văn phòng",
    "lđ": "lãnh đạo",
    "gđ": "giám đốc",
    "pgđ": "phó giám đốc",
    "tp": "thành phố",
    "p.": "phòng",
}
_ABBREVIATION: Final = re.compile(r"\b(?:(ubnd|hđnd|ttpvhcc|vp|lđ|pgđ|gđ|tp)\b\.?|(p\.))\s*")
_END_MARKS: Final = " \t\n;,.:"

_ROLES: Final = (
    "phó trưởng|phó chánh|phó giám đốc|phó chủ tịch|phó tổng giám đốc|tổng giám đốc|phó|trưởng|chánh|giám đốc"
    "|chủ tịch|lãnh đạo|thủ trưởng|người đứng đầu|đại diện|công chức|viên chức|chuyên viên|cán bộ|nhân viên"
    "|văn thư|kế toán trưởng|kế toán|thủ quỹ|tổ trưởng|đội trưởng|bộ phận"
)
_ROLE_OF: Final = re.compile(rf"(?:{_ROLES})\s+(.+)")
_KIND_OF: Final = re.compile(r"(?:phòng|ban|văn phòng|tổ|đội|trung tâm|chi cục|sở)\s+(.+)")
_BELONGS: Final = re.compile(r"(.+?)\s+(?:trực thuộc|thuộc|của)\s+.+")
_BRACKETED: Final = re.compile(r"(.+?)\s*\([^()]*\)?")
_UNIT_OF_ROLE: Final = re.compile(
    rf"(?i:{_ROLES})\s+(?:(?:thuộc|của)\s+)?((?i:văn phòng)|"
    rf"(?i:phòng|ban|văn phòng|tổ|đội|trung tâm|chi cục|chi nhánh)\s+[{CAPITALS}0-9].*)",
    re.DOTALL,
)
_PLACE: Final = re.compile(r"\s(thành phố|tỉnh|phường|xã|đặc khu|huyện|quận|thị xã)(?:\s.+)?$")

_SEPARATOR: Final = re.compile(r"\s*;\s*|\s+\+\s+|\s*/\s*|\s+(?:và/)?hoặc\s+|\s*\n\s*")
_OPENING: Final = re.compile(r"^(?:[-+•*]\s*|\d{1,2}\s?[-–.)]\s*)(?=\S)")
_NUMBERED: Final = re.compile(r"(?:(?<=\s)|^)\d{1,2}\s?[-–.)]\s*(?=[^\W\d_])")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)?")
LISTING: Final = re.compile(r"\s*,\s*|\s+và\s+")
"""What parts doers where every part is a known unit."""

_BODIES: Final = re.compile(r"đơn vị|cơ quan|phòng|ban|phòng ban|bộ phận|tổ chức")
"""Words that name no body even alone."""
_MANY_BODIES: Final = re.compile(
    rf"{_BODIES.pattern}|phòng chuyên môn|phòng nghiệp vụ|đơn vị chuyên môn|đơn vị chức năng|cơ quan chức năng"
    r"|đơn vị trực thuộc|cơ quan chuyên môn|sở|ngành|sở ngành|ban ngành|đoàn thể|địa phương|bên"
)
"""Words that name no body in the plural or in a list."""
_PEOPLE: Final = re.compile(r"cá nhân|cán bộ|công chức|viên chức|người|người lao động|chuyên viên")
_NOBODY: Final = re.compile(
    r"tất cả|mọi người|toàn cơ quan|toàn đơn vị|toàn thể|các cấp|(?:(?:các )?(?:cấp|cơ quan)|người) có thẩm quyền"
)
_PLURAL: Final = re.compile(r"^(?:tất cả các|toàn bộ các|các|những|mọi)\s+")
_CONCERNED: Final = re.compile(r",?\s+(?:có\s+)?liên quan$")
_GENERIC_LIST: Final = re.compile(r"\s*[,;/&+\n-]\s*|\s+(?:và|hoặc)\s+")
_IF_ANY: Final = re.compile(r"\s*\(nếu có\)$")
_LETTER: Final = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4096)
def unit_key(name: str) -> str:
    """What the spellings of one unit have in common.

    Case, the kind and spacing of dashes, the place of tone marks, ``&`` for ``và``, customary
    abbreviations such as ``UBND`` and marks at the end do not matter.
    """
    text = to_old(name.casefold()).replace("&", " và ")
    text = _ABBREVIATION.sub(lambda found: f"{_SPELT_OUT[found[1] or found[2]]} ", text)
    return _DASH.sub("-", " ".join(text.split())).strip(_END_MARKS)


def same_to_a_reader(name: str) -> str:
    """A name without what other rules speak of: spaces, a mark at its end, the case of its first letter."""
    text = " ".join(name.split()).strip(_END_MARKS)
    return text[:1].lower() + text[1:]


def cells_where(steps: StepList, holds: Callable[[str], bool]) -> dict[str, list[StepView]]:
    """The steps whose doer's cell fits ``holds``, by that cell, in order of first appearance."""
    cells: dict[str, list[StepView]] = {}
    for step in steps.steps:
        if holds(step.nguoi):
            cells.setdefault(step.nguoi, []).append(step)
    return cells


def doer_at(step: StepView) -> DataPath:
    """The place of a step's doer."""
    return (*step.at, step.nguoi_key)


def labels_of(steps: Iterable[StepView]) -> str:
    """``B1, B3 và B5``."""
    *first, last = (step.label for step in steps)
    return f"{', '.join(first)} và {last}" if first else last


@dataclass(frozen=True, slots=True)
class Doers:
    """The doers that one cell names."""

    parts: tuple[str, ...]
    """As written, without numbering and marks; one for a cell that names one doer."""
    only_or: bool
    """Whether the parts are joined by ``hoặc`` alone."""


@lru_cache(maxsize=4096)
def doers_of(cell: str) -> Doers:
    """Split a cell at ``;``, ``/``, ``+``, ``hoặc``, line ends and numbering; never inside brackets.

    Commas and ``và`` do not part: a unit's own name may hold them.
    """
    masked = _IN_BRACKETS.sub(lambda found: "x" * len(found[0]), cell)
    cuts = [(found.start(), found.end()) for found in _SEPARATOR.finditer(masked) if _parts_doers(masked, found)]
    only_or = bool(cuts) and all("hoặc" in masked[start:end] for start, end in cuts)
    numbers = [found.start() for found in _NUMBERED.finditer(masked)]
    if len(numbers) > 1 and numbers[0] == 0:
        cuts = sorted({*cuts, *((number, number) for number in numbers[1:])})
    bounds = [0, *(bound for cut in cuts for bound in cut), len(cell)]
    pieces = (cell[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    parts = tuple(part for part in (_OPENING.sub("", piece).strip(_END_MARKS) for piece in pieces) if part)
    return Doers(parts, only_or)


def _parts_doers(cell: str, separator: re.Match[str]) -> bool:
    """Whether a separator stands between two doers.

    A line, or a word glued to ``/``, that begins with a small letter goes on with the doer before it
    (``cán bộ/công chức``); so does a bracket, which is masked with small letters.
    """
    after = cell[separator.end() :]
    may_go_on = "\n" in separator[0] or separator[0] == "/"
    return bool(after) and not (may_go_on and after[0].islower())


@lru_cache(maxsize=4096)
def is_nobody(cell: str) -> bool:
    """Whether a cell names nobody in particular: ``Các đơn vị``, ``Cơ quan, tổ chức có liên quan``, ``…``.

    A class of people (``Cá nhân``, ``Công chức``) is somebody: the one whose matter it is. So is a
    class with a word that picks one out (``Các đơn vị (Lãnh đạo)``, ``Phòng, đơn vị đề nghị``).
    """
    text = _IF_ANY.sub("", " ".join(cell.casefold().split()).strip(_END_MARKS))
    if not _LETTER.search(text) or _NOBODY.fullmatch(text):
        return True
    concerned = _CONCERNED.search(text) is not None
    rest = _CONCERNED.sub("", text)
    plural = _PLURAL.match(rest) is not None
    parts = [_PLURAL.sub("", part) for part in _GENERIC_LIST.split(rest) if part]
    if not parts or not all(_MANY_BODIES.fullmatch(part) or _PEOPLE.fullmatch(part) for part in parts):
        return False
    if concerned:
        return True
    bodies = _MANY_BODIES if plural or len(parts) > 1 else _BODIES
    return any(bodies.fullmatch(part) for part in parts)


@dataclass(frozen=True, slots=True, eq=False)
class UnitNames:
    """The units that a kho knows. Compared by identity: :func:`unit_names` makes one for each list."""

    spelt: frozenset[str]
    """Registered names and abbreviations as :func:`same_to_a_reader` sees them."""
    by_key: Mapping[str, str]
    """The registered name for the key of each name and abbreviation."""
    abbreviations: frozenset[str]
    """Keys of the registered abbreviations."""
    agencies: frozenset[str]
    """Keys of the agency itself, its head and its short names; known, but nothing is a misspelling of them."""


class Likeness(Enum):
    """How a name stands to the registered ones."""

    KNOWN = "known"
    VARIANT = "variant"
    """Another spelling of a registered name."""
    NEAR = "near"
    """Probably a slip in a registered name."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a name."""

    likeness: Likeness
    ten: str = ""
    """The registered name, for a variant or a near one."""


_KNOWN: Final = Match(Likeness.KNOWN)
_UNKNOWN: Final = Match(Likeness.UNKNOWN)
_SLIP_IN: Final = 6
"""One wrong letter in so many still makes a slip of a name, not another name."""
_TELLING: Final = re.compile(r"\d+|\b\w\b")


@lru_cache(maxsize=256)
def unit_names(don_vi: tuple[tuple[str, str], ...], agencies: tuple[str, ...]) -> UnitNames:
    """The units of a kho (name and abbreviation), and the agencies that have units of their own."""
    spelt = {same_to_a_reader(name) for unit in don_vi for name in unit if name}
    keys = {unit_key(name): ten for ten, viet_tat in reversed(don_vi) for name in (viet_tat, ten) if name}
    short = {key for name in agencies for key in _short_keys(name)}
    abbreviations = frozenset(unit_key(viet_tat) for _, viet_tat in don_vi if viet_tat)
    return UnitNames(frozenset(spelt), keys, abbreviations, frozenset(short))


def registered_as(names: UnitNames, name: str) -> str:
    """The registered unit that ``name`` means: ``Phòng A`` for its abbreviation and for ``Phòng A thuộc Sở``.

    Empty when it means none; a role in a unit (``Lãnh đạo Phòng A``) is not that unit.
    """
    return _meant_by(names, unit_key(name)) or ""


def home_of(names: UnitNames, name: str) -> str:
    """The unit to which whoever ``name`` says belongs: ``Phòng A`` for ``Lãnh đạo Phòng A``.

    A registered one, also where that person is registered besides; else the one that the name of the
    role ends with (``Chánh Văn phòng``). A unit belongs to itself; empty when none is known, or none
    in particular is named (``Lãnh đạo phòng chuyên môn``).
    """
    key = unit_key(name)
    for pattern in (_ROLE_OF, _BRACKETED):
        found = pattern.fullmatch(key)
        if found and (ten := _made_of(names, found[1])):
            return ten
    unit = _UNIT_OF_ROLE.fullmatch(name)
    return unit[1][:1].upper() + unit[1][1:] if unit else _made_of(names, key) or ""


def names_of_kho(file: FileView, agencies: Iterable[str] = ()) -> UnitNames:
    """The units known to the kho of ``file``, with the agency itself, its head, and other ``agencies``."""
    return unit_names(file.settings.don_vi, (*_own_names(file.settings.co_quan), *agencies))


def is_registered(file: FileView, name: str) -> bool:
    """Whether ``name`` as a whole is a unit of the kho's list, in any spelling."""
    return unit_key(name) in names_of_kho(file).by_key


@lru_cache(maxsize=8192)
def match(names: UnitNames, name: str) -> Match:
    """How ``name`` stands to the registered units.

    A role in a known unit (``Lãnh đạo Phòng Tổ chức``), a known unit with a word in brackets, and
    ``… thuộc Sở`` behind a known unit are known.
    """
    if same_to_a_reader(name) in names.spelt:
        return _KNOWN
    key = unit_key(name)
    ten = names.by_key.get(key)
    if ten is not None:
        return Match(Likeness.VARIANT, ten)
    if _made_of(names, key) is not None:
        return _KNOWN
    ten = _nearest(names, key)
    return Match(Likeness.NEAR, ten) if ten else _UNKNOWN


@lru_cache(maxsize=4096)
def known_parts(names: UnitNames, cell: str) -> tuple[str, ...]:
    """The doers of ``cell`` when it lists known units with commas or ``và``; empty when it does not."""
    pieces = tuple(piece for piece in LISTING.split(cell.strip(_END_MARKS)) if piece)
    if len(pieces) < 2 or not all(match(names, piece).likeness in _ARE_UNITS for piece in pieces):  # noqa: PLR2004 - a list has two
        return ()
    return pieces


_ARE_UNITS: Final = frozenset({Likeness.KNOWN, Likeness.VARIANT})


def is_own_agency(file: FileView, co_quan: str) -> bool:
    """Whether an agency of an LT is the one whose kho this is; true for a CV, which names none."""
    own, other = unit_key(str(file.settings.co_quan.get("ten") or "")), unit_key(co_quan)
    return not other or f"{own} ".startswith(f"{other} ") or f"{other} ".startswith(f"{own} ")


def agency_names(agency: str) -> frozenset[str]:
    """Keys under which a text may speak of an agency.

    ``Văn phòng Ủy ban nhân dân Thành phố``: that, and the body that its office serves; ``Sở Nội vụ
    thành phố Hà Nội``: that, and ``Sở Nội vụ``. Never a word such as ``Sở`` alone.
    """
    key = unit_key(agency)
    place = _PLACE.search(key)
    names = {key, key.removeprefix("văn phòng ")}
    if place and key[: place.start()] not in _KINDS:
        names.add(key[: place.start()])
    if place:
        names.add(f"{key[: place.start()]} {place[1]}")
    return frozenset(name for name in names if name not in _KINDS)


def _own_names(co_quan: Mapping[str, Any]) -> Iterator[str]:
    for key in ("ten", "nguoi_dung_dau"):
        if co_quan.get(key):
            yield str(co_quan[key])


@lru_cache(maxsize=256)
def _short_keys(agency: str) -> frozenset[str]:
    """``Sở Nội vụ thành phố Hà Nội``: that, ``Sở Nội vụ`` and ``Sở``."""
    key = unit_key(agency)
    place = _PLACE.search(key)
    short = key[: place.start()] if place else key
    kind = next((kind for kind in _KINDS if short.startswith(kind)), short)
    return frozenset({key, short, kind, f"{short} {place[1]}" if place else short})


_KINDS: Final = ("ủy ban nhân dân", "sở", "ban", "cục", "trung tâm")


def _made_of(names: UnitNames, key: str) -> str | None:
    """The registered unit of which a name is made; empty for the agency itself, None for nothing known."""
    itself = _meant_by(names, key)
    if itself is not None:
        return itself
    for pattern in (_ROLE_OF, _BRACKETED, _BELONGS):
        found = pattern.fullmatch(key)
        if found and (ten := _made_of(names, found[1])) is not None:
            return ten
    first, dash, last = key.rpartition("-")
    for part in (last, first) if dash else ():
        if (ten := _made_of(names, part)) is not None:
            return ten
    return None


def _meant_by(names: UnitNames, key: str) -> str | None:
    """The registered unit that a name means; empty for the agency itself, None for neither."""
    if key in names.by_key:
        return names.by_key[key]
    if key in names.agencies:
        return ""
    kind = _KIND_OF.fullmatch(key)
    if kind and kind[1] in names.abbreviations:
        return names.by_key[kind[1]]
    found = _BELONGS.fullmatch(key)
    if found and found[1] in names.by_key:
        return names.by_key[found[1]]
    ends = (key[: -len(agency) - 1] for agency in sorted(names.agencies) if key.endswith(f" {agency}"))
    return next((names.by_key[end] for end in ends if end in names.by_key), None)


def _nearest(names: UnitNames, key: str) -> str:
    """The registered name that ``key`` is a slip of; empty when there is none.

    Names that differ in a number or a lone letter (``Phòng Nghiệp vụ 1``) are different units.
    """
    from rapidfuzz.distance import Levenshtein  # loaded only for a kho with a name that is not in its list

    marks = _TELLING.findall(key)
    near = []
    for known, ten in names.by_key.items():
        most = max(len(key), len(known)) // _SLIP_IN
        slips = Levenshtein.distance(key, known, score_cutoff=most)
        if slips <= most and _TELLING.findall(known) == marks:
            near.append((slips, ten))
    return min(near)[1] if near else ""
