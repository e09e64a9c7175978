"""A report in every format and place that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from qtnb import __version__
from qtnb.commands.outcome import Outcome, OutFile, OutputFile, OutputFormat, ReportOptions, exit_code_of
from qtnb.errors import QtnbError
from qtnb.report.json import to_json
from qtnb.report.summary import Report, report_of
from qtnb.report.text import LineOf, plain, to_text
from qtnb.text import shown
from qtnb.validation import Validated


def output_files_of(written: Iterable[str]) -> tuple[OutputFile, ...]:
    """The files from options ``FORMAT=FILE``. Raises QtnbError for one that is not so, or names a file twice."""
    files: list[OutputFile] = []
    for text in written:
        name, _, path = text.partition("=")
        if name not in set(OutputFormat) or not path:
            hint = f"Viết DẠNG=TỆP, ví dụ sarif=qtnb.sarif; các dạng: {', '.join(OutputFormat)}."
            raise QtnbError(f"Giá trị “{shown(text)}” của --output-file không dùng được.", hint=hint, exit_code=2)
        if Path(path) in {file.path for file in files}:
            message = f"Tệp {shown(Path(path))} được nêu hai lần ở --output-file."
            raise QtnbError(message, hint="Ghi mỗi dạng vào một tệp riêng.", exit_code=2)
        files.append(OutputFile(OutputFormat(name), Path(path)))
    return tuple(files)


def reported(report: Report, line_of: LineOf, options: ReportOptions, exit_code: int, err: str = "") -> Outcome:
    """The outcome of a checking command: its report for standard output and for the files asked for."""
    in_files = replace(options, quiet=False, paint=plain)
    files = [OutFile(file.path, _formatted(report, line_of, file.output_format, in_files)) for file in options.files]
    formats = {options.output_format, *(file.output_format for file in options.files)}
    if options.step_summary and OutputFormat.GITHUB in formats:
        summary = _formatted(report, line_of, OutputFormat.MARKDOWN, in_files)
        files.append(OutFile(options.step_summary, summary, append=True))
    return Outcome(_formatted(report, line_of, options.output_format, options), err, exit_code, tuple(files))


def reported_validation(validated: Validated, options: ReportOptions) -> Outcome:
    """The outcome of a command that only validates."""
    report = report_of(validated.findings, validated.files)
    return reported(report, _line_of(validated), options, exit_code_of(validated, strict=options.strict))


def _formatted(report: Report, line_of: LineOf, output_format: OutputFormat, options: ReportOptions) -> str:
    """The report in one format; a format that is not asked for costs no start-up time."""
    match output_format:
        case OutputFormat.TEXT:
            return to_text(report, line_of, options.paint, quiet=options.quiet)
        case OutputFormat.JSON:
            return to_json(report)
        case OutputFormat.GITHUB:
            from qtnb.report.github import to_github

            return to_github(report)
        case OutputFormat.GITLAB:
            from qtnb.report.gitlab import to_gitlab

            return to_gitlab(report)
        case OutputFormat.SARIF:
            from qtnb.commands.rule_pages import rule_pages
            from qtnb.report.sarif import to_sarif

            return to_sarif(report, __version__, rule_pages())
        case OutputFormat.JUNIT:
            from qtnb.report.junit import to_junit

            return to_junit(report, strict=options.strict)
        case OutputFormat.MARKDOWN:
            from qtnb.report.markdown import to_markdown

            return to_markdown(report)
        case _:
            assert_never(output_format)


def _line_of(validated: Validated) -> Callable[[str, int], str]:
    def line_of(path: str, number: int) -> str:
        source = validated.sources.get(path)
        return source.lines.line(number) if source else ""

    return line_of
