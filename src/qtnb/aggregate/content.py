"""The facts of a kho as text: canonical JSON, the same for equal kho; strangers write it too."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from qtnb.aggregate.assignments import are_assignments
from qtnb.aggregate.facts import (
    STANDS,
    Agency,
    Approval,
    DoerFacts,
    KhoFacts,
    KhoFinding,
    LintCount,
    Passage,
    ProcedureFacts,
    SignedDecision,
    ViecDuyet,
)
from qtnb.aggregate.times import exact, measured
from qtnb.finding import Severity, Span
from qtnb.text import visible

T = TypeVar("T")

_SIGNATURE: Final = re.compile("[0-9a-f]{0,96}")
_CAP: Final = frozenset({"tinh", "so", "huyen", "xa"})
_LOAI: Final = frozenset({"CV", "LT"})
_APPROVING: Final = frozenset({"ban_hanh", "sua_doi_bo_sung", "thay_the"})
_HINH_THUC: Final = _APPROVING | {"bai_bo"}
_MOST: Final = 10**12
"""No count of anything in a kho comes near it; a larger one is not a count."""

_SHAPES: Final = {
    "quy_trinh": (str, str, str, str, str, bool, int, int, int, str),
    "duyet": (str, str, str, str, str, str, str),
    "quyet_dinh": (str, str, str),
    "don_vi": (str, str),
    "nguoi": (str, str, str, str, str, str, int, int),
    "chuyen": (int, list),
    "lint": (str, int, int, int),
    "findings": (str, list, str, str, str, str),
}
"""The types of the rows of each list."""


_COUNTED: Final = ("quy_trinh", "duyet", "quyet_dinh", "nguoi", "chuyen")
"""The lists of a kho that hold what is counted."""


class ContentError(ValueError):
    """The text is not that of a kho's facts."""


