"""What a register and its kho say of symbols: given twice, never given, not entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.so_dang_ky.beside import HienCo, Placed, RegisterCheck
from qtnb.so_dang_ky.model import MucDangKy

_MOST_GAPS: Final = 10
"""Stretches of missing numbers that a message names."""


def check_symbols(kho: RegisterCheck) -> Iterator[Placed]:
    """Check the numbers of a register and of the procedures that it does not know."""
    unknown = [item for item in kho.hien_co.values() if item.khoa not in kho.register.quy_trinh and item.ky_hieu]
    yield from _given_twice(kho)
    yield from _never_given(kho, unknown)
    lost = {item.ky_hieu for item in kho.register.quy_trinh.values() if _has_lost_its_file(kho, item)}
    for found in unknown:
        if found.ky_hieu not in lost:  # of a file that got another name more is said where its block stands
            message = f"Ký hiệu {found.ky_hieu} chưa có trong sổ đăng ký."
            remark = Remark(("ky_hieu",), "not-registered", message, "Chạy qtnb number để ghi sổ.", Severity.WARNING)
            yield found.source, remark


def symbol_changed(item: MucDangKy, found: HienCo) -> Iterator[Placed]:
    """What is wrong with the symbol of a procedure that the register knows: it never changes."""
    if found.ky_hieu == item.ky_hieu or not (found.ky_hieu or item.lich_su):
        return
    given = f"ký hiệu {item.ky_hieu} đã cấp cho quy trình này trong sổ đăng ký"
    message = f"Ký hiệu {found.ky_hieu} khác {given}." if found.ky_hieu else f"Tệp không còn {given}."
    hint = f"Ghi lại {item.ky_hieu}: số đã cấp cho quy trình thì không đổi."
    yield found.source, Remark(("ky_hieu",), "symbol-changed", message, hint)


def renamed_to(kho: RegisterCheck, item: MucDangKy) -> HienCo | None:
    """The file that carries the symbol of a block without a file and is in no block itself; None when there is none."""
    return next(
        (
            found
            for found in kho.hien_co.values()
            if found.ky_hieu == item.ky_hieu and found.khoa not in kho.register.quy_trinh
        ),
        None,
    )


def _has_lost_its_file(kho: RegisterCheck, item: MucDangKy) -> bool:
    return item.trang_thai.con_hieu_luc and item.khoa not in kho.hien_co


def _given_twice(kho: RegisterCheck) -> Iterator[Placed]:
    holders: dict[str, list[str]] = defaultdict(list)
    for item in kho.register.quy_trinh.values():
        holders[item.ky_hieu].append(item.khoa)
    for symbol, keys in holders.items():
        # Two files with one symbol are told at the files; a block without a file is known only here.
        if len([khoa for khoa in keys if khoa in kho.hien_co]) < len(keys) > 1 and not _settled(kho, keys):
            message = f"Ký hiệu {symbol} đã cấp cho {len(keys)} quy trình: {', '.join(sorted(keys))}."
            hint = "Chạy qtnb number --resolve để cấp số khác cho dự thảo."
            yield kho.source, Remark(("quy_trinh", keys[-1]), "register-number-twice", message, hint, on_key=True)


def _settled(kho: RegisterCheck, keys: Iterable[str]) -> bool:
    """Whether all were approved under one number, on two branches, and one at most is still in force."""
    blocks = [kho.register.quy_trinh[khoa] for khoa in keys]
    return all(item.lich_su for item in blocks) and sum(item.trang_thai.con_hieu_luc for item in blocks) <= 1


def _never_given(kho: RegisterCheck, unknown: Iterable[HienCo]) -> Iterator[Placed]:
    given = kho.register.ky_hieu_da_cap | {item.ky_hieu for item in unknown}
    for loai in ("CV", "LT"):
        gaps = _gaps(loai, {int(symbol[3:]) for symbol in given if symbol.startswith(f"{loai}-")})
        if gaps:
            missing = ", ".join(gaps[:_MOST_GAPS]) + (", …" if len(gaps) > _MOST_GAPS else "")
            message = f"Ký hiệu {loai} không liên tục: chưa từng cấp {missing}."
            hint = "Nếu số đã cấp trước khi có sổ đăng ký thì bỏ qua; nếu không, kiểm tra ký hiệu được viết tay."
            remark = Remark(("quy_trinh",), "register-gap", message, hint, Severity.WARNING, on_key=True)
            yield kho.source, remark


def _gaps(loai: str, numbers: Iterable[int]) -> list[str]:
    """The stretches of numbers that are missing: ``CV-03``, ``CV-05 đến CV-99``."""
    stretches = ((before + 1, after - 1) for before, after in pairwise((0, *sorted(numbers))))
    return [
        f"{loai}-{first:02d}"
        if first == last
        else f"{loai}-{first:02d}{', ' if last == first + 1 else ' đến '}{loai}-{last:02d}"
        for first, last in stretches
        if first <= last
    ]
