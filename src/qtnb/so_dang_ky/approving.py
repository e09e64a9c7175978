"""Entering a signed decision into the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from qtnb.finding import DataPath
from qtnb.model import Phan, QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.seal import seals_of
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoCap, SoDangKy, ThuTu, TrangThai

BAN_HANH: Final = "ban_hanh"
SUA_DOI: Final = "sua_doi_bo_sung"
THAY_THE: Final = "thay_the"
BAI_BO: Final = "bai_bo"


@dataclass(frozen=True, slots=True)
class HetHieuLuc:
    """A procedure that a decision ends."""

    khoa: str
    at: DataPath
    """Where the decision names it."""
    boi: tuple[str, ...] = ()
    """Symbols of those that take its place; empty when it is abolished."""


@dataclass(frozen=True, slots=True)
class QuyetDinhBiBaiBo:
    """An earlier decision that a decision abolishes."""

    khoa: str
    at: DataPath
    """Where the decision names it."""


@dataclass(frozen=True, slots=True)
class KyQuyetDinh:
    """A decision about to be entered."""

    quyet_dinh: QuyetDinh
    hinh_thuc: str
    so: str
    ngay: dt.date
    hieu_luc: dt.date
    ky_hieu: str
    """``QĐ-SNV``."""
    items: tuple[QuyTrinhCV | QuyTrinhLT, ...]
    """The procedures that it approves; none for one that only abolishes."""
    het_hieu_luc: tuple[HetHieuLuc, ...]
    bai_bo_quyet_dinh: tuple[QuyetDinhBiBaiBo, ...]
    """The earlier decisions of this kho that it abolishes."""
    dau: str
    """Its own seal, see :func:`qtnb.so_dang_ky.decision_data.decision_seal`."""
    co_quan: str = ""
    """Who issued it; empty for the agency of the kho."""

    @property
    def so_cap(self) -> SoCap:
        """Its number, as :attr:`QuyetDinhDaKy.so_cap`."""
        return self.co_quan, self.ky_hieu, self.ngay.year, int(self.so)

    @property
    def lan(self) -> LanQuyetDinh:
        """The entry in the history of each procedure, without seals."""
        return LanQuyetDinh(self.quyet_dinh.khoa, f"{self.so.zfill(2)}/{self.ky_hieu}", self.ngay, self.hinh_thuc)

    @property
    def thu_tu(self) -> ThuTu:
        """Its place among the decisions of the register."""
        return self.lan.thu_tu


def entered(register: SoDangKy, ky: KyQuyetDinh, ban_luu: str) -> SoDangKy:
    """The register with the decision; ``ban_luu`` is the seal of the file that keeps its content."""
    before = with_abolished(register, ky)
    lapsed = lapsing(register, ky)
    approved = [_approved(before.quy_trinh.get(item.khoa), item, ky) for item in ky.items]
    ended = [_ended(before.quy_trinh[ended.khoa], ended, ky) for ended in (*ky.het_hieu_luc, *lapsed)]
    concerned = {item.khoa for item in (*approved, *ended)}
    signed = QuyetDinhDaKy(
        ky.quyet_dinh.khoa,
        ky.so,
        ky.ky_hieu,
        ky.ngay,
        ky.hieu_luc,
        ky.hinh_thuc,
        ky.quyet_dinh.phe_duyet,
        ky.dau,
        ban_luu,
        len(concerned),
        co_quan=ky.co_quan,
    )
    others = [
        _put_back(register.quy_trinh[khoa], block, ky)
        for khoa, block in before.quy_trinh.items()
        if khoa not in concerned
        and block.trang_thai.con_hieu_luc
        and _stands_otherwise(register.quy_trinh[khoa], block)
    ]
    return before.with_decisions([signed]).with_items([*approved, *ended, *others])


def with_abolished(register: SoDangKy, ky: KyQuyetDinh) -> SoDangKy:
    """The register with the decisions abolished that the decision abolishes, and nothing else of it."""
    named = [other.khoa for other in ky.bai_bo_quyet_dinh if other.khoa in register.quyet_dinh]
    return register.with_decisions(replace(register.quyet_dinh[khoa], bai_bo_boi=ky.quyet_dinh.khoa) for khoa in named)


def lapsing(register: SoDangKy, ky: KyQuyetDinh) -> tuple[HetHieuLuc, ...]:
    """The procedures that no decision in force approves any longer once the decision has abolished others.

    Those signed later do not count: a procedure that has lapsed is not approved again.
    """
    places = {other.khoa: other.at for other in ky.bai_bo_quyet_dinh}
    concerned = {item.khoa for item in ky.items} | {ended.khoa for ended in ky.het_hieu_luc}
    lapsed = []
    for khoa, block in with_abolished(register, ky).quy_trinh.items():
        earlier = [lan for lan in block.lich_su if lan.thu_tu < ky.thu_tu]
        named = [places[lan.quyet_dinh] for lan in earlier if lan.dau and lan.quyet_dinh in places]
        if named and khoa not in concerned and all(lan.dau and lan.bai_bo for lan in earlier):
            lapsed.append(HetHieuLuc(khoa, named[0]))
    return tuple(lapsed)


def _stands_otherwise(old: MucDangKy, new: MucDangKy) -> bool:
    return old.phe_duyet != new.phe_duyet


def _approved(known: MucDangKy | None, item: QuyTrinhCV | QuyTrinhLT, ky: KyQuyetDinh) -> MucDangKy:
    block = known or MucDangKy(item.khoa, item.ky_hieu)
    block = _with_event(block, replace(ky.lan, dau=seals_of(item, ky.quyet_dinh.phe_duyet.phan)))
    is_latest = block.lich_su[-1].quyet_dinh == ky.quyet_dinh.khoa
    return replace(
        block,
        ky_hieu=item.ky_hieu,
        trang_thai=standing(block),
        hieu_luc=ky.hieu_luc if is_latest else block.hieu_luc,
        het_hieu_luc=None,
        thay_the_boi=(),
    )


def _ended(block: MucDangKy, ended: HetHieuLuc, ky: KyQuyetDinh) -> MucDangKy:
    with_others = all(other.khoa != ended.khoa for other in ky.het_hieu_luc)
    return replace(
        _with_event(block, replace(ky.lan, hinh_thuc=BAI_BO) if with_others else ky.lan),
        trang_thai=TrangThai.THAY_THE if ended.boi else TrangThai.BAI_BO,
        thay_the_boi=ended.boi,
        het_hieu_luc=ky.hieu_luc,
    )


def _put_back(old: MucDangKy, new: MucDangKy, ky: KyQuyetDinh) -> MucDangKy:
    """The block of a procedure that stands as approved before, now that a decision about it is abolished."""
    same = all(old.dau_cua(phan) == new.dau_cua(phan) for phan in Phan)
    return replace(new, trang_thai=standing(new), hieu_luc=old.hieu_luc if same else ky.hieu_luc)


def _with_event(block: MucDangKy, lan: LanQuyetDinh) -> MucDangKy:
    """The block with an entry at its place: a decision may be entered after one that was signed later."""
    return replace(block, lich_su=tuple(sorted((*block.lich_su, lan), key=lambda each: each.thu_tu)))


def standing(block: MucDangKy) -> TrangThai:
    """Where a procedure in force stands: amended when a part of it has been amended since it was issued.

    A decision that replaces issues anew what it prints: that part is no longer an amended one.
    """
    amended: set[Phan] = set()
    for number, lan in enumerate(block.phe_duyet):
        if lan.hinh_thuc == THAY_THE:
            amended.difference_update(lan.dau)
        elif lan.hinh_thuc != BAN_HANH and number > 0:
            amended.update(lan.dau)
    return TrangThai.SUA_DOI if amended else TrangThai.DA_PHE_DUYET
