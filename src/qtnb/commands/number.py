"""``qtnb number``: symbols for procedures without one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qtnb.check import Checked
from qtnb.commands.changes import change_of, register_change, register_of
from qtnb.commands.outcome import FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.discovery import REGISTER_FILE, find_kho
from qtnb.edit import EditRefusedError, set_top_value
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import Finding, Remark, Severity
from qtnb.locate import located
from qtnb.locking import locked
from qtnb.numbering import Assignment, assign_symbols
from qtnb.reading import Progress, shown_path
from qtnb.schema import number_keys
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy, TrangThai
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
    assignments: tuple[Assignment, ...]
    changes: tuple[Change, ...]


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
        for plan in plans:
            commit(plan.checked.sources.goc, plan.changes, "cấp ký hiệu")
            done.extend(filter(None, [_written(plan, options.cwd)]))
    blocked = {path for kho in validated.kho for path in unsound(kho)}
    about = tuple(finding for kho in validated.kho for finding in kho.findings if finding.path in blocked)
    trouble = reported_validation(replace(validated, findings=about), options.report)
    refused = "Kho có quy trình sai: chưa cấp ký hiệu nào trong kho đó; sửa các lỗi trên rồi chạy lại.\n"
    given = [assignment for plan in plans for assignment in plan.assignments]
    ledgers = [plan for plan in plans if any(change.path.name == REGISTER_FILE for change in plan.changes)]
    return Outcome(
        _given(given, len(ledgers), quiet=options.report.quiet or (not given and bool(blocked))),
        resumed + (trouble.out + refused if blocked else ""),
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


def registered(checked: Checked, register: SoDangKy, given: Iterable[Assignment]) -> SoDangKy:
    """The register with a block for every symbol in the kho, those ``given`` now too."""
    symbols = {khoa_of(source.tep): source.data.get("ky_hieu") or "" for source in checked.quy_trinh}
    symbols |= {khoa_of(assignment.source.tep): assignment.ky_hieu for assignment in given}
    gone = {
        item.ky_hieu: item.khoa
        for item in register.quy_trinh.values()
        if item.trang_thai is TrangThai.DU_THAO and item.khoa not in symbols
    }
    blocks = dict(register.quy_trinh)
    for khoa, symbol in symbols.items():
        if symbol and khoa not in blocks:
            blocks.pop(gone.get(symbol, ""), None)  # a draft whose file was renamed keeps its number
            blocks[khoa] = MucDangKy(khoa, symbol)
        elif symbol and blocks[khoa].trang_thai is TrangThai.DU_THAO:
            blocks[khoa] = replace(blocks[khoa], ky_hieu=symbol)
    return SoDangKy(register.quyet_dinh, blocks)


def _plan(checked: Checked, validated: Validated) -> _Plan:
    register = register_of(checked)
    own = {item.khoa: item.ky_hieu for item in register.quy_trinh.values()}
    assignments = tuple(assign_symbols(checked.quy_trinh, validated.sources.keys(), own))
    changes = [change_of(assignment.source, _edited(assignment)) for assignment in assignments]
    ledger = register_change(checked, registered(checked, register, assignments))
    if ledger is not None and (ledger.old is not None or checked.quy_trinh):
        changes.append(ledger)
    return _Plan(checked, assignments, tuple(changes))


def _checked(validated: Validated, options: NumberOptions) -> Outcome:
    sound = [kho for kho in validated.kho if not unsound(kho)]
    blocked = {path for kho in validated.kho for path in unsound(kho)}
    missing = []
    for kho in sound:
        own = {item.khoa: item.ky_hieu for item in register_of(kho).quy_trinh.values()}
        missing += [_missing(item) for item in assign_symbols(kho.quy_trinh, validated.sources.keys(), own)]
    # Of decisions nothing is said: they may well name symbols that are about to be given.
    about = [finding for finding in validated.findings if finding.path in blocked]
    findings = tuple(sorted((*about, *missing), key=lambda finding: finding.sort_key))
    return reported_validation(replace(validated, findings=findings), options.report)


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
    """What was written in one kho, said when the run ends before it comes to the others; empty for nothing."""
    if not plan.changes:
        return ""
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
