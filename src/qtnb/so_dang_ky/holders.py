"""Who holds which number: the blocks of a register, and files that it does not know yet."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qtnb.finding import Remark
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy, TrangThai


def newcomers(register: SoDangKy, symbols: Mapping[str, str]) -> Iterator[tuple[str, MucDangKy]]:
    """The keys of files that the register does not know but whose symbol it gave, each with the block that holds it.

    ``symbols`` are those of all files of the kho, by key. Where the holder's file bears the symbol too, that is told
    at both files and left out here.
    """
    blocks = sorted(register.quy_trinh.values(), key=lambda item: (_is_draft(item), item.khoa))
    holders = {item.ky_hieu: item for item in reversed(blocks)}
    for khoa, symbol in symbols.items():
        holder = holders.get(symbol)
        if holder is not None and khoa not in register.quy_trinh and symbols.get(holder.khoa) != symbol:
            yield khoa, holder


def number_taken(tep: str, holder: MucDangKy, *, has_file: bool) -> Remark:
    """What is said of the file ``tep``, new to the register, which bears the number of ``holder``."""
    state = holder.trang_thai.nhan if has_file else f"{holder.trang_thai.nhan}, không còn tệp"
    message = f"Ký hiệu {holder.ky_hieu} đã cấp cho quy trình “{holder.khoa}” ({state})."
    other = "xóa dòng ky_hieu rồi chạy qtnb number để nhận số mới"
    if has_file or holder.het_hieu_luc is not None:
        return Remark(("ky_hieu",), "symbol-taken", message, f"Số đã cấp không cấp lại: {other}.")
    folder, slash, name = tep.rpartition("/")
    command = shlex.join(["git", "mv", tep, f"{folder}{slash}{holder.khoa}{name[name.rindex('.') :]}"])
    hint = f"Nếu đây là quy trình ấy thì trả lại tên tệp cũ: {command}; nếu là quy trình khác thì {other}."
    return Remark(("ky_hieu",), "symbol-taken", message, hint)


def settled(register: SoDangKy, symbols: Mapping[str, str], renamed: Mapping[str, str]) -> SoDangKy:
    """The register with every draft under the key of its file, and each number of a lost draft held once.

    ``renamed`` gives the new key of each draft whose file was renamed. A draft without a file whose number another
    block holds gives way: the number stays in the register with that one.
    """
    blocks = [replace(item, khoa=renamed.get(item.khoa, item.khoa)) for item in register.quy_trinh.values()]
    blocks.sort(key=lambda item: (_is_draft(item), item.khoa not in symbols, item.khoa))
    kept: dict[str, MucDangKy] = {}
    held: set[str] = set()
    for item in blocks:
        if item.ky_hieu not in held or item.khoa in symbols or not _is_draft(item):
            kept[item.khoa] = item
            held.add(item.ky_hieu)
    return SoDangKy(register.quyet_dinh, kept)


def registered(register: SoDangKy, symbols: Mapping[str, str]) -> SoDangKy:
    """The register with a block for every symbol of ``symbols``; a draft's number is that of its file."""
    blocks = dict(register.quy_trinh)
    for khoa, symbol in symbols.items():
        if symbol and khoa not in blocks:
            blocks[khoa] = MucDangKy(khoa, symbol)
        elif symbol and _is_draft(blocks[khoa]):
            blocks[khoa] = replace(blocks[khoa], ky_hieu=symbol)
    return SoDangKy(register.quyet_dinh, blocks)


def _is_draft(item: MucDangKy) -> bool:
    return item.trang_thai is TrangThai.DU_THAO
