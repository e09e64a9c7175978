"""What a register shows to be wrong by itself: its form, blocks that were edited by hand or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qtnb.finding import Remark
from qtnb.schema import SchemaName, remarks
from qtnb.so_dang_ky.beside import Placed, RegisterCheck
from qtnb.so_dang_ky.contradictions import RESTORE, contradictions
from qtnb.so_dang_ky.model import VERSION, SoDangKy
from qtnb.so_dang_ky.reading import register_from
from qtnb.so_dang_ky.writing import check_of_decision, check_of_procedure
from qtnb.source import Source


def shape_remarks(source: Source) -> list[Remark]:
    """What is wrong with a register that reads as YAML; one with any of it is of no use."""
    told = form_remarks(source)
    if told:
        return told
    register = register_from(source.data)
    found = list(contradictions(register))
    return found and (list(edited_by_hand(source, register)) or found)


def form_remarks(source: Source) -> list[Remark]:
    """What is wrong with the form of a register; one without any of it can be built from the data."""
    version = source.data.get("phien_ban")
    if isinstance(version, int) and version > VERSION:
        message = f"Sổ đăng ký có phien_ban: {version}, do một phiên bản qtnb mới hơn ghi."
        return [Remark(("phien_ban",), "register-version", message, "Cập nhật qtnb rồi chạy lại.")]
    if "het" not in source.data:
        message = "Sổ đăng ký bị cắt cụt: thiếu dòng cuối “het: true”."
        return [Remark((), "register-truncated", message, RESTORE)]
    return remarks(SchemaName.SO_DANG_KY, source.data)


def edited_by_hand(source: Source, register: SoDangKy) -> Iterator[Remark]:
    """The blocks of the register in ``source`` whose check does not fit what they say."""
    for khoa, item in register.quy_trinh.items():
        if source.data["quy_trinh"][khoa]["kiem"] != check_of_procedure(item):
            yield _edited(("quy_trinh", khoa), f"quy trình “{khoa}” ({item.ky_hieu})")
    for khoa, signed in register.quyet_dinh.items():
        if source.data["quyet_dinh"][khoa]["kiem"] != check_of_decision(signed):
            yield _edited(("quyet_dinh", khoa), f"quyết định “{khoa}”")


def lost(kho: RegisterCheck) -> Iterator[Placed]:
    """The decisions of which blocks are missing."""
    named = Counter(
        khoa for item in kho.register.quy_trinh.values() for khoa in {lan.quyet_dinh for lan in item.lich_su}
    )
    for khoa, signed in kho.register.quyet_dinh.items():
        if named[khoa] != signed.tong_quy_trinh:
            message = (
                f"Sổ đăng ký có {named[khoa]} quy trình theo {signed.ten}, nhưng quyết định này về "
                f"{signed.tong_quy_trinh} quy trình: có mục đã bị xóa khỏi sổ."
            )
            yield kho.source, Remark(("quyet_dinh", khoa), "register-lost", message, RESTORE, on_key=True)


def _edited(at: tuple[str, str], what: str) -> Remark:
    message = f"Mục {what} trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp."
    return Remark(at, "register-edited", message, RESTORE, on_key=True)
