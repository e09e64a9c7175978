"""The text of a register: a block for each procedure and decision, in the order of their keys."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Final

from qtnb.so_dang_ky.model import VERSION, LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai

_HEAD: Final = f"""\
# Sổ đăng ký quy trình, do qtnb ghi (lệnh qtnb number và qtnb approve). Không sửa tay: dòng “kiem” sẽ không khớp.
loai: SDK
phien_ban: {VERSION}
"""
_LAST: Final = "het: true"
"""A register that lost its end lacks this line."""
_PLAIN: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some reader of YAML takes for something else than text."""
_CHECK_DIGITS: Final = 16


def register_text(register: SoDangKy) -> str:
    """The register as YAML. Equal registers give equal texts, so that a merge request shows only what changed."""
    decisions = [line for key in sorted(register.quyet_dinh) for line in _decision(register.quyet_dinh[key])]
    procedures = [line for key in sorted(register.quy_trinh) for line in _procedure(register.quy_trinh[key])]
    parts = [
        *(["quyet_dinh:", *decisions] if decisions else ["quyet_dinh: {}"]),
        *(["quy_trinh:", *procedures] if procedures else ["quy_trinh: {}"]),
    ]
    return _HEAD + "".join(f"{line}\n" for line in (*parts, _LAST))


def check_of_procedure(item: MucDangKy) -> str:
    """The check of a block: it no longer fits when somebody edits the block by hand."""
    return _check((item.khoa, *_procedure_lines(item)))


def check_of_decision(item: QuyetDinhDaKy) -> str:
    """The same for the block of a decision."""
    return _check((item.khoa, *_decision_lines(item)))


def _check(lines: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_CHECK_DIGITS]


def _procedure(item: MucDangKy) -> Iterator[str]:
    check = check_of_procedure(item)
    if item.trang_thai is TrangThai.DU_THAO:
        # One line, so that git joins the drafts of two branches without taking their blocks apart.
        yield f"  {_word(item.khoa)}: {{ky_hieu: {item.ky_hieu}, trang_thai: {item.trang_thai}, kiem: {_text(check)}}}"
        return
    yield f"  {_word(item.khoa)}:"
    yield from (f"    {line}" for line in (*_procedure_lines(item), f"kiem: {_text(check)}"))


def _procedure_lines(item: MucDangKy) -> Iterator[str]:
    yield f"ky_hieu: {item.ky_hieu}"
    yield f"trang_thai: {item.trang_thai}"
    if item.thay_the_boi:
        yield f"thay_the_boi: [{', '.join(map(_text, item.thay_the_boi))}]"
    if item.hieu_luc:
        yield f'hieu_luc: "{item.hieu_luc.isoformat()}"'
    if item.het_hieu_luc:
        yield f'het_hieu_luc: "{item.het_hieu_luc.isoformat()}"'
    if item.lich_su:
        yield "lich_su:"
        for lan in item.lich_su:
            yield from _event(lan)


def _event(lan: LanQuyetDinh) -> Iterator[str]:
    yield f"  - quyet_dinh: {_word(lan.quyet_dinh)}"
    yield f"    so_ky_hieu: {_text(lan.so_ky_hieu)}"
    yield f'    ngay: "{lan.ngay.isoformat()}"'
    yield f"    hinh_thuc: {lan.hinh_thuc}"
    yield from (f"    dau_{phan}: {_text(lan.dau[phan])}" for phan in sorted(lan.dau))


def _decision(item: QuyetDinhDaKy) -> Iterator[str]:
    yield f"  {_word(item.khoa)}:"
    yield from (f"    {line}" for line in (*_decision_lines(item), f"kiem: {_text(check_of_decision(item))}"))


def _decision_lines(item: QuyetDinhDaKy) -> Iterator[str]:
    yield f"so: {_text(item.so)}"
    yield f"ky_hieu: {_text(item.ky_hieu)}"
    if item.co_quan:
        yield f"co_quan: {_text(item.co_quan)}"
    yield f'ngay: "{item.ngay.isoformat()}"'
    yield f'hieu_luc: "{item.hieu_luc.isoformat()}"'
    yield f"hinh_thuc: {item.hinh_thuc}"
    yield f"phe_duyet: {item.phe_duyet}"
    yield f"dau: {_text(item.dau)}"
    yield f"ban_luu: {_text(item.ban_luu)}"
    yield f"tong_quy_trinh: {item.tong_quy_trinh}"
    if item.bai_bo_boi:
        yield f"bai_bo_boi: {_text(item.bai_bo_boi)}"


def _word(text: str) -> str:
    """A key as YAML: plain where no reader could take it for anything else."""
    return text if _PLAIN.fullmatch(text) and text not in _WORDS else _text(text)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
