"""Findings that an office has set aside until a day: ``ngoai-le.yaml`` in the kho."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from qtnb.finding import DataPath, Finding, Remark, Severity

BASELINE_FILE: Final = "ngoai-le.yaml"
EXPIRED: Final = "baseline-expired"
STALE: Final = "baseline-stale"

Key: TypeAlias = tuple[str, str, str]
"""File in the kho, place in the data, rule: never a line, so that edits elsewhere move nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place with findings that are known and set aside."""

    key: Key
    count: int
    """At most so many findings are set aside there; more are reported."""
    ly_do: str
    den_ngay: dt.date
    """The last day on which it holds."""
    number: int
    """Its place in the file's list, for findings about it."""


def place_of(at: DataPath) -> str:
    """A place in the data as the baseline writes it: ``cac_buoc.2.thoi_gian``, steps counted from 0."""
    return ".".join(map(str, at))


def entries_of(data: Mapping[str, Any]) -> list[Entry]:
    """The entries of a baseline that fits its schema."""
    return [
        Entry(
            (item["tep"], item.get("cho") or "", item["quy_tac"]),
            item.get("so_ket_qua") or 1,
            item["ly_do"],
            dt.date.fromisoformat(item["den_ngay"]),
            number,
        )
        for number, item in enumerate(data.get("muc") or ())
    ]


def apply_baseline(
    findings: Sequence[Finding], teps: Mapping[str, str], entries: Iterable[Entry], today: dt.date, *, complete: bool
) -> tuple[list[Finding], int, list[Remark]]:
    """Set known findings aside.

    ``teps`` gives the name inside the kho of each shown path. Returns the findings that remain, how
    many were set aside, and remarks about entries that have expired or cover more than there is:
    the count may only fall. That is judged only where the run is ``complete``: all rules, all files.
    """
    remaining = list(findings)
    aside = 0
    remarks: list[Remark] = []
    for entry in entries:
        mine = [f for f in remaining if (teps.get(f.path, ""), place_of(f.at), f.rule) == entry.key]
        if entry.den_ngay < today:
            remarks.append(_expired(entry))
            continue
        if complete and len(mine) < entry.count:
            remarks.append(_stale(entry, len(mine)))
        covered = set(map(id, mine[: entry.count]))
        remaining = [finding for finding in remaining if id(finding) not in covered]
        aside += len(covered)
    return remaining, aside, remarks


def baseline_text(findings: Iterable[Finding], teps: Mapping[str, str], ly_do: str, den_ngay: dt.date) -> str:
    """A new baseline that covers ``findings``, in stable order."""
    counts = Counter((teps[f.path], place_of(f.at), f.rule) for f in findings if f.path in teps)
    lines = [
        "# Các kết quả của qtnb lint được bỏ qua có thời hạn; chỉ được bớt đi, không được thêm vào bằng tay.",
        "phien_ban: 1",
        "muc:" if counts else "muc: []",
    ]
    for (tep, cho, rule), count in sorted(counts.items()):
        lines += [
            f"  - tep: {_quoted(tep)}",
            f"    cho: {_quoted(cho)}",
            f"    quy_tac: {rule}",
            f"    so_ket_qua: {count}",
            f"    ly_do: {_quoted(ly_do)}",
            f"    den_ngay: {_quoted(den_ngay.isoformat())}",
        ]
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def _expired(entry: Entry) -> Remark:
    tep, cho, rule = entry.key
    message = f"Ngoại lệ của {rule} tại {tep} ({cho or 'cả tệp'}) đã hết hạn ngày {entry.den_ngay:%d/%m/%Y}."
    hint = "Sửa nội dung rồi xóa mục này, hoặc gia hạn den_ngay kèm lý do."
    return Remark(("muc", entry.number, "den_ngay"), EXPIRED, message, hint)


def _stale(entry: Entry, left: int) -> Remark:
    tep, cho, rule = entry.key
    message = f"Ngoại lệ của {rule} tại {tep} ({cho or 'cả tệp'}) ghi {entry.count} kết quả, nay còn {left}."
    hint = "Xóa mục này." if left == 0 else f"Sửa so_ket_qua thành {left}."
    return Remark(("muc", entry.number), STALE, message, hint, Severity.WARNING)