def content_text(facts: KhoFacts) -> str:
    """The facts as canonical JSON on one line."""
    agency = facts.co_quan
    content = {
        "co_quan": _agency_text(agency) if agency else None,
        "don_vi": agency.don_vi if agency else [],
        "cho": [_span(agency.cho_ten), _span(agency.cho_cap)] if agency else [],
        "tep": facts.tep,
        "quy_trinh": [[*item[:-1], item.thoi_gian.text if item.thoi_gian else ""] for item in facts.quy_trinh],
        "duyet": [
            [item.khoa, item.loai, item.viec.value, str(item.ngay), str(item.hieu_luc), item.hinh_thuc, _end(item)]
            for item in facts.duyet
        ],
        "quyet_dinh": [[item.khoa, item.hinh_thuc, str(item.ngay)] for item in facts.quyet_dinh],
        "nguoi": [[*item[:3], *map(str, item[3:6]), *item[6:]] for item in facts.nguoi],
        "chuyen": facts.chuyen,
        "hong": facts.hong,
        "findings": [[item.tep, _span(item.span), *item[2:]] for item in facts.findings],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def content_from(data: Any, signatures: Any) -> KhoFacts:  # noqa: ANN401 - any JSON values
    """The facts from parsed JSON, and the signatures of steps, which are no part of the content.

    Raises ContentError for whatever :func:`content_text` would not have written.
    """
    try:
        return replace(_facts(data), dau_buoc=_signatures(signatures, data))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ContentError(str(error)) from error


def lint_from(data: Any) -> tuple[LintCount, ...] | None:  # noqa: ANN401 - any JSON value
    """The counts of ``qtnb lint`` from parsed JSON; None where there are none. Raises ContentError for the rest."""
    if data is None:
        return None
    return _rows({"lint": data}, "lint", lambda row: LintCount(row[0], *map(_count, row[1:])))


def _signatures(value: Any, data: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - any JSON values
    if value is None:
        return None
    _expect(type(value) is list and len(value) == len(data["quy_trinh"]), "dau_buoc")
    _expect(all(type(text) is str and _SIGNATURE.fullmatch(text) for text in value), "dau_buoc")
    return tuple(value)


def _facts(data: dict[str, Any]) -> KhoFacts:
    procedures, agency = len(data["quy_trinh"]), _agency(data)
    # Of a kho with a broken qtnb.yaml nothing is counted.
    _expect(agency is not None or not any(data[key] for key in _COUNTED), "co_quan")
    return KhoFacts(
        agency,
        _count(data["tep"]),
        _rows(data, "quy_trinh", _procedure),
        _rows(data, "duyet", _approval),
        _rows(data, "quyet_dinh", _decision),
        _rows(data, "nguoi", lambda row: _doer(row, procedures)),
        _rows(data, "chuyen", lambda row: _passage(row, procedures)),
        tuple(map(_text, data["hong"])),
        _rows(data, "findings", _finding),
    )


def _rows(data: dict[str, Any], key: str, make: Callable[[list[Any]], T]) -> tuple[T, ...]:
    """The rows of a list, each with the types that it must have."""
    shape = _SHAPES[key]
    rows = data[key]
    _expect(type(rows) is list and all(tuple(map(type, row)) == shape for row in rows), key)
    return tuple(map(make, rows))


def _expect(condition: bool, what: object) -> None:
    if not condition:
        raise ContentError(str(what))


def _agency(data: dict[str, Any]) -> Agency | None:
    if data["co_quan"] is None:
        return None
    ten, viet_tat, cap, head, hours = map(_text, data["co_quan"])
    _expect(cap in _CAP and bool(ten.strip()) and exact(hours) > 0, cap)
    units = _rows(data, "don_vi", lambda row: (row[0], row[1]))
    cho_ten, cho_cap = map(_span_from, data["cho"])
    return Agency(ten, viet_tat, cap, head, units, hours, cho_ten, cho_cap)


def _procedure(row: list[Any]) -> ProcedureFacts:
    _expect(row[1] in _LOAI, row[1])
    tep, loai, ky_hieu, ten, linh_vuc, co_noi_dung, buoc, tai_lieu, bieu_mau, time = row
    counts = (_count(buoc), _count(tai_lieu), _count(bieu_mau))
    return ProcedureFacts(tep, loai, ky_hieu, ten, linh_vuc, co_noi_dung, *counts, measured(time) if time else None)


def _approval(row: list[str]) -> Approval:
    khoa, loai, viec, ngay, hieu_luc, form, het = row
    work = ViecDuyet(viec)
    _expect(loai in _LOAI and (form in _APPROVING or (work is ViecDuyet.HET and form in _HINH_THUC)), form)
    return Approval(khoa, loai, work, _day(ngay), _day(hieu_luc), form, _day(het) if het else STANDS)


def _decision(row: list[str]) -> SignedDecision:
    _expect(row[1] in _HINH_THUC, row[1])
    return SignedDecision(row[0], row[1], _day(row[2]))


def _doer(row: list[Any], procedures: int) -> DoerFacts:
    co_quan, cell, steps, working, days, months, uncounted, blank = row
    _expect(are_assignments(steps, procedures), steps)
    times = (exact(working), exact(days), exact(months))
    return DoerFacts(co_quan, cell, steps, *times, _count(uncounted), _count(blank))


def _passage(row: list[Any], procedures: int) -> Passage:
    number, agencies = row
    _expect(_count(number) < procedures, number)
    return Passage(number, tuple(map(_text, agencies)))


def _finding(row: list[Any]) -> KhoFinding:
    tep, span, rule, severity, message, hint = row
    return KhoFinding(
        visible(tep), _span_from(span), visible(rule), Severity(severity), visible(message), visible(hint)
    )


def _agency_text(agency: Agency) -> list[str]:
    return [agency.ten, agency.viet_tat, agency.cap, agency.nguoi_dung_dau, agency.gio_moi_ngay]


def _end(approval: Approval) -> str:
    return "" if approval.het == STANDS else str(approval.het)


def _span(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def _span_from(value: Sequence[Any]) -> Span:
    _expect(all(_count(part) > 0 for part in value), value)
    return Span(*value)


def _count(value: Any) -> int:  # noqa: ANN401 - any JSON value
    _expect(type(value) is int and 0 <= value < _MOST, value)
    return int(value)


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    _expect(type(value) is str, value)
    return str(value)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
