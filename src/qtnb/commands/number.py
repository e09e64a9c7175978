"""``qtnb number``: symbols for procedures without one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qtnb.check import Checked
from qtnb.commands.changes import change_of, register_change, register_of
from qtnb.commands.outcome import FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.commands.renames import renamed_drafts
from qtnb.discovery import REGISTER_FILE, find_kho
from qtnb.edit import EditRefusedError, set_top_value
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import Finding, Remark, Severity
from qtnb.locate import located
from qtnb.locking import locked
from qtnb.numbering import Assignment, assign_symbols
from qtnb.reading import Progress, shown_path
from qtnb.schema import number_keys
from qtnb.so_dang_ky.holders import newcomers, number_taken, registered, settled
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import khoa_of
from qtnb.transaction import Change, commit, resume
from qtnb.validation import Validated, validate


@dataclass(frozen=True, slots=True)
class NumberOptions:
    """What the command line asks of ``number``."""

    paths: tuple[Path, ...]
    cwd: Path
    check: bool
    """Only report what has no symbol; write nothing."""
    report: ReportOptions


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done in one kho."""

    checked: Checked
    findings: tuple[Finding, ...]
    """Why nothing is done; empty when something can be."""
    assignments: tuple[Assignment, ...] = ()
    register: SoDangKy = field(default_factory=SoDangKy)
    """The register as it is to be."""


def run_number(options: NumberOptions, progress: Progress) -> Outcome:
    """Number every kho asked for whose procedures are sound; report the others and write nothing there.

    What is written in one kho, its procedures and its register, is written whole or not at all.
    """
    if options.report.files and not options.check:
        message = "--output-file chỉ dùng cùng --check."
        raise QtnbError(message, hint="Thêm --check, hoặc bỏ --output-file.", exit_code=2)
    if options.check:
        return _checked(validate(options.paths, options.cwd, progress), options)
    with telling_what_was_done() as done, contextlib.ExitStack() as locks:
        resume_under_lock([kho.goc for kho in find_kho(options.paths).kho], locks, done)
        resumed = "".join(f"{sentence}\n" for sentence in done)
        validated = validate(options.paths, options.cwd, progress)
        plans = [_plan(kho, validated) for kho in validated.kho if not unsound(kho)]
        written = [(plan, changes) for plan in plans if not plan.findings and (changes := _changes(plan))]
        for plan, changes in written:
            commit(plan.checked.sources.goc, changes, "cấp ký hiệu")
            done.append(_written(plan, options.cwd))
    about = _trouble(validated, plans)
    trouble = _reported(validated, about, options)
    refused = (
        "Kho có quy trình hoặc sổ đăng ký sai: chưa cấp ký hiệu nào trong kho đó; sửa các lỗi trên rồi chạy lại.\n"
    )
    given = [assignment for plan, _ in written for assignment in plan.assignments]
    ledgers = [plan for plan, changes in written if any(change.path.name == REGISTER_FILE for change in changes)]
    return Outcome(
        _given(given, len(ledgers), quiet=options.report.quiet or (not given and bool(about))),
        resumed + (trouble.out + refused if about else ""),
        trouble.exit_code,
    )


def resume_under_lock(folders: Sequence[Path], locks: contextlib.ExitStack, done: list[str]) -> None:
    """Lock each kho until ``locks`` closes and complete what an earlier run left; adds what that was to ``done``."""
    for goc in folders:
        locks.enter_context(locked(goc))
        done.extend(filter(None, [resume(goc)]))


def unsound(kho: Checked) -> set[str]:
    """The files whose errors make numbering unsafe: a broken procedure or register may hold any symbol."""
    files = {source.path for source in (*kho.sources.quy_trinh, *kho.sources.refused)}
    if kho.sources.so_dang_ky is not None:
        files.add(kho.sources.so_dang_ky.path)
    return {finding.path for finding in kho.findings if finding.severity is Severity.ERROR and finding.path in files}


def symbols_of(checked: Checked) -> dict[str, str]:
    """The symbol that the file of each procedure bears, by key; empty for one without."""
    return {khoa_of(source.tep): source.data.get("ky_hieu") or "" for source in checked.quy_trinh}


