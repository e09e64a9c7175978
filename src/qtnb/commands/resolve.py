"""``qtnb number --resolve``: the registers of two branches joined, another number for drafts that got one on both."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.check import Checked
from qtnb.commands.changes import change_of, register_change, register_of
from qtnb.commands.joining import joining_of
from qtnb.commands.mentioning import Mentions, mentions_with
from qtnb.commands.number import NumberOptions, resume_under_lock, symbols_of, unsound
from qtnb.commands.outcome import FINDINGS, Outcome
from qtnb.commands.outputs import reported_validation
from qtnb.commands.renames import renamed_drafts
from qtnb.discovery import REGISTER_FILE, find_kho
from qtnb.edit import EditRefusedError, replace_word, set_top_value
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import DataPath, Finding, Severity
from qtnb.locate import located, span_of
from qtnb.reading import Progress, file_name, shown_path
from qtnb.renumbering import Mention, Move, Witness, moves_of
from qtnb.schema import number_keys
from qtnb.so_dang_ky.holders import newcomers, number_taken, registered, settled
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import Source, khoa_of, read_source
from qtnb.transaction import Change, commit
from qtnb.validation import Validated, validate

WitnessOf: TypeAlias = Callable[[Path], Witness]
"""The witness for the kho in a folder."""

Renamed: TypeAlias = tuple[str, str]
"""A symbol before and after."""

_MENDED: Final = frozenset({"duplicate-symbol", "register-number-twice"})
"""What is done away with here."""
_LEFT: Final = frozenset(
    {
        "approved-changed",
        "approved-deleted",
        "approved-decision-changed",
        "approved-decision-deleted",
        "snapshot-broken",
        "symbol-changed",
    }
)
"""What a person has to mend, before or after: the numbers that were given are known all the same."""


@dataclass(slots=True)
class _Resolution:
    """What is to be done in one kho."""

    checked: Checked
    findings: list[Finding]
    """Why nothing is done there; empty when something can be."""
    joined: bool = False
    """Whether the register is one that git could not merge."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The new key of each draft whose file got another name."""
    register: SoDangKy = field(default_factory=SoDangKy)
    """The register without the moves."""
    moves: list[Move] = field(default_factory=list)
    mentions: Mentions = field(default_factory=Mentions)


def run_resolve(options: NumberOptions, witness_of: WitnessOf, progress: Progress) -> Outcome:
    """Join registers that git could not merge; move drafts whose number another procedure has too.

    Every mention of a draft goes with it; an approved procedure never moves. Nothing is written in a kho where files
    still show a conflict, where both branches decided on one matter, or where a mention may mean either procedure:
    those places are reported.
    """
    _refuse_other_options(options)
    with telling_what_was_done() as told, contextlib.ExitStack() as locks:
        resume_under_lock([kho.goc for kho in find_kho(options.paths).kho], locks, told)
        resumed = "".join(f"{sentence}\n" for sentence in told)
        validated = validate(options.paths, options.cwd, progress)
        resolved = [_resolution(kho, witness_of, options.cwd) for kho in validated.kho]
        done = [item for item in resolved if not item.findings and _changes(item)]
        for item in done:
            commit(item.checked.sources.goc, _changes(item), "cấp lại ký hiệu" if item.moves else "sửa sổ đăng ký")
            told.extend(_told(item, options.cwd))
    findings = tuple(finding for item in resolved for finding in item.findings)
    report = _reported(validated, findings, options)
    lines = [line for item in done for line in (*_told(item, options.cwd), *_afterwards(item))]
    refused = "Chưa sửa gì trong kho có các chỗ trên.\n" if findings else ""
    said = lines or ([] if findings else ["Không có ký hiệu nào trùng."])
    out = "" if options.report.quiet else "".join(f"{line}\n" for line in said)
    return Outcome(out, resumed + report.out + refused, max(report.exit_code, FINDINGS) if findings else 0)


def _refuse_other_options(options: NumberOptions) -> None:
    if options.check:
        message = "--check chỉ báo, --resolve ghi: không dùng cùng nhau."
        raise QtnbError(
            message, hint="Xem trước bằng qtnb number --check, rồi chạy qtnb number --resolve.", exit_code=2
        )
    if options.report.files:
        message = "--output-file chỉ dùng cùng --check."
        raise QtnbError(message, hint="Bỏ --output-file.", exit_code=2)


def _resolution(checked: Checked, witness_of: WitnessOf, cwd: Path) -> _Resolution:
    goc = checked.sources.goc
    ledger = file_name(goc / REGISTER_FILE, goc, cwd)
    joining = joining_of(checked, ledger)
    checked = joining.checked
    unmerged = [f for f in checked.findings if f.rule == "conflict-markers" and f.path != ledger.path]
    if joining.findings or unmerged:
        return _Resolution(checked, [*unmerged, *joining.findings])
    errors = [f for f in checked.findings if f.path in unsound(checked) and f.severity is Severity.ERROR]
    findings = [finding for finding in errors if finding.rule not in _MENDED | _LEFT]
    if findings:
        return _Resolution(checked, findings)
    renamed = renamed_drafts(goc, register_of(checked), checked.quy_trinh)
    register = settled(register_of(checked), symbols_of(checked), renamed)
    moves = moves_of(checked.quy_trinh, register)
    mentions = mentions_with(checked, register, moves.made, witness_of(goc))
    item = _Resolution(checked, [], joining.joined, renamed, register, moves.made, mentions)
    back = {move.source.path for move in moves.made if move.kept is None}
    item.findings += [f for f in errors if f.rule == "symbol-changed" and f.path not in back]
    item.findings += [located(source, remark) for source, remark in moves.refused]
    item.findings += _renamed_after_approval(item)
    item.findings += mentions.findings
    return item


