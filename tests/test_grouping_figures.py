"""How well procedures are grouped: precision and recall on labelled names, real, written for the purpose, and seeded.

``docs/nhom.md`` quotes these figures; a test there holds the page to them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from grouping_names import CHINH, DE_RIENG, FOLDER, Labelled, labelled, variants_text
from kit import ROOT
from qtnb.grouping.grouping import SAME_STEPS, group_procedures
from qtnb.grouping.overrides import read_overrides
from qtnb.grouping.records import Agency, Record
from qtnb.grouping.resolving import CONTRADICTION, KIND, TWICE, UNKNOWN
from qtnb.grouping.signature import likeness, signature_of
from qtnb.reading import read_file
from qtnb.schema import number_keys
from qtnb.source import FileName, read_source


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of names, and groups of two names or more."""

    found: int
    """Pairs that were put together."""
    right: int
    """Those of them that belong together."""
    wanted: int
    """Pairs that belong together."""
    groups: int
    exact: int
    """Groups with exactly the right names."""
    found_groups: int

    @property
    def told(self) -> str:
        """The figures as the page writes them."""

        def share(part: int, whole: int) -> str:
            return f"{part}/{whole} ({part / whole:.1%})".replace(".", ",")

        pairs = f"{share(self.right, self.found)} | {share(self.right, self.wanted)}"
        return f"{pairs} | {share(self.exact, self.groups)}"


def measure(names: Sequence[Labelled]) -> Figures:
    """Group names, each as the procedure of an agency of its own, so that nothing but the names tells them apart."""
    records = {
        Record(Agency(name.co_quan, "xa", str(number)), "a", "CV", name.ten): name for number, name in enumerate(names)
    }
    grouping = group_procedures(records)
    found = [set(group.thanh_vien) for group in grouping.chung]
    assert sum(map(len, found)) + len(grouping.rieng) + len(grouping.chua_xep) == len(records)
    wanted = by_label({record: name.nhom for record, name in records.items()})
    right = sum(pairs(len(group & other)) for group in found for other in wanted)
    return Figures(
        sum(pairs(len(group)) for group in found),
        right,
        sum(pairs(len(group)) for group in wanted),
        len(wanted),
        sum(group in wanted for group in found),
        len(found),
    )


def by_label(labels: Mapping[Record, Hashable]) -> list[set[Record]]:
    groups: dict[Hashable, set[Record]] = defaultdict(set)
    for record, label in labels.items():
        groups[label].add(record)
    return [group for group in groups.values() if len(group) > 1]


def pairs(count: int) -> int:
    return count * (count - 1) // 2


FLOORS = {
    # Precision and recall of pairs, and the share of groups that are exactly right, in per cent.
    ("that", CHINH): (100, 35, 45),
    ("that", DE_RIENG): (80, 50, 42),
    ("viet-tay", CHINH): (100, 94, 90),
    ("viet-tay", DE_RIENG): (99, 85, 82),
    ("bien-the", CHINH): (99, 96, 91),
    ("bien-the", DE_RIENG): (99, 92, 84),
}


@pytest.mark.parametrize(("name", "part"), FLOORS, ids=lambda value: value)
def test_names_are_grouped_no_worse_than_was_measured(name: str, part: str) -> None:
    figures = measure(labelled(name, part))
    precision, recall, exact = FLOORS[name, part]
    assert 100 * figures.right >= precision * figures.found, figures
    assert 100 * figures.right >= recall * figures.wanted, figures
    assert 100 * figures.exact >= exact * figures.groups, figures


SHOWN = {"that": "tên thật", "viet-tay": "tên soạn", "bien-the": "biến thể"}


@pytest.mark.parametrize(("name", "part"), FLOORS, ids=lambda value: value)
def test_the_page_quotes_the_figures(name: str, part: str) -> None:
    page = (ROOT / "docs" / "nhom.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| {SHOWN[name]} \| {part} \| (.*) \|$", page, re.MULTILINE)
    assert row is not None, f"{SHOWN[name]}, {part}"
    names = labelled(name, part)
    assert row[1] == f"{len(names)} | {measure(names).told}"


@pytest.mark.parametrize("kind", ["thêm nơi", "viết tắt", "chữ hoa", "kéo dài", "đổi thứ tự", "i, y", "dấu thanh"])
@pytest.mark.parametrize("part", [CHINH, DE_RIENG])
def test_what_changes_no_word_of_the_matter_changes_no_group(kind: str, part: str) -> None:
    names = [
        name for name in labelled("bien-the", part) if name.kieu in {"", kind} and not name.ten.startswith("Ban giao")
    ]
    figures = measure(names)
    assert (figures.right, figures.found) == (figures.wanted, figures.wanted)


def test_the_variants_are_those_of_the_seed() -> None:
    assert (FOLDER / "bien-the.txt").read_text(encoding="utf-8") == variants_text()


def test_no_name_is_in_both_parts() -> None:
    for name in ("viet-tay", "bien-the"):
        chosen, kept = ({item.ten for item in labelled(name, part)} for part in (CHINH, DE_RIENG))
        assert chosen & kept == set()


def blocks(kind: str) -> list[str]:
    page = (ROOT / "docs" / "nhom.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def test_the_page_tells_how_little_equal_steps_prove() -> None:
    steps = [
        signature_of(step["trinh_tu"] for step in data["cac_buoc"])
        for path in sorted((ROOT / "examples" / "phuong-mau" / "quy-trinh").rglob("*.yaml"))
        if (data := read_file(FileName(path, path.name, path.name)).data)["loai"] == "CV"
    ]
    shares = [likeness(one, other) for one, other in combinations(steps, 2)]
    alike = sum(share is not None and share >= SAME_STEPS for share in shares)
    page = (ROOT / "docs" / "nhom.md").read_text(encoding="utf-8")
    assert f"{alike} trong {len(shares)} cặp" in page


def test_the_file_on_the_page_fits_its_form() -> None:
    (text,) = blocks("yaml nhom")
    overrides, findings = read_overrides(read_source(FileName(Path("a"), "a", "a"), text.encode(), number_keys()))
    assert findings == ()
    assert (len(overrides.nhom), len(overrides.tach), len(overrides.gop)) == (1, 1, 1)


def test_the_page_names_every_message() -> None:
    page = (ROOT / "docs" / "nhom.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(group-[a-z]+)`", page, re.MULTILINE)) == {UNKNOWN, TWICE, KIND, CONTRADICTION}
