"""The register of a kho that git could not merge, joined from the registers of both branches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from qtnb.check import Checked, check_kho
from qtnb.commands.unmerged import CannotJoinError, unmerged_sides
from qtnb.discovery import REGISTER_FILE
from qtnb.finding import START_OF_FILE, Finding, Remark, Span
from qtnb.reading import MAX_REGISTER_BYTES
from qtnb.schema import number_keys
from qtnb.so_dang_ky.blocks import edited_by_hand
from qtnb.so_dang_ky.joining import join
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.writing import register_text
from qtnb.source import FileName, Source, khoa_of, read_source

_MISSING: Final = "register-missing"


@dataclass(frozen=True, slots=True)
class Joining:
    """A kho with its register as it is to be."""

    checked: Checked
    joined: bool
    """Whether the register is one that is joined here and not yet written."""
    findings: tuple[Finding, ...] = ()
    """Why the registers cannot be joined; empty when they can, or need not."""


def joining_of(checked: Checked, name: FileName) -> Joining:
    """Join the registers of both branches where git left them unmerged; otherwise the kho stays as it is.

    ``name`` is the name of the register's file. Nothing is written. Raises QtnbError when git cannot be read.
    """
    sources = checked.sources
    gone = {source.tep: source for source in sources.refused if source.findings[0].rule == _MISSING}
    if any(source.tep == REGISTER_FILE for source in sources.refused if source.tep not in gone):
        return Joining(checked, joined=False)  # a link: not read, and not to be replaced
    present = sources.so_dang_ky
    place = _place(present)
    try:
        register = _joined(checked, name)
    except CannotJoinError as error:
        findings = [_at(name.path, place, remark) for remark in error.remarks]
        return Joining(checked, joined=False, findings=tuple(findings))
    if register is None or (checked.so_dang_ky is not None and register == checked.so_dang_ky):
        return Joining(checked, joined=False)
    text = register_text(register)
    ledger = read_source(name, text.encode(), number_keys(), MAX_REGISTER_BYTES)
    others = tuple(source for source in sources.refused if source.tep not in gone)
    whole = check_kho(replace(sources, so_dang_ky=ledger, refused=others))
    # The text is not in the file yet: what is said of it stands where the file shows the conflict.
    findings = [replace(finding, span=place) if finding.path == name.path else finding for finding in whole.findings]
    return Joining(replace(whole, findings=tuple(findings)), joined=True)


def _joined(checked: Checked, name: FileName) -> SoDangKy | None:
    """The register that both branches and the file make together; None where nothing is to be joined."""
    source = checked.sources.so_dang_ky
    written = {khoa_of(item.tep): item.data.get("ky_hieu") or "" for item in checked.quy_trinh}
    present = checked.so_dang_ky
    if source is not None and present is not None and next(edited_by_hand(source, present), None) is not None:
        present = None
    is_missing = any(refused.findings[0].rule == _MISSING for refused in checked.sources.refused)
    is_sound = present is not None or (source is None and not is_missing)
    sides = unmerged_sides(checked.sources.goc, source, name, is_sound=is_sound)
    if sides is None:
        return None
    register = _together(sides.ours, sides.theirs, sides.base, written)
    if present is not None:
        # Git still calls the file unmerged, but somebody, perhaps this command, has mended it since.
        register = _together(register, present, register, written)
    return register


def _together(one: SoDangKy, other: SoDangKy, base: SoDangKy, written: dict[str, str]) -> SoDangKy:
    joined = join(one, other, base, written)
    if joined.clashes:
        raise CannotJoinError(*joined.clashes)
    return joined.register


def _place(source: Source | None) -> Span:
    """Where what is said of the conflict stands: at its first marker."""
    findings = source.findings if source is not None else ()
    return next((finding.span for finding in findings if finding.rule == "conflict-markers"), START_OF_FILE)


def _at(path: str, place: Span, remark: Remark) -> Finding:
    return Finding(path, place, remark.rule, remark.severity, remark.message, remark.hint)
