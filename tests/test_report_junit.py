"""JUnit: valid by the schema of Ant's reports, read by a JUnit library, whatever the findings say."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from hypothesis import given
from junitparser import Failure, JUnitXml, TestCase, TestSuite
from lxml import etree

from qtnb.finding import Severity
from qtnb.report.junit import to_junit
from qtnb.report.summary import Report
from report_models import CLEAN, EVIL, LONG, REPORTS, SAMPLE, TOTAL, WHOLE

SCHEMA = etree.XMLSchema(etree.fromstring((resources.files("ub_test_reports") / "schemas" / "JUnit.xsd").read_bytes()))


def suite_of(report: Report, *, strict: bool = False) -> TestSuite:
    """The one suite of a report that holds to the schema."""
    text = to_junit(report, strict=strict).encode()
    SCHEMA.assertValid(etree.fromstring(text))
    (suite,) = JUnitXml.fromstring(text)
    assert isinstance(suite, TestSuite)
    return suite


def cases_of(report: Report, *, strict: bool = False) -> list[TestCase]:
    return list(suite_of(report, strict=strict))


def failures_of(report: Report, *, strict: bool = False) -> list[Failure]:
    return [part for case in cases_of(report, strict=strict) for part in case.result if isinstance(part, Failure)]


def test_an_error_is_a_failed_test_of_its_file() -> None:
    (case,) = cases_of(Report((TOTAL,), 1))
    (failure,) = case.result
    assert case.classname == "quy-trinh/Nghỉ phép, 100%"
    assert case.name == f"time-sum: {TOTAL.message}"
    assert (failure.type, failure.message) == ("time-sum", TOTAL.message)
    assert failure.text == (
        f"quy-trinh/Nghỉ phép, 100%.yaml:8:12: {TOTAL.message}\n"
        "quy-trinh/Nghỉ phép, 100%.yaml:10:3: Các bước cộng lại là 3 ngày làm việc\n"
        "→ Sửa tổng, hoặc sửa thời gian các bước."
    )


def test_warnings_and_notices_fail_nothing_but_are_told() -> None:
    report = Report((LONG, WHOLE), 3)
    suite = suite_of(report)
    assert (suite.tests, suite.failures) == (1, 0)
    assert etree.fromstring(to_junit(report).encode()).findtext("testsuite/system-out") == (
        "quy-trinh/a.yaml:3:5: cảnh báo: Hai dấu cách liền nhau. [text-spaces]\n"
        "qtnb.yaml:1:1: lưu ý: Tệp không phải NFC. [not-nfc]\n"
        "Đã kiểm tra 3 tệp: 1 cảnh báo, 1 lưu ý."
    )


def test_in_a_strict_run_a_warning_fails_as_the_exit_code_does() -> None:
    assert [failure.type for failure in failures_of(SAMPLE, strict=True)] == ["time-sum", "text-spaces", "bad-shape"]
    assert [failure.type for failure in failures_of(SAMPLE)] == ["time-sum", "bad-shape"]


def test_a_report_without_findings_is_one_passed_test() -> None:
    (case,) = cases_of(CLEAN)
    assert (case.name, case.is_passed) == ("Kiểm tra 4 tệp", True)


def test_equal_findings_are_tests_of_different_names() -> None:
    names = [case.name for case in cases_of(Report((TOTAL, TOTAL), 1))]
    assert names == [f"time-sum: {TOTAL.message}", f"time-sum: {TOTAL.message} (2)"]


def test_markup_and_control_characters_of_values_are_text() -> None:
    (failure,) = failures_of(Report((EVIL,), 1))
    assert "Giá trị ]]> <b>&amp; | `x` [đọc](http://example.invalid)" in str(failure.text)
    assert "\x1b" not in to_junit(Report((EVIL,), 1))
    assert "::error::x\ufffd[31m \ufffd 100%25" in str(failure.text)


@given(REPORTS)
def test_the_report_is_valid_whatever_it_says(report: Report) -> None:
    errors = report.count(Severity.ERROR)
    suite = suite_of(report)
    assert (suite.tests, suite.failures) == (max(1, errors), errors)


def test_the_report_reads_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    file.write_text(to_junit(SAMPLE), encoding="utf-8")
    assert JUnitXml.fromfile(str(file)).failures == 2
