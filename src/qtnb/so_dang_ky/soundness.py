"""Whether a kept content is such as qtnb writes: it may come from a stranger's branch, its seal with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from qtnb.discovery import QUY_TRINH, QUYET_DINH
from qtnb.filecheck import Role, inner_remarks
from qtnb.finding import Severity
from qtnb.schema import SchemaName, fits
from qtnb.so_dang_ky.model import QuyetDinhDaKy
from qtnb.source import khoa_of

if TYPE_CHECKING:
    from qtnb.so_dang_ky.snapshot import BanPheDuyet

_SCHEMA_OF: Final = {"CV": SchemaName.CV, "LT": SchemaName.LT}
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no file of a kho may hold (:mod:`qtnb.source`), so that nothing approved does; Word takes none of it."""
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_LINE_ESCAPES: Final = frozenset('"\\/nrt')
"""What may follow a backslash in JSON besides the number of a character; the others are control characters."""


def texts_are_printable(text: str) -> bool:
    """Whether the text of a kept file holds no character, plain or escaped, that no document can show."""
    # In JSON, control characters and halves of characters are mostly escaped; qtnb escapes no others.
    return _UNPRINTABLE.search(text) is None and not _has_bad_escape(text)


def is_sound(snapshot: BanPheDuyet, signed: QuyetDinhDaKy) -> bool:
    """Whether every part is what the register says, fits its schema and holds together."""
    return (
        fits(SchemaName.KHO, snapshot.kho_data)
        and fits(SchemaName.QD, snapshot.quyet_dinh_data)
        and _is_signed_so(snapshot, signed)
        and _has_no_errors(snapshot.quyet_dinh_data, Role.QUYET_DINH)
        and all(_is_procedure(tep, data) for tep, data in snapshot.quy_trinh)
        and _holds_what_it_names(snapshot)
    )


def _has_bad_escape(text: str) -> bool:
    return any(
        _UNPRINTABLE.match(chr(int(found[1], 16))) if found[1] else found[2] not in _LINE_ESCAPES
        for found in _ESCAPE.finditer(text)
    )


def _is_signed_so(snapshot: BanPheDuyet, signed: QuyetDinhDaKy) -> bool:
    """Whether file and data of the decision are those of the register."""
    data = snapshot.quyet_dinh_data
    said = (str(data.get("so") or "").lstrip("0"), data.get("ngay"), data["phe_duyet"], data.get("hinh_thuc"))
    return (
        snapshot.khoa == signed.khoa
        and _is_file(snapshot.quyet_dinh_tep, QUYET_DINH)
        and khoa_of(snapshot.quyet_dinh_tep) == signed.khoa
        and said[:3] == (signed.so.lstrip("0"), signed.ngay.isoformat(), signed.phe_duyet)
        and (said[3] or "ban_hanh") == signed.hinh_thuc
        and signed.co_quan in {"", str((data.get("co_quan_ban_hanh") or {}).get("ten") or "")}
    )


def _is_procedure(tep: object, data: object) -> bool:
    schema = _SCHEMA_OF.get(str(data.get("loai"))) if isinstance(data, Mapping) else None
    return (
        schema is not None
        and _is_file(tep, QUY_TRINH)
        and isinstance(data, Mapping)
        and fits(schema, data)
        and _has_no_errors(data, Role.QUY_TRINH)
    )


def _is_file(tep: object, folder: str) -> bool:
    return (
        isinstance(tep, str)
        and tep.isprintable()
        and tep.startswith(f"{folder}/")
        and ".." not in tep.split("/")
        and "\\" not in tep
        and bool(khoa_of(tep))
    )


def _has_no_errors(data: Mapping[str, Any], role: Role) -> bool:
    return not any(remark.severity is Severity.ERROR for remark in inner_remarks(data, role))


def _holds_what_it_names(snapshot: BanPheDuyet) -> bool:
    """Whether each procedure is there once, and all that the decision approves are, of its kind."""
    data = snapshot.quyet_dinh_data
    keys = [khoa_of(tep) for tep, _ in snapshot.quy_trinh]
    loai = "LT" if data.get("pham_vi_lien_thong") else "CV"
    named = data["quy_trinh"] if isinstance(data["quy_trinh"], list) else []
    return (
        len(set(keys)) == len(keys)
        and all(item["loai"] == loai for _, item in snapshot.quy_trinh)
        and set(named) <= {*keys, *(item.get("ky_hieu") for _, item in snapshot.quy_trinh)}
    )
