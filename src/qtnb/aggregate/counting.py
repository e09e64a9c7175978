"""What is counted of one file: a pure function of its bytes and of two settings of its kho."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from qtnb.aggregate.doers import agencies_in, doers_in
from qtnb.aggregate.times import declared_time
from qtnb.filecheck import Role, check_file
from qtnb.lint.engine import FileResult
from qtnb.lint.facts import facts_of
from qtnb.locate import span_of
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, read_source

COUNTED: Final = "dem"
"""Key of the counts among the facts of a procedure."""
SIGNATURE: Final = "dau_buoc"
"""Key of the signature of its steps."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the files of one kho are counted."""

    hours: Fraction
    """Working hours of a day."""
    sealed: bool
    """Whether the kho has a register, against which seals are held."""
    signed: bool = False
    """Whether steps get their signatures: they take longer to make than all else, and only grouping compares them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one kho to count, wherever a process may be that has no view of the disk."""

    files: tuple[tuple[FileName, Role, bytes], ...]
    way: Way


def count_part(part: Part) -> list[FileResult]:
    """The result of each file, in order; runs in any process, by any executor."""
    return [count_file(read_source(name, raw, number_keys()), role, part.way) for name, role, raw in part.files]


def count_file(source: Source, role: Role, way: Way) -> FileResult:
    """Validate one file and count what it holds; nothing is counted of a file that does not fit its form."""
    checked = check_file(source, role)
    if not checked.fit:
        head = {"ky_hieu": source.data.get("ky_hieu")} if isinstance(source.data, dict) else None
        return FileResult(checked.findings, None, head, ())
    if role is Role.CAU_HINH:
        return FileResult(checked.findings, _agency(source), None, ())
    if role not in {Role.QUY_TRINH, Role.QUYET_DINH}:
        return FileResult(checked.findings, {}, None, ())
    facts = facts_of(source.data, source.text, source.tep if way.sealed else "")
    if role is Role.QUY_TRINH:
        facts[COUNTED] = counts_of(source.data, way.hours)
        if way.signed:
            facts[SIGNATURE] = _signature(source.data)
    return FileResult(checked.findings, facts, None, ())


def counts_of(data: Mapping[str, Any], hours: Fraction) -> dict[str, Any]:
    """The counts of a procedure that fits its schema, as JSON can carry them.

    Of one that says that it has no content yet nothing is counted, whatever it already holds.
    """
    if data.get("chua_co_noi_dung"):
        return {"buoc": 0, "tai_lieu": 0, "bieu_mau": 0, "thoi_gian": "", "nguoi": [], "chuyen": []}
    time = declared_time(data.get("thoi_gian") or "", hours)
    return {
        "buoc": sum(len(steps) for steps in _step_lists(data)),
        "tai_lieu": sum(len(part.get("tai_lieu") or ()) for part in (data, *_agencies(data))),
        "bieu_mau": len(data.get("bieu_mau") or ()),
        "thoi_gian": time.text if time else "",
        "nguoi": doers_in(data, hours),
        "chuyen": agencies_in(data),
    }


def _agency(source: Source) -> dict[str, Any]:
    """What the roll-up needs of ``qtnb.yaml``, and where in it the agency's name and level stand."""
    data = source.data
    agency, units = data["co_quan"], data.get("don_vi") or ()
    places = [span_of(source, ("co_quan", key)) for key in ("ten", "cap")]
    return {
        "co_quan": [agency["ten"], agency["viet_tat"], agency["cap"], agency["nguoi_dung_dau"]],
        "don_vi": [
            [unit, ""] if isinstance(unit, str) else [unit["ten"], unit.get("viet_tat") or ""] for unit in units
        ],
        "gio": str(Fraction(str(data.get("gio_moi_ngay") or 8))),
        "cho": [[span.line, span.column, span.end_line, span.end_column] for span in places],
    }


def _signature(data: Mapping[str, Any]) -> str:
    from qtnb.grouping.signature import signature_of  # few runs compare contents

    if data.get("chua_co_noi_dung"):
        return ""
    return signature_of(
        step.get("trinh_tu") or step.get("noi_dung") or "" for steps in _step_lists(data) for step in steps
    )


def _agencies(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The agencies of an LT; none for a CV."""
    return (data.get("co_quan") or ()) if data["loai"] == "LT" else ()


def _step_lists(data: Mapping[str, Any]) -> Iterable[Sequence[Mapping[str, Any]]]:
    if data["loai"] == "CV":
        return [data.get("cac_buoc") or ()]
    return [part["cac_buoc"] for part in _agencies(data)]
