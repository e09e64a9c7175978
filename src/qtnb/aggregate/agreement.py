"""What must hold between the kho of a roll-up: each once, one for an agency, of levels that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qtnb.aggregate.facts import Agency, CountedKho
from qtnb.aggregate.levels import has_district_level
from qtnb.aggregate.standing import When
from qtnb.discovery import KHO_FILE
from qtnb.finding import START_OF_FILE, Finding, Related, Severity, Span
from qtnb.lint.units import unit_key
from qtnb.text import shown


def each_once(kho: Iterable[CountedKho]) -> tuple[list[CountedKho], list[Finding]]:
    """The kho without those that hold the same as one before them, and what is said of these."""
    first: dict[str, CountedKho] = {}
    findings = []
    for item in kho:
        if item.ma in first:
            findings.append(_same(item, first[item.ma]))
        else:
            first[item.ma] = item
    return list(first.values()), findings


def agreement(kho: Sequence[CountedKho], when: When, version: str) -> Iterator[Finding]:
    """What is told of kho that are all counted. ``version`` is that of this program."""
    first: dict[str, CountedKho] = {}
    for item in kho:
        agency = item.facts.co_quan
        if agency is None:
            continue
        if agency.cap == "huyen" and not has_district_level(when.ngay):
            message = f"“{shown(agency.ten)}” có cap: huyen, nhưng từ 01/7/2025 không còn cấp huyện."
            hint = "Sửa cap, bỏ kho này, hoặc tổng hợp theo ngày trước đó bằng --ngay."
            yield Finding(item.shown(KHO_FILE), agency.cho_cap, "agency-level", Severity.WARNING, message, hint)
        other = first.setdefault(unit_key(agency.ten), item)
        if other is not item:
            yield _same_agency(item, agency, other)
    yield from _other_versions(kho, version)


def not_linted(kho: Iterable[CountedKho]) -> Iterator[Finding]:
    """What is told of summaries whose kho were counted without ``qtnb lint``, in a roll-up that asks for it."""
    told: set[str] = set()
    for item in kho:
        if item.lint is None and item.tep_tong_hop not in told:
            told.add(item.tep_tong_hop)
            message = "Tệp tổng hợp này không có kết quả của qtnb lint; chỉ đếm được kết quả của qtnb validate."
            hint = "Tính lại tệp tổng hợp với --lint, hoặc tổng hợp không có --lint."
            yield Finding(item.tep_tong_hop, _line(item), "summary-not-linted", Severity.WARNING, message, hint)


def _other_versions(kho: Iterable[CountedKho], version: str) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for item in kho:
        if item.qtnb != version and (item.tep_tong_hop, item.qtnb) not in told:
            told.add((item.tep_tong_hop, item.qtnb))
            message = f"Số liệu do qtnb {shown(item.qtnb)} tính, lệnh này là qtnb {version}: cách đếm có thể khác nhau."
            hint = "Tính lại tệp tổng hợp bằng cùng một phiên bản qtnb."
            yield Finding(item.tep_tong_hop, _line(item), "summary-mixed", Severity.WARNING, message, hint)


def _same(item: CountedKho, first: CountedKho) -> Finding:
    agency = item.facts.co_quan
    name = f"Kho của “{shown(agency.ten)}”" if agency else "Kho này"
    message = f"{name} đã được tính ở {_place(first)}; số liệu chỉ tính một lần."
    path, span = (item.tep_tong_hop, _line(item)) if item.tep_tong_hop else _own(item)
    return Finding(path, span, "kho-twice", Severity.WARNING, message, "Bỏ bớt một trong hai.")


def _same_agency(item: CountedKho, agency: Agency, other: CountedKho) -> Finding:
    message = f"Cơ quan “{shown(agency.ten)}” có hai kho khác nhau, kho kia ở {_place(other)}; cả hai đều được tính."
    hint = "Nếu là hai bản của một kho thì bỏ bản cũ; nếu là hai cơ quan thì ghi rõ tên từng cơ quan."
    place = other.facts.co_quan.cho_ten if other.facts.co_quan else START_OF_FILE
    related = (Related(other.shown(KHO_FILE), place, "Kho kia."),)
    path = item.shown(KHO_FILE)
    return Finding(path, agency.cho_ten, "agency-twice", Severity.WARNING, message, hint, related)


def _line(item: CountedKho) -> Span:
    """Its line in the summary from which it comes."""
    return Span(item.dong, 1, item.dong, 1)


def _own(item: CountedKho) -> tuple[str, Span]:
    return item.shown(KHO_FILE), item.facts.co_quan.cho_ten if item.facts.co_quan else START_OF_FILE


def _place(item: CountedKho) -> str:
    return f"{item.tep_tong_hop} (dòng {item.dong})" if item.tep_tong_hop else item.path
