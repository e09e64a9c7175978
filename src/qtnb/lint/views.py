"""What a rule looks at: one file, or a whole kho."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from qtnb.finding import DataPath
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class StepView:
    """One step, of either kind, with its place."""

    at: DataPath
    number: int
    """Counted from 1 over its list, as the labels B1 … are."""
    viec: str
    """``trinh_tu`` of a CV, ``noi_dung`` of an LT."""
    viec_key: str
    nguoi: str
    """``chu_tri`` of a CV, ``thuc_hien`` of an LT."""
    nguoi_key: str
    thoi_gian: str
    """Empty when blank or absent."""
    ket_qua: str
    giai_doan: str
    song_song: bool
    khong_tinh_thoi_gian: bool
    phoi_hop: tuple[tuple[DataPath, str], ...]
    """Each supporting unit with its place; always empty for an LT."""
    data: Mapping[str, Any]

    @property
    def label(self) -> str:
        """``B1``."""
        return f"B{self.number}"


@dataclass(frozen=True, slots=True)
class StepList:
    """The steps that share one count and one declared time: those of a CV, or of one agency of an LT."""

    at: DataPath
    """Of the list ``cac_buoc``."""
    holder: DataPath
    """Of the mapping that holds the list: the file, or the agency."""
    co_quan: str
    """The agency of an LT; empty for a CV."""
    thoi_gian: str
    """The declared time; empty when blank or absent."""
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class KhoSettings:
    """What rules need of ``qtnb.yaml`` and of the command line."""

    co_quan: Mapping[str, Any]
    """``co_quan`` of the kho file; empty when the file is broken."""
    don_vi: tuple[tuple[str, str], ...]
    """Full name and abbreviation of each unit; empty when the kho lists none."""
    gio_moi_ngay: Fraction
    as_of: dt.date | None
    """The day by which the law is judged; None: each decision's own day."""
    options: Mapping[str, Mapping[str, Any]]
    """Options of rules set in the kho, by rule id."""
    co_so_dang_ky: bool = False
    """Whether the kho has a register, so that the seals of its procedures are facts too."""


@dataclass(slots=True)
class FileView:
    """One file that fits its schema."""

    source: Source
    settings: KhoSettings
    _lists: tuple[StepList, ...] | None = field(default=None, repr=False)
    _texts: tuple[tuple[DataPath, str], ...] | None = field(default=None, repr=False)

    @property
    def texts(self) -> tuple[tuple[DataPath, str], ...]:
        """Every text of the file with its place, the office's own ``x-`` notes left out; walked once."""
        if self._texts is None:
            self._texts = tuple(texts(self.data))
        return self._texts

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the file."""
        data: Mapping[str, Any] = self.source.data
        return data

    @property
    def loai(self) -> str:
        """``CV``, ``LT`` or ``QD``."""
        return str(self.data["loai"])

    @property
    def khoa(self) -> str:
        """The key of the procedure or decision."""
        return khoa_of(self.source.tep)

    @property
    def step_lists(self) -> tuple[StepList, ...]:
        """The lists of steps, in order; none for a decision or a procedure without content."""
        if self._lists is None:
            self._lists = tuple(_step_lists(self.data))
        return self._lists

    def steps(self) -> Iterator[StepView]:
        """Every step of the file."""
        for steps in self.step_lists:
            yield from steps.steps


@dataclass(frozen=True, slots=True)
class KhoView:
    """The files of a kho that fit their schemas, for rules that compare files."""

    quy_trinh: Sequence[Source]
    """In order of their paths."""
    quyet_dinh: Sequence[Source]
    settings: KhoSettings
    unfit_symbols: Collection[str] | None = ()
    """Symbols of procedures that fail validation; None when some cannot even be read, so that any may exist."""


def texts(value: Any, at: DataPath = ()) -> Iterator[tuple[DataPath, str]]:  # noqa: ANN401 - any YAML value
    """Every text in ``value`` with its place, the office's own ``x-`` notes left out."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if not key.startswith("x-"):
                yield from texts(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, (*at, number))


def _step_lists(data: Mapping[str, Any]) -> Iterator[StepList]:
    if data["loai"] == "CV" and data.get("cac_buoc"):
        steps = _steps(data["cac_buoc"], ("cac_buoc",), "trinh_tu", "chu_tri")
        yield StepList(("cac_buoc",), (), "", data.get("thoi_gian") or "", steps)
    elif data["loai"] == "LT":
        for number, part in enumerate(data.get("co_quan") or ()):
            at: DataPath = ("co_quan", number)
            steps = _steps(part["cac_buoc"], (*at, "cac_buoc"), "noi_dung", "thuc_hien")
            yield StepList((*at, "cac_buoc"), at, part["ten"], part.get("thoi_gian") or "", steps)


def _steps(items: Sequence[Mapping[str, Any]], at: DataPath, viec: str, nguoi: str) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            (*at, number),
            number + 1,
            step[viec],
            viec,
            step[nguoi],
            nguoi,
            step.get("thoi_gian") or "",
            step.get("ket_qua") or "",
            step.get("giai_doan") or "",
            bool(step.get("song_song")),
            bool(step.get("khong_tinh_thoi_gian")),
            _phoi_hop(step.get("phoi_hop"), (*at, number, "phoi_hop")),
            step,
        )
        for number, step in enumerate(items)
    )


def _phoi_hop(value: str | list[str] | None, at: DataPath) -> tuple[tuple[DataPath, str], ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return ((at, value),)
    return tuple(((*at, number), name) for number, name in enumerate(value))
