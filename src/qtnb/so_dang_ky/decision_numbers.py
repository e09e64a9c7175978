"""Two decisions with one số: what a merge of two branches can bring into a register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark
from qtnb.so_dang_ky.model import QuyetDinhDaKy, SoCap, SoDangKy

_HINT: Final = (
    "Đối chiếu với bản đã ký; quyết định ghi nhầm số thì hủy lần ghi sổ ấy trong git (git revert) rồi ghi lại bằng "
    "qtnb approve."
)


def numbers_twice(register: SoDangKy) -> Iterator[Remark]:
    """Say of each decision that an earlier one of the same agency, symbol and year has its số.

    Places are in the register's data.
    """
    same: dict[SoCap, list[QuyetDinhDaKy]] = defaultdict(list)
    for signed in register.quyet_dinh.values():
        same[signed.so_cap].append(signed)
    for decisions in same.values():
        first, *others = sorted(decisions, key=lambda signed: (signed.ngay, signed.khoa))
        for signed in others:
            message = (
                f"Số {signed.so_ky_hieu} năm {signed.ngay.year} đã cấp cho hai quyết định: “{first.khoa}” "
                f"ngày {first.ngay:%d/%m/%Y} và “{signed.khoa}” ngày {signed.ngay:%d/%m/%Y}."
            )
            at = ("quyet_dinh", signed.khoa)
            yield Remark(at, "register-decision-number-twice", message, _HINT, on_key=True)