def _plan(checked: Checked, validated: Validated) -> _Plan:
    register = register_of(checked)
    symbols = symbols_of(checked)
    renamed = renamed_drafts(checked.sources.goc, register, checked.quy_trinh)
    findings = tuple(_of_another(checked, register, renamed))
    if findings:
        return _Plan(checked, findings)
    register = settled(register, symbols, renamed)
    own = {item.khoa: item.ky_hieu for item in register.quy_trinh.values()}
    assignments = tuple(assign_symbols(checked.quy_trinh, validated.sources.keys(), own))
    given = {khoa_of(assignment.source.tep): assignment.ky_hieu for assignment in assignments}
    return _Plan(checked, (), assignments, registered(register, symbols | given))


def _changes(plan: _Plan) -> list[Change]:
    changes = [change_of(assignment.source, _edited(assignment)) for assignment in plan.assignments]
    ledger = register_change(plan.checked, plan.register)
    if ledger is not None and (ledger.old is not None or plan.checked.quy_trinh):
        changes.append(ledger)
    return changes


def _of_another(checked: Checked, register: SoDangKy, renamed: Mapping[str, str]) -> Iterator[Finding]:
    """The files that bear the number of a procedure which only the register knows by it."""
    files = {khoa_of(source.tep): source for source in checked.quy_trinh}
    for khoa, holder in newcomers(register, symbols_of(checked)):
        if renamed.get(holder.khoa) != khoa:
            yield located(files[khoa], number_taken(files[khoa].tep, holder, has_file=holder.khoa in files))


def _checked(validated: Validated, options: NumberOptions) -> Outcome:
    plans = [_plan(kho, validated) for kho in validated.kho if not unsound(kho)]
    missing = [_missing(assignment) for plan in plans for assignment in plan.assignments]
    # Of decisions nothing is said: they may well name symbols that are about to be given.
    findings = [*_trouble(validated, plans), *missing]
    return _reported(validated, findings, options)


def _trouble(validated: Validated, plans: Sequence[_Plan]) -> list[Finding]:
    """Why some kho cannot be numbered."""
    wrong = [finding for kho in validated.kho for finding in kho.findings if finding.path in unsound(kho)]
    return [*wrong, *(finding for plan in plans for finding in plan.findings)]


def _reported(validated: Validated, findings: Sequence[Finding], options: NumberOptions) -> Outcome:
    sources = {source.path: source for kho in validated.kho for source in kho.sources.all}
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return reported_validation(replace(validated, findings=ordered, sources=sources), options.report)


def _missing(assignment: Assignment) -> Finding:
    message = f"Quy trình chưa có ký hiệu; qtnb number sẽ cấp {assignment.ky_hieu}."
    remark = Remark(("ky_hieu",), "no-symbol", message, "Chạy: qtnb number")
    return located(assignment.source, remark)


def _edited(assignment: Assignment) -> str:
    source = assignment.source
    try:
        return set_top_value(source, "ky_hieu", assignment.ky_hieu, after="loai", number_keys=number_keys())
    except EditRefusedError as error:
        message = f"Không ghi được ký hiệu {assignment.ky_hieu} vào {source.path} mà giữ nguyên phần còn lại."
        hint = f"Tự ghi “ky_hieu: {assignment.ky_hieu}” vào tệp (xóa khóa ky_hieu cũ, nếu có) rồi chạy lại."
        raise QtnbError(message, hint=hint, exit_code=FINDINGS) from error


def _written(plan: _Plan, cwd: Path) -> str:
    """What was written in one kho, said when the run ends before it comes to the others."""
    given = ", ".join(f"{assignment.ky_hieu} ({assignment.source.path})" for assignment in plan.assignments)
    what = f"đã cấp {given}" if given else f"đã ghi {REGISTER_FILE}"
    return f"Kho “{shown_path(plan.checked.sources.goc, cwd)}” {what}."


def _given(assignments: Sequence[Assignment], ledgers: int, *, quiet: bool) -> str:
    if quiet:
        return ""
    lines = [f"{assignment.ky_hieu}  {assignment.source.path}" for assignment in assignments]
    lines.append(f"Đã cấp {len(lines)} ký hiệu." if lines else "Không có quy trình nào cần cấp ký hiệu.")
    if ledgers:
        lines.append(f"Đã ghi sổ đăng ký {REGISTER_FILE}" + (f" của {ledgers} kho." if ledgers > 1 else "."))
    return "".join(f"{line}\n" for line in lines)
