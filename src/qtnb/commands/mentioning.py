"""Which mentions of a number go along with the procedure that gets another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qtnb.check import Checked
from qtnb.finding import Finding
from qtnb.locate import located
from qtnb.model import Phan
from qtnb.renumbering import Mention, Move, Witness, meaning_of, mentions_of, unclear
from qtnb.so_dang_ky.beside import RegisterCheck, present
from qtnb.so_dang_ky.drafts import Drafts
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.source import khoa_of


@dataclass(slots=True)
class Mentions:
    """The mentions of procedures that move."""

    moved: list[tuple[Mention, Move]] = field(default_factory=list)
    """Those that change with the number."""
    signed: list[tuple[Mention, Move]] = field(default_factory=list)
    """Those in approved content, which only a decision changes."""
    findings: list[Finding] = field(default_factory=list)
    """Why nothing can be written."""


def mentions_with(checked: Checked, register: SoDangKy, moves: Sequence[Move], witness: Witness) -> Mentions:
    """Every mention of what ``moves`` move, in the procedures and in the decisions that are being drafted."""
    drafts = [source for source in checked.quyet_dinh if khoa_of(source.tep) not in register.quyet_dinh]
    found = Mentions(findings=_in_unfit_decisions(checked, moves))
    kept = _approved_content(checked, register) if moves else frozenset()
    for symbol in dict.fromkeys(move.old for move in moves):
        same = [move for move in moves if move.old == symbol]
        for mention in mentions_of([*checked.quy_trinh, *drafts], symbol):
            meant = meaning_of(mention, same, witness)
            if meant is None:
                found.findings.append(located(mention.source, unclear(mention, same[0])))
            for move in same:
                if khoa_of(move.source.tep) == meant:
                    is_signed = mention.source.tep in kept and mention.source.tep != move.source.tep
                    (found.signed if is_signed else found.moved).append((mention, move))
    return found


def _in_unfit_decisions(checked: Checked, moves: Sequence[Move]) -> list[Finding]:
    """What is wrong with decisions that name a number which moves: they cannot be changed with the rest."""
    fit = {source.tep for source in checked.quyet_dinh}
    unfit = {
        source.path
        for source in checked.sources.quyet_dinh
        if source.tep not in fit and any(move.old in source.text for move in moves)
    }
    return [finding for finding in checked.findings if finding.path in unfit]


def _approved_content(checked: Checked, register: SoDangKy) -> frozenset[str]:
    """The files whose content is approved, and which no decision is being drafted to amend."""
    sources = checked.sources
    if sources.so_dang_ky is None:
        return frozenset()
    beside = RegisterCheck.of(
        sources.goc, sources.so_dang_ky, register, present(checked.quy_trinh), checked.quyet_dinh, ()
    )
    drafts = Drafts(beside)
    blocks = ((source.tep, register.quy_trinh.get(khoa_of(source.tep))) for source in checked.quy_trinh)
    return frozenset(
        tep
        for tep, block in blocks
        if block is not None and block.dau_cua(Phan.NOI_DUNG) and Phan.NOI_DUNG not in drafts.freed(block)
    )
