"""Entering a signed decision into the register."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from qtnb.finding import DataPath, Remark
from qtnb.model import QuyetDinh, QuyTrinhCV, QuyTrinhLT
from qtnb.seal import seals_of
from qtnb.so_dang_ky.differences import normal
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai
from qtnb.so_dang_ky.snapshot import plain_data

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
    bai_bo_quyet_dinh: tuple[str, ...]
    """Keys of earlier decisions that it abolishes."""
    dau: str
    """Its own seal, see :func:`decision_seal`."""

    @property
    def lan(self) -> LanQuyetDinh:
        """The entry in the history of each procedure, without seals."""
        return LanQuyetDinh(self.quyet_dinh.khoa, f"{self.so.zfill(2)}/{self.ky_hieu}", self.ngay, self.hinh_thuc)


def refusals(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    """Why the decision cannot be entered; places are in its own file."""
    yield from _number_taken(register, ky)
    for place, item in enumerate(ky.items):
        at: DataPath = () if ky.quyet_dinh.quy_trinh is None else ("quy_trinh", place)
        yield from _not_approvable(register, ky, item, at)
    for ended in ky.het_hieu_luc:
        known = register.quy_trinh.get(ended.khoa)
        if known is None or not known.trang_thai.con_hieu_luc:
            message = f"Quy trình “{ended.khoa}” chưa được phê duyệt hoặc không còn hiệu lực, nên không thể bãi bỏ."
            yield Remark(ended.at, "approve-not-in-force", message, "Bỏ quy trình này khỏi quyết định.")
        else:
            yield from _too_early(ky, known, ended.at)


def entered(register: SoDangKy, ky: KyQuyetDinh, ban_luu: str) -> SoDangKy:
    """The register with the decision; ``ban_luu`` is the seal of the file that keeps its content."""
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
        len({item.khoa for item in ky.items} | {ended.khoa for ended in ky.het_hieu_luc}),
    )
    abolished = [
        replace(register.quyet_dinh[khoa], bai_bo_boi=signed.so_ky_hieu)
        for khoa in ky.bai_bo_quyet_dinh
        if khoa in register.quyet_dinh
    ]
    approved = [_approved(register.quy_trinh.get(item.khoa), item, ky) for item in ky.items]
    ended = [_ended(register.quy_trinh[ended.khoa], ended, ky) for ended in ky.het_hieu_luc]
    return register.with_decisions([*abolished, signed]).with_items([*approved, *ended])


def decision_seal(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The seal of what a decision's ``data`` say, 64 hexadecimal digits; ``names`` as in :func:`ended_by`."""
    content = json.dumps(normal(plain_data(with_keys(data, names))), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def with_keys(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The data of a decision with its procedures named by their keys, which never change."""
    named = data["quy_trinh"]
    return {**data, "quy_trinh": [names.get(name, name) for name in named] if isinstance(named, list) else named}


def _approved(known: MucDangKy | None, item: QuyTrinhCV | QuyTrinhLT, ky: KyQuyetDinh) -> MucDangKy:
    block = known or MucDangKy(item.khoa, item.ky_hieu)
    amended = ky.hinh_thuc != BAN_HANH and block.trang_thai.con_hieu_luc
    return replace(
        block,
        ky_hieu=item.ky_hieu,
        trang_thai=TrangThai.SUA_DOI if amended else _first_state(block),
        hieu_luc=ky.hieu_luc,
        het_hieu_luc=None,
        thay_the_boi=(),
        lich_su=(*block.lich_su, replace(ky.lan, dau=seals_of(item, ky.quyet_dinh.phe_duyet.phan))),
    )


def _first_state(block: MucDangKy) -> TrangThai:
    return block.trang_thai if block.trang_thai is TrangThai.SUA_DOI else TrangThai.DA_PHE_DUYET


def _ended(block: MucDangKy, ended: HetHieuLuc, ky: KyQuyetDinh) -> MucDangKy:
    return replace(
        block,
        trang_thai=TrangThai.THAY_THE if ended.boi else TrangThai.BAI_BO,
        thay_the_boi=ended.boi,
        het_hieu_luc=ky.hieu_luc,
        lich_su=(*block.lich_su, ky.lan),
    )


def _number_taken(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    for other in register.quyet_dinh.values():
        same_register = other.ky_hieu == ky.ky_hieu and other.ngay.year == ky.ngay.year
        if other.khoa != ky.quyet_dinh.khoa and same_register and int(other.so) == int(ky.so):
            message = f"Số {ky.so}/{ky.ky_hieu} năm {ky.ngay.year} đã cấp cho quyết định “{other.khoa}”."
            yield Remark(("so",), "approve-number-taken", message, "Kiểm tra lại số trên bản đã ký.")


def _not_approvable(
    register: SoDangKy, ky: KyQuyetDinh, item: QuyTrinhCV | QuyTrinhLT, at: DataPath
) -> Iterator[Remark]:
    if not item.ky_hieu:
        message = f"Quy trình “{item.khoa}” chưa có ký hiệu."
        yield Remark(at, "approve-no-symbol", message, "Chạy qtnb number rồi phê duyệt lại.")
        return
    known = register.quy_trinh.get(item.khoa)
    if known is None:
        return
    if known.trang_thai in {TrangThai.BAI_BO, TrangThai.THAY_THE}:
        message = f"Quy trình {known.ky_hieu} ({item.khoa}) {known.trang_thai.nhan}, không thể phê duyệt lại."
        yield Remark(at, "approve-not-in-force", message, "Lập quy trình mới với tên tệp mới và ký hiệu mới.")
        return
    if known.trang_thai is not TrangThai.DU_THAO and known.ky_hieu != item.ky_hieu:
        message = f"Quy trình “{item.khoa}” đã phê duyệt với ký hiệu {known.ky_hieu}, nay ghi {item.ky_hieu}."
        yield Remark(at, "symbol-changed", message, f"Ghi lại {known.ky_hieu}: số đã phê duyệt không đổi được.")
        return
    yield from _too_early(ky, known, at)
    if ky.hinh_thuc != BAN_HANH:
        return
    for phan, seal in seals_of(item, ky.quyet_dinh.phe_duyet.phan).items():
        before = known.dau_cua(phan)
        if before is not None and before[1] != seal:
            message = (
                f"Quy trình {known.ky_hieu} ({item.khoa}) đã được phê duyệt với nội dung khác tại {before[0].ten}."
            )
            hint = "Ghi hinh_thuc: sua_doi_bo_sung vào quyết định, hoặc khôi phục nội dung đã phê duyệt."
            yield Remark(at, "approve-other-content", message, hint)
            return


def _too_early(ky: KyQuyetDinh, known: MucDangKy, at: DataPath) -> Iterator[Remark]:
    last = known.lich_su[-1] if known.lich_su else None
    if last is not None and ky.ngay < last.ngay:
        message = f"Ngày {ky.ngay:%d/%m/%Y} trước {last.ten}, là quyết định gần nhất về {known.ky_hieu} ({known.khoa})."
        yield Remark(at or ("ngay",), "approve-too-early", message, "Kiểm tra lại ngày trên bản đã ký.")


def ended_by(
    data: Mapping[str, Any], hinh_thuc: str, names: Mapping[str, str], new: Sequence[str]
) -> Sequence[HetHieuLuc]:
    """The procedures that the decision's ``data`` end.

    ``names`` gives the key for each symbol; ``new`` are the symbols of those that it approves, which
    together take the place of one that has no successor of its own.
    """
    if hinh_thuc == BAI_BO:
        named = data["quy_trinh"] if isinstance(data["quy_trinh"], list) else []
        return [HetHieuLuc(names.get(name, name), ("quy_trinh", row)) for row, name in enumerate(named)]
    symbols = {khoa: symbol for symbol, khoa in names.items()}
    ended = []
    for row, entry in enumerate(data.get("bi_thay_the") or ()):
        name, by = (entry, "") if isinstance(entry, str) else (entry["quy_trinh"], entry.get("boi") or "")
        ended.append(
            HetHieuLuc(names.get(name, name), ("bi_thay_the", row), (symbols.get(by, by),) if by else tuple(new))
        )
    return ended
