"""The figures of a roll-up counted a second time: plain loops over the YAML, nothing of qtnb."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

Figures = dict[str, Any]

NUMBER = r"\d+(?:[,.]\d+)?"
UNITS = "phút|giờ làm việc|giờ|buổi|ngày làm việc|ngày|tuần|tháng"
AMOUNT = re.compile(rf"({NUMBER})(?:\s*-\s*({NUMBER}))?(?:\s*\([^()\d]*\))?\s*({UNITS})(?!\w)")
SEVERITIES = {"error": "loi", "warning": "canh_bao", "info": "luu_y"}


def counted_again(
    root: Path, ngay: str, tu_ngay: str, hans: tuple[str, str], findings: list[Any]
) -> dict[str, dict[str, Figures]]:
    """Figures of each agency (``co_quan``), level (``cap``) and ``linh_vuc``, and of the whole (``tong``).

    ``findings`` are those of ``qtnb validate``.
    """
    days = [dt.date.fromisoformat(text) for text in (ngay, tu_ngay, *hans)]
    all_figures: dict[str, dict[str, Figures]] = {"co_quan": {}, "cap": {}, "linh_vuc": {}, "tong": {}}
    for kho_file in sorted(root.rglob("qtnb.yaml")):
        kho = load(kho_file)
        agency = kho["co_quan"]
        hours = Fraction(str(kho.get("gio_moi_ngay") or 8))
        procedures = {path: load(path) for path in sorted((kho_file.parent / "quy-trinh").rglob("*.yaml"))}
        decisions = {path.stem: load(path) for path in sorted((kho_file.parent / "quyet-dinh").glob("*.yaml"))}
        events = events_of(kho_file.parent, decisions, procedures)
        one: dict[str, Figures] = {"co_quan": defaultdict(Fraction)}
        fields = {path.stem: (data.get("linh_vuc") or "").strip().casefold() for path, data in procedures.items()}
        for key, figure in of_changes(events, days):
            add(all_figures["linh_vuc"].setdefault(fields.get(key, ""), empty()), {figure: 1})
            add(one["co_quan"], {figure: 1})
        for path, data in procedures.items():
            figures = of_procedure(path, data, hours, events, days)
            field = fields[path.stem]
            add(all_figures["linh_vuc"].setdefault(field, empty()), figures | {"khos": {kho_file}})
            add(one["co_quan"], figures)
        add(one["co_quan"], of_decisions(events, days))
        forms = [path for name in ("ke-hoach", "thong-ke") for path in (kho_file.parent / name).glob("*.yaml")]
        for finding in findings:
            path = root / finding["path"]
            if path.is_relative_to(kho_file.parent):
                add(one["co_quan"], {SEVERITIES[finding["severity"]]: 1})
            if path in procedures:
                add(all_figures["linh_vuc"][fields[path.stem]], {SEVERITIES[finding["severity"]]: 1})
        ledger = (kho_file.parent / "so-dang-ky.yaml").is_file()
        add(one["co_quan"], {"tep": 1 + len(procedures) + len(decisions) + len(forms) + ledger})
        all_figures["co_quan"][agency["ten"]] = one["co_quan"]
        level = all_figures["cap"].setdefault(agency["cap"], defaultdict(Fraction))
        add(level, one["co_quan"])
        total = one["co_quan"]["quy_trinh"]
        add(level, {"kho": 1})
        add(level, {"kho_danh_muc": int(bool(total) and one["co_quan"]["duyet_danh_muc"] == total)})
        add(level, {"kho_noi_dung": int(bool(total) and one["co_quan"]["duyet_noi_dung"] == total)})
    whole: Figures = defaultdict(Fraction)
    for figures in all_figures["cap"].values():
        add(whole, figures)
    all_figures["tong"][""] = whole
    return all_figures


def empty() -> Figures:
    figures: Figures = defaultdict(Fraction)
    figures["khos"] = set()
    return figures


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def add(into: Figures, figures: Figures) -> None:
    for key, value in figures.items():
        into[key] = into.get(key, set()) | value if isinstance(value, set) else into[key] + value


@dataclass(frozen=True)
class Event:
    """What one signed decision does."""

    key: str
    form: str
    day: dt.date
    since: dt.date
    names: set[str]
    contents: set[str]
    ended: set[str]
    abolished: set[str]
    """Keys of decisions."""


def events_of(folder: Path, decisions: dict[str, Any], procedures: dict[Path, Any]) -> list[Event]:
    """The signed decisions of a kho, in order: by its register, which has what each did, or by their own files."""
    register = folder / "so-dang-ky.yaml"
    events = by_register(load(register)) if register.is_file() else by_files(decisions, procedures)
    return sorted(events, key=lambda event: (event.day, event.key))


def by_register(register: Any) -> Iterator[Event]:
    for key, entry in (register.get("quyet_dinh") or {}).items():
        names, contents, ended = set(), set(), set()
        for khoa, block in register["quy_trinh"].items():
            for line in block.get("lich_su") or []:
                if line["quyet_dinh"] == key:
                    names |= {khoa} if "dau_danh_muc" in line else set()
                    contents |= {khoa} if "dau_noi_dung" in line else set()
                    ended |= set() if {"dau_danh_muc", "dau_noi_dung"} & set(line) else {khoa}
        days = dt.date.fromisoformat(entry["ngay"]), dt.date.fromisoformat(entry["hieu_luc"])
        others = {other for other, block in register["quyet_dinh"].items() if block.get("bai_bo_boi") == key}
        yield Event(key, entry["hinh_thuc"], *days, names, contents, ended, others)


def by_files(decisions: dict[str, Any], procedures: dict[Path, Any]) -> Iterator[Event]:
    told: dict[str, Event] = {}
    symbols = {data["ky_hieu"]: path.stem for path, data in procedures.items() if data.get("ky_hieu")}
    for key, decision in decisions.items():
        day = signed(decision)
        if day is None:
            continue
        form = decision.get("hinh_thuc", "ban_hanh")
        since = dt.date.fromisoformat(str(decision.get("hieu_luc") or day))
        all_named = named(decision, procedures)
        approves = set() if form == "bai_bo" else all_named
        ended = all_named if form == "bai_bo" else set()
        for entry in decision.get("bi_thay_the") or []:
            name = entry if isinstance(entry, str) else entry["quy_trinh"]
            ended.add(symbols.get(name, name))
        names = approves if decision["phe_duyet"] != "noi_dung" else set()
        contents = approves if decision["phe_duyet"] != "danh_muc" else set()
        told[key] = Event(key, form, day, since, names, contents, ended, set(decision.get("bai_bo_quyet_dinh") or []))
    # What an abolished decision approved lapses where no other one approved anything of it by then.
    for event in told.values():
        for other in [told[key] for key in event.abolished if key in told]:
            left = {
                khoa
                for kept in told.values()
                if kept.day <= event.day and not any(kept.key in by.abolished for by in told.values())
                for khoa in kept.names | kept.contents
            }
            event.ended.update((other.names | other.contents) - left)
    yield from told.values()


def of_procedure(path: Path, data: Any, hours: Fraction, events: list[Event], days: list[dt.date]) -> Figures:
    key = path.stem
    ngay, _, han_name, han_content = days
    figures: Figures = {"cv": int(data["loai"] == "CV"), "lt": int(data["loai"] == "LT"), "quy_trinh": 1}
    names = content = force = ended = False
    for event in sorted(events, key=lambda item: (item.day, key not in item.ended)):
        if event.day > ngay:
            continue
        gone = [by for by in events if event.key in by.abolished and by.day <= ngay and by.since <= ngay]
        if key in event.ended and event.since <= ngay:
            names = content = force = False
            ended = True
        if key in event.names | event.contents and not gone:
            ended = False
            names = names or key in event.names
            content = content or key in event.contents
            force = force or (key in event.contents and event.since <= ngay)
    figures |= {"duyet_danh_muc": int(names), "duyet_noi_dung": int(content), "hieu_luc": int(force)}
    figures["qua_han_danh_muc"] = int(ngay > han_name and not names and not ended)
    figures["qua_han_noi_dung"] = int(ngay > han_content and not content and not ended)
    if not data.get("chua_co_noi_dung"):
        parts = data["co_quan"] if data["loai"] == "LT" else [data]
        figures["co_noi_dung"] = 1
        figures["buoc"] = sum(len(part["cac_buoc"]) for part in parts)
        figures["tai_lieu"] = sum(len(part.get("tai_lieu") or []) for part in parts)
        figures["bieu_mau"] = len(data.get("bieu_mau") or [])
        figures |= of_time(str(data.get("thoi_gian") or ""), hours)
    return figures


def of_time(text: str, hours: Fraction) -> Figures:
    """``ngay_lam_viec``, ``ngay`` or ``thang`` with the number of procedures; else ``khong_tinh_duoc``."""
    small = text.lower().strip()
    if small.startswith("trong ngày"):
        return {"qt_ngay": 1, "ngay": 1}
    found = AMOUNT.findall(small)
    vague = small.startswith(("khoảng", "ít nhất", "tối thiểu")) or (small.startswith("từ") and not found[0][1])
    if not found or vague or not re.match(rf"(?:từ |không quá |trong )?{NUMBER}", small):
        return {"khong_tinh_duoc": 1}
    days, kinds = Fraction(0), set()
    for low, high, unit in found:
        number = Fraction((high or low).replace(",", "."))
        if unit in {"phút", "giờ", "giờ làm việc", "buổi"}:
            days += {"phút": number / 60 / hours, "buổi": number / 2}.get(unit, number / hours)
        else:
            kinds.add(unit)
            days += number * (7 if unit == "tuần" else 1)
    if kinds <= {"ngày làm việc"}:
        return {"qt_lam_viec": 1, "ngay_lam_viec": days}
    if kinds <= {"ngày", "tuần"}:
        return {"qt_ngay": 1, "ngay": days}
    return {"qt_thang": 1, "thang": days} if kinds == {"tháng"} else {"khong_tinh_duoc": 1}


def of_decisions(events: list[Event], days: list[dt.date]) -> Figures:
    figures: Figures = defaultdict(int)
    for event in events:
        if days[1] <= event.day <= days[0]:
            figures[f"qd_{event.form.removesuffix('_bo_sung')}"] += 1
    return figures


def of_changes(events: list[Event], days: list[dt.date]) -> Iterator[tuple[str, str]]:
    """Each procedure with each figure in which it counts once, be its file still there or not."""
    told = set()
    for event in events:
        if days[1] <= event.day <= days[0]:
            form = event.form.removesuffix("_bo_sung")
            told |= {(key, f"qt_{form}") for key in event.names | event.contents}
            told |= {(key, "qt_het") for key in event.ended}
    yield from sorted(told)


def signed(decision: Any) -> dt.date | None:
    day = decision.get("ngay") or None
    return dt.date.fromisoformat(str(day)) if decision.get("so") and day else None


def named(decision: Any, procedures: dict[Path, Any]) -> set[str]:
    kind = "LT" if decision.get("pham_vi_lien_thong") else "CV"
    of_kind = {path.stem: data for path, data in procedures.items() if data["loai"] == kind}
    if decision["quy_trinh"] == "tat_ca":
        return set(of_kind)
    return {key for key, data in of_kind.items() if {key, data.get("ky_hieu")} & set(decision["quy_trinh"])}
