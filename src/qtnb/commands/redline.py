"""``qtnb diff --redline``: a decision with what changed in its procedures as tracked changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qtnb.commands.diff import findings_of, told_of_sides
from qtnb.commands.lint import day_of
from qtnb.commands.outcome import FINDINGS, Outcome
from qtnb.commands.printing import Printable, printable_decisions
from qtnb.diff.kho import State
from qtnb.diff.matching import AnyQuyTrinh, match_procedures
from qtnb.errors import QtnbError
from qtnb.finding import Finding, Severity
from qtnb.kho import Kho, procedures_of
from qtnb.model import PheDuyet, QuyetDinh
from qtnb.reading import Progress, shown_path
from qtnb.resources import data_folder
from qtnb.sides.checked import Side
from qtnb.sides.loading import Sides, SidesAsked, load_sides
from qtnb.source import khoa_of
from qtnb.text import shown
from qtnb.words.earlier import truoc_day_of


@dataclass(frozen=True, slots=True)
class RedlineOptions:
    """What the command line asks of ``diff --redline``."""

    asked: SidesAsked
    out: Path
    author: str
    """Who the changes are shown to be by."""
    date: dt.date
    """When they are shown to be made."""
    decision: str | None
    """Key or file of the decision; None: the only one that is not signed yet, else the only one."""
    quiet: bool


@dataclass(frozen=True, slots=True)
class RedlineWords:
    """What was written for ``--redline`` on the command line."""

    out: Path | None
    author: str
    date: str
    decision: str | None


def redline_options(
    asked: SidesAsked, words: RedlineWords, others: Mapping[str, bool], *, quiet: bool
) -> RedlineOptions:
    """The options as the command line gives them.

    ``others`` are options of a comparison without ``--redline``, and whether they were given. Raises
    QtnbError where one is missing, out of place or no day.
    """
    given = [name for name, value in others.items() if value]
    if given:
        message = f"--redline ghi một tệp Word, không dùng cùng {', '.join(given)}."
        raise QtnbError(message, hint="Bỏ bớt tùy chọn, hoặc chạy hai lần.", exit_code=2)
    out, author, date = words.out, words.author.strip(), words.date
    missing = [name for name, value in (("-o", out), ("--author", author), ("--date", date)) if not value]
    if missing or out is None:
        hint = 'Ví dụ: qtnb diff --redline -o sua-doi.docx --author "Văn phòng Sở" --date 2026-11-22'
        raise QtnbError(f"--redline cần thêm {', '.join(missing)}.", hint=hint, exit_code=2)
    day = day_of(date)
    return RedlineOptions(asked, out, author, day, words.decision, quiet)


def run_redline(options: RedlineOptions, progress: Progress) -> Outcome:
    """Write the decision as it is in the new state, with every difference from the old one marked.

    Raises QtnbError when a side cannot be found or the decision is not clear; nothing is written when
    a file of either side is wrong, for what cannot be read would look as if it had been taken out.
    """
    sides = load_sides(options.asked, progress)
    told = told_of_sides(sides)
    if sides.old.findings or sides.new.findings:
        return _refused(told)
    quyet_dinh = _decision(sides.new.state, options.decision)
    if about := _errors_about(sides.new, quyet_dinh):
        return _refused(told + findings_of(sides.new, about))
    new = _printable(sides, quyet_dinh)
    old, before = _earlier(sides, new)
    from qtnb.render import TemplateStore
    from qtnb.render.redlined import Rendered, render_redline

    # What was decided before is the same for both: only what became of the procedures is to be marked.
    decided = truoc_day_of(new.kho, new.quyet_dinh) if new.truoc_day is None else new.truoc_day
    render_redline(
        Rendered(old, before, decided, new.so_sanh, sides.old.state.ten),
        Rendered(new.kho, new.quyet_dinh, decided, new.so_sanh, sides.new.state.ten),
        TemplateStore(data_folder("templates")),
        (options.author, options.date),
        options.out,
    )
    return Outcome("" if options.quiet else f"{shown_path(options.out.absolute(), options.asked.cwd)}\n", told)


def _refused(told: str) -> Outcome:
    return Outcome("", f"{told}Không đánh dấu thay đổi khi có tệp sai; sửa các lỗi trên rồi chạy lại.\n", FINDINGS)


def _errors_about(side: Side, quyet_dinh: QuyetDinh) -> list[Finding]:
    """What is wrong with the decision beside the procedures that it names; of one that was signed nothing."""
    checked = side.checked
    if checked is None or (checked.so_dang_ky is not None and quyet_dinh.khoa in checked.so_dang_ky.quyet_dinh):
        return []
    paths = {source.path for source in checked.quyet_dinh if source.tep == quyet_dinh.tep}
    return [it for it in checked.findings if it.path in paths and it.severity is Severity.ERROR]


def _printable(sides: Sides, quyet_dinh: QuyetDinh) -> Printable:
    """The decision as ``qtnb render`` prints it, from the new state."""
    side, state = sides.new, sides.new.state
    assert state.cau_hinh is not None  # noqa: S101 - nothing is wrong with the side
    kho = Kho(side.goc, state.cau_hinh, state.quy_trinh, state.quyet_dinh)
    _check(kho, quyet_dinh)
    if side.checked is None or not side.on_disk:
        return Printable(kho, quyet_dinh, None, None)
    return next(printable_decisions(side.checked, {quyet_dinh.tep}))


def _decision(state: State, asked: str | None) -> QuyetDinh:
    by_key = {item.khoa: item for item in state.quyet_dinh}
    if asked is not None:
        khoa = khoa_of(asked) if asked.endswith((".yaml", ".yml")) else asked
        if khoa not in by_key:
            raise QtnbError(f"Không có quyết định “{shown(khoa)}” ở {state.ten}.", hint=_keys(by_key))
        return by_key[khoa]
    drafts = [item for item in state.quyet_dinh if not item.so or item.ngay is None]
    for found in (drafts, state.quyet_dinh):
        if len(found) == 1:
            return found[0]
    if not by_key:
        raise QtnbError(f"Không có quyết định nào ở {state.ten}.", hint="Viết quyết định trong quyet-dinh/ của kho.")
    message = f"Có {len(drafts) or len(by_key)} quyết định; cần biết in quyết định nào."
    raise QtnbError(message, hint=_keys([item.khoa for item in drafts] or by_key), exit_code=2)


def _keys(keys: Sequence[str] | dict[str, QuyetDinh]) -> str:
    return f"Chỉ ra bằng --decision, một trong: {', '.join(map(shown, keys))}" if keys else ""


def _check(kho: Kho, quyet_dinh: QuyetDinh) -> None:
    """Raise QtnbError when the decision names what the kho does not have."""
    known = {
        name for item in kho.quy_trinh if item.loai == quyet_dinh.loai_quy_trinh for name in (item.khoa, item.ky_hieu)
    }
    missing = [name for name in quyet_dinh.quy_trinh or () if name not in known]
    if missing:
        message = f"Quyết định “{quyet_dinh.khoa}” gọi quy trình “{shown(missing[0])}”, kho không có."
        raise QtnbError(message, hint="Xem các lỗi bằng lệnh: qtnb validate", exit_code=FINDINGS)


def _earlier(sides: Sides, new: Printable) -> tuple[Kho, QuyetDinh]:
    """The decision on the procedures as they were: those that it names now and that existed."""
    quyet_dinh = new.quyet_dinh
    kho = replace(new.kho, quy_trinh=tuple(it for it in sides.old.state.quy_trinh if _prints(it, quyet_dinh)))
    if quyet_dinh.quy_trinh is None:
        return kho, quyet_dinh
    matches = match_procedures(kho.quy_trinh, new.kho.quy_trinh).matches
    before = {match.new.khoa: match.old.khoa for match in matches if match.new and match.old}
    keys = tuple(before[item.khoa] for item in procedures_of(new.kho, quyet_dinh) if item.khoa in before)
    return kho, replace(quyet_dinh, quy_trinh=keys)


def _prints(item: AnyQuyTrinh, quyet_dinh: QuyetDinh) -> bool:
    """Whether the decision has something to print of a procedure: one on contents has not before there are any."""
    return quyet_dinh.phe_duyet is PheDuyet.DANH_MUC or not item.chua_co_noi_dung
