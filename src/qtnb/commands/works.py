"""Common and particular work in a roll-up: what ``nhom.yaml`` decides, the tables, the proposal, an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtnb.aggregate.figures import Sums
from qtnb.errors import QtnbError
from qtnb.finding import Finding, Severity
from qtnb.reading import read_file, shown_path
from qtnb.source import FileName, Source
from qtnb.tabular.table import Table
from qtnb.text import shown

if TYPE_CHECKING:
    from qtnb.aggregate.facts import CountedKho
    from qtnb.grouping.overrides import Overrides
    from qtnb.grouping.records import Record
    from qtnb.grouping.result import Grouping

COMMON: Final = "viec_chung"
"""Key of the common catalogue."""
MEMBERS: Final = "thanh_vien"
"""Key of the table of the members of common works."""
PARTICULAR: Final = "viec_rieng"
"""Key of the work that only one agency has."""
TABLES: Final = (COMMON, "viec_chung_chenh_lech", MEMBERS, PARTICULAR, "chua_xep")
"""Keys of the tables, which nobody needs to ask for twice: to name one is to ask for grouping."""
_SHOWN: Final = 4
"""Procedures that a message names."""


@dataclass(frozen=True, slots=True)
class Works:
    """The procedures of a roll-up, grouped."""

    records: tuple[Record, ...]
    grouping: Grouping
    overrides: Overrides
    """What was decided before."""
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    """About ``nhom.yaml``."""

    @property
    def sums(self) -> Sums:
        """The figures of the whole."""
        grouping = self.grouping
        return {
            "viec_chung": len(grouping.chung),
            "qt_viec_chung": sum(len(group.thanh_vien) for group in grouping.chung),
            "qt_viec_rieng": len(grouping.rieng),
            "qt_chua_xep": len(grouping.chua_xep),
        }


def works_of(kho: Sequence[CountedKho], nhom: Path | None, cwd: Path) -> Works:
    """Group the procedures of ``kho`` under what the file ``nhom`` decides; None: nothing is decided."""
    from qtnb.aggregate.works import records_of
    from qtnb.grouping.grouping import group_procedures
    from qtnb.grouping.overrides import Overrides, findings_in, read_overrides
    from qtnb.grouping.tables import tables_of

    source = _source(nhom, cwd) if nhom else None
    overrides, findings = read_overrides(source) if source else (Overrides(), ())
    records = tuple(records_of(kho))
    grouping = group_procedures(records, overrides)
    told = findings_in(source, grouping.remarks) if source else ()
    return Works(records, grouping, overrides, tables_of(grouping), (*findings, *told))


def nhom_file(paths: Sequence[Path]) -> Path | None:
    """The ``nhom.yaml`` of the folders that a command names; None when there is none.

    Raises QtnbError when there are several, so that none is passed over.
    """
    from qtnb.grouping.overrides import NHOM_FILE

    found = list(dict.fromkeys(path / NHOM_FILE for path in paths if (path / NHOM_FILE).is_file()))
    if len(found) > 1:
        message = f"Có nhiều tệp {NHOM_FILE}: {', '.join(map(str, found))}."
        raise QtnbError(message, hint="Chọn một tệp bằng --nhom.", exit_code=2)
    return found[0] if found else None


def write_proposal(path: Path, works: Works) -> None:
    """Write what was found as a ``nhom.yaml`` to review, whole or not at all, with all that was decided before.

    Raises QtnbError when there is such a file already, when ``nhom.yaml`` has errors, so that its decisions would be
    missing, or when the file cannot be written.
    """
    from qtnb.files import write_whole
    from qtnb.grouping.proposal import proposal_text

    refuse_to_overwrite(path)
    if any(finding.severity is Severity.ERROR for finding in works.findings):
        hint = "Sửa các lỗi của tệp đó trước; xem lỗi bằng cùng lệnh này, bỏ --de-xuat-nhom."
        raise QtnbError("Tệp các nhóm đã rà soát có lỗi, nên chưa ghi đề xuất.", hint=hint)
    write_whole(path, proposal_text(works.grouping, works.overrides).encode("utf-8", "replace"))


def refuse_to_overwrite(path: Path) -> None:
    """Raise QtnbError when there is something at ``path``: what a person has reviewed is never replaced."""
    if path.exists() or path.is_symlink():
        hint = "Ghi ra tệp khác, so với tệp cũ rồi đổi tên; các quyết định đã có ở --nhom được giữ trong đề xuất."
        raise QtnbError(f"Đã có “{shown(path)}”; đề xuất không ghi đè lên tệp đã rà soát.", hint=hint, exit_code=2)


def explanation(works: Works, one: str, other: str) -> str:
    """Why two procedures are, or are not, one work. Raises QtnbError where a text means none, or different ones."""
    from qtnb.grouping.explaining import explain_pair

    mine, its = _meant(works, one), _meant(works, other)
    second = next((record for record in its if record != mine[0]), None)
    if second is None:
        message = f"“{shown(one)}” và “{shown(other)}” chỉ cùng một quy trình."
        raise QtnbError(message, hint="Nêu hai quy trình khác nhau.", exit_code=2)
    return explain_pair(works.grouping, mine[0], second)


def _meant(works: Works, text: str) -> list[Record]:
    """The procedures that a text means, which all have one name."""
    from qtnb.grouping.referring import records_meant
    from qtnb.grouping.vocabulary import syllables_of

    found = records_meant(text, works.records)
    if not found:
        hint = "Viết tên quy trình, khóa, hoặc CƠ QUAN/KHÓA; xem bảng thanh_vien và viec_rieng."
        raise QtnbError(f"Không có quy trình nào là “{shown(text)}”.", hint=hint, exit_code=2)
    if len({syllables_of(record.ten) for record in found}) > 1:
        listed = "; ".join(f"{shown(record.co_quan.ten)}/{record.khoa}" for record in found[:_SHOWN])
        more = "; …" if len(found) > _SHOWN else ""
        message = f"Khóa “{shown(text)}” là của {len(found)} quy trình có tên khác nhau."
        raise QtnbError(message, hint=f"Viết rõ cơ quan: {listed}{more}", exit_code=2)
    return found


def _source(path: Path, cwd: Path) -> Source:
    return read_file(FileName(path, shown_path(cwd / path, cwd), path.name))
