"""``qtnb lint``: validate, and the quality rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from pathlib import Path

from qtnb.commands.outcome import COULD_NOT_RUN, FINDINGS, Outcome, ReportOptions, exit_code_for
from qtnb.commands.outputs import reported
from qtnb.errors import QtnbError
from qtnb.files import write_whole
from qtnb.lint.baseline import baseline_text
from qtnb.lint.repair import Repair, repairs
from qtnb.lint.run import Linted, LintRun, lint
from qtnb.reading import Progress, read_bytes, read_file
from qtnb.report.summary import Report
from qtnb.rules import RULES
from qtnb.text import shown

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Repairing(Enum):
    """What is done about what can be repaired."""

    NONE = "none"
    FIX = "fix"
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class LintOptions:
    """What the command line asks of ``lint``."""

    run: LintRun
    report: ReportOptions
    repairing: Repairing = Repairing.NONE
    unsafe: bool = False
    """Repairs too that a person should look at."""


@dataclass(frozen=True, slots=True)
class BaselineOptions:
    """What the command line asks of ``lint --write-baseline``."""

    run: LintRun
    file: Path
    ly_do: str
    den_ngay: dt.date
    report: ReportOptions


def run_lint(options: LintOptions, progress: Progress) -> Outcome:
    """Check the kho; repair only when asked. Raises QtnbError where there is nothing to check."""
    linted = lint(options.run, RULES, progress)
    if options.repairing is Repairing.DIFF and options.report.files:
        message = "--output-file không dùng cùng --diff."
        raise QtnbError(message, hint="Bỏ một trong hai: --diff chỉ in những chỗ sẽ sửa.", exit_code=2)
    if options.repairing is Repairing.DIFF:
        changes = "".join(map(_diff, repairs(linted, options.run, RULES, unsafe=options.unsafe)))
        return Outcome(changes, exit_code=FINDINGS if changes else 0)
    note = ""
    if options.repairing is Repairing.FIX:
        done = [_write(repair) for repair in repairs(linted, options.run, RULES, unsafe=options.unsafe)]
        note = f"Đã sửa {len(done)} tệp.\n"
        linted = lint(options.run, RULES, progress)
    report = Report(linted.findings, linted.files, linted.ignored)
    code = COULD_NOT_RUN if linted.could_not_run else exit_code_for(report, strict=options.report.strict)
    return reported(report, _line_of(linted), options.report, code, note)


def run_write_baseline(options: BaselineOptions, progress: Progress) -> Outcome:
    """Write the findings of quality rules that there are now as exceptions; errors of validation never are."""
    if options.report.files:
        message = "--output-file không dùng cùng --write-baseline."
        raise QtnbError(message, hint="Ghi ngoại lệ trước, rồi chạy lại lệnh với --output-file.", exit_code=2)
    if not options.ly_do.strip():
        raise QtnbError("Ngoại lệ phải có lý do.", hint='Thêm --ly-do "…".', exit_code=2)
    linted = lint(options.run, RULES, progress)
    if len({name.place.parents[name.tep.count("/")] for name in linted.names.values()}) > 1:
        message = "Ở đây có nhiều kho; mỗi kho có tệp ngoại lệ của mình."
        raise QtnbError(message, hint="Chạy lại với từng kho.", exit_code=2)
    known = {rule.id for rule in RULES}
    findings = [finding for finding in linted.findings if finding.rule in known or finding.rule.startswith("office-")]
    teps = {path: name.tep for path, name in linted.names.items()}
    write_whole(options.file, baseline_text(findings, teps, options.ly_do, options.den_ngay).encode())
    return Outcome(f"Đã ghi {len(findings)} kết quả vào {options.file}.\n")


def day_of(text: str) -> dt.date:
    """A day from an option. Raises QtnbError when it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"Ngày “{shown(text)}” không đúng dạng."
        raise QtnbError(message, hint="Viết dạng năm-tháng-ngày, ví dụ: 2026-12-31", exit_code=2) from error


def _diff(repair: Repair) -> str:
    old, new = (text.splitlines(keepends=True) for text in (repair.old, repair.new))
    path = repair.name.path
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, path, path))


def _write(repair: Repair) -> Path:
    old = read_bytes(repair.name)
    mark = _BYTE_ORDER_MARK if isinstance(old, bytes) and old.startswith(_BYTE_ORDER_MARK) else b""
    if old != mark + repair.old.encode():
        raise QtnbError(f"Tệp {repair.name.path} vừa bị chương trình khác sửa.", hint="Chạy lại lệnh.")
    write_whole(repair.name.place, mark + repair.new.encode())
    return repair.name.place


def _line_of(linted: Linted) -> Callable[[str, int], str]:
    """Reads a file again when one of its lines is to be shown: few are."""
    read: dict[str, Callable[[int], str]] = {}

    def line_of(path: str, number: int) -> str:
        if path not in linted.names:
            return ""
        if path not in read:
            read[path] = read_file(linted.names[path]).lines.line
        return read[path](number)

    return line_of
