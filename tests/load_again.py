"""Responsibility and load counted a second time: plain loops over the YAML, nothing of qtnb."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from counted_again import AMOUNT, of_time

Figures = dict[str, Any]
Doer = tuple[str, str, bool]
"""Name, unit, and whether it leads."""

PARTS = re.compile(r"\s*;\s*|\s+hoặc\s+|\s*\n\s*")


@dataclass
class Again:
    """All that was counted, by agency; by agency and unit or doer; by giver and taker."""

    co_quan: dict[str, Figures] = field(default_factory=dict)
    don_vi: dict[tuple[str, str], Figures] = field(default_factory=dict)
    nguoi: dict[tuple[str, str], Figures] = field(default_factory=dict)
    luot: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    quy_trinh: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    phan_cong: dict[tuple[str, str, str, str], list[set[str]]] = field(default_factory=dict)
    """Steps led and supported, by agency, doer, agency of the procedure and its name."""


def load_again(
    khos: list[tuple[Any, list[Any]]],
    agency_of: Callable[[str, str], str],
    doers_of: Callable[[str, str], list[Doer]],
) -> Again:
    """Count kho given as the data of ``qtnb.yaml`` and of their procedures.

    ``agency_of`` tells what an LT of the first agency means by the second; ``doers_of`` whom a cell at
    an agency names.
    """
    again = Again()
    for kho, procedures in khos:
        own = kho["co_quan"]["ten"]
        hours = Fraction(str(kho.get("gio_moi_ngay") or 8))
        again.co_quan.setdefault(own, {})
        for data in procedures:
            if data.get("chua_co_noi_dung"):
                continue
            seen: set[Any] = set()
            path = [agency_of(own, part["ten"]) for part in data.get("co_quan") or []]
            for agency, part in zip(path or [own], parts_of(data, path), strict=True):
                for number, step in enumerate(part["cac_buoc"], start=1):
                    label = f"B{number}{part['luot']}"
                    doers = doers_of(agency, step.get("chu_tri") or step.get("thuc_hien"))
                    leading = [doer for doer in doers if doer[2]]
                    helping = [doer for doer in doers if not doer[2]]
                    helping += [doer for cell in cells(step.get("phoi_hop")) for doer in doers_of(agency, cell)]
                    time = of_step(step, str(part["thoi_gian"] or ""), hours)
                    lead(again, (agency, leading), time, seen)
                    support(again, (agency, helping), label, seen)
                    for side, some in enumerate((leading, helping)):
                        for doer, _, _ in some:
                            steps = again.phan_cong.setdefault((agency, doer, own, data["ten"]), [set(), set()])
                            steps[side].add(label)
            pairs = [pair for pair in pairwise(path) if pair[0] != pair[1]]
            for pair in pairs:
                again.luot[pair] += 1
            for pair in set(pairs):
                again.quy_trinh[pair] += 1
    return again


def parts_of(data: Any, path: list[str]) -> Iterator[Any]:
    """The lists of steps with the times that bare numbers take their unit from; of LT, with the turn of the agency."""
    if data["loai"] == "CV":
        yield {"thoi_gian": data.get("thoi_gian"), "cac_buoc": data["cac_buoc"], "luot": ""}
        return
    for at, (part, agency) in enumerate(zip(data["co_quan"], path, strict=True), start=1):
        turn = f" (lượt {path[:at].count(agency)})" if path.count(agency) > 1 else ""
        whole = data.get("thoi_gian") or ""
        declared = part.get("thoi_gian")
        yield {
            "thoi_gian": declared if AMOUNT.search(str(declared or "").lower()) else whole,
            "cac_buoc": part["cac_buoc"],
            "luot": turn,
        }


def lead(again: Again, whom: tuple[str, list[Doer]], time: Figures, seen: set[Any]) -> None:
    agency, doers = whom
    for kind, who in keys(doers):
        figures = place(again, kind, agency, who)
        figures["buoc_chu_tri"] += 1
        figures["quy_trinh_chu_tri"] += once(seen, ("led", kind, agency, who))
        for key, amount in time.items():
            figures[key] += amount


def support(again: Again, whom: tuple[str, list[Doer]], label: str, seen: set[Any]) -> None:
    agency, doers = whom
    for kind, who in keys(doers):
        figures = place(again, kind, agency, who)
        figures["buoc_phoi_hop"] += once(seen, ("step", kind, agency, who, label))
        figures["quy_trinh_phoi_hop"] += once(seen, ("helped", kind, agency, who))


def keys(doers: list[Doer]) -> set[tuple[str, str]]:
    """To whom a cell counts, each once."""
    return (
        {("nguoi", doer) for doer, _, _ in doers}
        | {("don_vi", unit) for _, unit, _ in doers}
        | {("co_quan", "") for _ in doers}
    )


def place(again: Again, kind: str, agency: str, who: str) -> Figures:
    figures: dict[Any, Figures] = getattr(again, kind)
    at = agency if kind == "co_quan" else (agency, who)
    if not figures.get(at):
        figures[at] = defaultdict(Fraction)
    return figures[at]


def once(seen: set[Any], what: Any) -> int:
    new = what not in seen
    seen.add(what)
    return int(new)


def cells(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def of_step(step: Any, declared: str, hours: Fraction) -> Figures:
    """``ngay_lam_viec``, ``ngay`` or ``thang``; else ``khong_ghi`` or ``khong_tinh_duoc``."""
    text = str(step.get("thoi_gian") if step.get("thoi_gian") is not None else "").strip()
    if step.get("khong_tinh_thoi_gian") or "không tính vào" in text:
        return {}
    if not text:
        return {"khong_ghi": 1}
    if "không tính" in text:
        return {"khong_tinh_duoc": 1}
    if re.fullmatch(r"\d+(?:[,.]\d+)?", text):
        units = AMOUNT.findall(declared.lower())
        text = f"{text} {units[0][2]}" if units else "?"
    text = re.sub(r"^(?:chậm nhất|tối đa) ", "", text.lower().replace("1/2", "0,5"))
    return {key: value for key, value in of_time(text, hours).items() if not key.startswith("qt_")}


def split(cell: str) -> list[str]:
    """The names of a cell of several lines or with ``;`` or ``hoặc``."""
    return [name.strip(" ;,.:") for name in PARTS.split(" ".join(cell.split())) if name.strip(" ;,.:")]
