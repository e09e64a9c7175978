"""GitLab's Code Quality report: its required keys, and fingerprints that survive edits elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given

from qtnb.finding import Span
from qtnb.report.fingerprint import fingerprints
from qtnb.report.gitlab import to_gitlab
from qtnb.report.summary import Report, report_of
from report_models import CLEAN, LONG, REPORTS, SAMPLE, TOTAL, WHOLE


def issues(report: Report) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(to_gitlab(report).encode("utf-8", "backslashreplace"))
    return loaded


def test_an_issue_is_what_gitlab_asks_for() -> None:
    (issue,) = issues(Report((TOTAL,), 1))
    assert issue == {
        "description": (
            "Khai tổng “4 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc. "
            "Sửa tổng, hoặc sửa thời gian các bước."
        ),
        "check_name": "time-sum",
        "fingerprint": issue["fingerprint"],
        "severity": "major",
        "location": {"path": "quy-trinh/Nghỉ phép, 100%.yaml", "lines": {"begin": 8, "end": 8}},
    }


def test_severities_are_those_of_gitlab() -> None:
    assert [issue["severity"] for issue in issues(Report((TOTAL, LONG, WHOLE), 1))] == ["major", "minor", "info"]


def test_nothing_found_is_an_empty_list() -> None:
    assert to_gitlab(CLEAN) == "[]\n"


@given(REPORTS)
def test_every_issue_has_the_required_keys_and_a_fingerprint_of_its_own(report: Report) -> None:
    # https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format"
    found = issues(report)
    for issue in found:
        assert issue.keys() >= {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in found}) == len(report.findings)


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    moved = [replace(finding, span=Span(40 + finding.span.line, 1, 99, 9)) for finding in SAMPLE.findings]
    assert fingerprints(moved) == fingerprints(SAMPLE.findings)


def test_a_fingerprint_stays_when_the_value_changes_but_not_the_fault() -> None:
    other = replace(TOTAL, message="Khai tổng “5 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc.")
    assert fingerprints([other]) == fingerprints([TOTAL])


def test_a_fingerprint_differs_by_path_rule_place_and_order() -> None:
    others = [
        TOTAL,
        TOTAL,
        replace(TOTAL, path="quy-trinh/b.yaml"),
        replace(TOTAL, rule="time-unit"),
        replace(TOTAL, at=("co_quan", 0, "thoi_gian")),
        replace(TOTAL, at=(), message="a"),
        replace(TOTAL, at=(), message="b"),
    ]
    assert len(set(fingerprints(others))) == len(others)


def test_fingerprints_do_not_depend_on_other_findings() -> None:
    alone = fingerprints([TOTAL])
    assert fingerprints(report_of([LONG, TOTAL, WHOLE], 1).findings)[1] == alone[0]
