"""Người phê duyệt phải là người được Kế hoạch số 97/KH-UBND giao.

Quy trình của một cơ quan (CV) do người đứng đầu cơ quan đó phê duyệt: Giám đốc Sở, Chủ tịch UBND xã, phường. Quy trình
liên thông (LT) giữa các sở, ban, ngành hoặc giữa sở với UBND các cấp do Chủ tịch UBND Thành phố phê duyệt, cơ quan chủ
trì trình; khi đó quyết định khai `co_quan_ban_hanh`. Dòng thẩm quyền cũng phải là của cơ quan ban hành, và là người
đứng đầu, không phải cấp phó.

Được báo ở mức lưu ý, không phải là sai: tập thể Ủy ban nhân dân thay vì Chủ tịch phê duyệt quy trình CV; LT chỉ giữa
các xã, phường do cấp xã phê duyệt. Trước 01/7/2025, LT trong một huyện do Chủ tịch UBND cấp huyện phê duyệt; nay không
còn cấp huyện mà Kế hoạch chưa nói lại, nên chỉ có thể suy ra là Chủ tịch UBND Thành phố.

Không bị báo: quyết định có căn cứ ghi việc ủy quyền hoặc phân cấp; quyết định của cấp huyện (quy tắc
`authority-district` xét).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.decision_scope import NamedProcedures, kind_of
from qtnb.lint.decisions import approver_of, head_of, is_authorised, is_collective, issuer_of, name_of
from qtnb.lint.rule import Rule
from qtnb.lint.units import unit_key
from qtnb.lint.views import KhoView
from qtnb.source import Source
from qtnb.text import shown

_COMMUNE: Final = (" xã ", " phường ", " đặc khu ")

_LT: Final = """\
loai: LT
ten: Trình văn bản
chua_co_noi_dung: true
"""
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\npham_vi_lien_thong: true\n"
_CITY: Final = """\
co_quan_ban_hanh:
  ten: Ủy ban nhân dân thành phố Hà Nội
  ten_ban_hanh: [ỦY BAN NHÂN DÂN, THÀNH PHỐ HÀ NỘI]
  viet_tat: UBND
  cap: tinh
  dia_danh: Hà Nội
  nguoi_dung_dau: Chủ tịch
"""


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Compare who decides with what is decided."""
    names = NamedProcedures(kho)
    for decision in kho.quyet_dinh:
        issuer = issuer_of(decision.data, kho.settings)
        if not issuer or is_authorised(decision.data):
            continue
        remark = _approver(decision.data, issuer)
        if remark is None and kind_of(decision) == "LT":
            remark = _of_lt(decision.data, issuer, names.named_by(decision))
        elif remark is None:
            remark = _of_cv(decision.data, issuer, kho.settings.co_quan)
        if remark is not None:
            yield decision, remark


def _approver(data: Mapping[str, Any], issuer: Mapping[str, Any]) -> Remark | None:
    """Whether the line of authority is the issuer's, and its head's."""
    written = data.get("tham_quyen") or ""
    if not written.strip():
        return None
    approver, head, name = approver_of(data, issuer), head_of(issuer), name_of(issuer)
    at: DataPath = ("tham_quyen",)
    collective = is_collective(approver, issuer)
    if not collective and not approver.startswith(head):
        message = f"Thẩm quyền ghi “{shown(written)}”; người đứng đầu cơ quan ban hành là {issuer['nguoi_dung_dau']}."
        hint = f"Ghi {issuer['nguoi_dung_dau']} {issuer['ten']}, hoặc dẫn văn bản ủy quyền trong can_cu."
        return Remark(at, RULE.id, message, hint)
    rest = approver if collective else approver.removeprefix(head).strip()
    if rest and not (name.startswith(rest) or rest.startswith(name) or name.endswith(rest)):
        message = f"Thẩm quyền ghi “{shown(written)}”, nhưng cơ quan ban hành là {shown(issuer['ten'])}."
        hint = "Sửa tham_quyen, hoặc khai co_quan_ban_hanh là cơ quan có thẩm quyền."
        return Remark(at, RULE.id, message, hint)
    return None


def _of_lt(data: Mapping[str, Any], issuer: Mapping[str, Any], procedures: Sequence[Source]) -> Remark | None:
    if issuer["cap"] in {"tinh", "huyen"}:
        return None
    at: DataPath = ("co_quan_ban_hanh", "ten") if data.get("co_quan_ban_hanh") else ("pham_vi_lien_thong",)
    agencies = [agency["ten"] for source in procedures for agency in source.data.get("co_quan") or ()]
    if issuer["cap"] == "xa" and agencies and all(_is_of_commune(agency) for agency in agencies):
        message = f"Quy trình liên thông giữa các xã, phường do {shown(issuer['ten'])} phê duyệt."
        hint = (
            "Kế hoạch chưa nói trường hợp này khi không còn cấp huyện; có thể thuộc Chủ tịch UBND Thành phố, "
            "nên hỏi Văn phòng UBND Thành phố."
        )
        return Remark(at, RULE.id, message, hint, Severity.INFO)
    message = (
        f"Quy trình liên thông do {shown(issuer['ten'])} phê duyệt; Kế hoạch giao Chủ tịch UBND cấp tỉnh phê duyệt."
    )
    hint = "Khai co_quan_ban_hanh là UBND Thành phố (tỉnh), hoặc dẫn văn bản ủy quyền, phân cấp trong can_cu."
    return Remark(at, RULE.id, message, hint)


def _of_cv(data: Mapping[str, Any], issuer: Mapping[str, Any], own: Mapping[str, Any]) -> Remark | None:
    if own and name_of(issuer) != name_of(own):
        message = f"Quy trình của {shown(own['ten'])} do {shown(issuer['ten'])} phê duyệt."
        hint = "Quy trình CV do người đứng đầu cơ quan mình phê duyệt: bỏ co_quan_ban_hanh, hoặc dẫn văn bản phân cấp."
        return Remark(("co_quan_ban_hanh", "ten"), RULE.id, message, hint)
    if is_collective(approver_of(data, issuer), issuer):
        message = f"Thẩm quyền là tập thể “{shown(data['tham_quyen'])}”; Kế hoạch giao người đứng đầu phê duyệt."
        hint = f"Ghi {issuer['nguoi_dung_dau']} {issuer['ten']}."
        return Remark(("tham_quyen",), RULE.id, message, hint, Severity.INFO)
    return None


def _is_of_commune(agency: str) -> bool:
    return any(word in f"{unit_key(agency)} " for word in _COMMUNE)


RULE: Final = Rule(
    id="authority-approver",
    title="Người phê duyệt không đúng thẩm quyền",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục II.2, III.1 và III.3 (ai phê duyệt danh mục, nội dung CV và LT)",
    bad={"quy-trinh/a.yaml": _LT, "quyet-dinh/q.yaml": _QUYET_DINH},
    good={"quy-trinh/a.yaml": _LT, "quyet-dinh/q.yaml": _QUYET_DINH + _CITY},
    check_kho=check,
)
