"""``qtnb number``: symbols for procedures without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from qtnb.check import Checked
from qtnb.commands.outcome import FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.edit import EditRefusedError, set_top_value
from qtnb.errors import QtnbError
from qtnb.files import write_whole
from qtnb.finding import Finding, Remark, Severity
from qtnb.locate import located
from qtnb.numbering import Assignment, assign_symbols
from qtnb.reading import Progress
from qtnb.schema import number_keys
from qtnb.validation import validate

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class NumberOptions:
    """What the command line asks of ``number``."""

    paths: tuple[Path, ...]
    cwd: Path
    check: bool
    """Only report what has no symbol; write nothing."""
    report: ReportOptions


def run_number(options: NumberOptions, progress: Progress) -> Outcome:
    """Number every kho asked for whose procedures are sound; report the others and write nothing there."""
    if options.report.files and not options.check:
        message = "--output-file chỉ dùng cùng --check."
        raise QtnbError(message, hint="Thêm --check, hoặc bỏ --output-file.", exit_code=2)
    validated = validate(options.paths, options.cwd, progress)
    blocked = {path for kho in validated.kho for path in _unsound(kho)}
    assignments = [
        assignment
        for kho in validated.kho
        if not _unsound(kho)
        for assignment in assign_symbols(kho.quy_trinh, validated.sources.keys())
    ]
    # Of decisions nothing is said: they may well name symbols that are about to be given.
    about_procedures = tuple(finding for finding in validated.findings if finding.path in blocked)
    if options.check:
        missing = tuple(map(_missing, assignments))
        return reported_validation(replace(validated, findings=_ordered((*about_procedures, *missing))), options.report)
    edited = [(assignment, _edited(assignment)) for assignment in assignments]
    for assignment, content in edited:
        write_whole(assignment.source.name.place, content)
    trouble = reported_validation(replace(validated, findings=about_procedures), options.report)
    refused = "Kho có quy trình sai: chưa cấp ký hiệu nào trong kho đó; sửa các lỗi trên rồi chạy lại.\n"
    return Outcome(
        _given(assignments, quiet=options.report.quiet or (not assignments and bool(blocked))),
        trouble.out + refused if blocked else "",
        trouble.exit_code,
    )


def _unsound(kho: Checked) -> set[str]:
    """The files whose errors make numbering unsafe: a broken file may hold any symbol."""
    procedures = {source.path for source in (*kho.sources.quy_trinh, *kho.sources.refused)}
    return {
        finding.path for finding in kho.findings if finding.severity is Severity.ERROR and finding.path in procedures
    }


def _missing(assignment: Assignment) -> Finding:
    message = f"Quy trình chưa có ký hiệu; qtnb number sẽ cấp {assignment.ky_hieu}."
    remark = Remark(("ky_hieu",), "no-symbol", message, "Chạy: qtnb number")
    return located(assignment.source, remark)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def _edited(assignment: Assignment) -> bytes:
    source = assignment.source
    try:
        text = set_top_value(source, "ky_hieu", assignment.ky_hieu, after="loai", number_keys=number_keys())
        old = source.name.place.read_bytes()
    except (EditRefusedError, OSError) as error:
        message = f"Không ghi được ký hiệu {assignment.ky_hieu} vào {source.path} mà giữ nguyên phần còn lại."
        hint = f"Tự ghi “ky_hieu: {assignment.ky_hieu}” vào tệp (xóa khóa ky_hieu cũ, nếu có) rồi chạy lại."
        raise QtnbError(message, hint=hint, exit_code=FINDINGS) from error
    mark = _BYTE_ORDER_MARK if old.startswith(_BYTE_ORDER_MARK) else b""
    if old != mark + source.text.encode():
        raise QtnbError(f"Tệp {source.path} vừa bị chương trình khác sửa.", hint="Chạy lại lệnh.")
    return mark + text.encode()


def _given(assignments: list[Assignment], *, quiet: bool) -> str:
    if quiet:
        return ""
    lines = [f"{assignment.ky_hieu}  {assignment.source.path}" for assignment in assignments]
    count = f"Đã cấp {len(lines)} ký hiệu." if lines else "Không có quy trình nào cần cấp ký hiệu."
    return "".join(f"{line}\n" for line in (*lines, count))
