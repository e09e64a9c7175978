"""What must hold between the blocks of a register and the files of their procedures."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from qtnb.discovery import QUY_TRINH
from qtnb.errors import QtnbError
from qtnb.finding import Remark, Severity
from qtnb.model import Phan, quy_trinh_from
from qtnb.seal import seal_of
from qtnb.so_dang_ky.beside import HienCo, Placed, RegisterCheck
from qtnb.so_dang_ky.differences import differences
from qtnb.so_dang_ky.drafts import Drafts
from qtnb.so_dang_ky.in_force import approved_data, decides
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy
from qtnb.so_dang_ky.snapshot import plain_data, snapshot_path
from qtnb.so_dang_ky.symbols import renamed_to, symbol_changed
from qtnb.so_dang_ky.telling import told

_AMEND: Final = (
    "Khôi phục nội dung đã phê duyệt; hoặc lập quyết định có hinh_thuc: sua_doi_bo_sung nêu quy trình này, "
    "ký xong thì ghi sổ bằng qtnb approve."
)


def check_procedures(kho: RegisterCheck) -> Iterator[Placed]:
    """Check that the procedures of the register are as approved, but for what a draft decides anew."""
    drafts = Drafts(kho)
    unfit = kho.unfit_keys(QUY_TRINH)
    for item in kho.register.quy_trinh.values():
        if item.khoa in unfit:
            continue
        found = kho.hien_co.get(item.khoa)
        if found is not None:
            yield from _present(kho, item, found, drafts)
        elif item.trang_thai.con_hieu_luc and not drafts.end(item):
            yield kho.source, _deleted(kho, item)


def _present(kho: RegisterCheck, item: MucDangKy, found: HienCo, drafts: Drafts) -> Iterator[Placed]:
    yield from symbol_changed(item, found)
    if item.het_hieu_luc is not None:
        yield found.source, _lapsed(item)
    yield from _changed(kho, item, found, drafts)


def _lapsed(item: MucDangKy) -> Remark:
    """A file that is there after its procedure ended, or until it ends: there is no clock here to tell which."""
    kept = "nội dung đã phê duyệt vẫn được giữ trong da-phe-duyet/ và trong git"
    message = f"Quy trình {item.ky_hieu} {item.ket_thuc}"
    if item.het_hieu_luc is None or item.het_hieu_luc <= item.lan_ket_thuc.ngay:
        return Remark((), "lapsed-file", f"{message}, nhưng tệp vẫn còn.", f"Xóa tệp; {kept}.", Severity.WARNING)
    hint = f"Từ ngày {item.het_hieu_luc:%d/%m/%Y} thì xóa tệp, trước đó giữ nguyên như đã phê duyệt; {kept}."
    return Remark((), "lapsed-file", f"{message}; tệp vẫn còn.", hint, Severity.INFO)


def _deleted(kho: RegisterCheck, item: MucDangKy) -> Remark:
    message = f"Quy trình {item.ky_hieu} ({item.khoa}) phê duyệt tại {item.phe_duyet[-1].ten} nay không còn tệp."
    renamed = renamed_to(kho, item)
    if renamed is None:
        hint = (
            "Lấy lại tệp từ git (tên tệp là khóa, không đổi); muốn bỏ quy trình thì lập quyết định bãi bỏ, "
            "ghi sổ xong mới xóa tệp."
        )
    else:
        now, folder = renamed.source, kho.source.path.removesuffix(kho.source.tep)
        command = shlex.join(["git", "mv", folder + now.tep, folder + _file_of(kho, item, renamed)])
        message += f" Tệp {now.path} mang ký hiệu ấy."
        hint = f"Tên tệp là khóa, không đổi được sau khi phê duyệt. Trả lại tên cũ: {command}"
    return Remark(("quy_trinh", item.khoa), "approved-deleted", message, hint, on_key=True)


def _file_of(kho: RegisterCheck, item: MucDangKy, renamed: HienCo) -> str:
    """The file of the procedure as approved; beside the one that it is now, when that is not known."""
    try:
        kept = approved_data(item, kho.snapshots)
    except QtnbError:
        kept = None
    return kept[0] if kept else f"{renamed.source.tep.rpartition('/')[0]}/{item.khoa}.yaml"


def _changed(kho: RegisterCheck, item: MucDangKy, found: HienCo, drafts: Drafts) -> Iterator[Placed]:
    approved = {phan: known for phan in Phan if (known := item.dau_cua(phan)) is not None}
    present_seals = found.seals() if approved else {}
    if all(present_seals[phan] == seal for phan, (_, seal) in approved.items()):
        yield from _kept_otherwise(kho, item, approved)
        return
    try:
        kept = approved_data(item, kho.snapshots)
    except QtnbError as error:
        yield kho.source, Remark(("quy_trinh", item.khoa), "snapshot-broken", error.message, error.hint, on_key=True)
        return
    if kept is None:
        return
    tep, old = kept
    new = _as_judged(old, plain_data(found.data()), approved, drafts.freed(item))
    # The seal may be of an older qtnb, which printed the same content in other words: the contents decide.
    if all(_seal(tep, old, phan) == _seal(tep, new, phan) for phan in approved):
        return
    latest = max((lan for lan, _ in approved.values()), key=item.lich_su.index)
    hint = _AMEND if item.het_hieu_luc is None else f"Khôi phục nội dung đã phê duyệt: quy trình {item.ket_thuc}."
    for difference in differences(old, new):
        fact = told(difference, old, new)
        message = f"{item.ky_hieu} đã phê duyệt tại {latest.ten} bị sửa mà chưa có quyết định: {fact}."
        yield found.source, Remark(difference.at, "approved-changed", message, hint)


def _kept_otherwise(
    kho: RegisterCheck, item: MucDangKy, approved: Mapping[Phan, tuple[LanQuyetDinh, str]]
) -> Iterator[Placed]:
    """What is kept of a procedure whose file is as its seals say: other content is not what was approved.

    Only there the seals prove it: they are of this qtnb, and count the same words.
    """
    try:
        kept = approved_data(item, kho.snapshots)
    except QtnbError:  # said of the decision
        return
    if kept is None:
        return
    for phan, (lan, seal) in approved.items():
        if _seal(*kept, phan) != seal:
            path = snapshot_path(lan.quyet_dinh)
            message = f"Nội dung của {item.ky_hieu} ({item.khoa}) trong bản lưu {path} không khớp dấu trong sổ đăng ký."
            hint = f"Lấy lại {path} và so-dang-ky.yaml từ git, ở lần lưu đã ghi sổ {lan.ten}."
            yield kho.source, Remark(("quy_trinh", item.khoa), "snapshot-broken", message, hint, on_key=True)


def _as_judged(
    old: Mapping[str, Any], new: Mapping[str, Any], approved: Collection[Phan], freed: Collection[Phan]
) -> dict[str, Any]:
    """The present data; what was not approved, is being decided anew or was told by itself is as in ``old``."""
    judged = {
        key
        for key in (*old, *new)
        if any(decides(phan, key) for phan in approved)
        and not any(decides(phan, key) for phan in freed)
        and key != "ky_hieu"
    }
    return {
        key: version[key] for key in dict.fromkeys((*old, *new)) if key in (version := new if key in judged else old)
    }


def _seal(tep: str, data: Mapping[str, Any], phan: Phan) -> str:
    return seal_of(quy_trinh_from(tep, data), phan)
