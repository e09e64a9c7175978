"""Part IV of a report: what follows from the figures, or what the office itself has to say."""

from __future__ import annotations

from collections.abc import Iterator

from qtnb.aggregate.reporting.faults import broken_kho, has_overdue, unusable_summaries, without_procedures
from qtnb.aggregate.reporting.told import Told, numbered
from qtnb.words.reporting import Muc
from qtnb.words.writing import one_line

_USUAL = "Các cơ quan thường xuyên rà soát, bổ sung, điều chỉnh quy trình khi công việc thay đổi."


def proposals(told: Told) -> Muc:
    """The part: the paragraphs of ``nhan_xet`` where there are any, else one for each kind of fault."""
    own = told.plan.bao_cao.nhan_xet
    return Muc("Đề xuất, kiến nghị", own or numbered((*_from_figures(told), _USUAL)))


def _from_figures(told: Told) -> Iterator[str]:
    whole = told.count("quy_trinh")
    unapproved = whole > min(told.count("duyet_danh_muc"), told.count("duyet_noi_dung"))
    if has_overdue(told):
        yield "Các cơ quan có quy trình quá hạn nêu tại mục III hoàn thành ngay việc phê duyệt."
    elif unapproved:
        yield "Các cơ quan chưa phê duyệt đủ danh mục, nội dung quy trình hoàn thành việc phê duyệt."
    if without_procedures(told):
        yield "Các cơ quan chưa có quy trình nào rà soát công việc, lập danh mục quy trình."
    if whole > told.count("co_noi_dung"):
        yield "Các cơ quan xây dựng nội dung của những quy trình mới có tên trong danh mục."
    if told.count("khong_tinh_duoc"):
        yield "Các cơ quan ghi rõ thời gian giải quyết bằng số và đơn vị thời gian ở những quy trình chưa ghi."
    if told.count("chua_gui"):
        yield f"Các cơ quan chưa gửi số liệu gửi về {one_line(told.co_quan.ten)} để tổng hợp."
    if broken_kho(told) or unusable_summaries(told):
        yield "Các cơ quan có kho, tệp không tổng hợp được sửa lỗi và gửi lại số liệu."
    elif told.count("loi"):
        yield f"Các cơ quan có tệp còn lỗi sửa lỗi và kiểm tra lại{told.see('phat_hien')}."
    if told.works is not None and told.works.chung:
        text = "Các cơ quan có công việc chung cùng rà soát, thống nhất tên gọi, các bước và thời gian giải quyết"
        yield f"{text}{told.see('viec_chung', 'viec_chung_chenh_lech')}."
