"""The life of one procedure by its decisions: those in the register, or those that the files say are signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from qtnb.diff.extent import extent_of
from qtnb.diff.kho import ProcedureChange, compare_procedures
from qtnb.diff.matching import AnyQuyTrinh
from qtnb.lich_su.kho import KhoCuaQuyTrinh
from qtnb.lich_su.su_kien import HienTrang, LichSu, SuKien
from qtnb.model import HinhThuc, Phan, QuyetDinh, quy_trinh_from
from qtnb.so_dang_ky.as_of import block_as_of
from qtnb.so_dang_ky.in_force import SnapshotStore, approved_data
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, SoDangKy
from qtnb.text import shown
from qtnb.words.citing import decision_name
from qtnb.words.writing import one_line

_NO_REGISTER = (
    "Kho chưa có sổ đăng ký: các quyết định dưới đây lấy theo số, ngày ghi trong tệp; "
    "không có bản lưu nên không biết từng quyết định đã sửa gì."
)
_NOT_REGISTERED = "Quy trình này chưa có trong sổ đăng ký."
_ALL = "nêu tất cả quy trình của kho; không rõ lúc đó đã có quy trình này chưa"


def history_of(kho: KhoCuaQuyTrinh) -> LichSu:
    """The life of the procedure. Raises QtnbError when what a decision approved is missing or was changed."""
    if kho.register is None or kho.muc is None:
        return _from_files(kho)
    return _Registered(kho, kho.register, kho.muc, SnapshotStore(kho.goc, kho.register.quyet_dinh)).history()


# --- by the register --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Registered:
    """A procedure that has a block in the register."""

    kho: KhoCuaQuyTrinh
    register: SoDangKy
    muc: MucDangKy
    snapshots: SnapshotStore

    def history(self) -> LichSu:
        kho, muc = self.kho, self.muc
        approved = self._item(muc)
        # What was abolished since was in force all the same when the next decision came.
        versions = [self._item(block_as_of(muc, self.register, lan.quyet_dinh)) for lan in muc.lich_su]
        events = (self._event(*each) for each in zip(muc.lich_su, (None, *versions), versions, strict=False))
        state, change = _present(kho, approved)
        last = kho.item or approved
        return LichSu(
            kho.khoa,
            muc.ky_hieu,
            one_line(last.ten) if last else "",
            kho.tep or (last.tep if last else ""),
            muc.trang_thai,
            muc.hieu_luc,
            muc.het_hieu_luc,
            tuple(events),
            state,
            change,
            kho.loi,
            tuple(_drafts(kho)),
            tuple(self._replaced()),
            hours=kho.hours,
        )

    def _item(self, block: MucDangKy) -> AnyQuyTrinh | None:
        """What is approved by ``block``; None when nothing is."""
        kept = approved_data(block, self.snapshots)
        return None if kept is None else quy_trinh_from(*kept)

    def _event(self, lan: LanQuyetDinh, before: AnyQuyTrinh | None, after: AnyQuyTrinh | None) -> SuKien:
        """What the decision of ``lan`` did, between what was approved before and after it."""
        signed = self.register.quyet_dinh[lan.quyet_dinh]
        with_content = after is not None and bool(lan.dau) and not after.chua_co_noi_dung
        both = before is not None and after is not None
        return SuKien(
            lan.quyet_dinh,
            f"Quyết định số {lan.so_ky_hieu}",
            lan.ngay,
            HinhThuc(lan.hinh_thuc),
            tuple(phan for phan in Phan if phan in lan.dau),
            signed.hieu_luc,
            self._reason(lan, before, after),
            () if lan.dau else tuple(map(self._called, self.muc.thay_the_boi)),
            self._number_of(signed.bai_bo_boi),
            extent_of(after, self.kho.hours) if after is not None and with_content else None,
            compare_procedures(before, after, self.kho.hours) if both else None,
            lai=bool(lan.dau) and set(lan.dau) <= self._approved_before(lan),
        )

    def _approved_before(self, lan: LanQuyetDinh) -> set[Phan]:
        """The parts that were approved before the decision of ``lan``."""
        history = self.muc.lich_su
        return {phan for earlier in history[: history.index(lan)] for phan in earlier.dau}

    def _number_of(self, khoa: str) -> str:
        """Number and symbol of the decision ``khoa``; its key when it is not there, or empty."""
        return self.register.quyet_dinh[khoa].so_ky_hieu if khoa in self.register.quyet_dinh else khoa

    def _reason(self, lan: LanQuyetDinh, before: AnyQuyTrinh | None, after: AnyQuyTrinh | None) -> str:
        """The procedure's own reason if it is a new one, else the decision's."""
        own, old = (one_line(item.ly_do) if item is not None else "" for item in (after, before))
        return own if own != old and own else one_line(self.snapshots(lan.quyet_dinh).quyet_dinh.ly_do)

    def _replaced(self) -> Iterator[str]:
        for other in self.register.quy_trinh.values():
            if not {self.muc.ky_hieu, self.muc.khoa}.isdisjoint(other.thay_the_boi):
                yield self._called(other.ky_hieu)

    def _called(self, name: str) -> str:
        """The procedure with the key or symbol ``name`` by its symbol and what it is called, as far as that is kept."""
        block = next((item for item in self.register.quy_trinh.values() if name in {item.khoa, item.ky_hieu}), None)
        kept = None if block is None else approved_data(block, self.snapshots)
        return name if block is None or kept is None else f"{block.ky_hieu} {one_line(kept[1]['ten'])}"


# --- without a register -----------------------------------------------------------------------------


def _from_files(kho: KhoCuaQuyTrinh) -> LichSu:
    events = tuple(_signed(kho))
    known = HienTrang.KHONG_RO if events else HienTrang.CHUA_PHE_DUYET
    drafts = _drafts(kho) if kho.register is not None else _unsigned(kho)
    return LichSu(
        kho.khoa,
        kho.item.ky_hieu if kho.item else "",
        one_line(kho.item.ten) if kho.item else "",
        kho.tep,
        None,
        None,
        None,
        events,
        HienTrang.LOI if kho.loi else known,
        None,
        kho.loi,
        tuple(drafts),
        (),
        tuple(_notes(kho)),
        kho.hours,
    )


def _notes(kho: KhoCuaQuyTrinh) -> Iterator[str]:
    if kho.register is None:
        yield _NO_REGISTER
        return
    yield _NOT_REGISTERED
    symbol = kho.item.ky_hieu if kho.item else ""
    for block in kho.register.quy_trinh.values():
        if symbol == block.ky_hieu:
            yield f"Sổ đăng ký ghi {symbol} cho khóa “{shown(block.khoa)}”: tên tệp có thể đã bị đổi."


def _signed(kho: KhoCuaQuyTrinh) -> Iterator[SuKien]:
    """The decisions that name the procedure and have a number and a day, in order, of a kho without a register."""
    signed = [(it.ngay, int(it.so), it) for it in kho.quyet_dinh if it.so and it.ngay is not None]
    for ngay, _, decision in sorted(signed, key=itemgetter(0, 1)) if kho.register is None else ():
        ended, approved = _ends(kho, decision), _approves(kho, decision)
        if not (ended or approved):
            continue
        name, _, _ = decision_name(decision, kho.viet_tat).rpartition(" ngày ")
        yield SuKien(
            decision.khoa,
            name,
            ngay,
            decision.hinh_thuc,
            () if ended else decision.phe_duyet.phan,
            decision.hieu_luc or ngay,
            one_line(decision.ly_do),
            khong_ro=_ALL if decision.quy_trinh is None and not ended else "",
        )


def _unsigned(kho: KhoCuaQuyTrinh) -> Iterator[str]:
    for decision in kho.quyet_dinh:
        if (not decision.so or decision.ngay is None) and (_approves(kho, decision) or _ends(kho, decision)):
            yield decision_name(decision, kho.viet_tat)


# --- the file and the decisions not entered ---------------------------------------------------------


def _present(kho: KhoCuaQuyTrinh, approved: AnyQuyTrinh | None) -> tuple[HienTrang, ProcedureChange | None]:
    """How the file stands to what was approved last."""
    if kho.loi:
        return HienTrang.LOI, None
    if kho.item is None:
        return HienTrang.KHONG_CON, None
    if kho.muc is not None and kho.muc.het_hieu_luc:
        return HienTrang.CON_TEP, None
    if approved is None:
        return HienTrang.CHUA_PHE_DUYET, None
    change = compare_procedures(approved, kho.item, kho.hours)
    return (HienTrang.NHU_DA_PHE_DUYET if change is None else HienTrang.KHAC), change


def _drafts(kho: KhoCuaQuyTrinh) -> Iterator[str]:
    """The decisions that name the procedure and are not entered."""
    entered = kho.register.quyet_dinh if kho.register else {}
    for decision in kho.quyet_dinh:
        if decision.khoa not in entered and (_approves(kho, decision) or _ends(kho, decision)):
            yield decision_name(decision, kho.viet_tat)


def _approves(kho: KhoCuaQuyTrinh, decision: QuyetDinh) -> bool:
    if decision.hinh_thuc is HinhThuc.BAI_BO:
        return False
    if decision.quy_trinh is None:
        return kho.item is not None and kho.item.loai == decision.loai_quy_trinh
    return not _names(kho).isdisjoint(decision.quy_trinh)


def _ends(kho: KhoCuaQuyTrinh, decision: QuyetDinh) -> bool:
    named = [entry.quy_trinh for entry in decision.bi_thay_the]
    if decision.hinh_thuc is HinhThuc.BAI_BO:
        named += decision.quy_trinh or ()
    return not _names(kho).isdisjoint(named)


def _names(kho: KhoCuaQuyTrinh) -> set[str]:
    symbol = kho.muc.ky_hieu if kho.muc else kho.item.ky_hieu if kho.item else ""
    return {kho.khoa, symbol} - {""}
