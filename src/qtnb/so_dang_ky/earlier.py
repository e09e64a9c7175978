"""The decisions of the register as the words of later decisions speak of them: as they were on their day."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path

from qtnb.model import HinhThuc, Phan
from qtnb.so_dang_ky.in_force import Snapshots
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.signed import QuyetDinhDaBiet, citation_of


def entered_decisions(register: SoDangKy, snapshots: Snapshots, goc: Path) -> tuple[QuyetDinhDaBiet, ...]:
    """The decisions of the register of the kho at ``goc``; their kept contents are read when they are cited."""
    approved: dict[str, dict[str, tuple[Phan, ...]]] = defaultdict(dict)
    ended: dict[str, list[str]] = defaultdict(list)
    for item in register.quy_trinh.values():
        for lan in item.lich_su:
            if lan.dau:
                approved[lan.quyet_dinh][item.khoa] = tuple(lan.dau)
            else:
                ended[lan.quyet_dinh].append(item.khoa)
    abolished: dict[str, list[str]] = defaultdict(list)
    for signed in register.quyet_dinh.values():
        abolished[signed.bai_bo_boi].append(signed.khoa)
    return tuple(
        QuyetDinhDaBiet(
            signed.khoa,
            int(signed.so),
            signed.ngay,
            HinhThuc(signed.hinh_thuc),
            approved.get(signed.khoa, {}),
            ended.get(signed.khoa, ()),
            abolished.get(signed.khoa, ()),
            partial(_citation, snapshots, signed.khoa, goc),
        )
        for signed in register.quyet_dinh.values()
    )


def _citation(snapshots: Snapshots, khoa: str, goc: Path) -> QuyetDinhTruoc:
    then = snapshots(khoa)
    return citation_of(then.kho(goc), then.quyet_dinh)
