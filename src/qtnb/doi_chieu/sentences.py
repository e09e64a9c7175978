"""The sentences in which it is told what a document is and where its decision stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.doi_chieu.answer import TinhTrang
from qtnb.doi_chieu.registers import Entered
from qtnb.render.mark import DauVanBan, LoaiVanBan
from qtnb.so_dang_ky.model import QuyetDinhDaKy, TrangThai
from qtnb.text import shown

NAMES: Final = {
    LoaiVanBan.QUYET_DINH: "Quyết định",
    LoaiVanBan.DANH_DAU: "Bản đánh dấu thay đổi",
    LoaiVanBan.SO_SANH: "Bảng so sánh",
    LoaiVanBan.DON_GIAN_HOA: "Phương án đơn giản hóa",
    LoaiVanBan.BAO_CAO: "Báo cáo",
    LoaiVanBan.KE_HOACH: "Phụ lục kế hoạch",
    LoaiVanBan.THONG_KE: "Biểu thống kê",
}
_MOST: Final = 200
"""Characters of a name in a sentence."""


def introduced(mark: DauVanBan) -> str:
    """What the document says it is."""
    agency, version = shown(mark.co_quan, _MOST), shown(mark.qtnb)
    if mark.loai is not LoaiVanBan.QUYET_DINH:
        about = f": {shown(mark.ve, _MOST)}" if mark.ve else ""
        decision = f" quyết định (khóa “{shown(mark.quyet_dinh)}”)" if mark.quyet_dinh else ""
        return f"{NAMES[mark.loai]}{decision}{about}. Cơ quan: {agency}; lập bằng qtnb {version}."
    decision = (
        f"Quyết định số {shown(mark.so_ky_hieu)} ngày {_date(mark.ngay)}" if mark.is_signed else "Dự thảo quyết định"
    )
    revision = f", bản {shown(mark.ban)}" if mark.ban else ""
    # Another agency may have issued it: the mark knows that of the kho.
    return f"{decision} (khóa “{shown(mark.quyet_dinh)}”) trong kho của {agency}{revision}; in bằng qtnb {version}."


def contradiction(item: Entered, mark: DauVanBan) -> str:
    """How the register knows otherwise what the mark names."""
    signed = item.signed
    if item.co_quan != mark.co_quan:
        agency = shown(mark.co_quan, _MOST)
        return f"{item.kho.so} ghi {signed.ten} là của {item.co_quan}; dấu trong tệp ghi là của {agency}."
    if signed.khoa != mark.quyet_dinh:
        number = shown(mark.so_ky_hieu)
        return f"{item.kho.so} ghi số {number} là của quyết định “{signed.khoa}”, ngày {signed.ngay:%d/%m/%Y}."
    return f"{item.kho.so} ghi quyết định “{signed.khoa}” là {signed.ten}."


def abolished(item: Entered) -> Iterator[str]:
    """That the decision was abolished, and from when; nothing for one that was not."""
    by = item.signed.bai_bo_boi
    ending = item.kho.register.quyet_dinh.get(by)
    if ending is not None:
        yield f"Quyết định này bị bãi bỏ bởi {ending.ten}, từ ngày {ending.hieu_luc:%d/%m/%Y}."
    elif by:
        yield f"Quyết định này bị bãi bỏ bởi quyết định “{by}”."


def standing(item: TinhTrang) -> str:
    """Where a procedure stands: nothing here depends on the day on which it is asked."""
    name = f"{shown(item.ky_hieu)} ({shown(item.khoa)})"
    if item.moi_nhat:
        since = f", hiệu lực từ ngày {item.hieu_luc:%d/%m/%Y}" if item.hieu_luc else ""
        return f"{name}: bản mới nhất{since}."
    last = f" theo {item.quyet_dinh_sau[-1].ten}" if item.quyet_dinh_sau else ""
    until = f", hết hiệu lực từ ngày {item.het_hieu_luc:%d/%m/%Y}" if item.het_hieu_luc else ""
    if item.trang_thai is TrangThai.THAY_THE:
        by = f" bằng {', '.join(item.thay_the_boi)}" if item.thay_the_boi else ""
        return f"{name}: được thay thế{by}{last}{until}."
    if item.trang_thai is TrangThai.BAI_BO:
        return f"{name}: bị bãi bỏ{last}{until}."
    since = f", hiệu lực từ ngày {item.hieu_luc:%d/%m/%Y}" if item.hieu_luc else ""
    if item.quyet_dinh_sau:
        return f"{name}: sau đó có {item.quyet_dinh_sau[-1].ten}{since}."
    return f"{name}: không còn quyết định nào phê duyệt như trong văn bản này."


def issued(signed: QuyetDinhDaKy, differences: int) -> str:
    """What became of a draft."""
    same = "trùng với bản đã ký, trừ số và ngày" if not differences else f"khác bản đã ký ở {differences} chỗ"
    return f"Dự thảo này nay đã ban hành là {signed.ten}; nội dung {same}."


def _date(ngay: str) -> str:
    return "/".join(reversed(shown(ngay).split("-")))
