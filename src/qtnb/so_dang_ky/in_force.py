"""What is approved and in force, from the register and the kept contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from qtnb.collation import catalogue_key
from qtnb.errors import QtnbError
from qtnb.kho import Kho
from qtnb.model import Phan, QuyTrinhCV, QuyTrinhLT, quy_trinh_from
from qtnb.so_dang_ky.model import MucDangKy, QuyetDinhDaKy, SoDangKy
from qtnb.so_dang_ky.snapshot import BanPheDuyet, read_sealed, read_snapshot

Snapshots: TypeAlias = Callable[[str], BanPheDuyet]
"""Gives what the decision with a key approved; raises QtnbError when that cannot be read."""

Kept: TypeAlias = tuple[str, Mapping[str, Any]]
"""File and data of one procedure."""

CATALOGUE_KEYS: Final = ("loai", "ky_hieu", "ten", "linh_vuc", "ghi_chu", "thu_tu")
"""What the danh mục shows of a procedure, and where."""

_LINE_ONLY: Final = ("linh_vuc", "ghi_chu")
"""Of these, what no form shows."""


def decides(phan: Phan, key: str) -> bool:
    """Whether a decision on ``phan`` of a procedure decides on what its file has under ``key``."""
    return key in CATALOGUE_KEYS if phan is Phan.DANH_MUC else key not in _LINE_ONLY


class SnapshotStore:
    """The contents kept in one kho, each file read once."""

    def __init__(self, goc: Path, decisions: Mapping[str, QuyetDinhDaKy]) -> None:
        """Take the kho's folder and the decisions of its register."""
        self._goc = goc
        self._decisions = decisions
        self._read: dict[str, BanPheDuyet] = {}

    def __call__(self, khoa: str) -> BanPheDuyet:
        """What the decision ``khoa`` approved. Raises QtnbError when its file is missing or was changed."""
        if khoa not in self._read:
            if khoa not in self._decisions:
                message = f"Sổ đăng ký nhắc quyết định “{khoa}” nhưng không có mục về quyết định này."
                raise QtnbError(message, hint="Lấy lại so-dang-ky.yaml từ git.", exit_code=1)
            self._read[khoa] = read_snapshot(self._goc, self._decisions[khoa])
        return self._read[khoa]

    def prove(self, khoa: str) -> None:
        """Raise QtnbError when the file of the decision ``khoa`` is missing or was changed; cheaper than reading it."""
        read_sealed(self._goc, self._decisions[khoa])


def approved_data(item: MucDangKy, snapshots: Snapshots) -> Kept | None:
    """File and data of a procedure as last approved; None for one that never was.

    Its form is that of the latest decision on content, its line in the danh mục that of the latest
    decision that printed it; of one whose content no decision approved yet, only that line is given.
    """
    if not item.phe_duyet:
        return None
    tep, head = _kept(item.khoa, snapshots(item.phe_duyet[-1].quyet_dinh))
    content, line = item.dau_cua(Phan.NOI_DUNG), item.dau_cua(Phan.DANH_MUC)
    # Only the decision that prints the danh mục decides on what stands there and nowhere else.
    own = _kept(item.khoa, snapshots(line[0].quyet_dinh))[1] if line else head
    catalogue = {key: head[key] for key in CATALOGUE_KEYS if key in head and key not in _LINE_ONLY} | {
        key: own[key] for key in _LINE_ONLY if key in own
    }
    if content is None:
        return tep, catalogue | {"chua_co_noi_dung": True}
    _, form = _kept(item.khoa, snapshots(content[0].quyet_dinh))
    return tep, {key: value for key, value in form.items() if key not in CATALOGUE_KEYS} | catalogue


def approved_items(register: SoDangKy, snapshots: Snapshots) -> tuple[QuyTrinhCV | QuyTrinhLT, ...]:
    """Every procedure in force, as approved, in catalogue order."""
    kept = [approved_data(item, snapshots) for item in register.quy_trinh.values() if item.trang_thai.con_hieu_luc]
    items = [quy_trinh_from(*found) for found in kept if found is not None]
    items.sort(key=lambda item: (item.loai, catalogue_key(item.thu_tu, item.ky_hieu, item.tep)))
    return tuple(items)


def approved_kho(goc: Path, register: SoDangKy) -> Kho | None:
    """The kho at ``goc`` as approved; None when nothing is. Raises QtnbError when a kept file cannot be used."""
    if not register.quyet_dinh:
        return None
    snapshots = SnapshotStore(goc, register.quyet_dinh)
    signed = sorted(register.quyet_dinh.values(), key=lambda item: item.thu_tu)
    return Kho(
        goc,
        snapshots(signed[-1].khoa).cau_hinh,
        approved_items(register, snapshots),
        tuple(snapshots(item.khoa).quyet_dinh for item in signed),
    )


def _kept(khoa: str, snapshot: BanPheDuyet) -> Kept:
    if khoa in snapshot.theo_khoa:
        return snapshot.theo_khoa[khoa]
    message = f"Bản lưu của quyết định “{snapshot.khoa}” không có quy trình “{khoa}” mà sổ đăng ký nhắc tới."
    raise QtnbError(message, hint="Lấy lại so-dang-ky.yaml và da-phe-duyet/ từ git.", exit_code=1)
