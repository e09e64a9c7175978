"""``qtnb approve``: entering a signed decision into the register."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qtnb.commands.changes import change_of, register_change, register_of
from qtnb.commands.outcome import FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.commands.signing import decision_to_enter, signed_source
from qtnb.discovery import QUYET_DINH, find_kho
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import Finding
from qtnb.locate import located
from qtnb.locking import locked
from qtnb.reading import Progress
from qtnb.schema import is_date
from qtnb.so_dang_ky.approving import KyQuyetDinh, entered, refusals
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.snapshot import seal_of_file, snapshot_bytes, snapshot_path
from qtnb.source import khoa_of
from qtnb.text import shown
from qtnb.transaction import Change, commit, resume
from qtnb.validation import Validated, validate

_NUMBER: Final = re.compile(r"0*[1-9][0-9]{0,5}")
_FIRST_YEAR: Final = 1945
_YEARS_AHEAD: Final = 1
"""A date further in the future than this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ApproveOptions:
    """What the command line asks of ``approve``."""

    decision: str
    """The decision's file, or its key in the kho at or around ``cwd``."""
    so: str
    ngay: str
    """Year-month-day."""
    dry_run: bool
    """Only show what would be written."""
    cwd: Path
    today: dt.date
    report: ReportOptions


def run_approve(options: ApproveOptions, progress: Progress) -> Outcome:
    """Enter a decision: its số and ngày into its file, its content and seals into the register, all or nothing.

    Raises QtnbError for an impossible số or ngày, an unknown decision, one that is entered with another
    số or ngày, or files that cannot be written.
    """
    so, ngay = _number(options.so), _day(options.ngay, options.today)
    place, goc = _decision_file(options)
    if options.dry_run:
        return _entered(place, so, ngay, options, progress)
    with telling_what_was_done() as done, locked(goc):
        done.extend(filter(None, [resume(goc)]))
        outcome = _entered(place, so, ngay, options, progress)
    return replace(outcome, err="".join(f"{sentence}\n" for sentence in done) + outcome.err)


def _entered(place: Path, so: str, ngay: dt.date, options: ApproveOptions, progress: Progress) -> Outcome:
    validated = validate([place], options.cwd, progress)
    (checked,) = validated.kho
    if checked.has_errors:
        return _refused(validated, checked.findings, options)
    source = next(item for item in checked.quyet_dinh if item.name.place == place)
    register = register_of(checked)
    if khoa_of(source.tep) in register.quyet_dinh:
        return _known(register, khoa_of(source.tep), so, ngay)
    signed = signed_source(source, so, ngay)
    entry, snapshot = decision_to_enter(checked, register, signed)
    wrong = tuple(located(source, remark) for remark in refusals(register, entry))
    if wrong:
        return _refused(validated, wrong, options)
    kept = snapshot_bytes(snapshot)
    changes = [Change(Path(snapshot_path(snapshot.khoa)), None, kept)]
    if signed.text != source.text:
        changes.append(change_of(source, signed.text))
    ledger = register_change(checked, entered(register, entry, seal_of_file(kept)))
    if ledger is not None:
        changes.append(ledger)
    if not options.dry_run:
        commit(checked.sources.goc, changes, f"ghi sổ {_name(entry)}")
    later = f"Lưu ý: ngày {ngay:%d/%m/%Y} sau ngày hôm nay ({options.today:%d/%m/%Y}).\n"
    return Outcome(_told(entry, register, changes, options), later if ngay > options.today else "")


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        message = f"“{shown(text)}” không phải là số của một quyết định."
        raise QtnbError(message, hint="Ghi phần số, không kèm ký hiệu, ví dụ: --so 123", exit_code=2)
    return text.lstrip("0")


def _day(text: str, today: dt.date) -> dt.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or not is_date(text):
        message = f"“{shown(text)}” không phải là một ngày trong lịch."
        raise QtnbError(message, hint="Ghi năm-tháng-ngày, ví dụ: --ngay 2026-11-21", exit_code=2)
    day = dt.date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= today.year + _YEARS_AHEAD:
        message = f"Ngày {day:%d/%m/%Y} không thể là ngày ký."
        raise QtnbError(message, hint="Kiểm tra lại năm trên bản đã ký.", exit_code=2)
    return day


def _decision_file(options: ApproveOptions) -> tuple[Path, Path]:
    """The decision's file and the folder of its kho. Raises QtnbError when there is none."""
    given = options.cwd / options.decision
    by_path = given.is_file()
    for kho in find_kho([given if by_path else options.cwd]).kho:
        for path in kho.quyet_dinh:
            if path == given.resolve() if by_path else khoa_of(path.name) == options.decision:
                return path, kho.goc
    message = f"Không thấy quyết định “{shown(options.decision)}”."
    hint = f"Ghi đường dẫn tới tệp trong {QUYET_DINH}/, hoặc khóa (tên tệp) của quyết định khi đang ở trong kho."
    raise QtnbError(message, hint=hint, exit_code=2)


def _known(register: SoDangKy, khoa: str, so: str, ngay: dt.date) -> Outcome:
    known = register.quyet_dinh[khoa]
    if (int(known.so), known.ngay) == (int(so), ngay):
        return Outcome(f"{known.ten} đã ghi sổ từ trước; không có gì thay đổi.\n")
    message = f"Quyết định “{khoa}” đã ghi sổ là {known.ten}."
    hint = "Số và ngày đã ghi sổ không đổi được; quyết định khác phải là một tệp khác."
    raise QtnbError(message, hint=hint, exit_code=FINDINGS)


def _refused(validated: Validated, findings: Sequence[Finding], options: ApproveOptions) -> Outcome:
    sources = {source.path: source for kho in validated.kho for source in kho.sources.all}
    whole = replace(validated, findings=tuple(findings), sources=sources, files=len(sources))
    outcome = reported_validation(whole, options.report)
    sentence = "Chưa ghi sổ quyết định nào: sửa các lỗi trên rồi chạy lại.\n"
    return replace(outcome, out="", err=outcome.out + outcome.err + sentence)


def _told(entry: KyQuyetDinh, register: SoDangKy, changes: Sequence[Change], options: ApproveOptions) -> str:
    if options.report.quiet:
        return ""
    lines = [f"{'Sẽ ghi' if options.dry_run else 'Đã ghi'} sổ {_name(entry)}:"]
    lines += [f"  {item.ky_hieu}  {shown(item.ten)}" for item in entry.items]
    lines += [
        f"  {register.quy_trinh[item.khoa].ky_hieu}  {item.khoa}: "
        + (f"được thay thế bằng {', '.join(item.boi)}" if item.boi else "bị bãi bỏ")
        for item in entry.het_hieu_luc
    ]
    lines += ["Các tệp sẽ ghi:" if options.dry_run else "Các tệp đã ghi:"]
    lines += [f"  {change.path.as_posix()}" for change in changes]
    if options.dry_run:
        lines += [line for change in changes if change.old is not None for line in _difference(change)]
        lines.append("Chưa ghi gì (--dry-run).")
    else:
        lines.append("Lưu các tệp này vào git cùng một lần.")
    return "".join(f"{line}\n" for line in lines)


def _difference(change: Change) -> Iterator[str]:
    old, new = ((text or b"").decode("utf-8-sig").splitlines() for text in (change.old, change.new))
    yield from difflib.unified_diff(old, new, change.path.as_posix(), change.path.as_posix(), lineterm="", n=1)


def _name(entry: KyQuyetDinh) -> str:
    return entry.lan.ten
