"""``qtnb diff``: two states of a kho compared by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from qtnb.commands.outcome import FINDINGS, OK, DiffFormat, Outcome, OutFile
from qtnb.diff.kho import KhoDiff, compare
from qtnb.errors import QtnbError
from qtnb.finding import Finding
from qtnb.reading import Progress, shown_path
from qtnb.report.summary import report_of
from qtnb.report.text import Paint, plain, to_text
from qtnb.resources import data_folder
from qtnb.sides.checked import Side
from qtnb.sides.loading import Sides, SidesAsked, load_sides

_FILE_WIDTH = 100
"""Columns of a text in a file."""


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """What the command line asks of ``diff``."""

    asked: SidesAsked
    output_format: DiffFormat
    out: Path | None
    """The file that takes the comparison; None: standard output."""
    exit_code: bool
    """Whether differences are told by the exit code, too."""
    ly_do: str
    """The reason shown for procedures that give none."""
    quiet: bool
    width: int
    """Columns of the terminal."""
    paint: Paint = plain


def refuse_without_redline(author: str, date: str, decision: str | None) -> None:
    """Raise QtnbError for options that mean nothing without ``--redline``, instead of passing over them."""
    given = [name for name, value in (("--author", author), ("--date", date), ("--decision", decision)) if value]
    if given:
        raise QtnbError(f"{', '.join(given)} chỉ dùng cùng --redline.", hint="Thêm --redline.", exit_code=2)


def run_diff(options: DiffOptions, progress: Progress) -> Outcome:
    """Compare the sides asked for, as far as they can be read.

    Raises QtnbError when a side cannot be found, or a file cannot be written.
    """
    if options.output_format is DiffFormat.DOCX and options.out is None:
        raise QtnbError("Dạng docx phải ghi vào tệp.", hint="Thêm -o, ví dụ: -o so-sanh.docx", exit_code=2)
    sides = load_sides(options.asked, progress)
    diff = compare(sides.old.state, sides.new.state)
    trouble = told_of_sides(sides)
    bad = sides.old.findings or sides.new.findings
    code = FINDINGS if bad or (options.exit_code and not diff.empty) else OK
    if options.out is None:
        return Outcome(_text(diff, options), trouble, code)
    written = "" if options.quiet else f"{shown_path(options.out.absolute(), options.asked.cwd)}\n"
    if options.output_format is DiffFormat.DOCX:
        _write_docx(diff, sides.new.goc, options)
        return Outcome(written, trouble, code)
    text = _text(diff, replace(options, quiet=False, width=_FILE_WIDTH, paint=plain))
    return Outcome(written, trouble, code, (OutFile(options.out, text),))


def told_of_sides(sides: Sides) -> str:
    """How the words for the sides were understood, and why some of a side cannot be compared."""
    notes = "".join(f"Lưu ý: {note}\n" for note in sides.notes)
    return notes + "".join(findings_of(side, side.findings) for side in (sides.old, sides.new))


def findings_of(side: Side, findings: Sequence[Finding]) -> str:
    """``findings`` about files of a side, for a person; empty when there are none."""
    if not findings:
        return ""

    def line_of(path: str, number: int) -> str:
        source = side.sources.get(path)
        return source.lines.line(number) if source else ""

    report = report_of(findings, len(side.sources))
    return f"Có tệp sai ở {side.state.ten}:\n{to_text(report, line_of)}"


def _text(diff: KhoDiff, options: DiffOptions) -> str:
    match options.output_format:
        case DiffFormat.TEXT:
            from qtnb.report.diff_text import diff_to_text

            return diff_to_text(diff, options.width, options.paint, quiet=options.quiet)
        case DiffFormat.JSON:
            from qtnb.report.diff_json import diff_to_json

            return diff_to_json(diff)
        case DiffFormat.MARKDOWN:
            from qtnb.report.diff_markdown import diff_to_markdown

            return diff_to_markdown(diff)
        case DiffFormat.DOCX:
            raise AssertionError("a Word file is no text")
        case _:
            assert_never(options.output_format)


def _write_docx(diff: KhoDiff, goc: Path, options: DiffOptions) -> None:
    # Jinja and docxtpl are loaded only by the commands that render.
    from qtnb.diff.rows import comparison_table
    from qtnb.render import TemplateStore
    from qtnb.render.comparison import render_comparison
    from qtnb.report.diff_text import notes
    from qtnb.words.so_sanh import so_sanh_words

    settings = diff.new.cau_hinh or diff.old.cau_hinh
    if settings is None or options.out is None:
        message = "Tệp qtnb.yaml ở cả hai bên đều không đọc được, nên không biết tên cơ quan để in."
        raise QtnbError(message, hint="Sửa qtnb.yaml rồi chạy lại.", exit_code=FINDINGS)
    missing = [f"Không so sánh được {khoa} ({why})." for khoa, why in diff.khong_so_duoc]
    words = so_sanh_words(
        settings.co_quan,
        (diff.old.ten, diff.new.ten),
        comparison_table(diff, options.ly_do),
        [*missing, *notes(diff)],
    )
    render_comparison(goc, words, options.out, TemplateStore(data_folder("templates")))
