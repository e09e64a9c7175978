"""The stages of validation: syntax, schema, integrity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from qtnb.finding import START_OF_FILE, Finding, Remark, Severity, Span
from qtnb.integrity import check_integrity
from qtnb.positions import Offsets, nearest
from qtnb.reading import KhoSources
from qtnb.schema import SchemaName, remarks
from qtnb.source import Source
from qtnb.text import shown

RemarksOf: TypeAlias = Callable[[Source], list[Remark]]

_SCHEMA_OF: Final = {"CV": SchemaName.CV, "LT": SchemaName.LT}


@dataclass(frozen=True, slots=True)
class Checked:
    """A kho after validation."""

    sources: KhoSources
    findings: tuple[Finding, ...]
    """In report order."""
    quy_trinh: tuple[Source, ...]
    """The procedures that read well and fit their schemas."""
    quyet_dinh: tuple[Source, ...]
    """The decisions that read well and fit their schema."""

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong, so that there is no :class:`Kho` to work with."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_kho(sources: KhoSources) -> Checked:
    """Take every file of a kho through the stages; a file that fails one is not given to the next."""
    findings = [finding for source in sources.all for finding in source.findings]
    _fitting([sources.cau_hinh], findings, _kho_file_remarks)
    quy_trinh = _fitting(sources.quy_trinh, findings, _procedure_remarks)
    quyet_dinh = _fitting(sources.quyet_dinh, findings, _decision_remarks)
    fit = set(map(id, quy_trinh))
    unfit = [source for source in sources.quy_trinh if id(source) not in fit]
    placed = check_integrity(quy_trinh, quyet_dinh, unfit)
    findings.extend(located(source, remark) for source, remark in placed)
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return Checked(sources, tuple(ordered), tuple(quy_trinh), tuple(quyet_dinh))


def located(source: Source, remark: Remark) -> Finding:
    """Give a remark its span: that of its value or key, or of the nearest ancestor that exists."""
    offsets, exact = nearest(source.spans, remark.at)
    span = _span(source, offsets, on_key=remark.on_key and exact) if offsets else START_OF_FILE
    return Finding(source.path, span, remark.rule, remark.severity, remark.message, remark.hint)


def _span(source: Source, offsets: Offsets, *, on_key: bool) -> Span:
    blank = offsets.start == offsets.end
    if (on_key or blank) and offsets.key_end > offsets.key_start:
        return source.lines.span(offsets.key_start, offsets.key_end)
    if offsets.is_block:
        # The end of a mapping or list may lie pages below: its first line is the place to show.
        first = source.text[offsets.start :].split("\n", 1)[0].rstrip()
        return source.lines.span(offsets.start, offsets.start + len(first))
    return source.lines.span(offsets.start, offsets.end)


def _fitting(sources: Sequence[Source], findings: list[Finding], remarks_of: RemarksOf) -> list[Source]:
    fitting = []
    for source in sources:
        if source.broken:
            continue
        found = remarks_of(source)
        if found:
            findings.extend(located(source, remark) for remark in found)
        else:
            fitting.append(source)
    return fitting


def _kho_file_remarks(source: Source) -> list[Remark]:
    return remarks(SchemaName.KHO, source.data)


def _decision_remarks(source: Source) -> list[Remark]:
    if source.data.get("loai") in _SCHEMA_OF:
        return [_misplaced(source, "quy-trinh/")]
    return remarks(SchemaName.QD, source.data)


def _procedure_remarks(source: Source) -> list[Remark]:
    loai = source.data.get("loai")
    if isinstance(loai, str) and loai in _SCHEMA_OF:
        return remarks(_SCHEMA_OF[loai], source.data)
    if loai == "QD":
        return [_misplaced(source, "quyet-dinh/")]
    hint = "Viết loai: CV (một cơ quan) hoặc loai: LT (liên thông)."
    if "loai" not in source.data:
        return [Remark((), "missing-key", "Thiếu khóa “Loại tệp” (loai).", hint)]
    message = f"“Loại tệp” (loai) là “{shown(loai)}”; tệp trong quy-trinh/ chỉ nhận: CV, LT."
    return [Remark(("loai",), "bad-choice", message, hint)]


def _misplaced(source: Source, folder: str) -> Remark:
    message = f"Tệp có loai: {source.data['loai']} phải nằm trong thư mục {folder} của kho."
    return Remark(("loai",), "misplaced-file", message, f"Chuyển tệp sang {folder}")
