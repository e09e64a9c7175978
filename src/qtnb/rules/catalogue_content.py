"""Danh mục và nội dung được phê duyệt phải là của cùng những quy trình.

Kế hoạch phê duyệt tên trước, nội dung sau. Quyết định nội dung nêu một quy trình không có trong quyết định danh mục
nào của kho thì nội dung được phê duyệt cho một tên chưa được phê duyệt. Ngược lại, khi đã có quyết định nội dung mà
một quy trình có tên trong danh mục, đã viết nội dung, lại không có trong quyết định nội dung nào thì nội dung đó chưa
được phê duyệt: đây là lưu ý.

Quyết định `danh_muc_va_noi_dung` tính cho cả hai. Quy trình ghi `chua_co_noi_dung: true` không bị báo. Kho chưa có
quyết định danh mục nào (danh mục để ở nơi khác) chỉ được nhắc một lần ở mức lưu ý.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qtnb.finding import DataPath, Remark, Severity
from qtnb.lint.decision_scope import NamedProcedures, approves_content, approves_list, kind_of, paths_of
from qtnb.lint.rule import Rule
from qtnb.lint.views import KhoView
from qtnb.source import Source
from qtnb.text import shown

_CV: Final = """\
loai: CV
ten: {name}
muc_dich: Quy định việc giải quyết
pham_vi: Áp dụng với Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""
_QUYET_DINH: Final = "loai: QD\nphe_duyet: {what}\nquy_trinh: {names}\n"
_FILES: Final = {
    "quy-trinh/van-ban-den.yaml": _CV.format(name="Tiếp nhận văn bản đến"),
    "quy-trinh/van-ban-di.yaml": _CV.format(name="Phát hành văn bản đi"),
    "quyet-dinh/noi-dung.yaml": _QUYET_DINH.format(what="noi_dung", names="[van-ban-den, van-ban-di]"),
}


def check(kho: KhoView) -> Iterator[tuple[Source, Remark]]:
    """Compare the procedures of both sorts of decision, for each kind of procedure."""
    names = NamedProcedures(kho)
    for kind in ("CV", "LT"):
        decisions = [decision for decision in kho.quyet_dinh if kind_of(decision) == kind]
        lists = [decision for decision in decisions if approves_list(decision)]
        contents = [decision for decision in decisions if approves_content(decision)]
        if contents and not lists:
            message = f"Kho có quyết định nội dung quy trình {kind} nhưng không có quyết định danh mục."
            hint = "Thêm quyết định danh mục vào kho; nếu danh mục được phê duyệt ở nơi khác thì bỏ qua."
            yield contents[0], Remark(("phe_duyet",), RULE.id, message, hint, Severity.INFO)
        elif contents:
            yield from _without_name(contents, _named(lists, names), names)
            yield from _without_content(lists, _named(contents, names), names)


def _named(decisions: Sequence[Source], names: NamedProcedures) -> set[str]:
    return {procedure.tep for decision in decisions for procedure in names.named_by(decision)}


def _without_name(
    contents: Sequence[Source], named: set[str], names: NamedProcedures
) -> Iterator[tuple[Source, Remark]]:
    hint = "Thêm quy trình vào quyết định danh mục, hoặc bỏ khỏi quyết định này."
    for decision in contents:
        if decision.data["quy_trinh"] == "tat_ca":
            missing = [procedure for procedure in names.named_by(decision) if procedure.tep not in named]
            if missing:
                message = f"Phê duyệt nội dung của {paths_of(missing)}, chưa có trong quyết định danh mục nào."
                yield decision, Remark(("quy_trinh",), RULE.id, message, hint)
            continue
        for number, procedure in names.listed(decision):
            if procedure.tep not in named and procedure.data["loai"] == kind_of(decision):
                at: DataPath = ("quy_trinh", number)
                message = f"“{shown(procedure.data['ten'])}” chưa có trong quyết định danh mục nào."
                yield decision, Remark(at, RULE.id, message, hint)


def _without_content(
    lists: Sequence[Source], approved: set[str], names: NamedProcedures
) -> Iterator[tuple[Source, Remark]]:
    told: set[str] = set()
    for decision in lists:
        missing = [
            procedure
            for procedure in names.named_by(decision)
            if procedure.tep not in approved | told and not procedure.data.get("chua_co_noi_dung")
        ]
        if missing:
            told |= {procedure.tep for procedure in missing}
            message = f"Có trong danh mục nhưng không có trong quyết định nội dung nào: {paths_of(missing)}."
            hint = "Thêm vào quyết định nội dung; nếu chờ quyết định sau thì để nguyên."
            yield decision, Remark(("quy_trinh",), RULE.id, message, hint, Severity.INFO)


RULE: Final = Rule(
    id="catalogue-content",
    title="Danh mục và nội dung được phê duyệt khác nhau",
    severity=Severity.WARNING,
    nguon="Kế hoạch số 97/KH-UBND, mục II.2 và III (phê duyệt danh mục trước, nội dung sau)",
    bad=_FILES | {"quyet-dinh/danh-muc.yaml": _QUYET_DINH.format(what="danh_muc", names="[van-ban-den]")},
    good=_FILES | {"quyet-dinh/danh-muc.yaml": _QUYET_DINH.format(what="danh_muc", names="tat_ca")},
    check_kho=check,
)
