"""``qtnb approve``: entering a signed decision into the register."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qtnb.check import Checked
from qtnb.commands.approval_told import deeds, files
from qtnb.commands.changes import change_of, kept_file_change, register_change, register_of
from qtnb.commands.decision_file import decision_file
from qtnb.commands.outcome import FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.commands.signing import decision_to_enter, signed_source
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import Finding
from qtnb.locate import located
from qtnb.locking import locked
from qtnb.reading import Progress, shown_path
from qtnb.schema import is_date
from qtnb.so_dang_ky.approving import KyQuyetDinh, entered
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.refusing import refusals
from qtnb.so_dang_ky.snapshot import BanPheDuyet, seal_of_file, snapshot_bytes
from qtnb.source import Source, khoa_of
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
    found = decision_file(options.decision, options.cwd)
    if options.dry_run:
        return _entered(found.path, so, ngay, options, progress)
    with telling_what_was_done() as done, locked(found.goc):
        done.extend(filter(None, [resume(found.goc)]))
        outcome = _entered(found.path, so, ngay, options, progress)
    return replace(outcome, err="".join(f"{sentence}\n" for sentence in done) + outcome.err)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A decision that can be entered."""

    checked: Checked
    entry: KyQuyetDinh
    before: SoDangKy
    after: SoDangKy
    changes: tuple[Change, ...]


def _entered(place: Path, so: str, ngay: dt.date, options: ApproveOptions, progress: Progress) -> Outcome:
    validated = validate([place], options.cwd, progress)
    (checked,) = validated.kho
    if checked.has_errors:
        return _refused(validated, checked.findings, options)
    source = next(item for item in checked.quyet_dinh if item.name.place == place)
    register = register_of(checked)
    if khoa_of(source.tep) in register.quyet_dinh:
        return _entered_before(register, khoa_of(source.tep), so, ngay)
    signed = signed_source(source, so, ngay)
    entry, snapshot = decision_to_enter(checked, register, signed)
    wrong = tuple(located(source, remark) for remark in refusals(register, entry))
    if wrong:
        return _refused(validated, wrong, options)
    prepared = _prepared(checked, (source, signed), entry, snapshot)
    if not options.dry_run:
        commit(checked.sources.goc, prepared.changes, f"ghi sổ {entry.lan.ten}")
    return Outcome(_told(prepared, options), "".join(f"Lưu ý: {doubt}.\n" for doubt in _doubts(entry, options.today)))


def _doubts(entry: KyQuyetDinh, today: dt.date) -> Iterator[str]:
    """What may be a slip of the pen; once entered, days do not change."""
    if entry.ngay > today:
        yield f"ngày {entry.ngay:%d/%m/%Y} sau ngày hôm nay ({today:%d/%m/%Y})"
    if entry.hieu_luc < entry.ngay:
        yield f"ngày có hiệu lực {entry.hieu_luc:%d/%m/%Y} trước ngày ký {entry.ngay:%d/%m/%Y}"


def _prepared(checked: Checked, files: tuple[Source, Source], entry: KyQuyetDinh, snapshot: BanPheDuyet) -> _Prepared:
    """The changes of the kho's files; of ``files``, the decision as it is and as signed."""
    source, signed = files
    kept = snapshot_bytes(snapshot)
    before = register_of(checked)
    after = entered(before, entry, seal_of_file(kept))
    changes = [kept_file_change(checked, snapshot.khoa, kept)]
    if signed.text != source.text:
        changes.append(change_of(source, signed.text))
    ledger = register_change(checked, after)
    return _Prepared(checked, entry, before, after, (*changes, *([] if ledger is None else [ledger])))


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


def _entered_before(register: SoDangKy, khoa: str, so: str, ngay: dt.date) -> Outcome:
    known = register.quyet_dinh[khoa]
    if (int(known.so), known.ngay) == (int(so), ngay):
        return Outcome(f"{known.ten} đã ghi sổ từ trước; không có gì thay đổi.\n")
    message = f"Quyết định “{khoa}” đã ghi sổ là {known.ten}."
    hint = (
        "Số và ngày đã ghi sổ không đổi được; quyết định khác phải là một tệp khác. Ghi nhầm thì hủy lần ghi sổ ấy "
        "trong git (git revert; chưa lưu thì lấy lại các tệp của lần ghi ấy) rồi ghi lại."
    )
    raise QtnbError(message, hint=hint, exit_code=FINDINGS)


def _refused(validated: Validated, findings: Sequence[Finding], options: ApproveOptions) -> Outcome:
    sources = {source.path: source for kho in validated.kho for source in kho.sources.all}
    whole = replace(validated, findings=tuple(findings), sources=sources, files=len(sources))
    outcome = reported_validation(whole, options.report)
    sentence = "Chưa ghi sổ quyết định nào: sửa các lỗi trên rồi chạy lại.\n"
    return replace(outcome, out="", err=outcome.out + outcome.err + sentence)


def _told(prepared: _Prepared, options: ApproveOptions) -> str:
    if options.report.quiet:
        return ""
    goc = prepared.checked.sources.goc
    here = options.cwd.resolve()
    kho = "" if goc == here or goc in here.parents else f" (kho {shown_path(goc, options.cwd)})"
    names = {khoa_of(source.tep): source.data["ten"] for source in prepared.checked.quy_trinh}
    lines = [
        f"{'Sẽ ghi' if options.dry_run else 'Đã ghi'} sổ {prepared.entry.lan.ten}{kho}:",
        *deeds(prepared.entry, prepared.before, prepared.after, names),
        *files(prepared.changes, dry_run=options.dry_run),
    ]
    return "".join(f"{line}\n" for line in lines)
