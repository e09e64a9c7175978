"""Annotations of GitHub Actions, read back as the runner reads them."""

from __future__ import annotations

import re

from hypothesis import given

from qtnb.report.github import to_github
from qtnb.report.summary import Report
from report_models import CLEAN, EVIL, LONG, REPORTS, SAMPLE, TOTAL, WHOLE


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """One command as the runner takes it apart (actions/runner, ActionCommand.cs)."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line, re.DOTALL)
    assert found is not None, line
    properties = dict(pair.split("=", 1) for pair in found[2].split(","))
    return found[1], {name: unescaped(value, ":,") for name, value in properties.items()}, unescaped(found[3], "")


def unescaped(text: str, also: str) -> str:
    for char in f"\r\n{also}":
        text = text.replace(f"%{ord(char):02X}", char)
    return text.replace("%25", "%")


def test_an_annotation_names_file_place_rule_message_and_hint() -> None:
    assert to_github(Report((TOTAL,), 1)) == (
        "::error file=quy-trinh/Nghỉ phép%2C 100%25.yaml,line=8,col=12,endLine=8,endColumn=26,title=time-sum"
        "::Khai tổng “4 ngày làm việc”, nhưng cộng các bước được 3 ngày làm việc."
        "%0ASửa tổng, hoặc sửa thời gian các bước.\n"
    )


def test_the_three_levels_are_error_warning_and_notice() -> None:
    commands = [parsed(line)[0] for line in to_github(Report((TOTAL, LONG, WHOLE), 1)).splitlines()]
    assert commands == ["error", "warning", "notice"]


def test_a_place_over_several_lines_has_no_columns() -> None:
    assert "line=3,endLine=6,title=" in to_github(Report((LONG,), 1))


def test_a_place_without_extent_ends_where_it_begins() -> None:
    assert "line=1,col=1,endLine=1,endColumn=1," in to_github(Report((WHOLE,), 1))


def test_a_value_cannot_break_out_of_its_annotation() -> None:
    lines = to_github(Report((EVIL,), 1)).split("\n")
    assert lines.pop() == ""
    (line,) = lines
    command, properties, message = parsed(line)
    assert command == "error"
    assert properties["file"] == EVIL.path
    assert message == f"{EVIL.message}\n{EVIL.hint}"


def test_nothing_found_prints_nothing() -> None:
    assert to_github(CLEAN) == ""


@given(REPORTS)
def test_the_runner_reads_back_whatever_is_said(report: Report) -> None:
    lines = to_github(report).split("\n")[:-1]
    assert len(lines) == len(report.findings)
    for line, finding in zip(lines, report.findings, strict=True):
        _, properties, message = parsed(line)
        assert (properties["file"], properties["line"]) == (finding.path, str(finding.span.line))
        assert message == "\n".join(filter(None, (finding.message, finding.hint)))


def test_every_finding_has_its_line() -> None:
    assert to_github(SAMPLE).count("\n") == len(SAMPLE.findings)
