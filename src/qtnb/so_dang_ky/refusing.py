"""Why a signed decision cannot be entered; every place is in the decision's own file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qtnb.finding import DataPath, Remark
from qtnb.model import Phan, QuyTrinhCV, QuyTrinhLT
from qtnb.seal import seals_of
from qtnb.so_dang_ky.amending import amends_nothing, empty_amendment, named
from qtnb.so_dang_ky.approving import BAN_HANH, SUA_DOI, KyQuyetDinh, lapsing, with_abolished
from qtnb.so_dang_ky.model import LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, ThuTu, TrangThai
from qtnb.words.writing import in_words


def refusals(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    """Why the decision cannot be entered; nothing when it can."""
    yield from _number_taken(register, ky)
    yield from _not_abolishable(register, ky)
    before = with_abolished(register, ky)
    for place, item in enumerate(ky.items):
        at: DataPath = () if ky.quyet_dinh.quy_trinh is None else ("quy_trinh", place)
        yield from _not_approvable(before, ky, item, at)
    for ended in ky.het_hieu_luc:
        known = register.quy_trinh.get(ended.khoa)
        if known is None or not known.trang_thai.con_hieu_luc:
            message = f"Quy trình “{ended.khoa}” chưa được phê duyệt hoặc không còn hiệu lực, nên không thể bãi bỏ."
            yield Remark(ended.at, "approve-not-in-force", message, "Bỏ quy trình này khỏi quyết định.")
    yield from _too_early(register, ky)
    seals = {item.khoa: seals_of(item, ky.quyet_dinh.phe_duyet.phan) for item in ky.items}
    if ky.hinh_thuc == SUA_DOI and not ky.bai_bo_quyet_dinh and amends_nothing(before, seals):
        yield empty_amendment(item.ky_hieu for item in ky.items)


def _number_taken(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    for other in register.quyet_dinh.values():
        if other.khoa != ky.quyet_dinh.khoa and other.so_cap == ky.so_cap:
            message = f"Số {ky.so}/{ky.ky_hieu} năm {ky.ngay.year} đã cấp cho quyết định “{other.khoa}”."
            yield Remark(("so",), "approve-number-taken", message, "Kiểm tra lại số trên bản đã ký.")


def _not_abolishable(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    """Decisions to abolish that are not entered, or were signed later; what else may be wrong, references has told."""
    for abolished in ky.bai_bo_quyet_dinh:
        other = register.quyet_dinh.get(abolished.khoa)
        if other is None:
            message = f"Quyết định “{abolished.khoa}” bị bãi bỏ nhưng chưa ghi vào sổ đăng ký."
            hint = (
                f"Ghi sổ quyết định đó trước bằng qtnb approve {abolished.khoa} --so SỐ --ngay NGÀY; không có nội dung "
                "cũ để ghi sổ thì thay khóa bằng số, ngày, cơ quan, trích yếu viết đủ."
            )
            yield Remark(abolished.at, "abolished-not-entered", message, hint)
        elif other.thu_tu > ky.thu_tu:
            message = f"{other.ten} ký sau quyết định này ({ky.lan.ten}), nên không thể bị quyết định này bãi bỏ."
            yield Remark(abolished.at, "decision-later", message, "Kiểm tra lại số, ngày và quyết định bị bãi bỏ.")


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
    if ky.hinh_thuc == BAN_HANH:
        yield from _issued_again(ky, known, item, at)


def _issued_again(ky: KyQuyetDinh, known: MucDangKy, item: QuyTrinhCV | QuyTrinhLT, at: DataPath) -> Iterator[Remark]:
    """What is approved and stays so, with other content."""
    for phan, seal in seals_of(item, ky.quyet_dinh.phe_duyet.phan).items():
        before = known.dau_cua(phan)
        # What was signed later is told as such.
        if before is not None and before[1] != seal and before[0].thu_tu < ky.thu_tu:
            message = (
                f"Quy trình {known.ky_hieu} ({item.khoa}) đã được phê duyệt với nội dung khác tại {before[0].ten}."
            )
            hint = "Ghi hinh_thuc: sua_doi_bo_sung vào quyết định, hoặc khôi phục nội dung đã phê duyệt."
            yield Remark(at, "approve-other-content", message, hint)
            return


def _too_early(register: SoDangKy, ky: KyQuyetDinh) -> Iterator[Remark]:
    """Refuse what a decision that was signed later has overtaken: its content cannot be put in between any more.

    Parts of a procedure do not overtake each other: the danh mục may be entered after the content.
    """
    overtaking: dict[tuple[ThuTu, str], list[str]] = defaultdict(list)
    for khoa, parts in _concerned(register, ky).items():
        block = register.quy_trinh.get(khoa, MucDangKy(khoa, ""))
        for later in _overtaking(register, ky, block, parts):
            overtaking[later.thu_tu, later.ten].append(block.ky_hieu)
    if overtaking:
        told = in_words([f"{ten} ({named(symbols)})" for (_, ten), symbols in sorted(overtaking.items())])
        message = f"{ky.lan.ten} ký trước {told}, đã ghi sổ về cùng nội dung."
        hint = (
            "Kiểm tra lại ngày trên bản đã ký. Nếu đúng ngày, ghi sổ theo thứ tự ký: hoàn tác lần ghi sổ sau bằng "
            "git revert, ghi sổ quyết định này, rồi ghi sổ lại quyết định sau."
        )
        yield Remark(("ngay",), "approve-too-early", message, hint)


def _concerned(register: SoDangKy, ky: KyQuyetDinh) -> dict[str, tuple[Phan, ...]]:
    """The parts of procedures that the decision decides on, by key; all parts of those that it ends."""
    ended = [item.khoa for item in (*ky.het_hieu_luc, *lapsing(register, ky))]
    return {**dict.fromkeys(ended, tuple(Phan)), **{item.khoa: ky.quyet_dinh.phe_duyet.phan for item in ky.items}}


def _overtaking(
    register: SoDangKy, ky: KyQuyetDinh, block: MucDangKy, parts: Sequence[Phan]
) -> Iterator[LanQuyetDinh | QuyetDinhDaKy]:
    """The decisions, signed later, by which these parts of a procedure stand as they do."""
    for lan in block.lich_su:
        overlaps = not lan.dau or any(phan in lan.dau for phan in parts)
        by = register.quyet_dinh.get(register.quyet_dinh[lan.quyet_dinh].bai_bo_boi) if lan.bai_bo else lan
        if overlaps and by is not None and by.thu_tu > ky.thu_tu:
            yield by
