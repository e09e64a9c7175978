"""What can be checked in one file alone: reading, schema, references inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, assert_never

from qtnb.decision_checks import check_decision_alone
from qtnb.finding import DataPath, Finding, Remark
from qtnb.locate import located
from qtnb.schema import SchemaName, remarks
from qtnb.source import Source, Value
from qtnb.text import shown

_SCHEMA_OF: Final = {"CV": SchemaName.CV, "LT": SchemaName.LT}
_FOLDER_OF: Final = {"CV": "quy-trinh/", "LT": "quy-trinh/", "QD": "quyet-dinh/", "KH": "ke-hoach/", "TK": "thong-ke/"}


class Role(Enum):
    """What a file is by its place in the kho."""

    CAU_HINH = "qtnb.yaml"
    QUY_TRINH = "quy-trinh"
    QUYET_DINH = "quyet-dinh"
    KE_HOACH = "ke-hoach"
    THONG_KE = "thong-ke"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The verdict on one file."""

    findings: tuple[Finding, ...]
    fit: bool
    """Whether the file read well and fits its schema, so that its data may be used."""


def check_file(source: Source, role: Role) -> FileCheck:
    """Take one file through the stages; what fails one is not given to the next."""
    if source.broken:
        return FileCheck(source.findings, fit=False)
    misfits = _schema_remarks(source, role)
    inner = misfits or list(inner_remarks(source.data, role))
    findings = (*source.findings, *(located(source, remark) for remark in inner))
    return FileCheck(findings, fit=not misfits)


def _schema_remarks(source: Source, role: Role) -> list[Remark]:
    match role:
        case Role.CAU_HINH:
            return remarks(SchemaName.KHO, source.data)
        case Role.QUY_TRINH:
            return _procedure_remarks(source)
        case Role.QUYET_DINH:
            return _remarks_of_kind(source, "QD", SchemaName.QD)
        case Role.KE_HOACH:
            return _remarks_of_kind(source, "KH", SchemaName.KH)
        case Role.THONG_KE:
            return _remarks_of_kind(source, "TK", SchemaName.TK)
        case _:
            assert_never(role)


def _remarks_of_kind(source: Source, kind: str, name: SchemaName) -> list[Remark]:
    """What is wrong with a file in a folder that holds one kind of file."""
    loai = source.data.get("loai")
    if isinstance(loai, str) and loai != kind and loai in _FOLDER_OF:
        return [_misplaced(source, _FOLDER_OF[loai])]
    return remarks(name, source.data)


def _procedure_remarks(source: Source) -> list[Remark]:
    loai = source.data.get("loai")
    if isinstance(loai, str) and loai in _SCHEMA_OF:
        return remarks(_SCHEMA_OF[loai], source.data)
    if isinstance(loai, str) and loai in _FOLDER_OF:
        return [_misplaced(source, _FOLDER_OF[loai])]
    hint = "Viết loai: CV (một cơ quan) hoặc loai: LT (liên thông)."
    if "loai" not in source.data:
        return [Remark((), "missing-key", "Thiếu khóa “Loại tệp” (loai).", hint)]
    message = f"“Loại tệp” (loai) là “{shown(loai)}”; tệp trong quy-trinh/ chỉ nhận: CV, LT."
    return [Remark(("loai",), "bad-choice", message, hint)]


def _misplaced(source: Source, folder: str) -> Remark:
    message = f"Tệp có loai: {source.data['loai']} phải nằm trong thư mục {folder} của kho."
    return Remark(("loai",), "misplaced-file", message, f"Chuyển tệp sang thư mục {folder} của kho.")


def inner_remarks(data: Value, role: Role) -> Iterator[Remark]:
    """What does not hold inside one file, whose data fit the schema of its ``role``."""
    match role:
        case Role.QUY_TRINH:
            yield from _wrong_kind(data)
            yield from _returns(data)
        case Role.KE_HOACH:
            # Few kho have a plan or a form, and what checks them is not loaded for the others.
            from qtnb.plan_checks import check_plan

            yield from check_plan(data)
        case Role.THONG_KE:
            from qtnb.statistics_checks import check_statistics

            yield from check_statistics(data)
        case Role.QUYET_DINH:
            yield from check_decision_alone(data)
        case Role.CAU_HINH:
            pass
        case _:
            assert_never(role)


def _wrong_kind(data: Value) -> Iterator[Remark]:
    symbol, loai = data.get("ky_hieu"), data["loai"]
    if symbol and not symbol.startswith(f"{loai}-"):
        message = f"Ký hiệu {symbol} không hợp với loại {loai} của tệp."
        hint = f"Xóa ký hiệu rồi chạy qtnb number để được cấp ký hiệu {loai}-…, hoặc sửa khóa loai."
        yield Remark(("ky_hieu",), "symbol-kind", message, hint)


def _returns(data: Value) -> Iterator[Remark]:
    for path, steps in _step_lists(data):
        for number, step in enumerate(steps):
            back = step.get("quay_lai")
            if back and back["buoc"] > len(steps):
                message = f"Bước B{number + 1} quay lại B{back['buoc']}, nhưng chỉ có {len(steps)} bước."
                hint = f"Ghi số của một bước có thật, từ 1 đến {len(steps)}."
                yield Remark((*path, number, "quay_lai", "buoc"), "unknown-step", message, hint)


def _step_lists(data: Value) -> Iterator[tuple[DataPath, Sequence[Value]]]:
    if data["loai"] == "CV":
        yield ("cac_buoc",), data.get("cac_buoc") or ()
    for number, part in enumerate(data.get("co_quan") or ()):
        yield ("co_quan", number, "cac_buoc"), part["cac_buoc"]
