"""``qtnb number --resolve``: another number for drafts that got one number on two branches."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from qtnb.check import Checked
from qtnb.commands.changes import change_of, register_change, register_of
from qtnb.commands.number import NumberOptions, registered, resume_under_lock, unsound
from qtnb.commands.outcome import FINDINGS, Outcome
from qtnb.commands.outputs import reported_validation
from qtnb.discovery import find_kho
from qtnb.edit import EditRefusedError, replace_word, set_top_value
from qtnb.errors import QtnbError, telling_what_was_done
from qtnb.finding import DataPath, Finding, Severity
from qtnb.locate import located
from qtnb.numbering import Assignment
from qtnb.reading import Progress
from qtnb.renumbering import Mention, Move, Witness, meaning_of, mentions_of, moves_of, unclear
from qtnb.schema import number_keys
from qtnb.source import Source, khoa_of, read_source
from qtnb.transaction import Change, commit
from qtnb.validation import Validated, validate

WitnessOf: TypeAlias = Callable[[Path], Witness]
"""The witness for the kho in a folder."""

Renamed: TypeAlias = tuple[str, str]
"""A symbol before and after."""

_TWICE = "duplicate-symbol"


@dataclass(slots=True)
class _Resolution:
    """What is to be done in one kho."""

    checked: Checked
    moves: list[Move]
    findings: list[Finding]
    """Why nothing is done there; empty when something can be."""
    mentions: list[tuple[Mention, Move]]
    """The places that mean a draft which moves."""


def run_resolve(options: NumberOptions, witness_of: WitnessOf, progress: Progress) -> Outcome:
    """Move drafts whose number another procedure has too, and every mention of them; never an approved one.

    Nothing is written in a kho where a mention may mean either procedure: those places are reported.
    """
    with telling_what_was_done() as told, contextlib.ExitStack() as locks:
        resume_under_lock([kho.goc for kho in find_kho(options.paths).kho], locks, told)
        resumed = "".join(f"{sentence}\n" for sentence in told)
        validated = validate(options.paths, options.cwd, progress)
        resolved = [_resolution(kho, witness_of(kho.sources.goc)) for kho in validated.kho]
        done = [item for item in resolved if not item.findings and item.moves]
        for item in done:
            commit(item.checked.sources.goc, _changes(item), "cấp lại ký hiệu")
            told.extend(map(_told, item.moves))
    findings = tuple(finding for item in resolved for finding in item.findings)
    report = _reported(validated, findings, options)
    lines = [_told(move) for item in done for move in item.moves]
    refused = "Chưa sửa gì trong kho có các chỗ trên.\n" if findings else ""
    said = lines or ([] if findings else ["Không có ký hiệu nào trùng."])
    out = "" if options.report.quiet else "".join(f"{line}\n" for line in said)
    return Outcome(out, resumed + report.out + refused, max(report.exit_code, FINDINGS) if findings else 0)


def _resolution(checked: Checked, witness: Witness) -> _Resolution:
    others = [
        f for f in checked.findings if f.path in unsound(checked) and f.rule != _TWICE and f.severity is Severity.ERROR
    ]
    if others:
        return _Resolution(checked, [], others, [])
    register = register_of(checked)
    moves, refused = moves_of(checked.quy_trinh, register)
    findings = [located(source, remark) for source, remark in refused]
    drafts = [source for source in checked.quyet_dinh if khoa_of(source.tep) not in register.quyet_dinh]
    fit = {source.tep for source in checked.quyet_dinh}
    for source in checked.sources.quyet_dinh:
        # What a decision that does not fit its schema names cannot be changed with the rest.
        if source.tep not in fit and any(move.old in source.text for move in moves):
            findings.extend(finding for finding in checked.findings if finding.path == source.path)
    mentions: list[tuple[Mention, Move]] = []
    for symbol in dict.fromkeys(move.old for move in moves):
        same = [move for move in moves if move.old == symbol]
        for mention in mentions_of([*checked.quy_trinh, *drafts], symbol):
            meant = _meant(mention, same, witness)
            if meant is None:
                findings.append(located(mention.source, unclear(mention, same[0])))
            mentions.extend((mention, move) for move in same if move.source is meant)
    return _Resolution(checked, moves, findings, mentions)


def _meant(mention: Mention, moves: Sequence[Move], witness: Witness) -> Source | None:
    """Which procedure is meant by the number that those of ``moves`` and the one that keeps it had."""
    if mention.source.data.get("ky_hieu") == moves[0].old:
        return mention.source
    if len(moves) == 1:
        return meaning_of(mention, moves[0], witness)
    return next((meant for move in moves if (meant := witness(mention, move)) is not None), None)


def _changes(item: _Resolution) -> list[Change]:
    places: dict[str, dict[Renamed, list[DataPath]]] = defaultdict(lambda: defaultdict(list))
    sources = {source.tep: source for source in (*item.checked.quy_trinh, *item.checked.quyet_dinh)}
    for mention, move in item.mentions:
        places[mention.source.tep][(move.old, move.new)].append(mention.at)
    moved = {move.source.tep: move for move in item.moves}
    changes = []
    for tep in dict.fromkeys((*moved, *places)):
        source = sources[tep]
        changes.append(change_of(source, _edited(source, moved.get(tep), places.get(tep, {}))))
    assignments = [Assignment(move.source, move.new) for move in item.moves]
    ledger = register_change(item.checked, registered(item.checked, register_of(item.checked), assignments))
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


def _told(move: Move) -> str:
    return f"{move.old} → {move.new}  {move.source.path} ({move.old} vẫn là của {move.kept.path})"


def _reported(validated: Validated, findings: tuple[Finding, ...], options: NumberOptions) -> Outcome:
    sources = {source.path: source for kho in validated.kho for source in kho.sources.all}
    whole = replace(validated, findings=findings, sources=sources)
    return reported_validation(whole, options.report) if findings else Outcome()
