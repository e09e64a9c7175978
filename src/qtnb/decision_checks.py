"""What must hold inside one decision: its keys must suit what it does, and its days each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.source import Value

_LIST_ONLY: Final = {"sua_doi_bo_sung": "được sửa đổi, bổ sung", "bai_bo": "bị bãi bỏ"}
"""What changes or ends must be named: all there is now is not all there was when it was approved."""
_WITH_COMPARISON: Final = ("sua_doi_bo_sung", "thay_the")


def check_decision_alone(data: Value) -> Iterator[Remark]:
    """Check the data of one decision, which fit their schema."""
    yield from _form(data, data.get("hinh_thuc") or "ban_hanh")
    ngay, hieu_luc = data.get("ngay"), data.get("hieu_luc")
    if ngay and hieu_luc and hieu_luc < ngay:
        message = f"Ngày có hiệu lực {hieu_luc} trước ngày ban hành {ngay}."
        hint = "Quyết định có hiệu lực từ ngày ký hoặc sau đó; xóa khóa hieu_luc thì là ngày ký."
        yield Remark(("hieu_luc",), "effect-date", message, hint, Severity.WARNING)


def _form(data: Value, hinh_thuc: str) -> Iterator[Remark]:
    if hinh_thuc == "bai_bo" and data["phe_duyet"] != "danh_muc":
        message = "Quyết định bãi bỏ chỉ in danh mục quy trình bị bãi bỏ, không in nội dung."
        yield Remark(("phe_duyet",), "decision-form", message, "Ghi phe_duyet: danh_muc")
    if hinh_thuc in _LIST_ONLY and data["quy_trinh"] == "tat_ca":
        such = _LIST_ONLY[hinh_thuc]
        message = f"Quyết định phải nêu rõ từng quy trình {such}, không ghi tat_ca."
        hint = f"Liệt kê khóa hoặc ký hiệu của các quy trình {such}, ví dụ: quy_trinh: [CV-01, CV-02]"
        yield Remark(("quy_trinh",), "decision-form", message, hint)
    if data.get("bi_thay_the") and hinh_thuc != "thay_the":
        message = f"Khóa bi_thay_the chỉ dùng khi hinh_thuc là thay_the, còn ở đây là {hinh_thuc}."
        hint = "Ghi hinh_thuc: thay_the nếu quyết định ban hành quy trình thay thế; nếu không thì xóa bi_thay_the."
        yield Remark(("bi_thay_the",), "decision-form", message, hint, on_key=True)
    if data.get("bang_so_sanh") and hinh_thuc not in _WITH_COMPARISON:
        message = f"Bảng so sánh chỉ in được khi hinh_thuc là sua_doi_bo_sung hoặc thay_the, còn ở đây là {hinh_thuc}."
        hint = "Xóa bang_so_sanh, hoặc ghi đúng hinh_thuc của quyết định."
        yield Remark(("bang_so_sanh",), "decision-form", message, hint, on_key=True)
