"""The figures of a roll-up counted a second time: plain loops over the YAML, nothing of qtnb."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
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

    ``findings`` are those of ``qtnb validate``, of files that are in no procedure.
    """
    days = [dt.date.fromisoformat(text) for text in (ngay, tu_ngay, *hans)]
    all_figures: dict[str, dict[str, Figures]] = {"co_quan": {}, "cap": {}, "linh_vuc": {}, "tong": {}}
    for kho_file in sorted(root.rglob("qtnb.yaml")):
        kho = load(kho_file)
        agency = kho["co_quan"]
        hours = Fraction(str(kho.get("gio_moi_ngay") or 8))
        procedures = {path: load(path) for path in sorted((kho_file.parent / "quy-trinh").rglob("*.yaml"))}
        decisions = [load(path) for path in sorted((kho_file.parent / "quyet-dinh").glob("*.yaml"))]
        one: dict[str, Figures] = {"co_quan": defaultdict(Fraction)}
        for path, data in procedures.items():
            figures = of_procedure(path, hours, decisions, procedures, days)
            field = (data.get("linh_vuc") or "").strip().casefold()
            add(all_figures["linh_vuc"].setdefault(field, defaultdict(Fraction)), figures | {"khos": {kho_file}})
            add(one["co_quan"], figures)
        add(one["co_quan"], of_decisions(decisions, days))
        forms = [path for name in ("ke-hoach", "thong-ke") for path in (kho_file.parent / name).glob("*.yaml")]
        for finding in findings:
            if (root / finding["path"]).is_relative_to(kho_file.parent):
                add(one["co_quan"], {SEVERITIES[finding["severity"]]: 1})
        add(one["co_quan"], {"tep": 1 + len(procedures) + len(decisions) + len(forms)})
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


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def add(into: Figures, figures: Figures) -> None:
    for key, value in figures.items():
        into[key] = into.get(key, set()) | value if isinstance(value, set) else into[key] + value


def of_procedure(
    path: Path, hours: Fraction, decisions: list[Any], procedures: dict[Path, Any], days: list[dt.date]
) -> Figures:
    key, data = path.stem, procedures[path]
    ngay, tu_ngay, han_name, han_content = days
    figures: Figures = {"cv": int(data["loai"] == "CV"), "lt": int(data["loai"] == "LT"), "quy_trinh": 1}
    names = content = force = False
    ended = False
    changed = set()
    for decision in sorted(decisions, key=lambda item: signed(item) or dt.date.max):
        day = signed(decision)
        if day is None or day > ngay:
            continue
        form = decision.get("hinh_thuc", "ban_hanh")
        if form == "bai_bo" and key in named(decision, procedures):
            names = content = force = False
            ended = True
            if day >= tu_ngay:
                changed.add("qt_het")
        elif form != "bai_bo" and key in named(decision, procedures):
            ended = False
            names = names or decision["phe_duyet"] != "noi_dung"
            if decision["phe_duyet"] != "danh_muc":
                content = True
                force = force or dt.date.fromisoformat(str(decision.get("hieu_luc") or day)) <= ngay
            if day >= tu_ngay:
                changed.add(
                    {"ban_hanh": "qt_ban_hanh", "sua_doi_bo_sung": "qt_sua_doi", "thay_the": "qt_thay_the"}[form]
                )
    figures |= {"duyet_danh_muc": int(names), "duyet_noi_dung": int(content), "hieu_luc": int(force)}
    figures |= dict.fromkeys(changed, 1)
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


def of_decisions(decisions: list[Any], days: list[dt.date]) -> Figures:
    figures: Figures = defaultdict(int)
    for decision in decisions:
        day = signed(decision)
        if day and days[1] <= day <= days[0]:
            form = decision.get("hinh_thuc", "ban_hanh").removesuffix("_bo_sung")
            figures[f"qd_{form}"] += 1
    return figures


def signed(decision: Any) -> dt.date | None:
    day = decision.get("ngay") or None
    return dt.date.fromisoformat(str(day)) if decision.get("so") and day else None


def named(decision: Any, procedures: dict[Path, Any]) -> set[str]:
    kind = "LT" if decision.get("pham_vi_lien_thong") else "CV"
    of_kind = {path.stem: data for path, data in procedures.items() if data["loai"] == kind}
    if decision["quy_trinh"] == "tat_ca":
        return set(of_kind)
    return {key for key, data in of_kind.items() if {key, data.get("ky_hieu")} & set(decision["quy_trinh"])}


def rows_of(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in table["dong"]:
        yield row["ten"], row