def _renamed_after_approval(item: _Resolution) -> Iterator[Finding]:
    """The files, new to the register, that bear the number of an approved procedure whose file is gone.

    They get no other number: such a file most likely is that procedure.
    """
    files = {khoa_of(source.tep): source for source in item.checked.quy_trinh}
    for khoa, holder in newcomers(item.register, symbols_of(item.checked)):
        if holder.trang_thai.con_hieu_luc and holder.khoa not in files:
            yield located(files[khoa], number_taken(files[khoa].tep, holder, has_file=False))


def _changes(item: _Resolution) -> list[Change]:
    """Everything to be written; nothing where no number moves and the register holds as it is."""
    if not (item.moves or item.joined or item.register.quy_trinh != register_of(item.checked).quy_trinh):
        return []
    places: dict[str, dict[Renamed, list[DataPath]]] = defaultdict(lambda: defaultdict(list))
    sources = {source.tep: source for source in (*item.checked.quy_trinh, *item.checked.quyet_dinh)}
    for mention, move in item.mentions.moved:
        places[mention.source.tep][move.old, move.new].append(mention.at)
    moved = {move.source.tep: move for move in item.moves}
    changes = []
    for tep in dict.fromkeys((*moved, *places)):
        source = sources[tep]
        changes.append(change_of(source, _edited(source, moved.get(tep), places.get(tep, {}))))
    symbols = symbols_of(item.checked) | {khoa_of(move.source.tep): move.new for move in item.moves}
    ledger = register_change(item.checked, registered(item.register, symbols))
    return [*changes, ledger] if ledger is not None else changes


def _edited(source: Source, move: Move | None, places: Mapping[Renamed, Sequence[DataPath]]) -> str:
    """The text with its own new number and those of the procedures that it mentions."""
    current = source
    try:
        if move is not None:
            text = set_top_value(current, "ky_hieu", move.new, after="loai", number_keys=number_keys())
            current = read_source(source.name, text.encode(), number_keys())
        for (old, new), at in places.items():
            text = replace_word(current, at, old, new, number_keys())
            current = read_source(source.name, text.encode(), number_keys())
    except EditRefusedError as error:
        message = f"Không đổi được ký hiệu trong {source.path} mà giữ nguyên phần còn lại."
        raise QtnbError(message, hint="Tự đổi ký hiệu trong tệp rồi chạy lại.", exit_code=FINDINGS) from error
    return current.text


def _told(item: _Resolution, cwd: Path) -> list[str]:
    """What was done in one kho, a line each."""
    shown = shown_path(item.checked.sources.goc / REGISTER_FILE, cwd)
    before, after = register_of(item.checked), item.register
    lines = []
    if item.joined:
        blocks = f"{len(after.quyet_dinh)} quyết định, {len(after.quy_trinh)} quy trình"
        lines.append(f"Đã hợp nhất sổ đăng ký {shown} của hai nhánh: {blocks}.")
    for khoa, block in before.quy_trinh.items():
        if khoa in item.renamed:
            lines.append(f"{block.ky_hieu}  {shown}: “{khoa}” nay là “{item.renamed[khoa]}”")
        elif khoa not in after.quy_trinh:
            lines.append(f"{block.ky_hieu}  {shown}: bỏ mục “{khoa}”, dự thảo không còn tệp; số ấy của quy trình khác")
    return [*lines, *map(_moved, item.moves)]


def _moved(move: Move) -> str:
    why = f"{move.old} vẫn là của {move.kept.ten}" if move.kept is not None else f"{move.new} là số đã phê duyệt"
    return f"{move.old} → {move.new}  {move.source.path} ({why})"


def _afterwards(item: _Resolution) -> list[str]:
    """What is left to do in a kho of which something was written."""
    lines = [_signed(mention, move) for mention, move in item.mentions.signed]
    left = [f for f in item.checked.findings if f.severity is Severity.ERROR and f.rule in _LEFT - {"symbol-changed"}]
    if left:
        lines.append(f"Còn {len(left)} lỗi khác; xem bằng qtnb validate.")
    return [*lines, "Lưu các tệp vào git để hoàn tất lần gộp."] if item.joined else lines


def _signed(mention: Mention, move: Move) -> str:
    line = span_of(mention.source, mention.at).line
    return (
        f"Lưu ý: {mention.source.path}:{line} đã phê duyệt nên giữ nguyên {move.old}, vốn nói về "
        f"“{khoa_of(move.source.tep)}”, nay là {move.new}; sửa bằng quyết định sửa đổi, bổ sung."
    )


def _reported(validated: Validated, findings: tuple[Finding, ...], options: NumberOptions) -> Outcome:
    sources = {source.path: source for kho in validated.kho for source in kho.sources.all}
    whole = replace(validated, findings=findings, sources=sources)
    return reported_validation(whole, options.report) if findings else Outcome()
