"""From the model to the parts that are compared: each value as a document prints it.

Line ends, blank lines and spaces around a line, the dash before an item of a list and one form of
Unicode for another are no differences, as they are none on paper.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache
from typing import Any, Final

from qtnb.diff.parts import Part, Value, item
from qtnb.model import BiThayThe, BuocCV, BuocLT, CauHinh, ChangCoQuan, QuyetDinh, QuyTrinhCV, QuyTrinhLT, TaiLieu
from qtnb.words.writing import one_line, paragraphs

CAC_BUOC: Final = "cac_buoc"
CO_QUAN: Final = "co_quan"
QUAY_LAI: Final = "quay_lai"
SONG_SONG: Final = "song_song"
QUY_TRINH: Final = "quy_trinh"
YES: Final = "có"
NO: Final = "không"

ALL_PROCEDURES: Final = "tat_ca"

_NOTHING: Final = "Không có"
"""What an empty list prints (Phụ lục I)."""
_NAME_KEYS: Final = frozenset({"ten", "linh_vuc", "trich_yeu", "giai_doan"})
"""Values that print on one line."""


def procedure_part(quy_trinh: QuyTrinhCV | QuyTrinhLT) -> Part:
    """A procedure, its values in the order of its form."""
    fields: list[tuple[str, Value]] = [
        ("ten", _name(quy_trinh.ten)),
        ("ky_hieu", quy_trinh.ky_hieu),
        ("linh_vuc", _name(quy_trinh.linh_vuc)),
        ("muc_dich", _text(quy_trinh.muc_dich)),
        ("pham_vi", _text(quy_trinh.pham_vi)),
    ]
    if isinstance(quy_trinh, QuyTrinhCV):
        fields += [
            ("can_cu_phap_ly", _items(quy_trinh.can_cu_phap_ly)),
            ("tai_lieu", _papers(quy_trinh.tai_lieu)),
            ("so_luong", _text(quy_trinh.so_luong)),
            ("thoi_gian", _text(quy_trinh.thoi_gian)),
            (CAC_BUOC, tuple(map(_step_cv, quy_trinh.cac_buoc))),
            ("bieu_mau", _items(quy_trinh.bieu_mau)),
        ]
    else:
        fields += [
            ("thoi_gian", _text(quy_trinh.thoi_gian)),
            (CO_QUAN, tuple(map(_agency, quy_trinh.co_quan))),
        ]
    fields += [
        ("ghi_chu", _text(quy_trinh.ghi_chu)),
        ("thu_tu", "" if quy_trinh.thu_tu is None else str(quy_trinh.thu_tu)),
        ("chua_co_noi_dung", _flag(quy_trinh.chua_co_noi_dung)),
    ]
    return Part(tuple(fields))


def decision_part(quyet_dinh: QuyetDinh, keys: Mapping[str, str]) -> Part:
    """A decision; ``keys`` gives the key of each procedure by its symbol, as a decision may use either."""
    names = quyet_dinh.quy_trinh
    listed = () if names is None else tuple(item(keys.get(name, name)) for name in names)
    named: tuple[tuple[str, Value], ...] = (
        ("trich_yeu", _name(quyet_dinh.trich_yeu)),
        (ALL_PROCEDURES, _flag(names is None)),
        (QUY_TRINH, listed),
    )
    replaced = tuple(
        BiThayThe(keys.get(ended.quy_trinh, ended.quy_trinh), keys.get(ended.boi, ended.boi))
        for ended in quyet_dinh.bi_thay_the
    )
    by_key = dataclasses.replace(quyet_dinh, bi_thay_the=replaced)
    left_out = frozenset({"khoa", "tep", "ly_do", "trich_yeu", QUY_TRINH})
    return Part((*named, *_values_of(by_key, type(by_key), left_out)))


def settings_part(cau_hinh: CauHinh) -> Part:
    """The agency and the settings of a kho."""
    return Part(tuple(_values_of(cau_hinh, CauHinh, frozenset())))


def _step_cv(step: BuocCV) -> Part:
    helpers = tuple(item(line) for unit in step.phoi_hop for line in _text(unit).split("\n") if line)
    return Part(
        (
            ("trinh_tu", _text(step.trinh_tu)),
            ("chu_tri", _text(step.chu_tri)),
            ("phoi_hop", helpers),
            *_common_of_step(step),
        )
    )


def _step_lt(step: BuocLT) -> Part:
    return Part(
        (("noi_dung", _text(step.noi_dung)), ("thuc_hien", _text(step.thuc_hien)), *_common_of_step(step)),
    )


def _common_of_step(step: BuocCV | BuocLT) -> tuple[tuple[str, str], ...]:
    back = step.quay_lai
    return (
        ("thoi_gian", _text(step.thoi_gian)),
        ("ket_qua", _text(step.ket_qua)),
        ("giai_doan", _name(step.giai_doan)),
        (SONG_SONG, _flag(step.song_song)),
        (QUAY_LAI, f"B{back.buoc}" if back else ""),
        ("quay_lai.khi", _name(back.khi) if back else ""),
        ("khong_tinh_thoi_gian", _flag(step.khong_tinh_thoi_gian)),
    )


def _agency(part: ChangCoQuan) -> Part:
    return Part(
        (
            ("ten", _name(part.ten)),
            ("pham_vi", _text(part.pham_vi)),
            ("tai_lieu", _papers(part.tai_lieu)),
            ("so_luong", _text(part.so_luong)),
            ("thoi_gian", _text(part.thoi_gian)),
            (CAC_BUOC, tuple(map(_step_lt, part.cac_buoc))),
            ("ket_qua", _text(part.ket_qua)),
            ("luan_chuyen", _text(part.luan_chuyen)),
        )
    )


def _papers(papers: Sequence[TaiLieu]) -> tuple[Part, ...]:
    rows = tuple(
        Part((("ten", _item(it.ten)), ("ban_chinh", _flag(it.ban_chinh)), ("ban_sao", _flag(it.ban_sao))))
        for it in papers
    )
    return () if rows == (Part((("ten", _NOTHING), ("ban_chinh", NO), ("ban_sao", NO))),) else rows


def _items(texts: Sequence[str]) -> tuple[Part, ...]:
    rows = tuple(item(_item(text)) for text in texts)
    return () if rows == (item(_NOTHING),) else rows


def _values_of(value: Any, kind: type, left_out: AbstractSet[str], prefix: str = "") -> Iterator[tuple[str, Value]]:  # noqa: ANN401 - any part of the model
    """The values of a part of the model, those of a part inside it under ``part.key``; None gives empty ones."""
    for field in _fields_of(kind):
        if field.name in left_out:
            continue
        inner = None if value is None else getattr(value, field.name)
        if field.part is not None:
            yield from _values_of(inner, field.part, frozenset(), f"{prefix}{field.name}.")
        elif field.is_list:
            yield f"{prefix}{field.name}", tuple(_row(field.name, row) for row in inner or ())
        else:
            yield f"{prefix}{field.name}", _scalar(field.name, inner)


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    """One field of a part of the model."""

    name: str
    part: type | None
    """The part that it holds, or may hold; None for a text, a number, a list."""
    is_list: bool


@cache
def _fields_of(kind: type) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(_field(field.name, hints[field.name]) for field in dataclasses.fields(kind))


def _field(name: str, hint: Any) -> _Field:  # noqa: ANN401 - any type
    kinds = typing.get_args(hint) if typing.get_origin(hint) in {typing.Union, types.UnionType} else (hint,)
    part = next((kind for kind in kinds if dataclasses.is_dataclass(kind) and isinstance(kind, type)), None)
    return _Field(name, part, any(typing.get_origin(kind) is tuple for kind in kinds))


def _row(name: str, value: Any) -> Part:  # noqa: ANN401 - any value of the model
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return Part(tuple(_values_of(value, type(value), frozenset())))
    return item(_scalar(name, value))


def _scalar(name: str, value: Any) -> str:  # noqa: ANN401 - as above
    match value:
        case None:
            return ""
        case bool():
            return _flag(value)
        case Enum():
            return str(value.value)
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case float():
            return f"{value:g}".replace(".", ",")
        case _:
            return _name(str(value)) if name in _NAME_KEYS else _text(str(value))


def _text(text: str) -> str:
    return "\n".join(line.strip(" ") for line in paragraphs(_composed(text)))


def _name(text: str) -> str:
    return one_line(_composed(text))


def _item(text: str) -> str:
    # The row of an item has its dash in the first cell already (words/forms.py).
    return _text(text).removeprefix("- ")


def _flag(value: bool) -> str:
    return YES if value else NO


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
